//! A command of a reader, as its manual prints it: bytes, and names where a value is to be put in.

/// A command written as hexadecimal bytes and `{names}`: `E0 00 00 24 01 {speed}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template(pub &'static str);

impl Template {
    /// The names in it, in order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.0.split(' ').filter_map(name)
    }

    /// Its bytes, every name replaced by the value that `values` has for it; `None` where one is missing.
    #[must_use]
    pub fn bytes(self, values: &[(&str, u8)]) -> Option<Vec<u8>> {
        let byte = |part: &str| match name(part) {
            Some(wanted) => {
                let found = values.iter().find(|(name, _)| *name == wanted);
                found.map(|(_, value)| *value)
            }
            None => u8::from_str_radix(part, 16).ok(),
        };
        self.0.split(' ').map(byte).collect()
    }
}

fn name(part: &str) -> Option<&str> {
    part.strip_prefix('{')?.strip_suffix('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_and_none_is_guessed() {
        let template = Template("E0 00 00 24 02 {send} {receive}");
        assert_eq!(template.names().collect::<Vec<_>>(), ["send", "receive"]);
        assert_eq!(
            template.bytes(&[("receive", 2), ("send", 3)]),
            Some(vec![0xE0, 0, 0, 0x24, 2, 3, 2])
        );
        assert_eq!(template.bytes(&[("send", 3)]), None);
        assert_eq!(Template("E0 no").bytes(&[]), None);
    }
}
