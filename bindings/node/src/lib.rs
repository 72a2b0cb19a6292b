//! chipid for Node.js, beneath: what `lib/*.cjs` wraps into the surface that `index.d.ts` describes. Nobody else calls it.
//!
//! Rules for all of it:
//! - Whatever takes longer than a millisecond runs in libuv's pool, and whatever waits for a reader on a thread of its own: the
//!   event loop is never held.
//! - An error is thrown as JSON, of which the wrapper makes its own exception. A panic is stopped and becomes 9999.
//! - A value is taken out of its object while somebody changes it, so that a second call finds it gone (8903) and never half done.
#![deny(unsafe_code)]
#![warn(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

mod assessment;
mod called;
mod confirmation;
mod document;
mod edge;
mod faces;
mod files;
mod json;
mod keys;
mod place;
mod policy;
#[cfg(feature = "pcsc")]
mod readers;
mod reading;
mod trust;
mod vendor_comparison;
mod verdict;
mod weight;
mod work;

use napi_derive::napi;

/// The version of the library.
#[napi]
#[must_use]
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// What is alive: for tests.
#[napi(object, object_from_js = false)]
pub struct Alive {
    /// Values behind objects, and behind calls under way.
    pub values: i64,
    /// Bytes that the garbage collector was told of.
    pub bytes: i64,
}

/// What is alive in this process, over all its threads.
#[napi]
#[must_use]
pub fn alive() -> Alive {
    Alive {
        values: place::values(),
        bytes: weight::told(),
    }
}
