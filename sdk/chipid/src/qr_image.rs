//! The QR code of a Vietnamese card in a photograph or a scan: ISO/IEC 18004, read by the crate `rxing`.
//!
//! The picture is looked at in several sizes, since a code may be a few modules of a large photograph or a small crop
//! that is blurred; the first size in which a card's code is read decides. Nothing in a QR code is believed.

mod pyramid;

use crate::error::Error;
use chipid_face::decode_live;
use chipid_vietnam::personal_number::PersonalNumber;
use chipid_vietnam::qr::QrText;
use rxing::common::{GlobalHistogramBinarizer, HybridBinarizer};
use rxing::multi::MultipleBarcodeReader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BarcodeFormat, Binarizer, BinaryBitmap, DecodeHints, Luma8LuminanceSource};
use std::collections::HashSet;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// The most that is spent on one picture; a size that was begun is finished.
const PATIENCE: Duration = Duration::from_secs(8);

/// Why a picture gives no text of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QrImageError {
    /// No QR code was read in it.
    NoCode,
    /// There are QR codes, and none of a Vietnamese card.
    OtherCodes {
        /// How many.
        found: usize,
    },
    /// There are the codes of two or more cards.
    SeveralCards {
        /// How many.
        found: usize,
    },
    /// There is too much in the picture that looks like a part of a QR code.
    TooBusy,
}

impl QrImageError {
    /// The permanent numeric code, in the 8000s (the caller's input).
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::NoCode => 8160,
            Self::OtherCodes { .. } => 8161,
            Self::SeveralCards { .. } => 8162,
            Self::TooBusy => 8163,
        }
    }
}

impl fmt::Display for QrImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCode => f.write_str("no QR code can be read in the picture"),
            Self::OtherCodes { found } => write!(
                f,
                "the picture has {found} QR code(s), none of them of a Vietnamese identity card"
            ),
            Self::SeveralCards { found } => {
                write!(f, "the picture has the QR codes of {found} cards")
            }
            Self::TooBusy => {
                f.write_str("the picture has too much in it that looks like a part of a QR code")
            }
        }
    }
}

impl std::error::Error for QrImageError {}

/// The text of the card's QR code in a picture: JPEG, PNG or JPEG 2000, of at most fifty megapixels.
///
/// # Errors
/// [`Error::QrImage`]; [`Error::Face`] where it is no picture, damaged, or too large.
pub fn text(bytes: &[u8]) -> Result<Zeroizing<String>, Error> {
    let picture = decode_live(bytes)?;
    let grey = pyramid::Grey::of(&picture);
    drop(picture);
    let began = Instant::now();
    let (mut others, mut busy) = (0, false);
    for level in pyramid::levels(&grey) {
        let texts = match codes(&level) {
            Ok(texts) => texts,
            Err(TooBusy) => {
                busy = true;
                continue;
            }
        };
        if let Some(text) = of_one_card(&texts)? {
            return Ok(text);
        }
        others = others.max(texts.len());
        if began.elapsed() > PATIENCE {
            break;
        }
    }
    Err(match others {
        0 if busy => QrImageError::TooBusy,
        0 => QrImageError::NoCode,
        found => QrImageError::OtherCodes { found },
    }
    .into())
}

/// The text of the one card among them; `None` where there is none.
fn of_one_card(texts: &[Zeroizing<String>]) -> Result<Option<Zeroizing<String>>, QrImageError> {
    let mut cards: Vec<(PersonalNumber, &Zeroizing<String>)> = Vec::new();
    for text in texts {
        if let Ok(qr) = QrText::parse(text)
            && !cards.iter().any(|(number, _)| *number == qr.number)
        {
            cards.push((qr.number.clone(), text));
        }
    }
    match cards.as_slice() {
        [] => Ok(None),
        [(_, text)] => Ok(Some((*text).clone())),
        several => Err(QrImageError::SeveralCards {
            found: several.len(),
        }),
    }
}

struct TooBusy;

/// Every QR code of one picture, by two ways of telling dark from light.
fn codes(grey: &pyramid::Grey) -> Result<Vec<Zeroizing<String>>, TooBusy> {
    if pyramid::finder_rows(grey) > MOST_FINDER_ROWS {
        return Err(TooBusy);
    }
    let local = read(grey, HybridBinarizer::new);
    if !local.is_empty() {
        return Ok(local);
    }
    Ok(read(grey, GlobalHistogramBinarizer::new))
}

/// The reader's work grows with the square of the patterns that it takes for corners of a code. A code has three, each
/// crossed by a few rows; a picture made to stop the reader has thousands.
const MOST_FINDER_ROWS: usize = 6_000;

fn read<B: Binarizer>(
    grey: &pyramid::Grey,
    binarizer: impl FnOnce(Luma8LuminanceSource) -> B,
) -> Vec<Zeroizing<String>> {
    let hints = DecodeHints {
        TryHarder: Some(true),
        PossibleFormats: Some(HashSet::from([BarcodeFormat::QR_CODE])),
        ..DecodeHints::default()
    };
    // The reader is safe code; a panic in it is a picture that cannot be read, not the end of the program.
    let found = catch_unwind(AssertUnwindSafe(|| {
        let source =
            Luma8LuminanceSource::new(grey.pixels().to_vec(), grey.width(), grey.height()).ok()?;
        let mut bitmap = BinaryBitmap::new(binarizer(source));
        QrReader
            .decode_multiple_with_hints(&mut bitmap, &hints)
            .ok()
    }));
    found
        .ok()
        .flatten()
        .unwrap_or_default()
        .into_iter()
        .map(|code| Zeroizing::new(code.getText().to_owned()))
        .collect()
}
