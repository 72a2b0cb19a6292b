//! Errors: a permanent code, a sentence in English for a developer, and what else is known. Nothing of the holder.

use crate::bytes::chipid_bytes;
use crate::edge::make_bytes;
use crate::handle::{self, kind};
use chipid::{Error, FileId};
use serde_json::json;

/// Why a call could not be done.
pub struct chipid_error {
    _opaque: [u8; 0],
}

kind!(chipid_error, Told, 0xC41B_1D00_0000_0001);

/// What an error says.
pub(crate) struct Told {
    pub(crate) code: u16,
    message: String,
    facts: chipid::ErrorFacts,
}

impl Told {
    pub(crate) fn of(error: &Error) -> Self {
        Self {
            code: error.code(),
            message: message(error),
            facts: error.facts(),
        }
    }

    pub(crate) fn plain(code: u16, message: &str) -> Self {
        Self {
            code,
            message: message.to_owned(),
            facts: chipid::ErrorFacts::default(),
        }
    }
}

/// What happened. A folder may be named by a holder's number, so that no path stands in it: the caller knows which it gave.
fn message(error: &Error) -> String {
    match error {
        Error::File { kind, .. } => format!("a file or folder cannot be used: {kind}"),
        Error::NoDocumentFiles { .. } => "the folder holds no files of a document".to_owned(),
        Error::FolderTaken { .. } => "the folder holds a document's files already".to_owned(),
        other => other.to_string(),
    }
}

/// The permanent code (docs/reference/error-codes.md); 0 for null.
///
/// # Safety
/// `error` is null or lives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_error_code(error: *const chipid_error) -> i32 {
    // SAFETY: the caller's word is handed on.
    unsafe { handle::read(error) }.map_or(0, |told| i32::from(told.code))
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
        // SAFETY: the caller's word is handed on.
        let told = unsafe { handle::read(error) }?;
        let text = json!({
            "code": told.code,
            "message": told.message,
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
