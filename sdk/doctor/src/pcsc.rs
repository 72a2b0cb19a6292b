//! What PC/SC answers, with a deadline on every call: a driver may wait for ever, and then the doctor says so.

use chipid_emrtd::card_transport::{TransportError, TransportLimits};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

#[cfg(feature = "pcsc")]
mod this_machine;
#[cfg(feature = "pcsc")]
pub(crate) use this_machine::ThisMachine;

/// The smart card service of a machine.
pub trait CardService: Send + Sync {
    /// The slots of all readers as they are now.
    ///
    /// # Errors
    /// The kind of trouble.
    fn slots(&self) -> Result<Vec<SlotSeen>, TransportError>;

    /// Connects to the card in a slot.
    ///
    /// # Errors
    /// The kind of trouble; [`TransportError::SharingViolation`] where another program keeps the card for `patience`.
    fn connect(
        &self,
        reader: &str,
        patience: Duration,
    ) -> Result<Box<dyn ConnectedCard>, TransportError>;
}

/// A card that is connected, until it is dropped.
pub trait ConnectedCard: Send {
    /// What reader and driver say that they carry.
    fn limits(&self) -> TransportLimits;

    /// Whether somebody says so of this reader; else they are what every reader carries.
    fn limits_are_known(&self) -> bool {
        true
    }

    /// One command and its answer.
    ///
    /// # Errors
    /// The kind of trouble.
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError>;
}

/// A slot as PC/SC shows it at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotSeen {
    /// Its name.
    pub name: String,
    /// Whether a card is there.
    pub card: CardSeen,
    /// Answer to reset; empty without a card.
    pub atr: Vec<u8>,
    /// Some program is connected.
    pub in_use: bool,
    /// Some program holds it for itself alone.
    pub exclusive: bool,
}

/// What is in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardSeen {
    /// Nothing.
    Absent,
    /// A card that answers.
    Present,
    /// A card that does not.
    Mute,
}

impl CardSeen {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Present => "present",
            Self::Mute => "mute",
        }
    }
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer<T> {
    /// Nobody could ask.
    NotAsked,
    /// The call did not return within this time.
    Silent(Duration),
    /// It failed.
    Failed(TransportError),
    /// It was answered.
    Told(T),
}

impl<T> Answer<T> {
    pub(crate) const fn told(&self) -> Option<&T> {
        match self {
            Self::Told(told) => Some(told),
            _ => None,
        }
    }

    pub(crate) fn failed_with(&self, kinds: &[TransportError]) -> bool {
        matches!(self, Self::Failed(error) if kinds.contains(error))
    }

    /// `ok`, or the number of the error.
    pub(crate) fn in_short(&self) -> Option<String> {
        match self {
            Self::Told(_) => Some("ok".to_owned()),
            Self::Failed(error) => Some(error.code().to_string()),
            Self::NotAsked | Self::Silent(_) => None,
        }
    }
}

/// Runs `question` on a thread of its own and waits for it as long as `deadline` says. A thread that hangs in a driver
/// cannot be ended: it is left behind.
pub(crate) fn within<T: Send + 'static>(
    deadline: Duration,
    question: impl FnOnce() -> Result<T, TransportError> + Send + 'static,
) -> Answer<T> {
    let (tell, told) = mpsc::channel();
    let spawned = thread::Builder::new()
        .name("chipid-doctor".to_owned())
        .spawn(move || {
            // Nobody may wait any more.
            let _ = tell.send(question());
        });
    if spawned.is_err() {
        return Answer::Failed(TransportError::Failed);
    }
    match told.recv_timeout(deadline) {
        Ok(Ok(told)) => Answer::Told(told),
        Ok(Err(error)) => Answer::Failed(error),
        Err(mpsc::RecvTimeoutError::Timeout) => Answer::Silent(deadline),
        // It panicked.
        Err(mpsc::RecvTimeoutError::Disconnected) => Answer::Failed(TransportError::Failed),
    }
}

/// The slots, within the deadline.
pub(crate) fn slots(
    service: Option<&Arc<dyn CardService>>,
    deadline: Duration,
) -> Answer<Vec<SlotSeen>> {
    let Some(service) = service.map(Arc::clone) else {
        return Answer::NotAsked;
    };
    match within(deadline, move || service.slots()) {
        // No reader is an answer too.
        Answer::Failed(TransportError::NoReader) => Answer::Told(Vec::new()),
        other => other,
    }
}
