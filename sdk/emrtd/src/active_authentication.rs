//! Active Authentication: the chip signs a challenge with a key that never leaves it.
//!
//! Doc 9303-11, 6.1 (protocol), 6.1.2.2 (RSA: ISO/IEC 9796-2 scheme 1), 6.1.2.3 (ECDSA); worked example: appendix F.

use crate::apdu::Command;
use crate::card_transport::CardTransport;
use crate::crypto::hash::HashAlgorithm;
use crate::crypto::iso9796;
use crate::crypto::signature::{Outcome, PublicKey, SignatureAlgorithm};
use crate::error::{ChipError, Error};
use crate::secure_messaging::{SecureMessaging, send};
use alloc::vec::Vec;

/// Bytes of a challenge (RND.IFD).
pub const CHALLENGE_LEN: usize = 8;

/// What a chip answered to a challenge. Worth as much as the challenge: who chose it can verify it, at any time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveAuthenticationEvidence {
    /// What was asked.
    pub challenge: [u8; CHALLENGE_LEN],
    /// What the chip answered.
    pub signature: Vec<u8>,
}

impl ActiveAuthenticationEvidence {
    /// Whether `key` (of DG15) signed the challenge. `hash` is what DG14 states for ECDSA; where it states nothing,
    /// any hash function of Doc 9303-11 will do, because each proves possession of the key just as well.
    ///
    /// An ECDSA signature is due in plain format (BSI TR-03111, 5.2.1); one that is written in DER instead
    /// (deviations row 40) is told apart by [`Outcome::ValidInOtherForm`].
    #[must_use]
    pub fn verify(&self, key: &PublicKey, hash: Option<HashAlgorithm>) -> Outcome {
        match key {
            PublicKey::Rsa(rsa) => {
                let fits = |number: &[u8]| iso9796::verify_scheme_1(number, &self.challenge);
                // ISO/IEC 9796-2, B.6, and B.4, which gives the smaller of a signature and its complement: one of the
                // two opened numbers is the representative (Doc 9303-11, 6.1.2.2 asks for both).
                let holds = rsa.recover(&self.signature).is_some_and(|opened| {
                    fits(&opened) || rsa.complement(&opened).is_some_and(|other| fits(&other))
                });
                if holds {
                    Outcome::Valid
                } else {
                    Outcome::Invalid
                }
            }
            PublicKey::Ec { .. } => HashAlgorithm::ALL
                .into_iter()
                .filter(|candidate| hash.is_none_or(|stated| stated == *candidate))
                .map(|hash| {
                    let algorithm = SignatureAlgorithm::EcdsaPlain { hash };
                    key.verify(algorithm, &self.challenge, &self.signature)
                })
                .find(|outcome| outcome.holds())
                .unwrap_or(Outcome::Invalid),
        }
    }
}

/// INTERNAL AUTHENTICATE with `challenge`. `extended`: ask with an extended Le, because the protected signature does
/// not fit a short response (deviations row 30: with a short Le some chips cut it off and say 9000).
///
/// # Errors
/// [`ChipError::Status`] where the chip refuses; those of transport and channel.
pub(crate) async fn perform<T: CardTransport>(
    card: &mut T,
    channel: &mut Option<SecureMessaging>,
    challenge: [u8; CHALLENGE_LEN],
    expected: usize,
    extended: bool,
) -> Result<ActiveAuthenticationEvidence, Error> {
    const INSTRUCTION: u8 = 0x88;
    let command = Command::new(0, INSTRUCTION, 0, 0).data(&challenge);
    let command = if extended {
        command.expecting(expected).extended()
    } else {
        command.expecting(256)
    };
    let answer = send(card, channel, &command).await?;
    if !answer.status.is_ok() {
        return Err(ChipError::Status {
            instruction: INSTRUCTION,
            file: None,
            status: answer.status,
        }
        .into());
    }
    Ok(ActiveAuthenticationEvidence {
        challenge,
        signature: answer.data.to_vec(),
    })
}

/// Bytes that a signature of `key` has.
#[must_use]
pub(crate) fn signature_len(key: &PublicKey) -> usize {
    match key {
        PublicKey::Rsa(rsa) => rsa.len(),
        PublicKey::Ec { curve, .. } => curve.field_len().saturating_mul(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::ec::Curve;
    use crate::crypto::ec::parameters::ParameterForm;
    use getrandom::SysRng;
    use getrandom::rand_core::UnwrapErr;

    #[test]
    fn ecdsa_evidence_holds_for_its_challenge_only() {
        let rng = &mut UnwrapErr(SysRng);
        for (curve, hash) in [
            (Curve::P256, HashAlgorithm::Sha256),
            (Curve::BrainpoolP320r1, HashAlgorithm::Sha384),
            (Curve::P384, HashAlgorithm::Sha256),
            // Digests under half the order's length.
            (Curve::P521, HashAlgorithm::Sha256),
            (Curve::BrainpoolP512r1, HashAlgorithm::Sha224),
        ] {
            let secret = curve.generate_secret(rng);
            let key = PublicKey::Ec {
                curve,
                point: secret.public().unwrap().as_sec1().to_vec(),
                form: ParameterForm::Named,
            };
            let challenge = *b"12345678";
            let signature = curve
                .ecdsa_sign(&secret, &hash.digest(&challenge), rng)
                .unwrap();
            let evidence = ActiveAuthenticationEvidence {
                challenge,
                signature,
            };
            assert_eq!(evidence.verify(&key, Some(hash)), Outcome::Valid);
            assert_eq!(evidence.verify(&key, None), Outcome::Valid);
            assert_eq!(
                evidence.verify(&key, Some(HashAlgorithm::Sha512)),
                Outcome::Invalid
            );
            let mut other = evidence.clone();
            other.challenge[7] ^= 1;
            assert_eq!(other.verify(&key, None), Outcome::Invalid);
            let mut short = evidence;
            short.signature.pop();
            assert_eq!(short.verify(&key, None), Outcome::Invalid);
            short.signature.clear();
            assert_eq!(short.verify(&key, None), Outcome::Invalid);
        }
    }

    /// Deviations row 40: two INTEGERs in a SEQUENCE where the two numbers are due one behind the other.
    #[test]
    fn ecdsa_evidence_in_der_is_told_apart() {
        let rng = &mut UnwrapErr(SysRng);
        let curve = Curve::P256;
        let secret = curve.generate_secret(rng);
        let key = PublicKey::Ec {
            curve,
            point: secret.public().unwrap().as_sec1().to_vec(),
            form: ParameterForm::Named,
        };
        let challenge = *b"12345678";
        let digest = HashAlgorithm::Sha256.digest(&challenge);
        let plain = curve.ecdsa_sign(&secret, &digest, rng).unwrap();
        let (r, s) = plain.split_at(32);
        let integer = |n: &[u8]| crate::tlv::encode(0x02, &[&[0], n].concat());
        let evidence = ActiveAuthenticationEvidence {
            challenge,
            signature: crate::tlv::encode_all(0x30, &[&integer(r), &integer(s)]),
        };
        let hash = Some(HashAlgorithm::Sha256);
        assert_eq!(evidence.verify(&key, hash), Outcome::ValidInOtherForm);
        let mut other = evidence;
        other.challenge[0] ^= 1;
        assert_eq!(other.verify(&key, hash), Outcome::Invalid);
    }
}
