//! chipid for Kotlin, Swift and Python, through UniFFI: what their idiomatic layers are made of.
//!
//! Rules for all of it:
//! - Nothing calls back. A reading is a stepper: it says which command to carry, and takes the response. The loop around it, with
//!   that language's own way to wait and to cancel, stands in the language's layer, so that what a callback throws, or that it
//!   hangs, never gets here.
//! - Bytes that come in are borrowed for the call and copied by nobody. Bytes and texts that go out pass through memory of this
//!   library's, which wipes what it frees.
//! - Objects may go from thread to thread. Two calls at once on one that is being changed: the second is refused (8903).
//! - An error is [`edge::Failure`], with a permanent code. A panic within is stopped and becomes 9999.
//! - What a feature leaves out is there nevertheless and answers with an error, so that one generated code fits every build.
#![warn(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

pub mod assessment;
pub mod bytes;
pub mod confirmation;
pub mod document;
pub mod edge;
pub mod face;
pub mod files;
mod held;
pub mod keys;
pub mod policy;
pub mod readers;
pub mod reading;
pub mod trust;
pub mod verdict;
mod wiping;

uniffi::setup_scaffolding!();

/// The version of the library.
#[uniffi::export]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
