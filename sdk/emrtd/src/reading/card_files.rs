//! EF.ATR/INFO and EF.DIR: what the card says of itself, in the clear, before any access.
//!
//! Doc 9303-10, 3.11.1 and 3.11.2; ISO/IEC 7816-4, 12.2.1 and 12.2.2. Neither is needed to read a document, so nobody
//! waits for them who did not ask. Each is a row of objects whose end only the chip knows; there is no channel to lose.

use super::{Reading, absence};
use crate::apdu::exchange;
use crate::card_transport::CardTransport;
use crate::error::{Error, StatusWord};
use crate::file::{self, Read};
use crate::file_id::FileId;
use crate::lds::atr_info::AtrInfo;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// How much one command asks for.
const BLOCK: usize = 223;
/// Longer than any card's.
const LONGEST: usize = 2048;

impl Reading {
    /// Reads both where they are wanted, from the master file.
    pub(super) async fn read_card_files<T: CardTransport>(
        &mut self,
        card: &mut T,
    ) -> Result<(), Error> {
        for file in [FileId::AtrInfo, FileId::Dir] {
            if self.files.contains_key(&file) {
                continue;
            }
            match read_loose(card, file).await {
                Ok(bytes) => {
                    self.files.insert(file, bytes);
                }
                Err(error @ Error::Chip(_)) => {
                    self.absences.insert(file, absence(error));
                }
                Err(other) => return Err(other),
            }
        }
        let says = self
            .files
            .get(&FileId::AtrInfo)
            .and_then(|bytes| AtrInfo::parse(bytes).ok())
            .and_then(|info| info.max_response);
        if let Some(bytes) = says.and_then(|bytes| usize::try_from(bytes).ok()) {
            self.learned.chip_response = Some(bytes);
        }
        Ok(())
    }
}

/// The file to its end, which is where the chip gives less than it was asked for, or nothing.
async fn read_loose<T: CardTransport>(
    card: &mut T,
    file: FileId,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST));
    let mut named = true;
    while bytes.len() < LONGEST {
        let read = Read {
            file,
            offset: bytes.len(),
            want: BLOCK,
            by_short_identifier: named && bytes.is_empty(),
            extended: false,
        };
        let response = exchange(card, &read.command()).await?;
        let status = response.status;
        let data = read.data(response)?;
        if data.is_empty() {
            if !bytes.is_empty() {
                break;
            }
            if !named {
                return Err(read.refused(status));
            }
            // Not every chip takes a short identifier.
            named = false;
            file::select(card, &mut None, file).await?;
            continue;
        }
        bytes.extend_from_slice(&data);
        if data.len() < BLOCK || status == StatusWord::END_OF_FILE {
            break;
        }
    }
    Ok(bytes)
}
