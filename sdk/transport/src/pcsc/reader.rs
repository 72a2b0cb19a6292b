//! Readers: which there are, what is on them, and which to take.

use super::card::{ConnectOptions, PcscCard};
use super::facts::{ReaderFacts, named};
use super::failure::{Came, Progress, is_in_use, kind, kind_once_connected, timed_out_connecting};
use super::properties::{self, Told};
use super::reply::promise;
use crate::cancel::Cancel;
use crate::reader_profile::{Named, Role};
use chipid_emrtd::card_transport::TransportError;
use pcsc::{Context, Disposition, Protocols, ReaderState, Scope, ShareMode, State};
use std::ffi::{CStr, CString};
use std::thread;
use std::time::{Duration, Instant};

/// How long a driver may take to say what its reader is.
const PATIENCE: Duration = Duration::from_secs(1);
/// pcscd may say neither "empty" nor "present" of a reader that it has just found, until its card, if there is one, is powered
/// (built for USB, it waits for that itself, but for a moment). It is asked again after this long, …
pub(super) const NOT_KNOWN_YET: Duration = Duration::from_millis(50);
/// … for this long: then the reader counts as empty.
pub(super) const KNOWN_WITHIN: Duration = Duration::from_secs(2);

/// What is in a reader's slot or field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CardState {
    /// Nothing.
    Absent,
    /// A card that answers.
    Present,
    /// A card that does not answer: laid askew, too far, upside down in a slot, or dead.
    Mute,
}

/// A reader as PC/SC sees it at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReaderStatus {
    /// Its name. The numbers at its end move with the order in which readers are plugged in.
    pub name: String,
    /// What the slot is for, as far as the name tells.
    pub role: Role,
    /// Whether a card is there.
    pub card: CardState,
    /// Answer to reset of the card; empty without one. For a contactless card the reader makes it up (PC/SC part 3).
    pub atr: Vec<u8>,
    /// Some program is connected to the card.
    pub in_use: bool,
    /// Some program holds the card for itself alone.
    pub exclusive: bool,
    /// Whether the role is that of a name that drivers are known to give.
    pub(super) surely: bool,
    /// The name as PC/SC gave it, which need not be UTF-8.
    pub(super) c_name: CString,
}

impl ReaderStatus {
    pub(super) fn of(state: &ReaderState) -> Self {
        let flags = state.event_state();
        let name = state.name().to_string_lossy().into_owned();
        let named = named(&name);
        Self {
            role: named.role,
            surely: named.surely,
            name,
            card: card_state(flags),
            atr: state.atr().to_vec(),
            in_use: flags.contains(State::INUSE),
            exclusive: flags.contains(State::EXCLUSIVE),
            c_name: state.name().to_owned(),
        }
    }

    /// As it is without a card.
    pub(super) fn emptied(&mut self) {
        self.card = CardState::Absent;
        self.atr.clear();
        (self.in_use, self.exclusive) = (false, false);
    }

    /// Whether a document's chip may be in this slot: an antenna by a name that drivers are known to give or, where the name
    /// leaves it open or tells it by a word alone, by the ATR of what lies there. Security modules and contacts are passed over.
    #[must_use]
    pub fn for_documents(&self) -> bool {
        let named = Named {
            role: self.role,
            surely: self.surely,
            usb: &[],
        };
        let answers = self.card == CardState::Present;
        named.is_for_documents(answers.then_some(&self.atr))
    }
}

/// All readers and what is on them; an empty list where there is none.
///
/// # Errors
/// [`TransportError::ServiceUnavailable`], [`TransportError::AccessDenied`], or another kind if the service fails.
pub fn readers() -> Result<Vec<ReaderStatus>, TransportError> {
    let context = establish()?;
    let mut states = states(&context)?;
    Ok(states.iter_mut().map(|s| ReaderStatus::of(s)).collect())
}

/// A reader, by name. It holds nothing open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    name: CString,
}

impl Reader {
    /// The first reader with a card on its antenna. Which slot is one, its name tells, and where that leaves it open, the ATR
    /// of the card. Contacts and a reader's own security module are passed over: only [`Reader::named`] takes them.
    ///
    /// # Errors
    /// [`TransportError::NoReader`], [`TransportError::NoCard`], and those of [`readers`].
    pub fn first() -> Result<Self, TransportError> {
        let readers = readers()?;
        if readers.is_empty() {
            return Err(TransportError::NoReader);
        }
        preferred(&readers)
            .ok_or(TransportError::NoCard)
            .and_then(Self::of)
    }

    /// The reader of that name; failing that, the only one whose name holds `name`, however spelt in case:
    /// the numbers at the end of a name change from one day to the next.
    ///
    /// # Errors
    /// [`TransportError::NoReader`] where no reader or more than one fits, and those of [`readers`].
    pub fn named(name: &str) -> Result<Self, TransportError> {
        let readers = readers()?;
        select(&readers, name)
            .ok_or(TransportError::NoReader)
            .and_then(Self::of)
    }

    /// Its name as PC/SC gives it.
    #[must_use]
    pub fn name(&self) -> String {
        self.name.to_string_lossy().into_owned()
    }

    /// What is on it now.
    ///
    /// # Errors
    /// [`TransportError::ReaderRemoved`] where it is no longer there, and those of [`readers`].
    pub fn status(&self) -> Result<ReaderStatus, TransportError> {
        state(&establish()?, &self.name).map(|state| ReaderStatus::of(&state))
    }

    /// What is known of it, its driver being asked, with a card or without one. A reading that is under way is not disturbed.
    ///
    /// # Errors
    /// [`TransportError::SharingViolation`] where another program does not let go of it within a second,
    /// [`TransportError::Timeout`] where its driver does not answer within that, [`TransportError::ReaderRemoved`], those of [`readers`], and where the system lets nobody speak to a reader without a
    /// card (macOS), another kind.
    pub fn facts(&self) -> Result<ReaderFacts, TransportError> {
        let (asking, answer) = promise(&Cancel::new());
        let name = self.name.clone();
        let progress = Progress::new();
        let told_to = progress.clone();
        // pcscd lets nobody ask while another program is in a transaction, and makes him wait for its end. The thread that
        // waits too long is left behind: it ends when the other one does.
        thread::Builder::new()
            .name("chipid-pcsc".to_owned())
            .spawn(move || asking.keep(ask(&name, &told_to)))
            .map_err(|_| TransportError::Failed)?;
        match answer.wait(Some(Instant::now() + PATIENCE)) {
            Err(TransportError::Timeout) => Err(timed_out_connecting(&self.name, &progress)),
            told => Ok(ReaderFacts::of(&self.name(), told?)),
        }
    }

    /// Connects to the card on it, with the default [`ConnectOptions`].
    ///
    /// # Errors
    /// As [`Reader::connect_with`].
    pub fn connect(&self) -> Result<PcscCard, TransportError> {
        self.connect_with(&ConnectOptions::default())
    }

    /// Connects to the card on it and takes it into a transaction, so that no other program comes in between.
    ///
    /// # Errors
    /// [`TransportError::NoCard`], [`TransportError::ReaderRemoved`], [`TransportError::CardMute`],
    /// [`TransportError::SharingViolation`] where another program does not let go of the card in time,
    /// [`TransportError::Cancelled`], and those of [`readers`].
    pub fn connect_with(&self, options: &ConnectOptions) -> Result<PcscCard, TransportError> {
        PcscCard::connect(&self.name, options)
    }

    /// The reader that this was said of.
    ///
    /// # Errors
    /// [`TransportError::NoReader`] for a name that no reader can have.
    pub fn of(status: &ReaderStatus) -> Result<Self, TransportError> {
        match status.c_name.is_empty() {
            true => Err(TransportError::NoReader),
            false => Ok(Self {
                name: status.c_name.clone(),
            }),
        }
    }

    pub(super) fn c_name(&self) -> &CStr {
        &self.name
    }
}

fn ask(reader: &CStr, progress: &Progress) -> Result<Told, TransportError> {
    let context = establish()?;
    let beside = is_in_use(state(&context, reader)?.event_state());
    // Direct: the card, if there is one, is neither powered nor reset.
    let card = context
        .connect(reader, ShareMode::Direct, Protocols::UNDEFINED)
        .map_err(kind)?;
    progress.came(if beside { Came::Beside } else { Came::Alone });
    let told = properties::of_driver(&card);
    if let Err((card, _)) = card.disconnect(Disposition::LeaveCard) {
        drop(card);
    }
    Ok(told)
}

/// The best reader with a card that answers, else the best with a mute one, so that connecting says what is wrong.
pub(super) fn preferred(readers: &[ReaderStatus]) -> Option<&ReaderStatus> {
    readers
        .iter()
        .filter(|reader| reader.card != CardState::Absent && reader.for_documents())
        .min_by_key(|reader| (reader.card == CardState::Mute, reader.role))
}

pub(super) fn establish() -> Result<Context, TransportError> {
    Context::establish(Scope::User).map_err(kind)
}

/// The state of every reader, as it is now.
pub(super) fn states(context: &Context) -> Result<Vec<ReaderState>, TransportError> {
    let names = match context.list_readers_owned() {
        Ok(names) => names,
        Err(pcsc::Error::NoReadersAvailable) => Vec::new(),
        Err(error) => return Err(kind_once_connected(error)),
    };
    let mut found = Vec::with_capacity(names.len());
    let known = Instant::now() + KNOWN_WITHIN;
    for name in names {
        // One by one: a reader unplugged meanwhile must not hide the others.
        match state_known_by(known, context, &name) {
            Ok(state) => found.push(state),
            Err(TransportError::ReaderRemoved) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// The state of one reader, as it is now; [`TransportError::ReaderRemoved`] if there is none of that name.
pub(super) fn state(context: &Context, name: &CStr) -> Result<ReaderState, TransportError> {
    state_known_by(Instant::now() + KNOWN_WITHIN, context, name)
}

fn state_known_by(
    deadline: Instant,
    context: &Context,
    name: &CStr,
) -> Result<ReaderState, TransportError> {
    loop {
        let mut states = [ReaderState::new(name, State::UNAWARE)];
        match context.get_status_change(Duration::ZERO, &mut states) {
            Ok(()) | Err(pcsc::Error::Timeout) => {}
            Err(error) => return Err(kind_once_connected(error)),
        }
        let [state] = states;
        if gone(state.event_state()) {
            return Err(TransportError::ReaderRemoved);
        }
        if is_known(state.event_state()) || Instant::now() >= deadline {
            return Ok(state);
        }
        thread::sleep(NOT_KNOWN_YET);
    }
}

/// Whether the service says already if a card is there.
pub(super) fn is_known(flags: State) -> bool {
    flags.intersects(State::EMPTY | State::PRESENT)
}

pub(super) fn gone(flags: State) -> bool {
    flags.intersects(State::UNKNOWN | State::IGNORE)
        || (flags.contains(State::UNAVAILABLE) && !flags.contains(State::PRESENT))
}

pub(super) fn card_state(flags: State) -> CardState {
    if !flags.contains(State::PRESENT) {
        CardState::Absent
    } else if flags.contains(State::MUTE) {
        CardState::Mute
    } else {
        CardState::Present
    }
}

fn select<'a>(readers: &'a [ReaderStatus], name: &str) -> Option<&'a ReaderStatus> {
    if let Some(reader) = readers.iter().find(|reader| reader.name == name) {
        return Some(reader);
    }
    let wanted = name.to_lowercase();
    let mut fitting = readers
        .iter()
        .filter(|reader| reader.name.to_lowercase().contains(&wanted));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(name: &str, role: Role, card: CardState, atr: &[u8]) -> ReaderStatus {
        ReaderStatus {
            name: name.to_owned(),
            role,
            card,
            atr: atr.to_vec(),
            in_use: false,
            exclusive: false,
            surely: true,
            c_name: CString::new(name).unwrap(),
        }
    }

    #[test]
    fn name_that_is_not_utf_8_leads_back_to_its_reader() {
        let name = c"Leser f\xFCr Karten 00 00";
        let status = ReaderStatus::of(&ReaderState::new(name, State::UNAWARE));
        assert_eq!(status.name, "Leser f\u{FFFD}r Karten 00 00");
        assert_eq!(Reader::of(&status).unwrap().c_name(), name);
        let readers = [status];
        let found = select(&readers, "leser f\u{FFFD}r").unwrap();
        assert_eq!(Reader::of(found).unwrap().c_name(), name);
    }

    fn chosen(readers: &[ReaderStatus]) -> Option<&str> {
        preferred(readers).map(|reader| reader.name.as_str())
    }

    const ANTENNA: [u8; 4] = [0x3B, 0x88, 0x80, 0x01];
    const CONTACTS: [u8; 4] = [0x3B, 0x7F, 0x96, 0x00];

    #[test]
    fn security_module_and_contacts_are_passed_over() {
        let sam = reader("SAM", Role::Sam, CardState::Present, &CONTACTS);
        let icc = reader("ICC", Role::Contact, CardState::Present, &CONTACTS);
        let picc = |card, atr| reader("PICC", Role::Contactless, card, atr);
        let with = |picc| [sam.clone(), icc.clone(), picc];
        for card in [CardState::Present, CardState::Mute] {
            assert_eq!(chosen(&with(picc(card, &[]))), Some("PICC"));
        }
        assert_eq!(chosen(&with(picc(CardState::Absent, &[]))), None);
        // Not even for an ATR that looks like an antenna's.
        let odd = reader("SAM", Role::Sam, CardState::Present, &ANTENNA);
        assert_eq!(chosen(&[odd]), None);
    }

    #[test]
    fn atr_decides_where_the_name_does_not() {
        for role in [Role::Several, Role::Unknown] {
            let slot = |name, atr| reader(name, role, CardState::Present, atr);
            let readers = [slot("A 00 00", &CONTACTS), slot("A 00 01", &ANTENNA)];
            assert_eq!(chosen(&readers), Some("A 00 01"));
            assert_eq!(chosen(&readers[..1]), None);
            // No ATR to decide by: connecting says what is wrong.
            let mute = [reader("A", role, CardState::Mute, &[])];
            assert_eq!(chosen(&mute), Some("A"));
        }
        // A name that says antenna needs no ATR that does.
        let named = [reader(
            "PICC",
            Role::Contactless,
            CardState::Present,
            &CONTACTS,
        )];
        assert_eq!(chosen(&named), Some("PICC"));
        // A mere word in it does: a token that bears it always reports a card.
        let worded = |card, atr| {
            let reader = reader("NFC", Role::Contactless, card, atr);
            [ReaderStatus {
                surely: false,
                ..reader
            }]
        };
        assert_eq!(chosen(&worded(CardState::Present, &CONTACTS)), None);
        for (card, atr) in [(CardState::Present, &ANTENNA[..]), (CardState::Mute, &[])] {
            assert_eq!(chosen(&worded(card, atr)), Some("NFC"));
        }
    }

    #[test]
    fn antenna_by_name_comes_first_and_a_card_that_answers_before_a_mute_one() {
        let readers = [
            reader("?", Role::Unknown, CardState::Present, &ANTENNA),
            reader("PICC", Role::Contactless, CardState::Present, &ANTENNA),
        ];
        assert_eq!(chosen(&readers), Some("PICC"));
        let readers = [
            reader("PICC", Role::Contactless, CardState::Mute, &[]),
            reader("?", Role::Unknown, CardState::Present, &ANTENNA),
        ];
        assert_eq!(chosen(&readers), Some("?"));
    }

    #[test]
    fn part_of_a_name_must_be_unambiguous() {
        let readers = [
            reader("Virtual PCD 00 00", Role::Unknown, CardState::Absent, &[]),
            reader("Virtual PCD 00 01", Role::Unknown, CardState::Absent, &[]),
            reader(
                "ACS ACR122U 01 00",
                Role::Contactless,
                CardState::Absent,
                &[],
            ),
        ];
        let name = |wanted| select(&readers, wanted).map(|reader| reader.name.as_str());
        assert_eq!(name("Virtual PCD 00 01"), Some("Virtual PCD 00 01"));
        assert_eq!(name("acr122"), Some("ACS ACR122U 01 00"));
        assert_eq!(name("virtual"), None);
        assert_eq!(name("omnikey"), None);
    }
}
