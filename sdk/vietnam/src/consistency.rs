//! Whether DG1 and DG13 of one card speak of the same person.
//!
//! Both are signed by the issuer: if they contradict each other in number, birth or sex, files of two cards were mixed
//! or the issuer erred. What each difference does to a verdict is decided elsewhere.

use crate::dg13::{Dg13, Expiry, Field};
use crate::mrz_rules::{is_no_expiry, number_in_optional_data};
use crate::name::mrz_name_fits;
use crate::personal_number::PersonalNumber;
use crate::sex::Sex;
use alloc::vec::Vec;
use chipid_emrtd::time::Date;
use core::fmt;

/// What the MRZ of DG1 says about the holder, each as it stands there, with or without fillers at the end.
#[derive(Clone, Copy)]
pub struct MrzHolder<'a> {
    /// The document number, nine characters of line 1.
    pub document_number: &'a str,
    /// The optional data of line 1, fifteen characters.
    pub optional_data: &'a str,
    /// The day of birth, `YYMMDD`.
    pub birth: &'a str,
    /// The sex: `M`, `F` or `<`.
    pub sex: char,
    /// The last day of validity, `YYMMDD`.
    pub expiry: &'a str,
    /// The name field, thirty characters, fillers included: `LE<<THU<NGHIEM<<<…`.
    pub name: &'a str,
}

/// Nothing of the holder.
impl fmt::Debug for MrzHolder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MrzHolder")
    }
}

/// Where DG1 and DG13 differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Difference {
    /// The numbers: contradicting.
    Number,
    /// The days of birth: contradicting.
    Birth,
    /// The sexes: contradicting.
    Sex,
    /// The names: a doubt and not a contradiction, for the MRZ's spelling follows rules that are not all published.
    Name,
    /// The last days of validity: a doubt.
    Expiry,
    /// Nothing differs, but this could not be compared: missing or unreadable on one side.
    NotComparable(Subject),
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Subject {
    /// The number of twelve digits. The last nine of them, which are the document number, may have been compared.
    Number,
    /// The day of birth.
    Birth,
    /// The sex.
    Sex,
    /// The name.
    Name,
    /// The last day of validity.
    Expiry,
}

/// Compares DG1 with DG13: number, birth, sex, name, expiry, each at most once and in this order. Empty if all agree.
#[must_use]
pub fn compare(mrz: &MrzHolder<'_>, dg13: &Dg13) -> Vec<Difference> {
    [
        compare_number(mrz, dg13),
        compare_birth(mrz.birth, &dg13.birth),
        compare_sex(mrz.sex, &dg13.sex),
        compare_name(mrz.name, dg13),
        compare_expiry(mrz.expiry, &dg13.expiry),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn compare_number(mrz: &MrzHolder<'_>, dg13: &Dg13) -> Option<Difference> {
    let Some(number) = dg13.number.present() else {
        return Some(Difference::NotComparable(Subject::Number));
    };
    if mrz.document_number.trim_end_matches('<') != number.document_number() {
        return Some(Difference::Number);
    }
    match number_in_optional_data(mrz.optional_data) {
        Some(optional) if optional.number == *number => None,
        Some(_) => Some(Difference::Number),
        None => Some(Difference::NotComparable(Subject::Number)),
    }
}

/// The MRZ has no century; parts that it does not know are fillers (Doc 9303-3, 4.8).
fn compare_birth(mrz: &str, dg13: &Field<Date>) -> Option<Difference> {
    let unknown = Some(Difference::NotComparable(Subject::Birth));
    let Some(birth) = dg13.present() else {
        return unknown;
    };
    let (Some(year), Some(month), Some(day)) = (two(mrz, 0), two(mrz, 2), two(mrz, 4)) else {
        return unknown;
    };
    if mrz.len() != 6 {
        return unknown;
    }
    let same = |part: Part, value: u16| part.is_none_or(|part| part == value);
    if !same(year, birth.year() % 100)
        || !same(month, u16::from(birth.month()))
        || !same(day, u16::from(birth.day()))
    {
        return Some(Difference::Birth);
    }
    if year.is_none() || month.is_none() || day.is_none() {
        return unknown;
    }
    None
}

/// Two digits, or `None` for fillers.
type Part = Option<u16>;

/// `None` if there are neither digits nor fillers.
fn two(text: &str, at: usize) -> Option<Part> {
    let part = text.get(at..at.checked_add(2)?)?;
    if part == "<<" {
        return Some(None);
    }
    if !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    part.parse().ok().map(Some)
}

fn compare_sex(mrz: char, dg13: &Field<Sex>) -> Option<Difference> {
    match (mrz, dg13.present()) {
        ('M' | 'F', Some(sex)) => (sex.mrz_letter() != mrz).then_some(Difference::Sex),
        _ => Some(Difference::NotComparable(Subject::Sex)),
    }
}

fn compare_name(mrz: &str, dg13: &Dg13) -> Option<Difference> {
    match dg13.name.present() {
        Some(name) => (!mrz_name_fits(mrz, name.as_str())).then_some(Difference::Name),
        None => Some(Difference::NotComparable(Subject::Name)),
    }
}

/// Cards from July 2024 may leave the field out: nothing is then compared, and nothing said.
fn compare_expiry(mrz: &str, dg13: &Field<Expiry>) -> Option<Difference> {
    let expiry = match dg13 {
        Field::Present(expiry) => *expiry,
        Field::Absent | Field::Empty => return None,
        Field::Unreadable(_) => return Some(Difference::NotComparable(Subject::Expiry)),
    };
    let same = match expiry {
        Expiry::NoExpiry => is_no_expiry(mrz),
        Expiry::On(date) => {
            let parts = [date.year() % 100, date.month().into(), date.day().into()];
            mrz.len() == 6
                && (0..3usize)
                    .zip(parts)
                    .all(|(at, part)| two(mrz, at.saturating_mul(2)) == Some(Some(part)))
        }
    };
    (!same).then_some(Difference::Expiry)
}

/// What the digits of the personal number say against the data: good for a note and nothing more, since the circular
/// that gave them their meaning is no longer in force and corrections keep or change numbers.
#[must_use]
pub fn compare_with_number(
    number: &PersonalNumber,
    birth: Option<Date>,
    sex: Option<Sex>,
) -> Vec<Subject> {
    let birth = birth
        .filter(|birth| birth.year() != number.birth_year())
        .map(|_| Subject::Birth);
    let sex = sex.filter(|sex| *sex != number.sex()).map(|_| Subject::Sex);
    birth.into_iter().chain(sex).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::private::{PrivateBytes, PrivateText};
    use std::format;

    const MRZ: MrzHolder<'static> = MrzHolder {
        document_number: "099000017",
        optional_data: "001099000017<<7",
        birth: "990315",
        sex: 'M',
        expiry: "240315",
        name: "LE<<THU<NGHIEM<<<<<<<<<<<<<<<<",
    };

    fn dg13() -> Dg13 {
        Dg13 {
            number: Field::Present(PersonalNumber::new("001099000017").unwrap()),
            name: Field::Present(PrivateText::new("Lê Thử Nghiệm")),
            birth: Field::Present(Date::new(1999, 3, 15).unwrap()),
            sex: Field::Present(Sex::Male),
            expiry: Field::Present(Expiry::On(Date::new(2024, 3, 15).unwrap())),
            ..Dg13::default()
        }
    }

    #[test]
    fn the_same_holder() {
        assert_eq!(compare(&MRZ, &dg13()), []);
    }

    #[test]
    fn one_difference_each() {
        for (mrz, difference) in [
            (
                MrzHolder {
                    document_number: "099000018",
                    ..MRZ
                },
                Difference::Number,
            ),
            (
                MrzHolder {
                    optional_data: "002099000017<<7",
                    ..MRZ
                },
                Difference::Number,
            ),
            (
                MrzHolder {
                    birth: "990316",
                    ..MRZ
                },
                Difference::Birth,
            ),
            (
                MrzHolder {
                    birth: "000315",
                    ..MRZ
                },
                Difference::Birth,
            ),
            (
                MrzHolder {
                    birth: "99<<16",
                    ..MRZ
                },
                Difference::Birth,
            ),
            (MrzHolder { sex: 'F', ..MRZ }, Difference::Sex),
            (
                MrzHolder {
                    expiry: "991231",
                    ..MRZ
                },
                Difference::Expiry,
            ),
            (
                MrzHolder {
                    expiry: "2403",
                    ..MRZ
                },
                Difference::Expiry,
            ),
            (
                MrzHolder {
                    name: "LE<<THU<NGHIE<<<<<<<<<<<<<<<<<",
                    ..MRZ
                },
                Difference::Name,
            ),
            (
                MrzHolder {
                    optional_data: "<<<<<<<<<<<<<<<",
                    ..MRZ
                },
                Difference::NotComparable(Subject::Number),
            ),
            (
                MrzHolder {
                    birth: "99<<<<",
                    ..MRZ
                },
                Difference::NotComparable(Subject::Birth),
            ),
            (
                MrzHolder {
                    birth: "9903",
                    ..MRZ
                },
                Difference::NotComparable(Subject::Birth),
            ),
            (
                MrzHolder {
                    birth: "9903ữ",
                    ..MRZ
                },
                Difference::NotComparable(Subject::Birth),
            ),
            (
                MrzHolder { sex: '<', ..MRZ },
                Difference::NotComparable(Subject::Sex),
            ),
        ] {
            assert_eq!(compare(&mrz, &dg13()), [difference]);
        }
    }

    #[test]
    fn a_wrong_document_number_counts_without_optional_data_too() {
        let mrz = MrzHolder {
            document_number: "099000018",
            optional_data: "",
            ..MRZ
        };
        assert_eq!(compare(&mrz, &dg13()), [Difference::Number]);
    }

    #[test]
    fn nothing_to_compare_is_not_agreement() {
        let unread = Dg13 {
            birth: Field::Unreadable(PrivateBytes::new(b"1999")),
            sex: Field::Empty,
            ..Dg13::default()
        };
        assert_eq!(
            compare(&MRZ, &unread),
            [Subject::Number, Subject::Birth, Subject::Sex, Subject::Name]
                .map(Difference::NotComparable)
        );
    }

    #[test]
    fn no_expiry_in_words_and_in_the_zone() {
        let mut dg13 = dg13();
        dg13.expiry = Field::Present(Expiry::NoExpiry);
        assert_eq!(compare(&MRZ, &dg13), [Difference::Expiry]);
        let mrz = MrzHolder {
            expiry: "991231",
            ..MRZ
        };
        assert_eq!(compare(&mrz, &dg13), []);
        dg13.expiry = Field::Absent;
        assert_eq!(compare(&MRZ, &dg13), []);
        dg13.expiry = Field::Unreadable(PrivateBytes::new(b"2024"));
        assert_eq!(
            compare(&MRZ, &dg13),
            [Difference::NotComparable(Subject::Expiry)]
        );
    }

    #[test]
    fn the_digits_of_the_number_against_the_data() {
        let number = PersonalNumber::new("001099000017").unwrap();
        let birth = |year| Date::new(year, 3, 15);
        assert_eq!(
            compare_with_number(&number, birth(1999), Some(Sex::Male)),
            []
        );
        assert_eq!(
            compare_with_number(&number, birth(1998), Some(Sex::Female)),
            [Subject::Birth, Subject::Sex]
        );
        assert_eq!(compare_with_number(&number, None, None), []);
    }

    #[test]
    fn debug_hides_the_holder() {
        assert_eq!(format!("{MRZ:?}"), "MrzHolder");
    }

    proptest::proptest! {
        #[test]
        fn any_mrz_never_panics(text: std::string::String, sex: char) {
            let mrz = MrzHolder { document_number: &text, optional_data: &text, birth: &text, sex, expiry: &text, name: &text };
            proptest::prop_assert!(compare(&mrz, &dg13()).len() <= 5);
        }
    }
}
