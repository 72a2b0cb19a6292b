//! DG7: the signature or usual mark as it is printed.
//!
//! Doc 9303-10, 4.7.7.

use super::displayed_image::{self, DisplayedImages};
use crate::error::ParseError;
use crate::file_id::DataGroup;

/// Reads `67 { 02 number, 5F43 image, ... }`.
///
/// # Errors
/// [`ParseError`] where the bytes are no objects.
pub fn parse(bytes: &[u8]) -> Result<DisplayedImages, ParseError> {
    displayed_image::parse(bytes, DataGroup::DISPLAYED_SIGNATURE, 0x5F43)
}
