//! A virtual card at the end of a link.

use super::{Cost, Exchange, FieldLoss, Link, LinkTimes, Part};
use crate::chip::VirtualCard;
use chipid_emrtd::card_transport::{CardTransport, TransportError, TransportLimits};
use core::future::Future;
use core::time::Duration;

/// A virtual card behind a [`Link`]: answers at once, and keeps the virtual time that it would have taken.
#[derive(Debug)]
pub struct LinkedCard {
    card: VirtualCard,
    link: Link,
    times: LinkTimes,
    exchanges: Vec<Exchange>,
    commands: usize,
    in_field: bool,
    /// Moments without field that came already, by their place.
    spent: Vec<usize>,
}

impl LinkedCard {
    /// The card behind this link, not yet in the field: the first command activates it.
    #[must_use]
    pub const fn new(card: VirtualCard, link: Link) -> Self {
        Self {
            card,
            link,
            times: LinkTimes::new(),
            exchanges: Vec::new(),
            commands: 0,
            in_field: false,
            spent: Vec::new(),
        }
    }

    /// The virtual time so far, by part and by cause.
    #[must_use]
    pub const fn times(&self) -> &LinkTimes {
        &self.times
    }

    /// Every exchange so far.
    #[must_use]
    pub fn exchanges(&self) -> &[Exchange] {
        &self.exchanges
    }

    /// The virtual time so far.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.times.cost().total()
    }

    /// The card.
    #[must_use]
    pub const fn card(&self) -> &VirtualCard {
        &self.card
    }

    /// The link.
    #[must_use]
    pub const fn link(&self) -> &Link {
        &self.link
    }

    /// How many moments without field came already.
    #[must_use]
    pub fn losses(&self) -> usize {
        self.spent.len()
    }

    /// The field goes away: the next command finds the chip fresh, and activates it anew.
    pub fn reset(&mut self) {
        self.in_field = false;
        self.card.reset();
    }

    /// Answers one command APDU, and lets the virtual time pass that it takes.
    ///
    /// # Errors
    /// [`TransportError::CardRemoved`] where the link loses the field, and what the card itself brings.
    pub fn exchange(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let number = self.commands;
        self.commands += 1;
        if let Some(place) = self.next_loss(|loss| loss == FieldLoss::BeforeCommand(number)) {
            return self.lose_field(place, Cost::default());
        }
        if !self.in_field {
            self.in_field = true;
            self.times.add(Part::Activation, 0, self.link.activation());
        }
        let answer = self.card.exchange(command);
        let work = self.card.work();
        let exchange = Exchange {
            part: work.part,
            command: command.len(),
            response: answer.as_ref().map_or(0, Vec::len),
            data: work.data,
            key_operations: work.key_operations,
        };
        let mut cost = self.link.price(&exchange);
        if answer.is_err() {
            // Nobody answers: the reader waits for as long as the chip may stay silent.
            cost.host += self.link.waiting_time();
        }
        let end = self.now() + cost.total();
        if let Some(place) = self.next_loss(|loss| matches!(loss, FieldLoss::At(at) if at <= end)) {
            return self.lose_field(place, cost);
        }
        self.times.add(work.part, 1, cost);
        self.exchanges.push(exchange);
        answer
    }

    fn next_loss(&self, is_due: impl Fn(FieldLoss) -> bool) -> Option<usize> {
        let mut losses = self.link.losses.iter().enumerate();
        losses
            .find(|(place, loss)| !self.spent.contains(place) && is_due(**loss))
            .map(|(place, _)| place)
    }

    /// The field is gone for a moment; what the exchange cost until then is lost with it.
    fn lose_field(&mut self, place: usize, mut cost: Cost) -> Result<Vec<u8>, TransportError> {
        self.spent.push(place);
        self.reset();
        cost.host += self.link.time_without_field;
        self.times.add(Part::Activation, 1, cost);
        Err(TransportError::CardRemoved)
    }
}

impl CardTransport for LinkedCard {
    fn transmit(
        &mut self,
        command: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, TransportError>> + Send {
        core::future::ready(self.exchange(command))
    }

    fn limits(&self) -> TransportLimits {
        TransportLimits {
            command: None,
            response: self.link.largest_response,
        }
    }
}
