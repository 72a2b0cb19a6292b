//! `chipid field-report`: what it writes, shows and says, also where the reading ends early.

mod support;

use serde_json::Value;
use support::{chipid, folder, schema, vectors};

fn validated(text: &str) -> Value {
    let value: Value = serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"));
    let schema = std::fs::read(vectors("schemas/field-report.schema.json")).unwrap();
    let schema = serde_json::from_slice(&schema).unwrap();
    let errors = schema::errors(&schema, &value);
    assert!(errors.is_empty(), "{errors:#?}\n{value:#}");
    value
}

#[test]
fn every_bundled_card_gives_a_report_of_its_schema() {
    let cards = chipid(&["card", "list", "--json"]).json();
    let names: Vec<&str> = cards
        .as_array()
        .unwrap()
        .iter()
        .map(|card| card["name"].as_str().unwrap())
        .collect();
    assert!(names.len() > 30);
    for name in names {
        let ran = chipid(&["field-report", "--json", "--card-files", "--card", name]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
        let report = validated(&ran.stdout);
        assert_eq!(report["error"], Value::Null, "{name}");
    }
}

#[test]
fn it_is_shown_before_it_is_written_and_sent_nowhere() {
    for (lang, says, label) in [
        ("en", "sends it nowhere", "historical length"),
        ("vi", "không gửi báo\ncáo đi đâu cả", "kích cỡ"),
    ] {
        let file = folder(&format!("report-{lang}.json"));
        let path = file.to_str().unwrap();
        let arguments = ["field-report", "--card", "vn-2021", "--lang", lang];
        // Without a file the page is talk, and the report data.
        let ran = chipid(&arguments);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let report = validated(&ran.stdout);
        assert!(ran.stderr.contains(says), "{}", ran.stderr);
        let ran = chipid(&[&arguments[..], &["--out", path]].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stdout.contains(says), "{}", ran.stdout);
        assert!(lang == "en" || ran.stdout.contains(label), "{}", ran.stdout);
        let written = validated(&std::fs::read_to_string(&file).unwrap());
        assert_eq!(written["dg13"], report["dg13"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        // Everything in the report is on the page.
        for word in [
            "MSE:Set AT (PACE)",
            "INTERNAL AUTHENTICATE",
            "brainpoolP256r1",
            "day_month_year",
        ] {
            assert!(ran.stdout.contains(word), "{word}: {}", ran.stdout);
        }
    }
}

#[test]
fn a_vietnamese_card_answers_the_open_questions() {
    let report =
        |name: &str| validated(&chipid(&["field-report", "--json", "--card", name]).stdout);
    let nesting = |name: &str| -> Vec<String> {
        let report = report(name);
        let fields = report["dg13"]["fields"].as_array().unwrap().clone();
        let parents = fields.iter().find(|field| field["field"] == 13).unwrap();
        let values = parents["values"].as_array().unwrap();
        let shape = |value: &Value| {
            let inner = value["values"].as_array().unwrap().len();
            format!("{}{inner}", value["kind"].as_str().unwrap())
        };
        values.iter().map(shape).collect()
    };
    assert_eq!(nesting("vn-parents-siblings"), ["sequence0", "sequence1"]);
    assert_eq!(nesting("vn-parents-nested"), ["sequence2"]);
    let of_2021 = report("vn-2021");
    assert_eq!(of_2021["dg1"]["document_code"], "ID");
    assert_eq!(of_2021["dg1"]["issuing_state"], "VNM");
    assert_eq!(of_2021["dg15"]["key"]["kind"], "rsa");
    assert_eq!(of_2021["dg15"]["key"]["bits"], 2048);
    assert_eq!(of_2021["learnt"]["extended_length"], true);
    assert_eq!(of_2021["sod"]["signer"]["issuer_country"], "VNM");
    assert_eq!(of_2021["dg2"]["images"][0]["format"], "jpeg");
    let without_face = report("vn-under-6");
    assert_eq!(without_face["dg2"], Value::Null);
    let unknown_day = report("vn-birth-year-only");
    assert_eq!(unknown_day["dg1"]["birth_has_fillers"], true);
}

#[test]
fn a_reading_that_ends_early_is_reported_and_then_said() {
    // A wrong key; a field that is lost for good.
    let wrong_key: &[&str] = &["--can", "999999"];
    let lost: &[&str] = &["--link", "424,lost=20", "--resumes", "0"];
    for (more, code, part) in [(wrong_key, 2002, "access"), (lost, 1001, "EF_SOD")] {
        let file = folder(&format!("early-{code}.json"));
        let path = file.to_str().unwrap();
        let card = ["field-report", "--card", "vn-2021", "--out", path];
        let ran = chipid(&[&card[..], more].concat());
        assert_eq!(ran.code, 2, "{}", ran.stdout);
        assert!(
            ran.stderr.contains("error:") && ran.stderr.contains("hint:"),
            "{}",
            ran.stderr
        );
        let report = validated(&std::fs::read_to_string(&file).unwrap());
        assert_eq!(report["error"]["code"], code, "{:#}", report["error"]);
        if part == "access" {
            assert_eq!(report["error"]["part"], part);
            assert_eq!(report["learnt"]["keys_refused"], 1);
        } else {
            assert_eq!(report["reader"]["modelled"], true);
            assert_eq!(report["access"]["protocol"], "pace");
        }
    }
}

#[test]
fn a_report_replaces_nothing() {
    let file = folder("kept.json");
    std::fs::write(&file, "a person's own").unwrap();
    for path in [file.to_str().unwrap(), "."] {
        let ran = chipid(&["field-report", "--card", "vn-2021", "--out", path]);
        assert_eq!(ran.code, 2, "{}", ran.stdout);
        assert!(ran.stdout.is_empty(), "before anything is read");
        let says = ran.stderr.contains("exists already") && ran.stderr.contains("new file");
        assert!(says, "{}", ran.stderr);
    }
    assert_eq!(std::fs::read(&file).unwrap(), b"a person's own");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let null = || std::fs::metadata("/dev/null").unwrap().permissions().mode();
        let before = null();
        let ran = chipid(&["field-report", "--card", "vn-2021", "--out", "/dev/null"]);
        assert_eq!((ran.code, null()), (2, before), "{}", ran.stderr);
    }
}

#[test]
fn saved_files_say_nothing_of_chip_and_reader() {
    let ran = chipid(&["field-report", "--files", "."]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("hint:"), "{}", ran.stderr);
}
