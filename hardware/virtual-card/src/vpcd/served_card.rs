//! What can be laid on vpcd's reader.

use crate::chip::VirtualCard;
use chipid_emrtd::card_transport::TransportError;

/// A card as a service sees it.
pub trait ServedCard {
    /// A program cut the power, or asked for a reset.
    fn reset(&mut self);

    /// What becomes of a command APDU. A card that takes its time takes it here.
    fn respond(&mut self, command: &[u8]) -> Response;

    /// Called after [`Response::Lifted`], when the card is off the reader: returns when it is to be laid back.
    fn until_laid_back(&mut self) {}
}

/// What becomes of a command APDU.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// The response APDU.
    Answer(Vec<u8>),
    /// Silence.
    Mute,
    /// The card leaves the reader and comes back.
    Lifted,
    /// The card leaves the reader for good.
    Removed,
}

impl ServedCard for VirtualCard {
    fn reset(&mut self) {
        Self::reset(self);
    }

    fn respond(&mut self, command: &[u8]) -> Response {
        match self.exchange(command) {
            Ok(answer) => Response::Answer(answer),
            Err(TransportError::CardRemoved) => Response::Removed,
            Err(_) => Response::Mute,
        }
    }
}
