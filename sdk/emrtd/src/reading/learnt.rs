//! What a reading knows before it has ended, and what it learnt of chip and reader: facts, no values.

use super::Reading;
use super::learned::Trial;
use crate::document::UnverifiedDocument;

/// What was learnt of chip and reader. `None`: nothing brought it to light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Learnt {
    /// Whether APDUs of extended length come through.
    pub extended_length: Option<bool>,
    /// Whether READ BINARY may name a file by its short identifier.
    pub short_identifiers: Option<bool>,
    /// Whether the chip ends a read that runs over the end of a file politely.
    pub reading_beyond_end: Option<bool>,
    /// The most payload, in bytes, that one READ BINARY may ask for, where more did not work.
    pub largest_block: Option<usize>,
    /// How many keys the chip refused.
    pub keys_refused: usize,
}

impl Reading {
    /// What was learnt of chip and reader so far.
    #[must_use]
    pub fn learnt(&self) -> Learnt {
        let seen = |trial| match trial {
            Trial::Untried => None,
            Trial::Works => Some(true),
            Trial::Refused => Some(false),
        };
        Learnt {
            extended_length: seen(self.learned.extended()),
            short_identifiers: seen(self.learned.short_identifiers),
            reading_beyond_end: seen(self.learned.beyond_end),
            largest_block: self.learned.most(),
            keys_refused: self.wrong_keys.len(),
        }
    }

    /// The document as far as it was read, where [`run`](Self::run) ended with an error: whole files, and what became of
    /// access and proofs. Nothing of it is believed.
    #[must_use]
    pub fn unfinished(&self) -> UnverifiedDocument {
        UnverifiedDocument {
            files: self.files.clone(),
            absences: self.absences.clone(),
            wanted: self.wanted.clone(),
            access: self.access.clone(),
            chip_authentication: self.chip_authentication.clone(),
            active_authentication: self.active_authentication.clone(),
            chip_notes: self.learned.notes().collect(),
            terminal_authentication: self.terminal.outcome().clone(),
            live: true,
            own_challenge: None,
        }
    }
}
