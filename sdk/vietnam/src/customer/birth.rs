//! Days as records have them, the birth first.

use super::number::one_slip;
use super::{CardHolder, CustomerRecord, Reason};
use crate::private::trim;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use chipid_emrtd::time::{DAY, Date};
use zeroize::Zeroizing;

/// How the record's birth stands to the card's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// The same day, in whatever form.
    Same,
    /// Nothing contradicts, and less is known than a day.
    Compatible,
    /// A slip of the hand away.
    Near,
    /// Nothing can be said.
    Unknown,
    /// Another day.
    Different,
}

/// A day as a record has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// A whole day.
    Whole(Date),
    /// A day that can be no day, with its month where it can be none: `03/15/1999`.
    Swapped(Date),
    /// A day, with the last two digits of its year.
    ShortYear { year: u16, month: u8, day: u8 },
    /// The year alone.
    Year(u16),
    /// Days counted from 30 December 1899, as spreadsheets do.
    Serial(i64),
}

pub(super) fn relate(
    record: &CustomerRecord,
    card: &CardHolder<'_>,
    reasons: &mut Vec<Reason>,
) -> Relation {
    let Some(text) = &record.birth else {
        reasons.push(Reason::BirthMissing);
        return Relation::Unknown;
    };
    let Some(day) = parse(text.as_str()) else {
        reasons.push(Reason::BirthUnreadable);
        return Relation::Unknown;
    };
    let (relation, reason) = match (card.birth, card.birth_year) {
        (Some(birth), _) => against_day(day, birth),
        (None, Some(year)) => against_year(day, year),
        (None, None) => (Relation::Unknown, Some(Reason::CardBirthMissing)),
    };
    reasons.extend(reason);
    relation
}

fn against_day(day: Day, birth: Date) -> (Relation, Option<Reason>) {
    let differs = (Relation::Different, Some(Reason::BirthDiffers));
    match day {
        Day::Whole(found) if found == birth => (Relation::Same, None),
        Day::Whole(found) if is_swapped(found, birth) => {
            (Relation::Near, Some(Reason::BirthDayMonthSwapped))
        }
        // Whoever knew the year alone often wrote the first of January.
        Day::Whole(found)
            if found.year() == birth.year() && (found.month(), found.day()) == (1, 1) =>
        {
            (Relation::Compatible, Some(Reason::BirthYearOnly))
        }
        Day::Whole(found) if one_slip(&compact(found), &compact(birth)) => {
            (Relation::Near, Some(Reason::BirthOneDigit))
        }
        Day::Swapped(found) if found == birth => {
            (Relation::Near, Some(Reason::BirthDayMonthSwapped))
        }
        Day::ShortYear { year, month, day }
            if (year, month, day) == (birth.year() % 100, birth.month(), birth.day()) =>
        {
            (Relation::Compatible, Some(Reason::BirthTwoDigitYear))
        }
        Day::Year(year) if year == birth.year() => {
            (Relation::Compatible, Some(Reason::BirthYearOnly))
        }
        Day::Serial(days) if days == serial(birth) => (Relation::Same, Some(Reason::BirthSerial)),
        _ => differs,
    }
}

/// The card knows the year alone.
fn against_year(day: Day, year: u16) -> (Relation, Option<Reason>) {
    let same = match day {
        Day::Whole(found) | Day::Swapped(found) => found.year() == year,
        Day::ShortYear { year: short, .. } => short == year % 100,
        Day::Year(found) => found == year,
        Day::Serial(_) => false,
    };
    if same {
        (Relation::Compatible, Some(Reason::BirthYearOnly))
    } else {
        (Relation::Different, Some(Reason::BirthDiffers))
    }
}

fn is_swapped(found: Date, birth: Date) -> bool {
    found.year() == birth.year() && found.day() == birth.month() && found.month() == birth.day()
}

fn compact(date: Date) -> Zeroizing<String> {
    Zeroizing::new(format!(
        "{:02}{:02}{:04}",
        date.day(),
        date.month(),
        date.year()
    ))
}

/// Days since 30 December 1899, the count of the common spreadsheets from March 1900 on.
fn serial(date: Date) -> i64 {
    const EPOCH: i64 = 25_569;
    date.midnight_utc().0.div_euclid(DAY).saturating_add(EPOCH)
}

/// Reads a day in the forms that records use, the Vietnamese order (day, month, year) before any other.
pub(super) fn parse(text: &str) -> Option<Day> {
    let text = trim(text).trim_matches(['=', '"', '\'']);
    // The time behind a day says nothing.
    let text = text
        .split(['T', ' '])
        .next()
        .filter(|first| first.len() >= 8)
        .unwrap_or(text);
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).collect();
    match parts.as_slice() {
        [alone] => parse_alone(alone),
        [first, second, third] => parse_three(first, second, third),
        _ => None,
    }
}

fn parse_alone(text: &str) -> Option<Day> {
    let value: u32 = number(text, 8)?;
    match text.len() {
        4 => plausible_year(u16::try_from(value).ok()?).map(Day::Year),
        5 => Some(Day::Serial(i64::from(value))),
        8 => crate::date::compact(text)
            .filter(|date| plausible_year(date.year()).is_some())
            .or_else(|| {
                let date = Date::new(
                    number(text.get(..4)?, 4)?.try_into().ok()?,
                    number(text.get(4..6)?, 2)?.try_into().ok()?,
                    number(text.get(6..)?, 2)?.try_into().ok()?,
                )?;
                plausible_year(date.year()).map(|_| date)
            })
            .map(Day::Whole),
        _ => None,
    }
}

fn parse_three(first: &str, second: &str, third: &str) -> Option<Day> {
    if first.len() == 4 {
        let year = plausible_year(number(first, 4)?.try_into().ok()?)?;
        return whole_or_year(year, second, third);
    }
    match third.len() {
        4 => {
            let year = plausible_year(number(third, 4)?.try_into().ok()?)?;
            whole_or_year(year, second, first)
        }
        2 => {
            let (year, month, day) = (number(third, 2)?, small(second)?, small(first)?);
            let year = u16::try_from(year).ok()?;
            // Only whether there is such a day in some year.
            Date::new(2000, month, day)?;
            Some(Day::ShortYear { year, month, day })
        }
        _ => None,
    }
}

fn whole_or_year(year: u16, month: &str, day: &str) -> Option<Day> {
    let unknown = |part: &str| {
        part.bytes()
            .all(|b| matches!(b, b'0' | b'?' | b'_' | b'x' | b'X'))
    };
    if unknown(month) && unknown(day) {
        return Some(Day::Year(year));
    }
    let (month, day) = (small(month)?, small(day)?);
    Date::new(year, month, day)
        .map(Day::Whole)
        .or_else(|| Date::new(year, day, month).map(Day::Swapped))
}

fn small(text: &str) -> Option<u8> {
    number(text, 2)?.try_into().ok()
}

/// Digits alone, at most `len` of them.
fn number(text: &str, len: usize) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= len && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Nobody alive was born before; years of the Thai or lunar calendar lie outside.
fn plausible_year(year: u16) -> Option<u16> {
    (1880..=2150).contains(&year).then_some(year)
}

/// The year out of a field of the card that says no more.
pub(super) fn year_alone(bytes: &[u8]) -> Option<u16> {
    match parse(core::str::from_utf8(bytes).ok()?)? {
        Day::Year(year) => Some(year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: u16, month: u8, day: u8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    #[test]
    fn forms_of_one_day() {
        for text in [
            "15/03/1999",
            "15/3/1999",
            "15-03-1999",
            "15.03.1999",
            "1999-03-15",
            "1999-03-15 00:00:00",
            "1999-03-15T00:00:00Z",
            "15/03/1999 00:00:00",
            "15031999",
            "19990315",
            "'15/03/1999",
        ] {
            assert_eq!(parse(text), Some(Day::Whole(date(1999, 3, 15))), "{text}");
        }
    }

    #[test]
    fn less_than_a_day() {
        for text in [
            "1999",
            "00/00/1999",
            "--/--/1999",
            "1999-00-00",
            "xx/xx/1999",
        ] {
            let expected = (text != "--/--/1999").then_some(Day::Year(1999));
            assert_eq!(parse(text), expected, "{text}");
        }
        assert_eq!(parse("03/15/1999"), Some(Day::Swapped(date(1999, 3, 15))));
        assert_eq!(
            parse("15/03/99"),
            Some(Day::ShortYear {
                year: 99,
                month: 3,
                day: 15
            })
        );
        assert_eq!(parse("36234"), Some(Day::Serial(36_234)));
        assert_eq!(serial(date(1999, 3, 15)), 36_234);
    }

    #[test]
    fn what_is_no_day() {
        for text in [
            "",
            "31/02/1999",
            "15/03",
            "abc",
            "15/03/2542",
            "0",
            "199",
            "１９９９",
            "99/99/9999",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn relations() {
        let birth = date(1999, 3, 5);
        for (text, relation, reason) in [
            ("05/03/1999", Relation::Same, None),
            ("36224", Relation::Same, Some(Reason::BirthSerial)),
            (
                "03/05/1999",
                Relation::Near,
                Some(Reason::BirthDayMonthSwapped),
            ),
            (
                "01/01/1999",
                Relation::Compatible,
                Some(Reason::BirthYearOnly),
            ),
            ("1999", Relation::Compatible, Some(Reason::BirthYearOnly)),
            (
                "05/03/99",
                Relation::Compatible,
                Some(Reason::BirthTwoDigitYear),
            ),
            ("06/03/1999", Relation::Near, Some(Reason::BirthOneDigit)),
            ("05/03/1989", Relation::Near, Some(Reason::BirthOneDigit)),
            (
                "06/04/1999",
                Relation::Different,
                Some(Reason::BirthDiffers),
            ),
            ("1998", Relation::Different, Some(Reason::BirthDiffers)),
            ("36225", Relation::Different, Some(Reason::BirthDiffers)),
        ] {
            assert_eq!(
                against_day(parse(text).unwrap(), birth),
                (relation, reason),
                "{text}"
            );
        }
        assert_eq!(
            against_year(parse("1999").unwrap(), 1999).0,
            Relation::Compatible
        );
        assert_eq!(
            against_year(parse("05/03/1998").unwrap(), 1999).0,
            Relation::Different
        );
    }
}
