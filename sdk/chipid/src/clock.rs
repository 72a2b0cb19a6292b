//! The system's clock. What it says is checked for plausibility where it matters.

use chipid_emrtd::time::UnixTime;
use std::time::{SystemTime, UNIX_EPOCH};

/// Now, by the system's clock.
#[must_use]
pub fn now() -> UnixTime {
    let seconds = match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_secs()).map_or(i64::MIN, |s| -s),
    };
    UnixTime(seconds)
}
