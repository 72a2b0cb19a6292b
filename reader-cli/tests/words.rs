//! Nothing is said to a person beside the catalogue: `reader-cli/src/lang`.

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
            for printing in ["println!(", "print!("] {
                if line.contains(printing) {
                    wrong.push(format!("{name}:{}: {}", number + 1, line.trim()));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "use crate::talk with a text of reader-cli/src/lang:\n{}",
        wrong.join("\n")
    );
}
