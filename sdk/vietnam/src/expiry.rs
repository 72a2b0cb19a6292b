//! Until when a card runs, as far as the law lets it be told from the days of birth and of issue.
//!
//! Law 59/2014/QH13, Article 21 (cards issued before 1 July 2024) and Law 26/2023/QH15, Article 21 (from that day on): a
//! card runs to the birthday at which the holder reaches the next of the ages 25, 40 and 60, under the law of 2023 also
//! 14; one issued within the two years before such an age runs to the age after it; after the last one a card does not
//! expire, and its MRZ says `991231`.
//!
//! The QR code has the day of birth and the day of issue and not the day of expiry, which a key made of the MRZ wants.
//! Whether a card that replaces a lost one keeps the old day of expiry, and which day the authority takes for a birthday
//! of 29 February, is not published: hence [`candidates`].

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use chipid_emrtd::time::{DAY, Date};

/// The first day under the law of 2023, which is also that of the card without *công dân* in its name.
pub const LAW_OF_2023: (u16, u8, u8) = (2024, 7, 1);

/// Whether a card of this day of issue was issued under the law of 2023, as a *Căn cước*.
#[must_use]
pub fn is_under_law_of_2023(issue: Date) -> bool {
    (issue.year(), issue.month(), issue.day()) >= LAW_OF_2023
}

/// Until when a card runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CardExpiry {
    /// Until this day, a birthday of the holder.
    On(Date),
    /// "Không thời hạn".
    Never,
}

impl CardExpiry {
    /// As the MRZ has it: `YYMMDD`, `991231` for none.
    #[must_use]
    pub fn mrz(self) -> String {
        match self {
            Self::On(day) => {
                format!("{:02}{:02}{:02}", day.year() % 100, day.month(), day.day())
            }
            Self::Never => String::from(crate::mrz_rules::NO_EXPIRY),
        }
    }
}

/// The most candidates that [`candidates`] gives.
pub const MOST_CANDIDATES: usize = 5;

/// Until when the law lets a card run that was issued on `issue` to a holder born on `birth`.
///
/// A birthday of 29 February is taken to be 28 February in other years, as the Civil Code ends a term whose last month
/// lacks the day (2015, Article 148); whether the authority does so is not known.
#[must_use]
pub fn rule(birth: Date, issue: Date) -> CardExpiry {
    rule_by(birth, issue, ages(issue))
}

/// The days of expiry that a card may have, the most probable first, at most [`MOST_CANDIDATES`] and each once:
///
/// 1. what [`rule`] says, for a birthday of 29 February also 1 March;
/// 2. the other side of the boundary of two years: the next age as if there were no such years, or the age after it;
/// 3. for an issue within a month of the change of law, what the other law says;
/// 4. the ages that follow;
/// 5. no expiry, which is always among them.
#[must_use]
pub fn candidates(birth: Date, issue: Date) -> Vec<CardExpiry> {
    let ages = ages(issue);
    let by_rule = rule_by(birth, issue, ages);
    let next_age = ages
        .iter()
        .map(|age| birthday(birth, *age))
        .find(|day| *day > issue);
    let after = |expiry: CardExpiry| {
        ages.iter()
            .map(|age| birthday(birth, *age))
            .filter(move |day| matches!(expiry, CardExpiry::On(found) if *day > found))
    };
    let other_law = near_the_change(issue).then(|| {
        let other = if is_under_law_of_2023(issue) {
            AGES_OF_2014
        } else {
            AGES_OF_2023
        };
        rule_by(birth, issue, other)
    });

    let mut found = Vec::with_capacity(MOST_CANDIDATES);
    let mut add = |expiry: CardExpiry| {
        for expiry in [Some(expiry), in_march(birth, expiry)]
            .into_iter()
            .flatten()
        {
            // The last place is kept for a card that does not expire.
            let room = found.len() < MOST_CANDIDATES - 1 || found.contains(&CardExpiry::Never);
            if !found.contains(&expiry) && (room || expiry == CardExpiry::Never) {
                found.push(expiry);
            }
        }
    };
    add(by_rule);
    if let Some(day) = next_age {
        add(CardExpiry::On(day));
    }
    if let Some(expiry) = other_law {
        add(expiry);
    }
    for day in after(by_rule) {
        add(CardExpiry::On(day));
    }
    add(CardExpiry::Never);
    found.truncate(MOST_CANDIDATES);
    found
}

const AGES_OF_2014: &[u16] = &[25, 40, 60];
const AGES_OF_2023: &[u16] = &[14, 25, 40, 60];

fn ages(issue: Date) -> &'static [u16] {
    if is_under_law_of_2023(issue) {
        AGES_OF_2023
    } else {
        AGES_OF_2014
    }
}

/// A card issued within this many days before an age runs to the next age: two years, counted by the calendar.
const GRACE_YEARS: u16 = 2;

fn rule_by(birth: Date, issue: Date, ages: &[u16]) -> CardExpiry {
    ages.iter()
        // The day two years before the birthday is itself a birthday, 29 February included.
        .find(|age| issue < birthday(birth, age.saturating_sub(GRACE_YEARS)))
        .map_or(CardExpiry::Never, |age| {
            CardExpiry::On(birthday(birth, *age))
        })
}

/// The day on which the holder reaches `age`; 28 February where the year has no 29th.
fn birthday(birth: Date, age: u16) -> Date {
    let year = birth.year().saturating_add(age);
    Date::new(year, birth.month(), birth.day())
        .or_else(|| Date::new(year, birth.month(), 28))
        // Nobody is born so late that the calendar ends first.
        .unwrap_or(birth)
}

/// The other day that a birthday of 29 February may be in a year that has none.
fn in_march(birth: Date, expiry: CardExpiry) -> Option<CardExpiry> {
    match expiry {
        CardExpiry::On(day) if (birth.month(), birth.day()) == (2, 29) && day.day() == 28 => {
            Date::new(day.year(), 3, 1).map(CardExpiry::On)
        }
        _ => None,
    }
}

/// Within a month of the change of law a card may have been prepared under the other one.
fn near_the_change(issue: Date) -> bool {
    let (year, month, day) = LAW_OF_2023;
    Date::new(year, month, day).is_some_and(|change| {
        let seconds = issue.midnight_utc().0.abs_diff(change.midnight_utc().0);
        seconds <= 31 * DAY.unsigned_abs()
    })
}

#[cfg(test)]
#[path = "expiry/tests.rs"]
mod tests;
