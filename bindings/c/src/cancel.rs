//! Stopping a reading from another thread.

use crate::edge::{Trouble, call, make};
use crate::error::chipid_error;
use crate::handle::{self, kind};
use chipid::transport::cancel::Cancel;

/// Stops what runs under it, once and for all. The one handle that a second thread uses while the first one is at work.
pub struct chipid_cancel {
    _opaque: [u8; 0],
}

kind!(chipid_cancel, Cancel, 0xC41B_1D00_0000_0002);

/// A canceller that nobody has used.
///
/// # Safety
/// `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_cancel_new(
    out: *mut *mut chipid_cancel,
    error: *mut *mut chipid_error,
) -> i32 {
    // SAFETY: the caller's word is handed on.
    unsafe { make(out, error, || Ok(Cancel::new())) }
}

/// Stops what runs under it: that call ends with 1011. Returns when a wait for a card has ended, after two seconds at most.
///
/// # Safety
/// `cancel` is null or lives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_cancel_cancel(cancel: *const chipid_cancel) -> i32 {
    let work = || {
        let cancel = handle::read(cancel)?.clone();
        cancel.cancel();
        Ok(())
    };
    // SAFETY: null is not written to.
    unsafe { call(std::ptr::null_mut(), work) }
}

/// Whether somebody has cancelled: 1 or 0. For a function that carries APDUs and waits: nothing stops it from outside.
///
/// # Safety
/// `cancel` is null or lives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_cancel_is_cancelled(cancel: *const chipid_cancel) -> i32 {
    handle::read(cancel).map_or(0, |cancel| i32::from(cancel.is_cancelled()))
}

/// Frees it and sets its place to null.
///
/// # Safety
/// `cancel` is null or the place of a canceller that lives, or of null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_cancel_free(cancel: *mut *mut chipid_cancel) {
    // SAFETY: the caller's word is handed on.
    unsafe { handle::free(cancel) };
}

/// A copy of the caller's canceller, or one that nobody uses.
pub(crate) fn of(cancel: *const chipid_cancel) -> Result<Cancel, Trouble> {
    if cancel.is_null() {
        return Ok(Cancel::new());
    }
    Ok(handle::read(cancel)?.clone())
}
