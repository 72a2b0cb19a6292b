//! The edge between the languages: errors become codes, panics are stopped, pointers become slices.

use crate::bytes::chipid_bytes;
use crate::error::{Told, chipid_error};
use crate::handle;
use chipid::Misuse;
pub(crate) use chipid::edge::{Trouble, day, stopped, transport_error, transport_limits};
use std::ffi::c_char;

/// Runs a call: 0, or its code, with the error at `error` where somebody wants it.
///
/// # Safety
/// `error` is null or can be written.
pub(crate) unsafe fn call(
    error: *mut *mut chipid_error,
    work: impl FnOnce() -> Result<(), Trouble>,
) -> i32 {
    let told = chipid::edge::guarded(work)
        .err()
        .map(|trouble| Told::of(trouble.told()));
    let code = told.as_ref().map_or(0, |told| i32::from(told.code));
    if !error.is_null() {
        let place = told.map_or(std::ptr::null_mut(), handle::new::<chipid_error>);
        // SAFETY: by the caller's word the place can be written.
        unsafe { error.write(place) };
    }
    code
}

/// Runs a call that makes a handle at `out`, which is null before anything is done: after a failure nothing of an earlier call
/// stands there.
///
/// # Safety
/// `out` and `error` are null or can be written.
pub(crate) unsafe fn make<K: handle::Kind>(
    out: *mut *mut K,
    error: *mut *mut chipid_error,
    work: impl FnOnce() -> Result<K::Value, Trouble>,
) -> i32 {
    if !out.is_null() {
        // SAFETY: by the caller's word the place can be written.
        unsafe { out.write(std::ptr::null_mut()) };
    }
    let placed = || {
        if out.is_null() {
            return Err(Misuse::NullArgument.into());
        }
        let made = handle::new::<K>(work()?);
        // SAFETY: as above.
        unsafe { out.write(made) };
        Ok(())
    };
    // SAFETY: the caller's word is handed on.
    unsafe { call(error, placed) }
}

/// Runs a call that gives bytes at `out`, which holds none before anything is done, and none where there are none.
///
/// # Safety
/// `out` and `error` are null or can be written.
pub(crate) unsafe fn make_bytes(
    out: *mut chipid_bytes,
    error: *mut *mut chipid_error,
    work: impl FnOnce() -> Result<Option<Vec<u8>>, Trouble>,
) -> i32 {
    if !out.is_null() {
        // SAFETY: by the caller's word the place can be written.
        unsafe { out.write(chipid_bytes::NONE) };
    }
    let placed = || {
        if out.is_null() {
            return Err(Misuse::NullArgument.into());
        }
        if let Some(bytes) = work()? {
            // SAFETY: as above.
            unsafe { out.write(chipid_bytes::of(bytes)) };
        }
        Ok(())
    };
    // SAFETY: the caller's word is handed on.
    unsafe { call(error, placed) }
}

/// The caller's bytes. Null with length 0 is empty.
///
/// # Safety
/// `data` is null or points to `length` bytes that stay as they are during the call.
pub(crate) unsafe fn slice<'a>(data: *const u8, length: usize) -> Result<&'a [u8], Trouble> {
    match (data.is_null(), length) {
        (_, 0) => Ok(&[]),
        (true, _) => Err(Misuse::NullArgument.into()),
        // No object is longer; a negative length that became one without a sign is.
        (false, _) if isize::try_from(length).is_err() => Err(Misuse::UnknownValue.into()),
        // SAFETY: by the caller's word there are `length` bytes.
        (false, _) => Ok(unsafe { std::slice::from_raw_parts(data, length) }),
    }
}

/// The caller's structure, whose first field says how long it is. Another length is another version's: a longer one might say what
/// would be passed over here.
///
/// # Safety
/// `at` is null, or points to a structure that begins with its size, and is as long as that says.
pub(crate) unsafe fn structure<'a, T>(at: *const T) -> Result<&'a T, Trouble> {
    if at.is_null() {
        return Err(Misuse::NullArgument.into());
    }
    // SAFETY: by the caller's word the size stands there.
    if unsafe { at.cast::<usize>().read() } != size_of::<T>() {
        return Err(Misuse::UnknownValue.into());
    }
    // SAFETY: it is as long as it has to be.
    Ok(unsafe { &*at })
}

/// The caller's text, UTF-8, with its length and no NUL.
///
/// # Safety
/// As [`slice`].
pub(crate) unsafe fn text<'a>(data: *const c_char, length: usize) -> Result<&'a str, Trouble> {
    // SAFETY: the caller's word is handed on.
    let bytes = unsafe { slice(data.cast(), length) }?;
    Ok(chipid::edge::text(bytes)?)
}
