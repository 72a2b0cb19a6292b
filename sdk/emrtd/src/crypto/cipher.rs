//! The block ciphers of secure messaging, in CBC mode without padding, and single blocks.
//!
//! Doc 9303-11, 9.8 (3DES, AES-128, AES-192, AES-256); padding is the caller's, by [`pad`] and [`unpad`].

use aes::{Aes128, Aes192, Aes256};
use alloc::vec::Vec;
use cbc::{Decryptor, Encryptor};
use cipher::block_padding::NoPadding;
use cipher::{
    BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, BlockSizeUser,
    InnerIvInit, KeyInit, KeyIvInit,
};
use core::fmt;
use des::TdesEde3;
use zeroize::Zeroizing;

/// A block cipher of secure messaging.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CipherAlgorithm {
    /// Triple DES with two keys (112 bits): what BAC uses.
    Tdes,
    /// AES with a key of 128 bits.
    Aes128,
    /// AES with a key of 192 bits.
    Aes192,
    /// AES with a key of 256 bits.
    Aes256,
}

/// Lengths that do not fit the cipher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LengthError;

impl fmt::Display for LengthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the length of key, vector or data does not fit the cipher")
    }
}

impl core::error::Error for LengthError {}

impl CipherAlgorithm {
    /// Bytes of a key.
    #[must_use]
    pub const fn key_len(self) -> usize {
        match self {
            Self::Tdes | Self::Aes128 => 16,
            Self::Aes192 => 24,
            Self::Aes256 => 32,
        }
    }

    /// Bytes of a block.
    #[must_use]
    pub const fn block_len(self) -> usize {
        match self {
            Self::Tdes => 8,
            _ => 16,
        }
    }

    /// `3des`, `aes-128`, `aes-192` or `aes-256`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tdes => "3des",
            Self::Aes128 => "aes-128",
            Self::Aes192 => "aes-192",
            Self::Aes256 => "aes-256",
        }
    }

    /// Encrypts `data` (whole blocks) in place.
    ///
    /// # Errors
    /// [`LengthError`] where `key`, `iv` or `data` do not fit.
    pub fn cbc_encrypt(self, key: &[u8], iv: &[u8], data: &mut [u8]) -> Result<(), LengthError> {
        fn run<C: BlockCipherEncrypt + KeyInit>(
            key: &[u8],
            iv: &[u8],
            data: &mut [u8],
        ) -> Result<(), LengthError>
        where
            Encryptor<C>: KeyIvInit + InnerIvInit<Inner = C> + BlockModeEncrypt,
        {
            let len = data.len();
            Encryptor::<C>::new_from_slices(key, iv)
                .map_err(|_| LengthError)?
                .encrypt_padded::<NoPadding>(data, len)
                .map(|_| ())
                .map_err(|_| LengthError)
        }
        match self {
            Self::Tdes => run::<TdesEde3>(&*tdes_key(key)?, iv, data),
            Self::Aes128 => run::<Aes128>(key, iv, data),
            Self::Aes192 => run::<Aes192>(key, iv, data),
            Self::Aes256 => run::<Aes256>(key, iv, data),
        }
    }

    /// Decrypts `data` (whole blocks) in place.
    ///
    /// # Errors
    /// [`LengthError`] where `key`, `iv` or `data` do not fit.
    pub fn cbc_decrypt(self, key: &[u8], iv: &[u8], data: &mut [u8]) -> Result<(), LengthError> {
        fn run<C: BlockCipherDecrypt + KeyInit>(
            key: &[u8],
            iv: &[u8],
            data: &mut [u8],
        ) -> Result<(), LengthError>
        where
            Decryptor<C>: KeyIvInit + InnerIvInit<Inner = C> + BlockModeDecrypt,
        {
            Decryptor::<C>::new_from_slices(key, iv)
                .map_err(|_| LengthError)?
                .decrypt_padded::<NoPadding>(data)
                .map(|_| ())
                .map_err(|_| LengthError)
        }
        match self {
            Self::Tdes => run::<TdesEde3>(&*tdes_key(key)?, iv, data),
            Self::Aes128 => run::<Aes128>(key, iv, data),
            Self::Aes192 => run::<Aes192>(key, iv, data),
            Self::Aes256 => run::<Aes256>(key, iv, data),
        }
    }

    /// Encrypts one block: the initialisation vector that AES secure messaging makes of its counter.
    ///
    /// # Errors
    /// [`LengthError`] where `key` or `block` do not fit.
    pub fn encrypt_block(self, key: &[u8], block: &mut [u8]) -> Result<(), LengthError> {
        fn run<C: BlockCipherEncrypt + BlockSizeUser + KeyInit>(
            key: &[u8],
            block: &mut [u8],
        ) -> Result<(), LengthError> {
            let cipher = C::new_from_slice(key).map_err(|_| LengthError)?;
            cipher.encrypt_block(block.try_into().map_err(|_| LengthError)?);
            Ok(())
        }
        match self {
            Self::Tdes => run::<TdesEde3>(&*tdes_key(key)?, block),
            Self::Aes128 => run::<Aes128>(key, block),
            Self::Aes192 => run::<Aes192>(key, block),
            Self::Aes256 => run::<Aes256>(key, block),
        }
    }
}

/// Two-key triple DES is three-key triple DES whose third key is the first.
fn tdes_key(key: &[u8]) -> Result<Zeroizing<[u8; 24]>, LengthError> {
    let mut three = Zeroizing::new([0u8; 24]);
    let first = key
        .split_at_checked(8)
        .filter(|_| key.len() == 16)
        .ok_or(LengthError)?
        .0;
    for (to, from) in three.iter_mut().zip(key.iter().chain(first)) {
        *to = *from;
    }
    Ok(three)
}

/// ISO/IEC 9797-1 padding method 2: one byte 80, then zeros to the end of the block.
#[must_use]
pub fn pad(data: &[u8], block_len: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len().saturating_add(block_len));
    out.extend_from_slice(data);
    out.push(0x80);
    out.resize(out.len().next_multiple_of(block_len.max(1)), 0);
    out
}

/// Takes padding method 2 off again; `None` where there is none.
#[must_use]
pub fn unpad(data: &[u8]) -> Option<&[u8]> {
    let zeros = data.iter().rev().take_while(|b| **b == 0).count();
    let (last, rest) = data.get(..data.len().checked_sub(zeros)?)?.split_last()?;
    (*last == 0x80).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    /// NIST SP 800-38A, F.2.1, F.2.3 and F.2.5: the first block of each.
    #[test]
    fn aes_cbc_vectors() {
        let iv = hex::decode("000102030405060708090a0b0c0d0e0f").unwrap();
        for (algorithm, key, expected) in [
            (
                CipherAlgorithm::Aes128,
                "2b7e151628aed2a6abf7158809cf4f3c",
                "7649abac8119b246cee98e9b12e9197d",
            ),
            (
                CipherAlgorithm::Aes192,
                "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
                "4f021db243bc633d7178183a9fa071e8",
            ),
            (
                CipherAlgorithm::Aes256,
                "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
                "f58c4c04d6e5f1ba779eabfb5f7bfbd6",
            ),
        ] {
            let key = hex::decode(key).unwrap();
            let plain = hex::decode("6bc1bee22e409f96e93d7e117393172a").unwrap();
            let mut data = plain.clone();
            algorithm.cbc_encrypt(&key, &iv, &mut data).unwrap();
            assert_eq!(hex::encode(&data), expected);
            algorithm.cbc_decrypt(&key, &iv, &mut data).unwrap();
            assert_eq!(data, plain);
        }
    }

    #[test]
    fn lengths_that_do_not_fit_are_errors() {
        let mut data = vec![0; 17];
        let aes = CipherAlgorithm::Aes128;
        assert_eq!(
            aes.cbc_encrypt(&[0; 16], &[0; 16], &mut data),
            Err(LengthError)
        );
        assert_eq!(
            aes.cbc_decrypt(&[0; 15], &[0; 16], &mut data[..16]),
            Err(LengthError)
        );
        assert_eq!(
            CipherAlgorithm::Tdes.cbc_encrypt(&[0; 24], &[0; 8], &mut data[..16]),
            Err(LengthError)
        );
        assert_eq!(aes.encrypt_block(&[0; 16], &mut data), Err(LengthError));
    }

    #[test]
    fn padding_comes_off_again() {
        for len in 0..40 {
            let data = vec![0u8; len];
            let padded = pad(&data, 16);
            assert_eq!(padded.len() % 16, 0);
            assert!(padded.len() > len);
            assert_eq!(unpad(&padded), Some(&data[..]));
        }
        assert_eq!(unpad(&[]), None);
        assert_eq!(unpad(&[0, 0]), None);
        assert_eq!(unpad(&[1, 2, 3]), None);
    }
}
