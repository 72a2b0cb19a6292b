//! DG14: security options, among them the keys for Chip Authentication.
//!
//! Doc 9303-10, 4.7.14; Doc 9303-11, 9.2.

use crate::error::{ParseError, ParseErrorKind};
use crate::file_id::FileId;
use crate::security_info::SecurityInfos;
use crate::tlv::outer;

/// Reads `6E { SecurityInfos }`.
///
/// # Errors
/// [`ParseError`] where there are no SecurityInfos.
pub fn parse(bytes: &[u8]) -> Result<SecurityInfos, ParseError> {
    let file = outer(bytes, FileId::DG14.tag()).map_err(|e| ParseError::of_tlv(FileId::DG14, e))?;
    let header = file.raw.len().saturating_sub(file.value.len());
    SecurityInfos::parse(file.value).map_err(|e| {
        ParseError::new(
            Some(FileId::DG14),
            header.saturating_add(e.offset),
            ParseErrorKind::Value,
        )
    })
}
