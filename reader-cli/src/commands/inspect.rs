//! `chipid inspect`

mod certificates;
mod details;
mod files;

use super::Manner;
use crate::exit::{Exit, Failure};
use crate::lang::Said;
use crate::output::tree;
use crate::{lang, output, places};
use chipid::emrtd::mrz::Mrz;
use chipid::vietnam::qr::QrText;
use clap::Args;
use serde_json::{Value, json};
use std::io::{Read, stdin};
use std::path::{Path, PathBuf};

/// The largest file that is looked at: master lists have about 1 MB.
const LIMIT: u64 = 64 << 20;

const EXAMPLE: &str = "Example:
  chipid card new ./specimen --profile passport-p256
  chipid inspect ./specimen/EF_SOD.bin ./specimen/csca.der

Nothing is verified here: what a file says of its holder may be forged.";

#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Arguments {
    /// Files to decode; - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Arguments {
    pub(crate) fn run(self, manner: Manner) -> Result<Exit, Failure> {
        let mut described = Vec::new();
        for path in &self.files {
            described.push((path, describe(&bytes(path)?)));
        }
        if manner.json {
            let values: Vec<Value> = described
                .into_iter()
                .map(|(path, value)| json!({"file": path, "verified": false, "content": value}))
                .collect();
            output::print_json(&json!({"schema": "chipid/inspect/1", "files": values}))?;
            return Ok(Exit::Done);
        }
        for (path, value) in described {
            let heading = lang::INSPECT_HEADING
                .with([&path.display()])
                .said(manner.lang);
            output::print(&format!(
                "{heading}\n{}",
                tree::render(&indented(value), manner.lang)
            ))?;
        }
        Ok(Exit::Done)
    }
}

/// One level deeper, below the heading.
fn indented(value: Value) -> Value {
    match value {
        Value::Object(mut map) => {
            let kind = map.shift_remove("kind").unwrap_or_default();
            let name = kind.as_str().unwrap_or("content").to_owned();
            json!({ name: map })
        }
        other => other,
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    if path.as_os_str() != "-" {
        return places::read(path, LIMIT);
    }
    let mut bytes = Vec::new();
    stdin()
        .lock()
        .take(LIMIT)
        .read_to_end(&mut bytes)
        .map_err(|e| {
            Failure::new(
                lang::ABOUT_FILE.with([&lang::STANDARD_INPUT, &lang::of_kind(e.kind())]),
                lang::GIVE_A_FILE,
            )
        })?;
    Ok(bytes)
}

/// What the bytes are, by themselves: never an error, for any bytes.
pub(crate) fn describe(bytes: &[u8]) -> Value {
    files::describe(bytes)
        .or_else(|| certificates::describe(bytes))
        .or_else(|| text(bytes))
        .unwrap_or_else(|| {
            json!({
                "kind": "unknown",
                "bytes": bytes.len(),
                "begins": hex::encode_upper(bytes.get(..16).unwrap_or(bytes)),
            })
        })
}

fn text(bytes: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(bytes).ok()?;
    if let Ok(mrz) = Mrz::parse(text) {
        return Some(files::zone(&mrz));
    }
    match QrText::parse(text) {
        Ok(qr) => Some(json!({
            "kind": "QR text of a Vietnamese card",
            "number": qr.number.as_str(),
            "old_number": qr.old_number.as_ref().map(|t| t.as_str()),
            "name": qr.name.as_str(),
            "birth": qr.birth.to_string(),
            "sex": qr.sex.mrz_letter().to_string(),
            "residence": qr.residence.as_ref().map(|t| t.as_str()),
            "issued": qr.issue.to_string(),
            "further_fields": qr.extras.iter().map(|t| t.as_str()).collect::<Vec<_>>(),
        })),
        // It looks like one: say what is wrong with it.
        Err(error) if text.matches('|').count() >= 2 => {
            Some(json!({"kind": "QR text", "trouble": files::say(error)}))
        }
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_bytes_are_described() {
        for tag in 0..=u8::MAX {
            for length in [0, 1, 5, 0x7F, 0x80, 0x82, 0x84, 0xFF] {
                for tail in [vec![], vec![0xFF; 4], vec![0x30; 40]] {
                    let bytes = [vec![tag, length], tail].concat();
                    assert!(describe(&bytes).is_object());
                }
            }
        }
        assert_eq!(describe(b"")["kind"], "unknown");
    }

    #[test]
    fn texts_are_told_apart() {
        let zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
        assert_eq!(describe(zone.as_bytes())["document_number"], "L898902C3");
        let qr = "001099000017||Lê Thử Nghiệm|15031999|Nam|Số 1 Phố Mẫu|10052021";
        assert_eq!(describe(qr.as_bytes())["birth"], "1999-03-15");
        assert_eq!(describe(b"1|2|3")["kind"], "QR text");
    }
}
