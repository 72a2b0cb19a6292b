//! One slot that is watched: what PC/SC last said of it, and what was told of that.

use super::event::{Event, EventKind, Look, Moved, Phase, after};
use super::reader::{
    CardState, KNOWN_WITHIN, NOT_KNOWN_YET, ReaderStatus, card_state, gone, is_known,
};
use pcsc::{ReaderState, State};
use std::collections::VecDeque;
use std::ffi::CString;
use std::time::{Duration, Instant};

/// Whether the service counts how often a card came or went: Apple's does not.
const COUNTS: bool = !cfg!(target_vendor = "apple");
/// pcsc-lite does not compare a count of 0 (just started, or once around): a card swapped in that moment wakes nobody, and is
/// found at the latest after this long.
const UNCOMPARED: Duration = Duration::from_secs(1);
/// How often a reader is asked that does not say what is on it.
const SILENT: Duration = Duration::from_millis(500);

/// What is known of one slot.
pub(super) struct Slot {
    pub(super) state: ReaderState,
    pub(super) phase: Phase,
    /// How it was at the last look.
    pub(super) seen: Option<(Look, ReaderStatus)>,
    /// Its driver fails: it is on the list, and a card on it would not be noticed.
    pub(super) dead: bool,
    /// Since when the service does not say whether a card is there.
    unknown: Option<Instant>,
}

impl Slot {
    pub(super) fn new(name: CString) -> Self {
        Self {
            state: ReaderState::new(name, State::UNAWARE),
            phase: Phase::New,
            seen: None,
            dead: false,
            unknown: None,
        }
    }

    /// Queues what the state says that was not told before, and makes it the one to be told of changes from. `any`: whatever
    /// card it is.
    pub(super) fn look(&mut self, any: bool, queue: &mut VecDeque<Event>) {
        let flags = self.state.event_state();
        if gone(flags) {
            self.state.sync_current_state();
            self.unknown = None;
            self.died(queue);
        } else if is_known(flags) {
            self.state.sync_current_state();
            self.unknown = None;
            self.tell(any, queue);
        } else {
            self.not_known(any, queue);
        }
    }

    /// How long to sleep at most before this slot is looked at again.
    pub(super) fn nap(&self) -> Option<Duration> {
        match self.unknown {
            Some(since) if since.elapsed() < KNOWN_WITHIN => Some(NOT_KNOWN_YET),
            Some(_) => Some(SILENT),
            None => {
                let uncompared = COUNTS && self.state.event_count() == 0;
                let lies = card_state(self.state.event_state()) != CardState::Absent;
                (uncompared && lies).then_some(UNCOMPARED)
            }
        }
    }

    /// Whether the service can be slept on for it: as long as it knows nothing, it answers at once.
    pub(super) fn can_be_slept_on(&self) -> bool {
        self.unknown.is_none()
    }

    /// Such a state is not one to be told of changes from: pcsc-lite would never tell of a card that lies there already.
    fn not_known(&mut self, any: bool, queue: &mut VecDeque<Event>) {
        let since = *self.unknown.get_or_insert_with(Instant::now);
        if since.elapsed() >= KNOWN_WITHIN && self.seen.is_none() {
            self.tell(any, queue);
        }
        self.state = ReaderState::new(self.state.name(), State::UNAWARE);
    }

    /// Its driver fails, or it was unplugged, and then it is not on the next list.
    fn died(&mut self, queue: &mut VecDeque<Event>) {
        if !self.dead && self.seen.is_some() {
            queue.push_back(self.event(EventKind::ReaderGone));
        }
        self.dead = true;
        self.seen = None;
        self.phase = Phase::New;
    }

    fn tell(&mut self, any: bool, queue: &mut VecDeque<Event>) {
        self.dead = false;
        let status = ReaderStatus::of(&self.state);
        let lies = status.card != CardState::Absent;
        let card = lies && (any || status.for_documents());
        let look = Look {
            card,
            occupied: lies && !card,
            count: COUNTS.then(|| self.state.event_count()),
        };
        let before = self.seen.take().map(|(before, _)| before);
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
        if !COUNTS {
            self.state = ReaderState::new(self.state.name(), State::UNAWARE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh() -> Slot {
        Slot::new(CString::from(c"some reader 00 00"))
    }

    #[test]
    fn reader_that_says_nothing_yet_is_asked_again_and_not_slept_on() {
        let (mut slot, mut queue) = (fresh(), VecDeque::new());
        slot.look(false, &mut queue);
        assert!(queue.is_empty() && slot.seen.is_none());
        assert_eq!((slot.phase, slot.nap()), (Phase::New, Some(NOT_KNOWN_YET)));
        assert!(!slot.can_be_slept_on());
        // One that never says: it counts as empty, and is asked less often.
        slot.unknown = Instant::now().checked_sub(KNOWN_WITHIN);
        slot.look(false, &mut queue);
        let told: Vec<EventKind> = queue.drain(..).map(|event| event.kind).collect();
        assert_eq!(
            (told, slot.nap()),
            (vec![EventKind::ReaderReady], Some(SILENT))
        );
        slot.look(false, &mut queue);
        assert!(queue.is_empty());
    }

    #[test]
    fn reader_whose_driver_fails_is_gone_once() {
        let (mut slot, mut queue) = (fresh(), VecDeque::new());
        slot.tell(false, &mut queue);
        slot.died(&mut queue);
        slot.died(&mut queue);
        slot.tell(false, &mut queue);
        let told: Vec<EventKind> = queue.drain(..).map(|event| event.kind).collect();
        let [ready, gone] = [EventKind::ReaderReady, EventKind::ReaderGone];
        assert_eq!(told, [ready, gone, ready]);
    }
}
