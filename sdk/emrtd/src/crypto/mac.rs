//! The message authentication codes of secure messaging, of eight bytes each.
//!
//! Doc 9303-11, 9.8.6: retail MAC (ISO/IEC 9797-1 algorithm 3 with DES) for 3DES, CMAC (NIST SP 800-38B) cut to eight bytes for AES.

use super::cipher::{CipherAlgorithm, LengthError, pad};
use aes::{Aes128, Aes192, Aes256};
use cmac::Cmac;
use des::Des;
use digest::{KeyInit, Mac};
use retail_mac::RetailMac;
use subtle::ConstantTimeEq;

/// Bytes of a MAC on the wire.
pub const MAC_LEN: usize = 8;

impl CipherAlgorithm {
    /// The MAC of `message`. For 3DES the message is padded (method 2) first, for AES it is taken as it is:
    /// secure messaging pads before, the tokens of PACE do not pad.
    ///
    /// # Errors
    /// [`LengthError`] where `key` does not fit.
    pub fn mac(self, key: &[u8], message: &[u8]) -> Result<[u8; MAC_LEN], LengthError> {
        fn run<M: Mac + KeyInit>(key: &[u8], message: &[u8]) -> Result<[u8; MAC_LEN], LengthError> {
            let mut mac = <M as KeyInit>::new_from_slice(key).map_err(|_| LengthError)?;
            mac.update(message);
            let tag = mac.finalize().into_bytes();
            tag.get(..MAC_LEN)
                .and_then(|t| t.try_into().ok())
                .ok_or(LengthError)
        }
        if key.len() != self.key_len() {
            return Err(LengthError);
        }
        match self {
            Self::Tdes => run::<RetailMac<Des>>(key, &pad(message, 8)),
            Self::Aes128 => run::<Cmac<Aes128>>(key, message),
            Self::Aes192 => run::<Cmac<Aes192>>(key, message),
            Self::Aes256 => run::<Cmac<Aes256>>(key, message),
        }
    }
}

/// Whether two MACs or tokens are the same, in a time that does not depend on where they differ.
#[must_use]
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NIST SP 800-38B, appendix D.1, examples 1 and 2, and D.3, example 10 (first eight bytes).
    #[test]
    fn cmac_vectors() {
        let key = hex::decode("2b7e151628aed2a6abf7158809cf4f3c").unwrap();
        let mac = |message: &str| {
            let message = hex::decode(message).unwrap();
            hex::encode(CipherAlgorithm::Aes128.mac(&key, &message).unwrap())
        };
        assert_eq!(mac(""), "bb1d6929e9593728");
        assert_eq!(mac("6bc1bee22e409f96e93d7e117393172a"), "070a16b46b4d4144");
        let key = hex::decode("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")
            .unwrap();
        let message = hex::decode("6bc1bee22e409f96e93d7e117393172a").unwrap();
        assert_eq!(
            hex::encode(CipherAlgorithm::Aes256.mac(&key, &message).unwrap()),
            "28a7023f452e8f82"
        );
    }

    #[test]
    fn keys_of_a_wrong_length_are_errors() {
        assert_eq!(CipherAlgorithm::Tdes.mac(&[0; 15], &[]), Err(LengthError));
        assert_eq!(CipherAlgorithm::Tdes.mac(&[0; 0], &[]), Err(LengthError));
        assert_eq!(CipherAlgorithm::Aes256.mac(&[0; 16], &[]), Err(LengthError));
    }
}
