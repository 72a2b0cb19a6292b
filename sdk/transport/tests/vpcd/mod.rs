//! A scripted card behind vpcd, the virtual reader driver of pcscd: the card connects to the driver as a client.
//!
//! Every message is a two-byte big-endian length and that many bytes: one byte is a control (0 power off, 1 power on,
//! 2 reset, 4 tell the ATR), more are an APDU. ATR and response go back in the same frame.
#![allow(dead_code)] // Each test program uses its own part of it.

pub(crate) mod service;

use chipid_emrtd::card_transport::TransportError;
use chipid_transport::cancel::Cancel;
use chipid_transport::pcsc::Reader;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

pub(crate) const READER: &str = "Virtual PCD 00 00";
pub(crate) const SECOND_READER: &str = "Virtual PCD 00 01";
pub(crate) const ATR: [u8; 9] = [0x3B, 0x84, 0x80, 0x01, 0x80, 0x82, 0x90, 0x00, 0x97];
pub(crate) const LONG: Duration = Duration::from_secs(20);
/// How long a card that goes waits for the driver to see it. One that closed at once could be gone between a question of pcscd's
/// whether it is there and a power-off: vpcd writes that in two, the second write fails, and it takes the next card in and tells
/// nobody.
const LEAVING: Duration = Duration::from_secs(2);

/// The tests share the virtual reader: they take turns, and each begins with an empty one.
pub(crate) fn empty_reader() -> (Turn, Reader) {
    static TURN: Mutex<()> = Mutex::new(());
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let reader = Reader::named(READER).expect("pcscd runs and lists the virtual reader");
    reader
        .wait_for_removal(Some(LONG), &Cancel::new())
        .expect("the reader becomes empty");
    (turn, reader)
}

pub(crate) type Turn = MutexGuard<'static, ()>;

/// What happened to a card, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    PowerOff,
    PowerOn,
    Reset,
    Apdu(Vec<u8>),
}

/// What a scripted card does with an APDU.
pub(crate) enum Reaction {
    Answer(Vec<u8>),
    AnswerAfter(Duration, Vec<u8>),
    Vanish,
}

/// A card that lies on the virtual reader until it is dropped, which waits until the driver has seen it go.
pub(crate) struct VirtualCard {
    stream: TcpStream,
    thread: Option<JoinHandle<()>>,
    events: Arc<Mutex<Vec<Event>>>,
}

impl VirtualCard {
    /// Lays a card that says 9000 to everything.
    pub(crate) fn laid() -> Self {
        Self::scripted(|_| Reaction::Answer(vec![0x90, 0x00]))
    }

    pub(crate) fn scripted(script: impl FnMut(&[u8]) -> Reaction + Send + 'static) -> Self {
        Self::in_slot(0, script)
    }

    /// Lays a card on one of the two slots: [`READER`], or [`SECOND_READER`].
    pub(crate) fn in_slot(
        slot: u16,
        script: impl FnMut(&[u8]) -> Reaction + Send + 'static,
    ) -> Self {
        let stream = connected(slot);
        let events = Arc::new(Mutex::new(Vec::new()));
        let thread = {
            let (stream, events) = (stream.try_clone().unwrap(), events.clone());
            thread::spawn(move || serve(stream, &events, script))
        };
        Self {
            stream,
            thread: Some(thread),
            events,
        }
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.events.lock().unwrap().clone()
    }

    /// Whether the card lost its state after the last APDU that begins with `ins` at its second byte.
    pub(crate) fn was_reset_after(&self, ins: u8) -> bool {
        let events = self.events();
        let last = events
            .iter()
            .rposition(|event| matches!(event, Event::Apdu(apdu) if apdu[1] == ins))
            .expect("the card got that APDU");
        events[last..]
            .iter()
            .any(|event| matches!(event, Event::Reset | Event::PowerOff | Event::PowerOn))
    }
}

impl Drop for VirtualCard {
    fn drop(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
        let Some(thread) = self.thread.take() else {
            return;
        };
        // It reads on until the driver closes.
        let end = Instant::now() + LEAVING;
        while !thread.is_finished() && Instant::now() < end {
            thread::sleep(Duration::from_millis(5));
        }
        let _ = self.stream.shutdown(Shutdown::Both);
        let _ = thread.join();
    }
}

/// The driver listens again only some time after the last card has gone.
fn connected(slot: u16) -> TcpStream {
    let deadline = Instant::now() + LONG;
    loop {
        match TcpStream::connect(("127.0.0.1", 35963 + slot)) {
            Ok(stream) => {
                stream.set_nodelay(true).unwrap();
                return stream;
            }
            Err(error) => assert!(Instant::now() < deadline, "vpcd does not listen: {error}"),
        }
        thread::sleep(Duration::from_millis(20));
    }
}

fn serve(
    mut stream: TcpStream,
    events: &Mutex<Vec<Event>>,
    mut script: impl FnMut(&[u8]) -> Reaction,
) {
    let note = |event| events.lock().unwrap().push(event);
    while let Ok(message) = receive(&mut stream) {
        let answer = match message.as_slice() {
            [0] => {
                note(Event::PowerOff);
                continue;
            }
            [1] => {
                note(Event::PowerOn);
                continue;
            }
            [2] => {
                note(Event::Reset);
                continue;
            }
            [4] => ATR.to_vec(),
            apdu => {
                note(Event::Apdu(apdu.to_vec()));
                match script(apdu) {
                    Reaction::Answer(answer) => answer,
                    Reaction::AnswerAfter(time, answer) => {
                        thread::sleep(time);
                        answer
                    }
                    Reaction::Vanish => break,
                }
            }
        };
        let length = u16::try_from(answer.len()).unwrap().to_be_bytes();
        // A card that goes answers no more, and reads on.
        let _ = stream.write_all(&[&length[..], &answer].concat());
    }
    let _ = stream.shutdown(Shutdown::Both);
}

fn receive(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut length = [0; 2];
    stream.read_exact(&mut length)?;
    let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut message)?;
    Ok(message)
}

/// Waits for the card on `reader` to be seen.
pub(crate) fn seen(reader: &Reader) -> Result<(), TransportError> {
    reader.wait_for_card(Some(LONG), &Cancel::new()).map(|_| ())
}
