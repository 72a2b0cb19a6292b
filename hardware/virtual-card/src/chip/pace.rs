//! PACE with generic mapping over ECDH, the chip's side.
//!
//! Doc 9303-11, 4.4 (protocol), 4.4.3.3.1 (generic mapping), 4.4.3.4 (token), 9.4.5 (public key data object).

use super::apdu::Status;
use super::secure_messaging::SecureMessaging;
use crate::card_data::{PaceSuite, Passwords};
use chipid_emrtd::crypto::ec::{Point, Secret};
use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::crypto::kdf::{KeyPurpose, derive};
use chipid_emrtd::crypto::mac::same;
use chipid_emrtd::tlv;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// Bytes of the nonce s: one AES block, two of 3DES.
const NONCE_LEN: usize = 16;

/// Which password the terminal said that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Password {
    Mrz,
    Can,
}

impl Password {
    /// The value of DO 83 in MSE:Set AT.
    pub(crate) const fn from_reference(reference: u8) -> Option<Self> {
        match reference {
            1 => Some(Self::Mrz),
            2 => Some(Self::Can),
            _ => None,
        }
    }

    /// The key K of the password: the digest of the MRZ information, or the CAN's own characters.
    fn key(self, passwords: &Passwords) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Self::Mrz => Some(Zeroizing::new(
                HashAlgorithm::Sha1.digest(passwords.mrz_information.as_bytes()),
            )),
            Self::Can => passwords
                .can
                .as_ref()
                .map(|can| Zeroizing::new(can.as_bytes().to_vec())),
        }
    }
}

/// One run of PACE, from MSE:Set AT on.
pub(crate) struct Pace {
    suite: PaceSuite,
    pub(crate) password: Password,
    step: Step,
}

enum Step {
    Nonce,
    Map {
        nonce: Zeroizing<Vec<u8>>,
    },
    Agree {
        generator: Point,
    },
    Authenticate {
        shared: Point,
        chip_key: Point,
        terminal_key: Point,
    },
}

/// What a step came to.
pub(crate) enum Outcome {
    /// This dynamic authentication data goes back, and the terminal's next step is awaited.
    Continue(Vec<u8>),
    /// This goes back, and then the channel begins.
    Done(Vec<u8>, SecureMessaging),
}

impl Pace {
    pub(crate) const fn new(suite: PaceSuite, password: Password) -> Self {
        Self {
            suite,
            password,
            step: Step::Nonce,
        }
    }

    /// Whether the command of the coming step must be the last of its chain.
    pub(crate) const fn is_last_step(&self) -> bool {
        matches!(self.step, Step::Authenticate { .. })
    }

    /// How many operations with a key the coming step takes: a key pair and an agreement, twice, and one for the
    /// mapping.
    pub(crate) const fn key_operations(&self) -> u32 {
        match self.step {
            Step::Nonce | Step::Authenticate { .. } => 0,
            Step::Map { .. } => 3,
            Step::Agree { .. } => 2,
        }
    }

    /// One GENERAL AUTHENTICATE, whose dynamic authentication data (the value of DO 7C) is `data`.
    ///
    /// # Errors
    /// The status word to answer with; the run is over then.
    pub(crate) fn advance<R: CryptoRng + ?Sized>(
        &mut self,
        data: &[u8],
        passwords: &Passwords,
        rng: &mut R,
    ) -> Result<Outcome, Status> {
        let PaceSuite { cipher, curve } = self.suite;
        let failure = |_| Status::FAILURE;
        let (next, answer) = match &self.step {
            Step::Nonce => {
                if !data.is_empty() {
                    return Err(Status::WRONG_DATA);
                }
                let key = self
                    .password
                    .key(passwords)
                    .ok_or(Status::REFERENCE_NOT_FOUND)?;
                let key = derive(&key, cipher, KeyPurpose::Password);
                let mut nonce = Zeroizing::new(vec![0; NONCE_LEN]);
                rng.fill_bytes(&mut nonce);
                let mut encrypted = nonce.to_vec();
                cipher
                    .cbc_encrypt(&key, &vec![0; cipher.block_len()], &mut encrypted)
                    .map_err(failure)?;
                (Step::Map { nonce }, tlv::encode(0x80, &encrypted))
            }
            Step::Map { nonce } => {
                let terminal_key = self.point(data, 0x81)?;
                let secret = curve.generate_secret(rng);
                let public = secret.public().map_err(|_| Status::FAILURE)?;
                let shared = agree(&secret, &terminal_key)?;
                let generator = curve
                    .map_generator(nonce, &shared)
                    .map_err(|_| Status::AUTHENTICATION_FAILED)?;
                (
                    Step::Agree { generator },
                    tlv::encode(0x82, public.as_sec1()),
                )
            }
            Step::Agree { generator } => {
                let terminal_key = self.point(data, 0x83)?;
                let secret = curve.generate_secret(rng);
                let chip_key = secret.multiply(generator).map_err(|_| Status::FAILURE)?;
                if chip_key == terminal_key {
                    return Err(Status::AUTHENTICATION_FAILED);
                }
                let shared = agree(&secret, &terminal_key)?;
                let answer = tlv::encode(0x84, chip_key.as_sec1());
                (
                    Step::Authenticate {
                        shared,
                        chip_key,
                        terminal_key,
                    },
                    answer,
                )
            }
            Step::Authenticate {
                shared,
                chip_key,
                terminal_key,
            } => {
                let token = object(data, 0x85)?;
                let mac_key = derive(shared.x(), cipher, KeyPurpose::Authentication);
                let mac_over = |point: &Point| {
                    cipher
                        .mac(&mac_key, &self.suite.public_key_object(point))
                        .map_err(|_| Status::FAILURE)
                };
                if !same(&mac_over(chip_key)?, token) {
                    return Err(Status::AUTHENTICATION_FAILED);
                }
                let answer = tlv::encode(0x86, &mac_over(terminal_key)?);
                return Ok(Outcome::Done(
                    answer,
                    SecureMessaging::new(cipher, shared.x()),
                ));
            }
        };
        self.step = next;
        Ok(Outcome::Continue(answer))
    }

    fn point(&self, data: &[u8], tag: u32) -> Result<Point, Status> {
        self.suite
            .curve
            .point(object(data, tag)?)
            .map_err(|_| Status::WRONG_DATA)
    }
}

impl PaceSuite {
    /// The public key data object over which the tokens are computed (Doc 9303-11, 9.4.5).
    fn public_key_object(self, point: &Point) -> Vec<u8> {
        tlv::encode_all(
            0x7F49,
            &[
                &tlv::encode(0x06, &self.oid()),
                &tlv::encode(0x86, point.as_sec1()),
            ],
        )
    }
}

fn agree(secret: &Secret, public: &Point) -> Result<Point, Status> {
    secret
        .multiply(public)
        .map_err(|_| Status::AUTHENTICATION_FAILED)
}

fn object(data: &[u8], tag: u32) -> Result<&[u8], Status> {
    let mut reader = tlv::Reader::new(data);
    let object = reader.expect(tag).map_err(|_| Status::WRONG_DATA)?;
    reader.finish().map_err(|_| Status::WRONG_DATA)?;
    Ok(object.value)
}
