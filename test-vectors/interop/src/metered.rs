//! A card in process, with a meter on it: APDUs, bytes, and the processor time that the card itself takes.

use chipid_emrtd::card_transport::{CardTransport, TransportError};
use chipid_virtual_card::{CardData, VirtualCard};
use core::future::Future;
use dmrtd::com::{TransceiveError, Transceiver};
use rustix::time::{ClockId, clock_gettime};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What crossed the transport, and how long the card took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Meter {
    /// Command APDUs.
    pub commands: u64,
    /// Bytes of command APDUs.
    pub sent: u64,
    /// Bytes of response APDUs, status words included.
    pub received: u64,
    /// Processor time inside the card: what a reader's own time is without.
    pub inside_card: Duration,
}

/// A virtual card for any of the readers. Clones are the same card.
#[derive(Clone)]
pub struct Metered(Arc<Mutex<(VirtualCard, Meter)>>);

impl Metered {
    /// An honest chip with this data.
    #[must_use]
    pub fn new(data: CardData) -> Self {
        Self::of(VirtualCard::new(data))
    }

    /// This card, which may be a dishonest one.
    #[must_use]
    pub fn of(card: VirtualCard) -> Self {
        Self(Arc::new(Mutex::new((card, Meter::default()))))
    }

    /// What was counted so far.
    #[must_use]
    pub fn meter(&self) -> Meter {
        self.inner().1
    }

    /// Processor time of this thread so far. Other programs on a busy machine do not add to it, as they do to a clock
    /// on the wall.
    #[must_use]
    pub fn thread_time() -> Duration {
        let now = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(
            u64::try_from(now.tv_sec).unwrap_or_default(),
            u32::try_from(now.tv_nsec).unwrap_or_default(),
        )
    }

    fn exchange(&self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let (card, meter) = &mut *self.inner();
        let start = Self::thread_time();
        let response = card.exchange(command);
        meter.inside_card += Self::thread_time().saturating_sub(start);
        meter.commands += 1;
        meter.sent += command.len() as u64;
        meter.received += response.as_ref().map_or(0, Vec::len) as u64;
        response
    }

    fn inner(&self) -> MutexGuard<'_, (VirtualCard, Meter)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl CardTransport for Metered {
    fn transmit(
        &mut self,
        command: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, TransportError>> + Send {
        core::future::ready(self.exchange(command))
    }
}

impl Transceiver for Metered {
    fn transceive(&mut self, command: &[u8]) -> Result<Vec<u8>, TransceiveError> {
        self.exchange(command)
            .map_err(|error| TransceiveError::new(error.to_string()))
    }
}
