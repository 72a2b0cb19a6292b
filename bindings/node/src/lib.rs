//! chipid for Node.js.

use napi_derive::napi;

/// The version of the library.
#[napi]
#[must_use]
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}
