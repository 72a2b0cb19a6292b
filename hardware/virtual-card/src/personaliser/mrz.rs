//! The machine readable zone, written: TD1, TD2, TD3.
//!
//! Doc 9303-3, 4.9 (check digits); Doc 9303-4, 4.2; 9303-5, 4.2; 9303-6, 4.2. The Vietnamese TD1 keeps the whole personal
//! number in its optional data, with a check digit of its own in column 30.

use super::holder::Holder;
use super::profile::{DocumentForm, Profile};
use crate::error::VirtualCardError;
use chipid_emrtd::time::Date;

/// The lines of the MRZ.
pub(crate) fn lines(profile: &Profile, holder: &Holder) -> Result<Vec<String>, VirtualCardError> {
    let invalid = |entry| VirtualCardError::HolderInvalid { entry };
    let name = name(holder).ok_or(invalid("surname"))?;
    let number = &holder.document_number;
    if number.is_empty()
        || !number
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    {
        return Err(invalid("document_number"));
    }
    if !matches!(holder.sex, 'M' | 'F' | '<') {
        return Err(invalid("sex"));
    }
    let code = filled(&profile.document_code, 2).ok_or(invalid("document_code"))?;
    let state = filled(&profile.issuing_state, 3).ok_or(invalid("issuing_state"))?;
    let nationality = filled(&holder.nationality, 3).ok_or(invalid("nationality"))?;
    let birth = match &holder.birth_written {
        None => yymmdd(holder.birth),
        Some(birth) if is_birth(&birth.mrz) => birth.mrz.clone(),
        Some(_) => return Err(invalid("birth_written")),
    };
    let birth = with_check_digit(&birth);
    let expiry = with_check_digit(&holder.expiry.map_or_else(|| "991231".into(), yymmdd));
    let sex = holder.sex;

    match profile.form {
        DocumentForm::Td1 => {
            let (number, optional) = long_number(number, 15).ok_or(invalid("document_number"))?;
            let optional = match &holder.personal_number {
                Some(personal) if optional.is_empty() => {
                    format!("{personal}<<{}", check_digit(personal))
                }
                _ => optional,
            };
            let optional = filled(&optional, 15).ok_or(invalid("personal_number"))?;
            let first = format!("{code}{state}{number}{optional}");
            let second = format!("{birth}{sex}{expiry}{nationality}{}", "<".repeat(11));
            let composite =
                check_digit(&format!("{}{birth}{expiry}{}", &first[5..], &second[18..]));
            Ok(vec![first, format!("{second}{composite}"), cut(&name, 30)])
        }
        DocumentForm::Td2 => {
            let (number, optional) = long_number(number, 7).ok_or(invalid("document_number"))?;
            let optional = filled(&optional, 7).ok_or(invalid("document_number"))?;
            let second = format!("{number}{nationality}{birth}{sex}{expiry}{optional}");
            let composite = check_digit(&format!("{number}{birth}{expiry}{optional}"));
            Ok(vec![
                format!("{code}{state}{}", cut(&name, 31)),
                format!("{second}{composite}"),
            ])
        }
        DocumentForm::Td3 => {
            let number = with_check_digit(&filled(number, 9).ok_or(invalid("document_number"))?);
            let personal = filled(holder.personal_number.as_deref().unwrap_or(""), 14)
                .ok_or(invalid("personal_number"))?;
            let personal = with_check_digit(&personal);
            let second = format!("{number}{nationality}{birth}{sex}{expiry}{personal}");
            let composite = check_digit(&format!("{number}{birth}{expiry}{personal}"));
            Ok(vec![
                format!("{code}{state}{}", cut(&name, 39)),
                format!("{second}{composite}"),
            ])
        }
    }
}

/// The document number, birth and expiry with their check digits, out of the lines of an MRZ (Doc 9303-11, 4.3.2).
pub(crate) fn information(lines: &[&str]) -> Option<String> {
    if !lines.iter().all(|line| line.is_ascii()) {
        return None;
    }
    let (number, dates, first_date, optional) = match *lines {
        [first, second, _] if lines.iter().all(|l| l.len() == 30) => {
            (&first[5..15], second, 0, &first[15..30])
        }
        [_, second] if lines.iter().all(|l| l.len() == 36) => {
            (&second[..10], second, 13, &second[28..35])
        }
        [_, second] if lines.iter().all(|l| l.len() == 44) => (&second[..10], second, 13, ""),
        _ => return None,
    };
    let birth = &dates[first_date..first_date + 7];
    let expiry = &dates[first_date + 8..first_date + 15];
    // A filler in place of the check digit: the number goes on in the optional data.
    let rest = optional.split('<').next().unwrap_or("");
    let number = match number.strip_suffix('<') {
        Some(front) if !rest.is_empty() => format!("{front}{rest}"),
        _ => number.to_string(),
    };
    Some(format!("{number}{birth}{expiry}"))
}

/// The check digit: weights 7, 3, 1 (Doc 9303-3, 4.9).
pub(crate) fn check_digit(text: &str) -> char {
    let sum: u32 = text
        .bytes()
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(byte, weight)| {
            weight
                * match byte {
                    b'0'..=b'9' => u32::from(byte - b'0'),
                    b'A'..=b'Z' => u32::from(byte - b'A') + 10,
                    _ => 0,
                }
        })
        .sum();
    char::from_digit(sum % 10, 10).unwrap_or('0')
}

fn with_check_digit(text: &str) -> String {
    format!("{text}{}", check_digit(text))
}

/// The number field with its check digit; what a number of more than nine characters puts into the optional data.
fn long_number(number: &str, room: usize) -> Option<(String, String)> {
    if number.len() <= 9 {
        return Some((with_check_digit(&filled(number, 9)?), String::new()));
    }
    let (front, rest) = number.split_at_checked(9)?;
    let rest = format!("{rest}{}<", check_digit(number));
    (rest.len() <= room).then(|| (format!("{front}<"), rest))
}

fn is_birth(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit() || b == b'<')
}

fn yymmdd(date: Date) -> String {
    format!(
        "{:02}{:02}{:02}",
        date.year() % 100,
        date.month(),
        date.day()
    )
}

fn name(holder: &Holder) -> Option<String> {
    let part = |text: &str| {
        text.bytes()
            .all(|b| b.is_ascii_uppercase() || b == b' ')
            .then(|| text.trim().replace(' ', "<"))
    };
    let surname = part(&holder.surname).filter(|s| !s.is_empty())?;
    Some(format!("{surname}<<{}", part(&holder.given_names)?))
}

fn filled(text: &str, len: usize) -> Option<String> {
    (text.len() <= len && text.is_ascii()).then(|| format!("{text:<<len$}"))
}

fn cut(text: &str, len: usize) -> String {
    let mut line = format!("{text:<<len$}");
    line.truncate(len);
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Doc 9303-11, D.2: all four documents lead to the two strings that the standard prints.
    #[test]
    fn mrz_information_worked_examples_d2() {
        let short = "L898902C<369080619406236";
        let long = "D23145890734934071279507122";
        for (lines, expected) in [
            (
                &[
                    "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<",
                    "D23145890<UTO3407127M95071227349<<<8",
                ][..],
                long,
            ),
            (
                &[
                    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
                    "L898902C<3UTO6908061F9406236<<<<<<<8",
                ],
                short,
            ),
            (
                &[
                    "I<UTOD23145890<7349<<<<<<<<<<<",
                    "3407127M9507122UTO<<<<<<<<<<<2",
                    "STEVENSON<<PETER<JOHN<<<<<<<<<",
                ],
                long,
            ),
            (
                &[
                    "I<UTOL898902C<3<<<<<<<<<<<<<<<",
                    "6908061F9406236UTO<<<<<<<<<<<1",
                    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
                ],
                short,
            ),
        ] {
            assert_eq!(information(lines).as_deref(), Some(expected));
        }
        assert_eq!(information(&["", "é"]), None);
    }

    /// The zones of D.2 again, written from the holders that they name.
    #[test]
    fn zones_of_d2_are_written() {
        let mut profile = Profile::builtin("vn-2021").unwrap();
        let mut holder = profile.holder.clone();
        profile.document_code = "I".into();
        profile.issuing_state = "UTO".into();
        holder.nationality = "UTO".into();
        holder.personal_number = None;
        holder.surname = "STEVENSON".into();
        holder.given_names = "PETER JOHN".into();
        holder.document_number = "D23145890734".into();
        holder.sex = 'M';
        holder.birth = Date::new(1934, 7, 12).unwrap();
        holder.expiry = Date::new(1995, 7, 12);
        assert_eq!(
            lines(&profile, &holder).unwrap(),
            [
                "I<UTOD23145890<7349<<<<<<<<<<<",
                "3407127M9507122UTO<<<<<<<<<<<2",
                "STEVENSON<<PETER<JOHN<<<<<<<<<",
            ]
        );
        profile.form = DocumentForm::Td2;
        assert_eq!(
            lines(&profile, &holder).unwrap(),
            [
                "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<",
                "D23145890<UTO3407127M95071227349<<<8",
            ]
        );
        // Doc 9303-4, appendix B.
        profile.form = DocumentForm::Td3;
        profile.document_code = "P".into();
        holder.surname = "ERIKSSON".into();
        holder.given_names = "ANNA MARIA".into();
        holder.document_number = "L898902C3".into();
        holder.sex = 'F';
        holder.birth = Date::new(1974, 8, 12).unwrap();
        holder.expiry = Date::new(2012, 4, 15);
        holder.personal_number = Some("ZE184226B".into());
        assert_eq!(
            lines(&profile, &holder).unwrap(),
            [
                "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
            ]
        );
    }

    /// The zone of the Vietnamese card's published form, with its second check digit in column 30.
    #[test]
    fn the_vietnamese_zone() {
        let profile = Profile::builtin("vn-2021").unwrap();
        let mut holder = profile.holder.clone();
        holder.personal_number = Some("001099000017".into());
        holder.document_number = "099000017".into();
        holder.birth = Date::new(1999, 3, 15).unwrap();
        holder.expiry = Date::new(2024, 3, 15);
        assert_eq!(
            lines(&profile, &holder).unwrap(),
            [
                "IDVNM0990000176001099000017<<7",
                "9903159M2403155VNM<<<<<<<<<<<4",
                "LE<<THU<NGHIEM<<<<<<<<<<<<<<<<",
            ]
        );
        holder.expiry = None;
        assert!(lines(&profile, &holder).unwrap()[1].contains("991231"));
    }
}
