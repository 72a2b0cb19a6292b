//! The table in the program says what `hardware/` says: the rows of readers.tsv, the profiles of readers.toml, the names.

use chipid_transport::reader_profile::{self, Exchange, Role, System, UsbId};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toml::{Table, Value};

fn hardware(file: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../hardware");
    std::fs::read_to_string(folder.join(file)).expect("the folder hardware lies beside sdk")
}

fn toml(file: &str) -> Table {
    hardware(file).parse().unwrap()
}

fn tables<'a>(table: &'a Table, key: &str) -> Vec<&'a Table> {
    let list = table.get(key).and_then(Value::as_array);
    let list = list.into_iter().flatten();
    list.map(|entry| entry.as_table().unwrap()).collect()
}

fn text<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    table.get(key).map(|value| value.as_str().unwrap())
}

fn number(table: &Table, key: &str) -> Option<u32> {
    table
        .get(key)
        .map(|value| value.as_integer().unwrap().try_into().unwrap())
}

fn usb_ids(list: &[UsbId]) -> Vec<String> {
    list.iter().map(UsbId::to_string).collect()
}

fn system(name: &str) -> System {
    match name {
        "linux" => System::Linux,
        "windows" => System::Windows,
        "macos" => System::MacOs,
        other => panic!("{other}"),
    }
}

fn role(name: &str) -> Role {
    match name {
        "contactless" => Role::Contactless,
        "contact" => Role::Contact,
        "sam" => Role::Sam,
        "several" => Role::Several,
        "unknown" => Role::Unknown,
        other => panic!("{other}"),
    }
}

#[test]
fn examples_of_names_are_looked_up_as_they_say() {
    let examples = toml("reader-names.toml");
    let examples = tables(&examples, "example");
    assert!(examples.len() >= 20);
    for example in examples {
        let name = text(example, "name").unwrap();
        let named = reader_profile::by_name(system(text(example, "system").unwrap()), name);
        assert_eq!(named.role, role(text(example, "role").unwrap()), "{name}");
        let usb: Vec<&str> = example["usb"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(Value::as_str)
            .collect();
        assert_eq!(usb_ids(named.usb), usb, "{name}");
    }
}

#[test]
fn names_are_looked_up_as_the_generator_of_the_table_does() {
    let mut seen = 0;
    for line in include_str!("look_ups.tsv").lines().skip(1) {
        let [on, name, expected, usb] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let named = reader_profile::by_name(system(on), name);
        assert_eq!(named.role, role(expected), "{line}");
        assert_eq!(usb_ids(named.usb).join(" "), usb, "{line}");
        seen += 1;
    }
    assert!(seen > 700);
}

/// The roles of rows that make a reader one that could read a contactless card. The last: its antenna is not shown there.
const CAPABLE: [&str; 7] = [
    "contactless",
    "contactless (acsccid list)",
    "contactless?",
    "multi-slot",
    "combi",
    "legacy-id",
    "contact-only-here",
];

#[test]
fn every_capable_row_of_the_table_is_a_profile_and_the_other_way_round() {
    let tsv = hardware("readers.tsv");
    let mut lines = tsv.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let heads = lines.next().unwrap();
    let column = |name| heads.iter().position(|head| *head == name).unwrap();
    let (vid, pid, kind) = (column("usb_vid"), column("usb_pid"), column("role"));
    let (longest, source) = (column("dwMaxCCIDMessageLength"), column("source"));
    let level = column("exchange_level");
    let rows: Vec<_> = lines.collect();
    let usb = |row: &Vec<&str>| format!("{}:{}", row[vid], row[pid]).to_lowercase();
    let capable: BTreeSet<String> = rows
        .iter()
        .filter(|row| CAPABLE.contains(&row[kind]))
        .map(usb)
        .collect();
    let known: Vec<String> = reader_profile::all()
        .iter()
        .map(|p| p.usb.to_string())
        .collect();
    assert_eq!(known, capable.iter().cloned().collect::<Vec<_>>());
    assert!(known.len() > 200);

    // Each row of such a reader is an interface of its profile, with the numbers of the row.
    let mut in_rows: BTreeMap<_, u32> = BTreeMap::new();
    for row in rows.iter().filter(|row| capable.contains(&usb(row))) {
        let key = (
            usb(row),
            row[source].to_owned(),
            row[longest].to_owned(),
            row[level].to_owned(),
        );
        *in_rows.entry(key).or_default() += 1;
    }
    let mut in_code: BTreeMap<_, u32> = BTreeMap::new();
    for profile in reader_profile::all() {
        for interface in profile.interfaces {
            let level = match interface.exchange {
                Some(Exchange::ExtendedApdu) => "extAPDU",
                Some(Exchange::ShortApdu) => "shortAPDU",
                Some(Exchange::Tpdu) => "TPDU",
                _ => "",
            };
            let longest = interface
                .longest_ccid_message
                .map_or(String::new(), |n| n.to_string());
            let key = (
                profile.usb.to_string(),
                interface.source.to_owned(),
                longest,
                level.to_owned(),
            );
            *in_code.entry(key).or_default() += 1;
        }
    }
    assert_eq!(in_code, in_rows);
}

#[test]
fn profiles_say_what_the_file_says() {
    let file = toml("readers.toml");
    let readers = tables(&file, "reader");
    assert_eq!(readers.len(), reader_profile::all().len());
    for reader in readers {
        let usb = text(reader, "usb").unwrap();
        let profile = reader_profile::by_usb(usb.parse().unwrap()).expect(usb);
        assert_eq!(Some(profile.id), text(reader, "id"));
        assert_eq!(profile.manufacturer, text(reader, "manufacturer"));
        assert_eq!(profile.product, text(reader, "product"));
        assert_eq!(profile.remark, text(reader, "remark"));
        assert_eq!(
            Some(format!("{:?}", profile.tried).to_lowercase().as_str()),
            text(reader, "tried")
        );
        let packages: Vec<&str> = profile.debian_12.iter().map(|p| p.name()).collect();
        let expected = reader["driver"]["debian_12"].as_array().unwrap();
        assert_eq!(
            packages,
            expected.iter().flat_map(Value::as_str).collect::<Vec<_>>()
        );

        let interfaces = tables(reader, "interface");
        assert_eq!(profile.interfaces.len(), interfaces.len());
        for (made, entry) in profile.interfaces.iter().zip(interfaces) {
            assert_eq!(made.role, role(text(entry, "role").unwrap()), "{usb}");
            assert_eq!(made.text, text(entry, "text"));
            assert_eq!(made.number.map(u32::from), number(entry, "number"));
            assert_eq!(made.slots.map(u32::from), number(entry, "slots"));
            assert_eq!(made.longest_block, number(entry, "longest_block"));
            assert_eq!(made.longest_ifsd, number(entry, "longest_ifsd"));
            assert_eq!(made.data_rate, number(entry, "data_rate"));
            assert_eq!(made.firmware_seen, text(entry, "firmware_seen"));
        }

        let commands = tables(reader, "command");
        let told: Vec<_> = profile
            .commands
            .iter()
            .map(|c| (Some(c.name), Some(c.send.0)))
            .collect();
        assert_eq!(
            told,
            commands
                .iter()
                .map(|c| (text(c, "name"), text(c, "send")))
                .collect::<Vec<_>>()
        );
        let faults = tables(reader, "fault");
        let told: Vec<_> = profile
            .faults
            .iter()
            .map(|f| (Some(f.code), Some(f.text), f.least_firmware))
            .collect();
        let expected = faults
            .iter()
            .map(|f| (text(f, "code"), text(f, "text"), text(f, "least_firmware")));
        assert_eq!(told, expected.collect::<Vec<_>>());

        let rate = reader.get("bit_rate").map(|rate| rate.as_table().unwrap());
        let written = rate.map(|rate| {
            (
                text(rate, "read"),
                text(rate, "write"),
                number(rate, "ceiling"),
            )
        });
        let told = profile.bit_rate.as_ref();
        let told = told.map(|r| {
            (
                r.read.map(|t| t.0),
                r.write.map(|t| t.0),
                r.ceiling.map(u32::from),
            )
        });
        assert_eq!(told, written, "{usb}");
    }
    let unknown = file["unknown_reader"].as_table().unwrap();
    let limits = reader_profile::unknown_reader();
    assert_eq!(
        limits.command,
        number(unknown, "longest_command").map(|n| n as usize)
    );
    assert_eq!(
        limits.response,
        number(unknown, "longest_response").map(|n| n as usize)
    );
}
