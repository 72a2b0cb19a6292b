//! Files by number: Doc 9303-10, 3.11 and 4.6, give each two bytes, and one of them twice.

use crate::edge::Trouble;
use chipid::{FileId, Misuse};

/// Put before the identifier of a file of the master file.
const MASTER_FILE: u32 = 0x3F00_0000;

/// The file with this number. 011D is EF.SOD, as everywhere in the application; EF.CardSecurity, which has the same two bytes in
/// the master file, is 3F00011D, and the others there may be called so.
pub(crate) fn file_of(number: u32) -> Result<FileId, Trouble> {
    let low = u16::try_from(number & 0xFFFF).unwrap_or_default();
    let found = match number & 0xFFFF_0000 {
        0 => FileId::from_identifier(low, false).or_else(|| FileId::from_identifier(low, true)),
        MASTER_FILE => FileId::from_identifier(low, true),
        _ => None,
    };
    found.ok_or_else(|| Misuse::UnknownValue.into())
}
