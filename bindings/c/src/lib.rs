//! chipid for C: `include/chipid.h` is made from these functions and says what each does.
//!
//! Rules for all of them:
//! - A function returns 0, or the permanent code of an error. With `error` not null it then stands there in full, to be freed.
//! - Handles are opaque, made by one function and freed by one, which takes their address and sets it to null: freeing twice is
//!   freeing nothing. A handle that was freed, one of another kind, or in use by another call, is an error (8902, 8903).
//! - Whoever passes bytes keeps them; whoever gets a [`bytes::chipid_bytes`] frees it. Secrets are wiped then.
//! - A panic within is stopped and becomes 9999.
//! - A handle may go from thread to thread; two calls at once on one handle are refused, not mixed.
#![allow(non_camel_case_types)] // The names are those of C.
#![warn(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

pub mod assessment;
pub mod bytes;
pub mod cancel;
pub mod confirmation;
pub mod document;
mod edge;
pub mod error;
pub mod error_code;
pub mod face;
pub mod files;
mod handle;
mod json;
pub mod keys;
mod maker;
pub mod policy;
#[cfg(feature = "pcsc")]
pub mod readers;
pub mod reading;
pub mod report;
pub mod trust;
pub mod vendor_comparison;

use std::ffi::c_char;

/// The version of the library, as `0.1.0`; lives as long as the program.
#[unsafe(no_mangle)]
pub extern "C" fn chipid_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}
