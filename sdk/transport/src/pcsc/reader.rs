//! Readers: which there are, what is on them, and which to take.

use super::card::{ConnectOptions, PcscCard};
use super::failure::kind;
use super::interface::Interface;
use chipid_emrtd::card_transport::TransportError;
use pcsc::{Context, ReaderState, Scope, State};
use std::ffi::{CStr, CString};
use std::time::Duration;

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
    /// The kind of slot, as far as the name tells.
    pub interface: Interface,
    /// Whether a card is there.
    pub card: CardState,
    /// Answer to reset of the card; empty without one. For a contactless card the reader makes it up (PC/SC part 3).
    pub atr: Vec<u8>,
    /// Some program is connected to the card.
    pub in_use: bool,
    /// Some program holds the card for itself alone.
    pub exclusive: bool,
}

impl ReaderStatus {
    pub(super) fn of(state: &ReaderState) -> Self {
        let flags = state.event_state();
        let name = state.name().to_string_lossy().into_owned();
        Self {
            interface: Interface::of(&name),
            name,
            card: card_state(flags),
            atr: state.atr().to_vec(),
            in_use: flags.contains(State::INUSE),
            exclusive: flags.contains(State::EXCLUSIVE),
        }
    }

    /// Less is better. A contactless card shows an ATR that begins 3B 8x 80 01 (PC/SC part 3, 3.1.3.2.3).
    fn preference(&self) -> (Interface, bool) {
        let contactless_atr =
            matches!(self.atr.as_slice(), [0x3B, t0, 0x80, 0x01, ..] if t0 >> 4 == 8);
        (self.interface, !contactless_atr)
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
    /// The first reader with a card on it, antennas before slots with contacts, a reader's own security module last.
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

    pub(super) fn of(status: &ReaderStatus) -> Result<Self, TransportError> {
        // A name with a NUL cannot have come from PC/SC.
        let name = CString::new(status.name.as_str()).map_err(|_| TransportError::NoReader)?;
        Ok(Self { name })
    }

    pub(super) fn c_name(&self) -> &CStr {
        &self.name
    }
}

/// The best reader with a card that answers, else the best with a mute one, so that connecting says what is wrong.
pub(super) fn preferred(readers: &[ReaderStatus]) -> Option<&ReaderStatus> {
    readers
        .iter()
        .filter(|reader| reader.card != CardState::Absent)
        .min_by_key(|reader| {
            let (interface, no_contactless_atr) = reader.preference();
            // A security module that answers is still worse than a person's card that does not.
            let sam = interface == Interface::Sam;
            (
                sam,
                reader.card == CardState::Mute,
                interface,
                no_contactless_atr,
            )
        })
}

pub(super) fn establish() -> Result<Context, TransportError> {
    Context::establish(Scope::User).map_err(kind)
}

/// The state of every reader, as it is now.
pub(super) fn states(context: &Context) -> Result<Vec<ReaderState>, TransportError> {
    let names = match context.list_readers_owned() {
        Ok(names) => names,
        Err(pcsc::Error::NoReadersAvailable) => Vec::new(),
        Err(error) => return Err(kind(error)),
    };
    let mut found = Vec::with_capacity(names.len());
    for name in names {
        // One by one: a reader unplugged meanwhile must not hide the others.
        match state(context, &name) {
            Ok(state) => found.push(state),
            Err(TransportError::ReaderRemoved) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// The state of one reader, as it is now; [`TransportError::ReaderRemoved`] if there is none of that name.
pub(super) fn state(context: &Context, name: &CStr) -> Result<ReaderState, TransportError> {
    let mut states = [ReaderState::new(name, State::UNAWARE)];
    match context.get_status_change(Duration::ZERO, &mut states) {
        Ok(()) | Err(pcsc::Error::Timeout) => {}
        Err(error) => return Err(kind(error)),
    }
    let [state] = states;
    if gone(state.event_state()) {
        return Err(TransportError::ReaderRemoved);
    }
    Ok(state)
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

    fn reader(name: &str, card: CardState, atr: &[u8]) -> ReaderStatus {
        ReaderStatus {
            name: name.to_owned(),
            interface: Interface::of(name),
            card,
            atr: atr.to_vec(),
            in_use: false,
            exclusive: false,
        }
    }

    fn chosen(readers: &[ReaderStatus]) -> Option<&str> {
        preferred(readers).map(|reader| reader.name.as_str())
    }

    #[test]
    fn security_module_slot_is_taken_only_if_nothing_else_has_a_card() {
        let sam = reader("ACR1281 SAM 0", CardState::Present, &[0x3B, 0x00]);
        let picc = |card| reader("ACR1281 PICC 0", card, &[]);
        let both = [sam.clone(), picc(CardState::Present)];
        assert_eq!(chosen(&both), Some("ACR1281 PICC 0"));
        let mute = [sam.clone(), picc(CardState::Mute)];
        assert_eq!(chosen(&mute), Some("ACR1281 PICC 0"));
        let alone = [sam, picc(CardState::Absent)];
        assert_eq!(chosen(&alone), Some("ACR1281 SAM 0"));
    }

    #[test]
    fn contactless_atr_decides_between_names_that_say_nothing() {
        let readers = [
            reader("A 00 00", CardState::Present, &[0x3B, 0x7F, 0x96, 0x00]),
            reader("A 00 01", CardState::Present, &[0x3B, 0x88, 0x80, 0x01]),
        ];
        assert_eq!(chosen(&readers), Some("A 00 01"));
    }

    #[test]
    fn card_that_answers_comes_before_a_mute_one() {
        let readers = [
            reader("A PICC", CardState::Mute, &[]),
            reader("A ICC", CardState::Present, &[0x3B]),
        ];
        assert_eq!(chosen(&readers), Some("A ICC"));
    }

    #[test]
    fn part_of_a_name_must_be_unambiguous() {
        let readers = [
            reader("Virtual PCD 00 00", CardState::Absent, &[]),
            reader("Virtual PCD 00 01", CardState::Absent, &[]),
            reader("ACS ACR122U 01 00", CardState::Absent, &[]),
        ];
        let name = |wanted| select(&readers, wanted).map(|reader| reader.name.as_str());
        assert_eq!(name("Virtual PCD 00 01"), Some("Virtual PCD 00 01"));
        assert_eq!(name("acr122"), Some("ACS ACR122U 01 00"));
        assert_eq!(name("virtual"), None);
        assert_eq!(name("omnikey"), None);
    }
}
