//! Secure messaging, the chip's side: takes protected commands apart, protects responses.
//!
//! Doc 9303-11, 9.8 (3DES: 9.8.6, AES: 9.8.7); ISO/IEC 7816-4, clause 10. Written from the standard alone: nothing of the
//! reader's own code is used, so that a mistake there cannot cancel itself out here.

use super::apdu::{Command, Response, Status, protected_le};
use chipid_emrtd::crypto::cipher::{CipherAlgorithm, LengthError, pad, unpad};
use chipid_emrtd::crypto::kdf::{KeyPurpose, derive};
use chipid_emrtd::crypto::mac::same;
use chipid_emrtd::tlv;
use zeroize::Zeroizing;

/// A channel: its cipher, its two keys and its send sequence counter.
pub(crate) struct SecureMessaging {
    cipher: CipherAlgorithm,
    encryption_key: Zeroizing<Vec<u8>>,
    mac_key: Zeroizing<Vec<u8>>,
    /// As wide as a block: 8 bytes for 3DES, 16 for AES.
    counter: Vec<u8>,
}

impl SecureMessaging {
    /// A channel with keys from a shared secret, its counter at zero (PACE, Chip Authentication).
    pub(crate) fn new(cipher: CipherAlgorithm, shared_secret: &[u8]) -> Self {
        Self {
            cipher,
            encryption_key: derive(shared_secret, cipher, KeyPurpose::Encryption),
            mac_key: derive(shared_secret, cipher, KeyPurpose::Authentication),
            counter: vec![0; cipher.block_len()],
        }
    }

    /// A 3DES channel whose counter begins elsewhere (Basic Access Control).
    pub(crate) fn with_counter(shared_secret: &[u8], counter: [u8; 8]) -> Self {
        Self {
            counter: counter.to_vec(),
            ..Self::new(CipherAlgorithm::Tdes, shared_secret)
        }
    }

    /// Checks and decrypts a protected command.
    ///
    /// # Errors
    /// The status word to answer with in plain, after the channel has been given up.
    pub(crate) fn unprotect(&mut self, command: &Command) -> Result<Command, Status> {
        self.increment();
        let odd = command.ins & 1 == 1;
        let mut reader = tlv::Reader::new(&command.data);
        let cryptogram = reader.take_if(if odd { 0x85 } else { 0x87 });
        let le = reader.take_if(0x97);
        let protected_len = reader.offset();
        let mac = reader
            .take_if(0x8E)
            .filter(|_| reader.is_empty())
            .ok_or(Status::SM_OBJECT_MISSING)?;

        let mut input = pad(
            &[command.cla, command.ins, command.p1, command.p2],
            self.cipher.block_len(),
        );
        input.extend_from_slice(command.data.get(..protected_len).unwrap_or_default());
        let expected = self.mac(&input).map_err(|_| Status::FAILURE)?;
        if !same(&expected, mac.value) {
            return Err(Status::SM_OBJECT_INCORRECT);
        }
        let data = match cryptogram {
            Some(object) => self
                .decrypt(object.value, odd)
                .ok_or(Status::SM_OBJECT_INCORRECT)?,
            None => Vec::new(),
        };
        let expected = match le {
            Some(object) => Some(protected_le(object.value).ok_or(Status::SM_OBJECT_INCORRECT)?),
            None => None,
        };
        Ok(Command {
            cla: command.cla & !0x0C,
            data,
            expected,
            ..*command
        })
    }

    /// Encrypts and signs a response to an instruction `ins`.
    ///
    /// # Errors
    /// Never with the keys that this module derives.
    pub(crate) fn protect(
        &mut self,
        ins: u8,
        response: &Response,
    ) -> Result<Response, LengthError> {
        self.increment();
        let mut objects = Vec::with_capacity(response.data.len() + 48);
        if !response.data.is_empty() {
            let mut cryptogram = pad(&response.data, self.cipher.block_len());
            let iv = self.iv()?;
            self.cipher
                .cbc_encrypt(&self.encryption_key, &iv, &mut cryptogram)?;
            if ins & 1 == 1 {
                tlv::write(&mut objects, 0x85, &cryptogram);
            } else {
                // 01: padded by method 2.
                cryptogram.insert(0, 0x01);
                tlv::write(&mut objects, 0x87, &cryptogram);
            }
        }
        tlv::write(&mut objects, 0x99, &response.status.0.to_be_bytes());
        let mac = self.mac(&objects)?;
        tlv::write(&mut objects, 0x8E, &mac);
        Ok(Response {
            data: objects,
            status: response.status,
        })
    }

    /// Bytes of a block of the channel's cipher.
    pub(crate) const fn block_len(&self) -> usize {
        self.cipher.block_len()
    }

    /// How many bytes of plain data fit a protected response of `room` bytes.
    pub(crate) fn payload_within(&self, room: usize) -> usize {
        let block = self.cipher.block_len();
        let mut best = 0;
        // DO 99 and DO 8E take 14 bytes; the cryptogram's own header two to five.
        let mut padded = block;
        while encoded_len(padded + 1) + 14 <= room {
            best = padded - 1;
            padded += block;
        }
        best
    }

    fn mac(&self, message: &[u8]) -> Result<[u8; 8], LengthError> {
        let mut input = self.counter.clone();
        input.extend_from_slice(message);
        match self.cipher {
            // The retail MAC pads by itself, by the same method.
            CipherAlgorithm::Tdes => self.cipher.mac(&self.mac_key, &input),
            _ => self
                .cipher
                .mac(&self.mac_key, &pad(&input, self.cipher.block_len())),
        }
    }

    fn decrypt(&self, value: &[u8], odd: bool) -> Option<Vec<u8>> {
        let cryptogram = if odd {
            value
        } else {
            value.strip_prefix(&[0x01])?
        };
        if cryptogram.is_empty() {
            return None;
        }
        let mut data = cryptogram.to_vec();
        let iv = self.iv().ok()?;
        self.cipher
            .cbc_decrypt(&self.encryption_key, &iv, &mut data)
            .ok()?;
        unpad(&data).map(<[u8]>::to_vec)
    }

    /// 3DES: zero. AES: the counter, encrypted.
    fn iv(&self) -> Result<Vec<u8>, LengthError> {
        if self.cipher == CipherAlgorithm::Tdes {
            return Ok(vec![0; 8]);
        }
        let mut iv = self.counter.clone();
        self.cipher.encrypt_block(&self.encryption_key, &mut iv)?;
        Ok(iv)
    }

    fn increment(&mut self) {
        for byte in self.counter.iter_mut().rev() {
            *byte = byte.wrapping_add(1);
            if *byte != 0 {
                break;
            }
        }
    }
}

const fn encoded_len(value_len: usize) -> usize {
    let header = match value_len {
        0..=0x7F => 2,
        0x80..=0xFF => 3,
        0x100..=0xFFFF => 4,
        _ => 5,
    };
    value_len + header
}
