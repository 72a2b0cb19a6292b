//! What a report says, value by value: for languages and programs that had rather not read JSON.

use crate::assessment::chipid_assessment;
use crate::bytes::chipid_bytes;
use crate::edge::{Trouble, make, make_bytes, text};
use crate::error::chipid_error;
use crate::handle::{self, kind};
use crate::json::Wiped;
use crate::policy::chipid_verdict;
use chipid::Misuse;
use chipid::holder_fields::Field;
use chipid::report::Report;
use serde_json::Value;
use std::ffi::c_char;

/// What is known of a document and its holder, at one moment: the same as the JSON, to be asked for by place.
pub struct chipid_report {
    _opaque: [u8; 0],
}

kind!(chipid_report, Wiped, 0xC41B_1D00_0000_000C);

/// The report of a verdict. `fields` names what of the holder is given, with commas between; empty for what is given unasked. The
/// verdict may be freed afterwards.
///
/// # Safety
/// `verdict` is null or lives; `fields` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_report_new(
    verdict: *const chipid_verdict,
    fields: *const c_char,
    length: usize,
    out: *mut *mut chipid_report,
    error: *mut *mut chipid_error,
) -> i32 {
    // SAFETY: the caller's word is handed on.
    unsafe { make(out, error, || of_verdict(verdict, fields, length)) }
}

/// The same of an assessment that nobody judges: without verdict, grounds and what a policy makes of the face.
///
/// # Safety
/// `assessment` is null or lives; `fields` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_report_of_assessment(
    assessment: *const chipid_assessment,
    fields: *const c_char,
    length: usize,
    out: *mut *mut chipid_report,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (assessed, fields) = unsafe { (handle::read(assessment)?, text(fields, length)?) };
        let (assessment, fields) = (assessed.assessment(), asked(fields)?);
        let report = Report::new(&assessment, None)
            .time_given(assessed.time_given)
            .fields(&fields);
        Ok(Wiped::of(report.to_map()))
    };
    // SAFETY: as above.
    unsafe { make(out, error, work) }
}

/// The value at a place, as a JSON pointer names it (RFC 6901): `/verdict`, `/grounds/0/code`, `/holder/name`. Text as it is, a number
/// in digits, `true` or `false`; an object or a list as JSON. None (null data) where there is null or nothing at that place, which
/// an empty text is not.
///
/// # Safety
/// `report` is null or lives; `pointer` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_report_value(
    report: *const chipid_report,
    pointer: *const c_char,
    length: usize,
    out: *mut chipid_bytes,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (report, pointer) = unsafe { (handle::read(report)?, text(pointer, length)?) };
        Ok(match report.at(pointer) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.as_bytes().to_vec()),
            Some(other) => Some(crate::json::compact(other)),
        })
    };
    // SAFETY: as above.
    unsafe { make_bytes(out, error, work) }
}

/// What stands beneath a place, with commas between: the keys of an object in their order, the places of a list (`0,1,2`). Empty
/// where nothing stands in it; none (null data) where there is no object and no list. Keys are words of the contract: no comma is in
/// one.
///
/// # Safety
/// As [`chipid_report_value`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_report_names(
    report: *const chipid_report,
    pointer: *const c_char,
    length: usize,
    out: *mut chipid_bytes,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (report, pointer) = unsafe { (handle::read(report)?, text(pointer, length)?) };
        let names = match report.at(pointer) {
            Some(Value::Object(object)) => object
                .keys()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(","),
            Some(Value::Array(list)) => {
                let places: Vec<String> = (0..list.len()).map(|place| place.to_string()).collect();
                places.join(",")
            }
            _ => return Ok(None),
        };
        Ok(Some(names.into_bytes()))
    };
    // SAFETY: as above.
    unsafe { make_bytes(out, error, work) }
}

/// The whole report as JSON (test-vectors/schemas/verify.schema.json).
///
/// # Safety
/// `report` is null or lives; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_report_json(
    report: *const chipid_report,
    out: *mut chipid_bytes,
    error: *mut *mut chipid_error,
) -> i32 {
    // SAFETY: the caller's word is handed on.
    unsafe { make_bytes(out, error, || Ok(Some(handle::read(report)?.json()))) }
}

/// Wipes and frees it and sets its place to null.
///
/// # Safety
/// `report` is null or the place of a report that lives, or of null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_report_free(report: *mut *mut chipid_report) {
    // SAFETY: the caller's word is handed on.
    unsafe { handle::free(report) };
}

/// The report of a verdict, with these fields.
///
/// # Safety
/// As [`chipid_report_new`].
pub(crate) unsafe fn of_verdict(
    verdict: *const chipid_verdict,
    fields: *const c_char,
    length: usize,
) -> Result<Wiped, Trouble> {
    // SAFETY: the caller's word is handed on.
    let (decided, fields) = unsafe { (handle::read(verdict)?, text(fields, length)?) };
    let fields = asked(fields)?;
    let report = Report::new(&decided.assessment, Some(&decided.verdict))
        .time_given(decided.time_given)
        .fields(&fields);
    Ok(Wiped::of(report.to_map()))
}

fn asked(fields: &str) -> Result<Vec<Field>, Misuse> {
    fields
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(Field::named)
        .collect::<Option<_>>()
        .ok_or(Misuse::UnknownValue)
}
