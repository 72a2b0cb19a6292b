//! A virtual card behind pcscd: the card's side of vpcd, the virtual smart card reader of the vsmartcard project.
//!
//! vpcd listens, the card connects. Each message is a length of two bytes, big-endian, and that many bytes: one byte is
//! a control (0 power off, 1 power on, 2 reset, 4 give the ATR), anything longer a command APDU, which is answered
//! in the same form.
//!
//! vpcd itself listens on every address of the machine: whoever reaches its port can put a card of their own on the
//! reader. For test machines only. This side connects to loopback only.

mod served_card;
mod stop;

pub use served_card::{Response, ServedCard};
pub use stop::Stop;

use crate::error::VirtualCardError;
use socket2::SockRef;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

/// Where vpcd listens by default.
pub const DEFAULT_ADDRESS: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 35_963);

/// The answer to reset of a contactless card without historical bytes, as PC/SC part 3, 3.1.3.2.3 makes it up.
pub const ATR: [u8; 5] = [0x3B, 0x80, 0x80, 0x01, 0x01];

/// How often a waiting card looks whether it is to stop.
const TICK: Duration = Duration::from_millis(100);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// How long a card that goes waits for vpcd to see it. pcscd asks every 400 ms.
const LEAVING: Duration = Duration::from_secs(1);

const POWER_OFF: u8 = 0;
const POWER_ON: u8 = 1;
const RESET: u8 = 2;
const GIVE_ATR: u8 = 4;

/// What happens while a card is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// The card lies on vpcd's reader.
    Connected,
    /// A program powered the card up, or reset it.
    PoweredOn,
    /// A program let go of the card.
    PoweredOff,
    /// The card is off the reader: it was lifted, or vpcd went away. It waits to come back.
    Disconnected,
}

/// Lays the card on vpcd's reader at `address` and answers until `stop` is used, or a fault removes the card.
///
/// If vpcd goes away (pcscd was restarted), the card waits for it and connects again; so does a card that was lifted, when
/// it is to be laid back.
///
/// # Errors
/// [`VirtualCardError::NotLoopback`] for an address that is not of this machine; [`VirtualCardError::Io`] where the first
/// connection fails (pcscd or vpcd does not run).
pub fn serve(
    card: &mut impl ServedCard,
    address: SocketAddr,
    stop: &Stop,
) -> Result<(), VirtualCardError> {
    serve_with(card, address, stop, |_| {})
}

/// [`serve`], which also tells what happens.
///
/// # Errors
/// Those of [`serve`].
pub fn serve_with(
    card: &mut impl ServedCard,
    address: SocketAddr,
    stop: &Stop,
    mut on_event: impl FnMut(Event),
) -> Result<(), VirtualCardError> {
    if !address.ip().is_loopback() {
        return Err(VirtualCardError::NotLoopback);
    }
    let mut connection = Some(Connection::open(address)?);
    while !stop.is_set() {
        let Some(mut open) = connection.take().or_else(|| Connection::open(address).ok()) else {
            thread::sleep(TICK);
            continue;
        };
        on_event(Event::Connected);
        let end = open.answer(card, stop, &mut on_event);
        open.leave();
        card.reset();
        on_event(Event::Disconnected);
        match end {
            Ok(End::Stopped | End::CardRemoved) => return Ok(()),
            Ok(End::CardLifted) => card.until_laid_back(),
            Ok(End::Closed) => {}
            Err(error) if is_closed(&error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

enum End {
    Stopped,
    Closed,
    CardLifted,
    CardRemoved,
}

struct Connection(TcpStream);

impl Connection {
    fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&address, CONNECT_TIMEOUT)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(TICK))?;
        Ok(Self(stream))
    }

    fn answer(
        &mut self,
        card: &mut impl ServedCard,
        stop: &Stop,
        on_event: &mut impl FnMut(Event),
    ) -> io::Result<End> {
        loop {
            let message = match self.receive(stop)? {
                Ok(message) => message,
                Err(end) => return Ok(end),
            };
            match *message {
                [] => {}
                [POWER_OFF] => {
                    card.reset();
                    on_event(Event::PoweredOff);
                }
                [POWER_ON | RESET] => {
                    card.reset();
                    on_event(Event::PoweredOn);
                }
                [GIVE_ATR] => self.send(&ATR)?,
                // Controls that no version of vpcd is known to send want no answer.
                [_] => {}
                ref command => match card.respond(command) {
                    // A card that was told to stop in the middle of an answer gives none.
                    _ if stop.is_set() => return Ok(End::Stopped),
                    Response::Answer(answer) => self.send(&answer)?,
                    // vpcd gets an empty message, which it reports as no answer.
                    Response::Mute => self.send(&[])?,
                    Response::Lifted => return Ok(End::CardLifted),
                    Response::Removed => return Ok(End::CardRemoved),
                },
            }
        }
    }

    /// The next message, or why there is none.
    fn receive(&mut self, stop: &Stop) -> io::Result<Result<Vec<u8>, End>> {
        let mut length = [0; 2];
        if let Some(end) = self.fill(&mut length, stop)? {
            return Ok(Err(end));
        }
        let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
        Ok(match self.fill(&mut message, stop)? {
            Some(end) => Err(end),
            None => Ok(message),
        })
    }

    /// Reads until `buffer` is full, looking at `stop` now and then.
    fn fill(&mut self, mut buffer: &mut [u8], stop: &Stop) -> io::Result<Option<End>> {
        while !buffer.is_empty() {
            if stop.is_set() {
                return Ok(Some(End::Stopped));
            }
            self.acknowledge_at_once();
            match self.0.read(buffer) {
                Ok(0) => return Ok(Some(End::Closed)),
                Ok(read) => buffer = buffer.get_mut(read..).unwrap_or_default(),
                Err(error) if is_tick(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Says goodbye, and closes when vpcd has: it closes when it asks whether the card is there, and tells pcscd. Closed before
    /// that, the second write of a power-off would fail, whereupon vpcd takes the next card in and tells nobody.
    fn leave(mut self) {
        if self.0.shutdown(Shutdown::Write).is_err() {
            return;
        }
        let (start, mut unheard) = (Instant::now(), [0; 256]);
        while start.elapsed() < LEAVING {
            match self.0.read(&mut unheard) {
                Ok(0) => return,
                Ok(_) => {}
                Err(error) if is_tick(&error) => {}
                Err(_) => return,
            }
        }
    }

    /// vpcd writes length and message apart, and its second write waits for our acknowledgement of the first: 40 ms an
    /// APDU, unless the kernel is told to acknowledge at once. It forgets that, so it is told before each read.
    fn acknowledge_at_once(&self) {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        let _ = SockRef::from(&self.0).set_tcp_quickack(true);
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        let _ = SockRef::from(&self.0);
    }

    /// One write for length and message.
    fn send(&mut self, message: &[u8]) -> io::Result<()> {
        // Longer than any message of vpcd's can say: 6700.
        let (length, message) = match u16::try_from(message.len()) {
            Ok(length) => (length, message),
            Err(_) => (2, &[0x67, 0x00][..]),
        };
        let mut out = length.to_be_bytes().to_vec();
        out.extend_from_slice(message);
        self.0.write_all(&out)
    }
}

fn is_tick(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
    )
}

fn is_closed(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof
    )
}
