//! How old somebody is on a day, where the day of birth may be known in part only.
//!
//! An age is reached at the beginning of the birthday (*đủ tuổi*; Civil Code 2015, Articles 20 and 21 count full years).
//! What the birthday of 29 February is in a year without one, no source says of identity cards: 28 February by the
//! Civil Code's rule for months that lack the day (Article 148), 1 March by counting on. Both are reckoned with, and so
//! is every day that a birth may have been on: an [`Age`] has a least and a most, and the questions that law asks
//! ("under 14?") can be answered with *perhaps*.

use crate::private::trim;
use chipid_emrtd::time::Date;
use core::fmt;

/// A birth, as far as it is known. `Debug` tells how far, and nothing else.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Birth {
    /// The whole day.
    Day(Date),
    /// Year and month.
    Month {
        /// The year.
        year: u16,
        /// The month, 1 to 12.
        month: u8,
    },
    /// The year alone.
    Year(u16),
}

impl Birth {
    /// From its parts. `None` where they are no day, month or year of the calendar.
    #[must_use]
    pub const fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        match (month, day) {
            (Some(month), Some(day)) => match Date::new(year, month, day) {
                Some(date) => Some(Self::Day(date)),
                None => None,
            },
            (Some(month), None) if Date::new(year, month, 1).is_some() => {
                Some(Self::Month { year, month })
            }
            // A day without its month says nothing.
            (None, _) if Date::new(year, 1, 1).is_some() => Some(Self::Year(year)),
            _ => None,
        }
    }

    /// From a text as DG13 might have it: `15/03/1950`, `03/1950`, `1950`, zeros or fillers for what is not known.
    /// How cards write such births is not published.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = trim(text).rsplit('/').map(|part| Part::of(trim(part)));
        let (year, month, day) = (parts.next()?, parts.next(), parts.next());
        if parts.next().is_some() {
            return None;
        }
        let Part::Number(year @ 1000..) = year else {
            return None;
        };
        let small = |part: Option<Part>| match part {
            Some(Part::Number(number)) => Some(Some(u8::try_from(number).ok()?)),
            Some(Part::Unknown) | None => Some(None),
            Some(Part::Nonsense) => None,
        };
        Self::new(year, small(month)?, small(day)?)
    }

    /// From `ddmmyyyy`, as in the QR code, with zeros for what is not known. Fewer digits are none: keyboards swallow some.
    #[must_use]
    pub(crate) fn parse_compact(text: &str) -> Option<Self> {
        if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let known = |part: &str| match part.parse::<u8>() {
            Ok(0) => Some(None),
            Ok(number) => Some(Some(number)),
            Err(_) => None,
        };
        let (day, month) = (known(text.get(..2)?)?, known(text.get(2..4)?)?);
        let year = text.get(4..)?;
        Self::new(year.parse().ok().filter(|year| *year >= 1000)?, month, day)
    }

    /// Whether `day` can be this birth: it agrees in all parts that are known.
    #[must_use]
    pub fn may_be(self, day: Date) -> bool {
        match self {
            Self::Day(date) => date == day,
            Self::Month { year, month } => (day.year(), day.month()) == (year, month),
            Self::Year(year) => day.year() == year,
        }
    }

    /// Whether both can be one birth: they agree in all parts that both know.
    #[must_use]
    pub fn agrees_with(self, other: Self) -> bool {
        match (self, other) {
            (Self::Day(day), birth) | (birth, Self::Day(day)) => birth.may_be(day),
            (Self::Year(_), _) | (_, Self::Year(_)) => self.year() == other.year(),
            (Self::Month { .. }, Self::Month { .. }) => self == other,
        }
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> u16 {
        match self {
            Self::Day(date) => date.year(),
            Self::Month { year, .. } | Self::Year(year) => year,
        }
    }

    /// The month, where it is known.
    #[must_use]
    pub const fn month(self) -> Option<u8> {
        match self {
            Self::Day(date) => Some(date.month()),
            Self::Month { month, .. } => Some(month),
            Self::Year(_) => None,
        }
    }

    /// The day, where all of it is known.
    #[must_use]
    pub const fn day(self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            Self::Month { .. } | Self::Year(_) => None,
        }
    }

    /// The age on `day`; `None` where the birth certainly lies after it.
    #[must_use]
    pub fn age_on(self, day: Date) -> Option<Age> {
        let (first, last) = self.bounds();
        let most = full_years(first, day, LeapDay::On28February)?;
        let least = full_years(last, day, LeapDay::On1March).unwrap_or(0);
        Some(Age { least, most })
    }

    /// The first and the last day that it may be, as year, month and day.
    const fn bounds(self) -> (Ymd, Ymd) {
        match self {
            Self::Day(date) => (ymd(date), ymd(date)),
            // A day 31 that the month lacks compares like its end.
            Self::Month { year, month } => ((year, month, 1), (year, month, 31)),
            Self::Year(year) => ((year, 1, 1), (year, 12, 31)),
        }
    }
}

/// `1950-03-15`, `1950-03` or `1950`.
impl fmt::Display for Birth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => date.fmt(f),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl fmt::Debug for Birth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Day(_) => "Day",
            Self::Month { .. } => "Month",
            Self::Year(_) => "Year",
        })
    }
}

/// An age in full years: at least this, at most that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Age {
    /// The youngest that the person may be.
    pub least: u16,
    /// The oldest that the person may be.
    pub most: u16,
}

impl Age {
    /// Whether the person has this many full years. `None`: perhaps.
    #[must_use]
    pub const fn reaches(self, years: u16) -> Option<bool> {
        if self.least >= years {
            Some(true)
        } else if self.most < years {
            Some(false)
        } else {
            None
        }
    }

    /// Whether the person is under this age, or may be: whoever protects children asks so.
    #[must_use]
    pub const fn may_be_under(self, years: u16) -> bool {
        self.least < years
    }
}

type Ymd = (u16, u8, u8);

const fn ymd(date: Date) -> Ymd {
    (date.year(), date.month(), date.day())
}

/// The birthday of 29 February in a year that has none.
#[derive(Clone, Copy)]
enum LeapDay {
    On28February,
    On1March,
}

/// Birthdays from `birth` to `day`, both included, the birth itself left out. `None` if the birth is later.
fn full_years((year, month, day_of_birth): Ymd, day: Date, leap_day: LeapDay) -> Option<u16> {
    let (this_year, this_month, today) = ymd(day);
    if (year, month, day_of_birth) > (this_year, this_month, today) {
        return None;
    }
    let born_on_leap_day = (month, day_of_birth) == (2, 29);
    let birthday = match leap_day {
        _ if !born_on_leap_day || Date::new(this_year, 2, 29).is_some() => (month, day_of_birth),
        LeapDay::On28February => (2, 28),
        LeapDay::On1March => (3, 1),
    };
    let years = this_year.saturating_sub(year);
    let reached = (this_month, today) >= birthday;
    Some(if reached {
        years
    } else {
        years.saturating_sub(1)
    })
}

enum Part {
    Number(u16),
    Unknown,
    Nonsense,
}

impl Part {
    fn of(text: &str) -> Self {
        if text.is_empty()
            || text
                .bytes()
                .all(|b| matches!(b, b'0' | b'<' | b'-' | b'x' | b'X'))
        {
            return Self::Unknown;
        }
        let digits = matches!(text.len(), 1 | 2 | 4) && text.bytes().all(|b| b.is_ascii_digit());
        match text.parse() {
            Ok(number) if digits => Self::Number(number),
            _ => Self::Nonsense,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::format;

    fn on(year: u16, month: u8, day: u8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    fn age(birth: Birth, day: Date) -> (u16, u16) {
        let age = birth.age_on(day).unwrap();
        (age.least, age.most)
    }

    #[test]
    fn an_age_is_reached_on_the_birthday() {
        let birth = Birth::Day(on(2010, 3, 15));
        assert_eq!(age(birth, on(2024, 3, 14)), (13, 13));
        assert_eq!(age(birth, on(2024, 3, 15)), (14, 14));
        assert_eq!(age(birth, on(2024, 12, 31)), (14, 14));
        assert_eq!(age(birth, on(2010, 3, 15)), (0, 0));
        assert_eq!(birth.age_on(on(2010, 3, 14)), None);
    }

    #[test]
    fn a_leap_day_has_two_birthdays_in_other_years() {
        let birth = Birth::Day(on(2012, 2, 29));
        assert_eq!(age(birth, on(2026, 2, 27)), (13, 13));
        assert_eq!(age(birth, on(2026, 2, 28)), (13, 14));
        assert_eq!(age(birth, on(2026, 3, 1)), (14, 14));
        let fourteen = birth.age_on(on(2026, 2, 28)).unwrap();
        assert_eq!(fourteen.reaches(14), None);
        assert!(fourteen.may_be_under(14));
        // In a year with one there is no doubt.
        assert_eq!(age(birth, on(2028, 2, 28)), (15, 15));
        assert_eq!(age(birth, on(2028, 2, 29)), (16, 16));
        // 1900 and 2100 have none.
        let old = Birth::Day(on(1896, 2, 29));
        assert_eq!(age(old, on(1900, 2, 28)), (3, 4));
    }

    #[test]
    fn a_birth_that_is_known_in_part_gives_the_youngest_and_the_oldest() {
        let year = Birth::Year(2010);
        assert_eq!(age(year, on(2024, 1, 1)), (13, 14));
        assert_eq!(age(year, on(2024, 12, 30)), (13, 14));
        assert_eq!(age(year, on(2024, 12, 31)), (14, 14));
        assert_eq!(age(year, on(2010, 6, 1)), (0, 0));
        assert_eq!(year.age_on(on(2009, 12, 31)), None);
        let month = Birth::Month {
            year: 2010,
            month: 2,
        };
        assert_eq!(age(month, on(2024, 1, 31)), (13, 13));
        assert_eq!(age(month, on(2024, 2, 1)), (13, 14));
        assert_eq!(age(month, on(2024, 2, 29)), (13, 14));
        assert_eq!(age(month, on(2024, 3, 1)), (14, 14));
    }

    #[test]
    fn questions_about_an_age() {
        let age = Age {
            least: 13,
            most: 14,
        };
        assert_eq!(age.reaches(13), Some(true));
        assert_eq!(age.reaches(14), None);
        assert_eq!(age.reaches(15), Some(false));
        assert!(!age.may_be_under(13));
        assert!(age.may_be_under(14));
    }

    #[test]
    fn births_as_texts() {
        let year = Some(Birth::Year(1950));
        let month = Some(Birth::Month {
            year: 1950,
            month: 3,
        });
        for (text, birth) in [
            ("15/03/1950", Some(Birth::Day(on(1950, 3, 15)))),
            ("03/1950", month),
            ("00/03/1950", month),
            (" --/3/1950\0", month),
            ("1950", year),
            ("00/00/1950", year),
            ("<</<</1950", year),
            ("//1950", year),
            ("15/00/1950", year),
            ("31/02/1950", None),
            ("13/1950", None),
            ("50", None),
            ("0000", None),
            ("", None),
            ("/", None),
            ("Lê", None),
            ("+195", None),
            ("1/2/3/1950", None),
        ] {
            assert_eq!(Birth::parse(text), birth, "{text}");
        }
    }

    #[test]
    fn births_in_a_qr_code() {
        for (text, shown) in [
            ("15031950", Some("1950-03-15")),
            ("00031950", Some("1950-03")),
            ("00001950", Some("1950")),
            ("15001950", Some("1950")),
            ("1950", None),
            ("31021950", None),
            ("00131950", None),
            ("15030950", None),
            ("0950", None),
            ("150350", None),
            ("", None),
            ("15/03/1950", None),
            ("+5031950", None),
        ] {
            let birth = Birth::parse_compact(text).map(|birth| format!("{birth}"));
            assert_eq!(birth.as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn births_agree_in_what_both_know() {
        let day = Birth::Day(on(1950, 3, 15));
        let month = Birth::Month {
            year: 1950,
            month: 3,
        };
        let year = Birth::Year(1950);
        for one in [day, month, year] {
            for other in [day, month, year] {
                assert!(one.agrees_with(other), "{one} {other}");
            }
            assert!(one.may_be(on(1950, 3, 15)));
            assert!(!one.may_be(on(1951, 3, 15)));
            assert!(!one.agrees_with(Birth::Year(1951)));
        }
        assert!(month.may_be(on(1950, 3, 16)) && !day.may_be(on(1950, 3, 16)));
        assert!(year.may_be(on(1950, 4, 15)) && !month.may_be(on(1950, 4, 15)));
        assert!(!month.agrees_with(Birth::Month {
            year: 1950,
            month: 4
        }));
        assert!(!day.agrees_with(Birth::Day(on(1950, 3, 16))));
    }

    #[test]
    fn debug_hides_the_day() {
        assert_eq!(format!("{:?}", Birth::Day(on(1950, 3, 15))), "Day");
        assert_eq!(format!("{:?}", Birth::Year(1950)), "Year");
    }

    proptest::proptest! {
        #[test]
        fn what_is_known_less_is_never_surer(
            year in 1900u16..2030, month in 1u8..=12, day in 1u8..=28,
            at_year in 2030u16..2100, at_month in 1u8..=12, at_day in 1u8..=28,
        ) {
            let at = on(at_year, at_month, at_day);
            let exact = Birth::Day(on(year, month, day)).age_on(at).unwrap();
            let by_month = Birth::Month { year, month }.age_on(at).unwrap();
            let by_year = Birth::Year(year).age_on(at).unwrap();
            for wider in [by_month, by_year] {
                proptest::prop_assert!(wider.least <= exact.least && exact.most <= wider.most);
                proptest::prop_assert!(wider.most - wider.least <= 1);
            }
        }

        #[test]
        fn any_text_never_panics(text: std::string::String) {
            let _ = (Birth::parse(&text), Birth::parse_compact(&text));
        }
    }
}
