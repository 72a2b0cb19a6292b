//! What happens at a counter's readers, told from one look at a slot to the next. Nothing here waits or asks.

use super::reader::ReaderStatus;
use chipid_emrtd::card_transport::TransportError;

/// One thing that happened, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// The slot where it happened, as it is after it; `None` where it concerns no single one.
    pub reader: Option<ReaderStatus>,
}

/// What happened: what a waiting screen shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventKind {
    /// The smart card service does not answer, for this reason. It is looked for until it is back; then all is told anew.
    ServiceAway(TransportError),
    /// There is no reader that a document could be laid on.
    NoReader,
    /// A reader waits for a card.
    ReaderReady,
    /// A card lies on a reader: connect to it. It may be mute ([`ReaderStatus::card`]), which connecting tells.
    CardInField,
    /// The card did not stay until it was done with, or left before anybody looked at it. Where it came back already,
    /// [`EventKind::CardInField`] follows.
    CardMoved(Moved),
    /// The card was done with ([`Monitor::done_with`](super::Monitor::done_with)). [`EventKind::ReaderReady`] follows when it is taken.
    Done,
    /// A reader was unplugged, with whatever lay on it, or its driver fails.
    ReaderGone,
}

/// How a card did not stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Moved {
    /// It left the field, or lies there and answers no more: it has to be laid again.
    Removed,
    /// Another program reset it. It lies there still.
    Reset,
}

impl Moved {
    /// Whether this error is how a reading ends when its card does not stay.
    #[must_use]
    pub fn of(error: TransportError) -> Option<Self> {
        match error {
            TransportError::CardRemoved | TransportError::NoCard | TransportError::CardMute => {
                Some(Self::Removed)
            }
            TransportError::CardReset => Some(Self::Reset),
            _ => None,
        }
    }
}

/// What was last told of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing yet.
    New,
    /// No card, or none that a document could be.
    Ready,
    /// A card.
    Card,
    /// That the card was done with; it still lies there.
    Done,
    /// That the card moved; it may not have been seen to leave.
    Moved,
}

/// One look at a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    /// Whether a card lies there that a document could be.
    pub(super) card: bool,
    /// Whether another card lies there, by whose ATR this is no antenna.
    pub(super) occupied: bool,
    /// How often a card came or went, modulo 65536; `None` where the service does not count.
    pub(super) count: Option<u32>,
}

impl Look {
    /// How often a card came or went since `before`, as far as that was counted.
    fn changes_since(self, before: Option<Self>) -> u32 {
        let counted = before.and_then(|before| before.count).zip(self.count);
        counted.map_or(0, |(before, now)| now.wrapping_sub(before) & 0xFFFF)
    }
}

/// What is to be told after a look, in order, and the phase after it. `before`: the look before, if there was one.
pub(super) fn after(phase: Phase, before: Option<Look>, look: Look) -> (Vec<EventKind>, Phase) {
    use EventKind::{CardInField, CardMoved, ReaderReady};
    let moved = CardMoved(Moved::Removed);
    let changes = look.changes_since(before);
    let occupied = look.occupied || before.is_some_and(|before| before.occupied);
    let told = match (phase, look.card) {
        // As long as that card lies there, no document can be laid.
        (Phase::New, false) if look.occupied => Vec::new(),
        (Phase::New, false) => vec![ReaderReady],
        (Phase::New, true) => vec![CardInField],
        // It came and went between two looks: who laid it is to lay it again. A card in contacts may be swapped unheard.
        (Phase::Ready, false) if changes >= 2 && !occupied => vec![moved],
        (Phase::Ready, false) => Vec::new(),
        (Phase::Ready, true) => vec![CardInField],
        (Phase::Card, false) => vec![moved],
        // It went and came between two looks, or another took its place.
        (Phase::Card, true) if changes >= 2 => vec![moved, CardInField],
        (Phase::Done, true) if changes >= 2 => vec![ReaderReady, CardInField],
        (Phase::Card | Phase::Done, true) => Vec::new(),
        (Phase::Done, false) => vec![ReaderReady],
        (Phase::Moved, false) => Vec::new(),
        // The service may not have seen yet that it left, unless it does not count.
        (Phase::Moved, true) if changes >= 1 || look.count.is_none() => vec![CardInField],
        (Phase::Moved, true) => Vec::new(),
    };
    let phase = match (told.last(), phase, look.card) {
        (Some(CardInField), _, _) => Phase::Card,
        (Some(CardMoved(_)), _, _) => Phase::Moved,
        (Some(_), _, _) => Phase::Ready,
        (None, phase, _) => phase,
    };
    (told, phase)
}

#[cfg(test)]
mod tests {
    use super::EventKind::{CardInField, CardMoved, ReaderReady};
    use super::*;

    const MOVED: EventKind = CardMoved(Moved::Removed);

    /// What is told for a row of looks, each with whether a card lies there and how often it came or went before.
    fn story(phase: Phase, looks: &[(bool, u32)]) -> (Vec<EventKind>, Phase) {
        let (mut phase, mut count, mut all) = (phase, 7, Vec::new());
        for (card, changes) in looks {
            let before = look(!*card, false, count);
            count += changes;
            let (told, next) = after(phase, Some(before), look(*card, false, count));
            phase = next;
            all.extend(told);
        }
        (all, phase)
    }

    fn look(card: bool, occupied: bool, count: u32) -> Look {
        Look {
            card,
            occupied,
            count: Some(count),
        }
    }

    #[test]
    fn card_that_comes_and_goes_is_told_in_order() {
        let looks = [(false, 0), (true, 1), (true, 0), (false, 1), (true, 1)];
        let (told, phase) = story(Phase::New, &looks);
        assert_eq!(told, [ReaderReady, CardInField, MOVED, CardInField]);
        assert_eq!(phase, Phase::Card);
    }

    #[test]
    fn slot_that_another_card_occupies_is_not_ready() {
        let seen = |occupied, count| look(false, occupied, count);
        assert_eq!(
            after(Phase::New, None, seen(true, 1)),
            (Vec::new(), Phase::New)
        );
        let (told, phase) = after(Phase::New, Some(seen(true, 1)), seen(false, 2));
        assert_eq!((told, phase), (vec![ReaderReady], Phase::Ready));
        let (told, phase) = after(Phase::Ready, Some(seen(false, 2)), seen(true, 3));
        assert_eq!((told, phase), (Vec::new(), Phase::Ready));
        // Such a card in the place of a document's.
        let document = look(true, false, 3);
        assert_eq!(after(Phase::Card, Some(document), seen(true, 5)).0, [MOVED]);
        // Such a card, swapped; drawn and pushed in again; pushed in twice.
        for (before, now) in [(true, true), (true, false), (false, true)] {
            let told = after(Phase::Ready, Some(seen(before, 5)), seen(now, 8));
            assert_eq!(told, (Vec::new(), Phase::Ready));
        }
    }

    #[test]
    fn what_happened_between_two_looks_is_told_too() {
        // Another card, or the same one lifted for a moment.
        assert_eq!(story(Phase::Card, &[(true, 2)]).0, [MOVED, CardInField]);
        assert_eq!(story(Phase::Card, &[(true, 6)]).0, [MOVED, CardInField]);
        // A card that was there too shortly to be looked at.
        let (told, phase) = story(Phase::Ready, &[(false, 2), (true, 1)]);
        assert_eq!(told, [MOVED, CardInField]);
        assert_eq!(phase, Phase::Card);
        // The next person's card, in the place of one that was done with.
        assert_eq!(
            story(Phase::Done, &[(true, 2)]).0,
            [ReaderReady, CardInField]
        );
        // The count starts again after 65535.
        let last = look(true, false, 0xFFFF);
        let told = after(Phase::Card, Some(last), look(true, false, 1)).0;
        assert_eq!(told, [MOVED, CardInField]);
    }

    #[test]
    fn card_that_was_done_with_may_leave() {
        let (told, phase) = story(Phase::Done, &[(true, 0), (false, 1), (true, 1)]);
        assert_eq!(told, [ReaderReady, CardInField]);
        assert_eq!(phase, Phase::Card);
    }

    #[test]
    fn card_whose_moving_was_told_is_told_when_it_is_back() {
        // The reading noticed before the service did.
        let (told, phase) = story(Phase::Moved, &[(true, 0), (false, 1), (true, 1)]);
        assert_eq!((told, phase), (vec![CardInField], Phase::Card));
        // It was back before anybody looked.
        assert_eq!(story(Phase::Moved, &[(true, 2)]).0, [CardInField]);
        // A service that does not count.
        let uncounted = Look {
            count: None,
            ..look(true, false, 0)
        };
        let told = after(Phase::Moved, Some(uncounted), uncounted).0;
        assert_eq!(told, [CardInField]);
        // One that does, and has not counted anything yet.
        let first = look(true, false, 0);
        assert_eq!(after(Phase::Moved, Some(first), first).0, []);
    }

    #[test]
    fn errors_of_a_card_that_does_not_stay_are_known() {
        assert_eq!(Moved::of(TransportError::CardReset), Some(Moved::Reset));
        assert_eq!(Moved::of(TransportError::CardRemoved), Some(Moved::Removed));
        assert_eq!(Moved::of(TransportError::SharingViolation), None);
    }
}
