//! DG15: the public key for Active Authentication.
//!
//! Doc 9303-10, 4.7.15.

use crate::crypto::signature::PublicKey;
use crate::error::{ParseError, ParseErrorKind};
use crate::file_id::FileId;
use crate::tlv::outer;

/// Reads `6F { SubjectPublicKeyInfo }`.
///
/// # Errors
/// [`ParseError`] where the key cannot be read or is of an unknown kind.
pub fn parse(bytes: &[u8]) -> Result<PublicKey, ParseError> {
    let file = outer(bytes, FileId::DG15.tag()).map_err(|e| ParseError::of_tlv(FileId::DG15, e))?;
    PublicKey::from_spki(file.value).map_err(|_| {
        ParseError::new(
            Some(FileId::DG15),
            file.raw.len().saturating_sub(file.value.len()),
            ParseErrorKind::Value,
        )
    })
}
