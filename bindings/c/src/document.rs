//! A document as it was read, believed by nobody yet.

use crate::bytes::chipid_bytes;
use crate::edge::{call, make, make_bytes, slice, text};
use crate::error::chipid_error;
use crate::files::file_of;
use crate::handle::{self, kind};
use chipid::emrtd::active_authentication::ActiveAuthenticationEvidence;
use chipid::emrtd::document::Files;
use chipid::emrtd::error::LimitError;
use chipid::emrtd::file::MAX_FILE_LEN;
use chipid::given_keys::Beside;
use chipid::{Error, Misuse, UnverifiedDocument, files};
use std::ffi::c_char;
use std::path::Path;

/// A document's files, unverified: chipid_assessment_new says what they are worth.
pub struct chipid_document {
    _opaque: [u8; 0],
}

kind!(chipid_document, Read, 0xC41B_1D00_0000_0006);

/// A document, and what came with the key that opened it.
pub(crate) struct Read {
    pub(crate) unverified: UnverifiedDocument,
    pub(crate) beside: Beside,
    /// Whether it is put together by hand, and takes files.
    filling: bool,
}

impl Read {
    pub(crate) fn of(unverified: UnverifiedDocument, beside: &Beside) -> Self {
        Self {
            unverified,
            beside: beside.clone(),
            filling: false,
        }
    }
}

/// A document from a folder that chipid_document_save or the program wrote. `folder` is UTF-8.
///
/// # Safety
/// `folder` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_document_load(
    folder: *const c_char,
    length: usize,
    out: *mut *mut chipid_document,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let folder = unsafe { text(folder, length) }?;
        let unverified = files::load(Path::new(folder))?;
        Ok(Read::of(unverified, &Beside::default()))
    };
    // SAFETY: as above.
    unsafe { make(out, error, work) }
}

/// A document without files, to be filled with chipid_document_add.
///
/// # Safety
/// `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_document_new(
    out: *mut *mut chipid_document,
    error: *mut *mut chipid_error,
) -> i32 {
    let empty = || {
        Ok(Read {
            unverified: UnverifiedDocument::from_files([], None),
            beside: Beside::default(),
            filling: true,
        })
    };
    // SAFETY: the caller's word is handed on.
    unsafe { make(out, error, empty) }
}

/// Adds a saved file by its identifier (0x0101 for DG1, 0x011E for EF.COM, 0x011D for EF.SOD, 0x3F00011D for EF.CardSecurity), or puts it
/// in the place of an earlier one. Only to a document of chipid_document_new: what a chip or a folder gave is not added to (8902).
///
/// # Safety
/// `document` is null or lives; `data` points to `length` bytes; `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_document_add(
    document: *const chipid_document,
    file: u32,
    data: *const u8,
    length: usize,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (mut read, bytes) = unsafe { (handle::change(document)?, slice(data, length)?) };
        if !read.filling {
            return Err(Misuse::ForeignHandle.into());
        }
        let file = file_of(file)?;
        if bytes.len() > MAX_FILE_LEN {
            let says = bytes.len();
            return Err(Error::Chip(LimitError::FileTooLarge { file, says }.into()).into());
        }
        let before: &Files = read.unverified.danger_unverified();
        let files = before.iter().map(|(file, bytes)| (*file, bytes.to_vec()));
        let files: Vec<_> = files.chain([(file, bytes.to_vec())]).collect();
        let evidence = read.unverified.active_authentication().cloned();
        read.unverified = UnverifiedDocument::from_files(files, evidence);
        Ok(())
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Adds what Active Authentication gave when the files were read: the challenge of eight bytes, and the chip's answer. Only to a document
/// of chipid_document_new.
///
/// # Safety
/// `document` is null or lives; `challenge` and `signature` point to as many bytes as their lengths say; `error` is null or can be
/// written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_document_add_active_authentication(
    document: *const chipid_document,
    challenge: *const u8,
    challenge_length: usize,
    signature: *const u8,
    signature_length: usize,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (mut read, challenge, signature) = unsafe {
            (
                handle::change(document)?,
                slice(challenge, challenge_length)?,
                slice(signature, signature_length)?,
            )
        };
        if !read.filling {
            return Err(Misuse::ForeignHandle.into());
        }
        let evidence = ActiveAuthenticationEvidence {
            challenge: challenge.try_into().map_err(|_| Misuse::UnknownValue)?,
            signature: signature.to_vec(),
        };
        let files = read.unverified.danger_unverified().iter();
        let files: Vec<_> = files.map(|(file, bytes)| (*file, bytes.to_vec())).collect();
        read.unverified = UnverifiedDocument::from_files(files, Some(evidence));
        Ok(())
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// What Active Authentication gave, for keeping it: the challenge, and the chip's answer. Both none where it was not done.
///
/// # Safety
/// `document` is null or lives; `challenge`, `signature` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_document_active_authentication(
    document: *const chipid_document,
    challenge: *mut chipid_bytes,
    signature: *mut chipid_bytes,
    error: *mut *mut chipid_error,
) -> i32 {
    let part = |of: fn(&ActiveAuthenticationEvidence) -> Vec<u8>| {
        let read = handle::read(document)?;
        Ok(read.unverified.active_authentication().map(of))
    };
    // SAFETY: as above.
    unsafe {
        if !signature.is_null() {
            signature.write(chipid_bytes::NONE);
        }
        let code = make_bytes(challenge, error, || {
            // Both or none: what fails for want of a place gives nothing.
            match signature.is_null() {
                true => Err(Misuse::NullArgument.into()),
                false => part(|evidence| evidence.challenge.to_vec()),
            }
        });
        match code {
            0 => make_bytes(signature, error, || {
                part(|evidence| evidence.signature.clone())
            }),
            code => code,
        }
    }
}

/// Says which challenge of eight bytes the caller itself chose for the Active Authentication whose answer was saved with the
/// document. Without it such an answer may be of any day, and is doubted. Say it after the last file was added: adding one forgets it.
///
/// # Safety
/// `document` is null or lives; `challenge` points to `length` bytes; `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_document_challenged_with(
    document: *const chipid_document,
    challenge: *const u8,
    length: usize,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (mut read, bytes) = unsafe { (handle::change(document)?, slice(challenge, length)?) };
        let challenge = bytes.try_into().map_err(|_| Misuse::UnknownValue)?;
        read.unverified = read.unverified.clone().challenged_with(challenge);
        Ok(())
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// A raw file, believed by nobody: for keeping it. Null where the document has none of that identifier.
///
/// # Safety
/// `document` is null or lives; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_document_danger_unverified_file(
    document: *const chipid_document,
    file: u32,
    out: *mut chipid_bytes,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let read = handle::read(document)?;
        let bytes = read.unverified.danger_unverified().get(&file_of(file)?);
        Ok(bytes.map(|bytes| bytes.to_vec()))
    };
    // SAFETY: as above.
    unsafe { make_bytes(out, error, work) }
}

/// Saves the raw files, readable by their owner alone, in a folder that is made, or holds no document yet. `folder` is UTF-8.
///
/// # Safety
/// `document` is null or lives; `folder` points to `length` bytes; `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_document_save(
    document: *const chipid_document,
    folder: *const c_char,
    length: usize,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (read, folder) = unsafe { (handle::read(document)?, text(folder, length)?) };
        let raw = read.unverified.danger_unverified();
        let evidence = read.unverified.active_authentication();
        Ok(files::save(Path::new(folder), raw, evidence)?)
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Wipes and frees it and sets its place to null.
///
/// # Safety
/// `document` is null or the place of a document that lives, or of null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_document_free(document: *mut *mut chipid_document) {
    // SAFETY: the caller's word is handed on.
    unsafe { handle::free(document) };
}
