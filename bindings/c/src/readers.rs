//! Readers of this machine, through PC/SC.

use crate::cancel::{self, chipid_cancel};
use crate::document::{Read, chipid_document};
use crate::edge::{call, give, text};
use crate::error::chipid_error;
use crate::handle;
use crate::reading::chipid_reading;
use chipid::pcsc::{self, ConnectOptions, Reader};
use chipid::{Misuse, block};
use std::ffi::c_char;
use std::time::Duration;

/// Waits for a card on the reader of that name (empty: on any contactless reader), and reads it. `wait_ms` 0 does not wait.
///
/// # Safety
/// `reading` and `cancel` are null or live; `name` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_reading_run_on_reader(
    reading: *const chipid_reading,
    name: *const c_char,
    length: usize,
    wait_ms: u32,
    cancel: *const chipid_cancel,
    out: *mut *mut chipid_document,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (mut session, name, cancel) = unsafe {
            (
                handle::get(reading)?,
                text(name, length)?,
                cancel::of(cancel)?,
            )
        };
        let wait = Some(Duration::from_millis(wait_ms.into()));
        let reader = if name.is_empty() {
            pcsc::wait_for_card(wait, &cancel)?
        } else {
            let reader = Reader::named(name)?;
            reader.wait_for_card(wait, &cancel)?;
            reader
        };
        let mut card = reader.connect_with(&ConnectOptions::new().cancel(&cancel))?;
        let reading = session.steps.reading().ok_or(Misuse::Busy)?;
        let document = block(reading.run(&mut card))??;
        let read = Read::of(document, &session);
        // SAFETY: as above.
        unsafe { give(out, || Ok(read)) }
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}
