//! Three ways to run one protocol: at once (blocking), as a future (async, by the caller's own runtime), and step by step.
//!
//! A protocol is written once, as straight-line async code over [`CardTransport`]. A transport that answers at once
//! is run by [`block`]; one that cannot call back (a server that drives a chip through a phone, an FFI edge without
//! callbacks) by [`Stepper`]; with a runtime of one's own, the future is simply awaited.

use crate::card_transport::{CardTransport, TransportError};
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::future::Future;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};
use spin::Mutex;

/// Runs `future` to its end on this thread, where the transport beneath answers at once.
///
/// # Errors
/// [`TransportError::Pending`] where it does not: nobody would ever wake this thread.
pub fn block<F: Future>(future: F) -> Result<F::Output, TransportError> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Ok(output),
        Poll::Pending => Err(TransportError::Pending),
    }
}

/// What a [`Stepper`] wants next.
#[derive(Debug)]
pub enum Step<T> {
    /// Send this command APDU to the chip and come back with its response.
    Transmit(Vec<u8>),
    /// The protocol has ended with this value.
    Done(T),
}

/// Misuse of a [`Stepper`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StepperError {
    /// [`Stepper::start`] was called twice.
    AlreadyStarted,
    /// A response came before the first command was fetched.
    NotStarted,
    /// A response came after the protocol had ended.
    Finished,
    /// The protocol waits for something that is not the chip: it must be run by an async runtime.
    Stalled,
}

impl StepperError {
    /// The permanent numeric code, in the 8000s (the caller's input).
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::AlreadyStarted => 8001,
            Self::NotStarted => 8002,
            Self::Finished => 8003,
            Self::Stalled => 8004,
        }
    }
}

impl core::fmt::Display for StepperError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::AlreadyStarted => "the stepper was started twice",
            Self::NotStarted => "the stepper was given a response before it was started",
            Self::Finished => "the stepper was given a response after it had ended",
            Self::Stalled => "the protocol waits for something other than the chip",
        })
    }
}

impl core::error::Error for StepperError {}

/// Runs a protocol one APDU at a time, with the caller carrying the bytes.
///
/// ```
/// use chipid_emrtd::card_transport::CardTransport;
/// use chipid_emrtd::drivers::{Step, Stepper};
///
/// let mut stepper = Stepper::new(|mut card| async move { card.transmit(&[0, 0xA4, 0, 0]).await });
/// let Ok(Step::Transmit(command)) = stepper.start() else { panic!() };
/// assert_eq!(command, [0, 0xA4, 0, 0]);
/// let Ok(Step::Done(response)) = stepper.next(Ok(vec![0x90, 0])) else { panic!() };
/// assert_eq!(response, Ok(vec![0x90, 0]));
/// ```
pub struct Stepper<'a, T> {
    future: Option<Pin<Box<dyn Future<Output = T> + Send + 'a>>>,
    mailbox: Arc<Mutex<Mailbox>>,
    started: bool,
}

impl<'a, T> Stepper<'a, T> {
    /// Prepares `protocol`; nothing runs before [`Stepper::start`].
    pub fn new<F, P>(protocol: P) -> Self
    where
        P: FnOnce(MailboxTransport) -> F,
        F: Future<Output = T> + Send + 'a,
    {
        let mailbox = Arc::new(Mutex::new(Mailbox::default()));
        let transport = MailboxTransport {
            mailbox: Arc::clone(&mailbox),
        };
        Self {
            future: Some(Box::pin(protocol(transport))),
            mailbox,
            started: false,
        }
    }

    /// Runs to the first command.
    ///
    /// # Errors
    /// [`StepperError::AlreadyStarted`], [`StepperError::Stalled`].
    pub fn start(&mut self) -> Result<Step<T>, StepperError> {
        if self.started {
            return Err(StepperError::AlreadyStarted);
        }
        self.started = true;
        self.poll()
    }

    /// Hands over the chip's response (or why there is none) and runs to the next command.
    ///
    /// # Errors
    /// [`StepperError::NotStarted`], [`StepperError::Finished`], [`StepperError::Stalled`].
    pub fn next(
        &mut self,
        response: Result<Vec<u8>, TransportError>,
    ) -> Result<Step<T>, StepperError> {
        if !self.started {
            return Err(StepperError::NotStarted);
        }
        if self.future.is_none() {
            return Err(StepperError::Finished);
        }
        self.mailbox.lock().response = Some(response);
        self.poll()
    }

    fn poll(&mut self) -> Result<Step<T>, StepperError> {
        let future = self.future.as_mut().ok_or(StepperError::Finished)?;
        match future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(value) => {
                self.future = None;
                Ok(Step::Done(value))
            }
            Poll::Pending => match self.mailbox.lock().command.take() {
                Some(command) => Ok(Step::Transmit(command)),
                None => Err(StepperError::Stalled),
            },
        }
    }
}

#[derive(Default)]
struct Mailbox {
    command: Option<Vec<u8>>,
    response: Option<Result<Vec<u8>, TransportError>>,
}

/// The transport that a [`Stepper`] gives to its protocol.
pub struct MailboxTransport {
    mailbox: Arc<Mutex<Mailbox>>,
}

impl CardTransport for MailboxTransport {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        {
            let mut mailbox = self.mailbox.lock();
            mailbox.response = None;
            mailbox.command = Some(command.to_vec());
        }
        core::future::poll_fn(|_| match self.mailbox.lock().response.take() {
            Some(response) => Poll::Ready(response),
            None => Poll::Pending,
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    struct Echo;

    impl CardTransport for Echo {
        async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
            Ok(command.to_vec())
        }
    }

    async fn twice<T: CardTransport>(card: &mut T) -> Result<usize, TransportError> {
        let first = card.transmit(&[1, 2]).await?;
        let second = card.transmit(&[3]).await?;
        Ok(first.len() + second.len())
    }

    #[test]
    fn blocking_driver_runs_a_ready_transport() {
        assert_eq!(block(twice(&mut Echo)), Ok(Ok(3)));
    }

    #[test]
    fn blocking_driver_refuses_a_pending_transport() {
        assert_eq!(
            block(core::future::pending::<()>()),
            Err(TransportError::Pending)
        );
    }

    #[test]
    fn stepper_hands_out_commands_and_ends() {
        let mut stepper = Stepper::new(|mut card| async move { twice(&mut card).await });
        assert!(matches!(
            stepper.next(Ok(vec![])),
            Err(StepperError::NotStarted)
        ));
        assert!(matches!(stepper.start(), Ok(Step::Transmit(c)) if c == [1, 2]));
        assert!(matches!(stepper.start(), Err(StepperError::AlreadyStarted)));
        assert!(matches!(stepper.next(Ok(vec![7; 4])), Ok(Step::Transmit(c)) if c == [3]));
        assert!(matches!(stepper.next(Ok(vec![7])), Ok(Step::Done(Ok(5)))));
        assert!(matches!(
            stepper.next(Ok(vec![])),
            Err(StepperError::Finished)
        ));
    }

    #[test]
    fn stepper_passes_transport_errors_on() {
        let mut stepper = Stepper::new(|mut card| async move { twice(&mut card).await });
        assert!(stepper.start().is_ok());
        assert!(matches!(
            stepper.next(Err(TransportError::CardRemoved)),
            Ok(Step::Done(Err(TransportError::CardRemoved)))
        ));
    }

    #[test]
    fn stepper_names_a_future_that_does_not_wait_for_the_chip() {
        let mut stepper = Stepper::new(|_| core::future::pending::<()>());
        assert!(matches!(stepper.start(), Err(StepperError::Stalled)));
    }
}
