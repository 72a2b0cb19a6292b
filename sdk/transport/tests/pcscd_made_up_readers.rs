//! A pcscd with readers that do not exist, whose driver says of each what the driver of such a reader is documented to say:
//! the slot, the profile, the limits and the bit rate are found as they would be with the real ones, which nobody tried.

mod made_up;
mod vpcd;

use chipid_emrtd::card_transport::{CardTransport, TransportError};
use chipid_emrtd::drivers::block;
use chipid_transport::cancel::Cancel;
use chipid_transport::pcsc::{
    self, ConnectOptions, EventKind, LimitsFrom, Monitor, Reader, ReaderFacts, SpeedOutcome,
};
use chipid_transport::reader_profile::Role;
use std::collections::BTreeSet;
use std::time::Duration;
use vpcd::service::Service;

/// Name, and what the driver says (see `made_up_driver/driver.c`).
const READERS: [(&str, &str); 6] = [
    ("ACS ACR1281 1S Dual Reader", "072f:2224:cas:65536:1"),
    (
        "HID Global OMNIKEY 5022 Smart Card Reader",
        "076b:5022:f:-1:0",
    ),
    ("Brand New Reader", "0:0:a:-1:0"),
    ("ACS ACR122U PICC Interface", "072f:2200:a:0:1"),
    (
        "HID Global OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422CL Smartcard Reader]",
        "076b:5422:a:65536:0",
    ),
    // Its SAM slot, where a card lies that looks as if it lay on an antenna.
    (
        "ACS ACR1252 Dual Reader [ACR1252 Dual Reader SAM]",
        "072f:223b:a:65536:1",
    ),
];

const ACR1281_CONTACT: &str = "ACS ACR1281 1S Dual Reader 00 00";
const ACR1281_ANTENNA: &str = "ACS ACR1281 1S Dual Reader 00 01";
const ACR1281_SAM: &str = "ACS ACR1281 1S Dual Reader 00 02";
const OMNIKEY: &str = "HID Global OMNIKEY 5022 Smart Card Reader 01 00";
const BRAND_NEW: &str = "Brand New Reader 02 00";
const ACR122U: &str = "ACS ACR122U PICC Interface 03 00";
const ACR1252_SAM: &str = "ACS ACR1252 Dual Reader [ACR1252 Dual Reader SAM] 05 00";
const SLOW_OMNIKEY: &str =
    "HID Global OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422CL Smartcard Reader] 04 00";

#[test]
#[ignore = "needs own-pcscd"]
fn slots_profiles_limits_and_bit_rates_are_found() {
    Service::of_the_script().kill();
    let _service = Service::started_with(&made_up::configuration("made-up-readers", &READERS));
    until_all_are_there();
    antennas_are_found_and_the_rest_is_passed_over();
    driver_goes_before_the_profile_and_an_unknown_reader_gets_little();
    bit_rate_is_raised_where_a_document_says_how();
}

fn until_all_are_there() {
    let mut monitor = Monitor::new(&Cancel::new());
    let mut seen = BTreeSet::new();
    while !seen.contains(SLOW_OMNIKEY) {
        let event = monitor.next_within(Some(Duration::from_secs(20))).unwrap();
        seen.extend(event.reader.map(|reader| reader.name));
    }
}

fn antennas_are_found_and_the_rest_is_passed_over() {
    let roles: Vec<(String, Role, bool)> = pcsc::readers()
        .unwrap()
        .into_iter()
        .map(|reader| (reader.name.clone(), reader.role, reader.for_documents()))
        .collect();
    for (name, role, for_documents) in [
        (ACR1281_CONTACT, Role::Several, false),
        (ACR1281_ANTENNA, Role::Several, true),
        (ACR1281_SAM, Role::Several, false),
        (OMNIKEY, Role::Unknown, true),
        (BRAND_NEW, Role::Unknown, true),
        (ACR122U, Role::Contactless, true),
        (SLOW_OMNIKEY, Role::Contactless, true),
        (ACR1252_SAM, Role::Sam, false),
    ] {
        assert!(
            roles.contains(&(name.to_owned(), role, for_documents)),
            "{name} in {roles:?}"
        );
    }
    assert_eq!(roles.len(), 8);
    // The one whose name says antenna.
    assert_eq!(Reader::first().unwrap().name(), ACR122U);
    assert_eq!(
        pcsc::wait_for_card(None, &Cancel::new()).unwrap().name(),
        ACR122U
    );
    let mut monitor = Monitor::new(&Cancel::new());
    let next = || monitor.next_within(Some(Duration::from_millis(300))).ok();
    // Of the slots that such a card occupies nothing is told, not even that they wait for one.
    let cards: BTreeSet<String> = std::iter::from_fn(next)
        .inspect(|event| assert_eq!(event.kind, EventKind::CardInField, "{event:?}"))
        .map(|event| event.reader.unwrap().name)
        .collect();
    let expected = [ACR1281_ANTENNA, OMNIKEY, BRAND_NEW, ACR122U, SLOW_OMNIKEY];
    assert_eq!(cards, expected.map(str::to_owned).into());
    // Who names a slot gets it.
    assert_eq!(letter(ACR1281_SAM, false).0, b's');
    assert_eq!(letter(ACR1281_ANTENNA, false).0, b'a');
}

fn driver_goes_before_the_profile_and_an_unknown_reader_gets_little() {
    let facts = |name: &str| Reader::named(name).unwrap().facts().unwrap();
    let lengths = |facts: &ReaderFacts| (facts.limits.command, facts.limits.response);

    let acr1281 = facts(ACR1281_CONTACT);
    assert_eq!(acr1281.profile.unwrap().models, ["ACR1281U-C1"]);
    assert_eq!(acr1281.limits_from, LimitsFrom::Driver);
    assert_eq!(lengths(&acr1281), (Some(65544), Some(65538)));
    assert!(acr1281.escape);

    let omnikey = facts(OMNIKEY);
    assert_eq!(omnikey.usb.unwrap().to_string(), "076b:5022");
    assert_eq!(omnikey.limits_from, LimitsFrom::Profile);
    assert_eq!(lengths(&omnikey), (None, None));
    assert!(!omnikey.escape);

    let brand_new = facts(BRAND_NEW);
    assert_eq!((brand_new.usb, brand_new.profile), (None, None));
    assert_eq!(brand_new.limits_from, LimitsFrom::UnknownReader);
    assert_eq!(lengths(&brand_new), (Some(261), Some(258)));

    let acr122u = facts(ACR122U);
    assert_eq!(acr122u.limits_from, LimitsFrom::Driver);
    assert_eq!(lengths(&acr122u), (Some(261), Some(257)));
    assert_eq!(
        acr122u.lowered_by.unwrap().code,
        "answer_of_256_bytes_broken"
    );

    let acr1252 = facts(ACR1252_SAM);
    assert_eq!(lengths(&acr1252), (Some(509), Some(502)));

    // A connection says the same as the question beside it.
    let card = Reader::named(OMNIKEY).unwrap().connect().unwrap();
    assert_eq!(*card.facts(), omnikey);
}

fn bit_rate_is_raised_where_a_document_says_how() {
    let [fast, slow, asked] = [Some(848), Some(424), None];
    for (name, outcome, rates) in [
        // 848 kbit/s lose the card, 424 bring it back; then the reader is asked what it is.
        (
            ACR1281_ANTENNA,
            SpeedOutcome::Set(424),
            &[fast, slow, asked][..],
        ),
        // Type A and type B each.
        (OMNIKEY, SpeedOutcome::Set(848), &[fast, fast, asked, asked]),
        (BRAND_NEW, SpeedOutcome::UnknownReader, &[]),
        (ACR122U, SpeedOutcome::NotDocumented, &[]),
    ] {
        let (letter, speed_up) = letter(name, true);
        let speed_up = speed_up.unwrap();
        assert_eq!(speed_up.outcome, outcome, "{name}: {speed_up:?}");
        let sent: Vec<Option<u16>> = speed_up.sent.iter().map(|sent| sent.rate).collect();
        assert_eq!(sent, rates, "{name}");
        // The card is read after it as before.
        assert!(b"af".contains(&letter), "{name}");
    }
    // Without the card no APDU reaches the reader: it is said, and the card is gone.
    let options = ConnectOptions::new().speed_up(true);
    let mut card = Reader::named(SLOW_OMNIKEY)
        .unwrap()
        .connect_with(&options)
        .unwrap();
    assert_eq!(card.speed_up().unwrap().outcome, SpeedOutcome::CardLost);
    let answer = block(card.transmit(&[0x00, 0xA4, 0x00, 0x0C])).unwrap();
    assert_eq!(answer, Err(TransportError::CardRemoved));
}

/// What the card in that slot says, and what was done for its bit rate.
fn letter(name: &str, speed_up: bool) -> (u8, Option<pcsc::SpeedUp>) {
    let options = ConnectOptions::new().speed_up(speed_up);
    let mut card = Reader::named(name).unwrap().connect_with(&options).unwrap();
    let answer: Result<Vec<u8>, TransportError> =
        block(card.transmit(&[0x00, 0xA4, 0x00, 0x0C])).unwrap();
    let answer = answer.unwrap_or_else(|error| panic!("{name}: {error:?} {:?}", card.speed_up()));
    (answer[0], card.speed_up().cloned())
}
