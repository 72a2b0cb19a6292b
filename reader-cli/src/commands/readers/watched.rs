//! What happens at the readers, as it happens.

use super::listed::card;
use crate::commands::Manner;
use crate::exit::{Exit, Failure};
use crate::lang::{self, Lang, Said, Sentence};
use crate::output;
use chipid::pcsc::{Event, EventKind, Monitor};
use chipid::transport::cancel::Cancel;
use serde_json::{Value, json};

/// Ends with Ctrl-C, or where nobody listens any more.
pub(super) fn run(manner: Manner) -> Result<Exit, Failure> {
    for event in Monitor::new(&Cancel::new()) {
        match manner.json {
            true => output::print(&as_json(&event).to_string())?,
            false => output::print(&as_line(&event, manner.lang))?,
        }
    }
    Ok(Exit::Done)
}

fn as_json(event: &Event) -> Value {
    let why = match event.kind {
        EventKind::ServiceAway(why) => Some(why.code()),
        _ => None,
    };
    json!({
        "event": match event.kind {
            EventKind::ServiceAway(_) => "service_away",
            EventKind::NoReader => "no_reader",
            EventKind::ReaderReady => "reader_ready",
            EventKind::CardInField => "card_in_field",
            EventKind::CardMoved(_) => "card_moved",
            EventKind::ReaderGone => "reader_gone",
            _ => "done",
        },
        "reader": event.reader.as_ref().map(|reader| &reader.name),
        "card": event.reader.as_ref().map(card),
        "why": why,
    })
}

fn as_line(event: &Event, lang: Lang) -> String {
    let reader = event.reader.as_ref();
    let name = reader.map(|reader| output::tree::printable(&reader.name));
    let name = name.unwrap_or_default();
    let text = match event.kind {
        EventKind::ServiceAway(why) => {
            let why = lang::of_error(&chipid::Error::from(why));
            return lang::EVENT_SERVICE_AWAY.with([&why]).said(lang);
        }
        EventKind::NoReader => return lang::EVENT_NO_READER.message().said(lang),
        EventKind::ReaderReady => lang::EVENT_READER_READY,
        EventKind::CardInField if reader.map(card) == Some("mute") => lang::EVENT_CARD_MUTE,
        EventKind::CardInField => lang::EVENT_CARD_IN_FIELD,
        EventKind::CardMoved(_) => lang::EVENT_CARD_MOVED,
        EventKind::ReaderGone => lang::EVENT_READER_GONE,
        _ => lang::EVENT_DONE,
    };
    text.with([&name]).said(lang)
}
