//! From what PC/SC says to what happened: the same error code stands for several things that a person must do.

use super::reader::{CardState, card_state, establish, gone, state};
use chipid_emrtd::card_transport::TransportError;
use pcsc::{Context, Error, State};
use std::ffi::CStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a reader may take to notice that its card has gone. Drivers poll, antennas several times a second.
const SETTLING: Duration = Duration::from_millis(1500);

/// The longest command that every reader carries: header, Lc, 255 bytes, Le.
const SHORT_COMMAND: usize = 4 + 1 + 255 + 1;

/// What an error means by itself.
pub(super) fn kind(error: Error) -> TransportError {
    match error {
        // The last: the service goes down, or the session ends.
        Error::NoService
        | Error::ServiceStopped
        | Error::ServerTooBusy
        | Error::Shutdown
        | Error::CommError
        | Error::InvalidHandle
        | Error::InternalError
        | Error::SystemCancelled => TransportError::ServiceUnavailable,
        Error::SecurityViolation | Error::NoAccess => TransportError::AccessDenied,
        Error::NoReadersAvailable => TransportError::NoReader,
        Error::UnknownReader | Error::ReaderUnavailable => TransportError::ReaderRemoved,
        Error::NoSmartcard => TransportError::NoCard,
        Error::RemovedCard => TransportError::CardRemoved,
        Error::ResetCard => TransportError::CardReset,
        Error::SharingViolation => TransportError::SharingViolation,
        Error::UnresponsiveCard
        | Error::UnpoweredCard
        | Error::UnsupportedCard
        | Error::ProtoMismatch => TransportError::CardMute,
        Error::Cancelled | Error::CancelledByUser => TransportError::Cancelled,
        Error::Timeout | Error::WaitedTooLong => TransportError::Timeout,
        // The card said more than it was asked for, or than a response APDU holds.
        Error::InsufficientBuffer => TransportError::Malformed,
        _ => TransportError::Failed,
    }
}

/// What an error means on a connection to the service that has worked. Whoever may not use the service is told so when
/// connecting; later on pcsc-lite calls it a violation of security when the service dies with a question unread.
pub(super) fn kind_once_connected(error: Error) -> TransportError {
    match kind(error) {
        TransportError::AccessDenied => TransportError::ServiceUnavailable,
        told => told,
    }
}

/// What an error means after the reader was asked what is on it now.
pub(super) fn while_connecting(context: &Context, reader: &CStr, error: Error) -> TransportError {
    match kind(error) {
        TransportError::Failed | TransportError::CardRemoved | TransportError::CardMute => {
            match presence(context, reader) {
                Err(trouble) => trouble,
                Ok(CardState::Absent) => TransportError::NoCard,
                Ok(CardState::Present | CardState::Mute) => TransportError::CardMute,
            }
        }
        told => told,
    }
}

/// How far a thread came that connects: our own connection makes a reader "in use" too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// It asked for a connection. pcscd makes it wait while another program is in a transaction, and while a card does not
    /// answer to being powered.
    Nowhere,
    /// It is connected, and waits until no other program holds the card.
    Waiting,
    /// It holds the card, and asks the driver.
    Holding,
    /// It is connected without holding anything, beside other programs, and asks the driver.
    Beside,
    /// It is so connected, and nobody else was.
    Alone,
}

/// Where a thread tells how far it came.
#[derive(Clone, Debug)]
pub(super) struct Progress(Arc<Mutex<Came>>);

impl Progress {
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(Came::Nowhere)))
    }

    pub(super) fn came(&self, far: Came) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = far;
    }

    fn so_far(&self) -> Came {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What it means that connecting took too long.
pub(super) fn timed_out_connecting(reader: &CStr, progress: &Progress) -> TransportError {
    let came = progress.so_far();
    match establish().and_then(|context| state(&context, reader)) {
        Ok(state) => too_long(came, state.event_state()),
        Err(trouble) => trouble,
    }
}

fn too_long(came: Came, flags: State) -> TransportError {
    match came {
        Came::Nowhere if is_in_use(flags) => TransportError::SharingViolation,
        Came::Waiting | Came::Beside => TransportError::SharingViolation,
        Came::Nowhere | Came::Holding => TransportError::CardMute,
        Came::Alone => TransportError::Timeout,
    }
}

/// Whether some program is connected to the card.
pub(super) fn is_in_use(flags: State) -> bool {
    flags.intersects(State::INUSE | State::EXCLUSIVE)
}

/// What an error means when a command of `length` bytes got no response.
pub(super) fn while_transmitting(
    context: &Context,
    reader: &CStr,
    error: Error,
    length: usize,
) -> TransportError {
    // The protocol was settled when we connected: only a reset makes the service forget it.
    if error == Error::ProtoMismatch {
        return TransportError::CardReset;
    }
    match kind_once_connected(error) {
        // Removal is reported as a reset where the card has come back, and as a failed transmission where the
        // reader has not noticed yet. A reader that was unplugged takes its card with it.
        TransportError::CardRemoved | TransportError::NoCard => match presence(context, reader) {
            Err(trouble) => trouble,
            Ok(_) => TransportError::CardRemoved,
        },
        TransportError::Failed | TransportError::CardMute => {
            match settled_presence(context, reader) {
                Err(trouble) => trouble,
                Ok(CardState::Absent) => TransportError::CardRemoved,
                // SCARD_E_NOT_TRANSACTED is also how a reader refuses an extended APDU.
                Ok(CardState::Present) if length > SHORT_COMMAND => TransportError::TooLong,
                Ok(CardState::Present | CardState::Mute) => TransportError::CardMute,
            }
        }
        told => told,
    }
}

/// What it means that the driver reported success and brought no status word.
pub(super) fn without_status(context: &Context, reader: &CStr) -> TransportError {
    match settled_presence(context, reader) {
        Err(trouble) => trouble,
        Ok(CardState::Absent) => TransportError::CardRemoved,
        Ok(CardState::Present | CardState::Mute) => TransportError::Malformed,
    }
}

fn presence(context: &Context, reader: &CStr) -> Result<CardState, TransportError> {
    state(context, reader).map(|state| card_state(state.event_state()))
}

/// Waits until the card is seen to be gone, for as long as a reader may need to see it.
fn settled_presence(context: &Context, reader: &CStr) -> Result<CardState, TransportError> {
    settled(context, reader, |card| card == CardState::Absent)
}

/// Waits until a card is seen to be back, for as long as a reader may need to see it.
pub(super) fn back_again(context: &Context, reader: &CStr) -> Result<CardState, TransportError> {
    settled(context, reader, |card| card == CardState::Present)
}

fn settled(
    context: &Context,
    reader: &CStr,
    awaited: impl Fn(CardState) -> bool,
) -> Result<CardState, TransportError> {
    let deadline = Instant::now() + SETTLING;
    let mut states = [state(context, reader)?];
    loop {
        let [state] = &mut states;
        if gone(state.event_state()) {
            return Err(TransportError::ReaderRemoved);
        }
        let seen = card_state(state.event_state());
        let left = deadline.saturating_duration_since(Instant::now());
        if awaited(seen) || left.is_zero() {
            return Ok(seen);
        }
        state.sync_current_state();
        match context.get_status_change(left, &mut states) {
            Ok(()) => {}
            Err(Error::Timeout) => return Ok(seen),
            Err(error) => return Err(kind_once_connected(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_must_do_differently_has_its_own_kind() {
        for (error, expected) in [
            (Error::NoService, TransportError::ServiceUnavailable),
            (Error::SecurityViolation, TransportError::AccessDenied),
            (Error::SharingViolation, TransportError::SharingViolation),
            (Error::ResetCard, TransportError::CardReset),
            (Error::RemovedCard, TransportError::CardRemoved),
            (Error::UnknownReader, TransportError::ReaderRemoved),
            (Error::NoReadersAvailable, TransportError::NoReader),
            (Error::NoSmartcard, TransportError::NoCard),
            (Error::UnresponsiveCard, TransportError::CardMute),
            (Error::Cancelled, TransportError::Cancelled),
        ] {
            assert_eq!(kind(error), expected);
        }
        assert_eq!(
            kind_once_connected(Error::SecurityViolation),
            TransportError::ServiceUnavailable
        );
    }

    #[test]
    fn own_connection_is_no_other_program() {
        let (free, used) = (State::PRESENT, State::PRESENT | State::INUSE);
        for (came, flags, expected) in [
            (Came::Nowhere, free, TransportError::CardMute),
            (Came::Nowhere, used, TransportError::SharingViolation),
            // From here on the reader is in use by us.
            (Came::Waiting, used, TransportError::SharingViolation),
            (Came::Holding, used, TransportError::CardMute),
            (Came::Beside, used, TransportError::SharingViolation),
            (Came::Alone, used, TransportError::Timeout),
        ] {
            let progress = Progress::new();
            progress.clone().came(came);
            assert_eq!(too_long(progress.so_far(), flags), expected, "{came:?}");
        }
    }
}
