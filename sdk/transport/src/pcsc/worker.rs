//! The thread that owns a card: it connects, holds one transaction, transmits what it is handed, and resets at the end.

use super::facts::ReaderFacts;
use super::failure::{
    Came, Progress, back_again, kind, timed_out_connecting, while_connecting, while_transmitting,
    without_status,
};
use super::limits::{LONGEST_COMMAND, response_capacity};
use super::properties;
use super::reader::{CardState, establish};
use super::reply::{Awaited, Promise, promise};
use super::speed::{SpeedUp, Ways, speed_up};
use crate::cancel::Cancel;
use chipid_emrtd::card_transport::TransportError;
use pcsc::{Card, Context, Disposition, Error, Protocols, ShareMode, Transaction};
use std::ffi::CStr;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// How long a drop waits for the card to be reset. A reader that hangs longer keeps its thread, not its caller.
const FAREWELL: Duration = Duration::from_secs(2);

/// A hand on the thread. Dropping it ends the transaction, resets the card and disconnects.
pub(super) struct Worker {
    requests: Option<mpsc::Sender<Request>>,
    ended: Option<Awaited<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts the thread and waits until it holds the card.
    pub(super) fn start(
        reader: &CStr,
        deadline: Instant,
        cancel: &Cancel,
        faster: bool,
    ) -> Result<(Self, Held), TransportError> {
        cancel.check()?;
        let name = reader.to_owned();
        let (requests, inbox) = mpsc::channel();
        let (opened, opening) = promise(cancel);
        // Not under the caller's token: the farewell must be waited for even when all else is cancelled.
        let (end, ended) = promise(&Cancel::new());
        let progress = Progress::new();
        let told_to = progress.clone();
        let thread = thread::Builder::new()
            .name("chipid-pcsc".to_owned())
            .spawn(move || {
                serve(&name, faster, &told_to, opened, &inbox);
                end.keep(Ok(()));
            })
            .map_err(|_| TransportError::Failed)?;
        let worker = Self {
            requests: Some(requests),
            ended: Some(ended),
            thread: Some(thread),
        };
        match opening.wait(Some(deadline)) {
            Ok(held) => Ok((worker, held)),
            Err(error) => {
                if matches!(error, TransportError::Timeout | TransportError::Cancelled) {
                    worker.leave_behind();
                }
                Err(match error {
                    TransportError::Timeout => timed_out_connecting(reader, &progress),
                    other => other,
                })
            }
        }
    }

    /// Hands a command over; what is returned waits for the response.
    pub(super) fn send(
        &self,
        command: &[u8],
        cancel: &Cancel,
    ) -> Result<Awaited<Vec<u8>>, TransportError> {
        cancel.check()?;
        if command.len() > LONGEST_COMMAND {
            return Err(TransportError::TooLong);
        }
        let (response, awaited) = promise(cancel);
        let request = Request {
            command: Zeroizing::new(command.to_vec()),
            response,
        };
        self.requests
            .as_ref()
            .and_then(|requests| requests.send(request).ok())
            .ok_or(TransportError::Failed)?;
        Ok(awaited)
    }

    /// Lets the thread end by itself: it still waits for a card that it will not get.
    fn leave_behind(mut self) {
        self.thread = None;
        self.ended = None;
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.requests = None;
        let (Some(thread), Some(ended)) = (self.thread.take(), self.ended.take()) else {
            return;
        };
        if ended.wait(Some(Instant::now() + FAREWELL)) != Err(TransportError::Timeout) {
            // The thread has said its last word; a panic in it was answered with `Failed` already.
            let _ = thread.join();
        }
    }
}

/// What was found when the card was taken.
pub(super) struct Held {
    pub(super) facts: ReaderFacts,
    pub(super) speed_up: Option<SpeedUp>,
}

struct Request {
    command: Zeroizing<Vec<u8>>,
    response: Promise<Vec<u8>>,
}

fn serve(
    reader: &CStr,
    faster: bool,
    progress: &Progress,
    opened: Promise<Held>,
    inbox: &mpsc::Receiver<Request>,
) {
    let context = match establish() {
        Ok(context) => context,
        Err(error) => return opened.keep(Err(error)),
    };
    // Shared, since desktop services keep idle handles on every card and would shut an exclusive connection out.
    let mut card = match context.connect(reader, ShareMode::Shared, Protocols::ANY) {
        Ok(card) => card,
        Err(error) => return opened.keep(Err(while_connecting(&context, reader, error))),
    };
    progress.came(Came::Waiting);
    // One transaction for the whole reading: nobody selects or resets between two of our commands.
    let mut transaction = match begin(&mut card, progress) {
        Ok(transaction) => transaction,
        Err(error) => return opened.keep(Err(while_connecting(&context, reader, error))),
    };
    let wanted = opened.wanted();
    let mut gone = false;
    if wanted {
        let told = properties::of_driver(&transaction);
        let facts = ReaderFacts::of(&reader.to_string_lossy(), told);
        let speed_up = faster.then(|| {
            let mut ways = ThroughCard {
                context: &context,
                reader,
                transaction: &mut transaction,
            };
            speed_up(&facts, told.escape, &mut ways)
        });
        opened.keep(Ok(Held { facts, speed_up }));
        let mut untouched = true;
        for Request { command, response } in inbox {
            // An APDU that nobody waits for any more is not sent: its caller has given the session up.
            if !response.wanted() {
                continue;
            }
            let mut answer = transmit(&context, reader, &transaction, &command);
            // The reset by a program that was killed may come a moment after its transaction was taken from it. As long
            // as the card has heard nothing from us, nothing is lost by it, and the refused command was never sent.
            if untouched
                && answer == Err(TransportError::CardReset)
                && settle(&mut transaction).is_ok()
            {
                answer = transmit(&context, reader, &transaction, &command);
            }
            untouched = false;
            gone |= answer == Err(TransportError::CardRemoved);
            response.keep(answer);
        }
    }
    // Reset, for pcscd keeps a card powered for seconds, and the next program would meet our secure messaging.
    // A card that we never spoke to is left as it is, and so is one that has gone: pcscd, asked to reset what is not there,
    // no longer sees what comes.
    let farewell = if wanted && !gone {
        Disposition::ResetCard
    } else {
        Disposition::LeaveCard
    };
    if let Err((transaction, _)) = transaction.end(Disposition::LeaveCard) {
        drop(transaction);
    }
    if let Err((card, _)) = card.disconnect(farewell) {
        drop(card);
    }
}

/// Begins the transaction, and settles the protocol within it.
///
/// The program that held the card before us has reset it when it let go, after we connected. pcscd then forgets the
/// protocol that it agreed on with us, and refuses the first APDU with SCARD_E_PROTO_MISMATCH; others report the reset.
fn begin<'card>(
    mut card: &'card mut Card,
    progress: &Progress,
) -> Result<Transaction<'card>, Error> {
    for _ in 0..4 {
        match card.transaction2() {
            Ok(mut transaction) => {
                progress.came(Came::Holding);
                settle(&mut transaction)?;
                return Ok(transaction);
            }
            Err((back, Error::ResetCard)) => {
                back.reconnect(ShareMode::Shared, Protocols::ANY, Disposition::LeaveCard)?;
                card = back;
            }
            Err((_, error)) => return Err(error),
        }
    }
    Err(Error::ResetCard)
}

fn settle(transaction: &mut Transaction<'_>) -> Result<(), Error> {
    transaction.reconnect(ShareMode::Shared, Protocols::ANY, Disposition::LeaveCard)
}

fn transmit(
    context: &Context,
    reader: &CStr,
    card: &Card,
    command: &[u8],
) -> Result<Vec<u8>, TransportError> {
    let mut response = vec![0; response_capacity(command)];
    let length = match card.transmit(command, &mut response) {
        // Success without a status word is how some drivers report that the card has gone, or an overflow of theirs.
        Ok(received) if received.len() < 2 => return Err(without_status(context, reader)),
        Ok(received) => received.len(),
        Err(error) => return Err(while_transmitting(context, reader, error, command.len())),
    };
    response.truncate(length);
    crate::response_apdu(response)
}

/// The ways to the reader while its card is held.
struct ThroughCard<'held, 'card> {
    context: &'held Context,
    reader: &'held CStr,
    transaction: &'held mut Transaction<'card>,
}

impl Ways for ThroughCard<'_, '_> {
    fn apdu(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        transmit(self.context, self.reader, self.transaction, command)
    }

    fn escape(&mut self, code: u32, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let mut answer = vec![0; 258];
        let answered = self.transaction.control(code.into(), command, &mut answer);
        answered.map(<[u8]>::to_vec).map_err(kind)
    }

    fn reset(&mut self) -> Result<(), TransportError> {
        let mut reset = || {
            let how = Disposition::ResetCard;
            let done = self
                .transaction
                .reconnect(ShareMode::Shared, Protocols::ANY, how);
            done.map_err(|error| while_connecting(self.context, self.reader, error))
        };
        match reset() {
            // The rate before this one lost it: it may be back in a moment.
            Err(TransportError::NoCard) => match back_again(self.context, self.reader)? {
                CardState::Present => reset(),
                _ => Err(TransportError::NoCard),
            },
            done => done,
        }
    }
}
