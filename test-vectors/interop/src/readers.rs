//! The readers, each brought to one form: a card in, the files out.

use crate::cards::{TestCard, rng};
use crate::metered::Metered;
use chipid_emrtd::access_key::AccessKey;
use chipid_emrtd::document::UnverifiedDocument;
use chipid_emrtd::drivers::block;
use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::reading::Reading;
use chipid_emrtd::time::Date;
use chrono::NaiveDate;
use core::error::Error;
use dmrtd::lds::ef::ElementaryFile;
use dmrtd::passport::{Passport, PassportError};
use dmrtd::proto::can_key::CanKey;
use dmrtd::proto::dba_key::DBAKey;
use std::collections::BTreeMap;

/// Whatever a reader says when it fails.
pub type Failure = Box<dyn Error>;

/// Files as a reader handed them over.
pub type Files = BTreeMap<FileId, Vec<u8>>;

/// chipid reads everything, with the CAN or the MRZ; `block_len` as in [`Reading::block_len`].
///
/// # Errors
/// Those of the reading; a card without the password.
pub fn chipid_reading(
    card: &TestCard,
    transport: &mut Metered,
    with_can: bool,
    block_len: Option<usize>,
) -> Result<UnverifiedDocument, Failure> {
    let key = if with_can {
        AccessKey::can(card.data.passwords.can.as_deref().ok_or("no CAN")?)?
    } else {
        AccessKey::mrz(&card.data.mrz)?
    };
    let mut reading = Reading::with(key);
    if let Some(bytes) = block_len {
        reading = reading.block_len(bytes);
    }
    Ok(block(reading.run(transport, &mut rng()))??)
}

/// dmrtd opens the chip: PACE where EF.CardAccess offers it, else BAC; with the CAN or the MRZ.
///
/// # Errors
/// What dmrtd says.
pub fn dmrtd_open(
    card: &TestCard,
    transport: &Metered,
    with_can: bool,
) -> Result<Passport<Metered>, Failure> {
    let mut passport = Passport::new(transport.clone());
    if card.data.pace.is_empty() {
        passport.start_session(dmrtd_document_key(card, false)?)?;
        return Ok(passport);
    }
    let card_access = passport.read_ef_card_access()?;
    if with_can {
        let can = card.data.passwords.can.as_deref().ok_or("no CAN")?;
        passport.start_session_pace(CanKey::new(can)?, &card_access)?;
    } else {
        passport.start_session_pace(dmrtd_document_key(card, true)?, &card_access)?;
    }
    Ok(passport)
}

/// The key from number and dates in dmrtd's form.
///
/// # Errors
/// A holder without an expiry date; what dmrtd says.
pub fn dmrtd_document_key(card: &TestCard, for_pace: bool) -> Result<DBAKey, Failure> {
    let holder = &card.holder;
    let expiry = holder.expiry.ok_or("no expiry date")?;
    Ok(DBAKey::new(
        &holder.document_number,
        naive(holder.birth)?,
        naive(expiry)?,
        for_pace,
    )?)
}

/// dmrtd reads every file that chipid reads of this card: EF.COM, EF.SOD, and the data groups but for the fingers.
///
/// # Errors
/// What dmrtd says.
pub fn dmrtd_reads(card: &TestCard, passport: &mut Passport<Metered>) -> Result<Files, Failure> {
    let mut files = Files::new();
    for file in card.data.files.keys() {
        let bytes = match file {
            file if file.is_in_master_file() => continue,
            FileId::Com => bytes_of(passport.read_ef_com())?,
            FileId::Sod => bytes_of(passport.read_ef_sod())?,
            FileId::DataGroup(group) => match group.number() {
                1 => bytes_of(passport.read_ef_dg1())?,
                2 => bytes_of(passport.read_ef_dg2())?,
                3 => continue,
                13 => bytes_of(passport.read_ef_dg13())?,
                14 => bytes_of(passport.read_ef_dg14())?,
                15 => bytes_of(passport.read_ef_dg15())?,
                _ => return Err("a data group that no profile has".into()),
            },
            _ => return Err("a file that no profile has".into()),
        };
        files.insert(*file, bytes);
    }
    Ok(files)
}

/// A CAN that is not the card's.
///
/// # Errors
/// A card without a CAN.
pub fn wrong_can(card: &TestCard) -> Result<String, Failure> {
    let can = card.data.passwords.can.as_deref().ok_or("no CAN")?;
    let wrong = if can.ends_with('0') { '1' } else { '0' };
    let kept = can.get(..5).ok_or("a short CAN")?;
    Ok(format!("{kept}{wrong}"))
}

impl TestCard {
    /// The files that a reader without rights to fingers must have got, EF.CardAccess aside.
    #[must_use]
    pub fn readable(&self) -> Files {
        let fingers = DataGroup::new(3).map(FileId::DataGroup);
        let hidden = |file: FileId| file.is_in_master_file() || Some(file) == fingers;
        self.data
            .files
            .iter()
            .filter(|(file, _)| !hidden(**file))
            .map(|(file, bytes)| (*file, bytes.clone()))
            .collect()
    }
}

fn bytes_of<E: ElementaryFile>(file: Result<E, PassportError>) -> Result<Vec<u8>, PassportError> {
    file.map(|file| file.to_bytes().to_vec())
}

fn naive(date: Date) -> Result<NaiveDate, Failure> {
    NaiveDate::from_ymd_opt(
        i32::from(date.year()),
        u32::from(date.month()),
        u32::from(date.day()),
    )
    .ok_or_else(|| "no such day".into())
}
