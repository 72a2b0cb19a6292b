//! A card that fails on purpose at a chosen APDU (feature `fault-injection`): for tests of what stands above.
//!
//! ```
//! use chipid_emrtd::{card_transport::{CardTransport, TransportError}, drivers::block};
//! use chipid_transport::{callback::Callback, fault::Cut};
//!
//! let mut card = Cut::new(Callback::new(|_: &[u8]| Ok(vec![0x90, 0x00])), 1, TransportError::CardRemoved);
//! assert_eq!(block(card.transmit(&[0; 4])), Ok(Ok(vec![0x90, 0x00])));
//! assert_eq!(block(card.transmit(&[0; 4])), Ok(Err(TransportError::CardRemoved)));
//! ```

use chipid_emrtd::card_transport::{CardTransport, TransportError, TransportLimits};

/// Any transport, cut off at one APDU: that one and all after it fail with the same error.
#[derive(Debug)]
pub struct Cut<T> {
    inner: T,
    at: usize,
    error: TransportError,
    lost_response: bool,
    sent: usize,
}

impl<T> Cut<T> {
    /// Cuts `inner` off before its command number `at`, counted from 0: the card never sees it.
    pub fn new(inner: T, at: usize, error: TransportError) -> Self {
        Self {
            inner,
            at,
            error,
            lost_response: false,
            sent: 0,
        }
    }

    /// Cuts after the card has acted on command number `at`: only its response is lost.
    pub fn losing_the_response(inner: T, at: usize, error: TransportError) -> Self {
        Self {
            lost_response: true,
            ..Self::new(inner, at, error)
        }
    }

    /// Commands that the caller sent so far, the failed ones too.
    pub fn sent(&self) -> usize {
        self.sent
    }

    /// The transport beneath, whole again: the card laid back.
    pub fn into_inner(self) -> T {
        self.inner
    }
}

impl<T: CardTransport> CardTransport for Cut<T> {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let number = self.sent;
        self.sent = self.sent.saturating_add(1);
        if number < self.at {
            return self.inner.transmit(command).await;
        }
        if number == self.at && self.lost_response {
            let _lost = self.inner.transmit(command).await;
        }
        Err(self.error)
    }

    fn limits(&self) -> TransportLimits {
        self.inner.limits()
    }
}

/// Any transport, with somebody in the middle who may change commands and answers.
///
/// `meddle` is called twice per APDU with its number, counted from 0.
pub struct Tamper<T, F> {
    inner: T,
    meddle: F,
    sent: usize,
}

/// What a [`Tamper`] holds in its hands.
#[derive(Debug)]
pub enum Meddling<'a> {
    /// A command APDU on its way to the card.
    Command(&'a mut Vec<u8>),
    /// A response APDU on its way back.
    Response(&'a mut Vec<u8>),
}

impl<T, F: FnMut(usize, Meddling<'_>) + Send> Tamper<T, F> {
    /// Puts `meddle` between the caller and `inner`.
    pub fn new(inner: T, meddle: F) -> Self {
        Self {
            inner,
            meddle,
            sent: 0,
        }
    }
}

impl<T: CardTransport, F: FnMut(usize, Meddling<'_>) + Send> CardTransport for Tamper<T, F> {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let number = self.sent;
        self.sent = self.sent.saturating_add(1);
        let mut command = command.to_vec();
        (self.meddle)(number, Meddling::Command(&mut command));
        let mut response = self.inner.transmit(&command).await?;
        (self.meddle)(number, Meddling::Response(&mut response));
        crate::response_apdu(response)
    }

    fn limits(&self) -> TransportLimits {
        self.inner.limits()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::Callback;
    use chipid_emrtd::drivers::block;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn reached(card: impl Fn(Callback<Box<Answer>>) -> Cut<Callback<Box<Answer>>>) -> usize {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());
        let _guard = ONE_AT_A_TIME.lock().unwrap();
        COUNT.store(0, Ordering::SeqCst);
        let mut cut = card(Callback::new(Box::new(|_: &[u8]| {
            COUNT.fetch_add(1, Ordering::SeqCst);
            Ok(vec![0x90, 0x00])
        })));
        for number in 0..4 {
            let answer = block(cut.transmit(&[0; 4])).unwrap();
            assert_eq!(answer.is_err(), number >= 2);
        }
        assert_eq!(cut.sent(), 4);
        COUNT.load(Ordering::SeqCst)
    }

    type Answer = dyn FnMut(&[u8]) -> Result<Vec<u8>, TransportError> + Send;

    #[test]
    fn cut_keeps_the_command_from_the_card() {
        assert_eq!(
            reached(|card| Cut::new(card, 2, TransportError::CardMute)),
            2
        );
    }

    #[test]
    fn lost_response_means_that_the_card_acted() {
        let cut = |card| Cut::losing_the_response(card, 2, TransportError::CardMute);
        assert_eq!(reached(cut), 3);
    }

    #[test]
    fn tampering_reaches_both_ways() {
        let echo = Callback::new(|command: &[u8]| Ok(command.to_vec()));
        let mut card = Tamper::new(echo, |number, what| match what {
            Meddling::Command(bytes) => bytes.push(number as u8),
            Meddling::Response(bytes) => bytes.push(0xFF),
        });
        assert_eq!(block(card.transmit(&[7])), Ok(Ok(vec![7, 0, 0xFF])));
        assert_eq!(block(card.transmit(&[7])), Ok(Ok(vec![7, 1, 0xFF])));
    }
}
