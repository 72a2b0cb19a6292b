//! How the program speaks: help that runs, errors with a next step, nothing of the holder on standard error.

mod support;

use std::process::Stdio;
use support::{bundled, chipid, chipid_fed, command, folder, home, ran, validate};

/// The verbs and what stands below them.
const HELP: [&[&str]; 19] = [
    &[],
    &["readers"],
    &["doctor"],
    &["read"],
    &["verify"],
    &["inspect"],
    &["compare"],
    &["trust"],
    &["trust", "list"],
    &["trust", "check"],
    &["models"],
    &["models", "check"],
    &["policy"],
    &["policy", "list"],
    &["policy", "show"],
    &["card"],
    &["card", "new"],
    &["card", "list"],
    &["demo"],
];

#[test]
fn every_example_of_the_help_runs() {
    for (number, verb) in HELP.iter().enumerate() {
        let help = chipid(&[verb, &["--help"][..]].concat());
        assert_eq!(help.code, 0);
        let (_, examples) = help
            .stdout
            .split_once("Example")
            .unwrap_or_else(|| panic!("{verb:?} has no example"));
        let own = folder(&format!("help-{number}"));
        std::fs::create_dir_all(&own).unwrap();
        let mut ran_one = false;
        for line in examples.lines().map(str::trim) {
            let Some(line) = line.strip_prefix("chipid ") else {
                continue;
            };
            // What needs a card at hand, a reader, or models is shown, and run by other tests.
            let needs = ["--can -", "readers", "demo", "compare", "models"];
            if needs.iter().any(|need| line.contains(need)) {
                ran_one = true;
                continue;
            }
            let words: Vec<&str> = line.split_whitespace().collect();
            let ran = ran(command(&words).current_dir(&own).output().unwrap());
            assert_ne!(ran.code, 2, "{line}: {}", ran.stderr);
            ran_one = true;
        }
        assert!(ran_one, "{verb:?}: {examples}");
    }
}

/// Other programs are written against these names.
#[test]
fn every_verb_of_the_contract_is_there() {
    let help = chipid(&["--help"]).stdout;
    for verb in [
        "readers",
        "doctor",
        "read",
        "verify",
        "inspect",
        "compare",
        "trust",
        "models",
        "policy",
        "card",
        "form",
        "export",
        "field-report",
        "demo",
    ] {
        assert!(help.contains(&format!("  {verb} ")), "{verb}: {help}");
    }
}

#[test]
fn every_error_is_one_line_and_a_hint() {
    let cases: &[&[&str]] = &[
        &["verify"],
        &["verify", "--card", "nobody"],
        &["verify", "--card", "vn-2021", "--can", "12345"],
        &["verify", "--card", "vn-2021", "--can", "999999"],
        &["verify", "--card", "passport-bac", "--can", "123456"],
        &["verify", "--card", "vn-2021", "--mrz", "IDVNM"],
        &["verify", "--card", "vn-2021", "--qr", "1|2"],
        &["verify", "--card", "vn-2021", "--number", "12"],
        &[
            "verify",
            "--card",
            "vn-2021",
            "--can",
            "000017",
            "--number",
            "001090000017",
        ],
        &[
            "verify",
            "--card",
            "vn-2021",
            "--document-number",
            "090000017",
        ],
        &["verify", "--card", "vn-2021", "--at", "2030-02-30"],
        &["verify", "--card", "vn-2021", "--policy", "nobody"],
        &["verify", "--card", "vn-2021", "--policy", "./nowhere.toml"],
        &["verify", "--card", "vn-2021", "--trust", "./nowhere.der"],
        &["verify", "--card", "vn-2021", "--live", "./nowhere.jpg"],
        &["verify", "--card", "vn-2021", "--fields", "shoe_size"],
        &["verify", "--card", "vn-2021", "001090000017"],
        &["verify", "--card", "vn-2021", "--files", "."],
        &["read", "--files", "./nowhere"],
        &["card", "new", "."],
        &["card", "new", "./made", "--profile", "nobody"],
        &["card", "run", "vn-2021", "--vpcd", "192.0.2.1:35963"],
        &["card", "run", "vn-2021", "--vpcd", "127.0.0.1:1"],
        &["compare", "one.jpg"],
        &["trust", "list"],
        &["inspect", "./nowhere"],
        &["policy", "show", "nobody"],
        &["frobnicate"],
    ];
    let mut transcript = String::new();
    for case in cases {
        let ran = chipid(case);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{case:?}");
        let lines: Vec<&str> = ran
            .stderr
            .lines()
            .filter(|l| !l.starts_with("note: "))
            .collect();
        let form = matches!(lines[..], [error, hint]
            if error.starts_with("error: ") && hint.starts_with("hint: "));
        assert!(form, "{case:?}: {}", ran.stderr);
        transcript += &ran.transcript(case);
    }
    // The one next step among these that each system has its own of.
    let here = "start the virtual reader vpcd on this machine";
    let linux = "install pcscd and vsmartcard-vpcd, and start `pcscd --foreground`";
    assert_eq!(transcript.contains(linux), cfg!(target_os = "linux"));
    insta::assert_snapshot!("errors", transcript.replace(here, linux));
}

#[test]
fn keys_come_from_standard_input_and_from_files_too() {
    let card = bundled("vn-2021");
    let can = card["can"].as_str().unwrap();
    let mrz = card["mrz"].as_str().unwrap();
    let from_input = chipid_fed(
        &["read", "--json", "--card", "vn-2021", "--can", "-"],
        &format!("{can}\n"),
    );
    assert_eq!(from_input.code, 0, "{}", from_input.stderr);
    let from_input = chipid_fed(&["read", "--json", "--card", "vn-2021", "--mrz", "-"], mrz);
    assert_eq!(from_input.code, 0, "{}", from_input.stderr);
    let file = folder("mrz.txt");
    std::fs::write(&file, mrz).unwrap();
    let at = format!("@{}", file.display());
    assert_eq!(
        chipid(&["read", "--json", "--card", "vn-2021", "--mrz", &at]).code,
        0
    );
    let three = chipid_fed(
        &[
            "read",
            "--json",
            "--card",
            "vn-2021",
            "--document-number",
            "090000017",
            "--birth",
            "-",
            "--expiry",
            "300315",
        ],
        "900315\n",
    );
    assert_eq!(three.code, 0, "{}", three.stderr);
}

#[test]
fn nothing_of_holder_or_key_stands_on_standard_error() {
    let card = bundled("vn-2021");
    let (mrz, number) = (
        card["mrz"].as_str().unwrap(),
        card["number"].as_str().unwrap(),
    );
    let out = folder("silent").display().to_string();
    for arguments in [
        &["read", "--card", "vn-2021", "--mrz", mrz, "--out", &out][..],
        &["verify", "--card", "vn-2021", "--number", number],
        &["verify", "--card", "vn-2024", "--number", number],
        &["verify", "--card", "vn-2021", number],
        &[
            "verify",
            "--card",
            "vn-2021",
            "--mrz",
            &mrz.replace("0900", "0910"),
        ],
        &[
            "verify",
            "--card",
            "vn-2021",
            "--number",
            &number.replace('0', "x"),
        ],
        &[
            "verify",
            "--card",
            "vn-2021",
            "--qr",
            &format!("{number}||Lê Thử Nghiệm|31021990|Nam||10052021"),
        ],
    ] {
        let ran = chipid(arguments);
        for secret in ["000017", "90315", "NGHIEM", "Nghi", "xx1x9", "31021990"] {
            assert!(!ran.stderr.contains(secret), "{secret}: {}", ran.stderr);
        }
    }
}

#[test]
fn the_clerks_table_in_both_languages() {
    let base = [
        "verify",
        "--card",
        "vn-2021",
        "--policy",
        "demo",
        "--at",
        "2027-01-01",
    ];
    let csca = support::csca("vn-2021");
    for (lang, name) in [("en", "table-en"), ("vi", "table-vi")] {
        let arguments = [&base[..], &["--lang", lang]].concat();
        let ran = chipid(&[&arguments[..], &["--trust", &csca]].concat());
        assert_eq!(ran.code, 3);
        insta::assert_snapshot!(name, ran.transcript(&arguments));
    }
    let vietnamese = ran(command(&base)
        .env("LC_ALL", "vi_VN.UTF-8")
        .output()
        .unwrap());
    assert!(
        vietnamese.stdout.contains("C H Ư A"),
        "{}",
        vietnamese.stdout
    );
}

#[test]
fn only_the_fields_asked_for_are_printed() {
    let ran = chipid(&["read", "--card", "vn-2021", "--fields", "name,birth"]);
    assert!(ran.stdout.contains("Lê Thử Nghiệm") && ran.stdout.contains("1990-03-15"));
    assert!(!ran.stdout.contains("001090000017") && !ran.stdout.contains("LE THU"));
    let ran = chipid(&["read", "--json", "--card", "vn-2021", "--fields", "sex"]);
    validate(&ran.json());
    let value = ran.json();
    let keys: Vec<&String> = value["holder"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["trust", "sex"]);
}

#[test]
fn keys_of_the_json_stand_in_the_order_of_the_contract() {
    let ran = chipid(&["verify", "--json", "--card", "vn-2021"]);
    let value = ran.json();
    let keys = |at: &str| -> Vec<String> {
        value
            .pointer(at)
            .unwrap()
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect()
    };
    assert_eq!(
        keys(""),
        [
            "schema",
            "verdict",
            "policy",
            "verified_by",
            "time",
            "grounds",
            "checks",
            "holder",
            "differences",
            "apdus",
            "time_ms",
            "key"
        ]
    );
    assert_eq!(
        keys("/checks"),
        [
            "access",
            "passive_authentication",
            "chip_genuine",
            "document_validity",
            "consistency",
            "face",
            "capture",
            "liveness",
            "online"
        ]
    );
}

#[test]
fn a_reader_of_the_output_may_go_away() {
    let mut child = command(&["policy", "show", "counter"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ran = ran(child.wait_with_output().unwrap());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}

#[test]
fn missing_models_are_said_before_the_card_is_touched() {
    let picture = folder("picture.png");
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(8, 8)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    std::fs::write(&picture, bytes.into_inner()).unwrap();
    let picture = picture.display().to_string();
    let nowhere = folder("no-models").display().to_string();
    for arguments in [
        &[
            "verify", "--card", "vn-2021", "--live", &picture, "--models", &nowhere,
        ][..],
        &["compare", &picture, &picture, "--models", &nowhere],
    ] {
        let ran = chipid(arguments);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("chipid models fetch"), "{}", ran.stderr);
        assert!(!ran.stderr.contains("CAN"), "{}", ran.stderr);
    }
    let ran = ran(command(&["demo"])
        .env("CHIPID_MODELS", &nowhere)
        .env("CHIPID_HOME", home().join("another"))
        .output()
        .unwrap());
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("make demo"), "{}", ran.stderr);
    let ran = chipid(&["models", "check", "--models", &nowhere]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("missing"));
}

#[test]
fn a_live_image_that_is_none_is_said_before_the_card_is_touched() {
    let huge = folder("huge.png");
    // The header of a picture of 100 megapixels, and nothing behind it.
    let mut bytes = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec();
    bytes.extend(10_000_u32.to_be_bytes());
    bytes.extend(10_000_u32.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0]);
    bytes.extend(crc(&bytes[12..]).to_be_bytes());
    std::fs::write(&huge, bytes).unwrap();
    let ran = chipid(&[
        "verify",
        "--card",
        "vn-2021",
        "--live",
        &huge.display().to_string(),
    ]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("50 megapixels"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("CAN"), "{}", ran.stderr);
}

/// CRC-32 as PNG has it.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

#[test]
fn the_schema_refuses_what_is_not_in_it() {
    let good = chipid(&["verify", "--json", "--card", "vn-2021"]).json();
    validate(&good);
    let schema: serde_json::Value =
        serde_json::from_slice(&chipid_test_vectors::read("schemas/verify.schema.json")).unwrap();
    for (at, value) in [
        ("/verdict", "perhaps".into()),
        ("/grounds/0/severity", "mild".into()),
        ("/checks/access/status", "failed".into()),
        ("/checks/access/attempts", 0.into()),
        (
            "/checks/passive_authentication/data_groups/1",
            serde_json::Value::Null,
        ),
        ("/checks/face/threshold", 7.into()),
        ("/time/checked_at", "yesterday".into()),
        ("/holder", serde_json::json!({"shoe_size": 42})),
        ("/policy", serde_json::Value::Null),
        ("/apdus", serde_json::json!({"count": 1})),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(at).unwrap() = value;
        assert!(!support::schema::errors(&schema, &bad).is_empty(), "{at}");
    }
    let mut more = good.clone();
    more["checks"]["online"]["extra"] = 1.into();
    assert!(!support::schema::errors(&schema, &more).is_empty());
}
