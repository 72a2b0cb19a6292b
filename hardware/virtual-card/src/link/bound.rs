//! The lower bound: the fewest commands that a full read takes, and what they cost over a link.
//!
//! Access control, one SELECT (of the application), READ BINARY by short identifier with blocks as large as chip and
//! reader take, Chip and Active Authentication. No reader can do with less; one that does not know a file's length in
//! advance needs more.

use super::{Exchange, Link, LinkTimes, Part};
use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use chipid_emrtd::file_id::FileId;

/// What opened the chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenedBy {
    /// No access control.
    Nothing,
    /// Basic Access Control.
    Bac,
    /// PACE with this cipher, its public keys of so many bytes.
    Pace {
        /// The cipher of the channel.
        cipher: CipherAlgorithm,
        /// Bytes of a public key as it is sent.
        key_len: usize,
    },
}

/// A full read as it would be done by somebody who knows the chip by heart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullRead {
    /// Access control and the one SELECT.
    access: Vec<Exchange>,
    /// Chip and Active Authentication.
    proofs: Vec<Exchange>,
    /// The cipher of the channel.
    cipher: Option<CipherAlgorithm>,
    files: Vec<(FileId, usize)>,
    block: usize,
}

impl FullRead {
    /// Of a chip without access control, with these files (and their lengths), `block` bytes at a time. EF.CardAccess is
    /// read in plain, before access control.
    #[must_use]
    pub fn new(files: Vec<(FileId, usize)>, block: usize) -> Self {
        Self {
            access: vec![select(None)],
            proofs: Vec::new(),
            cipher: None,
            files,
            block,
        }
    }

    /// Opened by this.
    #[must_use]
    pub fn opened_by(mut self, opened_by: OpenedBy) -> Self {
        let plain = |command, response| Exchange {
            part: Part::Access,
            command,
            response,
            data: response - 2,
            key_operations: 0,
        };
        self.cipher = match opened_by {
            OpenedBy::Nothing => None,
            OpenedBy::Bac => Some(CipherAlgorithm::Tdes),
            OpenedBy::Pace { cipher, .. } => Some(cipher),
        };
        self.access = match opened_by {
            OpenedBy::Nothing => vec![select(None)],
            OpenedBy::Bac => vec![select(None), plain(5, 10), plain(46, 42)],
            OpenedBy::Pace { cipher, key_len } => {
                let key = object(object(key_len));
                let exchange_of_keys = |key_operations| Exchange {
                    key_operations,
                    ..plain(6 + key, key + 2)
                };
                // MSE:Set AT with protocol, password and domain parameters; nonce, mapping, agreement, token.
                vec![
                    plain(23, 2),
                    plain(8, 22),
                    exchange_of_keys(3),
                    exchange_of_keys(2),
                    plain(18, 14),
                    select(Some(cipher)),
                ]
            }
        };
        self
    }

    /// With Chip Authentication, to a channel of this cipher, with a public key of so many bytes.
    #[must_use]
    pub fn chip_authentication(mut self, cipher: CipherAlgorithm, key_len: usize) -> Self {
        // MSE:Set KAT does all at once, and only 3DES has it.
        let data = match cipher {
            CipherAlgorithm::Tdes => vec![object(key_len)],
            // MSE:Set AT with the protocol and the key's number, and GENERAL AUTHENTICATE.
            _ => vec![12, object(object(key_len))],
        };
        for (place, &len) in data.iter().enumerate() {
            let answered = usize::from(place == 1) * 2;
            self.proofs.push(Exchange {
                part: Part::ChipAuthentication,
                command: command(self.cipher, len, answered),
                response: response(self.cipher, answered),
                data: answered,
                key_operations: u32::from(place + 1 == data.len()),
            });
        }
        self.cipher = Some(cipher);
        self
    }

    /// With Active Authentication, with a signature of so many bytes.
    #[must_use]
    pub fn active_authentication(mut self, signature_len: usize) -> Self {
        self.proofs.push(Exchange {
            part: Part::ActiveAuthentication,
            command: command(self.cipher, 8, signature_len),
            response: response(self.cipher, signature_len),
            data: signature_len,
            key_operations: 1,
        });
        self
    }

    /// Opened and proven as it was seen in these exchanges, in whatever way; the files then read through a channel of
    /// this cipher. Access control took `access` commands, its SELECT included, Chip Authentication two at most, Active
    /// Authentication one; whatever else was tried is left out.
    #[must_use]
    pub fn as_seen(
        mut self,
        seen: &[Exchange],
        access: usize,
        cipher: Option<CipherAlgorithm>,
    ) -> Self {
        let last = |part, most| {
            let of_part: Vec<Exchange> = seen.iter().filter(|e| e.part == part).copied().collect();
            of_part[of_part.len().saturating_sub(most)..].to_vec()
        };
        self.access = last(Part::Access, access);
        self.proofs = [
            last(Part::ChipAuthentication, 2),
            last(Part::ActiveAuthentication, 1),
        ]
        .concat();
        self.cipher = cipher;
        self
    }

    /// The block of a chip and a reader that know no limits but those of an extended length, under this cipher.
    #[must_use]
    pub fn largest_block(
        cipher: Option<CipherAlgorithm>,
        largest_response: Option<usize>,
    ) -> usize {
        let room = largest_response.map_or(65_536, |len| len.saturating_sub(2).min(65_536));
        let Some(cipher) = cipher else {
            return room;
        };
        // DO 99 and DO 8E, the cryptogram's own tag, length and padding indicator.
        let header = if room > 256 { 5 } else { 4 };
        let block = cipher.block_len();
        (room.saturating_sub(14 + header) / block * block).saturating_sub(1)
    }

    /// The commands, in order.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        let (before, after): (Vec<_>, Vec<_>) = self
            .files
            .iter()
            .partition(|(file, _)| *file == FileId::CardAccess);
        let mut out = Vec::new();
        for (file, len) in before {
            self.read(&mut out, file, len, None);
        }
        out.extend(&self.access);
        out.extend(&self.proofs);
        for (file, len) in after {
            self.read(&mut out, file, len, self.cipher);
        }
        out
    }

    /// What the commands cost over `link`, the activation included: the floor.
    #[must_use]
    pub fn over(&self, link: &Link) -> LinkTimes {
        let mut times = LinkTimes::default();
        times.add(Part::Activation, 0, link.activation());
        for exchange in self.exchanges() {
            times.add(exchange.part, 1, link.price(&exchange));
        }
        times
    }

    fn read(
        &self,
        out: &mut Vec<Exchange>,
        file: FileId,
        len: usize,
        cipher: Option<CipherAlgorithm>,
    ) {
        let mut left = len;
        while left > 0 {
            let data = left.min(self.block.max(1));
            left -= data;
            out.push(Exchange {
                part: Part::File(file),
                command: command(cipher, 0, data),
                response: response(cipher, data),
                data,
                key_operations: 0,
            });
        }
    }
}

fn select(cipher: Option<CipherAlgorithm>) -> Exchange {
    Exchange {
        part: Part::Access,
        command: command(cipher, 7, 0),
        response: response(cipher, 0),
        data: 0,
        key_operations: 0,
    }
}

/// Bytes of a command with so many bytes of data that expects so many (Doc 9303-11, 9.8.4).
fn command(cipher: Option<CipherAlgorithm>, data: usize, expected: usize) -> usize {
    let (body, answer) = match cipher {
        None => (data, expected),
        Some(cipher) => {
            let cryptogram = match data {
                0 => 0,
                len => object(1 + padded(cipher, len)),
            };
            let answer = response(Some(cipher), expected) - 2;
            let le = match expected {
                0 => 0,
                1..=256 => 3,
                _ => 4,
            };
            // The protected response is always there, and so is the outer Le.
            (cryptogram + le + 10, answer.max(1))
        }
    };
    let extended = body > 255 || answer > 256;
    let lc = match (body, extended) {
        (0, false) => 0,
        (_, false) => 1,
        // The zero byte that says so, and two of length where there is data.
        (0, true) => 1,
        (_, true) => 3,
    };
    let le = match (answer, extended) {
        (0, _) => 0,
        (_, false) => 1,
        (_, true) => 2,
    };
    4 + lc + body + le
}

/// Bytes of a response with so many bytes of data, status word included.
fn response(cipher: Option<CipherAlgorithm>, data: usize) -> usize {
    let Some(cipher) = cipher else {
        return data + 2;
    };
    let cryptogram = match data {
        0 => 0,
        len => object(1 + padded(cipher, len)),
    };
    cryptogram + 4 + 10 + 2
}

const fn padded(cipher: CipherAlgorithm, len: usize) -> usize {
    let block = cipher.block_len();
    (len / block + 1) * block
}

/// Bytes of a data object with a tag of one byte around so many.
const fn object(len: usize) -> usize {
    let header = match len {
        0..=0x7F => 2,
        0x80..=0xFF => 3,
        _ => 4,
    };
    header + len
}
