//! A card behind a link whose modelled time passes: for demonstrations, where a person is to wait as at a counter.

use super::LinkedCard;
use crate::vpcd::{Response, ServedCard};
use chipid_emrtd::card_transport::TransportError;
use core::time::Duration;
use std::time::Instant;

/// Lets time pass.
pub trait Sleeper {
    /// Returns `time` after `since`, or earlier where it was told to end.
    fn wait(&mut self, time: Duration, since: Instant);
}

/// A [`LinkedCard`] each of whose responses comes after the time that the link's model says for it.
///
/// What answering takes this machine counts as a part of that time; what the program that reads, pcscd and vpcd take comes
/// on top, though the model has a time of the host too: a reading takes as long as the model says, or a little longer.
#[derive(Debug)]
pub struct RealTimeCard<S> {
    card: LinkedCard,
    sleeper: S,
}

impl<S: Sleeper> RealTimeCard<S> {
    /// This card, with whoever lets time pass: a [`Stop`](crate::vpcd::Stop), for real time.
    pub const fn new(card: LinkedCard, sleeper: S) -> Self {
        Self { card, sleeper }
    }

    /// The card behind its link, with the time that passed.
    #[must_use]
    pub const fn card(&self) -> &LinkedCard {
        &self.card
    }
}

impl<S: Sleeper> ServedCard for RealTimeCard<S> {
    fn reset(&mut self) {
        self.card.reset();
    }

    fn respond(&mut self, command: &[u8]) -> Response {
        let received = Instant::now();
        let (before, lost_before) = (self.card.now(), self.card.losses());
        let answer = self.card.exchange(command);
        let took = self.card.now() - before;
        if self.card.losses() > lost_before {
            // The pause comes when the card is off the reader.
            let pause = self.card.link().time_without_field;
            self.sleeper.wait(took.saturating_sub(pause), received);
            return Response::Lifted;
        }
        self.sleeper.wait(took, received);
        match answer {
            Ok(answer) => Response::Answer(answer),
            Err(TransportError::CardRemoved) => Response::Removed,
            Err(_) => Response::Mute,
        }
    }

    fn until_laid_back(&mut self) {
        let pause = self.card.link().time_without_field;
        self.sleeper.wait(pause, Instant::now());
    }
}
