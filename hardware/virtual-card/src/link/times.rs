//! Virtual time, by cause and by part.

use chipid_emrtd::file_id::FileId;
use core::fmt;
use core::ops::{Add, AddAssign};
use core::time::Duration;

/// What something costs in virtual time, by cause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// The bytes of the APDUs on the air.
    pub bits: Duration,
    /// Frames and blocks around them, acknowledgements, extensions, turn-around.
    pub frames: Duration,
    /// The chip.
    pub chip: Duration,
    /// Host and reader, and moments without field.
    pub host: Duration,
}

impl Cost {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.bits + self.frames + self.chip + self.host
    }
}

impl Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            bits: self.bits + other.bits,
            frames: self.frames + other.frames,
            chip: self.chip + other.chip,
            host: self.host + other.host,
        }
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// What an exchange is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Finding the chip and agreeing on the link.
    #[default]
    Activation,
    /// Access control, and selecting master file and application.
    Access,
    /// Selecting and reading a file.
    File(FileId),
    /// Chip Authentication, and Terminal Authentication after it.
    ChipAuthentication,
    /// Active Authentication.
    ActiveAuthentication,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Activation => f.write_str("activation"),
            Self::Access => f.write_str("access"),
            Self::File(file) => write!(f, "{file}"),
            Self::ChipAuthentication => f.write_str("chip_authentication"),
            Self::ActiveAuthentication => f.write_str("active_authentication"),
        }
    }
}

/// What a part took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartTimes {
    /// Which.
    pub part: Part,
    /// Commands.
    pub commands: usize,
    /// Virtual time.
    pub cost: Cost,
}

/// Virtual time by part, in the order in which the parts first came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkTimes {
    parts: Vec<PartTimes>,
}

impl LinkTimes {
    pub(super) const fn new() -> Self {
        Self { parts: Vec::new() }
    }

    /// The parts.
    #[must_use]
    pub fn parts(&self) -> &[PartTimes] {
        &self.parts
    }

    /// What one part took; nothing where there was none of it.
    #[must_use]
    pub fn of(&self, part: Part) -> Cost {
        self.parts
            .iter()
            .find(|times| times.part == part)
            .map_or_else(Cost::default, |times| times.cost)
    }

    /// All commands.
    #[must_use]
    pub fn commands(&self) -> usize {
        self.parts.iter().map(|times| times.commands).sum()
    }

    /// All parts together.
    #[must_use]
    pub fn cost(&self) -> Cost {
        self.parts
            .iter()
            .fold(Cost::default(), |sum, times| sum + times.cost)
    }

    pub(super) fn add(&mut self, part: Part, commands: usize, cost: Cost) {
        match self.parts.iter_mut().find(|times| times.part == part) {
            Some(times) => {
                times.commands += commands;
                times.cost += cost;
            }
            None => self.parts.push(PartTimes {
                part,
                commands,
                cost,
            }),
        }
    }
}
