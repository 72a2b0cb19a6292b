//! From the nonce to the generator on which keys are agreed.
//!
//! Doc 9303-11, 4.4.3.3.1 (generic mapping), 4.4.3.3.2 (integrated mapping), 4.4.3.3.3 and 4.4.3.5 (chip authentication
//! mapping).

use crate::crypto::agreement::{DomainParameters, PublicKey, SecretKey};
use crate::crypto::cipher::{CipherAlgorithm, LengthError, unpad};
use crate::crypto::ec::Point;
use alloc::vec::Vec;
use core::fmt;
use zeroize::Zeroizing;

/// The constants c0 and c1 for blocks of 128 bits of key.
const CONSTANTS_128: [[u8; 16]; 2] = [
    0xa668_892a_7c41_e3ca_739f_40b0_57d8_5904_u128.to_be_bytes(),
    0xa4e1_36ac_725f_738b_01c1_f602_17c1_88ad_u128.to_be_bytes(),
];
/// The same for AES-192 and AES-256, each in two halves.
const CONSTANTS_256: [[[u8; 16]; 2]; 2] = [
    [
        0xd463_d652_3412_4ef7_8970_5498_6dca_0a17_u128.to_be_bytes(),
        0x4e28_df75_8cba_a03f_2406_1641_4d5a_1676_u128.to_be_bytes(),
    ],
    [
        0x54bd_7255_f0aa_f831_bec3_423f_cf39_d69b_u128.to_be_bytes(),
        0x6cbf_0666_77d0_faae_5aad_d99d_f8e5_3517_u128.to_be_bytes(),
    ],
];

/// Bytes of the nonce s that the integrated mapping takes: whole blocks, at least a key.
pub(super) const fn nonce_len(cipher: CipherAlgorithm) -> usize {
    match cipher {
        CipherAlgorithm::Tdes | CipherAlgorithm::Aes128 => 16,
        CipherAlgorithm::Aes192 | CipherAlgorithm::Aes256 => 32,
    }
}

/// `fG(Rp(s, t))`: the generator of the integrated mapping. `None` where the nonces have wrong lengths, or where they lead
/// to no generator (once in 2^150 runs of an honest chip).
pub(super) fn integrated(
    cipher: CipherAlgorithm,
    parameters: DomainParameters,
    s: &[u8],
    t: &[u8],
) -> Option<PublicKey> {
    let number = pseudo_random(cipher, parameters.bits(), s, t).ok()?;
    parameters.encode_to_group(&number).ok()
}

/// `x1 ‖ x2 ‖ … ‖ xn` of figure 2, at least 64 bits longer than the prime; the caller takes it modulo p.
fn pseudo_random(
    cipher: CipherAlgorithm,
    prime_bits: usize,
    s: &[u8],
    t: &[u8],
) -> Result<Zeroizing<Vec<u8>>, LengthError> {
    if s.len() != nonce_len(cipher) {
        return Err(LengthError);
    }
    let [c0, c1] = match cipher {
        CipherAlgorithm::Tdes | CipherAlgorithm::Aes128 => CONSTANTS_128.map(|c| c.to_vec()),
        CipherAlgorithm::Aes192 | CipherAlgorithm::Aes256 => CONSTANTS_256.map(|c| c.concat()),
    };
    let vector = [0u8; 16];
    let vector = vector.get(..cipher.block_len()).ok_or(LengthError)?;
    let under = |key: &[u8], message: &[u8]| {
        // Of a chaining value longer than a key the first bytes are the key (AES-192).
        let key = key.get(..cipher.key_len()).ok_or(LengthError)?;
        let mut data = Zeroizing::new(message.to_vec());
        cipher.cbc_encrypt(key, vector, &mut data)?;
        Ok(data)
    };
    let needed = prime_bits.saturating_add(64).div_ceil(8);
    let mut key = under(t, s)?;
    let mut out = Zeroizing::new(Vec::with_capacity(needed.saturating_add(s.len())));
    while out.len() < needed {
        out.extend_from_slice(&under(&key, &c1)?);
        key = under(&key, &c0)?;
    }
    Ok(out)
}

/// What a chip sent to prove itself by the chip authentication mapping, and what it must fit. Worth something only under a
/// key that a state signed.
#[derive(Clone, PartialEq, Eq)]
pub struct ChipAuthenticationMapping {
    /// The chip's ephemeral key of the mapping, PKMap,IC.
    pub(super) mapping_key: Point,
    /// The chip authentication data CAIC.
    pub(super) data: Zeroizing<Vec<u8>>,
    /// The number of the group, which is that of the chip's static key as well (Doc 9303-11, 9.2.1).
    pub(super) parameter_id: Option<u8>,
}

impl ChipAuthenticationMapping {
    /// Whether the holder of the private half of `key` made it: `PKMap,IC = CAIC · PKIC`.
    #[must_use]
    pub fn verify(&self, key: &Point) -> bool {
        let curve = self.mapping_key.curve();
        curve == key.curve()
            && curve
                .secret(&self.data)
                .and_then(|data| data.multiply(key))
                .is_ok_and(|product| product == self.mapping_key)
    }

    /// The number of the key that the chip used, where the protocol named its group.
    #[must_use]
    pub const fn key_id(&self) -> Option<u8> {
        self.parameter_id
    }
}

impl fmt::Debug for ChipAuthenticationMapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChipAuthenticationMapping(redacted)")
    }
}

/// Decrypts AIC to CAIC: CBC with the encrypted block of ones as its vector, padding method 2.
pub(super) fn decrypt_chip_authentication_data(
    cipher: CipherAlgorithm,
    encryption_key: &[u8],
    encrypted: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let mut vector = [0xFF; 16];
    let vector = vector.get_mut(..cipher.block_len())?;
    cipher.encrypt_block(encryption_key, vector).ok()?;
    let mut data = Zeroizing::new(encrypted.to_vec());
    cipher.cbc_decrypt(encryption_key, vector, &mut data).ok()?;
    unpad(&data).map(|plain| Zeroizing::new(plain.to_vec()))
}

/// The terminal's part of a mapping: its ephemeral key, or the nonce t.
pub(super) enum TerminalMapping {
    Agreed(SecretKey),
    Integrated(Zeroizing<Vec<u8>>),
}
