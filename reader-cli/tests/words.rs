//! Nothing is said to a person beside the catalogue: `reader-cli/src/lang`.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

/// Files that print: what they print is given to them in both languages, or is data.
const PRINTERS: &[&str] = &["talk.rs"];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

#[test]
fn nothing_is_printed_beside_the_catalogue() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 30);
    let mut wrong = Vec::new();
    for file in files {
        let name = file.strip_prefix(&root).unwrap().display().to_string();
        if PRINTERS.contains(&name.as_str()) {
            continue;
        }
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            let prints = line.contains("println!(") || line.contains("print!(");
            let words = line.contains("Text(\"") && !line.contains("Text(\"\"");
            if prints || (words && !name.starts_with("lang")) {
                wrong.push(format!("{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "use crate::talk with a text of reader-cli/src/lang:\n{}",
        wrong.join("\n")
    );
}

/// English words that no Vietnamese sentence, no name of the standard and no test data hold.
const ENGLISH: &[&str] = &[
    "the",
    "of",
    "is",
    "are",
    "not",
    "with",
    "and",
    "from",
    "error",
    "hint",
    "note",
    "this",
    "says",
    "give",
    "was",
    "no",
    "yes",
    "none",
    "file",
    "unknown",
    "missing",
    "bytes",
    "certificates",
    "unverified",
];

fn english_in(text: &str) -> Vec<&str> {
    text.lines()
        // Commands to type, and names of files and certificates, are in no language.
        .filter(|line| !line.trim_start().starts_with("chipid ") && !line.contains("C="))
        .flat_map(|line| {
            let quoted = line.split('`').enumerate();
            quoted.filter(|(n, _)| n % 2 == 0).map(|(_, part)| part)
        })
        // A name of Windows' own.
        .flat_map(|part| part.split("Plug and Play"))
        .flat_map(|part| part.split(|c: char| !(c.is_alphanumeric() || "-_/.".contains(c))))
        .filter(|word| ENGLISH.contains(word))
        .collect()
}

#[test]
fn with_lang_vi_no_verb_speaks_english() {
    let card = support::folder("speaks").display().to_string();
    assert_eq!(
        support::chipid(&["card", "new", &card, "--profile", "passport-full"]).code,
        0
    );
    let csca = format!("{card}/csca.der");
    let list = support::vectors("certificates/master-lists/NL_ML_2026-07-22.ml")
        .display()
        .to_string();
    let files = [
        "EF_COM",
        "EF_SOD",
        "EF_CardAccess",
        "DG1",
        "DG2",
        "DG11",
        "DG12",
        "DG14",
        "DG15",
        "DG16",
    ]
    .map(|name| format!("{card}/{name}.bin"));
    let files: Vec<&str> = files
        .iter()
        .map(String::as_str)
        .filter(|file| Path::new(file).exists())
        .collect();
    assert!(files.len() > 5, "{files:?}");
    let broken = support::folder("broken.bin");
    fs::write(&broken, [0x61, 0x05, 0x5F]).unwrap();
    let broken = broken.display().to_string();
    let nowhere = support::folder("nowhere").display().to_string();
    let inspect = [&["inspect", &csca, &broken][..], &files[..]].concat();
    for arguments in [
        &inspect[..],
        &["trust", "list", &csca],
        &["trust", "list", &list],
        &["trust", "check", &list],
        &["models", "check", "--models", &nowhere],
        &["doctor", "--models", &nowhere],
        &["card", "list"],
        &["policy", "list"],
        &["policy", "show", "counter"],
        &["policy", "show", "demo"],
        &[
            "read",
            "--card",
            "vn-2021",
            "--fields",
            "name,spouse,other_name",
        ],
        &["verify", "--card", "vn-2021"],
        &["verify", "--card", "vn-under-6"],
        &["verify", "--card", "passport-bac"],
        &[
            "verify",
            "--card",
            "vn-no-expiry",
            "--number",
            "000000000000",
        ],
        &["verify", "--card", "vn-ethnic-name"],
        &["verify", "--card", "vn-birth-year-only"],
        &[
            "guardian",
            "--child",
            "card:vn-minor",
            "--guardian",
            "card:vn-parent",
        ],
        &[
            "guardian",
            "--child",
            "card:vn-under-6",
            "--guardian",
            "card:vn-2021",
        ],
        &["guardian", "--child", "nowhere"],
        &["customers", "./nowhere.csv"],
        &["customers", &csca],
        &["verify"],
        &["verify", "--card", "nobody"],
        &["verify", "--card", "vn-2021", "--can", "12345"],
        &["verify", "--card", "vn-2021", "--can", "999999"],
        &["verify", "--card", "passport-bac", "--can", "123456"],
        &["verify", "--card", "vn-2021", "--mrz", "IDVNM"],
        &["verify", "--card", "vn-2021", "--qr", "1|2"],
        &["verify", "--card", "vn-2021", "--number", "12"],
        &["verify", "--card", "vn-2021", "--can", "1", "--number", "2"],
        &["verify", "--document-number", "090000017"],
        &["verify", "--at", "2030-02-30"],
        &["verify", "--link", "423", "--card", "vn-2021"],
        &["verify", "--wait", "long"],
        &["verify", "--card"],
        &["verify", "--shoe", "42"],
        &["verify", "--faces", "often"],
        &["verify", "--lang", "vi", "--json", "--json"],
        &["verify", "--card", "vn-2021", "--policy", "nobody"],
        &["verify", "--card", "vn-2021", "--policy", "./nowhere.toml"],
        &["verify", "--card", "vn-2021", "--trust", "./nowhere.der"],
        &["verify", "--card", "vn-2021", "--fields", "shoe_size"],
        &["verify", "--card", "vn-2021", "--purpose", "curiosity"],
        &[
            "verify",
            "--card",
            "vn-2021",
            "--purpose",
            "transfer",
            "--log",
            "x",
            "--operator",
            "a\nb",
        ],
        &["verify", "--files", ".", "--card", "vn-2021"],
        &["read", "--files", &nowhere],
        &["read", "--only", "dg99", "--card", "vn-2021"],
        &["form", "--card", "vn-2021", "--out", "form.pdf"],
        &["card", "new", "."],
        &["card", "new", "./made", "--profile", "nobody"],
        &["card", "run", "vn-2021", "--vpcd", "192.0.2.1:35963"],
        &["card", "run", "vn-2021", "--vpcd", "127.0.0.1:1"],
        &["compare", "one.jpg"],
        &["compare", "--pairs", &csca],
        &["trust", "list"],
        &["inspect", &nowhere],
        &["policy", "show", "nobody"],
        &["frobnicate"],
    ] {
        let ran = support::chipid(&[&["--lang", "vi"], arguments].concat());
        for text in [&ran.stdout, &ran.stderr] {
            let english = english_in(text);
            assert!(english.is_empty(), "{arguments:?}: {english:?}\n{text}");
        }
        if ran.code == 2 {
            assert!(
                ran.stderr.contains("lỗi: ") && ran.stderr.contains("gợi ý: "),
                "{}",
                ran.stderr
            );
        }
    }
}

#[test]
fn help_is_vietnamese_by_option_and_by_locale() {
    for arguments in [
        &["--lang", "vi", "verify", "--help"][..],
        &["verify", "-h", "--lang=vi"],
        &["--lang", "vi", "help", "card", "new"],
        &["--lang", "vi", "--help"],
    ] {
        let ran = support::chipid(arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(ran.stdout.contains("Cách dùng: chipid"), "{}", ran.stdout);
        let english = english_in(&ran.stdout);
        assert!(
            english.is_empty(),
            "{arguments:?}: {english:?}\n{}",
            ran.stdout
        );
    }
    let mut by_locale = support::command(&["form", "--help"]);
    let ran = support::ran(by_locale.env("LC_ALL", "vi_VN.UTF-8").output().unwrap());
    assert!(
        ran.stdout.contains("Lập phiếu thông tin khách hàng"),
        "{}",
        ran.stdout
    );
    let ran = support::chipid(&["--lang", "vi", "card"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("Cách dùng: chipid"), "{}", ran.stderr);
    // English is what it was, and the default.
    assert!(
        support::chipid(&["verify", "--help"])
            .stdout
            .contains("Usage: chipid verify [OPTIONS]")
    );
}
