//! A reading one APDU at a time, with the caller carrying the bytes: for a server that drives a chip through a phone, and
//! for languages that had better not be called back. Everything is owned, so that it can stand behind a handle.

use crate::error::Error;
use crate::reading::Reading;
use chipid_emrtd::card_transport::{CardTransport, TransportError, TransportLimits};
use chipid_emrtd::document::UnverifiedDocument;
use chipid_emrtd::drivers::{MailboxTransport, Step, Stepper, StepperError};

/// Steps of one reading. After an error [`begin`](Self::begin) goes on where it stopped.
pub struct Steps {
    limits: TransportLimits,
    state: State,
}

enum State {
    Resting(Box<Reading>),
    Running(Stepper<'static, Ended>),
    /// The stepper was misused within itself, which its own rules rule out.
    Lost,
}

type Ended = (Box<Reading>, Result<UnverifiedDocument, Error>);

/// What is wanted next: a command to carry, or nothing more.
pub type NextStep = Step<Result<UnverifiedDocument, Error>>;

impl Steps {
    /// Steps of a reading that nobody runs yet.
    #[must_use]
    pub fn new(reading: Reading) -> Self {
        Self {
            limits: TransportLimits::default(),
            state: State::Resting(Box::new(reading)),
        }
    }

    /// Says what the way to the card is known to carry, from the next beginning on.
    pub const fn set_limits(&mut self, limits: TransportLimits) {
        self.limits = limits;
    }

    /// Changes what is to be read; `false`, with nothing changed, while a command waits for its response.
    pub fn prepare(&mut self, change: impl FnOnce(Reading) -> Reading) -> bool {
        match std::mem::replace(&mut self.state, State::Lost) {
            State::Resting(reading) => {
                self.state = State::Resting(Box::new(change(*reading)));
                true
            }
            other => {
                self.state = other;
                false
            }
        }
    }

    /// Begins the reading, or goes on with it after an error.
    ///
    /// # Errors
    /// [`StepperError::AlreadyStarted`] while a command waits for its response.
    pub fn begin(&mut self) -> Result<NextStep, StepperError> {
        let mut reading = match std::mem::replace(&mut self.state, State::Lost) {
            State::Resting(reading) => reading,
            other => {
                self.state = other;
                return Err(StepperError::AlreadyStarted);
            }
        };
        let limits = self.limits;
        let mut stepper = Stepper::new(move |mailbox| async move {
            let mut card = Limited { mailbox, limits };
            let result = reading.run(&mut card).await;
            (reading, result)
        });
        let step = stepper.start();
        self.state = State::Running(stepper);
        self.after(step)
    }

    /// Hands over the chip's response, or why there is none.
    ///
    /// # Errors
    /// [`StepperError::NotStarted`] where no command waits for one.
    pub fn next(
        &mut self,
        response: Result<Vec<u8>, TransportError>,
    ) -> Result<NextStep, StepperError> {
        let State::Running(stepper) = &mut self.state else {
            return Err(StepperError::NotStarted);
        };
        let step = stepper.next(response.and_then(chipid_transport::response_apdu));
        self.after(step)
    }

    /// Gives up the command under way, where one is; [`begin`](Self::begin) goes on from there. Whether the reading rests now: a
    /// reading that waits for something other than the chip does not.
    pub fn stop(&mut self) -> bool {
        // A reading that is told of the cancellation asks for no further command; a few are allowed for.
        for _ in 0..8 {
            match self.next(Err(TransportError::Cancelled)) {
                Ok(Step::Transmit(_)) => {}
                Ok(Step::Done(_)) | Err(_) => break,
            }
        }
        matches!(self.state, State::Resting(_))
    }

    /// The reading, where no command waits for its response.
    #[must_use]
    pub fn reading(&mut self) -> Option<&mut Reading> {
        match &mut self.state {
            State::Resting(reading) => Some(reading),
            State::Running(_) | State::Lost => None,
        }
    }

    fn after(&mut self, step: Result<Step<Ended>, StepperError>) -> Result<NextStep, StepperError> {
        match step? {
            Step::Transmit(command) => Ok(Step::Transmit(command)),
            Step::Done((reading, result)) => {
                self.state = State::Resting(reading);
                Ok(Step::Done(result))
            }
        }
    }
}

impl std::fmt::Debug for Steps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match &self.state {
            State::Resting(_) => "Steps(resting)",
            State::Running(_) => "Steps(running)",
            State::Lost => "Steps(lost)",
        })
    }
}

struct Limited {
    mailbox: MailboxTransport,
    limits: TransportLimits,
}

impl CardTransport for Limited {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        self.mailbox.transmit(command).await
    }

    fn limits(&self) -> TransportLimits {
        self.limits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support;
    use chipid_emrtd::drivers::block;
    use chipid_virtual_card::VirtualCard;

    fn answer(card: &mut VirtualCard, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        block(card.transmit(command)).expect("the virtual card answers at once")
    }

    /// Carries bytes until the reading has ended, or `commands` were carried.
    fn carry(
        steps: &mut Steps,
        card: &mut VirtualCard,
        commands: usize,
    ) -> Option<Result<UnverifiedDocument, Error>> {
        let mut step = steps.begin().unwrap();
        for _ in 0..commands {
            match step {
                Step::Done(result) => return Some(result),
                Step::Transmit(command) => step = steps.next(answer(card, &command)).unwrap(),
            }
        }
        None
    }

    #[test]
    fn a_reading_in_steps_stops_and_goes_on() {
        let data = support::card("vn-2021");
        let key = crate::AccessKey::can(data.passwords.can.as_ref().unwrap()).unwrap();
        let mut card = VirtualCard::new(data);
        let mut steps = Steps::new(Reading::with(key));
        assert!(matches!(
            steps.next(Ok(vec![0x90, 0])),
            Err(StepperError::NotStarted)
        ));
        assert!(carry(&mut steps, &mut card, 14).is_none());
        assert!(matches!(steps.begin(), Err(StepperError::AlreadyStarted)));
        assert!(steps.reading().is_none());
        assert!(steps.stop());
        let read = steps.reading().unwrap().partial().len();
        assert!(read > 0, "something was read before the stop");
        let document = carry(&mut steps, &mut card, 1000).unwrap().unwrap();
        assert!(document.danger_unverified().len() > read);
    }

    #[test]
    fn what_is_no_response_apdu_is_an_error_of_the_transport() {
        let key = crate::AccessKey::can("000017").unwrap();
        let mut steps = Steps::new(Reading::with(key));
        assert!(matches!(steps.begin(), Ok(Step::Transmit(_))));
        let ended = steps.next(Ok(vec![0x90])).unwrap();
        let Step::Done(Err(error)) = ended else {
            panic!("{ended:?}");
        };
        assert_eq!(error.transport(), Some(TransportError::Malformed));
    }
}
