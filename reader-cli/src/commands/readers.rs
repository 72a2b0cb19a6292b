//! `chipid readers`

use super::Manner;
use crate::exit::{Exit, Failure};
#[cfg(feature = "pcsc")]
use crate::{
    lang::{self, Lang},
    output,
};
use clap::Args;

#[derive(Args)]
#[command(after_help = "Example:\n  chipid readers")]
pub(crate) struct Arguments {}

impl Arguments {
    #[cfg(not(feature = "pcsc"))]
    #[expect(clippy::unused_self, reason = "the verbs have one form")]
    pub(crate) fn run(self, _manner: Manner) -> Result<Exit, Failure> {
        Err(crate::source::reader::missing())
    }

    #[cfg(feature = "pcsc")]
    pub(crate) fn run(self, manner: Manner) -> Result<Exit, Failure> {
        let readers = chipid::pcsc::readers()?;
        if manner.json {
            output::print_json(&readers.iter().map(as_json).collect())?;
            return Ok(Exit::Done);
        }
        if readers.is_empty() {
            return Err(chipid::TransportError::NoReader.into());
        }
        let lines: Vec<String> = readers
            .iter()
            .map(|reader| as_line(reader, manner.lang))
            .collect();
        output::print(&lines.join("\n"))?;
        Ok(Exit::Done)
    }
}

#[cfg(feature = "pcsc")]
fn card(reader: &chipid::pcsc::ReaderStatus) -> &'static str {
    use chipid::pcsc::CardState;
    match reader.card {
        CardState::Absent => "absent",
        CardState::Present => "present",
        _ => "mute",
    }
}

#[cfg(feature = "pcsc")]
fn as_json(reader: &chipid::pcsc::ReaderStatus) -> serde_json::Value {
    serde_json::json!({
        "name": reader.name,
        "interface": format!("{:?}", reader.role).to_lowercase(),
        "card": card(reader),
        "atr": hex::encode_upper(&reader.atr),
        "in_use": reader.in_use,
        "exclusive": reader.exclusive,
    })
}

#[cfg(feature = "pcsc")]
fn as_line(reader: &chipid::pcsc::ReaderStatus, lang: Lang) -> String {
    let state = lang.of(match card(reader) {
        "absent" => lang::READER_EMPTY,
        "present" => lang::READER_CARD,
        _ => lang::READER_MUTE,
    });
    let used = match (reader.exclusive, reader.in_use) {
        (true, _) => lang.of(lang::READER_HELD),
        (false, true) => lang.of(lang::READER_IN_USE),
        _ => "",
    };
    let atr = match reader.atr.is_empty() {
        true => String::new(),
        false => format!(", ATR {}", hex::encode_upper(&reader.atr)),
    };
    format!(
        "{}: {state}{used}{atr}",
        output::tree::printable(&reader.name)
    )
}
