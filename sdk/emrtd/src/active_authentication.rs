//! Active Authentication: the chip signs a challenge with a key that never leaves it.
//!
//! Doc 9303-11, 6.1 (protocol), 6.1.2.2 (RSA: ISO/IEC 9796-2 scheme 1), 6.1.2.3 (ECDSA); worked example: appendix F.

use crate::apdu::Command;
use crate::card_transport::CardTransport;
use crate::crypto::hash::HashAlgorithm;
use crate::crypto::iso9796::{self, Recovery};
use crate::crypto::signature::{Outcome, PublicKey, SignatureAlgorithm};
use crate::error::{ChipError, Error, StatusWord};
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

/// How a signature that holds was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The hash function: what the trailer names (RSA), what DG14 states or, where it states nothing, what fitted (ECDSA).
    pub hash: HashAlgorithm,
    /// How it departs from Doc 9303-11, 6.1.2, where it does.
    pub departure: Option<Departure>,
}

/// A harmless departure of a signature from the form that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Departure {
    /// ECDSA in DER where plain format is due (deviations row 40).
    Der,
    /// RSA that gives back the whole message, the challenge at its end, where the challenge should stay outside.
    TotalRecovery,
    /// ECDSA without a hash function stated in DG14: all were tried (deviations row 40).
    HashUnstated,
}

impl Departure {
    /// As a finding's detail names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Der => "active_authentication_signature_in_der",
            Self::TotalRecovery => "active_authentication_total_recovery",
            Self::HashUnstated => "active_authentication_hash_unstated",
        }
    }
}

impl ActiveAuthenticationEvidence {
    /// Whether `key` (of DG15) signed the challenge. `hash` is what DG14 states for ECDSA; where it states nothing,
    /// any hash function of Doc 9303-11 will do, because each proves possession of the key just as well.
    ///
    /// An ECDSA signature is due in plain format (BSI TR-03111, 5.2.1); one that is written in DER instead
    /// (deviations row 40) is told apart by [`Outcome::ValidInOtherForm`].
    #[must_use]
    pub fn verify(&self, key: &PublicKey, hash: Option<HashAlgorithm>) -> Outcome {
        match self.examine(key, hash) {
            None => Outcome::Invalid,
            Some(Signed {
                departure: Some(Departure::Der | Departure::TotalRecovery),
                ..
            }) => Outcome::ValidInOtherForm,
            Some(_) => Outcome::Valid,
        }
    }

    /// How `key` signed the challenge; `None` where it did not. A hash function that DG14 states is the only one that
    /// is tried; the one of RSA stands in the signature's trailer.
    #[must_use]
    pub fn examine(&self, key: &PublicKey, hash: Option<HashAlgorithm>) -> Option<Signed> {
        match key {
            PublicKey::Rsa(rsa) => {
                let open = |number: &[u8]| iso9796::open_scheme_1(number, &self.challenge);
                // ISO/IEC 9796-2, B.6, and B.4, which gives the smaller of a signature and its complement: one of the
                // two opened numbers is the representative (Doc 9303-11, 6.1.2.2 asks for both).
                let opened = rsa.recover(&self.signature)?;
                let found =
                    open(&opened).or_else(|| rsa.complement(&opened).and_then(|n| open(&n)))?;
                Some(Signed {
                    hash: found.hash,
                    departure: (found.recovery == Recovery::Total)
                        .then_some(Departure::TotalRecovery),
                })
            }
            PublicKey::Ec { .. } => HashAlgorithm::ALL
                .into_iter()
                .filter(|candidate| hash.is_none_or(|stated| stated == *candidate))
                .find_map(|candidate| {
                    let algorithm = SignatureAlgorithm::EcdsaPlain { hash: candidate };
                    let departure = match key.verify(algorithm, &self.challenge, &self.signature) {
                        Outcome::Invalid => return None,
                        Outcome::ValidInOtherForm => Some(Departure::Der),
                        Outcome::Valid if hash.is_none() => Some(Departure::HashUnstated),
                        Outcome::Valid => None,
                    };
                    Some(Signed {
                        hash: candidate,
                        departure,
                    })
                }),
        }
    }

    /// Whether the chip's answer can be a whole signature of `key`: long enough, or holding.
    pub(crate) fn is_whole(&self, key: &PublicKey) -> bool {
        self.signature.len() >= signature_len(key) || self.verify(key, None).holds()
    }
}

/// How the answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Le {
    /// Up to 256 bytes.
    Short,
    /// The signature's own length, in the extended form.
    Exact,
    /// As much as there is: 65,536.
    Most,
}

/// In which order to ask for a signature of `expected` bytes, of which a short response can carry `room`.
///
/// A long signature is asked for with an extended length, because with a short one some chips cut it off and say 9000
/// (deviations row 30); others answer the exact length or 65,536 with nothing (row 31). A reader or chip that does not
/// carry extended lengths may still hand it over in pieces (61xx).
pub(crate) const fn ways_to_ask(
    expected: usize,
    room: usize,
    extended_possible: bool,
) -> &'static [Le] {
    match (room >= expected, extended_possible) {
        (true, true) => &[Le::Short, Le::Exact],
        (false, true) => &[Le::Exact, Le::Most, Le::Short],
        (_, false) => &[Le::Short],
    }
}

/// Whether a refusal is about the command as such, and asking for another length would change nothing: the instruction
/// or the key is not there (6D00, 6A81, 6A88: deviations row 45), or access conditions do not hold.
pub(crate) const fn is_final(status: StatusWord) -> bool {
    matches!(
        status.0,
        0x6D00 | 0x6A81 | 0x6A88 | 0x6982 | 0x6983 | 0x6985 | 0x6E00
    )
}

/// INTERNAL AUTHENTICATE with `challenge`.
///
/// # Errors
/// [`ChipError::Status`] where the chip refuses; those of transport and channel.
pub(crate) async fn perform<T: CardTransport>(
    card: &mut T,
    channel: &mut Option<SecureMessaging>,
    challenge: [u8; CHALLENGE_LEN],
    expected: usize,
    le: Le,
) -> Result<ActiveAuthenticationEvidence, Error> {
    const INSTRUCTION: u8 = 0x88;
    let command = Command::new(0, INSTRUCTION, 0, 0).data(&challenge);
    let command = match le {
        Le::Short => command.expecting(256),
        Le::Exact => command.expecting(expected).extended(),
        Le::Most => command.expecting(0x1_0000).extended(),
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
            let unstated = evidence.examine(&key, None).unwrap();
            assert_eq!(unstated.hash, hash);
            assert_eq!(unstated.departure, Some(Departure::HashUnstated));
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
