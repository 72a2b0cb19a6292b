//! Policies, and the one answer.

use crate::assessment::{Decided, chipid_assessment};
use crate::bytes::chipid_bytes;
use crate::edge::{make, make_bytes, text};
use crate::error::chipid_error;
use crate::handle::{self, kind};
use crate::report;
use chipid::{Policy, VerdictKind};
use std::ffi::c_char;

/// By what a document and a face are judged.
pub struct chipid_policy {
    _opaque: [u8; 0],
}

kind!(chipid_policy, Policy, 0xC41B_1D00_0000_000A);
/// The answer, with its grounds.
pub struct chipid_verdict {
    _opaque: [u8; 0],
}

kind!(chipid_verdict, Decided, 0xC41B_1D00_0000_000B);

/// The answer. Nought is *undecided*, so that a variable that nobody set accepts nobody. These are not the exit codes of the
/// program.
#[repr(C)]
#[derive(Clone, Copy)]
pub enum chipid_answer {
    /// Nobody can say: a person decides, or something is done and asked again.
    CHIPID_UNDECIDED = 0,
    /// Everything that the policy requires holds. What that means is its purpose: only one that requires chip and face speaks of the holder.
    CHIPID_ACCEPT = 1,
    /// Not.
    CHIPID_REJECT = 2,
}

/// A built-in policy: counter, transfer, one-stop, document-only, data-cleaning, reading-only, demo.
///
/// # Safety
/// `name` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_policy_built_in(
    name: *const c_char,
    length: usize,
    out: *mut *mut chipid_policy,
    error: *mut *mut chipid_error,
) -> i32 {
    // SAFETY: the caller's word is handed on.
    unsafe { make(out, error, || Ok(Policy::built_in(text(name, length)?)?)) }
}

/// A policy of one's own, as TOML.
///
/// # Safety
/// `toml` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_policy_from_toml(
    toml: *const c_char,
    length: usize,
    out: *mut *mut chipid_policy,
    error: *mut *mut chipid_error,
) -> i32 {
    // SAFETY: the caller's word is handed on.
    unsafe { make(out, error, || Ok(Policy::from_toml(text(toml, length)?)?)) }
}

/// Frees it and sets its place to null.
///
/// # Safety
/// `policy` is null or the place of a policy that lives, or of null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_policy_free(policy: *mut *mut chipid_policy) {
    // SAFETY: the caller's word is handed on.
    unsafe { handle::free(policy) };
}

/// Decides. The assessment may be freed afterwards; it cannot be changed while the verdict lives.
///
/// # Safety
/// `policy` and `assessment` are null or live; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_policy_decide(
    policy: *const chipid_policy,
    assessment: *const chipid_assessment,
    out: *mut *mut chipid_verdict,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let (policy, assessed) = (handle::read(policy)?, handle::read(assessment)?);
        let assessment = assessed.assessment();
        Ok(Decided {
            verdict: policy.decide(&assessment),
            assessment,
            time_given: assessed.time_given,
        })
    };
    // SAFETY: as above.
    unsafe { make(out, error, work) }
}

/// The answer, one of chipid_answer. Of null, or of a handle of another kind, it is undecided.
///
/// # Safety
/// `verdict` is null or lives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_verdict_answer(verdict: *const chipid_verdict) -> i32 {
    let answer = match handle::read(verdict) {
        Ok(decided) => match decided.verdict.kind {
            VerdictKind::Accept => chipid_answer::CHIPID_ACCEPT,
            VerdictKind::Reject => chipid_answer::CHIPID_REJECT,
            VerdictKind::Undecided => chipid_answer::CHIPID_UNDECIDED,
        },
        Err(_) => chipid_answer::CHIPID_UNDECIDED,
    };
    answer as i32
}

/// Its name: `accept`, `reject`, `undecided`. Every number that is none of chipid_answer is undecided.
#[unsafe(no_mangle)]
pub extern "C" fn chipid_answer_name(answer: i32) -> *const c_char {
    let name = match answer {
        1 => c"accept",
        2 => c"reject",
        _ => c"undecided",
    };
    name.as_ptr()
}

/// The whole report as JSON (test-vectors/schemas/verify.schema.json). `fields` names what of the holder is given, with commas
/// between; empty for what is given unasked.
///
/// # Safety
/// `verdict` is null or lives; `fields` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_verdict_json(
    verdict: *const chipid_verdict,
    fields: *const c_char,
    length: usize,
    out: *mut chipid_bytes,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let report = unsafe { report::of_verdict(verdict, fields, length) }?;
        Ok(Some(report.json()))
    };
    // SAFETY: the caller's word is handed on.
    unsafe { make_bytes(out, error, work) }
}

/// Wipes and frees it and sets its place to null.
///
/// # Safety
/// `verdict` is null or the place of a verdict that lives, or of null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_verdict_free(verdict: *mut *mut chipid_verdict) {
    // SAFETY: the caller's word is handed on.
    unsafe { handle::free(verdict) };
}
