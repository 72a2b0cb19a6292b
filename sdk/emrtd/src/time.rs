//! Points in time and calendar dates, handed in from outside: this crate has no clock.

use core::fmt;

/// Seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(pub i64);

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// A day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, if there is one of that number in that month (years 1 to 9999).
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year == 0 || year > 9999 || month == 0 || month > 12 || day == 0 {
            return None;
        }
        if day > days_in_month(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// 00:00:00 UTC of the day.
    #[must_use]
    pub const fn midnight_utc(self) -> UnixTime {
        UnixTime(days_from_civil(self.year, self.month, self.day).saturating_mul(DAY))
    }

    /// 12:00:00 UTC of the day.
    #[must_use]
    pub const fn noon_utc(self) -> UnixTime {
        UnixTime(self.midnight_utc().0.saturating_add(DAY / 2))
    }

    /// The day on which `time` falls in UTC; years outside 1 to 9999 are clamped.
    #[must_use]
    pub const fn of(time: UnixTime) -> Self {
        // Days from 0000-03-01 (Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days).
        let days = time.0.div_euclid(DAY).saturating_add(719_468);
        let era = days.div_euclid(146_097);
        let doe = days.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = (doy - (153 * mp + 2) / 5 + 1) as u8;
        let month = if mp < 10 { mp + 3 } else { mp - 9 } as u8;
        let year = yoe
            .saturating_add(era.saturating_mul(400))
            .saturating_add((month <= 2) as i64);
        let year = if year < 1 {
            1
        } else if year > 9999 {
            9999
        } else {
            year as u16
        };
        Self { year, month, day }
    }
}

/// Year-month-day, as in `2031-05-10`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// RFC 3339 in UTC, to the second.
impl fmt::Display for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = self.0.rem_euclid(DAY);
        write!(
            f,
            "{}T{:02}:{:02}:{:02}Z",
            Date::of(*self),
            second / 3600,
            second / 60 % 60,
            second % 60
        )
    }
}

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

const fn days_from_civil(year: u16, month: u8, day: u8) -> i64 {
    let y = year as i64 - (month <= 2) as i64;
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let mp = (month as i64 + 9) % 12;
    let doy = (153 * mp + 2) / 5 + day as i64 - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn known_days() {
        for (y, m, d, seconds) in [
            (1970, 1, 1, 0),
            (2000, 2, 29, 951_782_400),
            (2026, 11, 21, 1_795_219_200),
            (1969, 12, 31, -86_400),
        ] {
            let date = Date::new(y, m, d).unwrap();
            assert_eq!(date.midnight_utc(), UnixTime(seconds));
            assert_eq!(Date::of(UnixTime(seconds)), date);
        }
    }

    #[test]
    fn every_day_leads_back() {
        let mut time = Date::new(1899, 12, 31).unwrap().midnight_utc();
        let end = Date::new(2101, 1, 1).unwrap().midnight_utc();
        while time < end {
            assert_eq!(Date::of(time).midnight_utc(), time);
            time.0 += DAY;
        }
    }

    #[test]
    fn days_that_do_not_exist() {
        assert_eq!(Date::new(2023, 2, 29), None);
        assert_eq!(Date::new(1900, 2, 29), None);
        assert_eq!(Date::new(2024, 13, 1), None);
        assert_eq!(Date::new(2024, 4, 31), None);
    }

    #[test]
    fn rfc_3339() {
        let noon = Date::new(2031, 5, 10).unwrap().noon_utc();
        assert_eq!(noon.to_string(), "2031-05-10T12:00:00Z");
    }
}
