//! What an application writes for the service that it has a contract with.

use super::{ConfirmationAnswer, ConfirmationRequest, Unreachable};
use std::future::Future;

/// A way to a confirmation service. Awaited by the caller's runtime, or run by [`block`](crate::block) where it answers
/// at once: see [`CardTransport`](crate::CardTransport), which is of the same form.
///
/// The one who writes it answers for this:
/// - **The answer is authentic.** Verify the service's signature over its answer (or speak to it through a channel that
///   authenticates it) before an answer is returned; else return [`Unreachable::NotAuthentic`]. [`is_signed_by`](super::is_signed_by)
///   verifies a signature under a certificate.
/// - **What binds the answer comes from the answer.** Number, signer, nonce and time are what the service says, never
///   copied from the request. A service that does not return one of them cannot be bound; do not make it up.
/// - **No answer is no answer.** Whatever is not understood is an [`Unreachable`], never a confirmation.
/// - **Consent.** The request holds a person's data: send it to whom the person agreed to, keep nothing of it.
pub trait ConfirmationService: Send {
    /// Asks.
    ///
    /// # Errors
    /// [`Unreachable`]: the check was then not performed, and a policy that requires it stays undecided.
    fn confirm(
        &mut self,
        request: &ConfirmationRequest,
    ) -> impl Future<Output = Result<ConfirmationAnswer, Unreachable>> + Send;
}
