//! Files by number: Doc 9303-10, 3.11 and 4.6, give each two bytes, and one of them twice.

use chipid::{FileId, Misuse};

/// Put before the identifier of a file of the master file.
const MASTER_FILE: u32 = 0x3F00_0000;

/// The short name of a file by its number, as reports have it: `DG1`, `EF_SOD`. None for a number that stands for none.
#[uniffi::export]
#[must_use]
pub fn file_name(file: u32) -> Option<String> {
    file_of(file).ok().map(|file| file.to_string())
}

/// The file with this number. 011D is EF.SOD, as everywhere in the application; EF.CardSecurity, which has the same two bytes in
/// the master file, is 3F00011D, and the others there may be called so.
pub(crate) fn file_of(number: u32) -> Result<FileId, Misuse> {
    let low = u16::try_from(number & 0xFFFF).unwrap_or_default();
    let found = match number & 0xFFFF_0000 {
        0 => FileId::from_identifier(low, false).or_else(|| FileId::from_identifier(low, true)),
        MASTER_FILE => FileId::from_identifier(low, true),
        _ => None,
    };
    found.ok_or(Misuse::UnknownValue)
}

/// The number that leads back to this file.
pub(crate) fn number_of(file: FileId) -> u32 {
    match file {
        FileId::CardSecurity => MASTER_FILE | u32::from(file.identifier()),
        other => u32::from(other.identifier()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_a_number_of_its_own() {
        for file in FileId::all() {
            assert_eq!(file_of(number_of(file)), Ok(file));
            assert_eq!(file_name(number_of(file)), Some(file.to_string()));
        }
        assert_eq!(file_of(0x011D), Ok(FileId::Sod));
        assert_eq!(file_of(0x3F00_011C), Ok(FileId::CardAccess));
        for nobody in [0, 0x0111, 0x3F00_0101, 0x1_0101, u32::MAX] {
            assert_eq!(file_name(nobody), None);
        }
    }
}
