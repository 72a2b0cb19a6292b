//! Keys from shared secrets.
//!
//! Doc 9303-11, 9.7.1 (key derivation function), 9.7.1.1 (3DES, with parity) and 9.7.1.2 (AES).

use super::cipher::CipherAlgorithm;
use super::hash::HashAlgorithm;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// What a key is derived for: the counter of the function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPurpose {
    /// Encryption (counter 1).
    Encryption,
    /// Authentication (counter 2).
    Authentication,
    /// A password key of PACE (counter 3).
    Password,
}

/// Derives a key of `algorithm` from `secret`; 3DES keys get their parity bits.
#[must_use]
pub fn derive(
    secret: &[u8],
    algorithm: CipherAlgorithm,
    purpose: KeyPurpose,
) -> Zeroizing<Vec<u8>> {
    let counter: u32 = match purpose {
        KeyPurpose::Encryption => 1,
        KeyPurpose::Authentication => 2,
        KeyPurpose::Password => 3,
    };
    let hash = match algorithm {
        CipherAlgorithm::Tdes | CipherAlgorithm::Aes128 => HashAlgorithm::Sha1,
        CipherAlgorithm::Aes192 | CipherAlgorithm::Aes256 => HashAlgorithm::Sha256,
    };
    let mut input = Zeroizing::new(Vec::with_capacity(secret.len().saturating_add(4)));
    input.extend_from_slice(secret);
    input.extend_from_slice(&counter.to_be_bytes());
    let mut key = Zeroizing::new(hash.digest(&input));
    key.truncate(algorithm.key_len());
    if algorithm == CipherAlgorithm::Tdes {
        for byte in key.iter_mut() {
            *byte = (*byte & 0xFE) | u8::from(((*byte >> 1).count_ones()).is_multiple_of(2));
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Doc 9303-11, appendix D.1: keys from the key seed of the worked example.
    #[test]
    fn bac_keys_worked_example_d1() {
        let seed = hex::decode("239AB9CB282DAF66231DC5A4DF6BFBAE").unwrap();
        assert_eq!(
            hex::encode_upper(&*derive(
                &seed,
                CipherAlgorithm::Tdes,
                KeyPurpose::Encryption
            )),
            "AB94FDECF2674FDFB9B391F85D7F76F2"
        );
        assert_eq!(
            hex::encode_upper(&*derive(
                &seed,
                CipherAlgorithm::Tdes,
                KeyPurpose::Authentication
            )),
            "7962D9ECE03D1ACD4C76089DCE131543"
        );
    }
}
