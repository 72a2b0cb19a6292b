//! The card before the first command: answer to reset, ATS, identifier. Nothing of them that could be one card's alone.
//!
//! PC/SC part 3, 3.1.3.2.3 (the ATR that a reader makes up); ISO/IEC 14443-4, 5.2 (ATS); ISO/IEC 14443-3, 6.5.4 (UID, whose
//! first byte 08 says that it is random) and 7.9.4 (protocol info of type B).

use super::value_free::{ValueFree, facts};
use serde::{Serialize, Serializer};

facts! {
    /// The answer to reset.
    pub struct AtrFacts {
        /// Bytes.
        pub length: u16,
        /// `contactless`, `contactless_memory`, `contact` or `other`.
        pub form: &'static str,
        /// Whether its check byte is right, where it has one.
        pub check_byte_holds: Option<bool>,
        /// How many historical bytes there are.
        pub historical_length: u16,
        /// The card that is known by them (`hardware/cards.toml`).
        pub known_as: Option<&'static str>,
        /// How they begin: `00`, `10`, `80` (ISO/IEC 7816-4, 8.1.1), `text` or `other`.
        pub category: Option<&'static str>,
        /// Eight of them, read as what a chip of type B says of itself.
        pub as_type_b: Option<TypeBFacts>,
        /// Whether the reader puts the identifier of a type B chip before them: then they are told even less.
        pub holds_identifier: bool,
        /// The historical bytes themselves, only where a person asked for it: they are the same on a series of cards,
        /// and a maker may put a serial number there.
        pub historical_bytes: Option<HistoricalBytes>,
    }

    /// The answer to select of a chip of type A.
    pub struct AtsFacts {
        /// Bytes.
        pub length: u16,
        /// Whether its length byte and its content agree.
        pub well_formed: bool,
        /// The longest frame that the chip takes, in bytes.
        pub frame_size: Option<u32>,
        /// Bit rates from the chip that it offers, in kbit/s, besides 106.
        pub rates_from_chip: Vec<u32>,
        /// Bit rates to the chip.
        pub rates_to_chip: Vec<u32>,
        /// Whether both must be the same.
        pub same_rate_both_ways: Option<bool>,
        /// FWI: how long the chip may stay silent, 256·16/fc·2^FWI.
        pub waiting_time_integer: Option<u16>,
        /// SFGI: how long it wants to be left alone after the ATS.
        pub start_up_guard_integer: Option<u16>,
        /// Whether it takes a CID.
        pub takes_cid: Option<bool>,
        /// How many historical bytes there are.
        pub historical_length: u16,
    }

    /// What a chip of type B says of itself.
    pub struct TypeBFacts {
        /// Bit rates from the chip that it offers, in kbit/s, besides 106.
        pub rates_from_chip: Vec<u32>,
        /// Bit rates to the chip.
        pub rates_to_chip: Vec<u32>,
        /// Whether both must be the same.
        pub same_rate_both_ways: bool,
        /// The longest frame that the chip takes, in bytes.
        pub frame_size: Option<u32>,
        /// FWI.
        pub waiting_time_integer: u16,
        /// Whether it says that it follows ISO/IEC 14443-4.
        pub iso_14443_4: bool,
    }

    /// The identifier of the chip's radio, of which only this is told.
    pub struct UidFacts {
        /// Bytes.
        pub length: u16,
        /// Whether it says that it is random: four bytes, the first 08.
        pub random: bool,
        /// Whether it was the same after the card was activated again.
        pub same_again: Option<bool>,
    }
}

/// At most fifteen bytes that a person chose to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoricalBytes(Vec<u8>);

/// Not made unless asked for: see [`AtrFacts::with_historical_bytes`].
impl ValueFree for HistoricalBytes {}

impl Serialize for HistoricalBytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode_upper(&self.0))
    }
}

/// `hardware/cards.toml`, as far as it is about what a reader shows of a card; a test holds it to that file.
const KNOWN_ATRS: [(&str, &[u8]); 5] = [
    ("vietnam_mkjcos_37", b"\x3B\x89\x80\x01MKjCOS-37\x12"),
    (
        "vietnam_ujavelin_contact",
        b"\x3B\x9F\x96\xC0\x0A\x31\xFE\x45uJavelin-OS 1.0Q",
    ),
    (
        "ujavelin_other_product",
        b"\x3B\x9F\x96\xC0\xF0\x31\xFE\x45uJavelin-OS 1.0\xAB",
    ),
    (
        "thailand_passport",
        &[
            0x3B, 0x8B, 0x80, 0x01, 0x00, 0x31, 0xC0, 0x64, 0xB0, 0xFC, 0x10, 0x00, 0x00, 0x90,
            0x00, 0x53,
        ],
    ),
    ("no_historical_bytes", &[0x3B, 0x80, 0x80, 0x01, 0x01]),
];
const TYPE_B: (&str, &[u8]) = ("type_b_e1f35e117781", &[0xE1, 0xF3, 0x5E, 0x11, 0x77, 0x81]);
const KNOWN_TEXTS: [(&str, &[u8]); 2] = [("mtcos", b"MTCOS"), ("sce_8_0_c", b"SCE 8.0-C")];
const WITH_IDENTIFIER: (&str, u8, usize) = ("type_b_with_pupi", 0x50, 12);

impl AtrFacts {
    /// Of these bytes.
    #[must_use]
    pub fn of(atr: &[u8]) -> Self {
        let (form, historical) = historical(atr);
        let (_, first, length) = WITH_IDENTIFIER;
        let holds_identifier =
            form == CONTACTLESS && historical.len() == length && historical.first() == Some(&first);
        let shown = if holds_identifier {
            &[][..]
        } else {
            historical
        };
        Self {
            length: number(atr.len()),
            form,
            check_byte_holds: (form != OTHER && form != CONTACT)
                .then(|| atr.iter().skip(1).fold(0, |sum, byte| sum ^ byte) == 0),
            historical_length: number(historical.len()),
            known_as: known_as(atr, historical, holds_identifier),
            category: category(shown),
            as_type_b: (form == CONTACTLESS)
                .then(|| TypeBFacts::of(shown))
                .flatten(),
            holds_identifier,
            historical_bytes: None,
        }
    }

    /// The same with the historical bytes themselves: for a person who asked for it and sees them before sending. Told are
    /// those of a known card, and those of a length and a form in which a reader cannot have put a type B chip's answer,
    /// in whole or in part: the identifier is in it.
    #[must_use]
    pub fn with_historical_bytes(mut self, atr: &[u8]) -> Self {
        let (form, historical) = historical(atr);
        if form == CONTACTLESS && !may_hold_identifier(atr, historical) {
            self.historical_bytes = Some(HistoricalBytes(historical.to_vec()));
        }
        self
    }
}

/// Four bytes are an identifier; eight, eleven and twelve an answer to REQB without it, without its first byte, in whole; a
/// few more leave room for what else a reader adds. Of any other length only a text, or objects that fill it.
fn may_hold_identifier(atr: &[u8], historical: &[u8]) -> bool {
    if KNOWN_ATRS.iter().any(|(_, known)| *known == atr) {
        return false;
    }
    let length = matches!(historical.len(), 1..=3 | 5..=7 | 9 | 10);
    let form = match historical {
        [0x80, objects @ ..] => are_compact_tlv(objects),
        text => text.iter().all(|byte| (0x20..0x7F).contains(byte)),
    };
    !(length && form)
}

/// ISO/IEC 7816-4, 8.1.1.3.
fn are_compact_tlv(mut objects: &[u8]) -> bool {
    while let [head, rest @ ..] = objects {
        let Some(rest) = rest.get(usize::from(head & 0x0F)..) else {
            return false;
        };
        objects = rest;
    }
    true
}

const CONTACTLESS: &str = "contactless";
const CONTACT: &str = "contact";
const OTHER: &str = "other";

/// What the ATR is, and its historical bytes where they are at a known place.
fn historical(atr: &[u8]) -> (&'static str, &[u8]) {
    match atr {
        [0x3B, 0x8F, 0x80, 0x01, 0x80, 0x4F, ..] => ("contactless_memory", &[]),
        [0x3B, count @ 0x80..=0x8F, 0x80, 0x01, rest @ ..] => {
            let count = usize::from(count & 0x0F);
            match rest.get(..count) {
                Some(bytes) if rest.len() == count + 1 => (CONTACTLESS, bytes),
                _ => (OTHER, &[]),
            }
        }
        [0x3B | 0x3F, ..] => (CONTACT, &[]),
        _ => (OTHER, &[]),
    }
}

fn known_as(atr: &[u8], historical: &[u8], holds_identifier: bool) -> Option<&'static str> {
    let holds = |part: &[u8]| historical.windows(part.len()).any(|window| window == part);
    if holds_identifier {
        return Some(WITH_IDENTIFIER.0);
    }
    let mut exact = KNOWN_ATRS.iter();
    exact
        .find(|(_, known)| *known == atr)
        .map(|(code, _)| *code)
        .or_else(|| historical.starts_with(TYPE_B.1).then_some(TYPE_B.0))
        .or_else(|| {
            let mut texts = KNOWN_TEXTS.iter();
            texts.find(|(_, text)| holds(text)).map(|(code, _)| *code)
        })
}

fn category(historical: &[u8]) -> Option<&'static str> {
    Some(match historical {
        [] => return None,
        [0x00, ..] => "00",
        [0x10, ..] => "10",
        [0x80, ..] => "80",
        text if text.iter().all(|byte| (0x20..0x7F).contains(byte)) => "text",
        _ => "other",
    })
}

impl TypeBFacts {
    /// Application data, three bytes of protocol info, and one with MBLI: only the protocol info is looked at.
    fn of(historical: &[u8]) -> Option<Self> {
        let [_, _, _, _, rates, frame_and_protocol, waiting, _] = *historical else {
            return None;
        };
        // Bits that are to be zero: a reader that lays the bytes out otherwise has something else here.
        if rates & 0x08 != 0 || frame_and_protocol & 0x0E != 0 {
            return None;
        }
        let (from_chip, to_chip) = bit_rates(rates);
        Some(Self {
            rates_from_chip: from_chip,
            rates_to_chip: to_chip,
            same_rate_both_ways: rates & 0x80 != 0,
            frame_size: frame_size(frame_and_protocol >> 4),
            waiting_time_integer: u16::from(waiting >> 4),
            iso_14443_4: frame_and_protocol & 0x01 != 0,
        })
    }
}

impl AtsFacts {
    /// Of these bytes, as `FF CA 01 00 00` brings them, without the status word.
    #[must_use]
    pub fn of(ats: &[u8]) -> Self {
        let mut facts = Self {
            length: number(ats.len()),
            ..Self::default()
        };
        let [stated, format, rest @ ..] = ats else {
            return facts;
        };
        facts.well_formed = usize::from(*stated) == ats.len();
        facts.frame_size = frame_size(format & 0x0F);
        let mut rest = rest.iter();
        let mut next = |bit: u8| (format & bit != 0).then(|| rest.next().copied()).flatten();
        let (rates, waiting, options) = (next(0x10), next(0x20), next(0x40));
        if let Some(rates) = rates {
            (facts.rates_from_chip, facts.rates_to_chip) = bit_rates(rates);
            facts.same_rate_both_ways = Some(rates & 0x80 != 0);
        }
        facts.waiting_time_integer = waiting.map(|byte| u16::from(byte >> 4));
        facts.start_up_guard_integer = waiting.map(|byte| u16::from(byte & 0x0F));
        facts.takes_cid = options.map(|byte| byte & 0x02 != 0);
        facts.historical_length = number(rest.len());
        facts
    }
}

impl UidFacts {
    /// Of the identifier, and of the one that came after another activation.
    #[must_use]
    pub fn of(uid: &[u8], again: Option<&[u8]>) -> Self {
        Self {
            length: number(uid.len()),
            random: matches!(uid, [0x08, _, _, _]),
            same_again: again.map(|again| again == uid),
        }
    }
}

/// From the chip (bits 5 to 7), to the chip (bits 1 to 3): 212, 424, 848.
fn bit_rates(byte: u8) -> (Vec<u32>, Vec<u32>) {
    let of = |bits: u8| {
        [212, 424, 848]
            .into_iter()
            .enumerate()
            .filter(|(place, _)| bits >> place & 1 != 0)
            .map(|(_, rate)| rate)
            .collect()
    };
    (of(byte >> 4 & 0x07), of(byte & 0x07))
}

/// ISO/IEC 14443-4, table 1.
fn frame_size(code: u8) -> Option<u32> {
    const SIZES: [u32; 13] = [16, 24, 32, 40, 48, 64, 96, 128, 256, 512, 1024, 2048, 4096];
    SIZES.get(usize::from(code)).copied()
}

fn number(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        hex::decode(text.replace(' ', "")).unwrap()
    }

    /// Every card of the list is known by its code, and no code is known that is not in the list.
    #[test]
    fn cards_are_those_of_the_list() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../hardware/cards.toml");
        let list: toml::Table = std::fs::read_to_string(file).unwrap().parse().unwrap();
        let cards = list["card"].as_array().unwrap();
        for card in cards {
            let text = |key: &str| card.get(key).map(|value| bytes(value.as_str().unwrap()));
            let atr = text("atr").unwrap_or_else(|| {
                let mut historical = text("historical_starts")
                    .or_else(|| text("historical_holds"))
                    .unwrap();
                let length = card
                    .get("historical_length")
                    .and_then(toml::Value::as_integer);
                historical.resize(length.map_or(historical.len(), |n| n as usize), 0x20);
                let mut atr = vec![0x3B, 0x80 | historical.len() as u8, 0x80, 0x01];
                atr.extend(historical);
                let check = atr[1..].iter().fold(0, |sum, byte| sum ^ byte);
                atr.push(check);
                atr
            });
            let facts = AtrFacts::of(&atr);
            assert_eq!(facts.known_as, card["code"].as_str(), "{card}");
            assert_ne!(facts.form, OTHER);
        }
        assert_eq!(cards.len(), KNOWN_ATRS.len() + KNOWN_TEXTS.len() + 2);
    }

    #[test]
    fn ats_with_everything() {
        // FSCI 8, all rates both ways, FWI 8, SFGI 1, CID, two historical bytes.
        let facts = AtsFacts::of(&bytes("07 78 77 81 02 80 02"));
        assert!(facts.well_formed);
        assert_eq!(facts.frame_size, Some(256));
        assert_eq!(facts.rates_from_chip, [212, 424, 848]);
        assert_eq!(facts.rates_to_chip, [212, 424, 848]);
        assert_eq!(facts.waiting_time_integer, Some(8));
        assert_eq!(facts.start_up_guard_integer, Some(1));
        assert_eq!(facts.takes_cid, Some(true));
        assert_eq!(facts.historical_length, 2);
        for short in [&[][..], &[5], &[5, 0x78]] {
            assert!(!AtsFacts::of(short).well_formed);
        }
    }

    #[test]
    fn type_b_says_its_rates_and_its_identifier_is_left_out() {
        let atr = bytes("3B 88 80 01 E1 F3 5E 11 77 81 A7 00 03");
        let facts = AtrFacts::of(&atr);
        let type_b = facts.as_type_b.as_ref().unwrap();
        assert_eq!(type_b.rates_to_chip, [212, 424, 848]);
        assert_eq!(
            (type_b.frame_size, type_b.waiting_time_integer),
            (Some(256), 10)
        );
        assert!(type_b.iso_14443_4);
        // With 50 and the identifier in front, not even on request.
        let atr = bytes("3B 8C 80 01 50 11 22 33 44 00 00 00 00 77 81 A7 00");
        let facts = AtrFacts::of(&atr).with_historical_bytes(&atr);
        assert!(facts.holds_identifier);
        assert_eq!(
            (facts.historical_bytes, facts.as_type_b, facts.category),
            (None, None, None)
        );
    }

    #[test]
    fn historical_bytes_only_on_request() {
        let atr = bytes("3B 86 80 01 80 31 40 82 90 00 E4");
        let facts = AtrFacts::of(&atr);
        assert_eq!(
            (facts.category, facts.check_byte_holds),
            (Some("80"), Some(true))
        );
        assert_eq!(facts.historical_bytes, None);
        let asked = facts.with_historical_bytes(&atr);
        assert_eq!(
            asked.historical_bytes,
            Some(HistoricalBytes(bytes("803140829000")))
        );
    }

    #[test]
    fn what_may_be_an_identifier_is_not_told_on_request_either() {
        for historical in [
            "11 22 33 44",
            "80 82 90 00",
            "11 22 33 44 00 00 77 81",
            "11 22 33 44 00 00 00 00 77 81 A1",
            "50 11 22 33 44 00 00 00 00 77 81 A1",
            "50 11 22 33 44 00 00 00 00 77 81 A1 00",
            "50 11 22 33 44",
            "50 11 22 33 44 00 00",
            "80 11 22 33 44",
        ] {
            let historical = bytes(historical);
            let mut atr = vec![0x3B, 0x80 | historical.len() as u8, 0x80, 0x01];
            atr.extend(historical);
            atr.push(atr[1..].iter().fold(0, |sum, byte| sum ^ byte));
            let facts = AtrFacts::of(&atr).with_historical_bytes(&atr);
            assert_eq!(facts.form, CONTACTLESS);
            assert_eq!(facts.historical_bytes, None, "{atr:02X?}");
        }
    }

    #[test]
    fn of_an_identifier_its_kind() {
        let uid = UidFacts::of(&[8, 1, 2, 3], Some(&[8, 3, 2, 1]));
        assert_eq!(
            (uid.length, uid.random, uid.same_again),
            (4, true, Some(false))
        );
        let uid = UidFacts::of(&[4, 1, 2, 3, 4, 5, 6], None);
        assert_eq!((uid.length, uid.random, uid.same_again), (7, false, None));
    }
}
