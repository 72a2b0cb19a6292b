//! Selecting and reading elementary files.
//!
//! ISO/IEC 7816-4, 11.2 (SELECT) and 11.3 (READ BINARY); Doc 9303-10, 3.6.

use crate::apdu::{Command, Response};
use crate::card_transport::CardTransport;
use crate::error::{ChipError, Error, LimitError, ParseError, StatusWord};
use crate::file_id::FileId;
use crate::secure_messaging::{SecureMessaging, send};
use crate::tlv::{Header, TlvError};
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// The application identifier of the eMRTD application (Doc 9303-10, 4.1).
pub const EMRTD_APPLICATION: [u8; 7] = [0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01];

/// The longest file that is read, in bytes: four times the largest portrait seen.
pub const MAX_FILE_LEN: usize = 0x4_0000;

/// The longest EF.CardAccess that is read: it comes from a chip that has shown nothing yet.
const MAX_CARD_ACCESS_LEN: usize = 0x2000;
/// Less than any chip gives at a time: answers shorter than this are crumbs.
pub(crate) const SMALLEST_BLOCK: usize = 16;
/// So many crumbs are borne for one file, no more: a file of them would never end.
const MAX_CRUMBS: u8 = 32;
/// Where READ BINARY with an offset in P1 P2 ends.
const MAX_SHORT_OFFSET: usize = 0x7FFF;
/// How far READ BINARY reaches that names the file by its short identifier.
const MAX_NAMED_OFFSET: usize = 0xFF;

/// What has been read of a file, which may be taken up again where it stopped.
#[derive(Clone, Default)]
pub(crate) struct Partial {
    pub(crate) bytes: Zeroizing<Vec<u8>>,
    /// The whole length, once the first bytes have told it.
    pub(crate) total: Option<usize>,
    /// Whether its bytes come from more than one channel.
    pub(crate) joined: bool,
    /// How many answers brought next to nothing.
    crumbs: u8,
}

impl Partial {
    /// Takes more bytes, and the length of the file where they tell it.
    ///
    /// # Errors
    /// [`ParseError`] where the file does not begin with a tag and a length; [`LimitError`] where it is too long.
    pub(crate) fn take(&mut self, file: FileId, data: &[u8]) -> Result<(), Error> {
        self.bytes.extend_from_slice(data);
        if self.total.is_none() {
            let header = match Header::parse(&self.bytes) {
                Err(TlvError::Truncated { .. }) if self.bytes.len() < PROBE_LEN => return Ok(()),
                Err(error) => return Err(ParseError::of_tlv(file, error).into()),
                Ok(header) => header,
            };
            let total = within_limit(file, header.total())?;
            self.total = Some(total);
            self.bytes = with_room(&self.bytes, total);
        }
        if let Some(total) = self.total {
            self.bytes.truncate(total);
        }
        if data.len() < SMALLEST_BLOCK && !self.is_whole() {
            self.crumbs = self.crumbs.saturating_add(1);
        }
        if self.crumbs > MAX_CRUMBS {
            return Err(ChipError::ShortAnswer { instruction: 0xB0 }.into());
        }
        Ok(())
    }

    /// Whether every byte is there.
    pub(crate) fn is_whole(&self) -> bool {
        self.total.is_some_and(|total| self.bytes.len() >= total)
    }
}

/// The first bytes of a file, enough for its tag and length. A file shorter than this holds nothing of use.
pub(crate) const PROBE_LEN: usize = 8;

/// How many bytes a file has at the least: a security object holds a certificate and a signature, DG2 a picture.
pub(crate) const fn least_len(file: FileId) -> usize {
    match file {
        FileId::Sod | FileId::DG2 => 0x100,
        _ => PROBE_LEN,
    }
}

/// SELECT by application identifier.
pub(crate) async fn select_application<T: CardTransport>(
    card: &mut T,
    channel: &mut Option<SecureMessaging>,
) -> Result<StatusWord, Error> {
    let command = Command::new(0, 0xA4, 0x04, 0x0C).data(&EMRTD_APPLICATION);
    Ok(send(card, channel, &command).await?.status)
}

/// SELECT the master file. Many chips answer with an error and are right where they should be all the same
/// (deviations rows 6 and 7), so the answer says nothing.
pub(crate) async fn select_master_file<T: CardTransport>(
    card: &mut T,
    channel: &mut Option<SecureMessaging>,
) -> Result<(), Error> {
    let command = Command::new(0, 0xA4, 0x00, 0x0C).data(&[0x3F, 0x00]);
    send(card, channel, &command).await.map(|_| ())
}

/// SELECT an elementary file of the current application.
pub(crate) async fn select<T: CardTransport>(
    card: &mut T,
    channel: &mut Option<SecureMessaging>,
    file: FileId,
) -> Result<(), Error> {
    const INSTRUCTION: u8 = 0xA4;
    let command = Command::new(0, INSTRUCTION, 0x02, 0x0C).data(&file.identifier().to_be_bytes());
    let status = send(card, channel, &command).await?.status;
    if status.is_ok() {
        return Ok(());
    }
    Err(refused(INSTRUCTION, file, status))
}

fn within_limit(file: FileId, total: usize) -> Result<usize, Error> {
    let limit = match file {
        FileId::CardAccess => MAX_CARD_ACCESS_LEN,
        _ => MAX_FILE_LEN,
    };
    if total > limit {
        return Err(LimitError::FileTooLarge { file, says: total }.into());
    }
    Ok(total)
}

/// The same bytes in a buffer that holds the whole file: one that grows leaves unwiped copies behind.
fn with_room(bytes: &[u8], total: usize) -> Zeroizing<Vec<u8>> {
    let mut roomy = Zeroizing::new(Vec::with_capacity(total.max(bytes.len())));
    roomy.extend_from_slice(bytes);
    roomy
}

/// One READ BINARY.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Read {
    pub(crate) file: FileId,
    pub(crate) offset: usize,
    pub(crate) want: usize,
    /// Whether the file is named by its short identifier, which also selects it.
    pub(crate) by_short_identifier: bool,
    /// Whether the APDU has extended lengths.
    pub(crate) extended: bool,
}

impl Read {
    /// Whether READ BINARY can name a file by its short identifier at this offset.
    pub(crate) const fn reaches(offset: usize) -> bool {
        offset <= MAX_NAMED_OFFSET
    }

    /// How much of the file a block of `block` bytes brings at `offset`. Up to where P1 P2 reach, and no further: some
    /// chips read the one way before that border and the other way behind it (Doc 9303-10, 3.6, note 1). Behind it a
    /// block also carries the tag and length of data object 53.
    pub(crate) fn payload(offset: usize, block: usize) -> usize {
        match MAX_SHORT_OFFSET.checked_sub(offset) {
            Some(left) => block.min(left.saturating_add(1)),
            None => block.saturating_sub(4),
        }
        .max(1)
    }

    const fn is_far(&self) -> bool {
        self.offset > MAX_SHORT_OFFSET
    }

    /// The instruction byte.
    pub(crate) const fn instruction(&self) -> u8 {
        if self.is_far() { 0xB1 } else { 0xB0 }
    }

    /// The command.
    pub(crate) fn command(&self) -> Command {
        let mut command = if self.is_far() {
            self.far_command()
        } else if self.by_short_identifier {
            let named = 0x80 | self.file.short_identifier();
            Command::new(0, 0xB0, named, self.offset as u8).expecting(self.want)
        } else {
            let [p1, p2] = (self.offset as u16).to_be_bytes();
            Command::new(0, 0xB0, p1, p2).expecting(self.want)
        };
        command.extended = self.extended;
        command
    }

    /// With the offset in a data object, beyond the first 32 kilobytes. The answer is wrapped in 53.
    fn far_command(&self) -> Command {
        // As short as possible (Doc 9303-10, 3.6): two bytes up to 64 kilobytes, which some chips insist on.
        let bytes = (self.offset as u32).to_be_bytes();
        let significant = crate::asn1::without_leading_zeros(&bytes);
        let object = crate::tlv::encode(0x54, significant);
        // The answer's own tag and length count as well.
        let header = match self.want {
            0..=0x7F => 2,
            0x80..=0xFF => 3,
            _ => 4,
        };
        Command::new(0, 0xB1, 0, 0)
            .data(&object)
            .expecting(self.want.saturating_add(header))
    }

    /// The bytes of the file in the chip's answer; none where it holds none.
    ///
    /// # Errors
    /// [`ChipError::Protocol`] where data object 53 is due and missing.
    pub(crate) fn data(&self, response: Response) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut data = if self.is_far() && !response.data.is_empty() {
            discretionary_data(&response)?
        } else {
            response.data
        };
        data.truncate(self.want);
        Ok(data)
    }

    /// The error of an answer that brings nothing.
    pub(crate) const fn refused(&self, status: StatusWord) -> Error {
        if status.is_ok() {
            return Error::Chip(ChipError::ShortAnswer {
                instruction: self.instruction(),
            });
        }
        refused(self.instruction(), self.file, status)
    }
}

fn discretionary_data(response: &Response) -> Result<Zeroizing<Vec<u8>>, Error> {
    let object = crate::tlv::outer(&response.data, 0x53).map_err(|_| ChipError::Protocol {
        step: "READ BINARY: data object 53",
    })?;
    Ok(Zeroizing::new(object.value.to_vec()))
}

const fn refused(instruction: u8, file: FileId, status: StatusWord) -> Error {
    Error::Chip(ChipError::Status {
        instruction,
        file: Some(file),
        status,
    })
}
