//! Where two sources say different things of one holder: both values, for the eyes of whoever decides and for no log.

use crate::holder_fields::Field;
use chipid_emrtd::finding::Code;
use std::fmt;
use zeroize::Zeroizing;

/// Two sources that contradict each other. `Debug` shows what about, and neither value.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// What they speak of.
    pub subject: Subject,
    /// The source that is believed more, and what it says.
    pub first: Statement,
    /// The other one.
    pub second: Statement,
    /// The code of the finding that stands for it.
    pub code: Code,
}

/// What one source says, verbatim; wiped on drop.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// Who says it.
    pub source: Source,
    /// What it says, for a person to read.
    pub value: Zeroizing<String>,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// The personal number, or the document number.
    Number,
    /// The earlier number.
    OldNumber,
    /// The name.
    Name,
    /// The day of birth.
    Birth,
    /// The sex.
    Sex,
    /// The day of issue.
    Issue,
    /// The last day of validity.
    Expiry,
}

/// Who says something of the holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Source {
    /// The machine readable zone in DG1, signed.
    Dg1,
    /// The Vietnamese data group, signed.
    Dg13,
    /// What the signed data say together.
    Chip,
    /// The digits of the personal number.
    NumberDigits,
    /// The QR code, which nobody signed.
    Qr,
    /// Whoever typed it.
    Typed,
}

impl Subject {
    /// The field of the holder that it is about.
    #[must_use]
    pub const fn field(self) -> Field {
        match self {
            Self::Number => Field::PersonalNumber,
            Self::OldNumber => Field::OldNumber,
            Self::Name => Field::Name,
            Self::Birth => Field::Birth,
            Self::Sex => Field::Sex,
            Self::Issue => Field::Issued,
            Self::Expiry => Field::Expiry,
        }
    }

    /// The permanent name in snake_case, which is the detail of the finding too.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::OldNumber => "old_number",
            Self::Name => "name",
            Self::Birth => "birth",
            Self::Sex => "sex",
            Self::Issue => "issue",
            Self::Expiry => "expiry",
        }
    }
}

impl Source {
    /// The permanent name in snake_case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dg1 => "dg1",
            Self::Dg13 => "dg13",
            Self::Chip => "chip",
            Self::NumberDigits => "number_digits",
            Self::Qr => "qr",
            Self::Typed => "typed",
        }
    }
}

impl Statement {
    pub(crate) fn new(source: Source, value: &str) -> Self {
        Self {
            source,
            value: Zeroizing::new(value.to_owned()),
        }
    }
}

impl fmt::Debug for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Difference({}: {} and {})",
            self.subject.name(),
            self.first.source.name(),
            self.second.source.name()
        )
    }
}

impl fmt::Debug for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Statement({})", self.source.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes;

    #[test]
    fn debug_names_the_sources_and_no_value() {
        let difference = Difference {
            subject: Subject::Name,
            first: Statement::new(Source::Dg13, "Lê Thử Nghiệm"),
            second: Statement::new(Source::Typed, "Trần Văn Mẫu"),
            code: codes::CLERK_INPUT_MISMATCH,
        };
        let shown = format!("{difference:?} {:?}", difference.first);
        assert_eq!(shown, "Difference(name: dg13 and typed) Statement(dg13)");
    }
}
