//! Readers through PC/SC.

use crate::exit::{COULD_NOT_BE_DONE, Failure};
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

    /// The card was let go: from now on Ctrl-C ends the program.
    pub(crate) fn over(&self) {
        self.over.store(true, Ordering::SeqCst);
    }
}

/// Waits for a card, on the reader of that name or on any, and connects to it.
pub(crate) fn connect(name: Option<&str>, wait: u64) -> Result<(PcscCard, Interrupt), Failure> {
    let interrupt = Interrupt::new();
    let wait = wait.min(LONGEST_WAIT);
    let timeout = Some(Duration::from_secs(wait));
    let reader = match name {
        Some(name) => Reader::named(name).map_err(|error| match error {
            TransportError::NoReader => Failure::new(
                format!("no reader, or more than one, is named {name}"),
                "`chipid readers` lists the readers; give more of the name",
            ),
            other => other.into(),
        })?,
        None => match Reader::first() {
            Ok(reader) => reader,
            Err(TransportError::NoCard) => {
                eprintln!("note: waiting for a card, {wait} seconds at most");
                pcsc::wait_for_card(timeout, &interrupt.cancel).map_err(no_card)?
            }
            Err(error) => return Err(error.into()),
        },
    };
    let deadline = Instant::now() + Duration::from_secs(wait);
    let options = ConnectOptions::new().cancel(&interrupt.cancel);
    loop {
        if reader.status()?.card == CardState::Absent {
            eprintln!(
                "note: waiting for a card on {}, {wait} seconds at most",
                reader.name()
            );
            let left = deadline.saturating_duration_since(Instant::now());
            reader
                .wait_for_card(Some(left), &interrupt.cancel)
                .map_err(no_card)?;
        }
        match reader.connect_with(&options) {
            Ok(card) => return Ok((card, interrupt)),
            // It left between the look and the connecting: another may come.
            Err(TransportError::NoCard) if Instant::now() < deadline => thread::sleep(SETTLING),
            Err(error) => return Err(error.into()),
        }
    }
}

fn no_card(error: TransportError) -> Failure {
    match error {
        TransportError::Timeout => TransportError::NoCard.into(),
        other => other.into(),
    }
}
