//! Waiting for a card to come or go.

use super::event::EventKind;
use super::monitor::Monitor;
use super::reader::{CardState, Reader, ReaderStatus, preferred};
use crate::cancel::Cancel;
use chipid_emrtd::card_transport::TransportError;
use std::time::{Duration, Instant};

/// Waits until a card lies on any reader, those plugged in meanwhile too, and gives the one that [`Reader::first`] would.
///
/// `None` waits for ever.
///
/// # Errors
/// [`TransportError::Timeout`], [`TransportError::Cancelled`], and those of [`readers`](super::readers).
pub fn wait_for_card(timeout: Option<Duration>, cancel: &Cancel) -> Result<Reader, TransportError> {
    let mut monitor = Monitor::new(cancel);
    let wait = Wait::new(timeout);
    loop {
        let event = monitor.next_within(wait.left())?;
        if let EventKind::ServiceAway(why) = event.kind {
            return Err(why);
        }
        if let Some(found) = preferred(&monitor.readers()) {
            return Reader::of(found);
        }
    }
}

impl Reader {
    /// Waits until a card lies on this reader; `None` waits for ever. A mute card counts: connecting tells.
    ///
    /// # Errors
    /// [`TransportError::Timeout`], [`TransportError::Cancelled`], [`TransportError::ReaderRemoved`], and those of
    /// [`readers`](super::readers).
    pub fn wait_for_card(
        &self,
        timeout: Option<Duration>,
        cancel: &Cancel,
    ) -> Result<ReaderStatus, TransportError> {
        self.wait_until(timeout, cancel, |card| card != CardState::Absent)
    }

    /// Waits until no card lies on this reader; `None` waits for ever.
    ///
    /// # Errors
    /// As [`Reader::wait_for_card`].
    pub fn wait_for_removal(
        &self,
        timeout: Option<Duration>,
        cancel: &Cancel,
    ) -> Result<ReaderStatus, TransportError> {
        self.wait_until(timeout, cancel, |card| card == CardState::Absent)
    }

    fn wait_until(
        &self,
        timeout: Option<Duration>,
        cancel: &Cancel,
        awaited: impl Fn(CardState) -> bool,
    ) -> Result<ReaderStatus, TransportError> {
        let mut monitor = Monitor::on(self, cancel);
        let wait = Wait::new(timeout);
        loop {
            let event = monitor.next_within(wait.left())?;
            match (event.kind, event.reader) {
                (EventKind::ServiceAway(why), _) => return Err(why),
                (EventKind::NoReader | EventKind::ReaderGone, _) => {
                    return Err(TransportError::ReaderRemoved);
                }
                (_, Some(status)) if awaited(status.card) => return Ok(status),
                _ => {}
            }
        }
    }
}

/// The end of a wait.
struct Wait(Option<Instant>);

impl Wait {
    fn new(timeout: Option<Duration>) -> Self {
        Self(timeout.and_then(|timeout| Instant::now().checked_add(timeout)))
    }

    fn left(&self) -> Option<Duration> {
        self.0
            .map(|end| end.saturating_duration_since(Instant::now()))
    }
}
