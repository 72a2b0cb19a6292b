//! Registry and environment of this machine.

use crate::machine::Settings;
use std::env;

pub(crate) fn of_this_machine() -> Box<dyn Settings> {
    Box::new(ThisMachine)
}

struct ThisMachine;

impl Settings for ThisMachine {
    fn registry(&self, key: &str, name: &str) -> Option<String> {
        registry(key, name)
    }

    fn variable(&self, name: &str) -> Option<String> {
        env::var(name).ok()
    }
}

#[cfg(windows)]
fn registry(key: &str, name: &str) -> Option<String> {
    let key = windows_registry::LOCAL_MACHINE.open(key).ok()?;
    key.get_u32(name)
        .map(|number| number.to_string())
        .or_else(|_| key.get_string(name))
        .ok()
}

#[cfg(not(windows))]
fn registry(_key: &str, _name: &str) -> Option<String> {
    None
}
