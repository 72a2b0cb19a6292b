//! Readers of this machine, through PC/SC.

use crate::bytes::chipid_bytes;
use crate::cancel::{self, chipid_cancel};
use crate::document::{Read, chipid_document};
use crate::edge::{make, make_bytes, text};
use crate::error::chipid_error;
use crate::handle;
use crate::json::Wiped;
use crate::reading::{Session, chipid_reading};
use crate::report::chipid_report;
use chipid::pcsc::{self, CardState, ConnectOptions, Reader};
use chipid::{Error, Misuse, block};
use serde_json::{Map, Value, json};
use std::ffi::c_char;
use std::time::Duration;

/// Waits for a card on the reader of that name, or of the only one with it in its name (empty: on any contactless reader), and reads
/// it. `wait_ms` 0 does not wait. What the reader carries is asked of it, so that chipid_reading_set_limits does not count here.
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
                handle::change(reading)?,
                text(name, length)?,
                cancel::of(cancel)?,
            )
        };
        let Session { steps, beside } = session.get_mut();
        let reading = steps.reading().ok_or(Misuse::Busy)?;
        let wait = Some(Duration::from_millis(wait_ms.into()));
        let reader = if name.is_empty() {
            pcsc::wait_for_card(wait, &cancel)?
        } else {
            let reader = Reader::named(name)?;
            reader.wait_for_card(wait, &cancel)?;
            reader
        };
        let mut card = reader.connect_with(&ConnectOptions::new().cancel(&cancel))?;
        let document = block(reading.run(&mut card))??;
        Ok(Read::of(document, beside))
    };
    // SAFETY: as above.
    unsafe { make(out, error, work) }
}

/// The readers of this machine, as JSON: a list of objects with `name`, and `card`, whether one lies on it.
///
/// # Safety
/// `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_readers_json(
    out: *mut chipid_bytes,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || Ok(Some(listed()?.to_string().into_bytes()));
    // SAFETY: the caller's word is handed on.
    unsafe { make_bytes(out, error, work) }
}

/// The same, to be asked for value by value: `/readers/0/name`, `/readers/0/card`.
///
/// # Safety
/// `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_readers_report(
    out: *mut *mut chipid_report,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let mut map = Map::new();
        map.insert("readers".to_owned(), listed()?);
        Ok(Wiped::of(map))
    };
    // SAFETY: the caller's word is handed on.
    unsafe { make(out, error, work) }
}

fn listed() -> Result<Value, Error> {
    let readers = pcsc::readers()?;
    let told = readers
        .iter()
        .map(|reader| json!({"name": reader.name, "card": reader.card != CardState::Absent}));
    Ok(told.collect())
}
