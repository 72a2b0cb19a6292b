//! The commands of access control, and MANAGE SECURITY ENVIRONMENT and GENERAL AUTHENTICATE, which prove the chip too.
//!
//! Doc 9303-11, 4.3.4 (Basic Access Control), 4.4.4 (PACE), 6.2.4 (Chip Authentication).

use super::apdu::{Command, Response, Status};
use super::bac;
use super::files::Directory;
use super::pace::{Outcome, Pace, Password};
use super::{PIN_TRIES, Protocol, VirtualCard};
use crate::behaviour::{CardAccess, Deviation};
use crate::link::Part;
use chipid_emrtd::tlv;

/// The beginning of the object identifiers `id-PACE-DH-GM-…` (0.4.0.127.0.7.2.2.4.1.n).
const PACE_DH: [u8; 9] = [0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x04, 0x01];

impl VirtualCard {
    pub(super) fn challenge(&mut self, command: &Command) -> Result<Response, Status> {
        self.work.part = Part::Access;
        if command.p1p2() != 0 {
            return Err(Status::WRONG_P1P2);
        }
        if command.expected.is_some_and(|len| len < 8) {
            return Err(Status::WRONG_LENGTH);
        }
        if let Some(challenge) = self.terminal_challenge() {
            return Ok(challenge);
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

    pub(super) fn external_authenticate(
        &mut self,
        command: &Command,
        challenge: Option<[u8; 8]>,
    ) -> Result<Response, Status> {
        self.work.part = Part::Access;
        if command.p1p2() != 0 {
            return Err(Status::WRONG_P1P2);
        }
        if self.channel.is_some() {
            return self.authenticate_terminal(&command.data);
        }
        let challenge = challenge.ok_or(Status::CONDITIONS)?;
        if self.behaviour.has(Deviation::Row4BacUnknown) {
            return Err(Status::REFERENCE_NOT_FOUND);
        }
        if self.behaviour.has(Deviation::Row5BacOff) {
            return Err(Status::CONDITIONS);
        }
        if self.behaviour.has(Deviation::Row12BacLengthRefused) && command.expected == Some(40) {
            self.challenge = Some(challenge);
            return Err(Status::WRONG_LENGTH);
        }
        let (answer, channel) = bac::mutual_authenticate(
            &self.card.passwords.mrz_information,
            challenge,
            &command.data,
            &mut *self.rng,
        )?;
        self.terminal.end_session();
        self.next_channel = Some(channel);
        Ok(Response::data(answer))
    }

    pub(super) fn manage_security_environment(
        &mut self,
        command: &Command,
    ) -> Result<Response, Status> {
        self.work.part = match command.p1p2() {
            0xC1A4 => Part::Access,
            _ => Part::ChipAuthentication,
        };
        if self.behaviour.has(Deviation::Row3ExpectedLengthRefused) && command.expected.is_some() {
            return Err(Status::WRONG_LENGTH);
        }
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
            0x81B6 => self.set_authority(object(0x83).ok_or(Status::WRONG_DATA)?),
            0x81A4 => self.set_terminal(object(0x83).ok_or(Status::WRONG_DATA)?),
            _ => Err(Status::WRONG_P1P2),
        }
    }

    fn set_pace(
        &mut self,
        oid: &[u8],
        password: &[u8],
        parameters: Option<&[u8]>,
    ) -> Result<Response, Status> {
        let behaviour = &self.behaviour;
        if behaviour.has(Deviation::Row16PaceDhRefused) && oid.starts_with(&PACE_DH) {
            return Err(Status::CONDITIONS);
        }
        if parameters.is_none() && behaviour.has(Deviation::Row1ParameterIdNeeded) {
            return Err(Status::PARAMETERS_INCONSISTENT);
        }
        if parameters.is_none()
            && self.card.pace.len() > 1
            && behaviour.has(Deviation::Row2DropsLinkWithoutParameterId)
        {
            self.dropped = true;
            return Err(Status::FAILURE);
        }
        let offered = matches!(
            behaviour.card_access,
            CardAccess::Readable | CardAccess::RefusedWithPace
        ) && !behaviour.has(Deviation::Row8CardAccessInvalidated);
        let mut suites = self
            .card
            .pace
            .iter()
            .filter(|suite| offered && suite.oid() == oid)
            .peekable();
        if suites.peek().is_none() {
            return Err(Status::WRONG_DATA);
        }
        let mut named =
            suites.filter(|suite| parameters.is_none_or(|id| id == [suite.parameter_id()]));
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
        let static_key = self
            .card
            .mapping_keys
            .iter()
            .find(|key| Some(key.curve()) == suite.group.curve())
            .cloned();
        let pace = Pace::new(suite, password, &self.card.passwords, static_key)
            .ok_or(Status::REFERENCE_NOT_FOUND)?;
        let answer = match (password, self.pin_tries) {
            (Password::Can, _) if self.can_tries == Some(0) => return Err(Status::BLOCKED),
            (Password::Pin, 0) => return Err(Status::BLOCKED),
            // One try is left: the PIN is suspended, and this chip wants its PUK.
            (Password::Pin, 1) => return Err(Status::tries_left(1)),
            (Password::Pin, tries) if tries < PIN_TRIES => Status::tries_left(tries),
            _ => Status::OK,
        };
        self.protocol = Some(Protocol::Pace(Box::new(pace)));
        Ok(answer.into())
    }

    pub(super) fn general_authenticate(
        &mut self,
        command: &Command,
        protocol: Option<Protocol>,
    ) -> Result<Response, Status> {
        if command.p1p2() != 0 {
            return Err(Status::WRONG_P1P2);
        }
        if let Some(protocol) = &protocol {
            self.work.part = match protocol {
                Protocol::Pace(_) => Part::Access,
                _ => Part::ChipAuthentication,
            };
        }
        let too_long = command.expected == Some(super::EXTENDED_MAX);
        if too_long
            && self
                .behaviour
                .has(Deviation::Row10ExtendedAuthenticateRefused)
        {
            return Err(Status::SECURITY_STATUS);
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
        mut pace: Box<Pace>,
        chained: bool,
        data: &[u8],
    ) -> Result<Vec<u8>, Status> {
        if pace.is_last_step() == chained {
            return Err(Status::LAST_OF_CHAIN_EXPECTED);
        }
        let last = pace.is_last_step();
        self.work.key_operations = pace.key_operations();
        match pace.advance(data, &mut *self.rng) {
            Ok(Outcome::Continue(answer)) => {
                self.terminal.see_pace_answer(&answer);
                self.protocol = Some(Protocol::Pace(pace));
                Ok(answer)
            }
            Ok(Outcome::Done(mut answer, channel)) => {
                answer.extend(self.terminal.trust_points_after_pace());
                match pace.password {
                    Password::Can => self.can_tries = self.behaviour.can_tries,
                    Password::Pin | Password::Puk => self.pin_tries = PIN_TRIES,
                    Password::Mrz => {}
                }
                self.next_channel = Some(channel);
                Ok(answer)
            }
            Err(Status::AUTHENTICATION_FAILED) if last => Err(self.wrong_password(pace.password)),
            Err(status) => Err(status),
        }
    }

    /// Counts the wrong password, and says how often it may be wrong again.
    fn wrong_password(&mut self, password: Password) -> Status {
        match password {
            Password::Can => {
                self.can_tries = self.can_tries.map(|tries| tries.saturating_sub(1));
                self.can_tries
                    .map_or(Status::AUTHENTICATION_FAILED, Status::tries_left)
            }
            Password::Pin => {
                self.pin_tries = self.pin_tries.saturating_sub(1);
                Status::tries_left(self.pin_tries)
            }
            Password::Mrz | Password::Puk => Status::AUTHENTICATION_FAILED,
        }
    }
}
