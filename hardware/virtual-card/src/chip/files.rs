//! The chip's files: which there are, who may see them, and what they seem to be.
//!
//! Doc 9303-10, 3.11 and 4.6 (files and their identifiers); Doc 9303-11, 4.2 and 4.4.2 (access rules).

use super::apdu::Status;
use crate::behaviour::{Behaviour, CardAccess, Deviation, LengthLie};
use crate::card_data::CardData;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::tlv;
use std::borrow::Cow;

/// The file identifier of EF.DIR.
const DIRECTORY: u16 = 0x2F00;

/// The directory that is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Directory {
    MasterFile,
    Application,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reader {
    pub(crate) directory: Directory,
    /// Whether BAC or PACE has been passed.
    pub(crate) authenticated: bool,
    /// Which of the guarded data groups Terminal Authentication opened: DG3 for bit 0, DG4 for bit 1.
    pub(crate) granted: u8,
}

impl Reader {
    /// Fingers and irises: only after Terminal Authentication.
    fn is_kept_from(self, file: FileId) -> bool {
        match file {
            FileId::DataGroup(dg) if dg.number() == 3 => self.granted & 0x01 == 0,
            FileId::DataGroup(dg) if dg.number() == 4 => self.granted & 0x02 == 0,
            _ => false,
        }
    }

    /// The file with this identifier, if this reader may select it.
    pub(crate) fn select(
        self,
        identifier: u16,
        card: &CardData,
        behaviour: &Behaviour,
    ) -> Result<FileId, Status> {
        let missing = match self.directory {
            Directory::Application if !self.authenticated => Status::SECURITY_STATUS,
            _ => Status::FILE_NOT_FOUND,
        };
        if identifier == DIRECTORY
            && !self.authenticated
            && behaviour.has(Deviation::Row9DirectoryRefused)
        {
            return Err(Status::SECURITY_STATUS);
        }
        let in_master_file = self.directory == Directory::MasterFile;
        let file = FileId::from_identifier(identifier, in_master_file).ok_or(missing)?;
        if file == FileId::CardAccess && behaviour.has(Deviation::Row8CardAccessInvalidated) {
            return Err(Status::FILE_INVALIDATED);
        }
        if file == FileId::CardAccess {
            return match behaviour.card_access {
                CardAccess::Readable if card.files.contains_key(&file) => Ok(file),
                CardAccess::Readable | CardAccess::Absent => Err(Status::FILE_NOT_FOUND),
                CardAccess::Refused | CardAccess::RefusedWithPace => Err(Status::SECURITY_STATUS),
            };
        }
        // The master file's others are for everybody (Doc 9303-10, 3.11.1 and 3.11.2).
        if file.is_open() {
            return card
                .files
                .contains_key(&file)
                .then_some(file)
                .ok_or(missing);
        }
        if !self.authenticated || self.is_kept_from(file) {
            return Err(Status::SECURITY_STATUS);
        }
        if card.files.contains_key(&file) {
            Ok(file)
        } else {
            Err(Status::FILE_NOT_FOUND)
        }
    }
}

/// The bytes that the chip gives for `file`, with whatever lie its header is to tell.
pub(crate) fn contents<'a>(
    file: FileId,
    card: &'a CardData,
    behaviour: &Behaviour,
) -> Option<Cow<'a, [u8]>> {
    let bytes = card.files.get(&file)?;
    match behaviour.length_lie {
        Some((liar, lie)) if liar == file => Some(Cow::Owned(with_lie(bytes, lie)?)),
        _ => Some(Cow::Borrowed(bytes)),
    }
}

fn with_lie(bytes: &[u8], lie: LengthLie) -> Option<Vec<u8>> {
    let header = tlv::Header::parse(bytes).ok()?;
    let claimed = match lie {
        LengthLie::Longer(by) => header.value_len + usize::from(by),
        LengthLie::Shorter(by) => header.value_len.saturating_sub(usize::from(by)),
        LengthLie::Huge => 0xFFFF_FFFF,
    };
    let tag_len = match header.tag.0 {
        0..=0xFF => 1,
        0x100..=0xFFFF => 2,
        _ => 3,
    };
    let mut out = bytes.get(..tag_len)?.to_vec();
    match claimed {
        0..=0x7F => out.push(claimed as u8),
        0x80..=0xFF => out.extend([0x81, claimed as u8]),
        0x100..=0xFFFF => {
            out.push(0x82);
            out.extend((claimed as u16).to_be_bytes());
        }
        _ => {
            out.push(0x84);
            out.extend((claimed as u32).to_be_bytes());
        }
    }
    out.extend_from_slice(bytes.get(header.header_len..)?);
    Some(out)
}
