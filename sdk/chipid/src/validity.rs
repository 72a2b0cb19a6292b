//! Whether the document has expired.

use crate::clock;
use crate::codes;
use crate::holder::{is_vietnamese, is_vietnamese_card};
use chipid_emrtd::finding::{Check, codes as core};
use chipid_emrtd::time::{Date, UnixTime};
use chipid_emrtd::verification::AuthenticDocument;
use chipid_vietnam::mrz_rules;
use std::fmt;

/// Vietnam keeps UTC+7 all year.
const VIETNAM_OFFSET: i64 = 7 * 3600;

/// Until when a document runs. The day is part of the key to the chip: hidden in `Debug`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// The last day, inclusive.
    On(Date),
    /// Without end.
    Never,
}

impl fmt::Debug for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::On(_) => "On",
            Self::Never => "Never",
        })
    }
}

impl fmt::Display for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(date) => date.fmt(f),
            Self::Never => f.write_str("never"),
        }
    }
}

/// The calendar day at the issuer: UTC+7 for Vietnam, UTC for others.
pub(crate) fn local_date(issuing_state: &str, now: UnixTime) -> Date {
    let offset = if is_vietnamese(issuing_state) {
        VIETNAM_OFFSET
    } else {
        0
    };
    Date::of(UnixTime(now.0.saturating_add(offset)))
}

/// The expiry of the machine readable zone; `None` where it names no day.
pub(crate) fn expiry(document: &AuthenticDocument, today: Date) -> Option<Expiry> {
    let mrz = document.mrz();
    let date = mrz.expiry();
    if is_vietnamese_card(document) && mrz_rules::is_no_expiry(date.as_str()) {
        return Some(Expiry::Never);
    }
    date.as_expiry(clock::believable(today)).map(Expiry::On)
}

pub(crate) fn check(
    document: Option<&AuthenticDocument>,
    now: UnixTime,
) -> (Check<Expiry>, Option<Expiry>) {
    let Some(document) = document else {
        return (Check::NotPerformed(core::NOT_AUTHENTICATED), None);
    };
    let today = local_date(document.mrz().issuing_state(), now);
    match expiry(document, today) {
        None => (Check::NotPerformed(codes::EXPIRY_UNKNOWN), None),
        Some(Expiry::On(last)) if today > last => (
            Check::Failed(core::DOCUMENT_EXPIRED),
            Some(Expiry::On(last)),
        ),
        Some(running) => (Check::Passed(running), Some(running)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_seven_hours_earlier_in_vietnam() {
        let evening = UnixTime(Date::new(2030, 3, 15).unwrap().midnight_utc().0 + 18 * 3600);
        assert_eq!(local_date("VNM", evening), Date::new(2030, 3, 16).unwrap());
        assert_eq!(local_date("D", evening), Date::new(2030, 3, 15).unwrap());
    }
}
