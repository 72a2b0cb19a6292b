//! The readers, what is on them, and what is known of them.

use crate::commands::Manner;
use crate::exit::{Exit, Failure};
use crate::lang::{self, Lang, Said, Sentence};
use crate::output;
use chipid::TransportError;
use chipid::pcsc::{CardState, LimitsFrom, Reader, ReaderFacts, ReaderStatus};
use chipid::transport::reader_profile::{Profile, Role, Tried};
use serde_json::{Value, json};

pub(super) fn run(manner: Manner) -> Result<Exit, Failure> {
    let readers = chipid::pcsc::readers()?;
    let readers = readers.iter().map(|status| (status, facts(status)));
    if manner.json {
        output::print_json(&readers.map(|(s, f)| as_json(s, f.as_ref())).collect())?;
        return Ok(Exit::Done);
    }
    let lines: Vec<String> = readers
        .map(|(status, facts)| as_lines(status, &facts, manner.lang))
        .collect();
    if lines.is_empty() {
        return Err(TransportError::NoReader.into());
    }
    output::print(&lines.join("\n"))?;
    Ok(Exit::Done)
}

fn facts(status: &ReaderStatus) -> Result<ReaderFacts, TransportError> {
    Reader::of(status)?.facts()
}

/// The word for what is on a reader.
pub(super) fn card(reader: &ReaderStatus) -> &'static str {
    match reader.card {
        CardState::Absent => "absent",
        CardState::Present => "present",
        _ => "mute",
    }
}

/// The word for what a slot is for.
const fn role(role: Role) -> &'static str {
    match role {
        Role::Contactless => "contactless",
        Role::Several => "several",
        Role::Contact => "contact",
        Role::Sam => "sam",
        _ => "unknown",
    }
}

fn as_json(reader: &ReaderStatus, facts: Result<&ReaderFacts, &TransportError>) -> Value {
    let role = role(reader.role);
    let known = facts.ok();
    let profile = known.and_then(|facts| facts.profile);
    json!({
        "name": reader.name,
        "interface": role,
        "for_documents": reader.for_documents(),
        "card": card(reader),
        "atr": hex::encode_upper(&reader.atr),
        "in_use": reader.in_use,
        "exclusive": reader.exclusive,
        "usb": known.and_then(|facts| facts.usb).map(|usb| usb.to_string()),
        "profile": profile.map(|profile| profile.id),
        "product": profile.map(product),
        "tried": profile.map(|profile| profile.tried == Tried::Read),
        "limits": known.map(|facts| json!({
            "command": facts.limits.command,
            "response": facts.limits.response,
            "from": match facts.limits_from {
                LimitsFrom::Driver => "driver",
                LimitsFrom::Profile => "profile",
                LimitsFrom::VirtualReader => "virtual_reader",
                _ => "unknown_reader",
            },
            "lowered_by": facts.lowered_by.map(|fault| fault.code),
        })),
        "not_asked": facts.err().map(|error| error.code()),
    })
}

/// The name that people know it by.
fn product(profile: &Profile) -> String {
    let device = [profile.manufacturer, profile.product];
    match profile.models.first() {
        Some(model) => (*model).to_owned(),
        None => device.into_iter().flatten().collect::<Vec<_>>().join(" "),
    }
}

/// What is on it in the first line, and what is known of it below.
fn as_lines(
    reader: &ReaderStatus,
    facts: &Result<ReaderFacts, TransportError>,
    lang: Lang,
) -> String {
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
    let name = output::tree::printable(&reader.name);
    let mut lines = vec![format!("{name}: {state}{used}{atr}"), slot(reader, lang)];
    match facts {
        Ok(facts) => lines.extend([model(facts, lang), lengths(facts, lang)]),
        Err(error) => {
            let why = lang::of_error(&chipid::Error::from(*error));
            lines.push(lang::READER_NOT_ASKED.with([&why]).said(lang));
        }
    }
    lines.join("\n  ")
}

fn slot(reader: &ReaderStatus, lang: Lang) -> String {
    lang.of(match reader.role {
        Role::Contactless if reader.for_documents() => lang::SLOT_ANTENNA,
        Role::Contact => lang::SLOT_CONTACTS,
        Role::Sam => lang::SLOT_SAM,
        _ if reader.card != CardState::Present => lang::SLOT_OPEN,
        _ if reader.for_documents() => lang::SLOT_ANTENNA_BY_ATR,
        _ => lang::SLOT_CONTACTS_BY_ATR,
    })
    .to_owned()
}

fn model(facts: &ReaderFacts, lang: Lang) -> String {
    match (facts.profile, facts.usb) {
        (Some(profile), _) => {
            let text = match profile.tried {
                Tried::Read => lang::READER_TRIED,
                _ => lang::READER_NEVER_TRIED,
            };
            text.with([&product(profile), &profile.usb])
        }
        (None, Some(usb)) => lang::READER_WITHOUT_PROFILE.with([&usb]),
        (None, None) if facts.limits_from == LimitsFrom::VirtualReader => {
            lang::READER_VIRTUAL.message()
        }
        (None, None) => lang::READER_UNNAMED.message(),
    }
    .said(lang)
}

fn lengths(facts: &ReaderFacts, lang: Lang) -> String {
    let from = match facts.limits_from {
        LimitsFrom::Driver => lang::LIMITS_OF_DRIVER,
        LimitsFrom::Profile => lang::LIMITS_OF_PROFILE,
        LimitsFrom::VirtualReader => lang::LIMITS_OF_VIRTUAL_READER,
        _ => lang::LIMITS_OF_UNKNOWN_READER,
    };
    let text = match (facts.limits.command, facts.limits.response) {
        (Some(command), Some(response)) => lang::LIMITS.with([&command, &response, &from]),
        _ => lang::NO_LIMITS.with([&from]),
    };
    let lowered = facts
        .lowered_by
        .map(|fault| lang::LIMITS_LOWERED.with([&fault.code]).said(lang));
    text.said(lang) + &lowered.unwrap_or_default()
}
