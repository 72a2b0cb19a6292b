//! How old the portrait of a card is, and how old the holder was on it.
//!
//! The photograph was taken on the day of issue or before it: a portrait is at least as old as its card. A card without
//! end is lawful for life, and one of a child of 6 until 14; a face changes meanwhile, and fastest in a child.

use crate::age::{Age, Birth};
use chipid_emrtd::time::Date;

/// What the day of issue says of the portrait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortraitAge {
    /// Full years since the card was issued: the portrait is this old, or older.
    pub years: u16,
    /// The holder's age when the card was issued: on the portrait the holder is that old, or younger. `None` where the
    /// birth is not known, or lies after the issue.
    pub holder_then: Option<Age>,
}

/// For how many years a portrait serves. What follows from more is the caller's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortraitBounds {
    /// For somebody who was grown on it.
    pub max_years: u16,
    /// For somebody who was not, or may not have been.
    pub max_years_child: u16,
    /// Under this age nobody is grown.
    pub child_under: u16,
}

impl PortraitAge {
    /// `None` where the day of issue lies after `today`.
    #[must_use]
    pub fn on(today: Date, issued: Date, birth: Option<Birth>) -> Option<Self> {
        Some(Self {
            years: Birth::Day(issued).age_on(today)?.least,
            holder_then: birth.and_then(|birth| birth.age_on(issued)),
        })
    }

    /// Whether the holder was a child on the portrait, or may have been. Nothing is known of an unknown birth.
    #[must_use]
    pub fn of_child(self, bounds: PortraitBounds) -> bool {
        self.holder_then
            .is_some_and(|age| age.may_be_under(bounds.child_under))
    }

    /// Whether the portrait is older than it may be.
    #[must_use]
    pub fn is_beyond(self, bounds: PortraitBounds) -> bool {
        let most = if self.of_child(bounds) {
            bounds.max_years_child.min(bounds.max_years)
        } else {
            bounds.max_years
        };
        self.years >= most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: PortraitBounds = PortraitBounds {
        max_years: 15,
        max_years_child: 5,
        child_under: 18,
    };

    fn on(year: u16, month: u8, day: u8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    #[test]
    fn a_face_of_six_used_at_thirteen() {
        let birth = Some(Birth::Day(on(2018, 7, 1)));
        let issued = on(2024, 8, 1);
        let early = PortraitAge::on(on(2029, 7, 31), issued, birth).unwrap();
        assert_eq!((early.years, early.is_beyond(BOUNDS)), (4, false));
        let late = PortraitAge::on(on(2031, 9, 1), issued, birth).unwrap();
        assert_eq!(late.years, 7);
        assert_eq!(late.holder_then, Some(Age { least: 6, most: 6 }));
        assert!(late.of_child(BOUNDS) && late.is_beyond(BOUNDS));
    }

    #[test]
    fn a_card_without_end_twenty_years_on() {
        let birth = Some(Birth::Day(on(1953, 6, 12)));
        let issued = on(2021, 8, 2);
        let now = PortraitAge::on(on(2026, 11, 22), issued, birth).unwrap();
        assert!(!now.is_beyond(BOUNDS));
        let later = PortraitAge::on(on(2041, 8, 2), issued, birth).unwrap();
        assert_eq!(later.years, 20);
        assert!(later.is_beyond(BOUNDS) && !later.of_child(BOUNDS));
    }

    #[test]
    fn the_bound_is_reached_on_its_day() {
        let age = |day| PortraitAge::on(day, on(2021, 5, 10), None).unwrap();
        assert!(!age(on(2036, 5, 9)).is_beyond(BOUNDS));
        assert!(age(on(2036, 5, 10)).is_beyond(BOUNDS));
    }

    #[test]
    fn a_birth_known_by_its_year_is_taken_for_the_younger() {
        let issued = on(2024, 8, 1);
        // 17 or 18 on the day of issue.
        let age = PortraitAge::on(on(2030, 1, 1), issued, Some(Birth::Year(2006))).unwrap();
        assert_eq!(
            age.holder_then,
            Some(Age {
                least: 17,
                most: 18
            })
        );
        assert!(age.of_child(BOUNDS) && age.is_beyond(BOUNDS));
        let grown = PortraitAge::on(on(2030, 1, 1), issued, Some(Birth::Year(2005))).unwrap();
        assert!(!grown.of_child(BOUNDS) && !grown.is_beyond(BOUNDS));
    }

    #[test]
    fn an_issue_to_come_has_no_age() {
        assert_eq!(PortraitAge::on(on(2021, 5, 9), on(2021, 5, 10), None), None);
        // Born after the issue: the card is odd, the portrait's age is not.
        let odd = PortraitAge::on(on(2026, 1, 1), on(2021, 5, 10), Some(Birth::Year(2022)));
        assert_eq!(odd.unwrap().holder_then, None);
    }
}
