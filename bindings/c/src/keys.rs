//! What opens a chip.

use crate::edge::{day, make, slice, text};
use crate::error::chipid_error;
use crate::handle::{self, kind};
use chipid::GivenKeys;
use std::ffi::c_char;

/// Keys to try, never more than five, with what came along (QR code, zone, number), which is compared with the signed data.
pub struct chipid_keys {
    _opaque: [u8; 0],
}

kind!(chipid_keys, GivenKeys, 0xC41B_1D00_0000_0003);

/// The card access number: six digits. Those of a Vietnamese card are the last six of its number.
///
/// # Safety
/// `digits` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_keys_can(
    digits: *const c_char,
    length: usize,
    out: *mut *mut chipid_keys,
    error: *mut *mut chipid_error,
) -> i32 {
    // SAFETY: the caller's word is handed on.
    unsafe { make(out, error, || Ok(GivenKeys::can(text(digits, length)?)?)) }
}

/// The holder's PIN, four to twelve digits. A few wrong ones block it.
///
/// # Safety
/// `digits` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_keys_pin(
    digits: *const c_char,
    length: usize,
    out: *mut *mut chipid_keys,
    error: *mut *mut chipid_error,
) -> i32 {
    // SAFETY: the caller's word is handed on.
    unsafe { make(out, error, || Ok(GivenKeys::pin(text(digits, length)?)?)) }
}

/// The number that unblocks the PIN, eight to twelve digits.
///
/// # Safety
/// `digits` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_keys_puk(
    digits: *const c_char,
    length: usize,
    out: *mut *mut chipid_keys,
    error: *mut *mut chipid_error,
) -> i32 {
    // SAFETY: the caller's word is handed on.
    unsafe { make(out, error, || Ok(GivenKeys::puk(text(digits, length)?)?)) }
}

/// The text of a machine readable zone. What a camera confused is put right where check digits prove it.
///
/// # Safety
/// `zone` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_keys_mrz(
    zone: *const c_char,
    length: usize,
    out: *mut *mut chipid_keys,
    error: *mut *mut chipid_error,
) -> i32 {
    // SAFETY: the caller's word is handed on.
    unsafe { make(out, error, || Ok(GivenKeys::mrz(text(zone, length)?)?)) }
}

/// The QR code of a Vietnamese card: its text in any encoding, or a picture of it (JPEG, PNG).
///
/// # Safety
/// `code` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_keys_qr(
    code: *const u8,
    length: usize,
    out: *mut *mut chipid_keys,
    error: *mut *mut chipid_error,
) -> i32 {
    // SAFETY: the caller's word is handed on.
    unsafe { make(out, error, || Ok(GivenKeys::qr(slice(code, length)?)?)) }
}

/// The personal number of a Vietnamese card, twelve digits. It opens chips that have PACE.
///
/// # Safety
/// `digits` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_keys_number(
    digits: *const c_char,
    length: usize,
    out: *mut *mut chipid_keys,
    error: *mut *mut chipid_error,
) -> i32 {
    // SAFETY: the caller's word is handed on.
    unsafe { make(out, error, || Ok(GivenKeys::number(text(digits, length)?)?)) }
}

/// Document number, birth and last day of validity as the zone has them, the days as `YYMMDD`.
///
/// # Safety
/// The texts point to as many bytes as their lengths say; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_keys_document(
    number: *const c_char,
    number_length: usize,
    birth: *const c_char,
    birth_length: usize,
    expiry: *const c_char,
    expiry_length: usize,
    out: *mut *mut chipid_keys,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (number, birth, expiry) = unsafe {
            (
                text(number, number_length)?,
                text(birth, birth_length)?,
                text(expiry, expiry_length)?,
            )
        };
        Ok(GivenKeys::document(number, birth, expiry)?)
    };
    // SAFETY: as above.
    unsafe { make(out, error, work) }
}

/// The personal number with the days of birth and issue as `YYYYMMDD` in a number (19990315): for chips without PACE, whose
/// day of expiry is reckoned from them.
///
/// # Safety
/// `digits` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_keys_number_and_days(
    digits: *const c_char,
    length: usize,
    birth: u32,
    issued: u32,
    out: *mut *mut chipid_keys,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let digits = unsafe { text(digits, length) }?;
        let (birth, issued) = (day(birth)?, day(issued)?);
        Ok(GivenKeys::number_and_days(digits, birth, issued)?)
    };
    // SAFETY: as above.
    unsafe { make(out, error, work) }
}

/// Wipes and frees them and sets their place to null.
///
/// # Safety
/// `keys` is null or the place of keys that live, or of null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_keys_free(keys: *mut *mut chipid_keys) {
    // SAFETY: the caller's word is handed on.
    unsafe { handle::free(keys) };
}
