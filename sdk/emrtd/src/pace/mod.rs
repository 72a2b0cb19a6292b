//! PACE: generic, integrated and chip authentication mapping, on elliptic curves and modulo primes.
//!
//! Doc 9303-11, 4.4 (protocol), 4.4.4 (application interface); worked examples: appendices G (generic mapping), H
//! (integrated mapping) and I (chip authentication mapping).

mod domain_parameters;
mod mapping;
mod token;

pub use domain_parameters::{strongest_first, supported};
pub use mapping::ChipAuthenticationMapping;

use crate::access_key::{AccessKey, PasswordKind};
use crate::apdu::{Command, Response, exchange};
use crate::card_transport::CardTransport;
use crate::crypto::agreement::{AgreementError, DomainParameters, PublicKey, SecretKey};
use crate::crypto::kdf::{KeyPurpose, derive};
use crate::crypto::mac::same;
use crate::cv_certificate::KeyReference;
use crate::error::{AccessError, ChipError, Error, StatusWord, UnsupportedError};
use crate::secure_messaging::SecureMessaging;
use crate::security_info::{Mapping, PaceInfo};
use crate::tlv::{Reader, encode, outer};
use alloc::vec::Vec;
use mapping::TerminalMapping;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// Longer nonces than any cipher's block would make.
const MAX_NONCE: usize = 64;
/// What a short response holds.
const SHORT_RESPONSE: usize = 256;

/// A chip that let us in.
pub(crate) struct Opened {
    /// The channel.
    pub(crate) channel: SecureMessaging,
    /// What became of the chip authentication mapping.
    pub(crate) chip_authentication: MappingOutcome,
    /// The chip's ephemeral key, compressed: what the chip is called in Terminal Authentication.
    pub(crate) chip_key: Vec<u8>,
    /// The authorities whose certificates the chip verifies, where it names them (Doc 9303-11, 4.4.4.2).
    pub(crate) trust_points: Vec<KeyReference>,
}

/// Whether the chip sent its part of the chip authentication mapping.
#[derive(Debug)]
pub(crate) enum MappingOutcome {
    /// Another mapping: there is no such part.
    NotThisMapping,
    /// It sent none.
    Missing,
    /// It sent something that does not decrypt to a number.
    Malformed,
    /// To be verified under a signed key.
    Received(ChipAuthenticationMapping),
}

/// What the terminal draws for one run.
struct TerminalSecrets {
    mapping: TerminalMapping,
    agreement: SecretKey,
}

impl TerminalSecrets {
    fn draw<R: CryptoRng + ?Sized>(
        info: &PaceInfo,
        parameters: DomainParameters,
        rng: &mut R,
    ) -> Self {
        let mapping = match info.mapping {
            Mapping::Integrated => {
                let mut nonce = Zeroizing::new(alloc::vec![0; info.cipher.key_len()]);
                rng.fill_bytes(&mut nonce);
                TerminalMapping::Integrated(nonce)
            }
            Mapping::Generic | Mapping::ChipAuthentication => {
                TerminalMapping::Agreed(parameters.generate_secret(rng))
            }
        };
        Self {
            mapping,
            agreement: parameters.generate_secret(rng),
        }
    }
}

/// Opens the channel with one key by one of the chip's protocols.
///
/// # Errors
/// [`AccessError::WrongKey`] where the chip refuses our token (or its nonce leads nowhere), [`AccessError::Refused`]
/// where it refuses the protocol, [`ChipError`] where it breaks it, [`UnsupportedError`] where chipid lacks it; those
/// of the transport.
pub(crate) async fn open<T: CardTransport, R: CryptoRng + ?Sized>(
    card: &mut T,
    info: &PaceInfo,
    key: &AccessKey,
    rng: &mut R,
) -> Result<Opened, Error> {
    let parameters = supported(info).ok_or(UnsupportedError::AccessProtocol)?;
    let secrets = TerminalSecrets::draw(info, parameters, rng);
    let password_key = derive(&key.pace_password(), info.cipher, KeyPurpose::Password);
    run(card, info, parameters, key.kind(), &password_key, &secrets).await
}

async fn run<T: CardTransport>(
    card: &mut T,
    info: &PaceInfo,
    parameters: DomainParameters,
    kind: PasswordKind,
    password_key: &[u8],
    secrets: &TerminalSecrets,
) -> Result<Opened, Error> {
    set_authentication_template(card, info, kind).await?;

    // 1. The encrypted nonce.
    let answer = general_authenticate(card, 0x10, &[], SHORT_RESPONSE).await?;
    let encrypted = data_object(&answer, 0x80, "PACE: nonce")?;
    let nonce = decrypt_nonce(info, password_key, &encrypted)?;

    // 2. The mapping.
    let (generator, mapping_key) = map(card, info, parameters, &nonce, &secrets.mapping).await?;

    // 3. The key agreement on the mapped generator.
    let own = secrets.agreement.agree(&generator).map_err(broken_key)?;
    let answer = exchange_keys(card, 0x83, own.encoded()).await?;
    let sent = data_object(&answer, 0x84, "PACE: key agreement")?;
    let theirs = received_key(parameters, &sent, &own)?;
    let secret = secrets.agreement.agree(&theirs).map_err(broken_key)?;
    let encryption_key = derive(secret.shared_secret(), info.cipher, KeyPurpose::Encryption);
    let mac_key = derive(
        secret.shared_secret(),
        info.cipher,
        KeyPurpose::Authentication,
    );

    // 4. The tokens: each side's over the other's public key, as it crossed the wire.
    let token = |key: &[u8]| {
        token::authentication_token(info, &mac_key, own.tag(), key).map_err(|_| {
            Error::Chip(ChipError::Protocol {
                step: "PACE: token",
            })
        })
    };
    let answer = general_authenticate_last(card, kind, &encode(0x85, &token(&sent)?)).await?;
    let sent = data_object(&answer, 0x86, "PACE: token")?;
    if !same(&sent, &token(own.encoded())?) {
        return Err(ChipError::TokenMismatch.into());
    }
    let chip_authentication = match (info.mapping, mapping_key) {
        (Mapping::ChipAuthentication, Some(mapping_key)) => {
            chip_authentication_data(info, &answer, &encryption_key, mapping_key)
        }
        _ => MappingOutcome::NotThisMapping,
    };
    Ok(Opened {
        channel: SecureMessaging::with_keys(info.cipher, encryption_key, mac_key, 0),
        chip_authentication,
        chip_key: theirs.compressed(),
        trust_points: [0x87, 0x88]
            .into_iter()
            .filter_map(|tag| data_object(&answer, tag, "PACE: trust points").ok())
            .filter_map(|reference| KeyReference::new(&reference))
            .collect(),
    })
}

/// The mapped generator and, where one was agreed with, the chip's key of the mapping.
async fn map<T: CardTransport>(
    card: &mut T,
    info: &PaceInfo,
    parameters: DomainParameters,
    nonce: &[u8],
    own: &TerminalMapping,
) -> Result<(PublicKey, Option<PublicKey>), Error> {
    const STEP: &str = "PACE: mapping";
    match own {
        TerminalMapping::Agreed(secret) => {
            let own = secret.public().map_err(broken_key)?;
            let answer = exchange_keys(card, 0x81, own.encoded()).await?;
            let theirs = received_key(parameters, &data_object(&answer, 0x82, STEP)?, &own)?;
            let shared = secret.agree(&theirs).map_err(broken_key)?;
            let generator = parameters
                .map_generator(nonce, &shared)
                .map_err(broken_key)?;
            Ok((generator, Some(theirs)))
        }
        TerminalMapping::Integrated(own) => {
            // The chip's data object 82 is empty, and some leave it out: nothing of it is used.
            general_authenticate(card, 0x10, &encode(0x81, own), SHORT_RESPONSE).await?;
            let generator = mapping::integrated(info.cipher, parameters, nonce, own)
                .ok_or(ChipError::Protocol { step: STEP })?;
            Ok((generator, None))
        }
    }
}

/// The chip's key, known to lie in the group and not to be ours sent back.
fn received_key(
    parameters: DomainParameters,
    bytes: &[u8],
    own: &PublicKey,
) -> Result<PublicKey, Error> {
    let theirs = parameters.public_key(bytes).map_err(broken_key)?;
    if theirs == *own {
        return Err(ChipError::ReflectedKey.into());
    }
    Ok(theirs)
}

fn chip_authentication_data(
    info: &PaceInfo,
    answer: &Response,
    encryption_key: &[u8],
    mapping_key: PublicKey,
) -> MappingOutcome {
    let (Ok(encrypted), PublicKey::Ecdh(mapping_key)) =
        (data_object(answer, 0x8A, "PACE: token"), mapping_key)
    else {
        return MappingOutcome::Missing;
    };
    match mapping::decrypt_chip_authentication_data(info.cipher, encryption_key, &encrypted) {
        Some(data) => MappingOutcome::Received(ChipAuthenticationMapping {
            mapping_key,
            data,
            parameter_id: info.parameter_id,
        }),
        None => MappingOutcome::Malformed,
    }
}

/// MSE:Set AT with the protocol, the password and, always, the domain parameters (deviations rows 1 and 2); without
/// Le (row 3).
async fn set_authentication_template<T: CardTransport>(
    card: &mut T,
    info: &PaceInfo,
    kind: PasswordKind,
) -> Result<(), Error> {
    let mut data = encode(0x80, info.protocol.as_bytes());
    data.extend_from_slice(&encode(0x83, &[kind.reference()]));
    if let Some(id) = info.parameter_id {
        data.extend_from_slice(&encode(0x84, &[id]));
    }
    let answer = exchange(card, &Command::new(0, 0x22, 0xC1, 0xA4).data(&data)).await?;
    match answer.status.0 {
        // 63Cx here only tells the counter of the password that is to be used: nothing was tried yet. Of a PIN, one try
        // left means suspended (BSI TR-03110-2, 3.3).
        0x63C0..=0x63C2 => Err(AccessError::TriesNearlyExhausted {
            tries_left: answer.status.sw2() & 0x0F,
        }
        .into()),
        // Blocked, or deactivated.
        0x6983 | 0x6984 => Err(AccessError::TriesNearlyExhausted { tries_left: 0 }.into()),
        0x9000 | 0x63C3..=0x63CF => Ok(()),
        _ => Err(AccessError::Refused {
            status: answer.status,
        }
        .into()),
    }
}

/// A public key goes out and one of the same length comes back: more than a short APDU where the prime is long.
async fn exchange_keys<T: CardTransport>(
    card: &mut T,
    tag: u32,
    key: &[u8],
) -> Result<Response, Error> {
    // Two tags with their lengths around the key.
    let expected = key.len().saturating_add(8);
    general_authenticate(card, 0x10, &encode(tag, key), expected.max(SHORT_RESPONSE)).await
}

async fn general_authenticate<T: CardTransport>(
    card: &mut T,
    cla: u8,
    data: &[u8],
    expected: usize,
) -> Result<Response, Error> {
    // Le 00, and where the keys need an extended one, no more than they need: deviations row 10.
    let command = Command::new(cla, 0x86, 0, 0)
        .data(&encode(0x7C, data))
        .expecting(expected);
    let answer = exchange(card, &command).await?;
    if answer.status.is_ok() {
        return Ok(answer);
    }
    Err(refusal(answer.status))
}

async fn general_authenticate_last<T: CardTransport>(
    card: &mut T,
    kind: PasswordKind,
    data: &[u8],
) -> Result<Response, Error> {
    match general_authenticate(card, 0x00, data, SHORT_RESPONSE).await {
        // A key that blocks after a few tries is not tried again, whatever the chip calls its refusal.
        Err(Error::Access(AccessError::Refused { .. }))
            if matches!(kind, PasswordKind::Pin | PasswordKind::Puk) =>
        {
            Err(AccessError::WrongKey { tries_left: None }.into())
        }
        // At the token, any refusal of authentication is the password's fault.
        Err(Error::Access(AccessError::Refused {
            status: StatusWord(0x6982 | 0x6988),
        })) => Err(AccessError::WrongKey { tries_left: None }.into()),
        other => other,
    }
}

fn refusal(status: StatusWord) -> Error {
    match status.0 {
        0x6300 | 0x63C0..=0x63CF => AccessError::WrongKey {
            tries_left: status.tries_left(),
        },
        _ => AccessError::Refused { status },
    }
    .into()
}

fn decrypt_nonce(
    info: &PaceInfo,
    password_key: &[u8],
    encrypted: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let broken = Error::Chip(ChipError::Protocol {
        step: "PACE: nonce",
    });
    let integrated = info.mapping == Mapping::Integrated;
    if encrypted.is_empty()
        || encrypted.len() > MAX_NONCE
        || (integrated && encrypted.len() != mapping::nonce_len(info.cipher))
    {
        return Err(broken);
    }
    let mut nonce = Zeroizing::new(encrypted.to_vec());
    let vector = [0u8; 16];
    info.cipher
        .cbc_decrypt(
            password_key,
            vector.get(..info.cipher.block_len()).unwrap_or_default(),
            &mut nonce,
        )
        .map_err(|_| broken)?;
    Ok(nonce)
}

/// The value of `tag` inside the dynamic authentication data 7C.
fn data_object(answer: &Response, tag: u32, step: &'static str) -> Result<Vec<u8>, Error> {
    let template = outer(&answer.data, 0x7C).map_err(|_| ChipError::Protocol { step })?;
    let mut reader: Reader<'_> = template.children();
    while let Ok(object) = reader.read() {
        if object.tag.0 == tag {
            return Ok(object.value.to_vec());
        }
    }
    Err(ChipError::Protocol { step }.into())
}

fn broken_key(_: AgreementError) -> Error {
    ChipError::Protocol { step: "PACE: key" }.into()
}

#[cfg(test)]
mod tests;
