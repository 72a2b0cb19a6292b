//! The service of this machine, through `chipid_transport::pcsc`.

use super::{CardSeen, CardService, ConnectedCard, SlotSeen};
use chipid_emrtd::card_transport::{CardTransport, TransportError, TransportLimits};
use chipid_emrtd::drivers::block;
use chipid_transport::pcsc::{
    self, CardState, ConnectOptions, LimitsFrom, PcscCard, Reader, ReaderStatus,
};
use std::time::{Duration, Instant};

/// How long one answer of a card may take.
const LONGEST_ANSWER: Duration = Duration::from_secs(5);

/// Asks readers of this machine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ThisMachine;

impl CardService for ThisMachine {
    fn slots(&self) -> Result<Vec<SlotSeen>, TransportError> {
        Ok(pcsc::readers()?.into_iter().map(seen).collect())
    }

    fn connect(
        &self,
        reader: &str,
        patience: Duration,
    ) -> Result<Box<dyn ConnectedCard>, TransportError> {
        let options = ConnectOptions::new()
            .connect_timeout(patience)
            .apdu_timeout(Some(LONGEST_ANSWER));
        let begun = Instant::now();
        match Reader::named(reader)?.connect_with(&options) {
            Ok(card) => Ok(Box::new(Connected(card))),
            // A card that does not answer is told of within moments: a driver that took all the time hangs.
            Err(TransportError::CardMute) if begun.elapsed() >= patience => {
                Err(TransportError::Timeout)
            }
            Err(error) => Err(error),
        }
    }
}

fn seen(status: ReaderStatus) -> SlotSeen {
    SlotSeen {
        card: match status.card {
            CardState::Absent => CardSeen::Absent,
            CardState::Present => CardSeen::Present,
            _ => CardSeen::Mute,
        },
        name: status.name,
        atr: status.atr,
        in_use: status.in_use,
        exclusive: status.exclusive,
    }
}

struct Connected(PcscCard);

impl ConnectedCard for Connected {
    fn limits(&self) -> TransportLimits {
        self.0.limits()
    }

    fn limits_are_known(&self) -> bool {
        let facts = self.0.facts();
        facts.limits_from != LimitsFrom::UnknownReader || facts.lowered_by.is_some()
    }

    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        block(self.0.transmit(command)).unwrap_or(Err(TransportError::Pending))
    }
}
