//! Data elements of DG11, DG12 and DG16: texts, dates, and the objects that hold them.
//!
//! Doc 9303-10, 3.9.1 (encoding of data), 4.7.11, 4.7.12 and 4.7.16. Chips write these files with more freedom than any
//! other: what is odd is noted by a name and read all the same, for the bytes are the issuer's own.

use crate::error::{ParseError, ParseErrorKind};
use crate::file_id::DataGroup;
use crate::lds::image::Image;
use crate::time::Date;
use crate::tlv::{Reader, Tag, Tlv, TlvError, outer};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use zeroize::Zeroizing;

/// More objects than any document writes into one file.
const MAX_OBJECTS: usize = 256;
/// Belgium writes an undocumented object whose tag no BER reader takes for one of two bytes (deviations row 98).
const BELGIAN_TAG: [u8; 2] = [0x5F, 0x85];

/// A text as it stands on the chip, but for fillers around it (deviations row 99). Wiped on drop, hidden in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Text(Zeroizing<String>);

impl Text {
    /// The text with the fillers (`<`) that stand inside it: between the fields of an address, between the identifiers
    /// of a name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands between the fillers, empty parts left out: the lines of an address, the words of a name.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('<').map(str::trim).filter(|p| !p.is_empty())
    }

    /// The parts with `between` between them.
    #[must_use]
    pub fn joined(&self, between: &str) -> Zeroizing<String> {
        let mut out = Zeroizing::new(String::with_capacity(
            self.0.len().saturating_mul(between.len().max(1)),
        ));
        for part in self.parts() {
            if !out.is_empty() {
                out.push_str(between);
            }
            out.push_str(part);
        }
        out
    }

    /// UTF-8, or Latin-1 where the bytes are no UTF-8; `true` beside it then.
    fn decode(bytes: &[u8]) -> (Self, bool) {
        let (text, odd) = match core::str::from_utf8(bytes) {
            Ok(text) => (Zeroizing::new(String::from(text)), false),
            Err(_) => {
                // Two bytes of UTF-8 for each of Latin-1 at the most.
                let mut text = Zeroizing::new(String::with_capacity(bytes.len().saturating_mul(2)));
                text.extend(bytes.iter().map(|b| char::from(*b)));
                (text, true)
            }
        };
        let trimmed = text.trim_matches(|c: char| c == '<' || c == '\0' || c.is_whitespace());
        (Self(Zeroizing::new(String::from(trimmed))), odd)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Text")
    }
}

/// A day of which parts may be unknown (`00`, or `0000` for the year). `Debug` shows nothing of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PartialDate {
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
}

impl PartialDate {
    /// The year, where it is known.
    #[must_use]
    pub const fn year(self) -> Option<u16> {
        self.year
    }

    /// The month, 1 to 12, where it is known.
    #[must_use]
    pub const fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, 1 to 31, where it is known.
    #[must_use]
    pub const fn day(self) -> Option<u8> {
        self.day
    }

    /// The day, where all of it is known.
    #[must_use]
    pub fn date(self) -> Option<Date> {
        Date::new(self.year?, self.month?, self.day?)
    }

    /// From YYYYMMDD. `None` for what is no day of the calendar.
    fn of(digits: &[u8]) -> Option<Self> {
        let part = |range: core::ops::Range<usize>| -> Option<Option<u16>> {
            let value = digits
                .get(range)?
                .iter()
                .fold(0u16, |n, d| n.wrapping_mul(10).wrapping_add(u16::from(*d)));
            Some((value > 0).then_some(value))
        };
        let narrow = |n: Option<u16>| match n {
            Some(n) => u8::try_from(n).ok().map(Some),
            None => Some(None),
        };
        let (year, month, day) = (part(0..4)?, narrow(part(4..6)?)?, narrow(part(6..8)?)?);
        // Any leap year with 31 days in the month stands in for what is unknown.
        Date::new(year.unwrap_or(2000), month.unwrap_or(1), day.unwrap_or(1))?;
        Some(Self { year, month, day })
    }
}

/// As `1974-08-12`; what is unknown as `xx`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("xxxx")?,
        }
        for part in [self.month, self.day] {
            match part {
                Some(number) => write!(f, "-{number:02}")?,
                None => f.write_str("-xx")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PartialDate")
    }
}

/// A day and a time of it, in no stated time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// The day.
    pub date: Date,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 60.
    pub second: u8,
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {:02}:{:02}:{:02}",
            self.date, self.hour, self.minute, self.second
        )
    }
}

/// An object that no field holds: unknown, repeated, or unreadable. Wiped on drop, hidden in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct OtherObject {
    /// The tag.
    pub tag: Tag,
    /// The value.
    pub value: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for OtherObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OtherObject({}, {} bytes)", self.tag, self.value.len())
    }
}

/// What was odd in a file, each name once, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Oddities(pub(super) Vec<&'static str>);

impl Oddities {
    pub(super) fn note(&mut self, name: &'static str) {
        if !self.0.contains(&name) {
            self.0.push(name);
        }
    }
}

/// The objects of a file with a tag list, those inside `A0` among the others: some issuers wrap what others write
/// directly (deviations row 97).
pub(super) struct Elements<'a> {
    objects: Vec<Tlv<'a>>,
    pub(super) oddities: Oddities,
    pub(super) others: Vec<OtherObject>,
}

impl<'a> Elements<'a> {
    /// Takes the file apart: the outer tag, the tag list, the objects. Empty ones are left out (row 98).
    pub(super) fn of(bytes: &'a [u8], group: DataGroup) -> Result<Self, ParseError> {
        let file = outer(bytes, group.tag()).map_err(|e| ParseError::of_tlv(group.into(), e))?;
        let mut elements = Self {
            objects: Vec::new(),
            oddities: Oddities::default(),
            others: Vec::new(),
        };
        elements.collect(file.children(), group, true)?;
        elements.compare_with_tag_list();
        Ok(elements)
    }

    /// The objects of one template of DG16, which has no tag list.
    pub(super) fn of_template(template: &Tlv<'a>, group: DataGroup) -> Result<Self, ParseError> {
        let mut elements = Self {
            objects: Vec::new(),
            oddities: Oddities::default(),
            others: Vec::new(),
        };
        elements.collect(template.children(), group, false)?;
        Ok(elements)
    }

    fn collect(
        &mut self,
        mut reader: Reader<'a>,
        group: DataGroup,
        may_nest: bool,
    ) -> Result<(), ParseError> {
        while !reader.is_empty() {
            let offset = reader.offset();
            let object = match next(&mut reader) {
                Ok(object) => object,
                // Zeros fill the template up.
                Err(_) if reader.rest().iter().all(|b| *b == 0) => {
                    self.oddities.note("filled_up_with_zeros");
                    return Ok(());
                }
                Err(error) => return Err(ParseError::of_tlv(group.into(), error)),
            };
            if self.objects.len() >= MAX_OBJECTS {
                let kind = ParseErrorKind::Length;
                return Err(ParseError::new(Some(group.into()), offset, kind));
            }
            match object.tag.0 {
                0xA0 if may_nest => self.collect(object.children(), group, false)?,
                0 if object.value.is_empty() => self.oddities.note("filled_up_with_zeros"),
                _ if object.value.is_empty() => self.oddities.note("empty_data_object"),
                _ => self.objects.push(object),
            }
        }
        Ok(())
    }

    /// The list says which objects are there; where it says otherwise, what is there counts.
    fn compare_with_tag_list(&mut self) {
        let Some(place) = self.objects.iter().position(|o| o.tag.0 == 0x5C) else {
            return self.oddities.note("tag_list_missing");
        };
        let list = self.objects.remove(place);
        let mut listed = Vec::new();
        let mut rest = list.value;
        while let Some((tag, after)) = take_tag(rest) {
            listed.push(tag);
            rest = after;
        }
        // The number of other names and the template around them are no data elements.
        let is_element = |tag: &u32| !matches!(*tag, 0x02 | 0xA0);
        let differs = !rest.is_empty()
            || listed
                .iter()
                .filter(|tag| is_element(tag))
                .any(|tag| !self.objects.iter().any(|o| o.tag.0 == *tag))
            || self
                .objects
                .iter()
                .any(|o| is_element(&o.tag.0) && !listed.contains(&o.tag.0));
        if differs {
            self.oddities.note("tag_list_differs");
        }
    }

    /// The first object with this tag, taken out. Further ones go to the others.
    pub(super) fn take(&mut self, tag: u32) -> Option<Tlv<'a>> {
        let mut found = self.take_all(tag).into_iter();
        let first = found.next();
        for repeated in found {
            self.oddities.note("repeated_data_object");
            self.keep(&repeated);
        }
        first
    }

    /// Every object with this tag, taken out.
    pub(super) fn take_all(&mut self, tag: u32) -> Vec<Tlv<'a>> {
        let (found, rest) = self.objects.iter().partition(|o| o.tag.0 == tag);
        self.objects = rest;
        found
    }

    /// The text with this tag.
    pub(super) fn text(&mut self, tag: u32) -> Option<Text> {
        let object = self.take(tag)?;
        self.as_text(&object)
    }

    /// Every text with this tag.
    pub(super) fn texts(&mut self, tag: u32) -> Vec<Text> {
        let objects = self.take_all(tag);
        objects.iter().filter_map(|o| self.as_text(o)).collect()
    }

    /// Every text with this tag, and whether there are as many as the file says (tag 02).
    pub(super) fn names(&mut self, tag: u32) -> Vec<Text> {
        let stated = self.take(0x02);
        let names = self.texts(tag);
        let count = |number: Tlv<'_>| number.value.last().map(|n| usize::from(*n));
        if stated.is_some_and(|number| count(number) != Some(names.len())) {
            self.oddities.note("count_of_names_differs");
        }
        names
    }

    /// The picture with this tag.
    pub(super) fn image(&mut self, tag: u32) -> Option<Image> {
        let object = self.take(tag)?;
        Some(Image::of(object.value, &mut self.oddities))
    }

    fn as_text(&mut self, object: &Tlv<'_>) -> Option<Text> {
        let (text, odd) = Text::decode(object.value);
        if odd {
            self.oddities.note("text_not_utf_8");
        }
        (!text.as_str().is_empty()).then_some(text)
    }

    /// The day with this tag: eight digits, or four bytes of BCD (deviations rows 94 and 95).
    pub(super) fn date(&mut self, tag: u32) -> Option<PartialDate> {
        let object = self.take(tag)?;
        let date = digits(object.value, 8).and_then(|(digits, packed)| {
            if packed {
                self.oddities.note("date_in_bcd");
            }
            PartialDate::of(&digits)
        });
        if date.is_none() {
            self.oddities.note("date_unreadable");
            self.keep(&object);
        }
        date
    }

    /// The time with this tag: fourteen digits, or seven bytes of BCD (deviations row 96).
    pub(super) fn time(&mut self, tag: u32) -> Option<LocalTime> {
        let object = self.take(tag)?;
        let time = digits(object.value, 14).and_then(|(digits, packed)| {
            if packed {
                self.oddities.note("time_in_bcd");
            }
            local_time(&digits)
        });
        if time.is_none() {
            self.oddities.note("time_unreadable");
            self.keep(&object);
        }
        time
    }

    /// What was not taken out, for whoever wants to see it, and the names of what was odd.
    pub(super) fn finish(mut self) -> (Vec<OtherObject>, Vec<&'static str>) {
        for object in core::mem::take(&mut self.objects) {
            self.oddities.note("unknown_data_object");
            self.keep(&object);
        }
        (self.others, self.oddities.0)
    }

    fn keep(&mut self, object: &Tlv<'_>) {
        self.others.push(OtherObject {
            tag: object.tag,
            value: Zeroizing::new(object.value.to_vec()),
        });
    }
}

/// The next object, that of Belgium too.
fn next<'a>(reader: &mut Reader<'a>) -> Result<Tlv<'a>, TlvError> {
    let rest = reader.rest();
    let Some(after) = rest.strip_prefix(&BELGIAN_TAG) else {
        return reader.read();
    };
    let start = reader.offset();
    let missing = TlvError::Truncated {
        offset: start.saturating_add(rest.len()),
    };
    // Its length is read as that of an object with a tag of one byte.
    let header = match after.split_first() {
        Some((0..=0x7F, _)) => 1,
        Some((0x81, _)) => 2,
        Some((0x82, _)) => 3,
        _ => return Err(missing),
    };
    let len = after
        .get(..header)
        .unwrap_or_default()
        .iter()
        .skip(usize::from(header > 1))
        .fold(0usize, |n, b| n.wrapping_shl(8) | usize::from(*b));
    let total = BELGIAN_TAG.len().saturating_add(header).saturating_add(len);
    let raw = rest.get(..total).ok_or(missing)?;
    reader.advance(total);
    Ok(Tlv {
        tag: Tag(0x5F85),
        value: raw
            .get(BELGIAN_TAG.len().saturating_add(header)..)
            .unwrap_or_default(),
        raw,
        offset: start,
    })
}

/// The first tag of a tag list.
fn take_tag(list: &[u8]) -> Option<(u32, &[u8])> {
    let (first, rest) = list.split_first()?;
    if first & 0x1F != 0x1F {
        return Some((u32::from(*first), rest));
    }
    let (second, rest) = rest.split_first()?;
    Some((u32::from(*first) << 8 | u32::from(*second), rest))
}

/// `count` digits, one in a byte or two (BCD, `true` then).
fn digits(bytes: &[u8], count: usize) -> Option<(Zeroizing<Vec<u8>>, bool)> {
    let mut out = Zeroizing::new(Vec::with_capacity(count));
    let packed = bytes.len().checked_mul(2) == Some(count);
    if packed {
        out.extend(bytes.iter().flat_map(|b| [b >> 4, b & 0x0F]));
    } else if bytes.len() == count {
        out.extend(bytes.iter().map(|b| b.wrapping_sub(b'0')));
    }
    (out.len() == count && out.iter().all(|d| *d <= 9)).then_some((out, packed))
}

fn local_time(digits: &[u8]) -> Option<LocalTime> {
    let date = PartialDate::of(digits.get(..8)?)?.date()?;
    let two = |at: usize| -> Option<u8> {
        let (tens, ones) = (digits.get(at)?, digits.get(at.checked_add(1)?)?);
        tens.checked_mul(10)?.checked_add(*ones)
    };
    let (hour, minute, second) = (two(8)?, two(10)?, two(12)?);
    (hour < 24 && minute < 60 && second <= 60).then_some(LocalTime {
        date,
        hour,
        minute,
        second,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    fn date(text: &str) -> Option<PartialDate> {
        let (digits, _) = digits(text.as_bytes(), 8)?;
        PartialDate::of(&digits)
    }

    #[test]
    fn days_of_which_parts_are_unknown() {
        for (text, shown) in [
            ("19740812", "1974-08-12"),
            ("19740800", "1974-08-xx"),
            ("19740000", "1974-xx-xx"),
            ("00000812", "xxxx-08-12"),
            ("00000000", "xxxx-xx-xx"),
            ("00000229", "xxxx-02-29"),
        ] {
            let day = date(text).unwrap();
            assert_eq!(day.to_string(), shown);
            assert_eq!(day.date().is_some(), text == "19740812");
        }
        for text in ["19741301", "19740231", "1974081", "1974081x", "        "] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn texts_hide_and_split() {
        let (text, odd) = Text::decode(b"<<123 MAPLE RD<ANYTOWN<MN<<");
        assert!(!odd);
        assert_eq!(text.as_str(), "123 MAPLE RD<ANYTOWN<MN");
        assert_eq!(*text.joined(", "), "123 MAPLE RD, ANYTOWN, MN");
        assert_eq!(
            std::format!("{text:?} {:?}", date("19740812")),
            "Text Some(PartialDate)"
        );
        let (latin, odd) = Text::decode(b"M\xDCLLER");
        assert!(odd);
        assert_eq!(latin.as_str(), "MÜLLER");
    }
}
