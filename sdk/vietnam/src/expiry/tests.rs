use super::*;
use std::vec::Vec;

fn day(year: u16, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

/// The rule in other words, sharing nothing with the code above: the holder's age on the day of issue is counted
/// birthday by birthday, and read off a table of ages in whole years.
mod oracle {
    /// A day as `yyyymmdd`: only compared, never computed with.
    pub(super) type Day = u32;

    fn leap(year: u32) -> bool {
        (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400)
    }

    fn birthday_in(birth: Day, year: u32) -> Day {
        let month_and_day = birth % 10_000;
        if month_and_day == 229 && !leap(year) {
            year * 10_000 + 228
        } else {
            year * 10_000 + month_and_day
        }
    }

    fn age(birth: Day, on: Day) -> u32 {
        let mut years = 0;
        let mut year = birth / 10_000 + 1;
        while birthday_in(birth, year) <= on {
            years += 1;
            year += 1;
        }
        years
    }

    /// `yymmdd` of the MRZ.
    pub(super) fn expiry(birth: Day, issue: Day) -> u32 {
        let until = match (age(birth, issue), issue >= 20_240_701) {
            (0..=11, true) => 14,
            (0..=22, _) => 25,
            (23..=37, _) => 40,
            (38..=57, _) => 60,
            _ => return 991_231,
        };
        birthday_in(birth, birth / 10_000 + until) % 1_000_000
    }
}

fn as_number(date: Date) -> u32 {
    u32::from(date.year()) * 10_000 + u32::from(date.month()) * 100 + u32::from(date.day())
}

fn next(date: Date) -> Date {
    Date::new(date.year(), date.month(), date.day() + 1)
        .or_else(|| Date::new(date.year(), date.month() + 1, 1))
        .unwrap_or_else(|| day(date.year() + 1, 1, 1))
}

fn days(from: Date, to: Date) -> Vec<Date> {
    let mut all = Vec::from([from]);
    while all[all.len() - 1] < to {
        all.push(next(all[all.len() - 1]));
    }
    all
}

/// Every day of birth of eight years (two leap years with 29 February), with every day of issue of the week around
/// each age and around the beginning of the two years before it, for births at which these days fall under either law.
#[test]
fn the_rule_for_every_birth_and_issue_around_every_milestone() {
    let mut compared = 0;
    let mut under = [0, 0];
    // The decades put each age under the law of 2014, near the change, and under the law of 2023.
    for decade in [1956, 1960, 1976, 1980, 1984, 1996, 2000, 2008, 2012] {
        for birth in days(day(decade, 1, 1), day(decade + 7, 12, 31)) {
            for years in [12, 14, 23, 25, 38, 40, 58, 60] {
                let year = birth.year() + years;
                let middle =
                    Date::new(year, birth.month(), birth.day()).unwrap_or_else(|| day(year, 3, 1));
                let midnight = middle.midnight_utc().0;
                for offset in -4..=4 {
                    let issue = Date::of(chipid_emrtd::time::UnixTime(midnight + offset * 86_400));
                    check(birth, issue);
                    under[usize::from(is_under_law_of_2023(issue))] += 1;
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 1_800_000, "{compared}");
    assert!(under.iter().all(|count| *count > 400_000), "{under:?}");
}

/// The change of law: every day of issue of the months around it, for every age from birth to seventy.
#[test]
fn the_rule_around_the_change_of_law() {
    let issues = days(day(2024, 5, 15), day(2024, 8, 15));
    for year in 1954..=2024 {
        for (month, of_month) in [
            (1, 1),
            (2, 28),
            (2, 29),
            (3, 1),
            (6, 30),
            (7, 1),
            (7, 2),
            (12, 31),
        ] {
            let Some(birth) = Date::new(year, month, of_month) else {
                continue;
            };
            for issue in issues.iter().filter(|issue| **issue >= birth) {
                check(birth, *issue);
            }
        }
    }
}

/// Ends of months and 29 February, born and issued, over every year in which a card can have been issued.
#[test]
fn the_rule_at_ends_of_months() {
    let ends = [
        (1, 31),
        (2, 28),
        (2, 29),
        (3, 1),
        (4, 30),
        (6, 30),
        (7, 1),
        (12, 31),
        (1, 1),
    ];
    let at_ends = |years: std::ops::RangeInclusive<u16>| {
        years.flat_map(|year| {
            ends.into_iter()
                .filter_map(move |(month, of_month)| Date::new(year, month, of_month))
        })
    };
    let issues: Vec<Date> = at_ends(2016..=2040).collect();
    for birth in at_ends(1930..=2039) {
        for issue in issues.iter().filter(|issue| **issue >= birth) {
            check(birth, *issue);
        }
    }
}

fn check(birth: Date, issue: Date) {
    let expected = oracle::expiry(as_number(birth), as_number(issue));
    let found = rule(birth, issue);
    assert_eq!(
        found.mrz().parse::<u32>().unwrap(),
        expected,
        "born {birth}, issued {issue}: {found:?}"
    );
    let all = candidates(birth, issue);
    assert_eq!(all.first(), Some(&found), "born {birth}, issued {issue}");
    assert!(all.len() <= MOST_CANDIDATES, "{all:?}");
    assert!(all.contains(&CardExpiry::Never), "{all:?}");
    for (place, expiry) in all.iter().enumerate() {
        assert!(!all[..place].contains(expiry), "{all:?}");
        assert!(
            !matches!(expiry, CardExpiry::On(until) if *until <= birth),
            "{all:?}"
        );
    }
    // Whatever side of a boundary the authority saw, the first four have it: a reading tries no more.
    for side in [birth_side(issue, -1), birth_side(issue, 1)]
        .into_iter()
        .flatten()
    {
        if is_under_law_of_2023(side) == is_under_law_of_2023(issue) {
            assert!(
                all.iter().take(4).any(|e| *e == rule(birth, side)),
                "{birth} {issue} {all:?}"
            );
        }
    }
}

/// The day before or after.
fn birth_side(issue: Date, days: i64) -> Option<Date> {
    Some(Date::of(chipid_emrtd::time::UnixTime(
        issue.midnight_utc().0 + days * 86_400,
    )))
}

/// The samples of the published layout: the day of expiry of each is the birthday of an age.
#[test]
fn published_samples() {
    assert_eq!(
        rule(day(1999, 3, 15), day(2021, 5, 10)),
        CardExpiry::On(day(2024, 3, 15))
    );
    assert_eq!(rule(day(1999, 3, 15), day(2021, 5, 10)).mrz(), "240315");
    assert_eq!(
        rule(day(1999, 3, 15), day(2024, 7, 15)),
        CardExpiry::On(day(2039, 3, 15))
    );
    // Fifty-nine in 2021: within two years of sixty, so without expiry.
    assert_eq!(rule(day(1962, 8, 1), day(2021, 9, 1)), CardExpiry::Never);
    assert_eq!(rule(day(1960, 2, 3), day(2021, 5, 10)).mrz(), "991231");
}

#[test]
fn fourteen_counts_from_july_2024() {
    let birth = day(2015, 9, 30);
    assert_eq!(
        rule(birth, day(2024, 6, 30)),
        CardExpiry::On(day(2040, 9, 30))
    );
    assert_eq!(
        rule(birth, day(2024, 7, 1)),
        CardExpiry::On(day(2029, 9, 30))
    );
    assert_eq!(
        rule(birth, day(2027, 9, 29)),
        CardExpiry::On(day(2029, 9, 30))
    );
    assert_eq!(
        rule(birth, day(2027, 9, 30)),
        CardExpiry::On(day(2040, 9, 30))
    );
    // On either side of the change, what the other law says is among the candidates.
    assert!(candidates(birth, day(2024, 6, 30)).contains(&CardExpiry::On(day(2029, 9, 30))));
    assert!(candidates(birth, day(2024, 7, 1)).contains(&CardExpiry::On(day(2040, 9, 30))));
}

#[test]
fn a_birthday_on_29_february_is_two_days() {
    let birth = day(2000, 2, 29);
    let found = candidates(birth, day(2021, 5, 10));
    assert_eq!(
        found[..3],
        [
            CardExpiry::On(day(2025, 2, 28)),
            CardExpiry::On(day(2025, 3, 1)),
            // 2040 has a 29 February.
            CardExpiry::On(day(2040, 2, 29)),
        ]
    );
    assert_eq!(
        rule(birth, day(2023, 2, 27)),
        CardExpiry::On(day(2025, 2, 28))
    );
    assert_eq!(
        rule(birth, day(2023, 2, 28)),
        CardExpiry::On(day(2040, 2, 29))
    );
    // Had the authority taken 1 March for the birthday, the two years began a day later: both days are among them.
    let found = candidates(birth, day(2023, 2, 28));
    assert!(found[..4].contains(&CardExpiry::On(day(2025, 2, 28))));
    assert!(found[..4].contains(&CardExpiry::On(day(2025, 3, 1))));
}

#[test]
fn other_side_of_the_boundary_stands_second() {
    let birth = day(1999, 3, 15);
    assert_eq!(
        candidates(birth, day(2022, 3, 14)),
        [
            CardExpiry::On(day(2024, 3, 15)),
            CardExpiry::On(day(2039, 3, 15)),
            CardExpiry::On(day(2059, 3, 15)),
            CardExpiry::Never,
        ]
    );
    assert_eq!(
        candidates(birth, day(2022, 3, 15))[..2],
        [
            CardExpiry::On(day(2039, 3, 15)),
            CardExpiry::On(day(2024, 3, 15))
        ]
    );
    assert_eq!(
        candidates(day(1960, 2, 3), day(2018, 5, 10)),
        [CardExpiry::Never, CardExpiry::On(day(2020, 2, 3))]
    );
    assert_eq!(
        candidates(day(1950, 2, 3), day(2021, 5, 10)),
        [CardExpiry::Never]
    );
}

#[test]
fn days_that_make_no_sense_still_give_something() {
    // Issued before the birth, and at the end of the calendar.
    assert!(!candidates(day(2020, 1, 1), day(1999, 1, 1)).is_empty());
    assert!(!candidates(day(9999, 12, 31), day(9999, 12, 31)).is_empty());
}
