//! Readers through PC/SC.

use crate::exit::{COULD_NOT_BE_DONE, Failure};
use chipid::TransportError;
use chipid::pcsc::{self, CardState, ConnectOptions, PcscCard, Reader};
use chipid::transport::cancel::Cancel;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

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
    if reader.status()?.card == CardState::Absent {
        eprintln!(
            "note: waiting for a card on {}, {wait} seconds at most",
            reader.name()
        );
        reader
            .wait_for_card(timeout, &interrupt.cancel)
            .map_err(no_card)?;
    }
    let card = reader.connect_with(&ConnectOptions::new().cancel(&interrupt.cancel))?;
    Ok((card, interrupt))
}

fn no_card(error: TransportError) -> Failure {
    match error {
        TransportError::Timeout => TransportError::NoCard.into(),
        other => other.into(),
    }
}
