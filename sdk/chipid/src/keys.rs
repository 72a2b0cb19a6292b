//! Access keys from whatever is at hand: candidates in the order of least tries.
//!
//! A Vietnamese card opens with PACE and a CAN that is the end of the personal number: one try, and no day is needed. A
//! chip that has no PACE wants the zone's key, for which the day of expiry must be reckoned from birth and issue
//! ([`chipid_vietnam::expiry`]). Keys of the zone stand behind the CAN, and all together are no more than
//! [`AccessKeys::MAX_TRIES`].

use crate::error::Error;
use chipid_emrtd::access_key::{AccessKey, AccessKeys};
use chipid_emrtd::time::Date;
use chipid_vietnam::age::Birth;
use chipid_vietnam::expiry;
use chipid_vietnam::mrz_repair::{self, RepairedMrz};
use chipid_vietnam::mrz_rules::number_in_optional_data;
use chipid_vietnam::personal_number::PersonalNumber;
use chipid_vietnam::qr::{self, QrError, QrText, encoding};

/// The key of a Vietnamese card from its 12-digit personal number: the last six digits are its CAN.
///
/// # Errors
/// [`Error::PersonalNumber`].
pub fn from_personal_number(number: &str) -> Result<AccessKeys, Error> {
    let number = PersonalNumber::new(number.trim())?;
    Ok(AccessKey::can(number.can())?.into())
}

/// The keys of a Vietnamese card from its personal number and the days of birth and issue: the CAN, then the zone's key
/// with each day of expiry that the law makes likely.
///
/// # Errors
/// [`Error::PersonalNumber`].
pub fn from_number_and_days(number: &str, birth: Date, issue: Date) -> Result<AccessKeys, Error> {
    candidates(
        &PersonalNumber::new(number.trim())?,
        Birth::Day(birth),
        issue,
    )
}

/// The keys of a Vietnamese card from the text of its QR code, and the text itself, to be compared with the signed data
/// ([`Assessment::with_qr`](crate::Assessment::with_qr)). The QR code is not signed: nothing in it is believed.
///
/// # Errors
/// [`Error::Qr`].
pub fn from_qr(text: &str) -> Result<(AccessKeys, QrText), Error> {
    let qr = QrText::parse(text)?;
    let keys = candidates(&qr.number, qr.birth, qr.issue)?;
    Ok((keys, qr))
}

/// No text is looked at whose bytes are more, in whatever encoding.
const MOST_TEXT: usize = 4 * qr::MAX_LEN;

/// As [`from_qr`], from a picture of the code or from a text of any encoding: told apart by the first bytes.
///
/// # Errors
/// [`Error::Qr`], [`Error::QrImage`], [`Error::Face`] for a picture that is damaged or too large.
pub fn from_qr_bytes(bytes: &[u8]) -> Result<(AccessKeys, QrText), Error> {
    let text = if is_picture(bytes) {
        crate::qr_image::text(bytes)?
    } else {
        if bytes.len() > MOST_TEXT {
            return Err(QrError::TooLong { found: bytes.len() }.into());
        }
        encoding::decode(bytes)
    };
    from_qr(&text)
}

/// The key from the text of a machine readable zone, as a camera read it: what was confused is put right where the check
/// digits prove it. The zone serves for the key; nothing in it is believed. That of a Vietnamese card gives the CAN too.
///
/// # Errors
/// [`Error::MrzRepair`].
pub fn from_mrz_text(text: &str) -> Result<(AccessKeys, RepairedMrz), Error> {
    let zone = mrz_repair::repair(text)?;
    let mut keys = AccessKeys::new();
    keys.push(AccessKey::mrz(zone.mrz.as_str())?);
    if is_vietnamese(&zone)
        && let Some(number) = number_in_optional_data(zone.mrz.optional_data())
    {
        keys.push(AccessKey::can(number.number.can())?);
    }
    Ok((keys, zone))
}

/// Whether the zone says that it is of a Vietnamese identity card.
#[must_use]
pub fn is_vietnamese(zone: &RepairedMrz) -> bool {
    zone.mrz.issuing_state() == "VNM" && zone.mrz.document_code().starts_with('I')
}

/// Whether these are the first bytes of a picture, of whatever kind.
#[must_use]
pub fn is_picture(start: &[u8]) -> bool {
    const SIGNATURES: [&[u8]; 8] = [
        b"\xFF\xD8\xFF",
        b"\x89PNG",
        b"GIF8",
        b"BM",
        b"RIFF",
        b"\x00\x00\x00\x0CjP",
        b"\xFF\x4F\xFF\x51",
        b"\x00\x00\x00\x18ftyp",
    ];
    SIGNATURES.iter().any(|s| start.starts_with(s))
}

fn candidates(number: &PersonalNumber, birth: Birth, issue: Date) -> Result<AccessKeys, Error> {
    let mut keys = AccessKeys::from(AccessKey::can(number.can())?);
    // Where only the year or the month is known, registers put down the first day of it.
    let month = birth.month().unwrap_or(1);
    let Some(first) = birth.day().or_else(|| Date::new(birth.year(), month, 1)) else {
        return Ok(keys);
    };
    let day = expiry::CardExpiry::On(first).mrz();
    let mut births = vec![day.clone()];
    if birth.day().is_none() {
        // What the zone has for the rest by Doc 9303-3, 4.8.
        let known = if birth.month().is_some() { 4 } else { 2 };
        let filled: String = day.chars().take(known).collect();
        births.insert(0, format!("{filled:<<6}"));
    }
    let room = usize::from(AccessKeys::MAX_TRIES).saturating_sub(keys.iter().count());
    let zones = expiry::candidates(first, issue)
        .into_iter()
        .flat_map(|until| births.iter().map(move |born| (born, until)));
    for (born, until) in zones.take(room) {
        let key = AccessKey::document(number.document_number(), born, &until.mrz())?;
        keys.push(key);
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chipid_emrtd::access_key::PasswordKind;

    const QR: &str = "001099000017||Lê Thử Nghiệm|15031999|Nam|Số 1 Phố Mẫu, Hà Nội|10052021";
    const ZONE: &str = "IDVNM0990000176001099000017<<7\n9903159M2403155VNM<<<<<<<<<<<4\nLE<<THU<NGHIEM<<<<<<<<<<<<<<<<";

    fn kinds(keys: &AccessKeys) -> Vec<PasswordKind> {
        keys.iter().map(AccessKey::kind).collect()
    }

    #[test]
    fn a_number_alone_gives_the_can() {
        let can: AccessKeys = AccessKey::can("000017").unwrap().into();
        assert_eq!(from_personal_number(" 001099000017\n").unwrap(), can);
        assert!(from_personal_number("00109900001").is_err());
    }

    #[test]
    fn a_qr_code_gives_the_can_and_then_the_keys_of_the_zone() {
        let (keys, qr) = from_qr(QR).unwrap();
        let found: Vec<&AccessKey> = keys.iter().collect();
        assert_eq!(*found[0], AccessKey::can("000017").unwrap());
        // What the zone of this card has: document number, birth, and the expiry that the law gives.
        assert_eq!(
            *found[1],
            AccessKey::document("099000017", "990315", "240315").unwrap()
        );
        assert_eq!(*found[1], AccessKey::mrz(ZONE).unwrap());
        assert!(kinds(&keys)[1..].iter().all(|k| *k == PasswordKind::Mrz));
        assert_eq!(
            from_number_and_days("001099000017", qr.birth.day().unwrap(), qr.issue).unwrap(),
            keys
        );
        assert!(from_qr("nonsense").is_err());
        // Of a birth that is known in part the zone has fillers, or the first day that it may be.
        let (keys, _) = from_qr(&QR.replace("15031999", "00001999")).unwrap();
        let found: Vec<&AccessKey> = keys.iter().collect();
        assert_eq!(found.len(), 5);
        for (place, born) in [(1, "99<<<<"), (2, "990101")] {
            let expected = AccessKey::document("099000017", born, "240101").unwrap();
            assert_eq!(*found[place], expected);
        }
    }

    #[test]
    fn never_more_candidates_than_tries() {
        for year in 1925..2024 {
            for (month, day) in [(1, 1), (2, 28), (7, 1)] {
                let birth = Date::new(year, month, day).unwrap();
                for issue in [
                    Date::new(2021, 5, 10),
                    Date::new(2024, 7, 1),
                    Date::new(2026, 2, 28),
                ] {
                    let keys = from_number_and_days("001099000017", birth, issue.unwrap()).unwrap();
                    let count = keys.iter().count();
                    assert!((2..=usize::from(AccessKeys::MAX_TRIES)).contains(&count));
                }
            }
        }
    }

    #[test]
    fn a_zone_of_a_vietnamese_card_gives_both_keys() {
        let (keys, zone) = from_mrz_text(&ZONE.replace('0', "O")).unwrap();
        assert!(is_vietnamese(&zone));
        let expected: AccessKeys = [
            AccessKey::mrz(ZONE).unwrap(),
            AccessKey::can("000017").unwrap(),
        ]
        .into_iter()
        .collect();
        assert_eq!(keys, expected);
        let passport = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
        let (keys, zone) = from_mrz_text(passport).unwrap();
        assert_eq!(kinds(&keys), [PasswordKind::Mrz]);
        assert!(!is_vietnamese(&zone) && zone.proven.is_empty());
        assert_eq!(from_mrz_text("nonsense").unwrap_err().code(), 8171);
    }

    #[test]
    fn bytes_are_told_apart() {
        let (keys, _) = from_qr(QR).unwrap();
        assert_eq!(from_qr_bytes(QR.as_bytes()).unwrap().0, keys);
        let utf16: Vec<u8> = core::iter::once(0xFEFF)
            .chain(QR.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(from_qr_bytes(&utf16).unwrap().0, keys);
        assert!(matches!(
            from_qr_bytes(b"\xFF\xD8\xFF"),
            Err(Error::Face(_))
        ));
        assert!(matches!(from_qr_bytes(b"GIF89a"), Err(Error::Face(_))));
    }
}
