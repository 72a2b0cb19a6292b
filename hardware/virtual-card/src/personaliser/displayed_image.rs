//! DG5 and DG7: what is printed of the holder, written.
//!
//! Doc 9303-10, 4.7.5 and 4.7.7.

use crate::error::VirtualCardError;
use crate::portrait::{drawn_portrait, drawn_signature};
use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::tlv;

/// A displayed portrait and a signature, both drawn.
pub(super) fn encode() -> Result<[(FileId, Vec<u8>); 2], VirtualCardError> {
    let portrait = drawn_portrait()?;
    let signature = drawn_signature()?;
    Ok([
        file(DataGroup::DISPLAYED_PORTRAIT, 0x5F40, &portrait),
        file(DataGroup::DISPLAYED_SIGNATURE, 0x5F43, &signature),
    ])
}

fn file(group: DataGroup, tag: u32, image: &[u8]) -> (FileId, Vec<u8>) {
    let parts = [tlv::encode(0x02, &[1]), tlv::encode(tag, image)];
    (group.into(), tlv::encode(group.tag(), &parts.concat()))
}
