//! What a chip holds: its files, its passwords and its private keys.

use crate::rsa_key::RsaKey;
use chipid_emrtd::crypto::agreement::{DomainParameters, SecretKey};
use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use chipid_emrtd::crypto::ec::Secret;
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
    /// The text of the QR code on the card, where the document has one. Nothing signs it.
    pub qr: Option<String>,
    /// What opens the chip.
    pub passwords: Passwords,
    /// Whether the chip does Basic Access Control.
    pub basic_access_control: bool,
    /// What PACE the chip does, in the order of EF.CardAccess.
    pub pace: Vec<PaceSuite>,
    /// The private keys that the chip authentication mapping proves, one a curve: their numbers are those of the curves.
    pub mapping_keys: Vec<Secret>,
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
    /// The PIN, where the chip has one.
    pub pin: Option<String>,
    /// The number that unblocks the PIN, where the chip has one.
    pub puk: Option<String>,
    /// Whether PACE refuses the MRZ as a password.
    pub pace_without_mrz: bool,
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passwords(redacted)")
    }
}

/// One kind of PACE. As text: `CIPHER GROUP [MAPPING] [explicit]`, as in `aes-256 brainpoolP256r1 im` or
/// `3des modp-2048-256`; without a mapping the generic one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PaceSuite {
    /// The cipher of the channel.
    pub cipher: CipherAlgorithm,
    /// The group, of the standardised domain parameters.
    pub group: DomainParameters,
    /// How the nonce becomes a generator.
    pub mapping: PaceMapping,
    /// Whether EF.CardAccess writes the group out under a number of its own, instead of naming it by its standardised
    /// number.
    pub explicit: bool,
}

/// How PACE maps its nonce. As text: `gm`, `im`, `cam`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaceMapping {
    /// Generic mapping.
    Generic,
    /// Integrated mapping.
    Integrated,
    /// Chip authentication mapping, on curves only.
    ChipAuthentication,
}

impl PaceMapping {
    /// `gm`, `im` or `cam`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Generic => "gm",
            Self::Integrated => "im",
            Self::ChipAuthentication => "cam",
        }
    }
}

impl PaceSuite {
    /// Explicit domain parameters have numbers above those that are reserved for the standardised ones.
    const EXPLICIT_IDS: u8 = 0x40;

    /// Generic mapping with this cipher in this group.
    #[must_use]
    pub fn generic(cipher: CipherAlgorithm, group: impl Into<DomainParameters>) -> Self {
        Self {
            cipher,
            group: group.into(),
            mapping: PaceMapping::Generic,
            explicit: false,
        }
    }

    /// The value bytes of the object identifier `id-PACE-…` (0.4.0.127.0.7.2.2.4.m.n).
    #[must_use]
    pub fn oid(self) -> Vec<u8> {
        let mut oid = self.variant_oid();
        oid.push(cipher_arc(self.cipher));
        oid
    }

    /// The same without the cipher: the kind of group and the mapping.
    #[must_use]
    pub fn variant_oid(self) -> Vec<u8> {
        let variant = match (self.mapping, self.group) {
            (PaceMapping::Generic, DomainParameters::Dh(_)) => 1,
            (PaceMapping::Generic, DomainParameters::Ecdh(_)) => 2,
            (PaceMapping::Integrated, DomainParameters::Dh(_)) => 3,
            (PaceMapping::Integrated, DomainParameters::Ecdh(_)) => 4,
            (PaceMapping::ChipAuthentication, _) => 6,
        };
        vec![0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x04, variant]
    }

    /// The number by which MSE:Set AT names the group.
    #[must_use]
    pub const fn parameter_id(self) -> u8 {
        let standardised = self.group.standardized_id();
        if self.explicit {
            Self::EXPLICIT_IDS | standardised
        } else {
            standardised
        }
    }
}

/// The cipher and the group of Chip Authentication. As text: `CIPHER GROUP`, as in `aes-128 brainpoolP256r1` or
/// `3des modp-2048-224`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ChipAuthenticationSuite {
    /// The cipher of the new channel.
    pub cipher: CipherAlgorithm,
    /// The group of the key.
    pub group: DomainParameters,
}

/// A private key of Chip Authentication, and the cipher of the channel that it makes.
#[derive(Clone, Debug)]
pub struct ChipAuthenticationKey {
    /// The cipher.
    pub cipher: CipherAlgorithm,
    /// The key's number, needed where the chip has several.
    pub key_id: Option<u8>,
    /// The key, which also names the group.
    pub secret: SecretKey,
}

impl ChipAuthenticationKey {
    /// The value bytes of the object identifier `id-CA-DH-…` or `id-CA-ECDH-…` (0.4.0.127.0.7.2.2.3.k.n).
    #[must_use]
    pub fn oid(&self) -> Vec<u8> {
        let mut oid = vec![0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x03];
        oid.push(match self.secret {
            SecretKey::Dh(_) => 1,
            SecretKey::Ecdh(_) => 2,
        });
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
