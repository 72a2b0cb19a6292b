//! RSA private keys of test chips and test issuers.
//!
//! RFC 8017. Signing is by the crate `rsa`; the reader verifies with code of its own.

use crate::error::VirtualCardError;
use chipid_emrtd::crypto::hash::HashAlgorithm;
use core::fmt;
use crypto_bigint::BoxedUint;
use rand_core::CryptoRng;
use rsa::pkcs1::{DecodeRsaPrivateKey, EncodeRsaPrivateKey, EncodeRsaPublicKey};
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, Pss, RsaPrivateKey};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

/// An RSA private key. For tests only: nothing here is guarded against side channels beyond what the crate `rsa` does.
#[derive(Clone)]
pub struct RsaKey(Box<RsaPrivateKey>);

impl fmt::Debug for RsaKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RsaKey({} bits)", self.0.n().bits())
    }
}

impl RsaKey {
    /// A fresh key of `bits` bits (1024 or more) with the exponent 65537. 2048 bits take some tens of milliseconds, 4096 some hundreds.
    ///
    /// # Errors
    /// [`VirtualCardError::Key`] for a size that makes no sense.
    pub fn generate<R: CryptoRng + ?Sized>(
        bits: usize,
        rng: &mut R,
    ) -> Result<Self, VirtualCardError> {
        RsaPrivateKey::new(rng, bits)
            .map(|key| Self(Box::new(key)))
            .map_err(|_| VirtualCardError::Key)
    }

    /// A key from `RSAPrivateKey` (PKCS #1) in DER.
    ///
    /// # Errors
    /// [`VirtualCardError::Key`].
    pub fn from_pkcs1_der(der: &[u8]) -> Result<Self, VirtualCardError> {
        RsaPrivateKey::from_pkcs1_der(der)
            .map(|key| Self(Box::new(key)))
            .map_err(|_| VirtualCardError::Key)
    }

    /// The key as `RSAPrivateKey` (PKCS #1) in DER.
    ///
    /// # Errors
    /// [`VirtualCardError::Key`].
    pub fn danger_pkcs1_der(&self) -> Result<Zeroizing<Vec<u8>>, VirtualCardError> {
        self.0
            .to_pkcs1_der()
            .map(|der| Zeroizing::new(der.as_bytes().to_vec()))
            .map_err(|_| VirtualCardError::Key)
    }

    /// The public half as `RSAPublicKey` in DER.
    ///
    /// # Errors
    /// [`VirtualCardError::Key`].
    pub fn public_der(&self) -> Result<Vec<u8>, VirtualCardError> {
        self.0
            .to_public_key()
            .to_pkcs1_der()
            .map(|der| der.as_bytes().to_vec())
            .map_err(|_| VirtualCardError::Key)
    }

    /// Bytes of the modulus, and of every signature.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.size()
    }

    /// Never: every key has a modulus.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `block ^ d mod n`, for a block as long as the modulus and smaller than it.
    pub(crate) fn private_operation<R: CryptoRng + ?Sized>(
        &self,
        block: &[u8],
        rng: &mut R,
    ) -> Option<Vec<u8>> {
        let number = BoxedUint::from_be_slice(block, self.0.n().bits_precision()).ok()?;
        let power = rsa::hazmat::rsa_decrypt_and_check(&*self.0, Some(rng), &number).ok()?;
        let bytes = power.to_be_bytes();
        bytes
            .get(bytes.len().checked_sub(self.len())?..)
            .map(<[u8]>::to_vec)
    }

    /// A PKCS #1 v1.5 signature.
    pub(crate) fn sign_pkcs1<R: CryptoRng + ?Sized>(
        &self,
        hash: HashAlgorithm,
        message: &[u8],
        rng: &mut R,
    ) -> Result<Vec<u8>, VirtualCardError> {
        let scheme = match hash {
            HashAlgorithm::Sha1 => Pkcs1v15Sign::new::<Sha1>(),
            HashAlgorithm::Sha224 => Pkcs1v15Sign::new::<Sha224>(),
            HashAlgorithm::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
            HashAlgorithm::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
            HashAlgorithm::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
            _ => return Err(VirtualCardError::Key),
        };
        self.0
            .sign_with_rng(rng, scheme, &hash.digest(message))
            .map_err(|_| VirtualCardError::Key)
    }

    /// A PSS signature whose mask and salt follow the hash.
    pub(crate) fn sign_pss<R: CryptoRng + ?Sized>(
        &self,
        hash: HashAlgorithm,
        message: &[u8],
        rng: &mut R,
    ) -> Result<Vec<u8>, VirtualCardError> {
        let (digest, salt) = (hash.digest(message), hash.output_len());
        match hash {
            HashAlgorithm::Sha1 => {
                self.0
                    .sign_with_rng(rng, Pss::<Sha1>::new_with_salt(salt), &digest)
            }
            HashAlgorithm::Sha224 => {
                self.0
                    .sign_with_rng(rng, Pss::<Sha224>::new_with_salt(salt), &digest)
            }
            HashAlgorithm::Sha256 => {
                self.0
                    .sign_with_rng(rng, Pss::<Sha256>::new_with_salt(salt), &digest)
            }
            HashAlgorithm::Sha384 => {
                self.0
                    .sign_with_rng(rng, Pss::<Sha384>::new_with_salt(salt), &digest)
            }
            HashAlgorithm::Sha512 => {
                self.0
                    .sign_with_rng(rng, Pss::<Sha512>::new_with_salt(salt), &digest)
            }
            _ => return Err(VirtualCardError::Key),
        }
        .map_err(|_| VirtualCardError::Key)
    }
}
