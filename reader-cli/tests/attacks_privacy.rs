//! What is taken from a chip is shown as it is and no wider than asked for: attacks through names, labels and logs.
//! Each prints what refused it.

mod support;

use chipid_virtual_card::{CardData, Issuer, Personaliser, Profile, drawn_portrait_of};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use support::{bundled, chipid, command, csca, folder, ran};

/// Markup, an end of the attribute, a script, an escape sequence, a turned direction of writing.
const MARKUP: &str = "Lê <script>alert(1)</script>\"'><img src=x onerror=a>&lt; \u{1b}]0;x\u{7}\u{1b}[2J\u{9b}31m \u{202e}nạN";

/// A card with these words in DG13, saved in a folder.
fn card(name: &str, change: impl FnOnce(&mut Profile)) -> PathBuf {
    let mut rng = UnwrapErr(SysRng);
    let mut profile = Profile::builtin("vn-2021").unwrap();
    change(&mut profile);
    let issuer = Issuer::for_profile(&profile, &mut rng).unwrap();
    let data: CardData = Personaliser::new(profile)
        .issuer(&issuer)
        .portrait(drawn_portrait_of(20_000).unwrap())
        .build(&mut rng)
        .unwrap();
    let folder = folder(name);
    let _ = fs::remove_dir_all(&folder);
    data.save(&folder).unwrap();
    folder
}

fn marked_up() -> PathBuf {
    card("marked-up", |profile| {
        let details = profile.holder.details.as_mut().unwrap();
        details.name = MARKUP.to_owned();
        details.residence = Some(MARKUP.to_owned());
        details.religion = Some(MARKUP.to_owned());
    })
}

fn path(folder: &Path) -> String {
    folder.display().to_string()
}

fn refused(attack: &str, by: &str) {
    println!("{attack:58} {by}");
}

#[test]
fn markup_in_a_name_is_text_on_the_form() {
    let card = marked_up();
    let page = folder("marked-up.html");
    let ran = chipid(&[
        "form",
        "--card",
        &path(&card),
        "--policy",
        "demo",
        "--trust-id",
        &path(&card.join("csca.der")),
        "--out",
        &path(&page),
        "--fields",
        "name,residence,religion",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let page = fs::read_to_string(page).unwrap();
    for markup in ["<script", "<img src=x", "onerror=a>", "'><"] {
        assert!(!page.contains(markup), "{markup}: {page}");
    }
    assert_eq!(
        page.matches("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;")
            .count(),
        3
    );
    assert!(page.contains("&amp;lt;"));
    for command in ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}'] {
        assert!(!page.contains(command), "{command:?}");
    }
    assert!(page.contains("default-src 'none'"));
    let links: Vec<&str> = page.split("src=\"").skip(1).collect();
    assert!(
        links
            .iter()
            .all(|link| link.starts_with("data:image/jpeg;base64,"))
    );
    assert!(!page.contains("http://") && !page.contains("https://"));
    refused(
        "markup in a name, on the form",
        "escaped; the page runs and loads nothing",
    );
}

#[test]
fn a_name_gives_the_terminal_no_command() {
    let card = marked_up();
    for lang in ["vi", "en"] {
        let ran = chipid(&[
            "read",
            "--card",
            &path(&card),
            "--lang",
            lang,
            "--fields",
            "name,residence,religion",
        ]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stdout.contains("Lê <script>"), "{}", ran.stdout);
        for command in ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\r'] {
            assert!(!ran.stdout.contains(command), "{command:?}");
            assert!(!ran.stderr.contains(command), "{command:?}");
        }
    }
    refused(
        "escape sequences in a name, on a terminal",
        "replaced by U+FFFD",
    );
}

fn logged(extra: &[&str], log: &Path) -> support::Ran {
    let base = [
        "verify",
        "--card",
        "vn-2021",
        "--log",
        &path(log),
        "--purpose",
        "transfer",
    ]
    .map(str::to_owned);
    let base: Vec<&str> = base.iter().map(String::as_str).collect();
    chipid(&[&base[..], extra].concat())
}

#[test]
fn a_line_cannot_be_slipped_into_the_log() {
    let log = folder("slipped.jsonl");
    for operator in [
        "lan\n{\"schema\":\"chipid/processing/1\",\"outcome\":\"accept\"}",
        "lan\r\n",
        "lan\",\"outcome\":\"accept",
        "lan\u{2028}accept",
        "lan\u{1b}[1A",
    ] {
        let ran = logged(&["--operator", operator], &log);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{operator:?}");
        assert_eq!(ran.stderr.lines().count(), 2, "{}", ran.stderr);
        assert!(!ran.stderr.contains('\u{1b}'), "{}", ran.stderr);
        let ran = logged(&["--operator", "lan", "--consent", operator], &log);
        assert_eq!(ran.code, 2, "{operator:?}");
    }
    assert!(
        !log.exists(),
        "nothing is written before the line is understood"
    );
    refused(
        "a line in the operator's name, into the log",
        "the name is refused (8604)",
    );
}

#[test]
fn no_value_of_the_holder_is_in_the_log() {
    let card = bundled("vn-2021");
    let number = card["number"].as_str().unwrap();
    let log = folder("leak.jsonl");
    let _ = fs::remove_file(&log);
    let out = folder("leak-files");
    let arguments = [
        "--operator",
        "gdv.lan@cn-01",
        "--consent",
        "2026-11-22-0001",
    ];
    assert_eq!(logged(&arguments, &log).code, 3);
    let page = folder("leak.html");
    let all = "personal_number,name,birth,ethnicity,father,serial";
    for more in [
        &["read", "--out", &path(&out)][..],
        &["form", "--out", &path(&page)],
        &["verify", "--danger-unverified"],
        &["verify", "--fields", all],
        // Refused by the chip: what was tried is logged too.
        &["verify", "--can", "999999"],
    ] {
        let rest = [
            "--card",
            "vn-2021",
            "--purpose",
            "account-opening",
            "--log",
            &path(&log),
        ]
        .map(str::to_owned);
        let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
        let ran = chipid(&[more, &rest[..], &arguments[..]].concat());
        assert!(ran.code == 0 || ran.code >= 2, "{more:?}: {}", ran.stderr);
    }
    let text = fs::read_to_string(&log).unwrap();
    assert_eq!(text.lines().count(), 12, "{text}");
    // The number and its parts, names with and without marks, the birth in every spelling, places, the CAN.
    let lower = text.to_lowercase();
    for value in [
        number,
        &number[3..],
        &number[6..],
        "Lê Thử",
        "le thu",
        "nghiệm",
        "nghiem",
        "1990-03-15",
        "15/03/1990",
        "19900315",
        "900315",
        "15031990",
        "kinh",
        "999999",
        "vnm",
    ] {
        assert!(!lower.contains(&value.to_lowercase()), "{value}: {text}");
    }
    // Nor as bytes in another alphabet.
    let birth = hex::encode("15/03/1990");
    assert!(!lower.contains(&birth));
    let schema: Value = serde_json::from_slice(&chipid_test_vectors::read(
        "schemas/processing-event.schema.json",
    ))
    .unwrap();
    let events: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for event in &events {
        let errors = support::schema::errors(&schema, event);
        assert!(errors.is_empty(), "{errors:#?}\n{event:#}");
    }
    for pair in events.chunks(2) {
        assert_eq!(pair[0]["processing"], pair[1]["processing"]);
        assert_eq!(
            (&pair[0]["stage"], &pair[1]["stage"]),
            (&"begun".into(), &"ended".into())
        );
    }
    assert_eq!(events[1]["outcome"], "undecided");
    assert_eq!(
        events[1]["fields"],
        serde_json::json!(["personal_number", "name", "birth", "expiry"])
    );
    assert_eq!(events[11]["outcome"], "failed");
    assert_eq!(events[11]["fields"], serde_json::json!([]));
    assert!(
        events[3]["kept"]
            .as_array()
            .unwrap()
            .contains(&"DG13".into())
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for file in [&log, &page] {
            assert_eq!(
                fs::metadata(file).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
    }
    refused(
        "the holder's data, out of the log",
        "an event has no place for a value",
    );
}

#[test]
fn a_customers_number_is_no_name_of_a_consent() {
    let number = bundled("vn-2021")["number"].as_str().unwrap().to_owned();
    let log = folder("number.jsonl");
    for spelt in [
        number.clone(),
        format!("dy {} {}", &number[..6], &number[6..]),
    ] {
        let ran = logged(&["--operator", "lan", "--consent", &spelt], &log);
        assert_eq!(ran.code, 2);
        assert!(!ran.stderr.contains(&number), "{}", ran.stderr);
    }
    assert!(!log.exists());
    refused(
        "a customer's number as a consent's name",
        "nine digits in a row are refused (8605)",
    );
}

#[test]
fn nothing_is_processed_behind_the_logs_back() {
    let nowhere = folder("no-such-folder").join("log.jsonl");
    let ran = logged(&["--operator", "lan"], &nowhere);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    // The card's own CAN is told as soon as the card is touched.
    assert!(!ran.stderr.contains("CAN"), "{}", ran.stderr);
    let ran = logged(&["--operator", "lan"], &folder(""));
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (2, ""),
        "a folder is no log"
    );
    #[cfg(target_os = "linux")]
    {
        let ran = logged(&["--operator", "lan"], Path::new("/dev/full"));
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        assert!(!ran.stderr.contains("CAN"), "{}", ran.stderr);
    }
    refused(
        "processing with a log that takes nothing",
        "refused before the card is touched",
    );
}

#[test]
fn a_torn_line_does_not_swallow_the_next_event() {
    let log = folder("torn.jsonl");
    fs::write(&log, "{\"schema\":\"chipid/proc").unwrap();
    assert_eq!(logged(&["--operator", "lan"], &log).code, 3);
    let text = fs::read_to_string(&log).unwrap();
    let whole = text
        .lines()
        .filter(|l| serde_json::from_str::<Value>(l).is_ok())
        .count();
    assert_eq!((text.lines().count(), whole), (3, 2), "{text}");
}

#[test]
fn ethnicity_religion_features_and_relatives_are_given_only_by_name() {
    let csca = csca("vn-2021");
    let sensitive = [
        "ethnicity",
        "religion",
        "features",
        "father",
        "mother",
        "spouse",
        "serial",
    ];
    let values = {
        let fields = sensitive.join(",");
        let ran = chipid(&["read", "--json", "--card", "vn-2021", "--fields", &fields]);
        let holder = ran.json()["holder"].clone();
        sensitive.map(|field| holder[field].as_str().unwrap_or_default().to_owned())
    };
    assert!(
        values.iter().filter(|v| !v.is_empty()).count() >= 5,
        "{values:?}"
    );
    let unproven = card("broken", |_| {});
    let file = unproven.join("DG1.bin");
    let mut bytes = fs::read(&file).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&file, bytes).unwrap();
    let broken = path(&unproven);
    for arguments in [
        &["read", "--card", "vn-2021"][..],
        &["read", "--json", "--card", "vn-2021"],
        &["verify", "--json", "--card", "vn-2021", "--trust-id", &csca],
        &["form", "--card", "vn-2021", "--trust-id", &csca],
        &["form", "--card", "vn-2021", "--purpose", "account-opening"],
        &[
            "verify",
            "--json",
            "--card",
            "vn-2021",
            "--purpose",
            "one-stop",
        ],
        &["read", "--card", "vn-2021", "--purpose", "data-cleaning"],
        &["read", "--json", "--files", &broken, "--danger-unverified"],
        &["read", "--files", &broken, "--danger-unverified"],
    ] {
        let ran = chipid(arguments);
        assert_ne!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        for value in values.iter().filter(|v| v.chars().count() > 5) {
            assert!(
                !ran.stdout.contains(value.as_str()),
                "{arguments:?}: {value}"
            );
        }
        // `serial` is also what the number of a certificate is called.
        for field in sensitive.iter().filter(|field| **field != "serial") {
            assert!(
                !ran.stdout.contains(&format!("\"{field}\"")),
                "{arguments:?}: {field}"
            );
        }
    }
    refused(
        "ethnicity, religion, relatives by default",
        "not given, in no output",
    );
}

#[test]
fn a_form_of_what_nobody_vouches_for_says_so() {
    let page = folder("claimed.html");
    let ran = chipid(&["form", "--card", "vn-2021", "--out", &path(&page)]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let claimed = fs::read_to_string(page).unwrap();
    assert!(claimed.contains("<p class=\"proof bad\">CHƯA XÁC MINH ĐƯỢC NƠI CẤP"));
    assert!(claimed.contains("class=\"watermark\"") && claimed.contains("NOT PROVEN"));
    let json = chipid(&["form", "--card", "vn-2021"]).json();
    assert_eq!(json["trust"], "signature_only");
    // Changed after signing: nothing of the holder stands on the form at all.
    let broken = card("changed", |_| {});
    let file = broken.join("DG13.bin");
    let mut bytes = fs::read(&file).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    fs::write(&file, bytes).unwrap();
    let page = folder("changed.html");
    let csca = path(&broken.join("csca.der"));
    let base = [
        "form",
        "--files",
        &path(&broken),
        "--policy",
        "demo",
        "--trust-id",
        &csca,
    ]
    .map(str::to_owned);
    let base: Vec<&str> = base.iter().map(String::as_str).collect();
    let ran = chipid(&[&base[..], &["--out", &path(&page)]].concat());
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("CHƯA ĐƯỢC CHỨNG MINH") && page.contains("class=\"watermark\""));
    assert!(!page.contains("Nghiệm") && !page.contains("data:image"));
    let json = chipid(&base).json();
    assert_eq!(
        (&json["trust"], &json["verdict"]),
        (&"not_proven".into(), &"reject".into())
    );
    assert_eq!(
        (json["fields"].as_object().unwrap().len(), &json["portrait"]),
        (0, &Value::Null)
    );
    refused(
        "a form of data that nobody signed",
        "nothing of the holder on it, marked across",
    );
}

#[test]
fn a_purpose_is_one_that_there_is() {
    let ran = ran(
        command(&["read", "--card", "vn-2021", "--purpose", "curiosity"])
            .output()
            .unwrap(),
    );
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("account-opening"), "{}", ran.stderr);
    let ran = chipid(&[
        "read",
        "--json",
        "--card",
        "vn-2021",
        "--purpose",
        "age-check",
    ]);
    let holder = ran.json()["holder"].clone();
    let keys: Vec<&String> = holder.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["trust", "birth"]);
}

#[test]
fn a_list_of_customers_is_one_processing_without_a_value() {
    let number = bundled("vn-2021")["number"].as_str().unwrap().to_owned();
    let out = folder("customer-1");
    assert_eq!(
        chipid(&["read", "--card", "vn-2021", "--out", &path(&out)]).code,
        0
    );
    let records = folder("records.csv");
    let list = format!("id,number,name,files\n1,{number},Lê Thử Nghiệm,customer-1\n");
    fs::write(&records, list).unwrap();
    let log = folder("customers.jsonl");
    let base = [
        "customers",
        &path(&records),
        "--purpose",
        "data-cleaning",
        "--log",
        &path(&log),
    ]
    .map(str::to_owned);
    let base: Vec<&str> = base.iter().map(String::as_str).collect();
    let ran = chipid(&[&base[..], &["--operator", "lan"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let text = fs::read_to_string(&log).unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(
        text.contains("\"old_number\"") && text.contains("\"read\""),
        "{text}"
    );
    for value in [&number, "Nghiệm", "customer-1"] {
        assert!(!text.contains(value), "{value}: {text}");
    }
}
