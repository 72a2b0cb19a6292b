//! What opens a chip.

use crate::edge::{Trouble, call, text};
use crate::place::Shared;
use crate::weight::Weigh;
use crate::work::{Work, in_pool};
use chipid::{Date, GivenKeys, Misuse};
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use zeroize::Zeroizing;

/// Keys to try, and what came with them.
#[napi]
pub struct Keys {
    pub(crate) given: Shared<GivenKeys>,
}

impl Weigh for Keys {}

#[napi]
impl Keys {
    /// The six digits printed on the card.
    #[napi(factory)]
    pub fn can(digits: &[u8]) -> napi::Result<Self> {
        Self::of(|| Ok(GivenKeys::can(text(digits)?)?))
    }

    /// The holder's PIN.
    #[napi(factory)]
    pub fn pin(digits: &[u8]) -> napi::Result<Self> {
        Self::of(|| Ok(GivenKeys::pin(text(digits)?)?))
    }

    /// The number that unblocks the PIN.
    #[napi(factory)]
    pub fn puk(digits: &[u8]) -> napi::Result<Self> {
        Self::of(|| Ok(GivenKeys::puk(text(digits)?)?))
    }

    /// The machine readable zone.
    #[napi(factory)]
    pub fn mrz(zone: &[u8]) -> napi::Result<Self> {
        Self::of(|| Ok(GivenKeys::mrz(text(zone)?)?))
    }

    /// A QR code as text or picture; a picture takes its time.
    #[napi]
    pub fn qr(code: &[u8]) -> AsyncTask<Work<Keys>> {
        let code = Zeroizing::new(code.to_vec());
        in_pool(move || {
            Ok(Self {
                given: Shared::new(GivenKeys::qr(&code)?),
            })
        })
    }

    /// The personal number of a Vietnamese card.
    #[napi(factory)]
    pub fn number(digits: &[u8]) -> napi::Result<Self> {
        Self::of(|| Ok(GivenKeys::number(text(digits)?)?))
    }

    /// Document number, birth and last day as the zone has them.
    #[napi(factory)]
    pub fn document(number: &[u8], birth: &[u8], expiry: &[u8]) -> napi::Result<Self> {
        Self::of(|| {
            let (number, birth, expiry) = (text(number)?, text(birth)?, text(expiry)?);
            Ok(GivenKeys::document(number, birth, expiry)?)
        })
    }

    /// The personal number with the days of birth and issue, `YYYYMMDD`.
    #[napi(factory)]
    pub fn number_and_days(number: &[u8], birth: &[u8], issued: &[u8]) -> napi::Result<Self> {
        Self::of(|| {
            let (birth, issued) = (day(birth)?, day(issued)?);
            Ok(GivenKeys::number_and_days(text(number)?, birth, issued)?)
        })
    }

    /// Wipes them.
    #[napi]
    pub fn close(&self) {
        self.given.close();
    }

    fn of(make: impl FnOnce() -> Result<GivenKeys, Trouble>) -> napi::Result<Self> {
        call(|| {
            Ok(Self {
                given: Shared::new(make()?),
            })
        })
    }
}

/// A day as `YYYYMMDD` or `YYYY-MM-DD`.
pub(crate) fn day(day: &[u8]) -> Result<Date, Trouble> {
    let digits: Option<[u8; 8]> = match *day {
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => Some([y1, y2, y3, y4, m1, m2, d1, d2]),
        _ => day.try_into().ok(),
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u16, |number, digit| {
            let digit = digit.is_ascii_digit().then(|| u16::from(digit - b'0'))?;
            Some(number * 10 + digit)
        })
    };
    let date = digits.and_then(|[y1, y2, y3, y4, m1, m2, d1, d2]| {
        let small = |digits: &[u8]| number(digits).and_then(|value| u8::try_from(value).ok());
        Date::new(
            number(&[y1, y2, y3, y4])?,
            small(&[m1, m2])?,
            small(&[d1, d2])?,
        )
    });
    date.ok_or_else(|| Misuse::UnknownValue.into())
}
