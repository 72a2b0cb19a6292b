//! BER-TLV as chips use it.
//!
//! ISO/IEC 7816-4, 5.2.2 (tags of one to three bytes, lengths of one to five bytes); Doc 9303-10, 4.7.
//! Lenient where real chips are (non-minimal lengths), strict where leniency would let bytes hide
//! (a length must fit what is there). Indefinite lengths are refused here; the CMS reader deals with them.

use alloc::vec::Vec;
use core::fmt;

/// A tag of one to three bytes, as it stands on the wire: `0x77`, `0x5F1F`, `0x7F61`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(pub u32);

impl Tag {
    /// Whether the value is itself a sequence of TLVs (bit 6 of the first byte).
    #[must_use]
    pub const fn is_constructed(self) -> bool {
        let first = if self.0 > 0xFFFF {
            self.0 >> 16
        } else if self.0 > 0xFF {
            self.0 >> 8
        } else {
            self.0
        };
        first & 0x20 != 0
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02X}", self.0)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Why bytes are not the TLV that was asked for. Offsets count from the start of the slice given to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TlvError {
    /// The bytes end inside a tag, a length or a value.
    Truncated {
        /// Where the missing byte would stand.
        offset: usize,
    },
    /// A tag of more than three bytes.
    TagTooLong {
        /// Where the tag begins.
        offset: usize,
    },
    /// An indefinite length, or one of more than four bytes.
    LengthUnsupported {
        /// Where the length begins.
        offset: usize,
    },
    /// Another tag stands where one was demanded.
    UnexpectedTag {
        /// Where the tag begins.
        offset: usize,
        /// What stands there.
        found: Tag,
        /// What was demanded.
        expected: Tag,
    },
    /// Bytes stand behind the last TLV.
    TrailingBytes {
        /// Where they begin.
        offset: usize,
    },
}

impl TlvError {
    /// Where in the given slice the trouble stands, in bytes.
    #[must_use]
    pub const fn offset(self) -> usize {
        match self {
            Self::Truncated { offset }
            | Self::TagTooLong { offset }
            | Self::LengthUnsupported { offset }
            | Self::UnexpectedTag { offset, .. }
            | Self::TrailingBytes { offset } => offset,
        }
    }
}

impl fmt::Display for TlvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated { offset } => write!(f, "the TLV ends early at byte {offset}"),
            Self::TagTooLong { offset } => write!(f, "the tag at byte {offset} is too long"),
            Self::LengthUnsupported { offset } => {
                write!(f, "the length at byte {offset} is indefinite or too long")
            }
            Self::UnexpectedTag {
                offset,
                found,
                expected,
            } => write!(f, "tag {found} at byte {offset} where {expected} is due"),
            Self::TrailingBytes { offset } => {
                write!(f, "bytes stand behind the last TLV, from {offset} on")
            }
        }
    }
}

impl core::error::Error for TlvError {}

/// One TLV of a slice, borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tlv<'a> {
    /// The tag.
    pub tag: Tag,
    /// The value, without tag and length.
    pub value: &'a [u8],
    /// The whole TLV, tag and length included: what gets hashed.
    pub raw: &'a [u8],
    /// Where the TLV begins in the slice given to the reader.
    pub offset: usize,
}

impl<'a> Tlv<'a> {
    /// Reads over the value's own TLVs; their offsets go on counting from the same start.
    #[must_use]
    pub fn children(&self) -> Reader<'a> {
        let header = self.raw.len().saturating_sub(self.value.len());
        Reader {
            rest: self.value,
            offset: self.offset.saturating_add(header),
        }
    }

    /// The first child with `tag`, if the value parses that far.
    #[must_use]
    pub fn child(&self, tag: u32) -> Option<Tlv<'a>> {
        self.children()
            .map_while(Result::ok)
            .find(|c| c.tag == Tag(tag))
    }
}

/// Reads TLVs one after the other. Also an iterator, which ends after the first error.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    offset: usize,
}

impl<'a> Reader<'a> {
    /// Starts at the first byte of `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            offset: 0,
        }
    }

    /// Whether every byte has been read.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The bytes not yet read.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Where the next TLV begins.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Passes over the next `len` bytes, whatever they are.
    pub(crate) fn advance(&mut self, len: usize) {
        let len = len.min(self.rest.len());
        self.rest = self.rest.get(len..).unwrap_or_default();
        self.offset = self.offset.saturating_add(len);
    }

    /// Reads the next TLV, whatever its tag.
    ///
    /// # Errors
    /// [`TlvError`] where the bytes hold no whole TLV.
    pub fn read(&mut self) -> Result<Tlv<'a>, TlvError> {
        let header = Header::parse(self.rest).map_err(|e| e.shifted(self.offset))?;
        let total = header.total();
        let (raw, rest) = self
            .rest
            .split_at_checked(total)
            .ok_or(TlvError::Truncated {
                offset: self.offset.saturating_add(self.rest.len()),
            })?;
        let value = raw.get(header.header_len..).unwrap_or_default();
        let tlv = Tlv {
            tag: header.tag,
            value,
            raw,
            offset: self.offset,
        };
        self.rest = rest;
        self.offset = self.offset.saturating_add(total);
        Ok(tlv)
    }

    /// Reads the next TLV, which must have `tag`.
    ///
    /// # Errors
    /// [`TlvError`] where the bytes hold no whole TLV or another one.
    pub fn expect(&mut self, tag: u32) -> Result<Tlv<'a>, TlvError> {
        let before = self.clone();
        let tlv = self.read()?;
        if tlv.tag == Tag(tag) {
            return Ok(tlv);
        }
        *self = before;
        Err(TlvError::UnexpectedTag {
            offset: tlv.offset,
            found: tlv.tag,
            expected: Tag(tag),
        })
    }

    /// Reads the next TLV if it has `tag`, and leaves the reader where it is if not.
    pub fn take_if(&mut self, tag: u32) -> Option<Tlv<'a>> {
        self.expect(tag).ok()
    }

    /// Makes sure that nothing stands behind the last TLV.
    ///
    /// # Errors
    /// [`TlvError::TrailingBytes`].
    pub const fn finish(&self) -> Result<(), TlvError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(TlvError::TrailingBytes {
                offset: self.offset,
            })
        }
    }
}

impl<'a> Iterator for Reader<'a> {
    type Item = Result<Tlv<'a>, TlvError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let item = self.read();
        if item.is_err() {
            self.rest = &[];
        }
        Some(item)
    }
}

/// Parses `bytes` as exactly one TLV with `tag`; what stands behind it is ignored
/// (padding behind an EF: deviations row 26).
///
/// # Errors
/// [`TlvError`] where the bytes do not begin with that TLV.
pub fn outer(bytes: &[u8], tag: u32) -> Result<Tlv<'_>, TlvError> {
    Reader::new(bytes).expect(tag)
}

/// Tag and length of a TLV whose value may not be there yet: enough to know how long a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The tag.
    pub tag: Tag,
    /// Bytes of tag and length together.
    pub header_len: usize,
    /// Bytes of the value.
    pub value_len: usize,
}

impl Header {
    /// Parses tag and length from the first bytes (at most eight are looked at).
    ///
    /// # Errors
    /// [`TlvError`] where they are cut short or of a form that chips do not use.
    pub fn parse(bytes: &[u8]) -> Result<Self, TlvError> {
        let at = |i: usize| {
            bytes
                .get(i)
                .copied()
                .ok_or(TlvError::Truncated { offset: i })
        };
        let first = at(0)?;
        let (tag, tag_len) = if first & 0x1F == 0x1F {
            let second = at(1)?;
            if second & 0x80 == 0 {
                (u32::from(first) << 8 | u32::from(second), 2)
            } else {
                let third = at(2)?;
                if third & 0x80 != 0 {
                    return Err(TlvError::TagTooLong { offset: 0 });
                }
                (
                    u32::from(first) << 16 | u32::from(second) << 8 | u32::from(third),
                    3,
                )
            }
        } else {
            (u32::from(first), 1)
        };
        let unsupported = TlvError::LengthUnsupported { offset: tag_len };
        let (value_len, length_len) = match at(tag_len)? {
            short @ 0..=0x7F => (usize::from(short), 1),
            long @ 0x81..=0x84 => {
                let count = usize::from(long & 0x0F);
                let mut len: u32 = 0;
                for i in 1..=count {
                    len = len << 8 | u32::from(at(tag_len.saturating_add(i))?);
                }
                (
                    usize::try_from(len).map_err(|_| unsupported)?,
                    count.saturating_add(1),
                )
            }
            _ => return Err(unsupported),
        };
        let header_len = tag_len.saturating_add(length_len);
        Ok(Self {
            tag: Tag(tag),
            header_len,
            value_len,
        })
    }

    /// Bytes of the whole TLV.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.header_len.saturating_add(self.value_len)
    }
}

impl TlvError {
    const fn shifted(self, by: usize) -> Self {
        match self {
            Self::Truncated { offset } => Self::Truncated {
                offset: offset.saturating_add(by),
            },
            Self::TagTooLong { offset } => Self::TagTooLong {
                offset: offset.saturating_add(by),
            },
            Self::LengthUnsupported { offset } => Self::LengthUnsupported {
                offset: offset.saturating_add(by),
            },
            other => other,
        }
    }
}

/// Appends one TLV with a minimal length to `out`.
pub fn write(out: &mut Vec<u8>, tag: u32, value: &[u8]) {
    let tag_bytes = tag.to_be_bytes();
    let skip = tag_bytes.iter().take_while(|b| **b == 0).count().min(3);
    out.extend(tag_bytes.iter().skip(skip));
    write_length(out, value.len());
    out.extend_from_slice(value);
}

/// One TLV with a minimal length.
#[must_use]
pub fn encode(tag: u32, value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len().saturating_add(8));
    write(&mut out, tag, value);
    out
}

/// One TLV whose value is `parts` one after the other.
#[must_use]
pub fn encode_all(tag: u32, parts: &[&[u8]]) -> Vec<u8> {
    encode(tag, &parts.concat())
}

fn write_length(out: &mut Vec<u8>, len: usize) {
    if len < 0x80 {
        out.push(len as u8);
        return;
    }
    let bytes = len.to_be_bytes();
    let skip = bytes.iter().take_while(|b| **b == 0).count();
    out.push(0x80 | (bytes.len().saturating_sub(skip)) as u8);
    out.extend(bytes.iter().skip(skip));
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn tags_of_one_two_and_three_bytes() {
        let bytes = [
            0x77, 0x00, 0x5F, 0x1F, 0x01, 0xAA, 0x7F, 0x61, 0x00, 0x1F, 0x81, 0x01, 0x00,
        ];
        let tags: Vec<u32> = Reader::new(&bytes).map(|t| t.unwrap().tag.0).collect();
        assert_eq!(tags, [0x77, 0x5F1F, 0x7F61, 0x1F8101]);
        assert!(Tag(0x77).is_constructed());
        assert!(!Tag(0x5F1F).is_constructed());
        assert!(Tag(0x7F61).is_constructed());
    }

    #[test]
    fn lengths_of_every_form_round_trip() {
        for len in [0usize, 1, 0x7F, 0x80, 0xFF, 0x100, 0xFFFF, 0x1_0000] {
            let value = vec![0x5A; len];
            let bytes = encode(0x61, &value);
            let tlv = outer(&bytes, 0x61).unwrap();
            assert_eq!(tlv.value, value);
            assert_eq!(tlv.raw, bytes);
        }
    }

    #[test]
    fn non_minimal_length_is_read() {
        let tlv = outer(&[0x61, 0x82, 0x00, 0x01, 0xAA], 0x61).unwrap();
        assert_eq!(tlv.value, [0xAA]);
    }

    #[test]
    fn indefinite_and_five_byte_lengths_are_refused() {
        for bytes in [&[0x30, 0x80, 0, 0][..], &[0x30, 0x85, 0, 0, 0, 0, 1, 0]] {
            assert_eq!(
                Reader::new(bytes).read(),
                Err(TlvError::LengthUnsupported { offset: 1 })
            );
        }
    }

    #[test]
    fn every_cut_is_an_error_at_its_own_offset() {
        let bytes = encode_all(0x7F61, &[&encode(0x02, &[1]), &encode(0x04, &[0; 200])]);
        for cut in 0..bytes.len() {
            assert!(outer(&bytes[..cut], 0x7F61).is_err(), "cut at {cut}");
        }
        assert_eq!(
            outer(&bytes[..10], 0x7F61),
            Err(TlvError::Truncated { offset: 10 })
        );
    }

    #[test]
    fn offsets_of_children_count_from_the_file() {
        let bytes = encode(0x61, &encode_all(0x30, &[&encode(0x04, &[9, 9])]));
        let inner = outer(&bytes, 0x61).unwrap().child(0x30).unwrap();
        assert_eq!(inner.offset, 2);
        assert_eq!(inner.child(0x04).unwrap().offset, 4);
    }

    #[test]
    fn huge_length_is_an_error_not_an_allocation() {
        assert_eq!(
            Reader::new(&[0x61, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 0]).read(),
            Err(TlvError::Truncated { offset: 7 })
        );
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_never_panic(bytes: Vec<u8>) {
            let total: usize = Reader::new(&bytes).map_while(Result::ok).map(|t| t.raw.len()).sum();
            proptest::prop_assert!(total <= bytes.len());
        }
    }
}
