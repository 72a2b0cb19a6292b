//! DG5: the portrait as it is printed.
//!
//! Doc 9303-10, 4.7.5.

use super::displayed_image::{self, DisplayedImages};
use crate::error::ParseError;
use crate::file_id::DataGroup;

/// Reads `65 { 02 number, 5F40 image, ... }`.
///
/// # Errors
/// [`ParseError`] where the bytes are no objects.
pub fn parse(bytes: &[u8]) -> Result<DisplayedImages, ParseError> {
    displayed_image::parse(bytes, DataGroup::DISPLAYED_PORTRAIT, 0x5F40)
}
