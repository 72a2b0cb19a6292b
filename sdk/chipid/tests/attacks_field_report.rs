//! A field report is sent to strangers: nothing of the holder is to be in it, whatever the chip says and wherever the
//! reading ends. The strongest of these: two people's cards give the same report. Each prints what kept it.

#[path = "support/other_person.rs"]
mod other_person;
mod support;

use chipid::field_report::{FieldReport, Observation, ReaderReport};
use chipid::{
    AccessKey, CardTransport, FileId, Reading, TransportError, TrustStore, UnverifiedDocument,
    block,
};
use chipid_virtual_card::{CardData, Profile, VirtualCard};
use other_person::two_cards;
use serde_json::Value;
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::collections::BTreeSet;
use std::future::{Future, ready};
use support::{card, key, now, trust};

fn kept(attack: &str, by: &str) {
    println!("{attack:64} {by}");
}

/// Reads the card as far as it goes, and makes the report.
fn report<T: CardTransport>(
    chip: T,
    key: AccessKey,
    trust: &TrustStore,
) -> (FieldReport, UnverifiedDocument) {
    let mut reading = Reading::with(key).with_card_files();
    let observation = Observation::of(&reading);
    let mut chip = observation.on(chip);
    let (document, error) = match block(reading.run(&mut chip)).expect("answers at once") {
        Ok(document) => (document, None),
        Err(error) => (reading.unfinished(), Some(error)),
    };
    let again = reading.unfinished();
    let verification = document.verify(trust, now());
    let report = FieldReport::new(&reading, &verification, &observation)
        .reader(ReaderReport::of("virtual_card", chip.limits()))
        .error(error.as_ref(), &observation);
    (report, again)
}

fn report_of(card: &CardData) -> FieldReport {
    let chip = VirtualCard::new(card.clone());
    report(chip, key(card), &trust(&[&card.csca])).0
}

fn without_times(report: &FieldReport) -> String {
    let mut json = report.to_json();
    json.as_object_mut().expect("an object").remove("times");
    format!("{json:#}")
}

#[test]
fn two_people_give_the_same_report() {
    let shared = card("vn-2021");
    for name in Profile::names() {
        let [one, other] = two_cards(name, &shared);
        assert_ne!(one.mrz, other.mrz, "{name}");
        assert_ne!(one.files[&FileId::Sod], other.files[&FileId::Sod], "{name}");
        let differing: Vec<_> = one
            .files
            .iter()
            .filter(|(file, bytes)| other.files[file].len() != bytes.len())
            .collect();
        let [of_one, of_other] = [&one, &other].map(report_of);
        assert_eq!(of_one.error, None, "{name}");
        let texts = [&of_one, &of_other].map(without_times);
        for (line, (one, other)) in texts[0].lines().zip(texts[1].lines()).enumerate() {
            assert_eq!(one, other, "{name}, line {line}");
        }
        assert_eq!(texts[0], texts[1], "{name}");
        // Lengths do differ, where there is anything whose length can.
        if other_person::has_face(&one) {
            assert!(!differing.is_empty(), "{name}");
        }
    }
    kept(
        "two people, two portraits, two sets of keys",
        "the same report, byte for byte, for every profile",
    );
}

#[test]
fn nothing_of_the_holder_is_in_a_report() {
    let mut searched = 0;
    for name in Profile::names() {
        let card = card(name);
        let chip = VirtualCard::new(card.clone());
        let (report, document) = report(chip, key(&card), &trust(&[&card.csca]));
        let secrets = Secrets::of(&card, &document);
        secrets.must_not_be_in(&report, name);
        searched += secrets.windows.len();
    }
    assert!(searched > 300_000, "{searched}");
    kept(
        "names, numbers, days, zone, QR text, keys, pictures, digests",
        "not in the report, plain, as hex or as base64",
    );
}

/// What comes instead of the chip's answer.
type Instead<'a> = &'a (dyn Fn(Vec<u8>) -> Result<Vec<u8>, TransportError> + Sync);

/// A transport that breaks one answer.
struct Broken<'a> {
    chip: VirtualCard,
    at: usize,
    instead: Instead<'a>,
    commands: usize,
}

impl CardTransport for Broken<'_> {
    fn transmit(
        &mut self,
        command: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, TransportError>> + Send {
        let answer = self.chip.exchange(command);
        self.commands += 1;
        ready(match self.commands - 1 == self.at {
            true => answer.and_then(self.instead),
            false => answer,
        })
    }
}

#[test]
fn a_reading_that_breaks_anywhere_tells_as_little() {
    let (mut ended_early, mut made) = (0, 0);
    for name in ["vn-2021", "vn-bac-only"] {
        let card = card(name);
        let zone = card.files[&FileId::DG1].clone();
        let details = card.files[&FileId::DG13].clone();
        let instead: [Instead<'_>; 6] = [
            // The holder's data in the clear, without a status word, with one, and as half a response.
            &|_| Ok(zone.clone()),
            &|_| Ok(details[20..].to_vec()),
            &|_| Ok([&details[..], &[0x90, 0x00]].concat()),
            &|_| Ok([&zone[5..20], &[0x6A, 0x82]].concat()),
            &|answer| Ok(answer[..answer.len().div_ceil(2).max(2)].to_vec()),
            &|_| Err(TransportError::CardRemoved),
        ];
        for instead in instead {
            for at in 0..60 {
                let chip = Broken {
                    chip: VirtualCard::new(card.clone()),
                    at,
                    instead,
                    commands: 0,
                };
                let (report, document) = report(chip, key(&card), &trust(&[&card.csca]));
                ended_early += usize::from(report.error.is_some());
                made += 1;
                let secrets = Secrets::of(&card, &document);
                secrets.must_not_be_in(&report, &format!("{name}, answer {at}"));
                let exchanges = &report.exchanges;
                if exchanges.apdus_at_most > 16 && report.error.is_none() && at > 40 {
                    break;
                }
            }
        }
    }
    assert!(ended_early > 60, "{ended_early} of {made}");
    kept(
        "the holder's data in the place of any answer, or half of one",
        "a report each time, closed words and codes alone",
    );
}

#[test]
fn a_chip_cannot_smuggle_a_number_out() {
    let mut card = card("vn-2021");
    // 1090000017 as an object identifier below BSI's arc, below an issuer's, and as a parameter.
    let number = [0x84, 0x87, 0xE0, 0xA9, 0x11];
    let oids = [
        [&[0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02][..], &number].concat(),
        [&[0x2B, 0x06, 0x01, 0x04, 0x01][..], &number].concat(),
    ];
    let file = card.files.get_mut(&FileId::CardAccess).expect("the file");
    let mut infos = file[2..].to_vec();
    for oid in oids {
        let oid = chipid::emrtd::tlv::encode(0x06, &oid);
        infos.extend(chipid::emrtd::tlv::encode(
            0x30,
            &[&oid[..], &[2, 1, 1]].concat(),
        ));
    }
    *file = chipid::emrtd::tlv::encode(0x31, &infos);
    // The versions of EF.COM, a label in EF.DIR.
    let com = card.files.get_mut(&FileId::Com).expect("the file");
    *com = [
        &[0x60, 0x14, 0x5F, 0x01, 4][..],
        b"0017",
        &[0x5F, 0x36, 6],
        b"090000",
        &[0x5C, 2, 0x61, 0x75],
    ]
    .concat();
    let label = chipid::emrtd::tlv::encode(0x50, b"LE THU NGHIEM");
    let id = chipid::emrtd::tlv::encode(0x4F, b"LETHUNGHIEM");
    let template = chipid::emrtd::tlv::encode(0x61, &[id, label].concat());
    card.files.insert(FileId::Dir, template);
    let report = report_of(&card);
    let access = report.card_access.as_ref().expect("EF.CardAccess");
    let words: Vec<String> = access.protocols.iter().map(ToString::to_string).collect();
    assert_eq!(
        words.iter().filter(|word| *word == "other").count(),
        2,
        "{words:?}"
    );
    let com = report.com.as_ref().expect("EF.COM");
    assert_eq!(
        (com.lds_version, com.unicode_version),
        (Some("other"), Some("other"))
    );
    let dir = report.dir.as_ref().expect("EF.DIR");
    assert_eq!(dir.applications, ["other"]);
    Secrets::of(&card, &UnverifiedDocument::from_files([], None))
        .must_not_be_in(&report, "smuggled");
    kept(
        "a number as an object identifier, a version, a name of an application",
        "other: only the standards' own words come out",
    );
}

/// Everything that a report must not hold, of one card and one reading.
struct Secrets {
    /// Of four bytes, for hexadecimal.
    windows: BTreeSet<[u8; 4]>,
    /// Of six, for base64, where words of four letters would be bytes by chance.
    long_windows: BTreeSet<[u8; 6]>,
    /// Words of names and texts, folded.
    words: BTreeSet<String>,
    /// Days and numbers, to be looked for in any place.
    texts: BTreeSet<String>,
}

/// Files that are the same on every card of a kind.
const NOBODYS: [FileId; 4] = [
    FileId::CardAccess,
    FileId::Com,
    FileId::Dir,
    FileId::AtrInfo,
];

impl Secrets {
    fn of(card: &CardData, document: &UnverifiedDocument) -> Self {
        let mut bytes: Vec<Vec<u8>> = Vec::new();
        let files = card.files.iter();
        for (_, file) in files.filter(|(file, _)| !NOBODYS.contains(file)) {
            bytes.push(file.clone());
            bytes.push(Sha256::digest(file).to_vec());
            bytes.push(Sha384::digest(file).to_vec());
            bytes.push(Sha512::digest(file).to_vec());
        }
        if let Some(evidence) = document.active_authentication() {
            bytes.push(evidence.challenge.to_vec());
            bytes.push(evidence.signature.clone());
        }
        bytes.extend(card.qr.iter().map(|qr| qr.as_bytes().to_vec()));
        bytes.push(card.mrz.as_bytes().to_vec());
        let windows = bytes.iter().flat_map(|bytes| bytes.windows(4));
        let long_windows = bytes.iter().flat_map(|bytes| bytes.windows(6));
        let mut secrets = Self {
            windows: windows.map(|w| w.try_into().expect("four")).collect(),
            long_windows: long_windows.map(|w| w.try_into().expect("six")).collect(),
            words: BTreeSet::new(),
            texts: BTreeSet::new(),
        };
        let profile = Profile::builtin(&card.profile).expect("a profile");
        let holder = toml::Value::try_from(&profile.holder).expect("a holder");
        secrets.take(&holder, "");
        let passwords = &card.passwords;
        let opens = [&passwords.can, &passwords.pin, &passwords.puk, &card.number];
        secrets.texts.extend(opens.into_iter().flatten().cloned());
        secrets.texts.insert(passwords.mrz_information.clone());
        secrets.texts.extend(card.mrz.lines().map(str::to_owned));
        secrets.texts.extend(
            card.qr
                .iter()
                .flat_map(|qr| qr.split('|'))
                .filter(|field| field.len() > 5)
                .map(str::to_owned),
        );
        secrets.texts.retain(|text| !text.is_empty());
        secrets
    }

    fn take(&mut self, value: &toml::Value, name: &str) {
        match value {
            // The state is no secret, and of the sex the report has nothing that could be compared.
            toml::Value::String(_) if matches!(name, "nationality" | "sex") => {}
            toml::Value::String(text) => self.take_text(text),
            toml::Value::Table(table) => table
                .iter()
                .for_each(|(name, value)| self.take(value, name)),
            toml::Value::Array(items) => items.iter().for_each(|item| self.take(item, name)),
            _ => {}
        }
    }

    fn take_text(&mut self, text: &str) {
        let parts: Vec<&str> = text.split('-').collect();
        if let [year, month, day] = parts[..]
            && text.len() == 10
        {
            let short = &year[2..];
            for form in [
                text.to_owned(),
                format!("{year}{month}{day}"),
                format!("{short}{month}{day}"),
                format!("{day}{month}{year}"),
                format!("{day}/{month}/{year}"),
                format!("{day}.{month}.{year}"),
                format!("{month}/{day}/{year}"),
            ] {
                self.texts.insert(form);
            }
            return;
        }
        if text.len() > 5 {
            self.texts.insert(text.to_owned());
        }
        self.words.extend(words(text));
    }

    fn must_not_be_in(&self, report: &FieldReport, name: &str) {
        let json = report.to_json();
        let text = format!("{json:#}");
        for secret in &self.texts {
            assert!(
                !text.contains(secret.as_str()),
                "{name}: a text of the holder's"
            );
            assert!(
                !text.to_lowercase().contains(&secret.to_lowercase()),
                "{name}: folded"
            );
        }
        // Of the report's own words those that it tells: the names of its entries are the same in every one.
        let mut told = String::new();
        strings(&json, &mut told);
        for word in words(&told) {
            assert!(
                !self.words.contains(&word),
                "{name}: a word of the holder's: {word}"
            );
        }
        for run in runs(&text, |c| c.is_ascii_hexdigit(), 8) {
            for start in [0, 1] {
                let digits = run.get(start..).unwrap_or_default();
                let bytes = hex::decode(&digits[..digits.len() / 2 * 2]).expect("digits");
                for window in bytes.windows(4) {
                    assert!(
                        !self.windows.contains(window),
                        "{name}: {run} as hexadecimal"
                    );
                }
            }
        }
        for run in runs(
            &text,
            |c| c.is_ascii_alphanumeric() || "+/-_".contains(c),
            8,
        ) {
            for start in 0..4 {
                let bytes = from_base64(run.get(start..).unwrap_or_default());
                for window in bytes.windows(6) {
                    assert!(
                        !self.long_windows.contains(window),
                        "{name}: {run} as base64"
                    );
                }
            }
        }
        numbers(&json, &mut |numbers| {
            // No number is large enough for four bytes, and no list is one of bytes.
            assert!(
                numbers.iter().all(|n| *n <= 1_000_000),
                "{name}: {numbers:?}"
            );
            for window in numbers.windows(4) {
                let bytes: Option<Vec<u8>> = window.iter().map(|n| u8::try_from(*n).ok()).collect();
                assert!(bytes.is_none(), "{name}: {numbers:?}");
            }
        });
    }
}

/// Words of at least two letters, and numbers of at least five digits, folded.
fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| match word.chars().any(char::is_alphabetic) {
            true => word.chars().count() > 1,
            // A house has a number, and so has much else.
            false => word.len() > 4,
        })
        .map(str::to_lowercase)
        .collect()
}

fn runs(text: &str, belongs: impl Fn(char) -> bool, least: usize) -> Vec<&str> {
    text.split(|c| !belongs(c))
        .filter(|run| run.len() >= least)
        .collect()
}

fn from_base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0u32, 0);
    for c in text.bytes() {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            _ => 63,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}

/// Every text that stands as a value.
fn strings(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => *out = format!("{out} {text}"),
        Value::Array(items) => items.iter().for_each(|item| strings(item, out)),
        Value::Object(map) => map.values().for_each(|value| strings(value, out)),
        _ => {}
    }
}

/// Each list of numbers, and each number by itself.
fn numbers(value: &Value, found: &mut impl FnMut(&[u64])) {
    match value {
        Value::Number(number) => found(&[number.as_u64().expect("a whole number")]),
        Value::Array(items) => {
            let list: Vec<u64> = items.iter().filter_map(Value::as_u64).collect();
            found(&list);
            items.iter().for_each(|item| numbers(item, found));
        }
        Value::Object(map) => map.values().for_each(|value| numbers(value, found)),
        _ => {}
    }
}

/// What the tests look with finds what is there.
#[test]
fn a_leak_would_be_seen() {
    let card = card("vn-2021");
    let document = UnverifiedDocument::from_files([], None);
    let secrets = Secrets::of(&card, &document);
    let face = &card.files[&FileId::DG2][300..306];
    assert!(secrets.windows.contains(&face[..4]));
    assert!(secrets.long_windows.contains(face));
    let name = Profile::builtin("vn-2021")
        .expect("a profile")
        .holder
        .details
        .expect("details")
        .name;
    assert!(words(&name).iter().all(|word| secrets.words.contains(word)));
    assert_eq!(from_base64("TMOqIFRo"), "Lê Th".as_bytes());
    assert_eq!(
        runs("x 0A1b2C3d4e-", |c| c.is_ascii_hexdigit(), 8),
        ["0A1b2C3d4e"]
    );
}
