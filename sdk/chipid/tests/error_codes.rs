//! The permanent table of error codes, from which every language gets its own: `docs/reference/error-codes.md`.
//!
//! The codes stand where the errors are defined. This test gathers them from the sources, so that none can be given
//! twice, moved or forgotten.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Ranges by whose fault it is, and the word for it.
const RANGES: [(u16, &str); 9] = [
    (1000, "transport"),
    (2000, "access"),
    (3000, "chip"),
    (4000, "secure messaging"),
    (5000, "parse"),
    (6000, "limit"),
    (7000, "unsupported"),
    (8000, "input"),
    (9000, "face"),
];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// `Variant => 1234,` and `Self::Variant { .. } => 1234,` inside a function named `code`: the code and the variant.
fn codes_in(text: &str) -> Vec<(u16, String)> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.contains("fn code(") {
            inside = true;
        } else if inside && line == "    }" {
            inside = false;
        }
        let Some((pattern, value)) = line.split_once(" => ").filter(|_| inside) else {
            continue;
        };
        if let Ok(code) = value.trim_end_matches(',').parse::<u16>() {
            let variant = pattern
                .trim()
                .split([' ', '{', '('])
                .next()
                .unwrap_or_default()
                .rsplit("::")
                .next()
                .unwrap_or_default();
            found.push((code, variant.to_owned()));
        }
    }
    found
}

fn gathered() -> BTreeMap<u16, (String, String)> {
    let mut table = BTreeMap::new();
    for crate_name in ["emrtd", "vietnam", "transport", "face", "chipid"] {
        let mut files = Vec::new();
        sources(
            &repository().join("sdk").join(crate_name).join("src"),
            &mut files,
        );
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file).expect("a source");
            for (code, variant) in codes_in(&text) {
                let entry = (crate_name.to_owned(), variant);
                let before = table.insert(code, entry.clone());
                assert_eq!(before, None, "{code} is given to {entry:?} as well");
            }
        }
    }
    table
}

#[test]
fn the_table_of_error_codes_is_permanent() {
    let text = fs::read_to_string(repository().join("docs/reference/error-codes.md"))
        .expect("docs/reference/error-codes.md");
    let written: BTreeMap<u16, (String, String)> = text
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let code = cells.get(1)?.parse().ok()?;
            let cell = |i: usize| cells.get(i).map(|c| c.trim_matches('`').to_owned());
            Some((code, (cell(3)?, cell(4)?)))
        })
        .collect();
    let own = gathered();
    assert!(own.len() > 60, "only {} codes were found", own.len());
    for (code, entry) in &own {
        assert_eq!(
            written.get(code),
            Some(entry),
            "{code} is not in the table as it is in the sources"
        );
    }
    for code in written.keys().filter(|code| **code != 9999) {
        assert!(own.contains_key(code), "{code} stands in the table alone");
    }
}

#[test]
fn every_code_lies_in_a_range_that_says_whose_fault_it_is() {
    for (code, entry) in gathered() {
        assert!(
            RANGES.iter().any(|(start, _)| *start == code / 1000 * 1000),
            "{code} {entry:?}"
        );
    }
}
