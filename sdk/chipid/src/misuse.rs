//! Misuse of the interface from another language: what a compiler of Rust would not have let through.

use std::fmt;

/// An argument or a handle that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Misuse {
    /// A null where something must be, or a length beside none.
    NullArgument,
    /// A handle of another kind, or one that was freed.
    ForeignHandle,
    /// A handle that is being used by another call, on this thread or another.
    Busy,
    /// Bytes that are not UTF-8.
    NotText,
    /// A number or name that stands for nothing here.
    UnknownValue,
}

impl Misuse {
    /// The permanent numeric code.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::NullArgument => 8901,
            Self::ForeignHandle => 8902,
            Self::Busy => 8903,
            Self::NotText => 8904,
            Self::UnknownValue => 8905,
        }
    }
}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NullArgument => "an argument is null",
            Self::ForeignHandle => "the handle is of another kind, or was freed",
            Self::Busy => "the handle is in use by another call",
            Self::NotText => "the bytes are not UTF-8",
            Self::UnknownValue => "the value stands for nothing here",
        })
    }
}

impl std::error::Error for Misuse {}
