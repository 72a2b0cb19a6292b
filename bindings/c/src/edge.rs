//! The edge between the languages: errors become codes, panics are stopped, pointers become slices.

use crate::bytes::chipid_bytes;
use crate::error::{Told, chipid_error};
use crate::handle;
use chipid::{Error, FaceError, Misuse, PolicyError, StepperError, TransportError, TrustError};
use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why a call could not be done.
#[derive(Debug)]
pub(crate) enum Trouble {
    Work(Box<Error>),
    Misuse(Misuse),
    Stepper(StepperError),
    Panic,
}

impl Trouble {
    fn told(&self) -> Told {
        match self {
            Self::Work(error) => Told::of(error),
            Self::Misuse(misuse) => Told::plain(misuse.code(), &misuse.to_string()),
            Self::Stepper(error) => Told::plain(error.code(), &error.to_string()),
            // What the panic said stays within: nobody wrote it for a person, and it may hold anything.
            Self::Panic => Told::plain(chipid::PANIC, "chipid has a fault and stopped"),
        }
    }
}

impl From<Misuse> for Trouble {
    fn from(misuse: Misuse) -> Self {
        Self::Misuse(misuse)
    }
}

impl From<StepperError> for Trouble {
    fn from(error: StepperError) -> Self {
        Self::Stepper(error)
    }
}

macro_rules! work {
    ($($error:ty),* $(,)?) => {
        $(impl From<$error> for Trouble {
            fn from(error: $error) -> Self {
                Self::Work(Box::new(error.into()))
            }
        })*
    };
}

work!(Error, FaceError, PolicyError, TransportError, TrustError);

/// Runs a call: 0, or its code, with the error at `error` where somebody wants it.
///
/// # Safety
/// `error` is null or can be written.
pub(crate) unsafe fn call(
    error: *mut *mut chipid_error,
    work: impl FnOnce() -> Result<(), Trouble>,
) -> i32 {
    let told = stopped(|| work().err().map(|trouble| trouble.told()))
        .unwrap_or_else(|| Some(Trouble::Panic.told()));
    let code = told.as_ref().map_or(0, |told| i32::from(told.code));
    if !error.is_null() {
        let place = told.map_or(std::ptr::null_mut(), handle::new::<chipid_error>);
        // SAFETY: by the caller's word the place can be written.
        unsafe { error.write(place) };
    }
    code
}

/// Runs work; `None` where it panics.
fn stopped<T>(work: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(value) => Some(value),
        Err(payload) => {
            // A payload may panic again when it is dropped: it is left where it is.
            std::mem::forget(payload);
            None
        }
    }
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

/// The caller's text, UTF-8, with its length and no NUL.
///
/// # Safety
/// As [`slice`].
pub(crate) unsafe fn text<'a>(data: *const c_char, length: usize) -> Result<&'a str, Trouble> {
    // SAFETY: the caller's word is handed on.
    let bytes = unsafe { slice(data.cast(), length) }?;
    std::str::from_utf8(bytes).map_err(|_| Misuse::NotText.into())
}

/// The error of a transport by its code, which the caller's callback returned.
pub(crate) fn transport_error(code: i32) -> TransportError {
    TransportError::ALL
        .into_iter()
        .find(|error| i32::from(error.code()) == code)
        .unwrap_or(TransportError::Failed)
}
