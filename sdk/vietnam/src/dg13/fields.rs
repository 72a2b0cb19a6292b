//! From the numbered fields of DG13 to the typed ones.

use super::value::{self, Value};
use super::{Dg13, Dg13Error, Expiry, Field, INTEGER, MAX_FIELDS, Note, RawField, SEQUENCE};
use crate::date::slashed;
use crate::name::fold;
use crate::personal_number::PersonalNumber;
use crate::private::{PrivateBytes, PrivateText, trim};
use crate::sex::Sex;
use alloc::vec::Vec;
use chipid_emrtd::tlv::{Tag, Tlv};

impl Dg13 {
    pub(super) fn read_fields(&mut self, set: &Tlv<'_>) -> Result<(), Dg13Error> {
        let mut seen = Vec::new();
        for (count, element) in set.children().enumerate() {
            let element = element.map_err(Dg13Error::Fields)?;
            if count >= MAX_FIELDS {
                return Err(Dg13Error::TooManyFields {
                    offset: element.offset,
                });
            }
            self.read_field(&element, &mut seen);
        }
        if self.old_number == Field::Absent
            && let Some(serial) = self.serial.present()
            && is_old_number(serial.trimmed())
        {
            self.notes.push(Note::SerialLooksLikeOldNumber);
        }
        Ok(())
    }

    fn read_field(&mut self, element: &Tlv<'_>, seen: &mut Vec<u32>) {
        let offset = element.offset;
        if element.tag != Tag(SEQUENCE) {
            self.set_aside(element, None, Note::NotAField { offset });
            return;
        }
        let mut content = element.children();
        let number = content
            .take_if(INTEGER)
            .and_then(|tlv| value::small_integer(tlv.value));
        let Some(number) = number else {
            self.set_aside(element, None, Note::UnnumberedField { offset });
            return;
        };
        if seen.contains(&number) {
            self.set_aside(
                element,
                Some(number),
                Note::RepeatedField { number, offset },
            );
            return;
        }
        seen.push(number);
        let content = Content {
            values: value::read_values(content),
            raw: element.raw,
        };
        let note = match self.fill(number, &content) {
            Filled::Whole => return,
            Filled::Partly => Note::SurplusValues { number, offset },
            Filled::Unreadable => Note::UnreadableField { number, offset },
            Filled::Malformed => Note::MalformedField { number, offset },
            Filled::Unknown => Note::UnknownField { number, offset },
        };
        self.set_aside(element, Some(number), note);
    }

    /// Keeps the field as it is, and says why.
    fn set_aside(&mut self, element: &Tlv<'_>, number: Option<u32>, note: Note) {
        self.notes.push(note);
        self.others.push(RawField {
            number,
            offset: element.offset,
            bytes: PrivateBytes::new(element.raw),
        });
    }

    fn fill(&mut self, number: u32, content: &Content<'_>) -> Filled {
        match number {
            1 => fill_one(&mut self.number, content, |text| {
                PersonalNumber::new(trim(text)).ok()
            }),
            2 => self.fill_names(content),
            3 => fill_one(&mut self.birth, content, |text| slashed(trim(text))),
            4 => fill_one(&mut self.sex, content, Sex::from_vietnamese),
            5 => fill_one(&mut self.nationality, content, verbatim),
            6 => fill_one(&mut self.ethnicity, content, verbatim),
            7 => fill_one(&mut self.religion, content, verbatim),
            8 => fill_one(&mut self.origin, content, verbatim),
            9 => fill_one(&mut self.residence, content, verbatim),
            10 => fill_one(&mut self.features, content, verbatim),
            11 => fill_one(&mut self.issue, content, |text| slashed(trim(text))),
            12 => fill_one(&mut self.expiry, content, expiry),
            13 => self.fill_parents(content),
            14 => fill_one(&mut self.spouse, content, verbatim),
            15 => fill_one(&mut self.old_number, content, verbatim),
            16 => fill_one(&mut self.serial, content, verbatim),
            _ => Filled::Unknown,
        }
    }

    /// The name, and behind it another one where the field holds two texts, at whatever depth.
    fn fill_names(&mut self, content: &Content<'_>) -> Filled {
        let texts = content.values.as_deref().and_then(value::two_texts);
        let Some([main, other]) = texts else {
            return fill_one(&mut self.name, content, verbatim);
        };
        let main = fill_from(&mut self.name, &[main], verbatim);
        main.max(fill_from(&mut self.other_name, &[other], verbatim))
    }

    /// Father first, mother second. An empty slot keeps its place, so that a missing father does not make the mother
    /// take it.
    fn fill_parents(&mut self, content: &Content<'_>) -> Filled {
        let Some(values) = content.values.as_deref() else {
            self.father = content.unreadable();
            self.mother = content.unreadable();
            return Filled::Malformed;
        };
        let mut slots = value::slots(values).chunks(1);
        let father = slots.next().unwrap_or_default();
        let mother = slots.next();
        let surplus = slots.next().is_some();
        let father = fill_from(&mut self.father, father, verbatim);
        let mother = match mother {
            Some(slot) => fill_from(&mut self.mother, slot, verbatim),
            None if values.is_empty() => fill_from(&mut self.mother, &[], verbatim),
            // One name alone is the father's; of the mother the field then says nothing.
            None => Filled::Whole,
        };
        let both = father.max(mother);
        if surplus {
            both.max(Filled::Partly)
        } else {
            both
        }
    }
}

/// What stands behind the number of a field.
struct Content<'a> {
    /// `None` if it is malformed.
    values: Option<Vec<Value<'a>>>,
    /// The whole field.
    raw: &'a [u8],
}

impl Content<'_> {
    fn unreadable<T>(&self) -> Field<T> {
        Field::Unreadable(PrivateBytes::new(self.raw))
    }
}

/// How much of a field was understood, the better first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Filled {
    Whole,
    Partly,
    Unreadable,
    Malformed,
    Unknown,
}

fn fill_one<T>(
    field: &mut Field<T>,
    content: &Content<'_>,
    read: impl FnOnce(&str) -> Option<T>,
) -> Filled {
    if let Some(values) = &content.values {
        fill_from(field, values, read)
    } else {
        *field = content.unreadable();
        Filled::Malformed
    }
}

fn fill_from<T>(
    field: &mut Field<T>,
    values: &[Value<'_>],
    read: impl FnOnce(&str) -> Option<T>,
) -> Filled {
    let leaves = value::count_leaves(values);
    let Some(bytes) = value::first_text(values) else {
        *field = Field::Empty;
        return if leaves == 0 {
            Filled::Whole
        } else {
            Filled::Partly
        };
    };
    let text = core::str::from_utf8(bytes).ok();
    if text.is_some_and(|text| trim(text).is_empty()) {
        *field = Field::Empty;
    } else if let Some(value) = text.and_then(read) {
        *field = Field::Present(value);
    } else {
        *field = Field::Unreadable(PrivateBytes::new(bytes));
        return Filled::Unreadable;
    }
    if leaves == 1 {
        Filled::Whole
    } else {
        Filled::Partly
    }
}

// The signature is that of the other readers of a field.
#[allow(clippy::unnecessary_wraps)]
fn verbatim(text: &str) -> Option<PrivateText> {
    Some(PrivateText::new(text))
}

fn expiry(text: &str) -> Option<Expiry> {
    if let Some(date) = slashed(trim(text)) {
        return Some(Expiry::On(date));
    }
    // "Không thời hạn", in whatever case and normal form.
    (fold(text).as_str() == "KHONG THOI HAN").then_some(Expiry::NoExpiry)
}

fn is_old_number(text: &str) -> bool {
    matches!(text.len(), 9 | 12) && text.bytes().all(|b| b.is_ascii_digit())
}
