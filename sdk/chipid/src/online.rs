//! Online confirmation: asking the issuer, or whoever may ask it, whether this document is theirs.
//!
//! No service's protocol is here. A [`ConfirmationRequest`] holds what such services ask for; a [`ConfirmationService`] is
//! what an application writes for the service that it has a contract with; a [`ConfirmationAnswer`] counts only where it
//! is bound to this document's number, to its signer, to the request's nonce and to the time.

mod answer;
mod nonce;
mod request;
mod service;
mod signed;

pub use answer::{ConfirmationAnswer, ConfirmationOutcome, Unreachable};
pub use nonce::Nonce;
pub use request::{ConfirmationRequest, DataGroupDigest, FOR_CONFIRMATION};
pub use service::ConfirmationService;
pub use signed::is_signed_by;

pub(crate) use answer::Confirmation;
pub(crate) use request::{Asked, object_of};
