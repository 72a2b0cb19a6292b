//! Readers through PC/SC.

use crate::exit::{COULD_NOT_BE_DONE, Failure};
use crate::{lang, talk};
use chipid::TransportError;
use chipid::pcsc::{self, CardState, ConnectOptions, PcscCard, Reader};
use chipid::transport::cancel::Cancel;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A day: nobody waits longer for a card.
const LONGEST_WAIT: u64 = 86_400;
/// How long a service may take to see that a card has gone.
const SETTLING: Duration = Duration::from_millis(100);

/// Ctrl-C while a reader is used: the reading ends between two commands, and the card is let go.
pub(crate) struct Interrupt {
    cancel: Cancel,
    over: Arc<AtomicBool>,
}

impl Interrupt {
    fn new() -> Self {
        let this = Self {
            cancel: Cancel::new(),
            over: Arc::default(),
        };
        let (cancel, over) = (this.cancel.clone(), Arc::clone(&this.over));
        // Without a handler Ctrl-C ends the program at once, which pcscd can live with.
        let _ = ctrlc::set_handler(move || {
            if over.load(Ordering::SeqCst) || cancel.is_cancelled() {
                std::process::exit(COULD_NOT_BE_DONE.into());
            }
            cancel.cancel();
        });
        this
    }
}

/// The reader that a card is awaited on: that of a name, or any.
pub(crate) struct Readers {
    reader: Option<Reader>,
    wait: u64,
    interrupt: Interrupt,
}

impl Readers {
    /// Looks for the reader of that name; without a name the first card decides.
    pub(crate) fn new(name: Option<&str>, wait: u64) -> Result<Self, Failure> {
        let interrupt = Interrupt::new();
        let reader = name.map(Reader::named).transpose();
        let reader = reader.map_err(|error| match (error, name) {
            (TransportError::NoReader, Some(name)) => {
                Failure::new(lang::NO_SUCH_READER.with([&name]), lang::LIST_READERS)
            }
            (other, _) => other.into(),
        })?;
        Ok(Self {
            reader,
            wait: wait.min(LONGEST_WAIT),
            interrupt,
        })
    }

    /// Waits for a card and connects to it. Once a card was there, its reader is the one to lay it back on.
    pub(crate) fn connect(&mut self) -> Result<PcscCard, Failure> {
        let wait = Duration::from_secs(self.wait);
        let reader = match self.reader.take() {
            Some(reader) => reader,
            None => match Reader::first() {
                Ok(reader) => reader,
                Err(TransportError::NoCard) => {
                    talk::note(lang::WAITING.with([&self.wait]));
                    pcsc::wait_for_card(Some(wait), &self.interrupt.cancel).map_err(no_card)?
                }
                Err(error) => return Err(error.into()),
            },
        };
        let card = self.connect_on(&reader, Instant::now() + wait);
        self.reader = Some(reader);
        card
    }

    fn connect_on(&self, reader: &Reader, deadline: Instant) -> Result<PcscCard, Failure> {
        let cancel = &self.interrupt.cancel;
        let options = ConnectOptions::new().cancel(cancel);
        loop {
            if reader.status()?.card == CardState::Absent {
                talk::note(lang::WAITING_ON.with([&reader.name(), &self.wait]));
                let left = deadline.saturating_duration_since(Instant::now());
                reader.wait_for_card(Some(left), cancel).map_err(no_card)?;
            }
            match reader.connect_with(&options) {
                Ok(card) => return Ok(card),
                // It left between the look and the connecting: another may come.
                Err(TransportError::NoCard) if Instant::now() < deadline => thread::sleep(SETTLING),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Waits until no card is on the reader.
    pub(crate) fn wait_until_empty(&mut self) -> Result<(), Failure> {
        let deadline = Instant::now() + Duration::from_secs(self.wait);
        let reader = match self.reader.take().map_or_else(Reader::first, Ok) {
            Ok(reader) => reader,
            Err(TransportError::NoCard) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        while reader.status()?.card != CardState::Absent {
            if Instant::now() >= deadline {
                return Err(Failure::new(lang::CARD_STILL_THERE, lang::TAKE_CARD_OFF));
            }
            thread::sleep(SETTLING);
        }
        Ok(())
    }

    /// The card was let go: from now on Ctrl-C ends the program.
    pub(crate) fn over(&self) {
        self.interrupt.over.store(true, Ordering::SeqCst);
    }
}

fn no_card(error: TransportError) -> Failure {
    match error {
        TransportError::Timeout => TransportError::NoCard.into(),
        other => other.into(),
    }
}
