//! The edge to JavaScript: what is told of a failure becomes JSON with its permanent code.

use chipid::edge::{Told, Trouble as Why, guarded};
pub(crate) use chipid::edge::{text, transport_error, transport_limits};
use chipid::{
    Error, FaceError, FileId, Misuse, PolicyError, StepperError, TransportError, TrustError,
};
use serde_json::json;

/// Why a call could not be done.
#[derive(Debug)]
pub(crate) struct Trouble(Why);

impl Trouble {
    /// An earlier call panicked: what it left cannot be relied on.
    pub(crate) const BROKEN: Self = Self(Why::Panic(None));
}

macro_rules! from {
    ($($why:ty),* $(,)?) => {
        $(impl From<$why> for Trouble {
            fn from(why: $why) -> Self {
                Self(why.into())
            }
        })*
    };
}

from!(
    Error,
    FaceError,
    Misuse,
    PolicyError,
    StepperError,
    TransportError,
    TrustError
);

/// Runs work on whatever thread this is. An error is told; a panic is stopped.
pub(crate) fn call<T>(work: impl FnOnce() -> Result<T, Trouble>) -> napi::Result<T> {
    guarded(|| work().map_err(|trouble| trouble.0)).map_err(|why| Trouble(why).into())
}

impl From<Trouble> for napi::Error {
    /// The reason is JSON, of which `lib/errors.cjs` makes a `ChipidError`.
    fn from(trouble: Trouble) -> Self {
        let Told {
            code,
            message,
            facts,
        } = trouble.0.told();
        let told = json!({
            "code": code,
            "message": message,
            "file": facts.file.map(|file: FileId| file.to_string()),
            "offset": facts.offset,
            "statusWord": facts.status.map(|status| status.0),
            "triesLeft": facts.tries_left,
        });
        Self::from_reason(told.to_string())
    }
}
