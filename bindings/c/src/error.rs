//! Errors: a permanent code, a sentence in English for a developer, and what else is known. Nothing of the holder.

use crate::bytes::chipid_bytes;
use crate::edge::make_bytes;
use crate::files;
use crate::handle::{self, kind};
use chipid::FileId;
use serde_json::json;
use std::ffi::{CString, c_char};

/// Why a call could not be done.
pub struct chipid_error {
    _opaque: [u8; 0],
}

kind!(chipid_error, Told, 0xC41B_1D00_0000_0001);

/// What an error says.
pub(crate) struct Told {
    pub(crate) code: u16,
    message: CString,
    facts: chipid::ErrorFacts,
}

impl Told {
    pub(crate) fn of(told: chipid::edge::Told) -> Self {
        Self {
            code: told.code,
            message: sentence(told.message),
            facts: told.facts,
        }
    }
}

/// A sentence that C can read. A NUL stands in none: what follows one would be lost.
fn sentence(message: String) -> CString {
    let mut bytes = message.into_bytes();
    bytes.retain(|byte| *byte != 0);
    CString::new(bytes).unwrap_or_default()
}

/// The permanent code (docs/reference/error-codes.md); 0 for null.
///
/// # Safety
/// `error` is null or lives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_error_code(error: *const chipid_error) -> i32 {
    handle::read(error).map_or(0, |told| i32::from(told.code))
}

/// What happened, in English, for a developer: UTF-8 with a NUL, for as long as the error lives. An empty text for null.
///
/// # Safety
/// `error` is null or lives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_error_message(error: *const chipid_error) -> *const c_char {
    // The text stays where it is until the error is freed.
    handle::read(error).map_or(c"".as_ptr(), |told| told.message.as_ptr())
}

/// The file that it is about, by its number (0x0101 for DG1; chipid_file_name says its name). 0 where it is about none.
///
/// # Safety
/// `error` is null or lives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_error_file(error: *const chipid_error) -> u32 {
    let file = facts(error).file;
    file.map_or(0, files::number_of)
}

/// Where in the file the trouble is, in bytes from its beginning. -1 where that is not known.
///
/// # Safety
/// `error` is null or lives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_error_offset(error: *const chipid_error) -> i64 {
    let offset = facts(error).offset;
    offset
        .and_then(|offset| i64::try_from(offset).ok())
        .unwrap_or(-1)
}

/// What the chip answered (0x6982). -1 where it is not the chip's error.
///
/// # Safety
/// `error` is null or lives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_error_status_word(error: *const chipid_error) -> i32 {
    let status = facts(error).status;
    status.map_or(-1, |status| i32::from(status.0))
}

/// How many tries of the key the chip says are left. -1 where it says nothing of it.
///
/// # Safety
/// `error` is null or lives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_error_tries_left(error: *const chipid_error) -> i32 {
    let tries = facts(error).tries_left;
    tries.map_or(-1, i32::from)
}

/// The error as JSON: `code`, `message`, and `file`, `offset`, `status_word`, `tries_left` where they are known, else null.
/// Returns 0, or 8901, 8902 where there is no error to speak of.
///
/// # Safety
/// `error` is null or lives; `out` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_error_json(
    error: *const chipid_error,
    out: *mut chipid_bytes,
) -> i32 {
    let work = || {
        let told = handle::read(error)?;
        let text = json!({
            "code": told.code,
            "message": told.message.to_string_lossy(),
            "file": told.facts.file.map(|file: FileId| file.to_string()),
            "offset": told.facts.offset,
            "status_word": told.facts.status.map(|status| status.0),
            "tries_left": told.facts.tries_left,
        });
        Ok(Some(text.to_string().into_bytes()))
    };
    // SAFETY: as above.
    unsafe { make_bytes(out, std::ptr::null_mut(), work) }
}

/// Frees an error and sets its place to null.
///
/// # Safety
/// `error` is null or the place of an error that lives, or of null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_error_free(error: *mut *mut chipid_error) {
    // SAFETY: the caller's word is handed on.
    unsafe { handle::free(error) };
}

fn facts(error: *const chipid_error) -> chipid::ErrorFacts {
    handle::read(error)
        .map(|told| told.facts)
        .unwrap_or_default()
}
