//! What a chip holds: its files, its passwords and its private keys.

use crate::rsa_key::RsaKey;
use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use chipid_emrtd::crypto::ec::{Curve, Secret};
use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::file_id::FileId;
use core::fmt;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that makes one virtual card. Test keys and invented people only.
///
/// `Debug` shows names of files and nothing of their contents.
#[derive(Clone)]
pub struct CardData {
    /// The name of the profile that it was made from.
    pub profile: String,
    /// The lines of the machine readable zone, each ended by a line feed but the last.
    pub mrz: String,
    /// The twelve-digit personal number, where the document has one.
    pub number: Option<String>,
    /// What opens the chip.
    pub passwords: Passwords,
    /// Whether the chip does Basic Access Control.
    pub basic_access_control: bool,
    /// What PACE the chip does, in the order of EF.CardAccess.
    pub pace: Vec<PaceSuite>,
    /// The private keys of Chip Authentication.
    pub chip_authentication: Vec<ChipAuthenticationKey>,
    /// The private key of Active Authentication.
    pub active_authentication: Option<ActiveAuthenticationKey>,
    /// The elementary files, each as its raw bytes.
    pub files: BTreeMap<FileId, Vec<u8>>,
    /// The certificate of the CSCA that stands behind the signer, in DER.
    pub csca: Vec<u8>,
    /// The portrait as the issuer had it (JPEG or JPEG 2000).
    pub portrait: Option<Vec<u8>>,
}

impl fmt::Debug for CardData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CardData")
            .field("profile", &self.profile)
            .field("files", &self.files.keys().collect::<Vec<_>>())
            .field("pace", &self.pace)
            .finish_non_exhaustive()
    }
}

/// The passwords of PACE and Basic Access Control.
#[derive(Clone, Default)]
pub struct Passwords {
    /// Document number, birth and expiry, each with its check digit (Doc 9303-11, 4.3.2).
    pub mrz_information: String,
    /// The card access number, where the chip has one.
    pub can: Option<String>,
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passwords(redacted)")
    }
}

/// One kind of PACE: generic mapping over ECDH with this cipher on this curve. As text: `CIPHER CURVE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PaceSuite {
    /// The cipher of the channel.
    pub cipher: CipherAlgorithm,
    /// The curve, of the standardised domain parameters.
    pub curve: Curve,
}

impl PaceSuite {
    /// The value bytes of the object identifier `id-PACE-ECDH-GM-…` (0.4.0.127.0.7.2.2.4.2.n).
    #[must_use]
    pub fn oid(self) -> Vec<u8> {
        let mut oid = vec![0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x04, 0x02];
        oid.push(cipher_arc(self.cipher));
        oid
    }
}

/// A private key of Chip Authentication, and the cipher of the channel that it makes.
#[derive(Clone, Debug)]
pub struct ChipAuthenticationKey {
    /// The cipher.
    pub cipher: CipherAlgorithm,
    /// The key's number, needed where the chip has several.
    pub key_id: Option<u8>,
    /// The key, which also names the curve.
    pub secret: Secret,
}

impl ChipAuthenticationKey {
    /// The value bytes of the object identifier `id-CA-ECDH-…` (0.4.0.127.0.7.2.2.3.2.n).
    #[must_use]
    pub fn oid(&self) -> Vec<u8> {
        let mut oid = vec![0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x03, 0x02];
        oid.push(cipher_arc(self.cipher));
        oid
    }
}

const fn cipher_arc(cipher: CipherAlgorithm) -> u8 {
    match cipher {
        CipherAlgorithm::Tdes => 1,
        CipherAlgorithm::Aes128 => 2,
        CipherAlgorithm::Aes192 => 3,
        _ => 4,
    }
}

/// The private key of Active Authentication.
#[derive(Clone, Debug)]
pub enum ActiveAuthenticationKey {
    /// RSA, ISO/IEC 9796-2 scheme 1.
    Rsa {
        /// The key.
        key: RsaKey,
        /// The hash function, which the trailer names.
        hash: HashAlgorithm,
    },
    /// ECDSA, plain signatures.
    Ecdsa {
        /// The key, which also names the curve.
        secret: Secret,
        /// The hash function, which DG14 names.
        hash: HashAlgorithm,
    },
}
