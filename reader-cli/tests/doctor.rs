//! `chipid doctor`: on the files of made-up systems, and beside a real pcscd.
#![cfg(unix)]

mod support;

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};
use support::{bundled, chipid, command, folder, models, ran, schema, validated_by};

/// A Debian 12 as it is installed, with an ACR1552U in its USB socket whose strings are commands to a terminal.
fn bare_debian(name: &str) -> PathBuf {
    let root = folder(name);
    let device = "sys/bus/usb/devices/1-2";
    for (path, text) in [
        (
            "etc/os-release",
            "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n",
        ),
        ("proc/1/comm", "systemd\n"),
        ("run/systemd/system/marker", ""),
        (&format!("{device}/idVendor"), "072f\n"),
        (&format!("{device}/idProduct"), "2303\n"),
        (&format!("{device}/product"), "ACR1552\u{1b}[2J\u{202e}\n"),
        (&format!("{device}:1.0/bInterfaceClass"), "0b\n"),
    ] {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn told(value: &Value, code: &str) -> bool {
    let findings = value["findings"].as_array().unwrap();
    findings.iter().any(|finding| finding["code"] == code)
}

#[test]
fn a_bare_debian_is_told_what_is_missing_and_how_to_get_it() {
    bare_debian("bare");
    // Short, so that its line is broken where it is on every machine.
    let (root, nowhere) = ("./folders/bare", "./nowhere");
    for (lang, words) in [("en", "is not installed"), ("vi", "chưa cài dịch vụ")] {
        let arguments = [
            "doctor", "--lang", lang, "--root", root, "--models", nowhere,
        ];
        let ran = chipid(&arguments);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(ran.stdout.contains(words), "{}", ran.stdout);
        assert!(
            ran.stdout
                .contains("\n      sudo apt-get install pcscd libccid\n")
        );
        assert!(
            !ran.stdout.contains(['\u{1b}', '\u{202e}']),
            "{:?}",
            ran.stdout
        );
        for line in ran
            .stdout
            .lines()
            .filter(|line| !line.starts_with("      "))
        {
            assert!(line.chars().count() <= 80, "{line}");
        }
        let clean = ran.transcript(&arguments);
        insta::assert_snapshot!(format!("doctor-bare-{lang}"), clean);
    }
    let value = validated(
        &["doctor", "--json", "--root", root, "--models", nowhere],
        1,
    );
    assert_eq!(value["first"], "service_not_installed");
    assert_eq!(value["card_readable"], false);
    assert!(told(&value, "models_missing") && !told(&value, "trust_store_empty"));
}

/// Runs it, looks at its exit code, and holds what it prints to the schema.
fn validated(arguments: &[&str], code: i32) -> Value {
    let ran = chipid(arguments);
    assert_eq!(ran.code, code, "{} {}", ran.stdout, ran.stderr);
    let value = ran.json();
    validated_by("doctor", &value);
    value
}

#[test]
fn the_schema_names_every_code() {
    let schema: Value =
        serde_json::from_slice(&chipid_test_vectors::read("schemas/doctor.schema.json")).unwrap();
    for (words, names) in [
        (
            "code",
            chipid_doctor::Code::ALL
                .iter()
                .map(|c| c.name())
                .collect::<Vec<_>>(),
        ),
        (
            "aspect",
            chipid_doctor::Aspect::ALL
                .iter()
                .map(|a| a.name())
                .collect(),
        ),
    ] {
        assert_eq!(schema["$defs"][words]["enum"], serde_json::json!(names));
    }
    let whats: Vec<&str> = chipid_doctor::What::ALL.iter().map(|w| w.name()).collect();
    let facts = &schema["$defs"]["facts"]["items"]["properties"]["what"]["enum"];
    assert_eq!(*facts, serde_json::json!(whats));
    // The schema holds: an answer with one word changed does not pass.
    let root = bare_debian("schema").display().to_string();
    let mut value = chipid(&["doctor", "--json", "--root", &root]).json();
    assert!(schema::errors(&schema, &value).is_empty());
    value["findings"][0]["weight"] = "heavy".into();
    assert_eq!(schema::errors(&schema, &value).len(), 1);
}

#[test]
fn what_cannot_be_looked_at_could_not_be_done() {
    for arguments in [
        &["doctor", "--root", "./nowhere"][..],
        &["doctor", "--trust", "./nowhere.der"],
    ] {
        let ran = chipid(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains("hint: "), "{}", ran.stderr);
    }
}

#[test]
#[ignore = "needs isolated-pcscd"]
fn a_pcscd_without_a_reader_is_told_to_plug_one_in() {
    let empty = folder("no-readers");
    fs::create_dir_all(&empty).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/pcscd-for-tests");
    // The test's own pcscd shows vpcd's readers: another one beside it, which has none.
    let ran = ran(Command::new(script)
        .env("CHIPID_PCSCD_CONFIG", empty)
        .env("CHIPID_MODELS", models())
        .args([env!("CARGO_BIN_EXE_chipid"), "doctor", "--json"])
        .output()
        .unwrap());
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let value = ran.json();
    validated_by("doctor", &value);
    assert_eq!(value["first"], "no_reader_plugged", "{value:#}");
}

#[test]
#[ignore = "needs pcscd"]
fn an_empty_reader_is_1_and_a_card_on_it_is_0() {
    let value = validated(&["doctor", "--json"], 1);
    assert_eq!(value["first"], "card_not_seen", "{value:#}");
    assert!(!told(&value, "no_reader_plugged"));

    let served = Served(command(&["card", "run", "vn-2021"]).spawn().unwrap());
    let deadline = Instant::now() + Duration::from_secs(20);
    while chipid(&["doctor"]).code != 0 && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(100));
    }
    let value = validated(&["doctor", "--json"], 0);
    assert_eq!(value["card_readable"], true);
    // Whoever names a trust store asks whether the card could be judged.
    let empty = folder("no-certificates");
    fs::create_dir_all(&empty).unwrap();
    let empty = empty.display().to_string();
    let value = validated(&["doctor", "--json", "--trust", &empty], 1);
    assert_eq!(value["card_readable"], true);
    assert!(told(&value, "trust_store_empty"));
    // The doctor leaves the card as it found it: it can be read.
    let can = bundled("vn-2021")["can"].as_str().unwrap().to_owned();
    let read = chipid(&[
        "read",
        "--json",
        "--reader",
        "Virtual PCD 00 00",
        "--can",
        &can,
    ]);
    assert_eq!(read.code, 0, "{}", read.stderr);
    drop(served);
}

/// `card run`, ended when dropped: a card that stays behind would be in the way of every other test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A pipe that bears the name of a model: nobody ever writes into it.
#[test]
fn a_pipe_among_the_models_is_not_waited_for() {
    let folder = folder("piped-models");
    fs::create_dir_all(&folder).unwrap();
    let pipe = folder.join("face_detection_yunet_2023mar.onnx");
    let _ = fs::remove_file(&pipe);
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let root = bare_debian("piped").display().to_string();
    let folder = folder.display().to_string();
    let value = validated(
        &["doctor", "--json", "--root", &root, "--models", &folder],
        1,
    );
    assert!(told(&value, "models_changed"), "{value:#}");
}
