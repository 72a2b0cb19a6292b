//! JSON that is wiped: what it was put together from, and what it is written to.

use serde_json::{Map, Value};
use std::io::{self, Write};
use zeroize::Zeroize;

/// A JSON object whose texts are wiped when it is dropped.
pub(crate) struct Wiped(Value);

impl Wiped {
    pub(crate) fn of(map: Map<String, Value>) -> Self {
        Self(Value::Object(map))
    }

    /// The value at a place (RFC 6901).
    pub(crate) fn at(&self, pointer: &str) -> Option<&Value> {
        self.0.pointer(pointer)
    }

    /// Over several lines, as the program writes it.
    pub(crate) fn json(&self) -> Vec<u8> {
        written(|to| serde_json::to_writer_pretty(to, &self.0))
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

/// A value on one line.
pub(crate) fn compact(value: &Value) -> Vec<u8> {
    written(|to| serde_json::to_writer(to, value))
}

/// Measures first: what grows a vector moves it, and leaves a copy behind.
fn written(write: impl Fn(&mut dyn Write) -> serde_json::Result<()>) -> Vec<u8> {
    struct Measure(usize);
    impl Write for Measure {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.saturating_add(bytes.len());
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut measure = Measure(0);
    // Neither a measure nor a vector refuses anything, and every key of a value is a text.
    let _ = write(&mut measure);
    let mut bytes = Vec::with_capacity(measure.0);
    let _ = write(&mut bytes);
    bytes
}

/// The depth is that of the report's contract.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(list) => list.iter_mut().for_each(wipe),
        Value::Object(object) => object.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_written_is_what_serde_writes_and_needs_no_second_vector() {
        let value = json!({"name": "Lê Thử", "list": [1, 2.5, null, true], "empty": {}});
        let Value::Object(map) = value.clone() else {
            panic!("an object")
        };
        let wiped = Wiped::of(map);
        assert_eq!(wiped.json(), serde_json::to_vec_pretty(&value).unwrap());
        assert_eq!(compact(&value), serde_json::to_vec(&value).unwrap());
        let bytes = compact(&value);
        assert_eq!(bytes.len(), bytes.capacity());
    }

    #[test]
    fn every_text_is_wiped() {
        let mut value = json!({"a": "secret", "b": [{"c": "secret"}], "n": 1});
        wipe(&mut value);
        assert_eq!(value, json!({"a": "", "b": [{"c": ""}], "n": 1}));
    }
}
