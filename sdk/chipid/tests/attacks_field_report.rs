//! A field report is sent to strangers: nothing of the holder is to be in it, whatever the chip says and wherever the
//! reading ends. The strongest of these: two people's cards give the same report. Each prints what kept it.

#[path = "support/other_person.rs"]
mod other_person;
mod support;

use chipid::field_report::{AtrFacts, AtsFacts, FieldReport, Observation, ReaderReport, UidFacts};
use chipid::vietnam::qr::QrText;
use chipid::{
    AccessKey, CardTransport, FileId, Reading, TransportError, TrustStore, UnverifiedDocument,
    block,
};
use chipid_virtual_card::{
    CardData, Issuer, Personaliser, Profile, VirtualCard, drawn_portrait_of,
};
use other_person::two_cards;
use serde_json::Value;
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::collections::{BTreeMap, BTreeSet};
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
    let mut codes = 0;
    for name in Profile::names() {
        let [one, other] = two_cards(name, &shared);
        assert_ne!(one.mrz, other.mrz, "{name}");
        assert_ne!(one.files[&FileId::Sod], other.files[&FileId::Sod], "{name}");
        let differing: Vec<_> = one
            .files
            .iter()
            .filter(|(file, bytes)| other.files[file].len() != bytes.len())
            .collect();
        let [mut of_one, mut of_other] = [&one, &other].map(report_of);
        let texts = [&one, &other].map(|card| QrText::parse(card.qr.as_ref()?).ok());
        if let [Some(qr_of_one), Some(qr_of_other)] = &texts {
            (of_one, of_other) = (of_one.qr(qr_of_one), of_other.qr(qr_of_other));
            codes += 1;
        }
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
    assert!(codes > 5, "{codes}");
    kept(
        "two people, two portraits, two sets of keys",
        "the same report, byte for byte, for every profile",
    );
}

/// What a report of any two people differs in, as `docs/reference/field-report.md` lists it; `*` is a place in a list.
const MAY_DIFFER: [&str; 10] = [
    // How large the portrait and the texts are, in steps of 8192 and 256 bytes.
    "/dg2/images/*/size/bytes",
    "/files/*/size/bytes",
    // Pixels, where two offices take pictures of two sizes.
    "/dg2/images/*/height",
    "/dg2/images/*/width",
    // Of each text its form and class of length; of a field that one has and the other has not, everything.
    "/dg13/fields/*/values",
    // How many commands reading all that took, as a power of two; what else was sent is the same.
    "/exchanges/apdus_at_most",
    // Whether a file happened to end where a command did.
    "/learnt/reading_beyond_end",
    // Old number and residence, and form and class of length of what follows.
    "/qr/extras",
    "/qr/old_number",
    "/qr/has_residence",
];

#[test]
fn any_two_people_differ_in_nothing_that_is_not_listed() {
    let (mut rng, name) = (other_person::Counted(11), "vn-2021");
    let profile = Profile::builtin(name).expect(name);
    let issuer = Issuer::for_profile(&profile, &mut rng).expect(name);
    let shared = card(name);
    let mut short = profile.holder.clone();
    let details = short.details.as_mut().expect("details");
    details.name = "Lê A".to_owned();
    details.father = Some("Lê B".to_owned());
    details.mother = None;
    details.residence = Some("Xã A".to_owned());
    (details.spouse, details.old_number, details.religion) = (None, None, None);
    let mut long = profile.holder.clone();
    let details = long.details.as_mut().expect("details");
    details.name = "Nguyễn Hoàng Thử Nghiệm Rất Dài Tên Của Một Người Không Có Thật".to_owned();
    details.spouse = Some("Trần Thị Thử Nghiệm Không Có Thật".to_owned());
    details.old_number = Some("012345678".to_owned());
    details.religion = Some("Phật giáo".to_owned());
    details.residence = Some("Số 1, đường Không Có Thật, phường Thử Nghiệm, tỉnh Nào Đó".repeat(3));
    let people = [(short, 20_000), (long, 45_000)].map(|(holder, portrait)| {
        let card = Personaliser::new(profile.clone())
            .issuer(&issuer)
            .holder(holder)
            .portrait(drawn_portrait_of(portrait).expect("a portrait"))
            .active_authentication_key(shared.active_authentication.clone().expect("a key"))
            .build(&mut rng)
            .expect(name);
        let mut report = report_of(&card);
        if let Some(qr) = &card.qr {
            report = report.qr(&QrText::parse(qr).expect("a QR code"));
        }
        let mut report = report.to_json();
        // Of reading, how the last command of a file ended follows from its length.
        let answers = report["exchanges"]["by_answer"]
            .as_array_mut()
            .expect("a list");
        answers.retain(|answered| answered["command"] != "READ BINARY");
        report
    });
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for (path, _) in differing(&people[0], &people[1]) {
        if path.starts_with("/times") {
            continue;
        }
        let parts = path.split('/').map(|part| {
            let is_place = part.parse::<usize>().is_ok();
            if is_place { "*" } else { part }
        });
        let path = parts.collect::<Vec<_>>().join("/");
        let listed = MAY_DIFFER.iter().find(|listed| path.starts_with(**listed));
        assert!(listed.is_some(), "{path}");
        found.extend(listed.copied());
    }
    for sure in [MAY_DIFFER[0], MAY_DIFFER[4]] {
        assert!(found.contains(sure), "{found:?}");
    }
    kept(
        "two people who have nothing in common",
        "sizes in steps, forms and classes of texts, and nothing else",
    );
}

#[test]
fn two_chips_of_one_kind_give_the_same_report_before_the_first_command() {
    let card = card("vn-bac-only");
    // Type A with serial numbers in the historical bytes; type B as readers write its answer, in whole and in part.
    let atr = |historical: &[u8]| {
        let mut atr = vec![0x3B, 0x80 | historical.len() as u8, 0x80, 0x01];
        atr.extend(historical);
        let check = atr[1..].iter().fold(0, |sum, byte| sum ^ byte);
        atr.push(check);
        atr
    };
    let answers = |id: [u8; 4]| {
        let with = |before: &[u8], after: &[u8]| atr(&[before, &id, after].concat());
        [
            with(&[0x50], &[0, 0, 0, 0, 0x77, 0x81, 0xA1]),
            with(&[0x50], &[0, 0, 0, 0, 0x77, 0x81, 0xA1, 0x00]),
            with(&[], &[0, 0, 0, 0, 0x77, 0x81, 0xA1]),
            with(&[], &[0x00, 0x77, 0x81, 0xA1]),
            with(&[0x50], &[]),
            with(&[], &[]),
            with(&[0x80], &[]),
        ]
    };
    let of = |id: [u8; 4], place: usize| {
        let atr = &answers(id)[place];
        let mut reader = ReaderReport::of("reader", VirtualCard::new(card.clone()).limits());
        reader.atr = Some(AtrFacts::of(atr).with_historical_bytes(atr));
        let ats = [&[0x0A, 0x78, 0x77, 0x81, 0x02, 0x80][..], &id].concat();
        reader.ats = Some(AtsFacts::of(&ats));
        let uid = [&[0x04][..], &id, &[1, 2]].concat();
        reader.uid = Some(UidFacts::of(&uid, Some(&uid)));
        without_times(&report_of(&card).reader(reader))
    };
    for place in 0..7 {
        let one = of([0x11, 0x22, 0x33, 0x44], place);
        assert_eq!(one, of([0x61, 0x5A, 0x93, 0x07], place), "{place}");
        assert!(!one.contains("11223344"));
    }
    kept(
        "identifiers in ATR, ATS and UID, historical bytes asked for",
        "the same report: what may hold an identifier is not told",
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

/// 1090000017 in one arc and with two digits in each, `LE THU` with a letter in each.
const SMUGGLED: [&[u8]; 3] = [
    &[0x84, 0x87, 0xE0, 0xA9, 0x11],
    &[10, 90, 0, 0, 17],
    b"LE THU",
];

/// Below BSI's own arc, `id-PACE`, a whole protocol of it, `id-TA`, ICAO's, and an issuer's.
const ROOTS: [&[u8]; 6] = [
    &[0x04, 0x00, 0x7F, 0x00, 0x07],
    &[0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x04],
    &[0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x04, 0x02, 0x02],
    &[0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x02],
    &[0x67, 0x81, 0x08, 0x01, 0x01],
    &[0x2B, 0x06, 0x01, 0x04, 0x01],
];

#[test]
fn a_chip_cannot_smuggle_a_number_out() {
    let mut card = card("vn-2021");
    let honest = report_of(&card).to_json();
    let file = card.files.get_mut(&FileId::CardAccess).expect("the file");
    let mut infos = file[2..].to_vec();
    for root in ROOTS {
        for smuggled in SMUGGLED {
            let oid = chipid::emrtd::tlv::encode(0x06, &[root, smuggled].concat());
            let info = [&oid[..], &[2, 1, 1]].concat();
            infos.extend(chipid::emrtd::tlv::encode(0x30, &info));
        }
    }
    *file = chipid::emrtd::tlv::encode(0x31, &infos);
    // The versions of EF.COM, a label in EF.DIR.
    let com = card.files.get_mut(&FileId::Com).expect("the file");
    let listed = com[com.len() - 2..].to_vec();
    let versions = [
        &[0x5F, 0x01, 4][..],
        b"0017",
        &[0x5F, 0x36, 6],
        b"090000",
        &[0x5C, 2],
        &listed,
    ];
    *com = chipid::emrtd::tlv::encode(0x60, &versions.concat());
    let label = chipid::emrtd::tlv::encode(0x50, b"LE THU NGHIEM");
    let id = chipid::emrtd::tlv::encode(0x4F, b"LETHUNGHIEM");
    let template = chipid::emrtd::tlv::encode(0x61, &[id, label].concat());
    card.files.insert(FileId::Dir, template);
    let altered = report_of(&card).to_json();
    // What the chip chose stands in the report as `other`, as often as there was something, and as nothing else.
    let protocols = |report: &Value| report["card_access"]["protocols"].as_array().cloned();
    let [of_honest, of_altered] = [&honest, &altered].map(|report| protocols(report).unwrap());
    let (same, more) = of_altered.split_at(of_honest.len());
    assert_eq!(same, of_honest);
    assert_eq!(
        more,
        vec![Value::from("other"); ROOTS.len() * SMUGGLED.len()]
    );
    assert_eq!(altered["com"]["lds_version"], "other");
    assert_eq!(altered["com"]["unicode_version"], "other");
    assert_eq!(altered["dir"]["applications"], serde_json::json!(["other"]));
    let mut others_words = String::new();
    strings(&altered, &mut others_words);
    let mut own_words = String::new();
    strings(&honest, &mut own_words);
    let own: BTreeSet<&str> = own_words.split(' ').collect();
    for word in others_words.split(' ') {
        let is_oid = word.contains('.') && word.chars().all(|c| c.is_ascii_digit() || c == '.');
        assert!(!is_oid || own.contains(word), "{word}");
    }
    // And nothing besides differs, but for how long these files are and what was noticed of them.
    for (path, value) in differing(&honest, &altered) {
        let expected = path.starts_with("/card_access/protocols")
            || path == "/card_access/malformed"
            // Offers of PACE: their object identifier is looked at above.
            || path.starts_with("/card_access/pace")
            || path.starts_with("/access/offered")
            // Whether a file happened to end where a command did.
            || path == "/learnt/reading_beyond_end"
            || path.starts_with("/com")
            || path.starts_with("/dir")
            || path.starts_with("/files")
            || path.starts_with("/findings")
            || path.starts_with("/checks")
            || path.starts_with("/exchanges")
            || path.starts_with("/times");
        assert!(expected, "{path}: {value}");
    }
    kept(
        "a number as an object identifier, in one arc or in many",
        "other: a closed list, each in full",
    );
    kept(
        "a number as a version, a name as that of an application",
        "other: only the standards' own words come out",
    );
}

/// Where the second is not as the first, and what it has there.
fn differing(one: &Value, other: &Value) -> Vec<(String, Value)> {
    let (one, other) = (leaves(one), leaves(other));
    let places: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let differ = places
        .into_iter()
        .filter(|at| one.get(*at) != other.get(*at));
    differ
        .map(|at| (at.clone(), other.get(at).cloned().unwrap_or_default()))
        .collect()
}

/// Every value that holds no other, by its place.
fn leaves(value: &Value) -> BTreeMap<String, Value> {
    let below = |at: String, value: &Value| {
        let below = leaves(value).into_iter();
        below.map(move |(place, value)| (format!("/{at}{place}"), value))
    };
    match value {
        Value::Array(items) if !items.is_empty() => {
            let items = items.iter().enumerate();
            items
                .flat_map(|(at, item)| below(at.to_string(), item))
                .collect()
        }
        Value::Object(map) if !map.is_empty() => map
            .iter()
            .flat_map(|(at, item)| below(at.clone(), item))
            .collect(),
        leaf => BTreeMap::from([(String::new(), leaf.clone())]),
    }
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
