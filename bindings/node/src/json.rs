//! JSON that is wiped: what it was put together from, and no second copy of what it is written to.

use serde_json::{Map, Value};
use std::io::{self, Write};
use zeroize::Zeroize;

/// A JSON object whose texts are wiped when it is dropped.
pub(crate) struct Wiped(Value);

impl Wiped {
    pub(crate) fn of(map: Map<String, Value>) -> Self {
        Self(Value::Object(map))
    }

    /// All of it, on one line.
    pub(crate) fn json(&self) -> Vec<u8> {
        written(&self.0)
    }

    /// One of its parts.
    pub(crate) fn part(&self, name: &str) -> Option<Vec<u8>> {
        self.0.get(name).map(written)
    }

    /// It without some of its parts.
    pub(crate) fn without(mut self, names: &[&str]) -> Self {
        for name in names {
            if let Some(part) = self.0.get_mut(*name) {
                wipe(part);
            }
            if let Value::Object(map) = &mut self.0 {
                map.remove(*name);
            }
        }
        self
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

/// Measures first: what grows a vector moves it, and leaves a copy behind.
fn written(value: &Value) -> Vec<u8> {
    let mut measure = Measure(0);
    // Neither a measure nor a vector refuses anything, and every key of a value is a text.
    let _ = serde_json::to_writer(&mut measure, value);
    let mut bytes = Vec::with_capacity(measure.0);
    let _ = serde_json::to_writer(&mut bytes, value);
    bytes
}

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

/// The depth is that of the report's contract.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(list) => list.iter_mut().for_each(wipe),
        Value::Object(object) => object.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
