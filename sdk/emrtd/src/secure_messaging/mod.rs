//! The protected channel: every command encrypted and authenticated, every response checked.
//!
//! Doc 9303-11, 9.8. The send sequence counter grows by one before each command and before each response; where a
//! response does not come (or does not hold), the two sides may count differently, so the channel ends there and is
//! never used again: the caller opens a new one.

use crate::apdu::{
    Command, MAX_CONTINUATIONS, MAX_RESPONSE, Response, exchange, exchange_raw, short_length,
};
use crate::card_transport::CardTransport;
use crate::crypto::cipher::{CipherAlgorithm, pad, unpad};
use crate::crypto::kdf::{KeyPurpose, derive};
use crate::crypto::mac::{MAC_LEN, same};
use crate::error::{Error, LimitError, SecureMessagingError, StatusWord};
use crate::tlv::{Reader, Tag, write};
use alloc::boxed::Box;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// The keys and the counter of a channel. They live in one box that wipes, so that moving the channel (across an
/// await, into an option) leaves no copy of them behind.
pub struct SecureMessaging(Box<Channel>);

struct Channel {
    cipher: CipherAlgorithm,
    encryption_key: Zeroizing<Vec<u8>>,
    mac_key: Zeroizing<Vec<u8>>,
    counter: u128,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Ready,
    /// A command is out, and its response has not been checked yet.
    Waiting,
    Ended,
}

impl SecureMessaging {
    /// A channel whose keys come from `secret`, with the counter at `counter` (0 but for BAC).
    #[must_use]
    pub(crate) fn derived(secret: &[u8], cipher: CipherAlgorithm, counter: u64) -> Self {
        Self::with_keys(
            cipher,
            derive(secret, cipher, KeyPurpose::Encryption),
            derive(secret, cipher, KeyPurpose::Authentication),
            counter,
        )
    }

    pub(crate) fn with_keys(
        cipher: CipherAlgorithm,
        encryption_key: Zeroizing<Vec<u8>>,
        mac_key: Zeroizing<Vec<u8>>,
        counter: u64,
    ) -> Self {
        Self(Box::new(Channel {
            cipher,
            encryption_key,
            mac_key,
            counter: u128::from(counter),
            state: State::Ready,
        }))
    }

    /// The cipher of the channel.
    #[must_use]
    pub fn cipher(&self) -> CipherAlgorithm {
        self.0.cipher
    }

    /// Whether the channel can still be used.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.0.state == State::Ready
    }

    /// The most plain response data that fit a protected response of `response_len` bytes (status word left out).
    #[must_use]
    pub fn payload_within(&self, response_len: usize) -> usize {
        // Data object 99 (4 bytes), 8E (10 bytes), and 87 with its padding indicator around whole blocks.
        let header = if response_len > 0x100 { 5 } else { 4 };
        let blocks = response_len.saturating_sub(14 + header) / self.0.cipher.block_len();
        blocks
            .saturating_mul(self.0.cipher.block_len())
            .saturating_sub(1)
    }

    /// Sends `command` through the channel.
    ///
    /// # Errors
    /// Those of the transport, and [`SecureMessagingError`]; after either the channel has ended. A status word that
    /// came through the channel is no error here.
    pub async fn exchange<T: CardTransport>(
        &mut self,
        card: &mut T,
        command: &Command,
    ) -> Result<Response, Error> {
        let mut whole = self.exchange_once(card, command).await?;
        for _ in 0..MAX_CONTINUATIONS {
            if whole.status.sw1() != 0x61 {
                return Ok(whole);
            }
            // Some chips say inside the channel that there is more, and hand it over there (deviations row 29).
            let left = short_length(whole.status.sw2());
            let ask = Command::new(0x00, 0xC0, 0, 0).expecting(left);
            let next = self.exchange_once(card, &ask).await?;
            whole.data.extend_from_slice(&next.data);
            whole.status = next.status;
            if whole.data.len() > MAX_RESPONSE {
                break;
            }
        }
        Err(LimitError::ResponseTooLarge.into())
    }

    async fn exchange_once<T: CardTransport>(
        &mut self,
        card: &mut T,
        command: &Command,
    ) -> Result<Response, Error> {
        let protected = self.wrap(command)?;
        let response = exchange_raw(card, &protected).await?;
        Ok(self.unwrap(command.ins, &response)?)
    }

    /// Protects `command`. From here until the response was checked, the channel takes no other command.
    pub(crate) fn wrap(&mut self, command: &Command) -> Result<Zeroizing<Vec<u8>>, Error> {
        let channel = &mut *self.0;
        if channel.state != State::Ready {
            channel.state = State::Ended;
            return Err(SecureMessagingError::Ended.into());
        }
        channel.state = State::Waiting;
        channel.counter = channel.counter.wrapping_add(1);

        let cla = command.cla | 0x0C;
        let mut objects = Vec::with_capacity(command.data.len().saturating_add(48));
        if !command.data.is_empty() {
            let mut encrypted = pad(&command.data, channel.cipher.block_len());
            channel.encrypt(&mut encrypted)?;
            if command.ins & 1 == 0 {
                encrypted.insert(0, 0x01);
                write(&mut objects, 0x87, &encrypted);
            } else {
                write(&mut objects, 0x85, &encrypted);
            }
        }
        if command.expected > 0 {
            let le = command.expected;
            if le <= 256 && !command.extended {
                write(&mut objects, 0x97, &[(le & 0xFF) as u8]);
            } else {
                write(&mut objects, 0x97, &((le & 0xFFFF) as u16).to_be_bytes());
            }
        }
        let header = pad(
            &[cla, command.ins, command.p1, command.p2],
            channel.cipher.block_len(),
        );
        let mac = channel.mac(&[&header, &objects])?;
        write(&mut objects, 0x8E, &mac);

        let mut protected = Command::new(cla, command.ins, command.p1, command.p2).data(&objects);
        let extended = command.extended || command.expected > 256 || objects.len() > 255;
        protected.extended = extended;
        protected.expected = if extended {
            // Data object 87 with its length, indicator and padding, 99, 8E: never asking for more than can come,
            // because readers size their buffers by it.
            command.expected.saturating_add(40).clamp(256, 0x1_0000)
        } else {
            256
        };
        protected.encode()
    }

    /// Checks a protected response and takes the protection off. Any error ends the channel.
    pub(crate) fn unwrap(
        &mut self,
        ins: u8,
        response: &Response,
    ) -> Result<Response, SecureMessagingError> {
        let channel = &mut *self.0;
        if channel.state != State::Waiting {
            channel.state = State::Ended;
            return Err(SecureMessagingError::Ended);
        }
        channel.state = State::Ended;
        let plain = channel.open(ins, response)?;
        channel.state = State::Ready;
        Ok(plain)
    }
}

/// Sends `command` through the channel where there is one, in the clear where there is none.
///
/// # Errors
/// Those of [`SecureMessaging::exchange`] and [`exchange`].
pub(crate) async fn send<T: CardTransport>(
    card: &mut T,
    channel: &mut Option<SecureMessaging>,
    command: &Command,
) -> Result<Response, Error> {
    match channel {
        Some(channel) => channel.exchange(card, command).await,
        None => exchange(card, command).await,
    }
}

impl core::fmt::Debug for SecureMessaging {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "SecureMessaging({})", self.0.cipher.name())
    }
}

impl Channel {
    fn open(&mut self, ins: u8, response: &Response) -> Result<Response, SecureMessagingError> {
        use SecureMessagingError as E;
        if response.data.is_empty() {
            return Err(E::Dropped {
                status: response.status,
            });
        }
        self.counter = self.counter.wrapping_add(1);

        let mut reader = Reader::new(&response.data);
        let (mut encrypted, mut status) = (None, None);
        let mac = loop {
            let covered = reader.offset();
            let object = reader.read().map_err(|_| E::Malformed)?;
            match object.tag {
                Tag(tag @ (0x87 | 0x85)) if encrypted.is_none() && status.is_none() => {
                    encrypted = Some((tag, object.value));
                }
                Tag(0x99) if status.is_none() => {
                    let bytes = object.value.try_into().map_err(|_| E::Malformed)?;
                    status = Some(StatusWord(u16::from_be_bytes(bytes)));
                }
                Tag(0x8E) if object.value.len() == MAC_LEN => {
                    reader.finish().map_err(|_| E::Malformed)?;
                    let covered = response.data.get(..covered).ok_or(E::Malformed)?;
                    break (object.value, covered);
                }
                // A clone that answers in the clear sends what looks like anything.
                _ => return Err(E::Malformed),
            }
        };
        let (sent, covered) = mac;
        let expected = self.mac(&[covered])?;
        if !same(sent, &expected) {
            return Err(E::MacMismatch);
        }
        let status = status.ok_or(E::Malformed)?;
        if status != response.status {
            return Err(E::StatusMismatch);
        }
        let data = match encrypted {
            None => Zeroizing::default(),
            Some((tag, value)) => {
                let cipher_text = if tag == 0x87 {
                    match value.split_first() {
                        Some((0x01, rest)) => rest,
                        _ => return Err(E::Malformed),
                    }
                } else if ins & 1 == 1 {
                    value
                } else {
                    return Err(E::Malformed);
                };
                self.decrypt(cipher_text)?
            }
        };
        Ok(Response { data, status })
    }

    /// The MAC over counter and `parts`, padded (the MAC for 3DES pads by itself).
    fn mac(&self, parts: &[&[u8]]) -> Result<[u8; MAC_LEN], SecureMessagingError> {
        let mut message = self.counter_block();
        for part in parts {
            message.extend_from_slice(part);
        }
        if self.cipher != CipherAlgorithm::Tdes {
            message = pad(&message, self.cipher.block_len());
        }
        self.cipher
            .mac(&self.mac_key, &message)
            .map_err(|_| SecureMessagingError::Malformed)
    }

    fn counter_block(&self) -> Vec<u8> {
        let bytes = self.counter.to_be_bytes();
        let skip = bytes.len().saturating_sub(self.cipher.block_len());
        bytes.iter().skip(skip).copied().collect()
    }

    /// 3DES: a vector of zeros. AES: the counter, encrypted (Doc 9303-11, 9.8.6.1 and 9.8.7.1).
    fn vector(&self) -> Result<Vec<u8>, SecureMessagingError> {
        if self.cipher == CipherAlgorithm::Tdes {
            return Ok(Vec::from([0; 8]));
        }
        let mut block = self.counter_block();
        self.cipher
            .encrypt_block(&self.encryption_key, &mut block)
            .map_err(|_| SecureMessagingError::Malformed)?;
        Ok(block)
    }

    fn encrypt(&self, data: &mut [u8]) -> Result<(), SecureMessagingError> {
        self.cipher
            .cbc_encrypt(&self.encryption_key, &self.vector()?, data)
            .map_err(|_| SecureMessagingError::Malformed)
    }

    fn decrypt(&self, data: &[u8]) -> Result<Zeroizing<Vec<u8>>, SecureMessagingError> {
        let mut plain = Zeroizing::new(data.to_vec());
        self.cipher
            .cbc_decrypt(&self.encryption_key, &self.vector()?, &mut plain)
            .map_err(|_| SecureMessagingError::Malformed)?;
        let len = unpad(&plain).ok_or(SecureMessagingError::Padding)?.len();
        plain.truncate(len);
        Ok(plain)
    }
}

#[cfg(test)]
mod tests;
