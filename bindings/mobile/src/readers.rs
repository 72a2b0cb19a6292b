//! Readers of this machine, through PC/SC. In a build without the feature `pcsc` there is no service to ask (1005).

use crate::bytes::Bytes;
use crate::edge::{Failure, call};
use crate::held::Held;
use chipid::transport::cancel::Cancel as Token;
#[cfg(feature = "pcsc")]
use chipid::{
    CardTransport, block,
    pcsc::{self, CardState, ConnectOptions, PcscCard, Reader},
};
use chipid::{Misuse, TransportError};

/// Stops, from another thread and once and for all, what runs under it.
#[derive(uniffi::Object)]
pub struct Cancel(Token);

#[uniffi::export]
impl Cancel {
    /// A canceller that nobody has used.
    #[uniffi::constructor]
    #[allow(
        clippy::new_without_default,
        reason = "it is made from other languages"
    )]
    pub fn new() -> Self {
        Self(Token::new())
    }

    /// Stops what runs under it: that call ends with 1011. Returns when a wait for a card has ended, after two seconds at most.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}

/// A reader of this machine.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ReaderState {
    /// Its name as PC/SC gives it.
    pub name: String,
    /// Whether a card lies on it.
    pub card: bool,
}

/// The longest APDUs that a reader is known to carry, in bytes; 0 where it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Limits {
    /// Of a whole command.
    pub command: u32,
    /// Of a whole response.
    pub response: u32,
}

/// The readers of this machine.
#[uniffi::export]
pub fn readers() -> Result<Vec<ReaderState>, Failure> {
    call(|| Ok(list()?))
}

/// A card on a reader, in one transaction until it is closed.
#[derive(uniffi::Object)]
pub struct ReaderCard {
    limits: Limits,
    card: Held<Option<Connected>>,
}

#[uniffi::export]
impl ReaderCard {
    /// Waits for a card on the reader of that name, or of the only one with it in its name (empty: on any contactless reader), and
    /// connects to it. `wait_ms` 0 does not wait. `cancel` stops the wait, and everything that is carried afterwards.
    #[uniffi::constructor]
    pub fn connect(name: String, wait_ms: u32, cancel: &Cancel) -> Result<Self, Failure> {
        call(|| {
            let (limits, card) = connect(&name, wait_ms, &cancel.0)?;
            Ok(Self {
                limits,
                card: Held::new(Some(card)),
            })
        })
    }

    /// What the reader is known to carry.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Carries one command, and blocks until there is a response.
    pub fn transmit(&self, command: &[u8]) -> Result<Bytes, Failure> {
        call(|| {
            let mut card = self.card.change()?;
            let card = card.as_mut().ok_or(Misuse::ForeignHandle)?;
            Ok(Bytes::of(transmit(card, command)?))
        })
    }

    /// Resets the card and lets others have it. Closing again is nothing.
    pub fn close(&self) -> Result<(), Failure> {
        call(|| {
            *self.card.change()? = None;
            Ok(())
        })
    }
}

#[cfg(feature = "pcsc")]
type Connected = Alone;

/// A card that one call at a time has, and nobody looks at meanwhile.
#[cfg(feature = "pcsc")]
struct Alone(PcscCard);

// SAFETY: through a shared reference nothing of the card can be reached.
#[cfg(feature = "pcsc")]
unsafe impl Sync for Alone {}

#[cfg(feature = "pcsc")]
fn list() -> Result<Vec<ReaderState>, TransportError> {
    let told = |reader: pcsc::ReaderStatus| ReaderState {
        card: reader.card != CardState::Absent,
        name: reader.name,
    };
    Ok(pcsc::readers()?.into_iter().map(told).collect())
}

#[cfg(feature = "pcsc")]
fn connect(
    name: &str,
    wait_ms: u32,
    cancel: &Token,
) -> Result<(Limits, Connected), TransportError> {
    let wait = Some(std::time::Duration::from_millis(wait_ms.into()));
    let reader = if name.is_empty() {
        pcsc::wait_for_card(wait, cancel)?
    } else {
        let reader = Reader::named(name)?;
        reader.wait_for_card(wait, cancel)?;
        reader
    };
    let card = reader.connect_with(&ConnectOptions::new().cancel(cancel))?;
    let limits = card.limits();
    let known = |bytes: Option<usize>| bytes.map_or(0, |b| u32::try_from(b).unwrap_or(u32::MAX));
    let limits = Limits {
        command: known(limits.command),
        response: known(limits.response),
    };
    Ok((limits, Alone(card)))
}

#[cfg(feature = "pcsc")]
fn transmit(card: &mut Connected, command: &[u8]) -> Result<Vec<u8>, TransportError> {
    // Its futures are ready at once.
    block(card.0.transmit(command)).unwrap_or(Err(TransportError::Pending))
}

#[cfg(not(feature = "pcsc"))]
enum Connected {}

#[cfg(not(feature = "pcsc"))]
const fn list() -> Result<Vec<ReaderState>, TransportError> {
    Err(TransportError::ServiceUnavailable)
}

#[cfg(not(feature = "pcsc"))]
const fn connect(_: &str, _: u32, _: &Token) -> Result<(Limits, Connected), TransportError> {
    Err(TransportError::ServiceUnavailable)
}

#[cfg(not(feature = "pcsc"))]
const fn transmit(card: &mut Connected, _: &[u8]) -> Result<Vec<u8>, TransportError> {
    match *card {}
}
