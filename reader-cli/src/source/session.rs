//! One reading of one card, over as many attempts as the card needs to be held still.

use super::Document;
use crate::exit::Failure;
use crate::hint;
use crate::key::{Beside, GivenKey, Keys};
use crate::lang;
use crate::output::progress::ProgressBar;
use chipid::emrtd::card_transport::TransportLimits;
use chipid::emrtd::document::Files;
use chipid::field_report::Observation;
use chipid::transport::counting::{Counters, Counting};
use chipid::{CardTransport, ChipError, Error, Reading, TransportError, UnverifiedDocument, block};

/// A reading, and what it cost so far.
pub(super) struct Session {
    reading: Reading,
    beside: Beside,
    key: GivenKey,
    bar: ProgressBar,
    traffic: Counters,
    /// How often it goes on after the card moved.
    resumes: u8,
}

/// The card on a reader, let go before another is connected to: two handles on one slot wait for each other.
pub(crate) struct Laid<C>(pub(super) Option<C>);

impl<C> Laid<C> {
    /// Lets the card go, and takes the one that `connect` connects to. While the old connection held its transaction, the new one
    /// would wait for it, and call us another program.
    pub(super) fn again<E>(&mut self, connect: impl FnOnce() -> Result<C, E>) -> Result<(), E> {
        self.0 = None;
        self.0 = Some(connect()?);
        Ok(())
    }
}

impl<C: CardTransport> CardTransport for Laid<C> {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        match &mut self.0 {
            Some(card) => card.transmit(command).await,
            None => Err(TransportError::NoCard),
        }
    }

    fn limits(&self) -> TransportLimits {
        self.0
            .as_ref()
            .map_or_else(TransportLimits::default, C::limits)
    }
}

/// A reading that was watched.
pub(crate) struct Watched {
    /// What was read, unverified.
    pub(crate) document: UnverifiedDocument,
    /// Why it ended early.
    pub(crate) error: Option<Error>,
    /// What kept it from going on after that.
    pub(crate) failure: Option<Failure>,
    pub(crate) reading: Reading,
    pub(crate) observation: Observation,
    pub(crate) beside: Beside,
    pub(crate) key: GivenKey,
}

/// A reading that ended early.
pub(super) struct Broken {
    pub(super) failure: Failure,
    pub(super) partial: Files,
}

impl Session {
    /// A reading with these keys that goes on up to `resumes` times; `prepare` says what it is to read.
    pub(super) fn new(keys: Keys, resumes: u8, prepare: impl FnOnce(Reading) -> Reading) -> Self {
        let mut reading = Reading::with(keys.keys);
        if keys.vietnamese {
            reading = reading.assume_vietnamese_card();
        }
        let mut reading = prepare(reading);
        let bar = ProgressBar::new();
        let shown = bar.clone();
        reading.on_progress(move |progress| shown.show(progress));
        Self {
            reading,
            beside: keys.beside,
            key: keys.given,
            bar,
            traffic: Counters::default(),
            resumes,
        }
    }

    /// Reads `card`. Where it moved, `lay_back` has it laid back, and the reading goes on where it was.
    pub(super) fn read<C: CardTransport>(
        mut self,
        card: &mut C,
        mut lay_back: impl FnMut(&mut C) -> Result<(), Failure>,
    ) -> Result<Document, Broken> {
        loop {
            let error = match self.attempt(card) {
                Ok(unverified) => {
                    self.bar.finish();
                    return Ok(Document {
                        unverified,
                        beside: self.beside,
                        typed: None,
                        key: Some(self.key),
                        traffic: Some(self.traffic),
                        times: Some(self.reading.times()),
                        link: None,
                    });
                }
                Err(error) => error,
            };
            if self.resumes == 0 || !has_moved(&error) {
                let failure = hint::of_key(error, self.key.source);
                return Err(self.broken(failure));
            }
            self.resumes -= 1;
            self.bar.note(lang::CARD_MOVED);
            if let Err(failure) = lay_back(card) {
                return Err(self.broken(failure));
            }
        }
    }

    /// Reads `card` as [`read`](Self::read) does, watched; where it ends early, as far as it came.
    pub(super) fn observe<C: CardTransport>(
        mut self,
        card: &mut C,
        mut lay_back: impl FnMut(&mut C) -> Result<(), Failure>,
    ) -> Watched {
        let observation = Observation::of(&self.reading);
        let (document, error, failure) = loop {
            let error = match self.attempt(&mut observation.on(&mut *card)) {
                Ok(document) => break (document, None, None),
                Err(error) => error,
            };
            let moved = self.resumes > 0 && has_moved(&error);
            let laid_back = moved.then(|| {
                self.resumes -= 1;
                self.bar.note(lang::CARD_MOVED);
                lay_back(card)
            });
            match laid_back {
                Some(Ok(())) => {}
                Some(Err(failure)) => {
                    break (self.reading.unfinished(), Some(error), Some(failure));
                }
                None => break (self.reading.unfinished(), Some(error), None),
            }
        };
        self.bar.finish();
        Watched {
            document,
            error,
            failure,
            reading: self.reading,
            observation,
            beside: self.beside,
            key: self.key,
        }
    }

    /// A reading that no card could be had for.
    pub(super) fn not_begun(self, error: TransportError) -> Watched {
        let observation = Observation::of(&self.reading);
        self.bar.finish();
        Watched {
            document: self.reading.unfinished(),
            error: Some(error.into()),
            failure: None,
            reading: self.reading,
            observation,
            beside: self.beside,
            key: self.key,
        }
    }

    fn attempt<C: CardTransport>(&mut self, card: &mut C) -> Result<UnverifiedDocument, Error> {
        let mut counting = Counting::new(card);
        let result = block(self.reading.run(&mut counting));
        let counters = counting.counters();
        self.traffic.apdus += counters.apdus;
        self.traffic.bytes_sent += counters.bytes_sent;
        self.traffic.bytes_received += counters.bytes_received;
        self.traffic.time += counters.time;
        result.map_err(Error::from)?
    }

    fn broken(self, failure: Failure) -> Broken {
        self.bar.finish();
        Broken {
            failure,
            partial: self.reading.partial().clone(),
        }
    }
}

/// Whether the chip was lost on the way, as it is when a card is not held still.
fn has_moved(error: &Error) -> bool {
    matches!(
        error,
        Error::Chip(ChipError::Transport(
            TransportError::CardRemoved
                | TransportError::CardReset
                | TransportError::CardMute
                | TransportError::Timeout
        ))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// A slot that one connection holds at a time, with a card in it that turns mute once and stays there.
    struct Connection<'slot> {
        held: &'slot Cell<bool>,
        mute: bool,
    }

    impl<'slot> Connection<'slot> {
        fn open(held: &'slot Cell<bool>, mute: bool) -> Result<Self, TransportError> {
            match held.replace(true) {
                true => Err(TransportError::SharingViolation),
                false => Ok(Self { held, mute }),
            }
        }

        fn transmit(&self) -> Result<(), TransportError> {
            match self.mute {
                true => Err(TransportError::CardMute),
                false => Ok(()),
            }
        }
    }

    impl Drop for Connection<'_> {
        fn drop(&mut self) {
            self.held.set(false);
        }
    }

    #[test]
    fn card_that_turned_mute_and_stayed_is_let_go_before_it_is_connected_to_again() {
        let held = Cell::new(false);
        let mut card = Laid(Some(Connection::open(&held, true).unwrap()));
        let said = card.0.as_ref().unwrap().transmit();
        assert_eq!(said, Err(TransportError::CardMute));
        card.again(|| Connection::open(&held, false)).unwrap();
        assert_eq!(card.0.as_ref().unwrap().transmit(), Ok(()));
        // Where connecting fails, nothing is held.
        let failed = card.again(|| Err(TransportError::NoCard));
        assert_eq!(failed, Err(TransportError::NoCard));
        assert!(!held.get() && card.0.is_none());
    }
}
