//! What opens the chip, as the command line gives it.

use crate::exit::Failure;
use crate::lang;
use crate::secret::Secret;
use chipid::vietnam::qr::QrText;
use chipid::{AccessKey, AccessKeys, keys};
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
    /// The whole machine readable zone: text, @FILE or -
    #[arg(long, value_name = "TEXT", group = "one_key")]
    mrz: Option<Secret>,
    /// The document number, with --birth and --expiry
    #[arg(
        long,
        value_name = "N",
        group = "one_key",
        requires = "birth",
        requires = "expiry"
    )]
    document_number: Option<Secret>,
    /// The day of birth, with --document-number
    #[arg(long, value_name = "YYMMDD", requires = "document_number")]
    birth: Option<Secret>,
    /// The last day of validity, with --document-number
    #[arg(long, value_name = "YYMMDD", requires = "document_number")]
    expiry: Option<Secret>,
    /// The text of a Vietnamese card's QR code: text, @FILE or -
    #[arg(long, value_name = "TEXT", group = "one_key")]
    qr: Option<Secret>,
    /// The personal number of a Vietnamese card, twelve digits; - reads it from standard input
    #[arg(long, value_name = "DIGITS", group = "one_key")]
    number: Option<Secret>,
}

/// Keys to try, and what came with them.
pub(crate) struct Keys {
    pub(crate) keys: AccessKeys,
    /// The QR text, to be compared with the signed data.
    pub(crate) qr: Option<QrText>,
    /// Whether the key says that this is a Vietnamese card.
    pub(crate) vietnamese: bool,
}

impl From<AccessKeys> for Keys {
    fn from(keys: AccessKeys) -> Self {
        Self {
            keys,
            qr: None,
            vietnamese: false,
        }
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
        let one = |key: AccessKey| Some(AccessKeys::from(key).into());
        if let Some(can) = &self.can {
            return Ok(one(
                AccessKey::can(&can.line()?).map_err(chipid::Error::from)?
            ));
        }
        if let Some(pin) = &self.pin {
            return Ok(one(
                AccessKey::pin(&pin.line()?).map_err(chipid::Error::from)?
            ));
        }
        if let Some(puk) = &self.puk {
            return Ok(one(
                AccessKey::puk(&puk.line()?).map_err(chipid::Error::from)?
            ));
        }
        if let Some(mrz) = &self.mrz {
            return Ok(one(
                AccessKey::mrz(&mrz.text()?).map_err(chipid::Error::from)?
            ));
        }
        if let (Some(number), Some(birth), Some(expiry)) =
            (&self.document_number, &self.birth, &self.expiry)
        {
            let (number, birth, expiry) = (number.line()?, birth.line()?, expiry.line()?);
            let key = AccessKey::document(number.trim(), birth.trim(), expiry.trim());
            return Ok(one(key.map_err(chipid::Error::from)?));
        }
        if let Some(number) = &self.number {
            return Ok(Some(Keys {
                keys: keys::from_personal_number(&number.line()?)?,
                qr: None,
                vietnamese: true,
            }));
        }
        if let Some(qr) = &self.qr {
            if qr.file_bytes().is_some_and(|start| is_image(&start)) {
                return Err(Failure::new(lang::QR_PICTURE, lang::SCAN_QR));
            }
            let (keys, qr) = keys::from_qr(&qr.text()?)?;
            return Ok(Some(Keys {
                keys,
                qr: Some(qr),
                vietnamese: true,
            }));
        }
        Ok(None)
    }
}

fn is_image(start: &[u8]) -> bool {
    const SIGNATURES: [&[u8]; 6] = [
        b"\xFF\xD8\xFF",
        b"\x89PNG",
        b"GIF8",
        b"BM",
        b"RIFF",
        b"\x00\x00\x00\x0CjP",
    ];
    SIGNATURES.iter().any(|s| start.starts_with(s))
}
