//! Whether a card's papers name somebody as the holder's parent.
//!
//! DG13 and the QR code name father and mother and nothing else of them: no number, no day of birth. Names are shared by
//! many, so that a match is evidence *by name*, and what the two cards say beside it may speak against it.

use crate::age::Age;
use crate::dg13::Dg13;
use crate::name::fold;
use crate::private::{PrivateText, trim};
use crate::qr::QrText;
use crate::sex::Sex;
use alloc::string::String;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Father or mother.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parent {
    /// The first of the two names.
    Father,
    /// The second.
    Mother,
}

impl Parent {
    /// `father` or `mother`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Father => "father",
            Self::Mother => "mother",
        }
    }

    /// The sex of such a parent, as the cards write it.
    #[must_use]
    pub const fn sex(self) -> Sex {
        match self {
            Self::Father => Sex::Male,
            Self::Mother => Sex::Female,
        }
    }
}

/// How two names agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameMatch {
    /// Not at all.
    Different,
    /// All letters without their diacritics, and not all with them: *Bảo* and *Bào* are two names, *Hoà* and *Hòa* one.
    WithoutDiacritics,
    /// Letter by letter, but for case, spaces and Unicode's normal form.
    Exact,
}

/// Compares two whole names. Nothing is taken for a beginning or a part.
#[must_use]
pub fn compare_names(one: &str, other: &str) -> NameMatch {
    let folded = fold(one);
    if folded.is_empty() || *folded != *fold(other) {
        NameMatch::Different
    } else if *normal(one) == *normal(other) {
        NameMatch::Exact
    } else {
        NameMatch::WithoutDiacritics
    }
}

/// Whom DG13 of the child's card names, of these two, and how well the names agree. `None`: it names neither, or nobody.
#[must_use]
pub fn parent_in_dg13(child: &Dg13, name: &str) -> Option<(Parent, NameMatch)> {
    let slots = [
        (Parent::Father, &child.father),
        (Parent::Mother, &child.mother),
    ];
    slots
        .into_iter()
        .filter_map(|(parent, slot)| Some((parent, compare_names(slot.present()?.as_str(), name))))
        .filter(|(_, matched)| *matched > NameMatch::Different)
        .max_by_key(|(_, matched)| *matched)
}

/// Whether DG13 names a parent at all.
#[must_use]
pub fn names_a_parent(child: &Dg13) -> bool {
    child.father.present().is_some() || child.mother.present().is_some()
}

/// Whether what follows the seventh field of the child's QR code names this person. Which of the parents it is cannot
/// be told, for the order of those fields is not published. Nothing signs the text.
#[must_use]
pub fn named_in_qr(child: &QrText, name: &str) -> NameMatch {
    child
        .extras
        .iter()
        .map(|extra| compare_names(extra.as_str(), name))
        .max()
        .unwrap_or(NameMatch::Different)
}

/// Whether the parent's own card names, as spouse, the other parent of the child: evidence beside the name, where both
/// cards say it. `None` where one of them does not.
#[must_use]
pub fn spouse_is_other_parent(child: &Dg13, parent: Parent, own: &Dg13) -> Option<bool> {
    let other = match parent {
        Parent::Father => &child.mother,
        Parent::Mother => &child.father,
    };
    let text = |field: &PrivateText| Zeroizing::new(String::from(field.as_str()));
    let (other, spouse) = (other.present().map(text)?, own.spouse.present().map(text)?);
    Some(compare_names(&other, &spouse) > NameMatch::Different)
}

/// Fewer years than these between parent and child are no parent's.
pub const LEAST_YEARS_BETWEEN: u16 = 12;

/// Whether somebody of this age can be the parent of a child of that age, both on one day: by their least distance.
#[must_use]
pub const fn age_fits_parent(parent: Age, child: Age) -> bool {
    parent.most >= child.least.saturating_add(LEAST_YEARS_BETWEEN)
}

fn normal(name: &str) -> Zeroizing<String> {
    let mut normal = Zeroizing::new(String::with_capacity(name.len().saturating_mul(3)));
    for word in trim(name).split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.extend(word.nfc().flat_map(char::to_lowercase));
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dg13::Field;

    fn text(name: &str) -> Field<PrivateText> {
        Field::Present(PrivateText::new(name))
    }

    fn child() -> Dg13 {
        Dg13 {
            father: text("Phạm Quốc Bảo"),
            mother: text("Nguyễn Thị Lan Anh"),
            ..Dg13::default()
        }
    }

    #[test]
    fn names_agree_whole_or_not() {
        use NameMatch::{Different, Exact, WithoutDiacritics};
        let decomposed: String = "Phạm Quốc Bảo".nfd().collect();
        for (other, expected) in [
            ("Phạm Quốc Bảo", Exact),
            ("PHẠM  QUỐC BẢO ", Exact),
            (decomposed.as_str(), Exact),
            ("Phạm Quốc Bào", WithoutDiacritics),
            ("PHAM QUOC BAO", WithoutDiacritics),
            ("Phạm Quốc", Different),
            ("Phạm Quốc Bảo Long", Different),
            ("Bảo Phạm Quốc", Different),
            ("", Different),
        ] {
            assert_eq!(compare_names("Phạm Quốc Bảo", other), expected, "{other}");
        }
        assert_eq!(compare_names("", ""), Different);
        assert_eq!(compare_names(" - ", "'"), Different);
    }

    #[test]
    fn the_parent_whom_dg13_names() {
        let found = |name| parent_in_dg13(&child(), name);
        assert_eq!(
            found("Phạm Quốc Bảo"),
            Some((Parent::Father, NameMatch::Exact))
        );
        assert_eq!(
            found("NGUYỄN THỊ LAN ANH"),
            Some((Parent::Mother, NameMatch::Exact))
        );
        assert_eq!(
            found("Phạm Quốc Bào"),
            Some((Parent::Father, NameMatch::WithoutDiacritics))
        );
        assert_eq!(found("Phạm Văn Mẫn"), None);
        assert!(names_a_parent(&child()));
        assert!(!names_a_parent(&Dg13::default()));
        assert_eq!(parent_in_dg13(&Dg13::default(), "Phạm Quốc Bảo"), None);
        let empty = Dg13 {
            father: Field::Empty,
            ..child()
        };
        assert_eq!(parent_in_dg13(&empty, "Phạm Quốc Bảo"), None);
        assert_eq!(parent_in_dg13(&empty, ""), None);
    }

    #[test]
    fn the_qr_code_names_without_saying_which() {
        let qr = |extras: &str| {
            let text =
                alloc::format!("001215031842||Phạm Minh Khôi|05092015|Nam||21102024{extras}");
            QrText::parse(&text).unwrap()
        };
        let named = qr("||Phạm Quốc Bảo|Nguyễn Thị Lan Anh");
        assert_eq!(named_in_qr(&named, "Phạm Quốc Bảo"), NameMatch::Exact);
        assert_eq!(named_in_qr(&named, "Phạm Văn Mẫn"), NameMatch::Different);
        assert_eq!(named_in_qr(&qr(""), "Phạm Quốc Bảo"), NameMatch::Different);
        assert_eq!(named_in_qr(&qr("|||"), ""), NameMatch::Different);
    }

    #[test]
    fn the_spouse_of_the_one_is_the_other() {
        let own = |spouse: &str| Dg13 {
            spouse: text(spouse),
            ..Dg13::default()
        };
        let fits = |own: &Dg13| spouse_is_other_parent(&child(), Parent::Father, own);
        assert_eq!(fits(&own("Nguyễn Thị Lan Anh")), Some(true));
        assert_eq!(fits(&own("Trần Thị Mẫu")), Some(false));
        assert_eq!(fits(&Dg13::default()), None);
        assert_eq!(
            spouse_is_other_parent(&child(), Parent::Mother, &own("Phạm Quốc Bảo")),
            Some(true)
        );
    }

    #[test]
    fn ages_of_parents() {
        let age = |years| Age {
            least: years,
            most: years,
        };
        assert!(age_fits_parent(age(38), age(11)));
        assert!(age_fits_parent(age(23), age(11)));
        assert!(!age_fits_parent(age(22), age(11)));
        assert!(!age_fits_parent(age(9), age(11)));
        // Unknown birthdays count for the parent.
        let perhaps = Age {
            least: 22,
            most: 23,
        };
        assert!(age_fits_parent(perhaps, age(11)));
    }
}
