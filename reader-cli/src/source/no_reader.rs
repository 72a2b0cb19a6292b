//! What stands in for readers where the program was built without PC/SC.

use super::session::Laid;
use crate::exit::Failure;
use crate::lang;
use chipid::field_report::ReaderReport;
use chipid::{CardTransport, TransportError};

/// A card that cannot be had.
pub(crate) enum NoCard {}

impl CardTransport for NoCard {
    async fn transmit(&mut self, _command: &[u8]) -> Result<Vec<u8>, TransportError> {
        match *self {}
    }
}

/// No reader at all.
pub(crate) enum Readers {}

impl Readers {
    /// Says what is missing.
    pub(crate) fn new(_name: Option<&str>, _wait: u64, _faster: bool) -> Result<Self, Failure> {
        Err(missing())
    }

    pub(crate) fn connect(&mut self) -> Result<NoCard, TransportError> {
        match *self {}
    }

    pub(crate) fn introduced(
        &mut self,
        _historical_bytes: bool,
    ) -> (ReaderReport, Result<Laid<NoCard>, TransportError>) {
        match *self {}
    }

    pub(crate) fn wait_until_empty(&mut self) -> Result<(), Failure> {
        match *self {}
    }

    pub(crate) fn over(&self) {
        match *self {}
    }
}

/// This program cannot use readers.
pub(crate) fn missing() -> Failure {
    Failure::new(lang::NO_PCSC, lang::BUILD_WITH_PCSC)
}
