//! Files by number: Doc 9303-10, 3.11 and 4.6, give each two bytes, and one of them twice.

use crate::edge::Trouble;
use chipid::{FileId, Misuse};
use std::ffi::{CStr, c_char};

/// Put before the identifier of a file of the master file.
const MASTER_FILE: u32 = 0x3F00_0000;

/// The short name of a file, as reports have it: `DG1`, `EF_SOD`. Null for a number that stands for none.
#[unsafe(no_mangle)]
pub extern "C" fn chipid_file_name(file: u32) -> *const c_char {
    file_of(file).map_or(std::ptr::null(), |file| name(file).as_ptr())
}

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

/// The number that leads back to this file.
pub(crate) fn number_of(file: FileId) -> u32 {
    match file {
        FileId::CardSecurity => MASTER_FILE | u32::from(file.identifier()),
        other => u32::from(other.identifier()),
    }
}

const fn name(file: FileId) -> &'static CStr {
    match file {
        FileId::AtrInfo => c"EF_ATR",
        FileId::Dir => c"EF_DIR",
        FileId::CardAccess => c"EF_CardAccess",
        FileId::CardSecurity => c"EF_CardSecurity",
        FileId::Com => c"EF_COM",
        FileId::Sod => c"EF_SOD",
        FileId::DataGroup(group) => match group.number() {
            1 => c"DG1",
            2 => c"DG2",
            3 => c"DG3",
            4 => c"DG4",
            5 => c"DG5",
            6 => c"DG6",
            7 => c"DG7",
            8 => c"DG8",
            9 => c"DG9",
            10 => c"DG10",
            11 => c"DG11",
            12 => c"DG12",
            13 => c"DG13",
            14 => c"DG14",
            15 => c"DG15",
            _ => c"DG16",
        },
        _ => c"",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_a_number_of_its_own_and_its_name() {
        for file in FileId::all() {
            assert_eq!(file_of(number_of(file)).unwrap(), file);
            assert_eq!(name(file).to_str().unwrap(), file.to_string());
        }
        assert_eq!(file_of(0x011D).unwrap(), FileId::Sod);
        assert_eq!(file_of(0x3F00_011C).unwrap(), FileId::CardAccess);
        for nobody in [0, 0x0111, 0x3F00_0101, 0x1_0101, u32::MAX] {
            assert!(file_of(nobody).is_err());
            assert!(chipid_file_name(nobody).is_null());
        }
    }
}
