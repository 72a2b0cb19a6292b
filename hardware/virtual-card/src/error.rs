//! What can go wrong while a card is made, stored or loaded.

use core::fmt;
use std::io;

/// Why a card could not be made, saved, loaded or served. No personal data, no key, no path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VirtualCardError {
    /// A file or a socket could not be used.
    Io {
        /// What the system said.
        kind: io::ErrorKind,
    },
    /// `card.toml` is not what [`CardData::save`](crate::CardData::save) writes.
    CardFile {
        /// Which entry.
        entry: &'static str,
    },
    /// A file on the disk is larger than any card's.
    FileTooLarge,
    /// A key of a size or an algorithm that the operation does not know, or no key at all.
    Key,
    /// No built-in profile has this name.
    ProfileUnknown,
    /// Two demands of a profile contradict each other.
    ProfileInvalid {
        /// Which entry.
        entry: &'static str,
    },
    /// Something of the holder cannot be written into an MRZ or a data group.
    HolderInvalid {
        /// Which entry.
        entry: &'static str,
    },
    /// The picture is neither JPEG nor JPEG 2000, or could not be made.
    Image,
    /// The address is not of this machine: a virtual card is served on loopback only.
    NotLoopback,
    /// The other side does not speak vpcd's protocol.
    Protocol,
}

impl VirtualCardError {
    /// The permanent numeric code, in the 8000s (the caller's input).
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Io { .. } => 8801,
            Self::CardFile { .. } => 8802,
            Self::FileTooLarge => 8803,
            Self::Key => 8804,
            Self::ProfileUnknown => 8805,
            Self::ProfileInvalid { .. } => 8806,
            Self::HolderInvalid { .. } => 8807,
            Self::Image => 8808,
            Self::NotLoopback => 8809,
            Self::Protocol => 8810,
        }
    }
}

impl fmt::Display for VirtualCardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { kind } => write!(f, "the card's files or socket: {kind}"),
            Self::CardFile { entry } => write!(f, "card.toml is not usable at `{entry}`"),
            Self::FileTooLarge => f.write_str("a file of the card is too large"),
            Self::Key => f.write_str("a key that cannot be used"),
            Self::ProfileUnknown => f.write_str("no profile has this name"),
            Self::ProfileInvalid { entry } => {
                write!(f, "the profile contradicts itself at `{entry}`")
            }
            Self::HolderInvalid { entry } => write!(f, "the holder's `{entry}` cannot be written"),
            Self::Image => f.write_str("not a JPEG or JPEG 2000 picture"),
            Self::NotLoopback => f.write_str("a virtual card is served on loopback only"),
            Self::Protocol => f.write_str("the other side does not speak the protocol of vpcd"),
        }
    }
}

impl core::error::Error for VirtualCardError {}

impl From<io::Error> for VirtualCardError {
    fn from(error: io::Error) -> Self {
        Self::Io { kind: error.kind() }
    }
}
