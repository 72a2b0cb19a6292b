//! Readers through PC/SC.

use super::session::Laid;
use crate::exit::{COULD_NOT_BE_DONE, Failure};
use crate::lang::{self, Message, Sentence};
use crate::talk;
use chipid::emrtd::card_transport::TransportLimits;
use chipid::field_report::{AtrFacts, AtsFacts, ReaderReport, UidFacts};
use chipid::pcsc::{self, CardState, ConnectOptions, LimitsFrom, PcscCard, Reader, SpeedOutcome};
use chipid::transport::cancel::Cancel;
use chipid::transport::reader_profile::{self, By, Profile, Role};
use chipid::{CardTransport, TransportError, block};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
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
    /// Whether to raise the bit rate.
    faster: bool,
    /// What was said of the reader.
    told: Vec<Message>,
    interrupt: Interrupt,
}

impl Readers {
    /// Looks for the reader of that name; without a name the first card decides. `faster`: whether to raise the bit rate.
    pub(crate) fn new(name: Option<&str>, wait: u64, faster: bool) -> Result<Self, Failure> {
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
            faster,
            told: Vec::new(),
            interrupt,
        })
    }

    /// Waits for a card and connects to it. Once a card was there, its reader is the one to lay it back on.
    pub(crate) fn connect(&mut self) -> Result<PcscCard, TransportError> {
        let wait = Duration::from_secs(self.wait);
        let reader = match self.reader.take() {
            Some(reader) => reader,
            None => match Reader::first() {
                Ok(reader) => reader,
                Err(TransportError::NoCard) => {
                    self.tell_of_slots_passed_over()?;
                    talk::note(lang::WAITING.with([&self.wait]));
                    pcsc::wait_for_card(Some(wait), &self.interrupt.cancel).map_err(no_card)?
                }
                Err(error) => return Err(error),
            },
        };
        let card = self.connect_on(&reader, Instant::now() + wait);
        self.reader = Some(reader);
        if let Ok(card) = &card {
            self.tell(card);
        }
        card
    }

    /// A card that lies in the contacts of a reader would be waited for in vain.
    fn tell_of_slots_passed_over(&self) -> Result<(), TransportError> {
        for reader in pcsc::readers()? {
            let lies = reader.card != CardState::Absent;
            if lies && !reader.for_documents() && reader.role != Role::Sam {
                talk::note(lang::PASSED_OVER.with([&reader.name]));
            }
        }
        Ok(())
    }

    /// Says once what is to be known of the reader: that it is unknown, and what came of raising its bit rate.
    fn tell(&mut self, card: &PcscCard) {
        let mut notes = Vec::new();
        if card.facts().limits_from == LimitsFrom::UnknownReader {
            notes.push(lang::UNKNOWN_READER.message());
        }
        if let Some(done) = card.speed_up() {
            notes.push(match done.outcome {
                SpeedOutcome::Set(rate) => lang::SPEED_SET.with([&rate]),
                SpeedOutcome::UnknownReader => lang::SPEED_UNKNOWN_READER.message(),
                SpeedOutcome::EscapeClosed => lang::SPEED_CLOSED.message(),
                SpeedOutcome::InPart(rate) => lang::SPEED_IN_PART.with([&rate]),
                SpeedOutcome::Refused => lang::SPEED_REFUSED.message(),
                SpeedOutcome::CardLost => lang::SPEED_CARD_LOST.message(),
                _ => lang::SPEED_NOT_DOCUMENTED.message(),
            });
        }
        for note in notes {
            if !self.told.contains(&note) {
                talk::note(note.clone());
                self.told.push(note);
            }
        }
    }

    fn connect_on(&self, reader: &Reader, deadline: Instant) -> Result<PcscCard, TransportError> {
        let cancel = &self.interrupt.cancel;
        let options = ConnectOptions::new().cancel(cancel).speed_up(self.faster);
        loop {
            if reader.status()?.card == CardState::Absent {
                talk::note(lang::WAITING_ON.with([&reader.name(), &self.wait]));
                let left = deadline.saturating_duration_since(Instant::now());
                reader.wait_for_card(Some(left), cancel).map_err(no_card)?;
            }
            match reader.connect_with(&options) {
                Ok(card) => return Ok(card),
                // It left between the look and the connecting: another may come, once the service saw that.
                Err(TransportError::NoCard) if Instant::now() < deadline => {
                    match reader.wait_for_removal(Some(SETTLING), cancel) {
                        Ok(_) | Err(TransportError::Timeout) => {}
                        Err(error) => return Err(error),
                    }
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Waits until no card is on the reader.
    pub(crate) fn wait_until_empty(&mut self) -> Result<(), Failure> {
        let reader = match self.reader.take().map_or_else(Reader::first, Ok) {
            Ok(reader) => reader,
            Err(TransportError::NoCard) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let wait = Duration::from_secs(self.wait);
        match reader.wait_for_removal(Some(wait), &self.interrupt.cancel) {
            Ok(_) => Ok(()),
            Err(TransportError::Timeout) => {
                Err(Failure::new(lang::CARD_STILL_THERE, lang::TAKE_CARD_OFF))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The card was let go: from now on Ctrl-C ends the program.
    pub(crate) fn over(&self) {
        self.interrupt.over.store(true, Ordering::SeqCst);
    }
}

/// What the reader says of itself and of the card on it.
impl Readers {
    /// Waits for a card, and asks for the ATR, the ATS and the identifier, for that also after another activation; then the
    /// card is connected to once more, fresh. Where that fails at any step, what is known by then and why: of no card is a
    /// report wanted as much as of one that cannot be connected to.
    pub(crate) fn introduced(
        &mut self,
        historical_bytes: bool,
    ) -> (ReaderReport, Result<Laid<PcscCard>, TransportError>) {
        let mut report = ReaderReport::of("reader", TransportLimits::default());
        let mut card = Laid(None);
        let connected = self.introduce(&mut report, &mut card, historical_bytes);
        if connected.is_err() {
            card.0 = None;
            // Of a card that was never connected to, what PC/SC itself sees.
            self.seen_without_card(&mut report, historical_bytes);
        }
        (report, connected.map(|()| card))
    }

    fn introduce(
        &mut self,
        report: &mut ReaderReport,
        card: &mut Laid<PcscCard>,
        historical_bytes: bool,
    ) -> Result<(), TransportError> {
        let connected = self.connect()?;
        let facts = connected.facts().clone();
        *report = ReaderReport::of_reader(&facts);
        report.sped_up(connected.speed_up());
        card.0 = Some(connected);
        report.atr = self.atr(historical_bytes);
        let ats = ask(card, "ats", facts.profile);
        report.ats = ats.map(|ats| AtsFacts::of(&ats));
        let uid = ask(card, "uid", facts.profile);
        card.again(|| self.connect())?;
        if let Some(uid) = uid {
            let again = ask(card, "uid", facts.profile);
            report.uid = Some(UidFacts::of(&uid, again.as_deref()));
            // What the reader was asked may have reached the card.
            card.again(|| self.connect())?;
        }
        report.sped_up(card.0.as_ref().and_then(PcscCard::speed_up));
        Ok(())
    }

    /// Where no card was awaited on a reader by its name, that is the one with a card, or the only one.
    fn seen_without_card(&mut self, report: &mut ReaderReport, historical_bytes: bool) {
        if self.reader.is_none() {
            let readers = pcsc::readers().unwrap_or_default();
            let with_card = readers.iter().find(|r| r.card != CardState::Absent);
            let seen = with_card.or_else(|| match &readers[..] {
                [only] => Some(only),
                _ => None,
            });
            self.reader = seen.and_then(|seen| Reader::of(seen).ok());
        }
        let Some(reader) = &self.reader else { return };
        if report.role.is_none()
            && let Ok(facts) = reader.facts()
        {
            *report = ReaderReport::of_reader(&facts);
        }
        if report.atr.is_none() {
            report.atr = self.atr(historical_bytes);
        }
    }

    fn atr(&self, historical_bytes: bool) -> Option<AtrFacts> {
        let status = self.reader.as_ref().and_then(|reader| reader.status().ok());
        status.filter(|s| !s.atr.is_empty()).map(|status| {
            let facts = AtrFacts::of(&status.atr);
            match historical_bytes {
                true => facts.with_historical_bytes(&status.atr),
                false => facts,
            }
        })
    }
}

/// The reader's answer to a command of PC/SC part 3, or to its own for the same; `None` where it has none.
fn ask(card: &mut Laid<PcscCard>, name: &str, profile: Option<&Profile>) -> Option<Vec<u8>> {
    let of_all = || {
        reader_profile::every_reader()
            .iter()
            .find(|c| c.name == name)
    };
    let own = profile.and_then(|profile| profile.command(name));
    let command = own.filter(|c| c.by != By::Escape).or_else(of_all)?;
    let mut answer = block(card.transmit(&command.send.bytes(&[])?)).ok()?.ok()?;
    let status = answer.split_off(answer.len().checked_sub(2)?);
    (status == [0x90, 0x00] && !answer.is_empty()).then_some(answer)
}

const fn no_card(error: TransportError) -> TransportError {
    match error {
        TransportError::Timeout => TransportError::NoCard,
        other => other,
    }
}
