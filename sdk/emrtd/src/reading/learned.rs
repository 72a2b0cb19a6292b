//! What a reading has learnt about the chip and the reader that it goes through.
//!
//! Nothing is known in advance. What is learnt stays for the whole reading, over every run.

use super::deviations::{Deviation, Remedy};
use crate::card_transport::{TransportError, TransportLimits};
use alloc::vec::Vec;

/// The most data of a short response, the status word left out.
pub(super) const SHORT_RESPONSE: usize = 256;
/// How much is asked for at a time where extended lengths work and nobody said otherwise: more saves little time and
/// loses more where the card moves (docs/adr/0019-a-reader-that-learns.md).
const USUAL_BLOCK: usize = 4096;
/// Sizes that readers and chips are known to stop at, the ladder down.
const LADDER: [usize; 12] = [
    32_767, 16_384, 8192, 4096, 2000, 980, 480, 256, 192, 128, 96, 64,
];
/// A card that moves while less than this is asked for would have moved anyway.
const WORTH_HALVING: usize = 2048;
/// So many cards lost at the trial of extended lengths, and it is not repeated.
const LOST_TRIALS: u8 = 2;

/// What is known of chip and reader.
#[derive(Clone, Debug)]
pub(crate) struct Learned {
    /// Whether APDUs of extended length come through.
    extended: Trial,
    /// Whether READ BINARY may name a file by its short identifier.
    pub(super) short_identifiers: Trial,
    /// Whether the chip ends a read that runs over the end of a file politely.
    pub(super) beyond_end: Trial,
    /// The most payload that one READ BINARY may ask for.
    most: Option<usize>,
    /// What the chip itself says that it takes (EF.ATR/INFO), in bytes of a response.
    pub(super) chip_response: Option<usize>,
    /// How long an answer EXTERNAL AUTHENTICATE of BAC is told to expect.
    pub(super) bac_answer: usize,
    /// How often the card was lost while extended lengths were tried.
    lost_trials: u8,
    /// The rows that were met, each once.
    met: Vec<&'static Deviation>,
}

/// Whether something works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Trial {
    /// Nobody tried.
    #[default]
    Untried,
    Works,
    Refused,
}

impl Default for Learned {
    fn default() -> Self {
        Self {
            extended: Trial::Untried,
            short_identifiers: Trial::Untried,
            beyond_end: Trial::Untried,
            most: None,
            chip_response: None,
            bac_answer: crate::bac::TOKEN_LEN,
            lost_trials: 0,
            met: Vec::new(),
        }
    }
}

impl Learned {
    /// How long a response may be, in bytes without the status word; `extended` where it need not be a short one.
    pub(super) fn response(&self, limits: TransportLimits, extended: bool) -> usize {
        let carried = limits
            .response
            .map_or(usize::MAX, |bytes| bytes.saturating_sub(2));
        if extended {
            carried
                .min(self.chip_response.unwrap_or(0x1_0000))
                .min(0x1_0000)
        } else {
            carried.min(SHORT_RESPONSE)
        }
    }

    /// The most payload to ask for at a time: what the caller set, or what is usual, within what was learnt.
    pub(super) fn block_cap(&self, asked_for: Option<usize>) -> usize {
        asked_for
            .unwrap_or(USUAL_BLOCK)
            .min(self.most.unwrap_or(usize::MAX))
            .max(1)
    }

    /// Whether extended lengths may be used, or tried.
    pub(super) fn may_extend(&self, limits: TransportLimits) -> bool {
        self.extended != Trial::Refused && self.response(limits, true) > SHORT_RESPONSE
    }

    /// Whether APDUs of extended length come through.
    pub(super) const fn extended(&self) -> Trial {
        self.extended
    }

    /// The most payload that one READ BINARY may ask for, where more did not work.
    pub(super) const fn most(&self) -> Option<usize> {
        self.most
    }

    /// Whether extended lengths are known to work.
    pub(super) fn extends(&self) -> bool {
        self.extended == Trial::Works
    }

    pub(super) fn extended_worked(&mut self) {
        self.extended = Trial::Works;
    }

    pub(super) fn extended_refused(&mut self) {
        self.extended = Trial::Refused;
    }

    /// No answer came while `want` bytes were asked for with an extended length. A reader that cannot carry it says so,
    /// or says nothing (deviations row 32); a card that moved was perhaps only asked for too much at a time.
    pub(super) fn lost_while_asking_for(&mut self, want: usize, kind: TransportError) {
        let card_moved = matches!(
            kind,
            TransportError::CardRemoved | TransportError::CardReset | TransportError::Cancelled
        );
        if self.extended == Trial::Untried {
            self.lost_trials = self.lost_trials.saturating_add(1);
        }
        if !card_moved || self.lost_trials >= LOST_TRIALS {
            self.extended_refused();
        } else if want > WORTH_HALVING {
            self.ask_for_less_than(want);
        }
    }

    /// Something went wrong while `want` bytes were asked for: less from now on, down to short responses.
    pub(super) fn ask_for_less_than(&mut self, want: usize) {
        let next = LADDER.into_iter().find(|step| *step < want);
        self.most = Some(next.unwrap_or(want / 2).max(1));
    }

    /// Does what `deviation` asks for, and remembers that it was met.
    pub(super) fn apply(&mut self, deviation: &'static Deviation, want: usize, got: usize) {
        match deviation.then {
            Remedy::AskForAsMuch => self.most = Some(got.max(1)),
            Remedy::AskForLess => self.ask_for_less_than(want),
            Remedy::ShortLengths => self.extended_refused(),
            Remedy::NeverBeyondEnd => self.beyond_end = Trial::Refused,
            Remedy::SelectFirst => self.short_identifiers = Trial::Refused,
            Remedy::AskForMost => self.bac_answer = 256,
            Remedy::Take | Remedy::AskExactly | Remedy::NewChannel => {}
        }
        if deviation.note.is_some() && !self.met.iter().any(|met| met.row == deviation.row) {
            self.met.push(deviation);
        }
    }

    /// The notes about what was met.
    pub(crate) fn notes(&self) -> impl Iterator<Item = &'static str> {
        self.met.iter().filter_map(|deviation| deviation.note)
    }
}
