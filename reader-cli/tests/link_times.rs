//! `--link`: what a reading would take over a radio link, beside the floor.

mod support;

use regex_lite::Regex;
use serde_json::Value;
use support::{chipid, validate};

fn modelled(link: &str) -> Value {
    let ran = chipid(&["read", "--json", "--card", "passport-p256", "--link", link]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let value = ran.json();
    validate(&value);
    let link = value["link"].clone();
    assert_eq!(link["modelled"]["apdus"], value["apdus"]["count"]);
    link
}

fn total(times: &Value) -> f64 {
    times["ms"]["total"].as_f64().expect("a time")
}

#[test]
fn the_parts_and_the_causes_add_up_and_the_floor_lies_below() {
    let link = modelled("424");
    for times in [&link["modelled"], &link["floor"]] {
        let ms = times["ms"].as_object().expect("parts");
        let files = ms["files"].as_object().expect("files");
        let parts = [
            "activation",
            "access",
            "chip_authentication",
            "active_authentication",
        ];
        let sum: f64 = parts
            .iter()
            .map(|part| &ms[*part])
            .chain(files.values())
            .map(|time| time.as_f64().expect("a time"))
            .sum();
        assert!((sum - total(times)).abs() < 0.1, "{times:#}");
        assert!(files["dg2"].as_f64() > files["dg1"].as_f64());
        let causes = times["by_cause_ms"].as_object().expect("causes");
        let sum: f64 = causes
            .values()
            .map(|time| time.as_f64().expect("a time"))
            .sum();
        assert!((sum - total(times)).abs() < 0.1, "{times:#}");
    }
    assert!(total(&link["floor"]) < total(&link["modelled"]));
    assert!(link["floor"]["apdus"].as_u64() <= link["modelled"]["apdus"].as_u64());
    assert!(
        link["above_floor_percent"].as_f64() <= Some(12.0),
        "{link:#}"
    );
}

#[test]
fn a_slower_link_takes_longer() {
    let times = ["106", "212", "424", "848"].map(|rate| total(&modelled(rate)["modelled"]));
    assert!(
        times.is_sorted_by(|slower, faster| slower > faster),
        "{times:?}"
    );
    let small = modelled("424,type=b,fsd=64,fsc=64");
    assert_eq!(small["type"], "b");
    assert!(total(&small["modelled"]) > times[2]);
    let slow = modelled("424,key=200");
    assert_eq!(slow["assumed_ms"]["chip_per_key_operation"], 200.0);
    assert!(total(&slow["modelled"]) > times[2] + 1000.0);
}

#[test]
fn the_table_in_both_languages() {
    let numbers =
        Regex::new(r"[0-9]+\.[0-9]|[0-9]+ / [0-9]+| *\b[0-9]+\.?[0-9]*$").expect("a pattern");
    for (lang, name) in [("en", "link-en"), ("vi", "link-vi")] {
        let ran = chipid(&[
            "read",
            "--card",
            "passport-p256",
            "--link",
            "424",
            "--lang",
            lang,
        ]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let table: Vec<String> = ran
            .stdout
            .lines()
            .skip_while(|line| !line.contains("424 kbit/s"))
            // Keys and certificates are fresh, and differ by some bytes.
            .map(|line| {
                numbers
                    .replace_all(line, "N")
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        insta::assert_snapshot!(name, table.join("\n"));
    }
}

#[test]
fn a_link_is_for_virtual_cards_and_must_be_one() {
    let ran = chipid(&["read", "--link", "424", "--files", "."]);
    assert_eq!(ran.code, 2);
    let ran = chipid(&["read", "--card", "passport-p256", "--link", "9600"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("106, 212, 424 or 848"),
        "{}",
        ran.stderr
    );
}
