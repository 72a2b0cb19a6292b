//! A card on a reader, held in one transaction from connecting to dropping.

use super::facts::ReaderFacts;
use super::speed::SpeedUp;
use super::worker::Worker;
use crate::cancel::Cancel;
use chipid_emrtd::card_transport::{CardTransport, TransportError, TransportLimits};
use std::ffi::CStr;
use std::fmt;
use std::future::poll_fn;
use std::time::{Duration, Instant};

/// How to connect to a card.
#[derive(Clone, Debug)]
pub struct ConnectOptions {
    cancel: Cancel,
    connect_timeout: Duration,
    apdu_timeout: Option<Duration>,
    speed_up: bool,
}

impl Default for ConnectOptions {
    fn default() -> Self {
        Self {
            cancel: Cancel::new(),
            connect_timeout: Duration::from_secs(10),
            apdu_timeout: Some(Duration::from_secs(30)),
            speed_up: false,
        }
    }
}

impl ConnectOptions {
    /// No canceller, 10 s for connecting, 30 s for an APDU, the bit rate left as it is.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets `cancel` stop the connecting and everything after it.
    #[must_use]
    pub fn cancel(mut self, cancel: &Cancel) -> Self {
        self.cancel = cancel.clone();
        self
    }

    /// How long to wait for another program to let go of the card.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long to wait for one response; `None` for ever. Some drivers wait for ever on a reader that hangs, while a
    /// slow chip may rightly take seconds over a key agreement.
    ///
    /// [`AsyncPcscCard`] has no clock and leaves it to the caller's runtime.
    #[must_use]
    pub fn apdu_timeout(mut self, timeout: Option<Duration>) -> Self {
        self.apdu_timeout = timeout;
        self
    }

    /// Whether to raise the bit rate between reader and card before anything is read, where a public document says how for
    /// this reader. It changes the reader's settings, and a card that cannot follow is gone from the field until a lower
    /// rate is set. What was sent and what came of it: [`PcscCard::speed_up`]. Never tried on a real reader.
    #[must_use]
    pub fn speed_up(mut self, wanted: bool) -> Self {
        self.speed_up = wanted;
        self
    }
}

/// A card on a PC/SC reader, in one transaction. Its futures are ready at once, having blocked the calling thread,
/// so that the blocking driver ([`block`](chipid_emrtd::drivers::block)) can run a reading over it.
///
/// Dropping it resets the card. After [`TransportError::CardRemoved`], [`TransportError::CardReset`] or
/// [`TransportError::ServiceUnavailable`] it is of no more use: connect again.
pub struct PcscCard {
    worker: Worker,
    facts: ReaderFacts,
    speed_up: Option<SpeedUp>,
    options: ConnectOptions,
}

impl PcscCard {
    pub(super) fn connect(reader: &CStr, options: &ConnectOptions) -> Result<Self, TransportError> {
        let deadline = Instant::now() + options.connect_timeout;
        let (worker, held) = Worker::start(reader, deadline, &options.cancel, options.speed_up)?;
        Ok(Self {
            worker,
            facts: held.facts,
            speed_up: held.speed_up,
            options: options.clone(),
        })
    }

    /// What is known of the reader that it lies on.
    #[must_use]
    pub fn facts(&self) -> &ReaderFacts {
        &self.facts
    }

    /// What was done to raise the bit rate; `None` where nobody asked for that.
    #[must_use]
    pub fn speed_up(&self) -> Option<&SpeedUp> {
        self.speed_up.as_ref()
    }

    /// The same card for a caller with a runtime of its own: its futures do not block.
    #[must_use]
    pub fn into_async(self) -> AsyncPcscCard {
        AsyncPcscCard { card: self }
    }
}

impl CardTransport for PcscCard {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let response = self.worker.send(command, &self.options.cancel)?;
        let deadline = self.options.apdu_timeout.map(|left| Instant::now() + left);
        response.wait(deadline)
    }

    fn limits(&self) -> TransportLimits {
        self.facts.limits
    }
}

impl fmt::Debug for PcscCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PcscCard")
            .field("limits", &self.facts.limits)
            .finish_non_exhaustive()
    }
}

/// A card on a PC/SC reader whose futures wait without blocking: the worker thread wakes the task.
///
/// Dropping a future gives its APDU up: one that was not sent yet never is, one under way runs to its end unseen.
#[derive(Debug)]
pub struct AsyncPcscCard {
    card: PcscCard,
}

impl CardTransport for AsyncPcscCard {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let card = &self.card;
        let response = card.worker.send(command, &card.options.cancel)?;
        poll_fn(|context| response.poll(context)).await
    }

    fn limits(&self) -> TransportLimits {
        self.card.facts.limits
    }
}
