//! Days as the card and its QR code write them.

use chipid_emrtd::time::Date;

/// `dd/mm/yyyy`, as in DG13.
pub(crate) fn slashed(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    date(day, month, year)
}

/// `ddmmyyyy`, as in the QR code.
pub(crate) fn compact(text: &str) -> Option<Date> {
    date(text.get(..2)?, text.get(2..4)?, text.get(4..)?)
}

fn date(day: &str, month: &str, year: &str) -> Option<Date> {
    Date::new(
        digits(year, 4)?,
        u8::try_from(digits(month, 2)?).ok()?,
        u8::try_from(digits(day, 2)?).ok()?,
    )
}

fn digits(text: &str, count: usize) -> Option<u16> {
    // `parse` alone would let a sign through.
    (text.len() == count && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_day() {
        let day = Date::new(1999, 3, 15);
        assert!(day.is_some());
        assert_eq!(slashed("15/03/1999"), day);
        assert_eq!(compact("15031999"), day);
    }

    #[test]
    fn what_is_not_a_day() {
        for text in [
            "",
            "1999",
            "15/3/1999",
            "31/02/1999",
            "15/03/99",
            "+5/03/1999",
            "15/03/1999/",
            "00/00/1950",
            "15-03-1999",
        ] {
            assert_eq!(slashed(text), None, "{text}");
        }
        for text in [
            "",
            "1503199",
            "150319990",
            "31021999",
            "15/03/1999",
            "ữ031999",
        ] {
            assert_eq!(compact(text), None, "{text}");
        }
    }
}
