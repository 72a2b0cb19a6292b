//! What the chip answers when it is to prove itself: Chip Authentication, and INTERNAL AUTHENTICATE.
//!
//! Doc 9303-11, 6.1.3 and 6.2.4.

use super::apdu::{Command, Response, Status};
use super::authentication;
use super::files::Directory;
use super::secure_messaging::SecureMessaging;
use super::{CHALLENGE_LEN, ChipKey, EXTENDED_MAX, SHORT_MAX, VirtualCard};
use crate::behaviour::{Deviation, Proof};
use crate::card_data::{ActiveAuthenticationKey, ChipAuthenticationKey};
use crate::der;
use crate::link::Part;
use chipid_emrtd::crypto::cipher::CipherAlgorithm;

impl VirtualCard {
    /// The key that MSE:Set names; without an object identifier, one that makes a 3DES channel.
    pub(super) fn chip_key(
        &self,
        oid: Option<&[u8]>,
        key_id: Option<&[u8]>,
    ) -> Result<ChipKey, Status> {
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

    pub(super) fn chip_authentication(
        &mut self,
        key: &ChipKey,
        public_key: &[u8],
    ) -> Result<(), Status> {
        let channel = match *key {
            ChipKey::Refused(status) => return Err(status),
            _ if self
                .behaviour
                .has(Deviation::Row44ChipAuthenticationEndsSession) =>
            {
                self.session_over = true;
                return Err(Status::FAILURE);
            }
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
        self.work.key_operations = 1;
        self.chip_authenticated = true;
        self.terminal.chip_authenticated_with(public_key);
        self.next_channel = Some(channel);
        Ok(())
    }

    pub(super) fn internal_authenticate(
        &mut self,
        command: &Command,
        room: usize,
    ) -> Result<Response, Status> {
        self.work.part = Part::ActiveAuthentication;
        if command.p1p2() != 0 {
            return Err(Status::WRONG_P1P2);
        }
        if !self.is_authenticated() || self.directory != Directory::Application {
            return Err(Status::SECURITY_STATUS);
        }
        if command.data.len() != CHALLENGE_LEN {
            return Err(Status::WRONG_LENGTH);
        }
        let behaviour = &self.behaviour;
        if behaviour.has(Deviation::Row46ActiveAuthenticationLast) && !self.chip_authenticated {
            return Err(Status::SECURITY_STATUS);
        }
        let empty = behaviour.has(Deviation::Row31SignatureEmpty);
        if empty && command.expected == Some(EXTENDED_MAX) {
            return Ok(Response::data(Vec::new()));
        }
        let cut =
            empty || behaviour.cuts_long_signatures || behaviour.has(Deviation::Row30SignatureCut);
        let in_der = behaviour.has(Deviation::Row40SignatureInDer);
        let mut signature = self.signature(&command.data)?;
        if in_der {
            signature = in_two_integers(&signature);
        }
        if cut {
            signature.truncate(room);
        }
        Ok(Response::data(signature))
    }

    fn signature(&mut self, challenge: &[u8]) -> Result<Vec<u8>, Status> {
        self.work.key_operations = 1;
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
                Ok(signature)
            }
            Proof::Honest => {
                let key = key.ok_or(Status::CONDITIONS)?;
                authentication::sign(key, challenge, &mut *self.rng)
            }
        }
    }
}

/// r and s as the two INTEGERs of a SEQUENCE (ANSI X9.62), where one behind the other is due.
fn in_two_integers(plain: &[u8]) -> Vec<u8> {
    let (r, s) = plain.split_at(plain.len() / 2);
    der::sequence(&[&der::unsigned(r), &der::unsigned(s)])
}
