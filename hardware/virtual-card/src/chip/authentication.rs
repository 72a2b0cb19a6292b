//! The chip proves itself: Chip Authentication (DH, ECDH) and Active Authentication (RSA, ECDSA).
//!
//! Doc 9303-11, 6.1 (Active Authentication; ISO/IEC 9796-2, digital signature scheme 1) and 6.2 (Chip Authentication).

use super::apdu::Status;
use super::secure_messaging::SecureMessaging;
use crate::card_data::{ActiveAuthenticationKey, ChipAuthenticationKey};
use crate::rsa_key::RsaKey;
use chipid_emrtd::crypto::hash::HashAlgorithm;
use rand_core::CryptoRng;

/// Chip Authentication: the agreement with the terminal's ephemeral `public_key`, and the channel that comes of it.
///
/// # Errors
/// 6A80 where the public key is not of the key's group.
pub(crate) fn agree(
    key: &ChipAuthenticationKey,
    public_key: &[u8],
) -> Result<SecureMessaging, Status> {
    let theirs = key
        .secret
        .domain_parameters()
        .public_key(public_key)
        .map_err(|_| Status::WRONG_DATA)?;
    let shared = key.secret.agree(&theirs).map_err(|_| Status::WRONG_DATA)?;
    Ok(SecureMessaging::new(key.cipher, shared.shared_secret()))
}

/// Active Authentication: the signature over the terminal's `challenge`.
///
/// # Errors
/// 6F00 where the key cannot sign (an RSA key too short for the hash).
pub(crate) fn sign<R: CryptoRng + ?Sized>(
    key: &ActiveAuthenticationKey,
    challenge: &[u8],
    rng: &mut R,
) -> Result<Vec<u8>, Status> {
    match key {
        ActiveAuthenticationKey::Ecdsa { secret, hash } => secret
            .curve()
            .ecdsa_sign(secret, &hash.digest(challenge), rng)
            .map_err(|_| Status::FAILURE),
        ActiveAuthenticationKey::Rsa { key, hash } => {
            sign_iso9796(key, *hash, challenge, rng).ok_or(Status::FAILURE)
        }
    }
}

/// `6A ‖ M1 ‖ H(M1 ‖ M2) ‖ trailer`, raised to the private exponent; M1 is the chip's own nonce and fills the block.
fn sign_iso9796<R: CryptoRng + ?Sized>(
    key: &RsaKey,
    hash: HashAlgorithm,
    challenge: &[u8],
    rng: &mut R,
) -> Option<Vec<u8>> {
    let trailer: &[u8] = match hash {
        HashAlgorithm::Sha1 => &[0xBC],
        HashAlgorithm::Sha224 => &[0x38, 0xCC],
        HashAlgorithm::Sha256 => &[0x34, 0xCC],
        HashAlgorithm::Sha384 => &[0x36, 0xCC],
        HashAlgorithm::Sha512 => &[0x35, 0xCC],
        _ => return None,
    };
    let nonce_len = key
        .len()
        .checked_sub(1 + hash.output_len() + trailer.len())?;
    let mut message = vec![0; nonce_len];
    rng.fill_bytes(&mut message);
    let mut block = vec![0x6A];
    block.extend_from_slice(&message);
    message.extend_from_slice(challenge);
    block.extend(hash.digest(&message));
    block.extend_from_slice(trailer);
    key.private_operation(&block, rng)
}

#[cfg(test)]
mod tests {
    use super::*;
    use getrandom::SysRng;
    use rand_core::UnwrapErr;
    use rsa::BoxedUint;
    use rsa::pkcs1::DecodeRsaPublicKey;

    /// The signature opens, under the crate `rsa`, to the block that ISO/IEC 9796-2 scheme 1 demands.
    #[test]
    fn rsa_signatures_open_to_iso_9796_2_blocks() {
        let mut rng = UnwrapErr(SysRng);
        let key = RsaKey::generate(1024, &mut rng).unwrap();
        let public = rsa::RsaPublicKey::from_pkcs1_der(&key.public_der().unwrap()).unwrap();
        let challenge = *b"challeng";
        for (hash, trailer) in [
            (HashAlgorithm::Sha1, &[0xBC][..]),
            (HashAlgorithm::Sha224, &[0x38, 0xCC]),
            (HashAlgorithm::Sha256, &[0x34, 0xCC]),
            (HashAlgorithm::Sha384, &[0x36, 0xCC]),
            (HashAlgorithm::Sha512, &[0x35, 0xCC]),
        ] {
            let active = ActiveAuthenticationKey::Rsa {
                key: key.clone(),
                hash,
            };
            let signature = sign(&active, &challenge, &mut rng).unwrap();
            assert_eq!(signature.len(), 128);
            let number = BoxedUint::from_be_slice(&signature, 1024).unwrap();
            let block = rsa::hazmat::rsa_encrypt(&public, &number)
                .unwrap()
                .to_be_bytes();
            let (header, rest) = block.split_first().unwrap();
            assert_eq!(*header, 0x6A);
            let rest = rest.strip_suffix(trailer).unwrap();
            let (nonce, digest) = rest.split_at(rest.len() - hash.output_len());
            assert_eq!(hash.digest(&[nonce, &challenge].concat()), digest);
            assert!(nonce.iter().any(|b| *b != 0));
        }
    }

    #[test]
    fn ecdsa_signatures_are_plain() {
        use chipid_emrtd::crypto::ec::Curve;
        let mut rng = UnwrapErr(SysRng);
        for curve in Curve::ALL {
            let secret = curve.generate_secret(&mut rng);
            let public = secret.public().unwrap();
            let hash = HashAlgorithm::Sha224;
            let signature = sign(
                &ActiveAuthenticationKey::Ecdsa { secret, hash },
                b"challeng",
                &mut rng,
            )
            .unwrap();
            let (r, s) = signature.split_at(curve.field_len());
            assert!(curve.ecdsa_verify(public.as_sec1(), &hash.digest(b"challeng"), r, s));
        }
    }
}
