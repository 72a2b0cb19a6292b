//! The text that passes between the program and its members: blocks of `key=value` lines, a blank line between blocks.
//!
//! In values a line feed stands as `\n`, a backslash as `\\`. Keys may repeat; their order counts.

use crate::error::Error;
use std::fmt::Write as _;

/// One block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Keys and values in their order.
    pub lines: Vec<(String, String)>,
}

impl Block {
    /// An empty block.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a line.
    pub fn push(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.lines.push((key.into(), value.into()));
    }

    /// The first value of a key.
    #[must_use]
    pub fn first(&self, key: &str) -> Option<&str> {
        let found = self.lines.iter().find(|(k, _)| k == key);
        found.map(|(_, value)| value.as_str())
    }

    /// All values of a key, in their order.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.lines
            .iter()
            .filter(move |(k, _)| k == key)
            .map(|(_, value)| value.as_str())
    }

    /// All lines whose key begins with `prefix`, without it.
    pub fn beginning<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.lines
            .iter()
            .filter_map(move |(key, value)| Some((key.strip_prefix(prefix)?, value.as_str())))
    }
}

/// Blocks as text.
#[must_use]
pub fn to_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        for (key, value) in &block.lines {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{key}={}", escaped(value));
        }
        text.push('\n');
    }
    text
}

/// Blocks from text.
///
/// # Errors
/// [`Error::Line`].
pub fn from_text(text: &str) -> Result<Vec<Block>, Error> {
    let mut blocks = vec![Block::new()];
    for (at, line) in text.lines().enumerate() {
        if line.is_empty() {
            blocks.push(Block::new());
            continue;
        }
        let number = at + 1;
        let (key, value) = line.split_once('=').ok_or(Error::Line { number })?;
        let value = unescaped(value).ok_or(Error::Line { number })?;
        if let (false, Some(block)) = (key.is_empty(), blocks.last_mut()) {
            block.push(key, value);
        } else {
            return Err(Error::Line { number });
        }
    }
    blocks.retain(|block| !block.lines.is_empty());
    Ok(blocks)
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('\n', "\\n")
}

fn unescaped(value: &str) -> Option<String> {
    let mut out = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => out.push(match characters.next()? {
                'n' => '\n',
                '\\' => '\\',
                _ => return None,
            }),
            other => out.push(other),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_come_back_as_they_went() {
        let mut one = Block::new();
        one.push("id", "a");
        one.push("key.mrz", "first\nsecond\\n");
        one.push("live", "");
        one.push("live", "x=y");
        let mut two = Block::new();
        two.push("id", "b");
        let text = to_text(&[one.clone(), two.clone()]);
        assert!(text.contains("key.mrz=first\\nsecond\\\\n\n"), "{text}");
        assert_eq!(from_text(&text).unwrap(), [one.clone(), two]);
        assert_eq!(one.all("live").collect::<Vec<_>>(), ["", "x=y"]);
        assert_eq!(
            one.beginning("key.").next(),
            Some(("mrz", "first\nsecond\\n"))
        );
    }

    #[test]
    fn what_is_no_line_is_told_with_its_number() {
        for (text, number) in [
            ("id=a\nnonsense\n", 2),
            ("=x", 1),
            ("a=\\x", 1),
            ("a=\\", 1),
        ] {
            let Err(Error::Line { number: told }) = from_text(text) else {
                panic!("{text} was taken");
            };
            assert_eq!(told, number);
        }
        assert!(from_text("\n\n\n").unwrap().is_empty());
    }
}
