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

/// The first bytes of a file, enough for its tag and length. A file shorter than this holds nothing of use.
const PROBE_LEN: usize = 8;
/// Where READ BINARY with an offset in P1 P2 ends.
const MAX_SHORT_OFFSET: usize = 0x7FFF;

/// What has been read of a file, which may be taken up again where it stopped.
#[derive(Clone, Default)]
pub(crate) struct Partial {
    pub(crate) bytes: Zeroizing<Vec<u8>>,
    /// The whole length, once the first bytes have told it.
    pub(crate) total: Option<usize>,
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

/// Reads the selected file to its end, in blocks of at most `block` bytes, never asking beyond the end that its
/// first bytes tell (deviations row 24). What came before an error stays in `partial`.
pub(crate) async fn read<T: CardTransport>(
    card: &mut T,
    channel: &mut Option<SecureMessaging>,
    file: FileId,
    block: usize,
    partial: &mut Partial,
    progress: &mut (dyn FnMut(usize, Option<usize>) + Send),
) -> Result<(), Error> {
    loop {
        let have = partial.bytes.len();
        let want = match partial.total {
            Some(total) if have >= total => break,
            Some(total) => total.saturating_sub(have).min(payload(have, block)),
            None => PROBE_LEN.saturating_sub(have),
        };
        let data = read_block(card, channel, file, have, want).await?;
        partial.bytes.extend_from_slice(&data);
        if partial.total.is_none() {
            partial.total = match Header::parse(&partial.bytes) {
                // A chip that gives little at a time may not have told the length yet.
                Err(TlvError::Truncated { .. }) if partial.bytes.len() < PROBE_LEN => None,
                Err(error) => return Err(ParseError::of_tlv(file, error).into()),
                Ok(header) => Some(within_limit(file, header.total())?),
            };
            if let Some(total) = partial.total {
                partial.bytes = with_room(&partial.bytes, total);
            }
        }
        progress(partial.bytes.len(), partial.total);
    }
    partial.bytes.truncate(partial.total.unwrap_or_default());
    Ok(())
}

fn within_limit(file: FileId, total: usize) -> Result<usize, Error> {
    if total > MAX_FILE_LEN {
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

/// How much of the file a block of `block` bytes brings at `offset`. Up to where P1 P2 reach, and no further: some chips
/// read the one way before that border and the other way behind it (Doc 9303-10, 3.6, note 1). Behind it a block also
/// carries the tag and length of data object 53.
fn payload(offset: usize, block: usize) -> usize {
    match MAX_SHORT_OFFSET.checked_sub(offset) {
        Some(left) => block.min(left.saturating_add(1)),
        None => block.saturating_sub(4),
    }
    .max(1)
}

async fn read_block<T: CardTransport>(
    card: &mut T,
    channel: &mut Option<SecureMessaging>,
    file: FileId,
    offset: usize,
    want: usize,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (instruction, response) = if offset > MAX_SHORT_OFFSET {
        (0xB1, read_far(card, channel, offset, want).await?)
    } else {
        let [p1, p2] = (offset as u16).to_be_bytes();
        let command = Command::new(0, 0xB0, p1, p2).expecting(want);
        (0xB0, send(card, channel, &command).await?)
    };
    // 6282 says that the file ended early, and brings what there was (deviations row 25).
    let usable = response.status.is_ok() || response.status == StatusWord::END_OF_FILE;
    if !usable {
        return Err(refused(instruction, file, response.status));
    }
    let mut data = if instruction == 0xB1 {
        discretionary_data(&response)?
    } else {
        response.data
    };
    if data.is_empty() {
        return Err(ChipError::ShortAnswer { instruction }.into());
    }
    data.truncate(want);
    Ok(data)
}

/// READ BINARY with the offset in a data object, beyond the first 32 kilobytes. The answer is wrapped in 53.
async fn read_far<T: CardTransport>(
    card: &mut T,
    channel: &mut Option<SecureMessaging>,
    offset: usize,
    want: usize,
) -> Result<Response, Error> {
    // As short as possible (Doc 9303-10, 3.6): two bytes up to 64 kilobytes, which some chips insist on.
    let bytes = (offset as u32).to_be_bytes();
    let significant = crate::asn1::without_leading_zeros(&bytes);
    let object = crate::tlv::encode(0x54, significant);
    // The answer's own tag and length count as well.
    let header = match want {
        0..=0x7F => 2,
        0x80..=0xFF => 3,
        _ => 4,
    };
    let command = Command::new(0, 0xB1, 0, 0)
        .data(&object)
        .expecting(want.saturating_add(header));
    send(card, channel, &command).await
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card_transport::TransportError;
    use crate::drivers::block;

    /// One long file in the clear; it answers short commands alone and never more than they ask for.
    struct LongFile(Vec<u8>);

    impl CardTransport for LongFile {
        async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
            let (offset, le) = match command {
                [0, 0xB0, p1, p2, le] => (usize::from(*p1) << 8 | usize::from(*p2), *le),
                [0, 0xB1, 0, 0, 4, 0x54, 2, high, low, le] if *high >= 0x80 => {
                    (usize::from(*high) << 8 | usize::from(*low), *le)
                }
                other => panic!("not a short READ BINARY: {} bytes", other.len()),
            };
            let le = if le == 0 { 256 } else { usize::from(le) };
            let rest = &self.0[offset..];
            let mut answer = if command[1] == 0xB0 {
                assert!(le <= rest.len(), "beyond the end at {offset}");
                assert!(offset + le <= 0x8000, "across the border at {offset}");
                rest[..le].to_vec()
            } else {
                let header = if le <= 0x81 { 2 } else { 3 };
                assert!(le - header <= rest.len(), "beyond the end at {offset}");
                crate::tlv::encode(0x53, &rest[..le - header])
            };
            assert!(answer.len() <= le);
            answer.extend([0x90, 0x00]);
            Ok(answer)
        }
    }

    #[test]
    fn beyond_32_kilobytes_data_object_53_fits_what_a_block_may_bring_and_ends_with_the_file() {
        for (len, step) in [(40_000, 256), (40_000, 223), (32_780, 231), (33_000, 100)] {
            let value: Vec<u8> = (0..len).map(|i| (i % 251) as u8).collect();
            let whole = crate::tlv::encode(0x75, &value);
            let mut partial = Partial::default();
            block(read(
                &mut LongFile(whole.clone()),
                &mut None,
                FileId::DG2,
                step,
                &mut partial,
                &mut |_, _| {},
            ))
            .unwrap()
            .unwrap();
            assert!(*partial.bytes == whole, "{len} by {step}");
            // It never grew: a vector that grows leaves an unwiped copy of a face behind.
            assert_eq!(partial.bytes.capacity(), whole.len());
        }
    }
}
