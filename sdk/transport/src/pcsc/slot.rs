//! One slot that is watched: what PC/SC last said of it, and what was told of that.

use super::event::{Event, EventKind, Look, Moved, Phase, after};
use super::reader::{CardState, ReaderStatus, gone};
use pcsc::{ReaderState, State};
use std::collections::VecDeque;
use std::ffi::CString;

/// What is known of one slot.
pub(super) struct Slot {
    pub(super) state: ReaderState,
    pub(super) phase: Phase,
    /// How it was at the last look.
    pub(super) seen: Option<(Look, ReaderStatus)>,
}

impl Slot {
    pub(super) fn new(name: CString) -> Self {
        Self {
            state: ReaderState::new(name, State::UNAWARE),
            phase: Phase::New,
            seen: None,
        }
    }

    /// Queues what the state says that was not told before. `any`: whatever card it is.
    pub(super) fn look(&mut self, any: bool, queue: &mut VecDeque<Event>) {
        if gone(self.state.event_state()) {
            // The next list tells.
            return;
        }
        let status = ReaderStatus::of(&self.state);
        let lies = status.card != CardState::Absent;
        let card = lies && (any || status.for_documents());
        let look = Look {
            card,
            occupied: lies && !card,
            count: self.state.event_count(),
        };
        let before = self
            .seen
            .as_ref()
            .map_or(look.count, |(seen, _)| seen.count);
        self.seen = Some((look, status));
        let (told, phase) = after(self.phase, before, look);
        self.phase = phase;
        queue.extend(told.into_iter().map(|kind| self.event(kind)));
    }

    pub(super) fn event(&self, kind: EventKind) -> Event {
        let mut reader = match &self.seen {
            Some((_, status)) => status.clone(),
            None => ReaderStatus::of(&self.state),
        };
        if matches!(
            kind,
            EventKind::ReaderReady | EventKind::ReaderGone | EventKind::CardMoved(Moved::Removed)
        ) {
            reader.emptied();
        }
        Event {
            kind,
            reader: Some(reader),
        }
    }

    /// The card is known to have left, before the service saw it or after.
    pub(super) fn expect_back(&mut self) {
        self.phase = Phase::Moved;
        // Where the service does not count, only a look tells whether it is back already.
        if self.state.event_count() == 0 {
            self.state = ReaderState::new(self.state.name(), State::UNAWARE);
        }
    }
}
