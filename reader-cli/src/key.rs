//! What opens the chip, as the command line gives it.

pub(crate) use chipid::given_keys::{Beside, GivenKeys as Keys, KeyOrigin as GivenKey, KeySource};

use crate::exit::Failure;
use crate::lang;
use crate::secret::{Given, Secret};
use crate::talk;
use chipid::vietnam::qr::Condition;
use chipid::{Date, keys};
use clap::Args;

/// KEY
#[derive(Args, Debug, Default)]
#[group(id = "key", multiple = true)]
#[command(next_help_heading = "Key")]
pub(crate) struct KeyArguments {
    /// The card access number, six digits; - reads it from standard input
    #[arg(long, value_name = "DIGITS", group = "one_key")]
    can: Option<Secret>,
    /// The holder's PIN; - reads it from standard input. A few wrong ones block it, so no other key stands in for it
    #[arg(long, value_name = "DIGITS", group = "one_key")]
    pin: Option<Secret>,
    /// The number that unblocks the PIN; - reads it from standard input
    #[arg(long, value_name = "DIGITS", group = "one_key")]
    puk: Option<Secret>,
    /// The whole machine readable zone: text, @FILE or -. What a camera confused (O for 0) is put right where check digits
    /// prove it
    #[arg(long, value_name = "TEXT", group = "one_key")]
    mrz: Option<Secret>,
    /// The document number, with --birth and --expiry
    #[arg(
        long,
        value_name = "N",
        groups = ["one_key", "numbered"],
        requires = "birth",
        requires = "expiry"
    )]
    document_number: Option<Secret>,
    /// The day of birth, with --document-number or --number
    #[arg(long, value_name = "YYMMDD", requires = "numbered")]
    birth: Option<Secret>,
    /// The last day of validity, with --document-number or --number
    #[arg(long, value_name = "YYMMDD", requires = "birth")]
    expiry: Option<Secret>,
    /// The day of issue, with --number and --birth: the last day of validity is reckoned from it
    #[arg(
        long,
        value_name = "YYYY-MM-DD",
        requires = "number",
        requires = "birth",
        conflicts_with = "expiry"
    )]
    issued: Option<Secret>,
    /// The QR code of a Vietnamese card: its text, a picture of it, @FILE with either, or -
    #[arg(long, value_name = "TEXT|IMAGE", group = "one_key")]
    qr: Option<Secret>,
    /// The personal number of a Vietnamese card, twelve digits; - reads it from standard input. Where the chip has no PACE,
    /// --birth and --issued are needed too
    #[arg(long, value_name = "DIGITS", groups = ["one_key", "numbered"])]
    number: Option<Secret>,
}

/// Says what had to be put right in a QR code.
fn told_of_qr(keys: Keys) -> Keys {
    let condition = keys.beside.qr.as_ref().map(|qr| qr.condition);
    match condition {
        None | Some(Condition::Plain) => {}
        Some(Condition::Garbled) => talk::note(lang::QR_GARBLED),
        Some(_) => talk::note(lang::QR_ENCODING_REPAIRED),
    }
    keys
}

/// Says how much had to be put right in a zone.
fn told_of_mrz(keys: Keys) -> Keys {
    if let Some((proven, unproven)) = &keys.given.repaired {
        let changed = proven.len().saturating_add(unproven.len());
        talk::note(lang::MRZ_REPAIRED.with([&changed]));
    }
    keys
}

impl KeyArguments {
    /// CAN, MRZ, QR text and number, where another verb has options of its own for them.
    pub(crate) fn of([can, mrz, qr, number]: [&Option<Secret>; 4]) -> Self {
        Self {
            can: can.clone(),
            mrz: mrz.clone(),
            qr: qr.clone(),
            number: number.clone(),
            ..Self::default()
        }
    }

    /// The keys that were given; `None` where none was.
    pub(crate) fn read(&self) -> Result<Option<Keys>, Failure> {
        if let Some(can) = &self.can {
            return Ok(Some(Keys::can(&can.line()?)?));
        }
        if let Some(pin) = &self.pin {
            return Ok(Some(Keys::pin(&pin.line()?)?));
        }
        if let Some(puk) = &self.puk {
            return Ok(Some(Keys::puk(&puk.line()?)?));
        }
        if let Some(mrz) = &self.mrz {
            return Ok(Some(told_of_mrz(Keys::mrz(&mrz.text()?)?)));
        }
        if let Some(number) = &self.document_number {
            let (Some(birth), Some(expiry)) = (&self.birth, &self.expiry) else {
                return Ok(None);
            };
            let (number, birth, expiry) = (number.line()?, birth.line()?, expiry.line()?);
            return Ok(Some(Keys::document(&number, &birth, &expiry)?));
        }
        if let Some(number) = &self.number {
            return self.of_number(&number.line()?).map(Some);
        }
        let Some(qr) = &self.qr else {
            return Ok(None);
        };
        let keys = match qr.bytes(keys::is_picture)? {
            Given::Text(text) => Keys::qr_text(&text)?,
            Given::Bytes(bytes) => Keys::qr(&bytes)?,
        };
        Ok(Some(told_of_qr(keys)))
    }

    /// The personal number, with whatever days stand beside it.
    fn of_number(&self, number: &str) -> Result<Keys, Failure> {
        let Some(birth) = &self.birth else {
            return Ok(Keys::number(number)?);
        };
        let birth = birth.line()?;
        if let Some(expiry) = &self.expiry {
            return Ok(Keys::number_and_expiry(number, &birth, &expiry.line()?)?);
        }
        let Some(issued) = &self.issued else {
            return Err(Failure::new(lang::BIRTH_ALONE, lang::GIVE_ISSUED));
        };
        let issued = day(&issued.line()?, None)
            .ok_or_else(|| Failure::new(lang::NOT_A_DAY, lang::WRITE_DAY))?;
        let birth = day(&birth, Some(issued))
            .ok_or_else(|| Failure::new(lang::NOT_A_DAY, lang::WRITE_DAY))?;
        Ok(Keys::number_and_days(number, birth, issued)?)
    }
}

/// `YYYY-MM-DD`, `DD/MM/YYYY`, or `YYMMDD` in the latest century in which it is not after `latest`.
fn day(text: &str, latest: Option<Date>) -> Option<Date> {
    let text = text.trim();
    let part = |from: usize, to: usize| -> Option<u16> {
        let digits = text.get(from..to)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
        digits.parse().ok()
    };
    let of = |year: u16, month: Option<u16>, day: Option<u16>| {
        Date::new(year, u8::try_from(month?).ok()?, u8::try_from(day?).ok()?)
    };
    match (text.len(), text.get(4..5), text.get(2..3)) {
        (10, Some("-"), _) => of(part(0, 4)?, part(5, 7), part(8, 10)),
        (10, _, Some("/")) => of(part(6, 10)?, part(3, 5), part(0, 2)),
        (6, ..) => {
            let latest = latest?;
            let century = latest.year() / 100 * 100;
            [century, century.checked_sub(100)?]
                .into_iter()
                .filter_map(|century| of(century.checked_add(part(0, 2)?)?, part(2, 4), part(4, 6)))
                .find(|day| *day <= latest)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_people_write_them() {
        let latest = Date::new(2021, 5, 10);
        let expected = Date::new(1999, 3, 15);
        for text in ["1999-03-15", "15/03/1999", "990315", " 990315\n"] {
            assert_eq!(day(text, latest), expected, "{text}");
        }
        assert_eq!(day("200101", latest), Date::new(2020, 1, 1));
        assert_eq!(day("210511", latest), Date::new(1921, 5, 11));
        for text in [
            "",
            "1999",
            "1999-3-15",
            "31/02/1999",
            "15-03-1999",
            "+9903-1-1",
            "ữ90315",
        ] {
            assert_eq!(day(text, latest), None, "{text}");
        }
        // A year of two digits needs something to be before.
        assert_eq!(day("990315", None), None);
    }
}
