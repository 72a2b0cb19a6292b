//! A JSON value as an indented list that a person reads.

use serde_json::Value;

/// One line for each value, keys with blanks for underscores.
pub(crate) fn render(value: &Value) -> String {
    let mut out = String::new();
    lines(value, 0, &mut out);
    out
}

fn lines(value: &Value, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                entry(
                    &format!("{indent}{}", key.replace('_', " ")),
                    value,
                    depth,
                    out,
                );
            }
        }
        Value::Array(items) => {
            for item in items {
                match plain(item) {
                    Some(text) => *out += &format!("{indent}- {text}\n"),
                    None => {
                        *out += &format!("{indent}-\n");
                        lines(item, depth + 1, out);
                    }
                }
            }
        }
        other => *out += &format!("{indent}{}\n", plain(other).unwrap_or_default()),
    }
}

fn entry(label: &str, value: &Value, depth: usize, out: &mut String) {
    match plain(value) {
        Some(text) => *out += &format!("{label}: {text}\n"),
        None => {
            *out += &format!("{label}:\n");
            lines(value, depth + 1, out);
        }
    }
}

/// What fits on one line; `None` for what does not.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some("-".to_owned()),
        Value::Bool(true) => Some("yes".to_owned()),
        Value::Bool(false) => Some("no".to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(printable(text)),
        Value::Array(items) if items.is_empty() => Some("none".to_owned()),
        Value::Array(items) => {
            let short: Vec<String> = items
                .iter()
                .filter(|item| !item.is_array() && !item.is_object())
                .filter_map(plain)
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
