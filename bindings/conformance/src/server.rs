//! Serves virtual cards on a port of this machine's own: frame by frame, a command and its response.

use crate::error::Error;
use crate::frames;
use crate::shelf::{MAX_NAME, Shelf};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// More connections at once are closed as they come.
const MAX_CONNECTIONS: usize = 256;
/// Whoever says nothing for so long is gone.
const PATIENCE: Duration = Duration::from_secs(300);

/// Serves until it is dropped.
#[derive(Debug)]
pub struct CardServer {
    address: SocketAddr,
    over: Arc<AtomicBool>,
    listening: Option<JoinHandle<()>>,
}

impl CardServer {
    /// Begins to serve, on a port that the system chooses.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn start(shelf: Shelf) -> Result<Self, Error> {
        let trouble = |error: std::io::Error| Error::io(Path::new("127.0.0.1"), &error);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(trouble)?;
        let address = listener.local_addr().map_err(trouble)?;
        let over = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&over);
        let listening = std::thread::spawn(move || listen(&listener, &shelf, &ends));
        Ok(Self {
            address,
            over,
            listening: Some(listening),
        })
    }

    /// The port, on 127.0.0.1.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.address.port()
    }
}

impl Drop for CardServer {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // Wakes the listener, which looks whether it is over.
        let woken = TcpStream::connect_timeout(&self.address, Duration::from_secs(1)).is_ok();
        if let (true, Some(listening)) = (woken, self.listening.take()) {
            // A listener that panicked has ended as well.
            let _ = listening.join();
        }
    }
}

fn listen(listener: &TcpListener, shelf: &Shelf, over: &AtomicBool) {
    let connected = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        if over.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else {
            // Out of descriptors, say: some come back when connections end.
            std::thread::sleep(Duration::from_millis(10));
            continue;
        };
        let place = Place::take(&connected);
        let shelf = shelf.clone();
        if let Some(place) = place {
            std::thread::spawn(move || {
                // A connection that ends in trouble is one that has ended.
                let _ = serve(stream, &shelf);
                drop(place);
            });
        }
    }
}

/// One of the places for connections, free again when dropped, a panic included.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(connected: &Arc<AtomicUsize>) -> Option<Self> {
        let place = Self(Arc::clone(connected));
        (connected.fetch_add(1, Ordering::SeqCst) < MAX_CONNECTIONS).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

fn serve(mut stream: TcpStream, shelf: &Shelf) -> Result<(), std::io::Error> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let Some(name) = frames::read(&mut stream, MAX_NAME)? else {
        return Ok(());
    };
    let Some(mut session) = str::from_utf8(&name).ok().and_then(|name| shelf.open(name)) else {
        return Ok(());
    };
    let mut answered = 0;
    while let Some(command) = frames::read(&mut stream, frames::MAX_APDU)? {
        if session.lost_after.is_some_and(|most| answered >= most) {
            return Ok(());
        }
        // The only error of a virtual card that leaves the process is its removal.
        let Ok(response) = session.chip.exchange(&command) else {
            return Ok(());
        };
        frames::write(&mut stream, &response)?;
        answered += 1;
    }
    Ok(())
}
