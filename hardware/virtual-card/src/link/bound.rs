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
    /// What opens the chip.
    pub opened_by: OpenedBy,
    /// The files and their lengths. EF.CardAccess is read in plain, before access control.
    pub files: Vec<(FileId, usize)>,
    /// The cipher and the length of the public keys of Chip Authentication, where it is done.
    pub chip_authentication: Option<(CipherAlgorithm, usize)>,
    /// The length of the signature of Active Authentication, where it is done.
    pub active_authentication: Option<usize>,
    /// The most data that one READ BINARY brings.
    pub block: usize,
}

impl FullRead {
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
        let mut out = Vec::new();
        let plain = |part, command, response| Exchange {
            part,
            command,
            response,
            data: response - 2,
            key_operations: 0,
        };
        let before = |file: &FileId| *file == FileId::CardAccess;
        for &(file, len) in self.files.iter().filter(|(file, _)| before(file)) {
            self.read(&mut out, file, len, None);
        }
        let mut cipher = None;
        match self.opened_by {
            OpenedBy::Nothing => {}
            OpenedBy::Bac => {
                out.push(select(None));
                out.push(plain(Part::Access, 5, 10));
                out.push(plain(Part::Access, 46, 42));
                cipher = Some(CipherAlgorithm::Tdes);
            }
            OpenedBy::Pace {
                cipher: own,
                key_len,
            } => {
                let key = object(object(key_len));
                // MSE:Set AT with protocol, password and domain parameters; then nonce, mapping, agreement, token.
                out.push(plain(Part::Access, 23, 2));
                out.push(plain(Part::Access, 8, 22));
                for key_operations in [3, 2] {
                    out.push(Exchange {
                        key_operations,
                        ..plain(Part::Access, 6 + key, key + 2)
                    });
                }
                out.push(plain(Part::Access, 18, 14));
                cipher = Some(own);
            }
        }
        if self.opened_by != OpenedBy::Bac {
            out.push(select(cipher));
        }
        if let Some((own, key_len)) = self.chip_authentication {
            let mut data = [22, object(object(key_len))].to_vec();
            if own == CipherAlgorithm::Tdes {
                // MSE:Set KAT does both at once.
                data = vec![object(key_len)];
            }
            for (place, &len) in data.iter().enumerate() {
                let last = place + 1 == data.len();
                out.push(Exchange {
                    part: Part::ChipAuthentication,
                    command: command(cipher, len, usize::from(last)),
                    response: response(cipher, if last { 2 } else { 0 }),
                    data: 0,
                    key_operations: u32::from(last),
                });
            }
            cipher = Some(own);
        }
        if let Some(len) = self.active_authentication {
            out.push(Exchange {
                part: Part::ActiveAuthentication,
                command: command(cipher, 8, len),
                response: response(cipher, len),
                data: len,
                key_operations: 1,
            });
        }
        for &(file, len) in self.files.iter().filter(|(file, _)| !before(file)) {
            self.read(&mut out, file, len, cipher);
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
            let le = match (expected, answer) {
                (0, _) => 0,
                (_, ..=256) => 3,
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
