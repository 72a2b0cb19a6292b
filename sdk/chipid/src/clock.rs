//! The system's clock. What it says is checked for plausibility where it matters.

use chipid_emrtd::time::{Date, UnixTime};
use std::time::{SystemTime, UNIX_EPOCH};

/// The day of this release: a clock before it is wrong.
pub const RELEASED: Option<Date> = Date::new(2026, 11, 21);

/// The last day on which this release is believed to be in use: a clock after it is wrong.
const OUTLIVED: Option<Date> = Date::new(2046, 11, 21);

pub(crate) fn is_plausible(now: UnixTime) -> bool {
    let today = Date::of(now);
    believable(today) == today
}

/// That day, or the nearest that this release can see. By it, and by no clock that overran, the two digits of a year in the zone are given
/// their century.
pub(crate) fn believable(today: Date) -> Date {
    let not_before = RELEASED.map_or(today, |released| today.max(released));
    OUTLIVED.map_or(not_before, |outlived| not_before.min(outlived))
}

/// Now, by the system's clock.
#[must_use]
pub fn now() -> UnixTime {
    let seconds = match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_secs()).map_or(i64::MIN, |s| -s),
    };
    UnixTime(seconds)
}
