//! PACE with generic mapping over elliptic curves.
//!
//! Doc 9303-11, 4.4 (protocol), 4.4.3.3.1 (ECDH generic mapping), 4.4.4 (application interface);
//! worked example: appendix G.1.

use crate::access_key::{AccessKey, PasswordKind};
use crate::apdu::{Command, Response, exchange};
use crate::card_transport::CardTransport;
use crate::crypto::cipher::CipherAlgorithm;
use crate::crypto::ec::{Curve, Point, Secret};
use crate::crypto::kdf::{KeyPurpose, derive};
use crate::crypto::mac::{MAC_LEN, same};
use crate::error::{AccessError, ChipError, Error, StatusWord, UnsupportedError};
use crate::secure_messaging::SecureMessaging;
use crate::security_info::{KeyAgreement, Mapping, PaceInfo};
use crate::tlv::{Reader, encode, encode_all, outer};
use alloc::vec::Vec;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// Longer nonces than any cipher's block would make.
const MAX_NONCE: usize = 64;

/// The two ephemeral secrets of the terminal.
struct TerminalKeys {
    mapping: Secret,
    agreement: Secret,
}

/// Whether chipid can do this protocol.
#[must_use]
pub(crate) fn is_supported(info: &PaceInfo) -> bool {
    info.mapping == Mapping::Generic
        && info.agreement == KeyAgreement::Ecdh
        && info.curve().is_some()
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
) -> Result<SecureMessaging, Error> {
    let curve = info
        .curve()
        .filter(|_| is_supported(info))
        .ok_or(UnsupportedError::AccessProtocol)?;
    let keys = TerminalKeys {
        mapping: curve.generate_secret(rng),
        agreement: curve.generate_secret(rng),
    };
    run(card, info, curve, key.kind(), &key.pace_password(), &keys).await
}

async fn run<T: CardTransport>(
    card: &mut T,
    info: &PaceInfo,
    curve: Curve,
    kind: PasswordKind,
    password: &[u8],
    keys: &TerminalKeys,
) -> Result<SecureMessaging, Error> {
    set_authentication_template(card, info, kind).await?;

    // 1. The encrypted nonce.
    let answer = general_authenticate(card, 0x10, &[]).await?;
    let encrypted = data_object(&answer, 0x80, "PACE: nonce")?;
    let nonce = decrypt_nonce(info.cipher, password, &encrypted)?;

    // 2. The mapping: G' = s · G + H.
    let own = public(&keys.mapping)?;
    let answer = general_authenticate(card, 0x10, &encode(0x81, own.as_sec1())).await?;
    let theirs = point(curve, &data_object(&answer, 0x82, "PACE: mapping")?)?;
    if theirs == own {
        return Err(ChipError::ReflectedKey.into());
    }
    let shared = keys.mapping.multiply(&theirs).map_err(broken_point)?;
    let generator = curve.map_generator(&nonce, &shared).map_err(broken_point)?;

    // 3. The key agreement on the mapped generator.
    let own = keys.agreement.multiply(&generator).map_err(broken_point)?;
    let answer = general_authenticate(card, 0x10, &encode(0x83, own.as_sec1())).await?;
    let theirs = point(curve, &data_object(&answer, 0x84, "PACE: key agreement")?)?;
    if theirs == own {
        return Err(ChipError::ReflectedKey.into());
    }
    let secret = keys.agreement.multiply(&theirs).map_err(broken_point)?;
    let encryption_key = derive(secret.x(), info.cipher, KeyPurpose::Encryption);
    let mac_key = derive(secret.x(), info.cipher, KeyPurpose::Authentication);

    // 4. The tokens: each side's over the other's public key.
    let token = authentication_token(info, &mac_key, &theirs)?;
    let answer = general_authenticate_last(card, &encode(0x85, &token)).await?;
    let sent = data_object(&answer, 0x86, "PACE: token")?;
    if !same(&sent, &authentication_token(info, &mac_key, &own)?) {
        return Err(ChipError::TokenMismatch.into());
    }
    Ok(SecureMessaging::with_keys(
        info.cipher,
        encryption_key,
        mac_key,
        0,
    ))
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
    match answer.status.tries_left() {
        // 63Cx here only tells the counter of the password that is to be used: nothing was tried yet.
        Some(tries_left @ 0..=2) => Err(AccessError::TriesNearlyExhausted { tries_left }.into()),
        Some(_) => Ok(()),
        None if answer.status.is_ok() => Ok(()),
        None => Err(AccessError::Refused {
            status: answer.status,
        }
        .into()),
    }
}

async fn general_authenticate<T: CardTransport>(
    card: &mut T,
    cla: u8,
    data: &[u8],
) -> Result<Response, Error> {
    // Le 00, never extended: deviations row 10.
    let command = Command::new(cla, 0x86, 0, 0)
        .data(&encode(0x7C, data))
        .expecting(256);
    let answer = exchange(card, &command).await?;
    if answer.status.is_ok() {
        return Ok(answer);
    }
    Err(refusal(answer.status))
}

async fn general_authenticate_last<T: CardTransport>(
    card: &mut T,
    data: &[u8],
) -> Result<Response, Error> {
    match general_authenticate(card, 0x00, data).await {
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
    cipher: CipherAlgorithm,
    password: &[u8],
    encrypted: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let broken = Error::Chip(ChipError::Protocol {
        step: "PACE: nonce",
    });
    if encrypted.is_empty() || encrypted.len() > MAX_NONCE {
        return Err(broken);
    }
    let key = derive(password, cipher, KeyPurpose::Password);
    let mut nonce = Zeroizing::new(encrypted.to_vec());
    let vector = [0u8; 16];
    cipher
        .cbc_decrypt(
            &key,
            vector.get(..cipher.block_len()).unwrap_or_default(),
            &mut nonce,
        )
        .map_err(|_| broken)?;
    Ok(nonce)
}

/// MAC over `7F49 { 06 protocol, 86 public key }` (Doc 9303-11, 4.4.3.4).
fn authentication_token(
    info: &PaceInfo,
    mac_key: &[u8],
    key: &Point,
) -> Result<[u8; MAC_LEN], Error> {
    let data = encode_all(
        0x7F49,
        &[
            &encode(0x06, info.protocol.as_bytes()),
            &encode(0x86, key.as_sec1()),
        ],
    );
    info.cipher.mac(mac_key, &data).map_err(|_| {
        ChipError::Protocol {
            step: "PACE: token",
        }
        .into()
    })
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

fn point(curve: Curve, sec1: &[u8]) -> Result<Point, Error> {
    curve.point(sec1).map_err(broken_point)
}

fn public(secret: &Secret) -> Result<Point, Error> {
    secret.public().map_err(broken_point)
}

fn broken_point(_: crate::crypto::ec::EcError) -> Error {
    ChipError::Protocol {
        step: "PACE: point",
    }
    .into()
}

#[cfg(test)]
mod tests;
