//! The one road to a chip: a command APDU goes out, a response APDU comes back.
//!
//! ISO/IEC 7816-3, clause 12 (command-response pairs). What carries the bytes (PC/SC, a phone's NFC stack,
//! a software card, a recording) is none of this crate's business.

use alloc::vec::Vec;
use core::fmt;
use core::future::Future;

/// Carries one APDU at a time to a chip and brings its response back.
///
/// `command` is a whole command APDU (header, Lc, data, Le; short or extended). The response is returned whole,
/// its last two bytes being SW1 SW2, whatever they say: a status word is an answer, never a [`TransportError`].
pub trait CardTransport: Send {
    /// Sends `command` and waits for the response APDU.
    ///
    /// # Errors
    /// The kind of trouble on the way. After any error the state of the chip is unknown.
    fn transmit(
        &mut self,
        command: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, TransportError>> + Send;

    /// The longest command and response, in bytes, that this transport is known to carry; `None` where it is not known.
    fn limits(&self) -> TransportLimits {
        TransportLimits::default()
    }
}

impl<T: CardTransport> CardTransport for &mut T {
    fn transmit(
        &mut self,
        command: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, TransportError>> + Send {
        (**self).transmit(command)
    }

    fn limits(&self) -> TransportLimits {
        (**self).limits()
    }
}

/// What a transport is known to carry, in bytes of a whole APDU.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TransportLimits {
    /// Longest command APDU.
    pub command: Option<usize>,
    /// Longest response APDU, status word included.
    pub response: Option<usize>,
}

impl TransportLimits {
    /// EXTERNAL AUTHENTICATE of Basic Access Control (Doc 9303-11, 4.3.4): header, Lc, 40 bytes, Le. No way of opening a chip makes do with less.
    pub const LEAST_COMMAND: usize = 46;
    /// Sixteen bytes of a file in a channel of AES (Doc 9303-11, 9.8.4): data object 87 around two blocks (36), 99 (4), 8E (10), status word. Files
    /// are read in no smaller pieces.
    pub const LEAST_RESPONSE: usize = 52;

    /// Whether a chip can be opened and read within these limits. What is less than that is no transport but a mistake.
    #[must_use]
    pub fn suffice(&self) -> bool {
        let at_least = |known: Option<usize>, least| known.is_none_or(|bytes| bytes >= least);
        at_least(self.command, Self::LEAST_COMMAND) && at_least(self.response, Self::LEAST_RESPONSE)
    }
}

/// Why no response came back. Kinds only: no bytes, no names, nothing of the holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportError {
    /// The card left the reader's field or slot.
    CardRemoved,
    /// The reader itself was unplugged.
    ReaderRemoved,
    /// There is no reader.
    NoReader,
    /// There is a reader, but no card on it.
    NoCard,
    /// The smart card service (pcscd, SCardSvr) does not run or does not answer.
    ServiceUnavailable,
    /// The system does not let this user talk to the reader (on Linux: polkit).
    AccessDenied,
    /// Another program holds the reader or the card.
    SharingViolation,
    /// Another program reset the card.
    CardReset,
    /// The card is there and does not answer.
    CardMute,
    /// No answer within the time allowed.
    Timeout,
    /// The caller cancelled.
    Cancelled,
    /// The reader cannot carry an APDU of this length.
    TooLong,
    /// The answer is not a response APDU (shorter than a status word).
    Malformed,
    /// A replayed recording met a command that it does not hold.
    ReplayDiverged,
    /// A blocking driver met a transport that is not ready at once.
    ///
    /// Use the async driver or the stepper.
    Pending,
    /// The transport failed in a way that it cannot name.
    Failed,
}

impl TransportError {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::CardRemoved,
        Self::ReaderRemoved,
        Self::NoReader,
        Self::NoCard,
        Self::ServiceUnavailable,
        Self::AccessDenied,
        Self::SharingViolation,
        Self::CardReset,
        Self::CardMute,
        Self::Timeout,
        Self::Cancelled,
        Self::TooLong,
        Self::Malformed,
        Self::ReplayDiverged,
        Self::Pending,
        Self::Failed,
    ];

    /// The permanent numeric code, in the 1000s.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::CardRemoved => 1001,
            Self::ReaderRemoved => 1002,
            Self::NoReader => 1003,
            Self::NoCard => 1004,
            Self::ServiceUnavailable => 1005,
            Self::AccessDenied => 1006,
            Self::SharingViolation => 1007,
            Self::CardReset => 1008,
            Self::CardMute => 1009,
            Self::Timeout => 1010,
            Self::Cancelled => 1011,
            Self::TooLong => 1012,
            Self::Malformed => 1013,
            Self::ReplayDiverged => 1014,
            Self::Pending => 1015,
            Self::Failed => 1016,
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CardRemoved => "the card was removed",
            Self::ReaderRemoved => "the reader was unplugged",
            Self::NoReader => "no reader is connected",
            Self::NoCard => "no card is on the reader",
            Self::ServiceUnavailable => "the smart card service does not answer",
            Self::AccessDenied => "the system denies access to the reader",
            Self::SharingViolation => "another program holds the reader",
            Self::CardReset => "the card was reset by another program",
            Self::CardMute => "the card does not answer",
            Self::Timeout => "the card did not answer in time",
            Self::Cancelled => "cancelled",
            Self::TooLong => "the reader cannot carry an APDU of this length",
            Self::Malformed => "the answer is shorter than a status word",
            Self::ReplayDiverged => "the recording holds another command here",
            Self::Pending => {
                "the transport was not ready, and a blocking driver cannot wait for it"
            }
            Self::Failed => "the transport failed",
        })
    }
}

impl core::error::Error for TransportError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_in_the_list_once() {
        let mut codes: alloc::vec::Vec<u16> =
            TransportError::ALL.iter().map(|e| e.code()).collect();
        codes.sort_unstable();
        assert_eq!(codes, (1001..=1016).collect::<alloc::vec::Vec<u16>>());
    }
}
