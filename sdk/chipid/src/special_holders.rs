//! Holders for whom the usual does not hold: children, cards without end, births known in part.
//!
//! Only for Vietnamese identity cards, whose DG13 says when they were issued. What follows from a portrait's age is the
//! policy's: [`Policy::portrait_bounds`](crate::Policy::portrait_bounds).

use crate::codes;
use crate::validity::{self, Expiry};
use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::finding::{Code, Finding, Findings, codes as core};
use chipid_emrtd::time::Date;
use chipid_emrtd::verification::{AuthenticDocument, Verification};
use chipid_vietnam::age::{Age, Birth};
use chipid_vietnam::dg13::{Dg13, Field};
use chipid_vietnam::mrz_rules::number_in_optional_data;
use chipid_vietnam::portrait_age::PortraitAge;
use std::fmt;

/// Under this age a card runs to the fourteenth birthday, and others act for the holder (Law 26/2023, Article 21).
pub const CHILD_UNDER: u16 = 14;
/// Under this age neither face nor fingers nor irises are taken (Law 26/2023, Article 23).
pub const NO_FACE_UNDER: u16 = 6;

/// What is particular about the holder of a Vietnamese card, from signed data.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SpecialHolder {
    /// The birth, as far as it is known; `None` where no part of it is.
    pub birth: Option<Birth>,
    /// The age on the day of the check.
    pub age: Option<Age>,
    /// How old the portrait is; `None` where neither the day of issue nor the time of signing is known.
    pub portrait: Option<PortraitAge>,
    /// Whether the security object covers a face. A chip without one is not to be opened to faces from elsewhere.
    pub face_on_chip: bool,
    /// Whether the card runs without end.
    pub no_expiry: bool,
}

/// What the card is, nothing of whoever it belongs to.
impl fmt::Debug for SpecialHolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SpecialHolder")
            .field("face_on_chip", &self.face_on_chip)
            .field("no_expiry", &self.no_expiry)
            .finish_non_exhaustive()
    }
}

impl SpecialHolder {
    /// Whether the holder is under 6, or may be: then no comparison of faces counts.
    #[must_use]
    pub fn has_no_face_by_law(&self) -> bool {
        self.age.is_some_and(|age| age.may_be_under(NO_FACE_UNDER))
    }

    pub(crate) fn of(
        document: &AuthenticDocument,
        dg13: Option<&Dg13>,
        verification: &Verification,
        own: &mut Findings,
    ) -> Self {
        let today = validity::local_date("VNM", verification.checked_at);
        let passive = &verification.passive_authentication;
        let (birth, contradicted) = birth_of(document, dg13, today);
        if contradicted {
            note(own, core::HOLDER_MISMATCH, Some("birth"));
        }
        match birth {
            Some(Birth::Day(_)) => {}
            Some(Birth::Month { .. }) => note(own, codes::BIRTH_PARTLY_UNKNOWN, Some("day")),
            Some(Birth::Year(_)) => note(own, codes::BIRTH_PARTLY_UNKNOWN, Some("day_and_month")),
            None => note(own, codes::BIRTH_PARTLY_UNKNOWN, Some("all")),
        }
        let age = birth.and_then(|birth| birth.age_on(today));
        for (code, years) in [
            (codes::HOLDER_UNDER_14, CHILD_UNDER),
            (codes::HOLDER_UNDER_6, NO_FACE_UNDER),
        ] {
            match age.map(|age| age.reaches(years)) {
                Some(Some(false)) => note(own, code, None),
                Some(None) => note(own, code, Some("perhaps")),
                Some(Some(true)) | None => {}
            }
        }
        // The photograph is at least as old as the card, and the card as the signature over it.
        let issued = dg13
            .and_then(|d| d.issue.present().copied())
            .or_else(|| Some(validity::local_date("VNM", passive.signed_at()?)));
        Self {
            birth,
            age,
            portrait: issued.and_then(|issued| PortraitAge::on(today, issued, birth)),
            face_on_chip: passive.covers(DataGroup::FACE),
            no_expiry: validity::expiry(document, today) == Some(Expiry::Never),
        }
    }
}

fn note(own: &mut Findings, code: Code, detail: Option<&'static str>) {
    own.push(Finding {
        code,
        file: Some(FileId::DG1),
        detail,
    });
}

/// The birth by DG13, else by the zone with the number's century; and whether DG13, where it knows the birth in part,
/// contradicts the zone. Where both know all of it, the check of consistency compares them.
fn birth_of(
    document: &AuthenticDocument,
    dg13: Option<&Dg13>,
    today: Date,
) -> (Option<Birth>, bool) {
    let mrz = document.mrz();
    let zone = mrz.birth();
    let in_zone = |at: usize| {
        zone.as_str()
            .get(at..at.saturating_add(2))?
            .parse::<u8>()
            .ok()
    };
    let (yy, month, day) = (in_zone(0), in_zone(2), in_zone(4));
    let said = match dg13.map(|d| &d.birth) {
        Some(Field::Present(date)) => return (Some(Birth::Day(*date)), false),
        Some(Field::Unreadable(bytes)) => std::str::from_utf8(bytes.as_bytes())
            .ok()
            .and_then(Birth::parse),
        _ => None,
    };
    if let Some(birth) = said {
        let year = u8::try_from(birth.year() % 100).ok();
        let differ = |a: Option<u8>, b: Option<u8>| a.zip(b).is_some_and(|(a, b)| a != b);
        return (
            Some(birth),
            differ(yy, year)
                || differ(month, birth.month())
                || differ(day, birth.day().map(Date::day)),
        );
    }
    let number = number_in_optional_data(mrz.optional_data());
    let birth = yy.and_then(|yy| {
        let yy = u16::from(yy);
        let by_number = number.map(|n| n.number.birth_year());
        let this_century = (today.year() / 100).saturating_mul(100).saturating_add(yy);
        let year =
            by_number
                .filter(|year| year % 100 == yy)
                .unwrap_or(if this_century > today.year() {
                    this_century.saturating_sub(100)
                } else {
                    this_century
                });
        Birth::new(year, month, day)
    });
    (birth, false)
}
