//! Command and response APDUs, short and extended, and the exchange of one pair in the clear.
//!
//! ISO/IEC 7816-4, 5.1 and 5.3.4 (GET RESPONSE); ISO/IEC 7816-3, 12.1.

use crate::card_transport::{CardTransport, TransportError};
use crate::error::{Error, LimitError, StatusWord};
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// The most data that one exchange may bring, continuations included: a whole file of the largest kind.
pub(crate) const MAX_RESPONSE: usize = 0x1_0000 + 0x100;
/// The most GET RESPONSE commands that one exchange may need.
pub(crate) const MAX_CONTINUATIONS: usize = 300;

/// A command APDU. Its data may be a key, so they are wiped and never shown.
#[derive(Clone)]
pub struct Command {
    /// Class byte.
    pub cla: u8,
    /// Instruction byte.
    pub ins: u8,
    /// Parameter 1.
    pub p1: u8,
    /// Parameter 2.
    pub p2: u8,
    /// The command data, at most 65 535 bytes.
    pub data: Zeroizing<Vec<u8>>,
    /// How many bytes of response data are expected at most: 0 for none, up to 65 536.
    pub expected: usize,
    /// Whether the extended form is used even where the short one would do: a protected response is longer than
    /// the plain one that is asked for.
    pub extended: bool,
}

impl Command {
    /// A command with neither data nor response data.
    #[must_use]
    pub fn new(cla: u8, ins: u8, p1: u8, p2: u8) -> Self {
        Self {
            cla,
            ins,
            p1,
            p2,
            data: Zeroizing::default(),
            expected: 0,
            extended: false,
        }
    }

    /// With these command data.
    #[must_use]
    pub fn data(mut self, data: &[u8]) -> Self {
        self.data = Zeroizing::new(data.to_vec());
        self
    }

    /// With up to `expected` bytes of response data.
    #[must_use]
    pub const fn expecting(mut self, expected: usize) -> Self {
        self.expected = expected;
        self
    }

    /// In the extended form whatever the lengths are.
    #[must_use]
    pub const fn extended(mut self) -> Self {
        self.extended = true;
        self
    }

    /// The bytes on the wire: short where both lengths fit a byte, else extended.
    ///
    /// # Errors
    /// [`LimitError::CommandTooLarge`].
    pub fn encode(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        let too_large = Error::Limit(LimitError::CommandTooLarge);
        let data_len = u16::try_from(self.data.len()).map_err(|_| too_large)?;
        if self.expected > 0x1_0000 {
            return Err(too_large);
        }
        let mut out = Zeroizing::new(Vec::with_capacity(self.data.len().saturating_add(9)));
        out.extend_from_slice(&[self.cla, self.ins, self.p1, self.p2]);
        if data_len <= 255 && self.expected <= 256 && !self.extended {
            if data_len > 0 {
                out.push(data_len as u8);
                out.extend_from_slice(&self.data);
            }
            if self.expected > 0 {
                out.push((self.expected & 0xFF) as u8);
            }
        } else {
            out.push(0);
            if data_len > 0 {
                out.extend_from_slice(&data_len.to_be_bytes());
                out.extend_from_slice(&self.data);
            }
            if self.expected > 0 {
                out.extend_from_slice(&((self.expected & 0xFFFF) as u16).to_be_bytes());
            }
        }
        Ok(out)
    }
}

impl core::fmt::Debug for Command {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "{:02X} {:02X} {:02X} {:02X} Lc={} Le={}",
            self.cla,
            self.ins,
            self.p1,
            self.p2,
            self.data.len(),
            self.expected
        )
    }
}

/// A response APDU. Its data are the holder's, so they are wiped and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// The response data.
    pub data: Zeroizing<Vec<u8>>,
    /// SW1 SW2.
    pub status: StatusWord,
}

impl Response {
    /// Splits the bytes of a response APDU.
    ///
    /// # Errors
    /// [`TransportError::Malformed`] where there is no status word.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, TransportError> {
        let mut data = Zeroizing::new(bytes);
        let (Some(sw2), Some(sw1)) = (data.pop(), data.pop()) else {
            return Err(TransportError::Malformed);
        };
        Ok(Self {
            data,
            status: StatusWord(u16::from_be_bytes([sw1, sw2])),
        })
    }
}

impl core::fmt::Debug for Response {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} bytes, {}", self.data.len(), self.status)
    }
}

/// Sends `command` in the clear and collects the whole response: asks again with the right Le after 6Cxx,
/// and for the rest after 61xx.
///
/// # Errors
/// Those of the transport; [`LimitError`] where the chip never ends. A status word is no error here.
pub async fn exchange<T: CardTransport>(
    card: &mut T,
    command: &Command,
) -> Result<Response, Error> {
    let mut response = transmit(card, command).await?;
    if response.status.sw1() == 0x6C && command.expected > 0 {
        let again = command
            .clone()
            .expecting(short_length(response.status.sw2()));
        response = transmit(card, &again).await?;
    }
    collect(card, response).await
}

/// Sends ready-made bytes (a protected command) and collects the rest after 61xx, unless the response is whole and it is
/// the chip that says, under protection, that it has more (deviations row 29): that is the channel's to ask for.
///
/// # Errors
/// As [`exchange`].
pub async fn exchange_raw<T: CardTransport>(
    card: &mut T,
    command: &[u8],
) -> Result<Response, Error> {
    let response = Response::parse(card.transmit(command).await?)?;
    if ends_protected(&response) {
        return Ok(response);
    }
    collect(card, response).await
}

/// Whether the data end in data objects 99, with the status word that stands outside, and 8E.
fn ends_protected(response: &Response) -> bool {
    let [high, low] = response.status.0.to_be_bytes();
    let tail = response.data.last_chunk::<14>();
    tail.is_some_and(|tail| tail.starts_with(&[0x99, 2, high, low, 0x8E, 8]))
}

async fn transmit<T: CardTransport>(card: &mut T, command: &Command) -> Result<Response, Error> {
    Ok(Response::parse(card.transmit(&command.encode()?).await?)?)
}

async fn collect<T: CardTransport>(card: &mut T, first: Response) -> Result<Response, Error> {
    let mut whole = first;
    for _ in 0..MAX_CONTINUATIONS {
        if whole.status.sw1() != 0x61 {
            return Ok(whole);
        }
        let ask = Command::new(0x00, 0xC0, 0, 0).expecting(short_length(whole.status.sw2()));
        let mut next = transmit(card, &ask).await?;
        if next.status.sw1() == 0x6C {
            let again = ask.expecting(short_length(next.status.sw2()));
            next = transmit(card, &again).await?;
        }
        whole.data.extend_from_slice(&next.data);
        whole.status = next.status;
        if whole.data.len() > MAX_RESPONSE {
            break;
        }
    }
    Err(LimitError::ResponseTooLarge.into())
}

/// What a length byte of 61xx, 6Cxx or a short Le means: 0 stands for 256.
pub(crate) const fn short_length(byte: u8) -> usize {
    if byte == 0 { 256 } else { byte as usize }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drivers::block;
    use alloc::collections::VecDeque;
    use alloc::vec;

    #[test]
    fn the_seven_forms() {
        let c = || Command::new(0, 0xB0, 1, 2);
        let bytes = |c: Command| c.encode().unwrap().to_vec();
        assert_eq!(bytes(c()), [0, 0xB0, 1, 2]);
        assert_eq!(bytes(c().expecting(8)), [0, 0xB0, 1, 2, 8]);
        assert_eq!(bytes(c().expecting(256)), [0, 0xB0, 1, 2, 0]);
        assert_eq!(bytes(c().data(&[9])), [0, 0xB0, 1, 2, 1, 9]);
        assert_eq!(bytes(c().data(&[9]).expecting(1)), [0, 0xB0, 1, 2, 1, 9, 1]);
        assert_eq!(bytes(c().expecting(257)), [0, 0xB0, 1, 2, 0, 1, 1]);
        assert_eq!(bytes(c().expecting(65_536)), [0, 0xB0, 1, 2, 0, 0, 0]);
        assert_eq!(
            bytes(c().data(&[9]).expecting(300)),
            [0, 0xB0, 1, 2, 0, 0, 1, 9, 1, 44]
        );
        let long = bytes(c().data(&[7; 256]));
        assert_eq!(long[..7], [0, 0xB0, 1, 2, 0, 1, 0]);
        assert_eq!(long.len(), 7 + 256);
        assert!(c().data(&[0; 65_536]).encode().is_err());
        assert!(c().expecting(65_537).encode().is_err());
    }

    struct Script(VecDeque<(Vec<u8>, Vec<u8>)>);

    impl CardTransport for Script {
        async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
            let (expected, answer) = self.0.pop_front().ok_or(TransportError::Failed)?;
            assert_eq!(command, expected);
            Ok(answer)
        }
    }

    #[test]
    fn wrong_le_is_mended_once() {
        let mut card = Script(VecDeque::from([
            (vec![0, 0xB0, 0, 0, 0], vec![0x6C, 3]),
            (vec![0, 0xB0, 0, 0, 3], vec![1, 2, 3, 0x90, 0]),
        ]));
        let response = block(exchange(
            &mut card,
            &Command::new(0, 0xB0, 0, 0).expecting(256),
        ))
        .unwrap()
        .unwrap();
        assert_eq!(*response.data, [1, 2, 3]);
        assert_eq!(response.status, StatusWord::OK);
    }

    #[test]
    fn the_rest_is_fetched() {
        let mut card = Script(VecDeque::from([
            (vec![0, 0x88, 0, 0, 0], vec![1, 0x61, 2]),
            (vec![0, 0xC0, 0, 0, 2], vec![2, 0x61, 0]),
            (vec![0, 0xC0, 0, 0, 0], vec![0x6C, 1]),
            (vec![0, 0xC0, 0, 0, 1], vec![3, 0x90, 0]),
        ]));
        let response = block(exchange(
            &mut card,
            &Command::new(0, 0x88, 0, 0).expecting(256),
        ))
        .unwrap()
        .unwrap();
        assert_eq!(*response.data, [1, 2, 3]);
    }

    struct Endless;

    impl CardTransport for Endless {
        async fn transmit(&mut self, _: &[u8]) -> Result<Vec<u8>, TransportError> {
            Ok(vec![0xAA, 0x61, 0x01])
        }
    }

    #[test]
    fn an_endless_chip_is_stopped() {
        assert_eq!(
            block(exchange(
                &mut Endless,
                &Command::new(0, 0xB0, 0, 0).expecting(1)
            ))
            .unwrap(),
            Err(LimitError::ResponseTooLarge.into())
        );
    }

    #[test]
    fn less_than_a_status_word_is_malformed() {
        assert_eq!(Response::parse(vec![0x90]), Err(TransportError::Malformed));
    }
}
