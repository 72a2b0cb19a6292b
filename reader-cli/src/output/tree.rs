//! A JSON value as an indented list that a person reads.

use crate::lang::{Lang, key, word};
use serde_json::Value;

/// One line for each value, keys by their names in this language.
pub(crate) fn render(value: &Value, lang: Lang) -> String {
    let mut out = String::new();
    lines(value, 0, lang, &mut out);
    out
}

fn lines(value: &Value, depth: usize, lang: Lang, out: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                let label = format!("{indent}{}", word(&key(name, lang), lang));
                entry(&label, value, depth, lang, out);
            }
        }
        Value::Array(items) => {
            for item in items {
                match plain(item, lang) {
                    Some(text) => *out += &format!("{indent}- {text}\n"),
                    None => {
                        *out += &format!("{indent}-\n");
                        lines(item, depth + 1, lang, out);
                    }
                }
            }
        }
        other => *out += &format!("{indent}{}\n", plain(other, lang).unwrap_or_default()),
    }
}

fn entry(label: &str, value: &Value, depth: usize, lang: Lang, out: &mut String) {
    match plain(value, lang) {
        Some(text) => *out += &format!("{label}: {text}\n"),
        None => {
            *out += &format!("{label}:\n");
            lines(value, depth + 1, lang, out);
        }
    }
}

/// What fits on one line; `None` for what does not.
fn plain(value: &Value, lang: Lang) -> Option<String> {
    match value {
        Value::Null => Some("-".to_owned()),
        Value::Bool(true) => Some(word("yes", lang).to_owned()),
        Value::Bool(false) => Some(word("no", lang).to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(printable(text)),
        Value::Array(items) if items.is_empty() => Some(word("none", lang).to_owned()),
        Value::Array(items) => {
            let short: Vec<String> = items
                .iter()
                .filter(|item| !item.is_array() && !item.is_object())
                .filter_map(|item| plain(item, lang))
                .collect();
            let all = short.join(", ");
            (short.len() == items.len() && all.chars().count() <= 80).then_some(all)
        }
        Value::Object(_) => None,
    }
}

/// Text from foreign bytes, so that no terminal obeys it.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if is_command(c) { '\u{FFFD}' } else { c })
        .collect()
}

/// Control characters, and those that turn the direction of writing, so that a name could show as another.
fn is_command(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
