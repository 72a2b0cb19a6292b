//! The chip: takes command APDUs, keeps its state, answers.
//!
//! Doc 9303-10, 3.6 (commands) and Doc 9303-11, 4, 6 and 9.8 (protocols); ISO/IEC 7816-4 for what they build on.

mod apdu;
mod authentication;
mod bac;
mod files;
mod pace;
mod secure_messaging;

use crate::behaviour::{Behaviour, CardAccess, EndOfFile, FaultKind, Proof};
use crate::card_data::{ActiveAuthenticationKey, CardData, ChipAuthenticationKey};
use apdu::{Command, Response, Status};
use chipid_emrtd::card_transport::{CardTransport, TransportError};
use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::tlv;
use core::fmt;
use core::future::Future;
use files::{Directory, Reader};
use getrandom::SysRng;
use pace::{Outcome, Pace, Password};
use rand_core::{CryptoRng, UnwrapErr};
use secure_messaging::SecureMessaging;

/// The identifier of the eMRTD application (Doc 9303-10, 4.1).
const APPLICATION: [u8; 7] = [0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01];
/// What a short Le of 00 asks for.
const SHORT_MAX: usize = 256;
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
    can_tries: Option<u8>,
    commands: usize,
    previous: Vec<u8>,
    removed: bool,
}

enum Protocol {
    Pace(Pace),
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
            can_tries: None,
            commands: 0,
            previous: Vec::new(),
            removed: false,
        }
    }

    /// Makes the chip depart from honesty.
    #[must_use]
    pub fn with_behaviour(mut self, behaviour: Behaviour) -> Self {
        self.can_tries = behaviour.can_tries;
        self.behaviour = behaviour;
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

    /// Takes the power away and gives it back: the channel and whatever was selected are gone, the tries of the CAN are not.
    pub fn reset(&mut self) {
        self.end_channel();
        self.directory = Directory::MasterFile;
        self.challenge = None;
        self.pending = None;
    }

    /// Answers one command APDU with a whole response APDU; with no bytes at all where the card is mute.
    pub fn process(&mut self, command: &[u8]) -> Vec<u8> {
        self.exchange(command).unwrap_or_default()
    }

    /// Answers one command APDU.
    ///
    /// # Errors
    /// Only what [`Behaviour::faults`] asks for.
    pub fn exchange(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let index = self.commands;
        self.commands += 1;
        if self.removed {
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
            other => {
                let in_plain = other == Some(FaultKind::DropSecureMessaging);
                self.answer(command, in_plain).to_bytes()
            }
        };
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
        let room = command.expected.unwrap_or(SHORT_MAX);
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
            self.answer_protected(&command, room, in_plain)
        } else {
            // A plain command ends the channel (Doc 9303-11, 9.8.3); it is then answered as any plain command is.
            if self.channel.is_some() {
                self.end_channel();
            }
            let response = self.dispatch(&command, room);
            self.channel = self.next_channel.take();
            response
        };
        self.within(response, room)
    }

    fn answer_protected(&mut self, command: &Command, room: usize, in_plain: bool) -> Response {
        let Some(channel) = self.channel.as_mut() else {
            return Status::SM_OBJECT_INCORRECT.into();
        };
        let plain = match channel.unprotect(command) {
            Ok(plain) => plain,
            Err(status) => {
                self.end_channel();
                return status.into();
            }
        };
        let room = channel.payload_within(room);
        let response = self.dispatch(&plain, room);
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
        let left = u8::try_from(rest.len()).unwrap_or(0);
        let first = Response {
            data: response.data,
            status: Status(0x6100 | u16::from(left)),
        };
        self.pending = Some(Response {
            data: rest,
            status: response.status,
        });
        first
    }

    fn end_channel(&mut self) {
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
        let result = match command.ins {
            0xA4 => self.select(command),
            0xB0 => self.read_binary(command, room),
            0xB1 => self.read_binary_odd(command, room),
            0x84 => self.challenge(command),
            0x82 => self.external_authenticate(command, challenge),
            0x22 => self.manage_security_environment(command),
            0x86 => self.general_authenticate(command, protocol),
            0x88 => self.internal_authenticate(command),
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
        }
    }
}

/// SELECT and READ BINARY (Doc 9303-10, 3.6.1 to 3.6.3).
impl VirtualCard {
    fn select(&mut self, command: &Command) -> Result<Response, Status> {
        let information = match command.p2 {
            0x0C => None,
            0x04 => Some(0x62),
            0x00 => Some(0x6F),
            _ => return Err(Status::WRONG_P1P2),
        };
        let description = match (command.p1, &*command.data) {
            (0x04, name) => {
                if name != APPLICATION {
                    return Err(Status::FILE_NOT_FOUND);
                }
                self.directory = Directory::Application;
                self.current = None;
                tlv::encode(0x84, &APPLICATION)
            }
            (0x00, [] | [0x3F, 0x00]) => {
                if self.behaviour.without_master_file_select {
                    return Err(Status::INS_UNKNOWN);
                }
                self.directory = Directory::MasterFile;
                self.current = None;
                tlv::encode(0x83, &[0x3F, 0x00])
            }
            (0x00 | 0x02, &[hi, lo]) => {
                let identifier = u16::from_be_bytes([hi, lo]);
                let file = self
                    .reader()
                    .select(identifier, &self.card, &self.behaviour)?;
                self.current = Some(file);
                let len = files::contents(file, &self.card, &self.behaviour)
                    .map_or(0, |bytes| bytes.len());
                let len = u16::try_from(len).unwrap_or(u16::MAX);
                [
                    tlv::encode(0x80, &len.to_be_bytes()),
                    tlv::encode(0x82, &[0x01]),
                    tlv::encode(0x83, &[hi, lo]),
                    tlv::encode(0x88, &[file.short_identifier() << 3]),
                ]
                .concat()
            }
            (0x00 | 0x02, _) => return Err(Status::WRONG_LENGTH),
            _ => return Err(Status::WRONG_P1P2),
        };
        Ok(Response::data(match (information, command.expected) {
            (Some(tag), Some(_)) => tlv::encode(tag, &description),
            _ => Vec::new(),
        }))
    }

    fn read_binary(&mut self, command: &Command, room: usize) -> Result<Response, Status> {
        let offset = if command.p1 & 0x80 == 0 {
            usize::from(command.p1p2())
        } else {
            self.select_short(command.p1 & 0x1F)?;
            usize::from(command.p2)
        };
        let wanted = command.expected.ok_or(Status::WRONG_LENGTH)?;
        let (data, status) = self.read(offset, wanted, room)?;
        Ok(Response { data, status })
    }

    /// INS B1: the offset comes in a DO 54, the data goes in a DO 53.
    fn read_binary_odd(&mut self, command: &Command, room: usize) -> Result<Response, Status> {
        match command.p1p2() {
            0 => {}
            short @ 1..=0x1E => self.select_short(short as u8)?,
            identifier => {
                let file = self
                    .reader()
                    .select(identifier, &self.card, &self.behaviour)?;
                self.current = Some(file);
            }
        }
        let object = tlv::outer(&command.data, 0x54).map_err(|_| Status::WRONG_DATA)?;
        if object.value.is_empty() || object.value.len() > 4 {
            return Err(Status::WRONG_DATA);
        }
        let offset = object
            .value
            .iter()
            .fold(0usize, |offset, byte| offset << 8 | usize::from(*byte));
        let wanted = command.expected.ok_or(Status::WRONG_LENGTH)?;
        // Le and the room count the DO's own header too: two to four bytes.
        let header = |len: usize| match len {
            0..=0x81 => 2,
            0x82..=0x102 => 3,
            _ => 4,
        };
        let (data, status) = self.read(
            offset,
            wanted.saturating_sub(header(wanted)),
            room.saturating_sub(header(room)),
        )?;
        Ok(Response {
            data: if data.is_empty() {
                data
            } else {
                tlv::encode(0x53, &data)
            },
            status,
        })
    }

    fn select_short(&mut self, short: u8) -> Result<(), Status> {
        let identifier = 0x0100 | u16::from(short);
        let file = self
            .reader()
            .select(identifier, &self.card, &self.behaviour)?;
        self.current = Some(file);
        Ok(())
    }

    /// Up to `wanted` bytes from `offset` on, and never more than `room` or the behaviour allows.
    fn read(&self, offset: usize, wanted: usize, room: usize) -> Result<(Vec<u8>, Status), Status> {
        let file = self.current.ok_or(if self.is_authenticated() {
            Status::NO_CURRENT_FILE
        } else {
            Status::SECURITY_STATUS
        })?;
        let bytes =
            files::contents(file, &self.card, &self.behaviour).ok_or(Status::FILE_NOT_FOUND)?;
        if self.behaviour.max_le.is_some_and(|max| wanted > max) {
            return Err(Status::WRONG_LENGTH);
        }
        let rest = bytes
            .get(offset..)
            .filter(|rest| !rest.is_empty())
            .ok_or(Status::WRONG_OFFSET)?;
        let allowed = wanted
            .min(room)
            .min(self.behaviour.max_read.unwrap_or(usize::MAX));
        let data = rest.get(..allowed).unwrap_or(rest);
        // A bare 00 asks for "as much as there is": nothing ran over the end then.
        let over_the_end = rest.len() < wanted && !matches!(wanted, SHORT_MAX | 65_536);
        match self.behaviour.end_of_file {
            EndOfFile::Warning if over_the_end => Ok((data.to_vec(), Status::END_OF_FILE)),
            EndOfFile::WrongLength if over_the_end => {
                Err(u8::try_from(rest.len()).map_or(Status::WRONG_LENGTH, Status::right_le))
            }
            _ => Ok((data.to_vec(), Status::OK)),
        }
    }
}

/// Access control: Basic Access Control and PACE (Doc 9303-11, 4.3 and 4.4).
impl VirtualCard {
    fn challenge(&mut self, command: &Command) -> Result<Response, Status> {
        if command.p1p2() != 0 {
            return Err(Status::WRONG_P1P2);
        }
        if command.expected.is_some_and(|len| len < 8) {
            return Err(Status::WRONG_LENGTH);
        }
        let bac = self.card.basic_access_control && !self.behaviour.without_bac;
        if !bac || self.directory != Directory::Application {
            return Err(Status::CONDITIONS);
        }
        let mut challenge = [0; 8];
        self.rng.fill_bytes(&mut challenge);
        self.challenge = Some(challenge);
        Ok(Response::data(challenge.to_vec()))
    }

    fn external_authenticate(
        &mut self,
        command: &Command,
        challenge: Option<[u8; 8]>,
    ) -> Result<Response, Status> {
        if command.p1p2() != 0 {
            return Err(Status::WRONG_P1P2);
        }
        let challenge = challenge
            .filter(|_| self.channel.is_none())
            .ok_or(Status::CONDITIONS)?;
        let (answer, channel) = bac::mutual_authenticate(
            &self.card.passwords.mrz_information,
            challenge,
            &command.data,
            &mut *self.rng,
        )?;
        self.next_channel = Some(channel);
        Ok(Response::data(answer))
    }

    fn manage_security_environment(&mut self, command: &Command) -> Result<Response, Status> {
        let object = |tag: u32| {
            tlv::Reader::new(&command.data)
                .map_while(Result::ok)
                .find(|o| o.tag.0 == tag)
                .map(|o| o.value)
        };
        match command.p1p2() {
            0xC1A4 => {
                let oid = object(0x80).ok_or(Status::WRONG_DATA)?;
                let password = object(0x83).ok_or(Status::WRONG_DATA)?;
                self.set_pace(oid, password, object(0x84))
            }
            0x41A4 => {
                let oid = object(0x80).ok_or(Status::WRONG_DATA)?;
                let key = self.chip_key(Some(oid), object(0x84))?;
                self.protocol = Some(Protocol::ChipAuthentication(key));
                Ok(Status::OK.into())
            }
            0x41A6 => {
                let public_key = object(0x91).ok_or(Status::WRONG_DATA)?;
                let key = self.chip_key(None, object(0x84))?;
                self.chip_authentication(&key, public_key)?;
                Ok(Status::OK.into())
            }
            _ => Err(Status::WRONG_P1P2),
        }
    }

    fn set_pace(
        &mut self,
        oid: &[u8],
        password: &[u8],
        parameters: Option<&[u8]>,
    ) -> Result<Response, Status> {
        let offered = matches!(
            self.behaviour.card_access,
            CardAccess::Readable | CardAccess::RefusedWithPace
        );
        let mut suites = self
            .card
            .pace
            .iter()
            .filter(|suite| offered && suite.oid() == oid)
            .peekable();
        if suites.peek().is_none() {
            return Err(Status::WRONG_DATA);
        }
        let mut named = suites
            .filter(|suite| parameters.is_none_or(|id| id == [suite.curve.standardized_id()]));
        let suite = *named.next().ok_or(Status::REFERENCE_NOT_FOUND)?;
        if named.next().is_some() {
            // Ambiguous: DO 84 is needed (Doc 9303-11, 4.4.4.1).
            return Err(Status::REFERENCE_NOT_FOUND);
        }
        let password = match *password {
            [reference] => Password::from_reference(reference),
            _ => None,
        }
        .ok_or(Status::REFERENCE_NOT_FOUND)?;
        if password == Password::Can {
            if self.card.passwords.can.is_none() {
                return Err(Status::REFERENCE_NOT_FOUND);
            }
            if self.can_tries == Some(0) {
                return Err(Status::BLOCKED);
            }
        }
        self.protocol = Some(Protocol::Pace(Pace::new(suite, password)));
        Ok(Status::OK.into())
    }

    fn general_authenticate(
        &mut self,
        command: &Command,
        protocol: Option<Protocol>,
    ) -> Result<Response, Status> {
        if command.p1p2() != 0 {
            return Err(Status::WRONG_P1P2);
        }
        let protocol = protocol.ok_or(Status::CONDITIONS)?;
        let data = tlv::outer(&command.data, 0x7C)
            .map_err(|_| Status::WRONG_DATA)?
            .value;
        let answer = match protocol {
            Protocol::Pace(pace) => self.advance_pace(pace, command.is_chained(), data)?,
            Protocol::ChipAuthentication(key) => {
                if command.is_chained() {
                    return Err(Status::CHAINING_UNSUPPORTED);
                }
                let public_key = tlv::outer(data, 0x80).map_err(|_| Status::WRONG_DATA)?;
                self.chip_authentication(&key, public_key.value)?;
                Vec::new()
            }
        };
        Ok(Response::data(tlv::encode(0x7C, &answer)))
    }

    fn advance_pace(
        &mut self,
        mut pace: Pace,
        chained: bool,
        data: &[u8],
    ) -> Result<Vec<u8>, Status> {
        if pace.is_last_step() == chained {
            return Err(Status::LAST_OF_CHAIN_EXPECTED);
        }
        let last = pace.is_last_step();
        match pace.advance(data, &self.card.passwords, &mut *self.rng) {
            Ok(Outcome::Continue(answer)) => {
                self.protocol = Some(Protocol::Pace(pace));
                Ok(answer)
            }
            Ok(Outcome::Done(answer, channel)) => {
                if pace.password == Password::Can {
                    self.can_tries = self.behaviour.can_tries;
                }
                self.next_channel = Some(channel);
                Ok(answer)
            }
            Err(Status::AUTHENTICATION_FAILED) if last && pace.password == Password::Can => {
                self.can_tries = self.can_tries.map(|tries| tries.saturating_sub(1));
                Err(self
                    .can_tries
                    .map_or(Status::AUTHENTICATION_FAILED, Status::tries_left))
            }
            Err(status) => Err(status),
        }
    }
}

/// The chip proves itself (Doc 9303-11, 6).
impl VirtualCard {
    /// The key that MSE:Set names; without an object identifier, one that makes a 3DES channel.
    fn chip_key(&self, oid: Option<&[u8]>, key_id: Option<&[u8]>) -> Result<ChipKey, Status> {
        if !self.is_authenticated() || self.directory != Directory::Application {
            return Err(Status::SECURITY_STATUS);
        }
        match self.behaviour.chip_authentication {
            Proof::Refused(word) => return Ok(ChipKey::Refused(Status(word))),
            Proof::Garbage => {
                let cipher = match oid.and_then(|oid| oid.last()) {
                    Some(2) => CipherAlgorithm::Aes128,
                    Some(3) => CipherAlgorithm::Aes192,
                    Some(4) => CipherAlgorithm::Aes256,
                    _ => CipherAlgorithm::Tdes,
                };
                return Ok(ChipKey::Nobodys(cipher));
            }
            Proof::Honest => {}
        }
        let fits = |key: &ChipAuthenticationKey| match oid {
            Some(oid) => key.oid() == oid,
            None => key.cipher == CipherAlgorithm::Tdes,
        };
        let keys = &self.card.chip_authentication;
        if !keys.is_empty() && !keys.iter().any(fits) {
            return Err(Status::WRONG_DATA);
        }
        keys.iter()
            .position(|key| {
                fits(key) && key_id.is_none_or(|id| key.key_id.is_some_and(|own| [own] == *id))
            })
            .map(ChipKey::Own)
            .ok_or(Status::REFERENCE_NOT_FOUND)
    }

    fn chip_authentication(&mut self, key: &ChipKey, public_key: &[u8]) -> Result<(), Status> {
        let channel = match *key {
            ChipKey::Refused(status) => return Err(status),
            ChipKey::Nobodys(cipher) => {
                let mut secret = [0; 32];
                self.rng.fill_bytes(&mut secret);
                SecureMessaging::new(cipher, &secret)
            }
            ChipKey::Own(place) => {
                let key = self
                    .card
                    .chip_authentication
                    .get(place)
                    .ok_or(Status::REFERENCE_NOT_FOUND)?;
                authentication::agree(key, public_key)?
            }
        };
        self.next_channel = Some(channel);
        Ok(())
    }

    fn internal_authenticate(&mut self, command: &Command) -> Result<Response, Status> {
        if command.p1p2() != 0 {
            return Err(Status::WRONG_P1P2);
        }
        if !self.is_authenticated() || self.directory != Directory::Application {
            return Err(Status::SECURITY_STATUS);
        }
        if command.data.len() != CHALLENGE_LEN {
            return Err(Status::WRONG_LENGTH);
        }
        let key = self.card.active_authentication.as_ref();
        match self.behaviour.active_authentication {
            Proof::Refused(word) => Err(Status(word)),
            Proof::Garbage => {
                let len = match key {
                    Some(ActiveAuthenticationKey::Rsa { key, .. }) => key.len(),
                    Some(ActiveAuthenticationKey::Ecdsa { secret, .. }) => {
                        2 * secret.curve().field_len()
                    }
                    None => SHORT_MAX,
                };
                let mut signature = vec![0; len];
                self.rng.fill_bytes(&mut signature);
                Ok(Response::data(signature))
            }
            Proof::Honest => {
                let key = key.ok_or(Status::CONDITIONS)?;
                authentication::sign(key, &command.data, &mut *self.rng).map(Response::data)
            }
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
