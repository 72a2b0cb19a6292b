//! Chip Authentication, version 1: the chip proves its key by opening a new channel with it.
//!
//! Doc 9303-11, 6.2 (protocol), 6.2.4 (application interface); BSI TR-03110-1, 3.4.
//!
//! Opening the channel proves nothing yet: only a response whose MAC holds under the new keys shows that the chip
//! could compute them.

use crate::apdu::Command;
use crate::card_transport::CardTransport;
use crate::crypto::agreement::PublicKey;
use crate::crypto::cipher::CipherAlgorithm;
use crate::error::{ChipError, Error, StatusWord, UnsupportedError};
use crate::oid;
use crate::secure_messaging::{SecureMessaging, send};
use crate::security_info::{
    ChipAuthenticationInfo, ChipAuthenticationKey, KeyAgreement, KeyId, SecurityInfos,
};
use crate::tlv::encode;
use alloc::vec::Vec;
use core::cmp::Reverse;
use der::asn1::ObjectIdentifier;
use rand_core::CryptoRng;

/// More offers than this are not tried: each costs the chip a refusal.
const MAX_OFFERS: usize = 4;

/// A protocol of the chip together with the key that it goes with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    protocol: ObjectIdentifier,
    cipher: CipherAlgorithm,
    key: PublicKey,
    key_id: Option<KeyId>,
    inferred: bool,
}

/// A channel that nothing has come through yet, and the terminal's ephemeral key that it was agreed with.
pub(crate) struct Agreed {
    pub(crate) channel: SecureMessaging,
    /// What Terminal Authentication signs of the ephemeral key: `Comp(PK_DH,IFD)`.
    pub(crate) compressed_key: Vec<u8>,
}

impl Offer {
    /// Every protocol that chipid can do, each with its key, the strongest first.
    pub(crate) fn all(infos: &SecurityInfos) -> Vec<Self> {
        let keys = &infos.chip_authentication_keys;
        let mut offers: Vec<Self> = infos
            .chip_authentication
            .iter()
            .filter(|info| info.version == 1)
            .filter_map(|info| key_of(info, keys).map(|key| Self::new(info, key)))
            .collect();
        if infos.chip_authentication.is_empty() {
            offers.extend(keys.iter().map(Self::inferred_from));
        }
        offers.sort_by_key(|o| Reverse((o.cipher, o.key.domain_parameters().strength())));
        offers.dedup();
        offers.truncate(MAX_OFFERS);
        offers
    }

    fn new(info: &ChipAuthenticationInfo, key: &ChipAuthenticationKey) -> Self {
        Self {
            protocol: info.protocol,
            cipher: info.cipher,
            key: key.key.clone(),
            // Where only the key has a number, the chip may need it to tell its keys apart.
            key_id: info.key_id.clone().or_else(|| key.key_id.clone()),
            inferred: false,
        }
    }

    /// Passports of 2013 have a key and name no protocol: it is 3DES (deviations row 37).
    fn inferred_from(key: &ChipAuthenticationKey) -> Self {
        let family = match key.agreement() {
            KeyAgreement::Dh => oid::CHIP_AUTHENTICATION_DH,
            KeyAgreement::Ecdh => oid::CHIP_AUTHENTICATION_ECDH,
        };
        Self {
            // The arc of 3DES-CBC-CBC; MSE:Set KAT does not send it.
            protocol: family.push_arc(1).unwrap_or(family),
            cipher: CipherAlgorithm::Tdes,
            key: key.key.clone(),
            key_id: key.key_id.clone(),
            inferred: true,
        }
    }

    /// The chip's public key that this offer rests on.
    pub(crate) const fn key(&self) -> &PublicKey {
        &self.key
    }

    /// The cipher of the new channel.
    pub(crate) const fn cipher(&self) -> CipherAlgorithm {
        self.cipher
    }

    /// Whether the protocol was inferred from the key.
    pub(crate) const fn is_inferred(&self) -> bool {
        self.inferred
    }

    /// Agrees on new keys. The channel that comes back is to be proven by its first response.
    ///
    /// A chip that does not know the key's number (deviations row 39: one key, and a number that it was not
    /// personalised with) is asked again without it.
    ///
    /// # Errors
    /// [`ChipError::Status`] where the chip refuses; those of transport and channel.
    pub(crate) async fn agree<T: CardTransport, R: CryptoRng + ?Sized>(
        &self,
        card: &mut T,
        channel: &mut Option<SecureMessaging>,
        rng: &mut R,
    ) -> Result<Agreed, Error> {
        let unusable = |_| Error::Unsupported(UnsupportedError::DomainParameters);
        let secret = self.key.domain_parameters().generate_secret(rng);
        let public = secret.public().map_err(unusable)?;
        let shared = secret.agree(&self.key).map_err(unusable)?;

        let with_id = self.send_key(card, channel, &public, self.key_id.as_ref());
        match with_id.await {
            Err(Error::Chip(ChipError::Status { status, .. }))
                if self.key_id.is_some() && is_about_the_key(status) =>
            {
                self.send_key(card, channel, &public, None).await?;
            }
            result => result?,
        }
        Ok(Agreed {
            channel: SecureMessaging::derived(shared.shared_secret(), self.cipher, 0),
            compressed_key: public.compressed(),
        })
    }

    async fn send_key<T: CardTransport>(
        &self,
        card: &mut T,
        channel: &mut Option<SecureMessaging>,
        public: &PublicKey,
        key_id: Option<&KeyId>,
    ) -> Result<(), Error> {
        let key_reference = key_id.map_or(Vec::new(), |id| encode(0x84, id.as_bytes()));
        if self.cipher == CipherAlgorithm::Tdes {
            // MSE:Set KAT carries the key itself.
            let mut data = encode(0x91, public.encoded());
            data.extend_from_slice(&key_reference);
            let command = Command::new(0, 0x22, 0x41, 0xA6).data(&data);
            return done(0x22, send(card, channel, &command).await?.status);
        }
        let mut data = encode(0x80, self.protocol.as_bytes());
        data.extend_from_slice(&key_reference);
        let command = Command::new(0, 0x22, 0x41, 0xA4).data(&data);
        done(0x22, send(card, channel, &command).await?.status)?;
        general_authenticate(
            card,
            channel,
            &encode(0x7C, &encode(0x80, public.encoded())),
        )
        .await
    }
}

/// GENERAL AUTHENTICATE with the ephemeral key. A key of DH may not fit a short APDU: then an extended one, which every
/// chip with such keys takes.
async fn general_authenticate<T: CardTransport>(
    card: &mut T,
    channel: &mut Option<SecureMessaging>,
    data: &[u8],
) -> Result<(), Error> {
    let command = Command::new(0, 0x86, 0, 0).data(data).expecting(256);
    done(0x86, send(card, channel, &command).await?.status)
}

/// The key that `info` goes with.
fn key_of<'a>(
    info: &ChipAuthenticationInfo,
    keys: &'a [ChipAuthenticationKey],
) -> Option<&'a ChipAuthenticationKey> {
    let fitting = || keys.iter().filter(|k| k.agreement() == info.agreement);
    let mut one = fitting();
    match (one.next(), one.next()) {
        // One key is meant whatever its identifier says (deviations row 39).
        (Some(only), None) => Some(only),
        _ => fitting().find(|k| k.key_id == info.key_id),
    }
}

/// 6A80, 6A86, 6A88: the parameters, or what they refer to, are not known.
const fn is_about_the_key(status: StatusWord) -> bool {
    matches!(status.0, 0x6A80 | 0x6A86 | 0x6A88)
}

fn done(instruction: u8, status: StatusWord) -> Result<(), Error> {
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
