//! ASN.1 in BER and DER, as far as certificates, signed objects and revocation lists use it.
//!
//! X.690. Reads and never re-encodes: every [`Element`] keeps the raw bytes that stand in the file, because
//! digests and signatures are over exactly those. Lenient where real issuers are (indefinite and non-minimal lengths,
//! unsorted SETs, padded or negative INTEGERs: deviations rows 48, 61, 65, 74), strict where leniency would let bytes
//! hide: a length must fit what is there, and readers end with [`Reader::finish`].

use crate::time::{DAY, Date, UnixTime};
use alloc::borrow::Cow;
use core::fmt;

/// BOOLEAN.
pub const BOOLEAN: u8 = 0x01;
/// INTEGER.
pub const INTEGER: u8 = 0x02;
/// BIT STRING.
pub const BIT_STRING: u8 = 0x03;
/// OCTET STRING.
pub const OCTET_STRING: u8 = 0x04;
/// NULL.
pub const NULL: u8 = 0x05;
/// OBJECT IDENTIFIER.
pub const OBJECT_IDENTIFIER: u8 = 0x06;
/// UTCTime.
pub const UTC_TIME: u8 = 0x17;
/// GeneralizedTime.
pub const GENERALIZED_TIME: u8 = 0x18;
/// SEQUENCE, SEQUENCE OF.
pub const SEQUENCE: u8 = 0x30;
/// SET, SET OF.
pub const SET: u8 = 0x31;

/// Constructed elements may nest this deep: an honest security object needs 11 levels.
const MAX_DEPTH: u8 = 24;
/// The pieces of one constructed OCTET STRING.
const MAX_PIECES: usize = 4096;

/// The tag of a constructed context-specific element, `[n]`, for `n` under 31.
#[must_use]
pub const fn context(n: u8) -> u8 {
    0xA0 | (n & 0x1F)
}

/// The tag of a primitive context-specific element, `[n] IMPLICIT`, for `n` under 31.
#[must_use]
pub const fn context_primitive(n: u8) -> u8 {
    0x80 | (n & 0x1F)
}

/// What is wrong with the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// They end inside an element.
    Truncated,
    /// A tag number of 31 or more: none of the structures has one.
    TagUnsupported,
    /// A length of more than four bytes, or an indefinite one on a primitive element.
    LengthUnsupported,
    /// Elements nest too deep.
    TooDeep,
    /// Another tag stands where one was demanded.
    UnexpectedTag {
        /// What stands there.
        found: u8,
        /// What was demanded.
        expected: u8,
    },
    /// Bytes stand behind the last element.
    TrailingBytes,
    /// A value that its type does not allow (a BOOLEAN of two bytes, a date that does not exist).
    Value,
    /// More elements, or more bytes, than any honest file has.
    TooMany,
    /// Something that the structure demands is absent.
    Missing,
    /// A version, or a type of content, that is not the demanded one.
    Version,
}

/// Why bytes are not the structure that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asn1Error {
    /// Where, in bytes from the start of what was given to the outermost reader.
    pub offset: usize,
    /// What.
    pub problem: Problem,
}

impl Asn1Error {
    /// At `offset`, `problem`.
    #[must_use]
    pub const fn new(offset: usize, problem: Problem) -> Self {
        Self { offset, problem }
    }
}

impl fmt::Display for Asn1Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = self.offset;
        match self.problem {
            Problem::Truncated => write!(f, "the ASN.1 ends early at byte {offset}"),
            Problem::TagUnsupported => write!(f, "unknown ASN.1 tag at byte {offset}"),
            Problem::LengthUnsupported => write!(f, "unusable ASN.1 length at byte {offset}"),
            Problem::TooDeep => write!(f, "ASN.1 nested too deep at byte {offset}"),
            Problem::UnexpectedTag { found, expected } => {
                write!(
                    f,
                    "ASN.1 tag {found:02X} at byte {offset} where {expected:02X} is due"
                )
            }
            Problem::TrailingBytes => write!(f, "bytes stand behind the ASN.1, from {offset} on"),
            Problem::Value => write!(f, "a value at byte {offset} that its type does not allow"),
            Problem::TooMany => write!(f, "more than allowed, from byte {offset} on"),
            Problem::Missing => write!(f, "a demanded element is missing at byte {offset}"),
            Problem::Version => write!(f, "unknown version or content type at byte {offset}"),
        }
    }
}

impl core::error::Error for Asn1Error {}

/// One element, borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    /// The identifier octet: class, constructed bit and number.
    pub tag: u8,
    /// The contents; of an indefinite length, without the end-of-contents octets.
    pub value: &'a [u8],
    /// The whole element as it stands in the file.
    pub raw: &'a [u8],
    /// Where it begins.
    pub offset: usize,
    header_len: u8,
    depth: u8,
}

impl<'a> Element<'a> {
    /// Reads over the elements inside this one.
    ///
    /// # Errors
    /// [`Problem::TooDeep`].
    pub const fn children(&self) -> Result<Reader<'a>, Asn1Error> {
        if self.depth >= MAX_DEPTH {
            return Err(Asn1Error::new(self.offset, Problem::TooDeep));
        }
        Ok(Reader {
            rest: self.value,
            offset: self.value_offset(),
            depth: self.depth + 1,
        })
    }

    /// Whether the length is indefinite, and end-of-contents octets stand behind the contents.
    #[must_use]
    pub const fn is_indefinite(&self) -> bool {
        self.raw.len() != self.value.len().saturating_add(self.header_len as usize)
    }

    /// Where the contents begin.
    #[must_use]
    pub const fn value_offset(&self) -> usize {
        self.offset.saturating_add(self.header_len as usize)
    }

    /// An error about this element.
    #[must_use]
    pub const fn error(&self, problem: Problem) -> Asn1Error {
        Asn1Error::new(self.offset, problem)
    }

    /// The contents of an INTEGER of zero or more, without leading zeros.
    ///
    /// # Errors
    /// [`Problem::Value`] for an empty or a negative one.
    pub fn unsigned(&self) -> Result<&'a [u8], Asn1Error> {
        match self.value.first() {
            None => Err(self.error(Problem::Value)),
            Some(first) if first & 0x80 != 0 => Err(self.error(Problem::Value)),
            Some(_) => Ok(without_leading_zeros(self.value)),
        }
    }

    /// The contents of an INTEGER that fits 32 bits and is not negative.
    ///
    /// # Errors
    /// [`Problem::Value`].
    pub fn small(&self) -> Result<u32, Asn1Error> {
        let bytes = self.unsigned()?;
        if bytes.len() > 4 {
            return Err(self.error(Problem::Value));
        }
        Ok(bytes.iter().fold(0, |n, b| n << 8 | u32::from(*b)))
    }

    /// The bytes of a BIT STRING of whole bytes.
    ///
    /// # Errors
    /// [`Problem::Value`] where bits are left unused.
    pub fn bit_string(&self) -> Result<&'a [u8], Asn1Error> {
        match self.value.split_first() {
            Some((0, bytes)) => Ok(bytes),
            _ => Err(self.error(Problem::Value)),
        }
    }

    /// The contents of an OCTET STRING, primitive or in pieces (row 48).
    ///
    /// # Errors
    /// [`Asn1Error`] for another element.
    pub fn octets(&self) -> Result<Cow<'a, [u8]>, Asn1Error> {
        const IN_PIECES: u8 = OCTET_STRING | 0x20;
        match self.tag {
            OCTET_STRING => Ok(Cow::Borrowed(self.value)),
            IN_PIECES => {
                let mut whole = alloc::vec::Vec::with_capacity(self.value.len());
                let mut reader = self.children()?;
                let mut pieces = 0usize;
                while !reader.is_empty() {
                    pieces = pieces.saturating_add(1);
                    if pieces > MAX_PIECES {
                        return Err(self.error(Problem::TooMany));
                    }
                    whole.extend_from_slice(reader.expect(OCTET_STRING)?.value);
                }
                Ok(Cow::Owned(whole))
            }
            found => Err(self.error(Problem::UnexpectedTag {
                found,
                expected: OCTET_STRING,
            })),
        }
    }

    /// A UTCTime (1950 to 2049) or GeneralizedTime, in UTC or with an offset; fractions of seconds are dropped.
    ///
    /// # Errors
    /// [`Problem::Value`].
    pub fn time(&self) -> Result<UnixTime, Asn1Error> {
        match self.tag {
            UTC_TIME | GENERALIZED_TIME => {
                time(self.value, self.tag == GENERALIZED_TIME).ok_or(self.error(Problem::Value))
            }
            found => Err(self.error(Problem::UnexpectedTag {
                found,
                expected: UTC_TIME,
            })),
        }
    }
}

impl Element<'_> {
    /// The contents of a GeneralizedTime under a context-specific tag.
    #[must_use]
    pub fn implicit_generalized_time(&self) -> Option<UnixTime> {
        time(self.value, true)
    }
}

/// Reads elements one after the other.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    offset: usize,
    depth: u8,
}

impl<'a> Reader<'a> {
    /// Starts at the first byte of `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self::at(bytes, 0)
    }

    /// Starts at the first byte of `bytes`, which stands at `offset` of the file.
    #[must_use]
    pub const fn at(bytes: &'a [u8], offset: usize) -> Self {
        Self {
            rest: bytes,
            offset,
            depth: 0,
        }
    }

    /// Whether every byte has been read.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Where the next element begins.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// The tag of the next element, if there is one.
    #[must_use]
    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Reads the next element.
    ///
    /// # Errors
    /// [`Asn1Error`] where the bytes hold no whole element.
    pub fn read(&mut self) -> Result<Element<'a>, Asn1Error> {
        let (header_len, value_len, total) = measure(self.rest, self.depth)
            .map_err(|(at, problem)| Asn1Error::new(self.offset.saturating_add(at), problem))?;
        let truncated = Asn1Error::new(
            self.offset.saturating_add(self.rest.len()),
            Problem::Truncated,
        );
        let (raw, rest) = self.rest.split_at_checked(total).ok_or(truncated)?;
        let end = usize::from(header_len).saturating_add(value_len);
        let element = Element {
            tag: raw.first().copied().ok_or(truncated)?,
            value: raw.get(usize::from(header_len)..end).ok_or(truncated)?,
            raw,
            offset: self.offset,
            header_len,
            depth: self.depth,
        };
        self.rest = rest;
        self.offset = self.offset.saturating_add(total);
        Ok(element)
    }

    /// Reads the next element, which must have `tag`.
    ///
    /// # Errors
    /// [`Asn1Error`] where there is none or another one.
    pub fn expect(&mut self, tag: u8) -> Result<Element<'a>, Asn1Error> {
        match self.peek() {
            Some(found) if found == tag => self.read(),
            Some(found) => Err(Asn1Error::new(
                self.offset,
                Problem::UnexpectedTag {
                    found,
                    expected: tag,
                },
            )),
            None => Err(Asn1Error::new(self.offset, Problem::Missing)),
        }
    }

    /// Reads the next element if it has `tag`.
    ///
    /// # Errors
    /// [`Asn1Error`] where the element has the tag and is not whole.
    pub fn take_if(&mut self, tag: u8) -> Result<Option<Element<'a>>, Asn1Error> {
        if self.peek() == Some(tag) {
            self.read().map(Some)
        } else {
            Ok(None)
        }
    }

    /// Makes sure that nothing stands behind the last element.
    ///
    /// # Errors
    /// [`Problem::TrailingBytes`].
    pub const fn finish(&self) -> Result<(), Asn1Error> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Asn1Error::new(self.offset, Problem::TrailingBytes))
        }
    }
}

/// The first element of `bytes`, which must have `tag` and be all there is.
///
/// # Errors
/// [`Asn1Error`].
pub fn only(bytes: &[u8], tag: u8) -> Result<Element<'_>, Asn1Error> {
    let mut reader = Reader::new(bytes);
    let element = reader.expect(tag)?;
    reader.finish()?;
    Ok(element)
}

/// `bytes` from its first byte that is not zero on.
#[must_use]
pub fn without_leading_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|b| **b == 0).count();
    bytes.get(zeros..).unwrap_or_default()
}

type Measure = Result<(u8, usize, usize), (usize, Problem)>;

/// Header length, value length and total length (which an indefinite length makes two longer).
fn measure(bytes: &[u8], depth: u8) -> Measure {
    let tag = *bytes.first().ok_or((0, Problem::Truncated))?;
    if tag & 0x1F == 0x1F {
        return Err((0, Problem::TagUnsupported));
    }
    match *bytes.get(1).ok_or((1, Problem::Truncated))? {
        short @ 0..=0x7F => {
            let len = usize::from(short);
            Ok((2, len, len.saturating_add(2)))
        }
        0x80 => indefinite(bytes, tag, depth),
        long @ 0x81..=0x84 => {
            let count = long & 0x0F;
            let mut len: u32 = 0;
            for i in 0..count {
                let at = usize::from(i).saturating_add(2);
                len = len << 8 | u32::from(*bytes.get(at).ok_or((at, Problem::Truncated))?);
            }
            let len = usize::try_from(len).map_err(|_| (1, Problem::LengthUnsupported))?;
            let header = count.saturating_add(2);
            Ok((header, len, len.saturating_add(usize::from(header))))
        }
        _ => Err((1, Problem::LengthUnsupported)),
    }
}

/// Walks to the end-of-contents octets. Each level of nesting walks its bytes once more, and the depth is capped.
fn indefinite(bytes: &[u8], tag: u8, depth: u8) -> Measure {
    if tag & 0x20 == 0 {
        return Err((1, Problem::LengthUnsupported));
    }
    if depth >= MAX_DEPTH {
        return Err((0, Problem::TooDeep));
    }
    let mut at = 2usize;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        if rest.starts_with(&[0, 0]) {
            return Ok((2, at.saturating_sub(2), at.saturating_add(2)));
        }
        let (_, _, total) = measure(rest, depth.saturating_add(1))
            .map_err(|(inner, problem)| (at.saturating_add(inner), problem))?;
        if total > rest.len() {
            return Err((bytes.len(), Problem::Truncated));
        }
        at = at.saturating_add(total);
    }
}

/// `YYMMDDhhmm[ss]` or `YYYYMMDDhh[mm[ss]][.fff]`, then `Z`, `+hhmm` or nothing.
fn time(text: &[u8], four_digit_year: bool) -> Option<UnixTime> {
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    let (numbers, mut zone) = text.split_at_checked(digits)?;
    let (year, numbers) = if four_digit_year {
        let (year, rest) = numbers.split_at_checked(4)?;
        (decimal(year), rest)
    } else {
        let (year, rest) = numbers.split_at_checked(2)?;
        let year = decimal(year);
        (if year < 50 { year + 2000 } else { year + 1900 }, rest)
    };
    if !matches!(numbers.len(), 6 | 8 | 10) {
        return None;
    }
    let mut fields = numbers.chunks(2).map(decimal);
    let (month, day) = (fields.next()?, fields.next()?);
    let hour = i64::from(fields.next()?);
    let minute = i64::from(fields.next().unwrap_or(0));
    let second = i64::from(fields.next().unwrap_or(0));
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    if four_digit_year && matches!(zone.first(), Some(b'.' | b',')) {
        let fraction = zone
            .iter()
            .skip(1)
            .take_while(|b| b.is_ascii_digit())
            .count();
        zone = zone.get(fraction.checked_add(1)?..)?;
    }
    let ahead = match zone {
        [] | [b'Z'] => 0,
        [sign @ (b'+' | b'-'), offset @ ..] => {
            if offset.len() != 4 || !offset.iter().all(u8::is_ascii_digit) {
                return None;
            }
            let offset = i64::from(decimal(offset));
            let seconds = (offset / 100).saturating_mul(3600) + (offset % 100).saturating_mul(60);
            if seconds > DAY {
                return None;
            }
            if *sign == b'-' { -seconds } else { seconds }
        }
        _ => return None,
    };
    let date = Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    let within = hour * 3600 + minute * 60 + second - ahead;
    Some(UnixTime(date.midnight_utc().0.checked_add(within)?))
}

/// At most four decimal digits.
fn decimal(digits: &[u8]) -> u16 {
    digits
        .iter()
        .take(4)
        .fold(0, |n, d| n * 10 + u16::from(d.saturating_sub(b'0').min(9)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn indefinite_lengths_nest_and_keep_their_raw_bytes() {
        let bytes = [
            0x30, 0x80, 0x24, 0x80, 0x04, 0x02, 0x00, 0x00, 0x04, 0x01, 0x07, 0x00, 0x00, 0x02,
            0x01, 0x05, 0x00, 0x00,
        ];
        let sequence = only(&bytes, SEQUENCE).unwrap();
        assert_eq!(sequence.raw, bytes);
        let mut inside = sequence.children().unwrap();
        assert_eq!(inside.read().unwrap().octets().unwrap().as_ref(), [0, 0, 7]);
        assert_eq!(inside.expect(INTEGER).unwrap().offset, 13);
        inside.finish().unwrap();
        for cut in 0..bytes.len() {
            assert!(only(&bytes[..cut], SEQUENCE).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn nesting_without_end_is_refused() {
        let bytes: Vec<u8> = [0x30, 0x80].repeat(100_000);
        assert_eq!(
            Reader::new(&bytes).read().unwrap_err().problem,
            Problem::TooDeep
        );
    }

    #[test]
    fn times_of_every_form() {
        let read = |tag, text: &[u8]| {
            let bytes = crate::tlv::encode(tag, text);
            Reader::new(&bytes).read().unwrap().time().ok().map(|t| t.0)
        };
        let utc = u32::from(UTC_TIME);
        let general = u32::from(GENERALIZED_TIME);
        assert_eq!(read(utc, b"700101000000Z"), Some(0));
        assert_eq!(read(utc, b"7001010000Z"), Some(0));
        assert_eq!(read(utc, b"491231235959Z"), Some(2_524_607_999));
        assert_eq!(read(utc, b"500101000000Z"), Some(-631_152_000));
        assert_eq!(read(utc, b"700101010000+0100"), Some(0));
        assert_eq!(read(general, b"19700101000000Z"), Some(0));
        assert_eq!(read(general, b"19700101000000.123Z"), Some(0));
        for broken in [
            &b"700230000000Z"[..],
            b"",
            b"7001",
            b"700101000000X",
            b"700101250000Z",
            b"700101000000+01",
        ] {
            assert_eq!(read(utc, broken), None);
        }
    }

    #[test]
    fn integers() {
        let small = |bytes: &[u8]| only(bytes, INTEGER).unwrap().small();
        assert_eq!(small(&[2, 3, 0, 0, 5]), Ok(5));
        assert!(small(&[2, 1, 0x80]).is_err());
        assert!(small(&[2, 0]).is_err());
        assert!(small(&[2, 5, 1, 0, 0, 0, 0]).is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_never_panic(bytes: Vec<u8>) {
            let mut reader = Reader::new(&bytes);
            while let Ok(element) = reader.read() {
                let _ = (element.time(), element.small(), element.octets(), element.bit_string());
                if let Ok(mut children) = element.children() {
                    while children.read().is_ok() {}
                }
            }
        }
    }
}
