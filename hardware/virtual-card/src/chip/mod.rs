//! The chip: takes command APDUs, keeps its state, answers.
//!
//! Doc 9303-10, 3.6 (commands) and Doc 9303-11, 4, 6 and 9.8 (protocols); ISO/IEC 7816-4 for what they build on.

mod access_commands;
mod apdu;
mod authentication;
mod bac;
mod file_commands;
mod files;
mod pace;
mod pace_mapping;
mod proof_commands;
mod secure_messaging;
mod terminal;

use crate::behaviour::{Behaviour, Deviation, FaultKind};
use crate::card_data::CardData;
use crate::link::Work;
use apdu::{Command, Response, Status};
use chipid_emrtd::card_transport::{CardTransport, TransportError};
use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use chipid_emrtd::file_id::FileId;
use core::fmt;
use core::future::Future;
use files::{Directory, Reader};
use getrandom::SysRng;
use pace::Pace;
use rand_core::{CryptoRng, UnwrapErr};
use secure_messaging::SecureMessaging;
use terminal::TerminalState;

/// The identifier of the eMRTD application (Doc 9303-10, 4.1).
const APPLICATION: [u8; 7] = [0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01];
/// What a short Le of 00 asks for.
const SHORT_MAX: usize = 256;
/// What an extended Le of 0000 asks for.
const EXTENDED_MAX: usize = 65_536;
/// How often a PIN may be wrong until it is blocked (BSI TR-03110-2, 3.3).
const PIN_TRIES: u8 = 3;
/// Bytes of the challenge of Active Authentication.
const CHALLENGE_LEN: usize = 8;

/// A software ICAO chip.
///
/// It lives as long as the value; [`reset`](Self::reset) is what lifting the card off the reader does.
pub struct VirtualCard {
    card: CardData,
    behaviour: Behaviour,
    rng: Box<dyn CryptoRng + Send>,
    directory: Directory,
    current: Option<FileId>,
    channel: Option<SecureMessaging>,
    /// Begins behind the response that is being made.
    next_channel: Option<SecureMessaging>,
    challenge: Option<[u8; 8]>,
    protocol: Option<Protocol>,
    /// The rest of a response that did not fit, with its status word: GET RESPONSE fetches it.
    pending: Option<Response>,
    /// The rest of a file's bytes that READ BINARY held back (row 29): a GET RESPONSE of the same channel fetches it.
    held_back: Vec<u8>,
    /// Chip Authentication was passed in this session.
    chip_authenticated: bool,
    /// The response of this command goes in plain, and the session ends with it.
    session_over: bool,
    /// The link was dropped, and stays so until the card is reset.
    dropped: bool,
    /// What the last command made the chip do.
    work: Work,
    can_tries: Option<u8>,
    pin_tries: u8,
    commands: usize,
    previous: Vec<u8>,
    removed: bool,
    terminal: TerminalState,
}

enum Protocol {
    Pace(Box<Pace>),
    ChipAuthentication(ChipKey),
}

#[derive(Clone)]
enum ChipKey {
    /// The card's own, by its place among the keys.
    Own(usize),
    /// None: whatever comes out is nobody's.
    Nobodys(CipherAlgorithm),
    Refused(Status),
}

impl fmt::Debug for VirtualCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VirtualCard")
            .field("card", &self.card)
            .field("commands", &self.commands)
            .finish_non_exhaustive()
    }
}

impl VirtualCard {
    /// An honest chip with this data, fresh from the factory, its randomness from the operating system.
    #[must_use]
    pub fn new(card: CardData) -> Self {
        Self::with_rng(card, UnwrapErr(SysRng))
    }

    /// The same with randomness from elsewhere: worked examples need the nonces that the standard printed.
    #[must_use]
    pub fn with_rng(card: CardData, rng: impl CryptoRng + Send + 'static) -> Self {
        Self {
            card,
            behaviour: Behaviour::default(),
            rng: Box::new(rng),
            directory: Directory::MasterFile,
            current: None,
            channel: None,
            next_channel: None,
            challenge: None,
            protocol: None,
            pending: None,
            held_back: Vec::new(),
            chip_authenticated: false,
            session_over: false,
            dropped: false,
            work: Work::default(),
            can_tries: None,
            pin_tries: PIN_TRIES,
            commands: 0,
            previous: Vec::new(),
            removed: false,
            terminal: TerminalState::default(),
        }
    }

    /// Makes the chip depart from honesty.
    #[must_use]
    pub fn with_behaviour(mut self, behaviour: Behaviour) -> Self {
        self.can_tries = behaviour.can_tries;
        self.behaviour = behaviour;
        self.reset();
        self
    }

    /// What the chip holds.
    #[must_use]
    pub const fn data(&self) -> &CardData {
        &self.card
    }

    /// How many command APDUs came so far.
    #[must_use]
    pub const fn commands(&self) -> usize {
        self.commands
    }

    /// What the last command made the chip do: for whoever prices it.
    pub(crate) const fn work(&self) -> Work {
        self.work
    }

    /// Takes the power away and gives it back: the channel and whatever was selected are gone, the tries of the CAN are not.
    pub fn reset(&mut self) {
        self.end_channel();
        let on_a_phone = self.behaviour.has(Deviation::Row7ImplicitMasterFileIgnored);
        self.directory = if on_a_phone {
            Directory::Application
        } else {
            Directory::MasterFile
        };
        self.challenge = None;
        self.pending = None;
        self.dropped = false;
    }

    /// Answers one command APDU with a whole response APDU; with no bytes at all where the card is mute.
    pub fn process(&mut self, command: &[u8]) -> Vec<u8> {
        self.exchange(command).unwrap_or_default()
    }

    /// Answers one command APDU.
    ///
    /// # Errors
    /// Only what the [`Behaviour`] asks for.
    pub fn exchange(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let index = self.commands;
        self.commands += 1;
        self.work = Work {
            part: self.work.part,
            ..Work::default()
        };
        if self.removed || self.dropped {
            return Err(TransportError::CardRemoved);
        }
        let fault = self
            .behaviour
            .faults
            .iter()
            .find(|f| f.at == index)
            .map(|f| f.kind);
        let mut response = match fault {
            Some(FaultKind::Remove) => {
                self.removed = true;
                return Err(TransportError::CardRemoved);
            }
            Some(FaultKind::Mute(error)) => return Err(error),
            Some(FaultKind::Status(word)) => word.to_be_bytes().to_vec(),
            Some(FaultKind::LoseChannel) => {
                self.end_channel();
                Response::from(Status::SM_OBJECT_INCORRECT).to_bytes()
            }
            other => {
                let in_plain = other == Some(FaultKind::DropSecureMessaging);
                self.answer(command, in_plain).to_bytes()
            }
        };
        if self.dropped {
            return Err(TransportError::CardRemoved);
        }
        match fault {
            Some(FaultKind::WrongMac) => {
                if let Some(byte) = response.iter_mut().rev().nth(2) {
                    *byte ^= 0x01;
                }
            }
            Some(FaultKind::Truncate(len)) => response.truncate(len),
            Some(FaultKind::Append(len)) => {
                let at = response.len().saturating_sub(2);
                response.splice(at..at, core::iter::repeat_n(0, len));
            }
            Some(FaultKind::Replay) => response.clone_from(&self.previous),
            _ => {}
        }
        self.previous.clone_from(&response);
        Ok(response)
    }

    fn answer(&mut self, bytes: &[u8], in_plain: bool) -> Response {
        let command = match Command::parse(bytes) {
            Ok(command) if command.extended && self.behaviour.without_extended_length => {
                self.end_channel();
                return Status::WRONG_LENGTH.into();
            }
            Ok(command) => command,
            Err(status) => {
                self.end_channel();
                return status.into();
            }
        };
        let asked = command.expected.unwrap_or(SHORT_MAX);
        let room = asked.min(self.largest_part());
        if command.ins == 0xC0
            && let Some(rest) = self.pending.take()
        {
            return self.within(rest, room);
        }
        self.pending = None;
        if !matches!(command.cla, 0x00 | 0x10 | 0x0C | 0x1C) {
            return Status::CLA_UNKNOWN.into();
        }
        let response = if command.is_protected() {
            self.answer_protected(&command, asked, in_plain)
        } else {
            // A plain command ends the channel (Doc 9303-11, 9.8.3); it is then answered as any plain command is.
            if self.channel.is_some() {
                self.end_channel();
            }
            let response = self.dispatch(&command, asked);
            self.work.data = response.data.len();
            if core::mem::take(&mut self.session_over) {
                self.end_channel();
            }
            self.channel = self.next_channel.take();
            response
        };
        self.within(response, room)
    }

    fn answer_protected(&mut self, command: &Command, room: usize, in_plain: bool) -> Response {
        let Some(channel) = self.channel.as_mut() else {
            return Status::SM_OBJECT_INCORRECT.into();
        };
        let desynchronises = self
            .behaviour
            .has(Deviation::Row22ExtendedReadDesynchronises);
        if desynchronises && command.extended && matches!(command.ins, 0xB0 | 0xB1) {
            return Status::WRONG_LENGTH.into();
        }
        let plain = match channel.unprotect(command) {
            Ok(plain) => plain,
            Err(status) => {
                self.end_channel();
                return status.into();
            }
        };
        let room = channel.payload_within(room);
        let mut response = self.dispatch(&plain, room);
        if let Some(Some(forged)) = self.behaviour.forged_answers.pop_front() {
            response = Response {
                data: forged.data,
                status: Status(forged.status),
            };
        }
        self.work.data = response.data.len();
        if core::mem::take(&mut self.session_over) {
            self.end_channel();
            return response.status.into();
        }
        // The response still belongs to the old channel (Doc 9303-11, 9.8.2).
        let protected = self
            .channel
            .as_mut()
            .and_then(|channel| channel.protect(command.ins, &response).ok());
        if let Some(next) = self.next_channel.take() {
            self.channel = Some(next);
        }
        if in_plain {
            return Response::data(response.data);
        }
        protected.unwrap_or_else(|| Status::FAILURE.into())
    }

    /// The response, cut to `room` bytes of data: the rest waits for GET RESPONSE.
    fn within(&mut self, mut response: Response, room: usize) -> Response {
        if response.data.len() <= room {
            return response;
        }
        let rest = response.data.split_off(room);
        let first = Response {
            data: response.data,
            status: Status::more(rest.len()),
        };
        self.pending = Some(Response {
            data: rest,
            status: response.status,
        });
        first
    }

    /// The most data of one response APDU, where the chip cuts them (row 29).
    fn largest_part(&self) -> usize {
        self.behaviour
            .find(|deviation| match deviation {
                Deviation::Row29ResponseInParts(len) => Some(usize::from(len)),
                _ => None,
            })
            .unwrap_or(usize::MAX)
    }

    fn end_channel(&mut self) {
        self.chip_authenticated = false;
        self.terminal.end_session();
        self.held_back.clear();
        self.channel = None;
        self.next_channel = None;
        self.protocol = None;
        self.current = None;
    }

    fn dispatch(&mut self, command: &Command, room: usize) -> Response {
        // A challenge is good for the very next command, a protocol for an unbroken chain of commands.
        let challenge = self.challenge.take();
        let protocol = self.protocol.take();
        if command.is_chained() && command.ins != 0x86 {
            return Status::CHAINING_UNSUPPORTED.into();
        }
        if command.ins != 0xC0 {
            self.held_back.clear();
        }
        let result = match command.ins {
            0xA4 => self.select(command),
            0xB0 => self.read_binary(command, room),
            0xB1 => self.read_binary_odd(command, room),
            0x84 => self.challenge(command),
            0x82 => self.external_authenticate(command, challenge),
            0x22 => self.manage_security_environment(command),
            0x86 => self.general_authenticate(command, protocol),
            0x2A => self.verify_certificate(command),
            0x88 => self.internal_authenticate(command, room),
            0xC0 if !self.held_back.is_empty() => Ok(self.more_of_the_file(room)),
            0xC0 => Err(Status::CONDITIONS),
            _ => Err(Status::INS_UNKNOWN),
        };
        result.unwrap_or_else(Into::into)
    }

    /// Whether the reader has passed access control, or there is none to pass.
    fn is_authenticated(&self) -> bool {
        self.channel.is_some() || (!self.card.basic_access_control && self.card.pace.is_empty())
    }

    fn reader(&self) -> Reader {
        Reader {
            directory: self.directory,
            authenticated: self.is_authenticated(),
            granted: self.terminal.granted(),
        }
    }
}

impl CardTransport for VirtualCard {
    fn transmit(
        &mut self,
        command: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, TransportError>> + Send {
        core::future::ready(self.exchange(command))
    }
}
