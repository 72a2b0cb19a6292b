//! Whether a bank's record and a card speak of the same person.
//!
//! Records are older than cards: they were typed without diacritics, in encodings that are gone, through spreadsheets
//! that ate zeros, under numbers that were replaced. So the values of a record are taken as they stand, and the answer is
//! one of five, with the reasons and the next step: `docs/reference/customer-records.md` has the whole table.
//!
//! A wrong *same* is the worst answer, since it joins two people's money. *Same* therefore needs the number and the name
//! and the birth, and nothing that contradicts; what cannot be read is never guessed. Nothing here knows whether the card's data
//! are genuine: that is said beside the answer by whoever proved it.

mod birth;
mod decision;
mod name;
mod number;
mod outcome;
mod spelling;

use crate::dg13::{Dg13, Expiry, Field};
use crate::personal_number::PersonalNumber;
use crate::private::{PrivateText, trim};
use crate::qr::QrText;
use crate::sex::Sex;
use alloc::vec::Vec;
use chipid_emrtd::time::Date;
use core::fmt;
pub use outcome::{Action, Outcome, Reason};

/// One customer as a record has them: texts, as they stand there. What is empty counts as not there.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CustomerRecord {
    number: Option<PrivateText>,
    old_numbers: Vec<PrivateText>,
    name: Option<PrivateText>,
    birth: Option<PrivateText>,
    sex: Option<PrivateText>,
    issue: Option<PrivateText>,
    expiry: Option<PrivateText>,
    residence: Option<PrivateText>,
}

/// The longest value of a record that is looked at, in bytes; a longer one is unreadable.
pub const MAX_VALUE: usize = 512;

/// More numbers than anybody has had.
const MAX_NUMBERS: usize = 8;

impl CustomerRecord {
    /// A record that says nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of the identity document: twelve digits, or the nine of the card of old.
    #[must_use]
    pub fn number(mut self, text: &str) -> Self {
        self.number = unless_blank(text);
        self
    }

    /// One more number that the customer had before.
    #[must_use]
    pub fn old_number(mut self, text: &str) -> Self {
        if self.old_numbers.len() < MAX_NUMBERS {
            self.old_numbers.extend(unless_blank(text));
        }
        self
    }

    /// The name.
    #[must_use]
    pub fn name(mut self, text: &str) -> Self {
        self.name = unless_blank(text);
        self
    }

    /// The day of birth, in any of the usual forms; the year alone where no more is known.
    #[must_use]
    pub fn birth(mut self, text: &str) -> Self {
        self.birth = unless_blank(text);
        self
    }

    /// The sex, in Vietnamese or English words or their first letters.
    #[must_use]
    pub fn sex(mut self, text: &str) -> Self {
        self.sex = unless_blank(text);
        self
    }

    /// The day of issue of the document that the record was made from.
    #[must_use]
    pub fn issue(mut self, text: &str) -> Self {
        self.issue = unless_blank(text);
        self
    }

    /// The last day of validity of the document that the record was made from.
    #[must_use]
    pub fn expiry(mut self, text: &str) -> Self {
        self.expiry = unless_blank(text);
        self
    }

    /// The residence.
    #[must_use]
    pub fn residence(mut self, text: &str) -> Self {
        self.residence = unless_blank(text);
        self
    }

    /// Compares the record with a card. What the two agree in is told by the absence of a reason.
    #[must_use]
    pub fn compare(&self, card: &CardHolder<'_>) -> Comparison {
        decision::decide(self, card)
    }
}

/// A value that is too long is kept as far as it goes: it stays unreadable, for it is still longer than is looked at.
fn unless_blank(text: &str) -> Option<PrivateText> {
    let text = trim(text);
    if text.is_empty() {
        return None;
    }
    let end = text
        .char_indices()
        .map(|(at, c)| at.saturating_add(c.len_utf8()))
        .find(|end| *end > MAX_VALUE)
        .unwrap_or(text.len());
    Some(PrivateText::new(text.get(..end).unwrap_or(text)))
}

/// Which values there are, nothing of their content.
impl fmt::Debug for CustomerRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomerRecord")
            .field("number", &self.number.is_some())
            .field("old_numbers", &self.old_numbers.len())
            .field("name", &self.name.is_some())
            .field("birth", &self.birth.is_some())
            .finish_non_exhaustive()
    }
}

/// The card's side of the comparison.
#[derive(Clone, Default)]
pub struct CardHolder<'a> {
    /// The personal number.
    pub number: Option<PersonalNumber>,
    /// The name, with its diacritics.
    pub name: Option<&'a str>,
    /// The name field of the machine readable zone, fillers included: what is left where `name` is not known.
    pub name_in_zone: Option<&'a str>,
    /// A second name, where the card has one.
    pub other_name: Option<&'a str>,
    /// The day of birth, where all of it is known.
    pub birth: Option<Date>,
    /// The year of birth, where no more is known.
    pub birth_year: Option<u16>,
    /// The sex.
    pub sex: Option<Sex>,
    /// The earlier number (DG13, field 15).
    pub old_number: Option<&'a str>,
    /// The day of issue.
    pub issue: Option<Date>,
    /// Until when the card runs.
    pub expiry: Option<Expiry>,
    /// The residence.
    pub residence: Option<&'a str>,
    /// The QR code of the same card, which is signed by nobody: an old number that the card does not say is looked for
    /// there, if the QR code names the card's own number.
    pub qr: Option<&'a QrText>,
}

impl<'a> CardHolder<'a> {
    /// What DG13 says.
    #[must_use]
    pub fn of(dg13: &'a Dg13) -> Self {
        let text = |field: &'a Field<PrivateText>| field.present().map(PrivateText::trimmed);
        Self {
            number: dg13.number.present().cloned(),
            name: text(&dg13.name),
            name_in_zone: None,
            other_name: text(&dg13.other_name),
            birth: dg13.birth.present().copied(),
            birth_year: match &dg13.birth {
                Field::Unreadable(bytes) => birth::year_alone(bytes.as_bytes()),
                _ => None,
            },
            sex: dg13.sex.present().copied(),
            old_number: text(&dg13.old_number),
            issue: dg13.issue.present().copied(),
            expiry: dg13.expiry.present().copied(),
            residence: text(&dg13.residence),
            qr: None,
        }
    }
}

/// Nothing of the holder.
impl fmt::Debug for CardHolder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardHolder")
    }
}

/// What comparing came to: no value of a person stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Comparison {
    /// The answer.
    pub outcome: Outcome,
    /// Why, in the fixed order of [`Reason`]; empty where number, name and birth are simply the same.
    pub reasons: Vec<Reason>,
    /// What to do next.
    pub action: Action,
}
