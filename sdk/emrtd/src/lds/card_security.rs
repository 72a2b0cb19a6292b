//! EF.CardSecurity: what EF.CardAccess says once more, and the chip's keys of the master file, under the state's signature.
//!
//! Doc 9303-10, 3.11.4 (CMS with the content type id-SecurityObject); Doc 9303-11, 9.2.11 (what stands in it).
//!
//! The file lies in the master file and is readable after PACE. Its identifier, 011D, is that of EF.SOD in the application.

use crate::asn1::{Asn1Error, Problem, Reader, SEQUENCE};
use crate::cms::SignedData;
use crate::security_info::SecurityInfos;
use core::fmt;

/// Bytes of the largest EF.CardSecurity that is looked at. Honest ones have 1 to 4 KB.
pub const MAX_CARD_SECURITY: usize = 64 * 1024;
/// 0.4.0.127.0.7.3.2.1, id-SecurityObject
const SECURITY_OBJECT: &[u8] = &[0x04, 0x00, 0x7F, 0x00, 0x07, 0x03, 0x02, 0x01];

/// Why EF.CardSecurity cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CardSecurityError {
    /// Broken at an offset in the file.
    Malformed(Asn1Error),
    /// Signed content of another type: what a state signed as something else says nothing about this chip.
    ContentType,
}

impl From<Asn1Error> for CardSecurityError {
    fn from(error: Asn1Error) -> Self {
        Self::Malformed(error)
    }
}

impl fmt::Display for CardSecurityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(error) => write!(f, "EF_CardSecurity: {error}"),
            Self::ContentType => f.write_str("EF_CardSecurity: unknown type of content"),
        }
    }
}

impl core::error::Error for CardSecurityError {}

/// EF.CardSecurity, read and not yet verified.
#[derive(Clone, Debug)]
pub struct CardSecurity<'a> {
    /// The signed object.
    pub signed: SignedData<'a>,
    /// Its content. Infos that cannot be read are skipped (deviations row 38).
    pub infos: SecurityInfos,
}

impl<'a> CardSecurity<'a> {
    /// Reads EF.CardSecurity. Bytes behind the outer element are padding (deviations row 26).
    ///
    /// # Errors
    /// [`CardSecurityError`].
    pub fn from_file(bytes: &'a [u8]) -> Result<Self, CardSecurityError> {
        let info = Reader::new(bytes).expect(SEQUENCE)?;
        if info.raw.len() > MAX_CARD_SECURITY {
            return Err(info.error(Problem::TooMany).into());
        }
        let signed = SignedData::from_content_info(&info)?;
        if signed.content_type != SECURITY_OBJECT {
            return Err(CardSecurityError::ContentType);
        }
        let infos = SecurityInfos::parse(&signed.content)?;
        Ok(Self { signed, infos })
    }
}
