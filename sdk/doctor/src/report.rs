//! What the doctor says: what was looked at, what is wrong, and what mends it.

use crate::code::{Aspect, Code, Weight, What};

/// Evidence is shown on one line.
const LONGEST_VALUE: usize = 200;

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// A card lies on a reader, it is a travel document, and it answers: it could be read now.
    pub card_readable: bool,
    /// Everything that was looked at on such a system, from the bottom up.
    pub looked: Vec<Look>,
    /// What is wrong, from the bottom up.
    pub findings: Vec<Finding>,
}

impl Report {
    /// What has to be mended first: it explains what stands above it.
    #[must_use]
    pub fn first(&self) -> Option<&Finding> {
        let least = |weight| self.findings.iter().find(|f| f.weight == weight);
        least(Weight::NoReading).or_else(|| least(Weight::NoVerdict))
    }

    /// Whether anything of this weight was found.
    #[must_use]
    pub fn has(&self, weight: Weight) -> bool {
        self.findings.iter().any(|f| f.weight == weight)
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Look {
    /// What.
    pub at: Aspect,
    /// How it is.
    pub state: State,
    /// What was seen, be it fine or not.
    pub facts: Vec<Fact>,
}

/// How a thing is that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// Fine.
    Ok,
    /// Something is wrong with it.
    Wrong,
    /// It could not be looked at, or what it stands on is wrong.
    NotLookedAt,
}

impl State {
    /// `ok`, `wrong` or `not_looked_at`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Wrong => "wrong",
            Self::NotLookedAt => "not_looked_at",
        }
    }
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The permanent code: cause and mend in words hang on it.
    pub code: Code,
    /// Where it was seen.
    pub at: Aspect,
    /// How much hangs on it.
    pub weight: Weight,
    /// It is a sign of the trouble, and no proof.
    pub only_a_sign: bool,
    /// What shows it.
    pub evidence: Vec<Fact>,
    /// The one command that mends it, where it is a command.
    pub command: Option<String>,
}

/// One fact. Nothing of a holder and no serial number stands in it; control characters are taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fact {
    /// What it is.
    pub what: What,
    /// Its value; the same in every language.
    pub value: String,
}

impl Fact {
    pub(crate) fn new(what: What, value: impl AsRef<str>) -> Self {
        let mut clean: String = value
            .as_ref()
            .chars()
            .take(LONGEST_VALUE)
            .map(|c| if obeyed(c) { '\u{FFFD}' } else { c })
            .collect();
        if value.as_ref().chars().nth(LONGEST_VALUE).is_some() {
            clean.push('…');
        }
        Self { what, value: clean }
    }
}

/// Characters that a terminal would obey, and those that turn the direction of writing: a USB device writes its own
/// strings.
fn obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}
