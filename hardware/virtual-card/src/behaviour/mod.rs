//! How a card departs from the honest chip: switches for tests and attacks.
//!
//! [`Deviation`] holds what real chips do, by row; the rest are knobs for whatever a test or an attack needs. All of it
//! reads from TOML, its names in kebab-case.

mod deviation;

use chipid_emrtd::card_transport::TransportError;
use chipid_emrtd::file_id::FileId;
pub use deviation::Deviation;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Departures from the honest chip. The default is none: the chip does what its data says.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Behaviour {
    /// What real chips do otherwise, by row.
    pub deviations: Vec<Deviation>,
    /// Whether EF.CardAccess can be read. Anything but [`CardAccess::Readable`] also takes PACE away (MSE:Set AT answers 6A80).
    pub card_access: CardAccess,
    /// Basic Access Control is refused (GET CHALLENGE answers 6985).
    pub without_bac: bool,
    /// What Chip Authentication does: anything but honest is a blank card with somebody else's files.
    pub chip_authentication: Proof,
    /// What Active Authentication does.
    pub active_authentication: Proof,
    /// How a READ BINARY that runs over the end of a file ends.
    pub end_of_file: EndOfFile,
    /// Tries of the CAN: wrong ones answer 63Cx with what is left, 6983 at none. `None`: 6300 for ever.
    pub can_tries: Option<u8>,
    /// READ BINARY gives at most so many bytes, however many are asked for (223 and 256 are usual limits).
    pub max_read: Option<usize>,
    /// READ BINARY that asks for more than this answers 6700.
    pub max_le: Option<usize>,
    /// APDUs of extended length answer 6700.
    pub without_extended_length: bool,
    /// An Active Authentication signature that a short response does not hold is cut off, and called whole with 9000.
    pub cuts_long_signatures: bool,
    /// SELECT of the master file answers 6D00, as one Vietnamese card did.
    pub without_master_file_select: bool,
    /// A file whose header speaks of another length than the file has.
    #[serde(with = "lying_file")]
    pub length_lie: Option<(FileId, LengthLie)>,
    /// What protected commands answer instead of the truth, one after the other, well protected; `None` is the truth. When
    /// they are spent the chip is honest.
    #[serde(skip)]
    pub forged_answers: VecDeque<Option<ForgedAnswer>>,
    /// What goes wrong at which APDU.
    pub faults: Vec<Fault>,
}

impl Behaviour {
    /// The chip that departs in this way alone.
    #[must_use]
    pub fn deviating(deviation: Deviation) -> Self {
        Self {
            deviations: vec![deviation],
            ..Self::default()
        }
    }

    /// Whether the chip departs in this way.
    #[must_use]
    pub fn has(&self, deviation: Deviation) -> bool {
        self.deviations.contains(&deviation)
    }

    /// What `pick` finds in the chip's deviations: the parameter of one of them.
    pub(crate) fn find<T>(&self, pick: impl Fn(Deviation) -> Option<T>) -> Option<T> {
        self.deviations.iter().copied().find_map(pick)
    }
}

/// A file by its name in TOML.
mod named_file {
    use chipid_emrtd::file_id::FileId;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(file: &FileId, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(file)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<FileId, D::Error> {
        let name = String::deserialize(from)?;
        FileId::from_name(&name).ok_or_else(|| D::Error::custom("no file has this name"))
    }
}

/// `{ file = "DG2", lie = "huge" }`
mod lying_file {
    use super::{FileId, LengthLie, named_file};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        #[serde(with = "named_file")]
        file: FileId,
        lie: LengthLie,
    }

    pub(super) fn serialize<S: Serializer>(
        entry: &Option<(FileId, LengthLie)>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        entry.map(|(file, lie)| Entry { file, lie }).serialize(out)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<(FileId, LengthLie)>, D::Error> {
        Ok(Option::<Entry>::deserialize(from)?.map(|entry| (entry.file, entry.lie)))
    }
}

/// An answer that a chip which holds the keys of its channel makes up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForgedAnswer {
    /// The data, before protection.
    pub data: Vec<u8>,
    /// The status word.
    pub status: u16,
}

/// Whether EF.CardAccess can be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardAccess {
    /// It can, if the card has one.
    #[default]
    Readable,
    /// The file is not there (6A82): PACE taken away.
    Absent,
    /// It is refused (6982): PACE taken away.
    Refused,
    /// It is refused (6982), but PACE works: what a phone sees that selects the application by itself.
    RefusedWithPace,
}

/// What a protocol of chip genuineness does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// Proves itself with the card's key; where the card has none, says so (6A88, 6985).
    #[default]
    Honest,
    /// Answers 9000, with a key or a signature that is nobody's.
    Garbage,
    /// Answers this status word (6985, 6A80, 6F00).
    Refused(u16),
}

/// How a READ BINARY that runs over the end of a file ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndOfFile {
    /// What there is, and 9000.
    #[default]
    Shortened,
    /// What there is, and 6282.
    Warning,
    /// No data, and 6Cxx with the right length (6700 where that does not fit).
    WrongLength,
}

/// What a file's header claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LengthLie {
    /// So many bytes more than there are.
    Longer(u16),
    /// So many bytes fewer than there are.
    Shorter(u16),
    /// 4294967295 bytes (`84 FF FF FF FF`).
    Huge,
}

/// What goes wrong, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// At which command APDU, counted from 0 since the card was made (resets do not count).
    pub at: usize,
    /// What.
    pub kind: FaultKind,
}

/// What goes wrong at an APDU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// The last byte of the protected response's MAC is another one (the last data byte of a plain response).
    WrongMac,
    /// The response before this one comes again.
    Replay,
    /// The response comes in plain, 9000 and its data, although the command was protected.
    DropSecureMessaging,
    /// Only so many bytes of the response come (no status word, if the cut takes it).
    Truncate(usize),
    /// So many bytes 00 more stand before the status word.
    Append(usize),
    /// This status word comes, alone and in plain; the command was not executed.
    Status(u16),
    /// No response: this error of the transport; the command was not executed, and the card goes on afterwards.
    #[serde(skip)]
    Mute(TransportError),
    /// The channel is gone, and the answer is 6988 in plain: what the presence check of a phone does to a session
    /// (row 33). The command was not executed.
    LoseChannel,
    /// From here on every exchange ends in [`TransportError::CardRemoved`].
    Remove,
}
