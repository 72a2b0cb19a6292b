//! A card behind a closure of the caller: a phone's NFC stack, a socket, a software card.

use crate::response_apdu;
use chipid_emrtd::card_transport::{CardTransport, TransportError, TransportLimits};

/// A card behind a closure that answers at once.
///
/// ```
/// use chipid_emrtd::{card_transport::CardTransport, drivers::block};
/// use chipid_transport::callback::Callback;
///
/// let mut card = Callback::new(|_command: &[u8]| Ok(vec![0x90, 0x00]));
/// assert_eq!(block(card.transmit(&[0x00, 0xA4, 0x00, 0x0C])), Ok(Ok(vec![0x90, 0x00])));
/// ```
pub struct Callback<F> {
    transceive: F,
    limits: TransportLimits,
}

impl<F> Callback<F>
where
    F: FnMut(&[u8]) -> Result<Vec<u8>, TransportError> + Send,
{
    /// A card that `transceive` reaches: it takes a whole command APDU and returns the whole response APDU.
    pub fn new(transceive: F) -> Self {
        Self {
            transceive,
            limits: TransportLimits::default(),
        }
    }
}

impl<F> Callback<F> {
    /// States what the way to the card is known to carry (Android: `IsoDep.getMaxTransceiveLength`).
    #[must_use]
    pub fn with_limits(mut self, limits: TransportLimits) -> Self {
        self.limits = limits;
        self
    }
}

impl<F> CardTransport for Callback<F>
where
    F: FnMut(&[u8]) -> Result<Vec<u8>, TransportError> + Send,
{
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        (self.transceive)(command).and_then(response_apdu)
    }

    fn limits(&self) -> TransportLimits {
        self.limits
    }
}

/// A card behind a closure that returns a future: a promise, a suspend function, an async socket.
///
/// The command is handed over as an own `Vec`, since the future outlives the call.
pub struct AsyncCallback<F> {
    transceive: F,
    limits: TransportLimits,
}

impl<F, R> AsyncCallback<F>
where
    F: FnMut(Vec<u8>) -> R + Send,
    R: Future<Output = Result<Vec<u8>, TransportError>> + Send,
{
    /// A card that `transceive` reaches: it takes a whole command APDU, its future gives the whole response APDU.
    pub fn new(transceive: F) -> Self {
        Self {
            transceive,
            limits: TransportLimits::default(),
        }
    }
}

impl<F> AsyncCallback<F> {
    /// States what the way to the card is known to carry.
    #[must_use]
    pub fn with_limits(mut self, limits: TransportLimits) -> Self {
        self.limits = limits;
        self
    }
}

impl<F, R> CardTransport for AsyncCallback<F>
where
    F: FnMut(Vec<u8>) -> R + Send,
    R: Future<Output = Result<Vec<u8>, TransportError>> + Send,
{
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        (self.transceive)(command.to_vec())
            .await
            .and_then(response_apdu)
    }

    fn limits(&self) -> TransportLimits {
        self.limits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chipid_emrtd::drivers::block;

    #[test]
    fn answer_without_a_status_word_is_malformed() {
        for answer in [vec![], vec![0x90]] {
            let mut card = Callback::new(|_: &[u8]| Ok(answer.clone()));
            assert_eq!(
                block(card.transmit(&[0; 4])),
                Ok(Err(TransportError::Malformed))
            );
        }
    }

    #[test]
    fn answer_longer_than_any_response_apdu_is_malformed() {
        let mut card = Callback::new(|command: &[u8]| Ok(vec![0; 65536 + command.len()]));
        assert!(matches!(block(card.transmit(&[0; 2])), Ok(Ok(_))));
        assert_eq!(
            block(card.transmit(&[0; 3])),
            Ok(Err(TransportError::Malformed))
        );
    }

    #[test]
    fn errors_and_limits_of_the_caller_pass_unchanged() {
        let limits = TransportLimits {
            command: Some(261),
            response: Some(258),
        };
        let mut card =
            Callback::new(|_: &[u8]| Err(TransportError::CardRemoved)).with_limits(limits);
        assert_eq!(card.limits(), limits);
        assert_eq!(
            block(card.transmit(&[0; 4])),
            Ok(Err(TransportError::CardRemoved))
        );
    }

    #[test]
    fn async_callback_awaits_its_future() {
        let mut turns = 0;
        let mut card = AsyncCallback::new(|command: Vec<u8>| {
            turns += 1;
            async move { Ok(command) }
        });
        assert_eq!(
            block(card.transmit(&[0x90, 0x00])),
            Ok(Ok(vec![0x90, 0x00]))
        );
        assert_eq!(
            block(card.transmit(&[0x90])),
            Ok(Err(TransportError::Malformed))
        );
        assert_eq!(turns, 2);
    }
}
