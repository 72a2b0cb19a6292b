//! Chip Authentication, version 1, over elliptic curves: the chip proves its key by opening a new channel with it.
//!
//! Doc 9303-11, 6.2 (protocol), 6.2.4 (application interface); BSI TR-03110-1, 3.4.
//!
//! Opening the channel proves nothing yet: only a response whose MAC holds under the new keys shows that the chip
//! could compute them.

use crate::apdu::Command;
use crate::card_transport::CardTransport;
use crate::crypto::cipher::CipherAlgorithm;
use crate::crypto::ec::Point;
use crate::error::{ChipError, Error, UnsupportedError};
use crate::secure_messaging::{SecureMessaging, send};
use crate::security_info::{ChipAuthenticationInfo, KeyAgreement, SecurityInfos};
use crate::tlv::encode;
use alloc::vec::Vec;
use rand_core::CryptoRng;

/// A protocol of the chip together with the key that it goes with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    info: ChipAuthenticationInfo,
    key: Point,
    key_id: Option<Vec<u8>>,
}

impl Offer {
    /// The strongest protocol that chipid can do, with its key.
    pub(crate) fn choose(infos: &SecurityInfos) -> Option<Self> {
        let mut candidates: Vec<&ChipAuthenticationInfo> = infos
            .chip_authentication
            .iter()
            .filter(|i| i.agreement == KeyAgreement::Ecdh && i.version == 1)
            .collect();
        candidates.sort_by_key(|i| core::cmp::Reverse(i.cipher));
        candidates.into_iter().find_map(|info| {
            let keys = &infos.chip_authentication_keys;
            let key = match keys.as_slice() {
                // One key is meant whatever its identifier says (deviations row 39).
                [only] => Some(only),
                several => several.iter().find(|k| k.key_id == info.key_id),
            }?;
            Some(Self {
                info: info.clone(),
                key: key.point.clone(),
                key_id: info.key_id.clone(),
            })
        })
    }

    /// The chip's public key that this offer rests on.
    pub(crate) fn key(&self) -> &Point {
        &self.key
    }

    /// The cipher of the new channel.
    pub(crate) fn cipher(&self) -> CipherAlgorithm {
        self.info.cipher
    }

    /// Agrees on new keys. The channel that comes back is to be proven by its first response.
    ///
    /// # Errors
    /// [`ChipError::Status`] where the chip refuses; those of transport and channel.
    pub(crate) async fn agree<T: CardTransport, R: CryptoRng + ?Sized>(
        &self,
        card: &mut T,
        channel: &mut Option<SecureMessaging>,
        rng: &mut R,
    ) -> Result<SecureMessaging, Error> {
        let secret = self.key.curve().generate_secret(rng);
        let unusable = |_| Error::Unsupported(UnsupportedError::DomainParameters);
        let public = secret.public().map_err(unusable)?;
        let shared = secret.multiply(&self.key).map_err(unusable)?;
        let key_reference = self
            .key_id
            .as_ref()
            .map_or(Vec::new(), |id| encode(0x84, id));

        if self.info.cipher == CipherAlgorithm::Tdes {
            // MSE:Set KAT carries the key itself.
            let mut data = encode(0x91, public.as_sec1());
            data.extend_from_slice(&key_reference);
            let command = Command::new(0, 0x22, 0x41, 0xA6).data(&data);
            done(0x22, send(card, channel, &command).await?.status)?;
        } else {
            let mut data = encode(0x80, self.info.protocol.as_bytes());
            data.extend_from_slice(&key_reference);
            let command = Command::new(0, 0x22, 0x41, 0xA4).data(&data);
            done(0x22, send(card, channel, &command).await?.status)?;
            let command = Command::new(0, 0x86, 0, 0)
                .data(&encode(0x7C, &encode(0x80, public.as_sec1())))
                .expecting(256);
            done(0x86, send(card, channel, &command).await?.status)?;
        }
        Ok(SecureMessaging::derived(shared.x(), self.info.cipher, 0))
    }
}

fn done(instruction: u8, status: crate::error::StatusWord) -> Result<(), Error> {
    if status.is_ok() {
        return Ok(());
    }
    Err(ChipError::Status {
        instruction,
        file: None,
        status,
    }
    .into())
}
