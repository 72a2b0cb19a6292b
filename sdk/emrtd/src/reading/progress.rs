//! What a reading tells of itself while it goes on.

use crate::file_id::FileId;

/// Where a reading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// Bytes of files read so far.
    pub bytes_done: usize,
    /// Bytes of all files whose length is known so far.
    pub bytes_known: usize,
}

/// What a reading is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// Opening the chip.
    Access,
    /// Reading a file.
    File(FileId),
    /// Chip Authentication.
    ChipAuthentication,
    /// Active Authentication.
    ActiveAuthentication,
    /// Nothing more to do.
    Done,
}
