//! EF.ATR/INFO and EF.DIR, written.
//!
//! Doc 9303-10, 3.11.1 and 3.11.2.

use chipid_emrtd::file_id::FileId;
use chipid_emrtd::tlv;

/// What the chip takes and gives at the most: the whole of an extended APDU's data.
const LONGEST: [u8; 3] = [0x01, 0x00, 0x00];

/// Both files.
pub(super) fn encode() -> [(FileId, Vec<u8>); 2] {
    // Selection by full name, short identifiers; units of one byte; chaining, extended length, lengths in this file.
    let capabilities = tlv::encode(0x47, &[0x84, 0x01, 0xE0]);
    let longest = tlv::encode(0x02, &LONGEST);
    let lengths = tlv::encode_all(0x7F66, &[&longest, &longest]);
    let application = tlv::encode(0x4F, &[0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01]);
    [
        (FileId::AtrInfo, [capabilities, lengths].concat()),
        (FileId::Dir, tlv::encode(0x61, &application)),
    ]
}
