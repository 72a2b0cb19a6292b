//! The commands of access control, and MANAGE SECURITY ENVIRONMENT and GENERAL AUTHENTICATE, which prove the chip too.
//!
//! Doc 9303-11, 4.3.4 (Basic Access Control), 4.4.4 (PACE), 6.2.4 (Chip Authentication).

use super::apdu::{Command, Response, Status};
use super::bac;
use super::files::Directory;
use super::pace::{Outcome, Pace, Password};
use super::{Protocol, VirtualCard};
use crate::behaviour::CardAccess;
use chipid_emrtd::tlv;

impl VirtualCard {
    pub(super) fn challenge(&mut self, command: &Command) -> Result<Response, Status> {
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

    pub(super) fn external_authenticate(
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

    pub(super) fn manage_security_environment(
        &mut self,
        command: &Command,
    ) -> Result<Response, Status> {
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

    pub(super) fn general_authenticate(
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
