//! What opens the chip, as the command line gives it.

use crate::exit::Failure;
use crate::lang;
use crate::secret::{Given, Secret};
use crate::talk;
use chipid::emrtd::mrz::Mrz;
use chipid::vietnam::personal_number::PersonalNumber;
use chipid::vietnam::qr::{Condition, QrText};
use chipid::{AccessKey, AccessKeys, Date, keys};
use clap::Args;
use zeroize::Zeroizing;

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

/// Keys to try, and what came with them.
pub(crate) struct Keys {
    pub(crate) keys: AccessKeys,
    /// What is to be compared with the signed data.
    pub(crate) beside: Beside,
    /// Whether the key says that this is a Vietnamese card.
    pub(crate) vietnamese: bool,
    /// What is told of them.
    pub(crate) given: GivenKey,
}

/// What came with the keys and says more than they do: a chip that opens may yet be another's.
#[derive(Default)]
pub(crate) struct Beside {
    /// The text of the QR code.
    pub(crate) qr: Option<QrText>,
    /// The personal number, whose last six digits open other cards too.
    pub(crate) number: Option<Zeroizing<String>>,
    /// The zone, where the chip may have been opened by its CAN.
    pub(crate) zone: Option<Mrz>,
}

/// What the keys were made of. Nothing of their values.
#[derive(Clone, Debug)]
pub(crate) struct GivenKey {
    pub(crate) source: KeySource,
    /// How many keys there are to try.
    pub(crate) candidates: usize,
    /// The characters of the zone that were put right, by their places: those that check digits prove, and those that they
    /// do not cover.
    pub(crate) repaired: Option<(Vec<u8>, Vec<u8>)>,
}

/// What somebody gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeySource {
    /// A CAN, PIN or PUK.
    Password,
    /// The zone.
    Mrz,
    /// Three values of the zone.
    Document,
    /// The text of a QR code.
    QrText,
    /// A picture of one.
    QrImage,
    /// The personal number alone.
    Number,
    /// The personal number with days.
    NumberAndDays,
}

impl KeySource {
    /// As the JSON has it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Mrz => "mrz",
            Self::Document => "document",
            Self::QrText => "qr_text",
            Self::QrImage => "qr_image",
            Self::Number => "number",
            Self::NumberAndDays => "number_and_days",
        }
    }
}

impl Keys {
    /// Keys of this source.
    pub(crate) fn of(source: KeySource, keys: impl Into<AccessKeys>) -> Self {
        let keys = keys.into();
        Self {
            given: GivenKey {
                source,
                candidates: keys.iter().count(),
                repaired: None,
            },
            keys,
            beside: Beside::default(),
            vietnamese: matches!(source, KeySource::Number | KeySource::NumberAndDays),
        }
    }

    fn of_qr(source: KeySource, (keys, qr): (AccessKeys, QrText)) -> Self {
        if qr.condition != Condition::Plain {
            talk::note(match qr.condition {
                Condition::Garbled => lang::QR_GARBLED,
                _ => lang::QR_ENCODING_REPAIRED,
            });
        }
        Self {
            beside: Beside {
                qr: Some(qr),
                ..Beside::default()
            },
            vietnamese: true,
            ..Self::of(source, keys)
        }
    }

    fn of_mrz(text: &str) -> Result<Self, Failure> {
        let (keys, zone) = keys::from_mrz_text(text)?;
        let changed = zone.proven.len().saturating_add(zone.unproven.len());
        if changed > 0 {
            talk::note(lang::MRZ_REPAIRED.with([&changed]));
        }
        let mut found = Self::of(KeySource::Mrz, keys);
        found.vietnamese = keys::is_vietnamese(&zone);
        found.given.repaired = (changed > 0).then_some((zone.proven, zone.unproven));
        found.beside.zone = Some(zone.mrz);
        Ok(found)
    }
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
        let password = |key: Result<AccessKey, _>| -> Result<Option<Keys>, Failure> {
            let key = key.map_err(chipid::Error::from)?;
            Ok(Some(Keys::of(KeySource::Password, key)))
        };
        if let Some(can) = &self.can {
            return password(AccessKey::can(&can.line()?));
        }
        if let Some(pin) = &self.pin {
            return password(AccessKey::pin(&pin.line()?));
        }
        if let Some(puk) = &self.puk {
            return password(AccessKey::puk(&puk.line()?));
        }
        if let Some(mrz) = &self.mrz {
            return Keys::of_mrz(&mrz.text()?).map(Some);
        }
        if let Some(number) = &self.document_number {
            let (Some(birth), Some(expiry)) = (&self.birth, &self.expiry) else {
                return Ok(None);
            };
            let (number, birth, expiry) = (number.line()?, birth.line()?, expiry.line()?);
            let key = AccessKey::document(number.trim(), birth.trim(), expiry.trim())
                .map_err(chipid::Error::from)?;
            return Ok(Some(Keys::of(KeySource::Document, key)));
        }
        if let Some(number) = &self.number {
            let number = number.line()?;
            let mut keys = self.of_number(&number)?;
            keys.beside.number = Some(Zeroizing::new(number.trim().to_owned()));
            return Ok(Some(keys));
        }
        let Some(qr) = &self.qr else {
            return Ok(None);
        };
        match qr.bytes(keys::is_picture)? {
            Given::Text(text) => Ok(Some(Keys::of_qr(KeySource::QrText, keys::from_qr(&text)?))),
            Given::Bytes(bytes) => {
                let source = if keys::is_picture(&bytes) {
                    KeySource::QrImage
                } else {
                    KeySource::QrText
                };
                Ok(Some(Keys::of_qr(source, keys::from_qr_bytes(&bytes)?)))
            }
        }
    }

    /// The personal number, with whatever days stand beside it.
    fn of_number(&self, number: &str) -> Result<Keys, Failure> {
        let Some(birth) = &self.birth else {
            let keys = keys::from_personal_number(number)?;
            return Ok(Keys::of(KeySource::Number, keys));
        };
        let birth = birth.line()?;
        if let Some(expiry) = &self.expiry {
            let number = PersonalNumber::new(number.trim()).map_err(chipid::Error::from)?;
            let of_zone = AccessKey::document(
                number.document_number(),
                birth.trim(),
                expiry.line()?.trim(),
            );
            let mut keys = keys::from_personal_number(number.as_str())?;
            keys.push(of_zone.map_err(chipid::Error::from)?);
            return Ok(Keys::of(KeySource::NumberAndDays, keys));
        }
        let Some(issued) = &self.issued else {
            return Err(Failure::new(lang::BIRTH_ALONE, lang::GIVE_ISSUED));
        };
        let issued = day(&issued.line()?, None)
            .ok_or_else(|| Failure::new(lang::NOT_A_DAY, lang::WRITE_DAY))?;
        let birth = day(&birth, Some(issued))
            .ok_or_else(|| Failure::new(lang::NOT_A_DAY, lang::WRITE_DAY))?;
        let keys = keys::from_number_and_days(number, birth, issued)?;
        Ok(Keys::of(KeySource::NumberAndDays, keys))
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
