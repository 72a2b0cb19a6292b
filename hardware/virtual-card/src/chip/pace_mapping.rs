//! What PACE makes of its nonce, the chip's side.
//!
//! Doc 9303-11, 4.4.3.3 (nonces), 4.4.3.3.1 (generic mapping), 4.4.3.3.2 and figure 2 (integrated mapping), 4.4.5.2 (data).

use super::apdu::Status;
use crate::card_data::{PaceMapping, PaceSuite};
use chipid_emrtd::crypto::agreement::{PublicKey, SecretKey};
use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use rand_core::CryptoRng;

/// The generator of this run, and the chip's secret of the mapping where it drew one.
pub(crate) struct Mapped {
    pub(crate) generator: PublicKey,
    pub(crate) secret: Option<SecretKey>,
}

/// Bytes of the nonce s: for the integrated mapping as many blocks as a key needs; elsewhere one block of AES or two of
/// 3DES.
pub(crate) const fn nonce_len(suite: PaceSuite) -> usize {
    match (suite.mapping, suite.cipher) {
        (PaceMapping::Integrated, CipherAlgorithm::Aes192 | CipherAlgorithm::Aes256) => 32,
        _ => 16,
    }
}

/// The mapping with the terminal's data (DO 81); gives the value of DO 82.
pub(crate) fn map<R: CryptoRng + ?Sized>(
    suite: PaceSuite,
    nonce: &[u8],
    terminal: &[u8],
    rng: &mut R,
) -> Result<(Mapped, Vec<u8>), Status> {
    match suite.mapping {
        PaceMapping::Integrated => {
            let generator = integrated(suite, nonce, terminal)?;
            let mapped = Mapped {
                generator,
                secret: None,
            };
            Ok((mapped, Vec::new()))
        }
        PaceMapping::Generic | PaceMapping::ChipAuthentication => {
            let theirs = suite
                .group
                .public_key(terminal)
                .map_err(|_| Status::WRONG_DATA)?;
            let secret = suite.group.generate_secret(rng);
            let public = secret.public().map_err(|_| Status::FAILURE)?;
            let shared = secret
                .agree(&theirs)
                .map_err(|_| Status::AUTHENTICATION_FAILED)?;
            let generator = suite
                .group
                .map_generator(nonce, &shared)
                .map_err(|_| Status::AUTHENTICATION_FAILED)?;
            let mapped = Mapped {
                generator,
                secret: Some(secret),
            };
            Ok((mapped, public.encoded().to_vec()))
        }
    }
}

/// Figure 2 from the left to the right: the chaining value k begins as E(t, s), and each iteration gives x = E(k, c1) and
/// the next k = E(k, c0), cut to a key where it is longer.
fn integrated(suite: PaceSuite, s: &[u8], t: &[u8]) -> Result<PublicKey, Status> {
    let cipher = suite.cipher;
    let key_len = cipher.key_len();
    if t.len() != key_len {
        return Err(Status::WRONG_DATA);
    }
    let (c0, c1) = match cipher {
        CipherAlgorithm::Tdes | CipherAlgorithm::Aes128 => (
            "a668892a7c41e3ca739f40b057d85904",
            "a4e136ac725f738b01c1f60217c188ad",
        ),
        _ => (
            "d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676",
            "54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517",
        ),
    };
    let constant = |hex: &str| hex::decode(hex).map_err(|_| Status::FAILURE);
    let (c0, c1) = (constant(c0)?, constant(c1)?);
    let encrypted = |key: &[u8], block: &[u8]| {
        let mut out = block.to_vec();
        cipher
            .cbc_encrypt(key, &vec![0; cipher.block_len()], &mut out)
            .map(|()| out)
            .map_err(|_| Status::FAILURE)
    };
    let mut chaining = encrypted(t, s)?;
    let mut number = Vec::new();
    while number.len() * 8 < suite.group.bits() + 64 {
        chaining.truncate(key_len);
        number.extend(encrypted(&chaining, &c1)?);
        chaining = encrypted(&chaining, &c0)?;
    }
    suite
        .group
        .encode_to_group(&number)
        .map_err(|_| Status::AUTHENTICATION_FAILED)
}
