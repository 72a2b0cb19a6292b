//! Waiting for a card to come or go, asleep in `SCardGetStatusChange` until the service has news.

use super::failure::kind;
use super::reader::{
    CardState, Reader, ReaderStatus, card_state, establish, gone, preferred, readers, state, states,
};
use crate::cancel::{Cancel, Registration};
use chipid_emrtd::card_transport::TransportError;
use pcsc::{Context, PNP_NOTIFICATION, ReaderState, State};
use std::time::{Duration, Instant};

/// The longest sleep in one go. News of a reader plugged in between two calls may be lost on the way; a look around
/// every ten seconds makes up for it.
const NAP: Duration = Duration::from_secs(10);

/// Waits until a card lies on any reader, those plugged in meanwhile too, and gives the one that [`Reader::first`] would.
///
/// `None` waits for ever.
///
/// # Errors
/// [`TransportError::Timeout`], [`TransportError::Cancelled`], and those of [`readers`].
pub fn wait_for_card(timeout: Option<Duration>, cancel: &Cancel) -> Result<Reader, TransportError> {
    let watch = Watch::new(timeout, cancel)?;
    loop {
        let mut states = states(&watch.context)?;
        if states
            .iter()
            .any(|state| card_state(state.event_state()) != CardState::Absent)
            && let Some(found) = preferred(&readers()?)
        {
            return Reader::of(found);
        }
        states.push(ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE));
        match watch.sleep(&mut states) {
            // A reader was unplugged while we looked: the others are looked at again.
            Ok(()) | Err(TransportError::ReaderRemoved) => {}
            Err(error) => return Err(error),
        }
    }
}

impl Reader {
    /// Waits until a card lies on this reader; `None` waits for ever. A mute card counts: connecting tells.
    ///
    /// # Errors
    /// [`TransportError::Timeout`], [`TransportError::Cancelled`], [`TransportError::ReaderRemoved`], and those of [`readers`].
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
        let watch = Watch::new(timeout, cancel)?;
        let mut states = [state(&watch.context, self.c_name())?];
        loop {
            let [state] = &states;
            if gone(state.event_state()) {
                return Err(TransportError::ReaderRemoved);
            }
            if awaited(card_state(state.event_state())) {
                return Ok(ReaderStatus::of(state));
            }
            watch.sleep(&mut states)?;
        }
    }
}

/// One wait: its own connection to the service (a connection serves one call at a time), its end, its canceller.
struct Watch {
    context: Context,
    deadline: Option<Instant>,
    cancel: Cancel,
    _registration: Registration,
}

impl Watch {
    fn new(timeout: Option<Duration>, cancel: &Cancel) -> Result<Self, TransportError> {
        let context = establish()?;
        let registration = {
            let context = context.clone();
            // Never done: the wait may not have begun when this is called.
            cancel.on_cancel(move || {
                let _ = context.cancel();
                false
            })
        };
        Ok(Self {
            context,
            deadline: timeout.and_then(|timeout| Instant::now().checked_add(timeout)),
            cancel: cancel.clone(),
            _registration: registration,
        })
    }

    /// Sleeps until one of `states` differs from what it says, or for a nap.
    fn sleep(&self, states: &mut [ReaderState]) -> Result<(), TransportError> {
        for state in states.iter_mut() {
            state.sync_current_state();
        }
        self.cancel.check()?;
        let left = self.deadline.map_or(NAP, |deadline| {
            deadline.saturating_duration_since(Instant::now())
        });
        if left.is_zero() {
            return Err(TransportError::Timeout);
        }
        let news = self.context.get_status_change(left.min(NAP), states);
        self.cancel.check()?;
        match news {
            Ok(()) | Err(pcsc::Error::Timeout | pcsc::Error::Cancelled) => Ok(()),
            Err(error) => Err(kind(error)),
        }
    }
}
