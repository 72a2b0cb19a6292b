//! Sentences with places for values, in both languages at once: which one is said is decided where it is said.

use super::{Lang, Text};
use std::fmt::Display;

/// A sentence in both languages, its places filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    vietnamese: String,
    english: String,
}

impl Message {
    /// A sentence whose two languages come from two places, as an error of the library does.
    pub(crate) fn of(vietnamese: impl Into<String>, english: impl Into<String>) -> Self {
        Self {
            vietnamese: vietnamese.into(),
            english: english.into(),
        }
    }
}

/// What reads differently in each language: texts and messages; and whatever is the same in both, as names and numbers.
pub(crate) trait Said {
    /// In this language.
    fn said(&self, lang: Lang) -> String;
}

impl Said for Text {
    fn said(&self, lang: Lang) -> String {
        lang.of(*self).to_owned()
    }
}

impl Said for Message {
    fn said(&self, lang: Lang) -> String {
        match lang {
            Lang::Vi => self.vietnamese.clone(),
            Lang::En => self.english.clone(),
        }
    }
}

impl<T: Display + ?Sized> Said for T {
    fn said(&self, _lang: Lang) -> String {
        self.to_string()
    }
}

/// What may be said to a person: it exists in both languages. A bare `&str` or `String` does not.
#[diagnostic::on_unimplemented(
    message = "a person would read `{Self}` in one language only",
    note = "put a `Text(vietnamese, english)` into a file of reader-cli/src/lang; `TEXT.with([&value])` fills its {{0}}, {{1}}"
)]
pub(crate) trait Sentence {
    /// Both languages.
    fn message(self) -> Message;
}

impl Sentence for Message {
    fn message(self) -> Message {
        self
    }
}

impl Sentence for Text {
    fn message(self) -> Message {
        Message::of(self.0, self.1)
    }
}

impl Text {
    /// The text with its places `{0}`, `{1}` … filled.
    pub(crate) fn with<const N: usize>(self, values: [&dyn Said; N]) -> Message {
        let fill = |lang: Lang| filled(lang.of(self), &values.map(|value| value.said(lang)));
        Message {
            vietnamese: fill(Lang::Vi),
            english: fill(Lang::En),
        }
    }
}

/// `pattern` with `{0}` replaced by the first value and so on; a value is never looked into for further places.
pub(crate) fn filled(pattern: &str, values: &[String]) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let value = after
            .split_once('}')
            .and_then(|(place, after)| Some((values.get(place.parse::<usize>().ok()?)?, after)));
        rest = if let Some((value, after)) = value {
            out.push_str(value);
            after
        } else {
            out.push('{');
            after
        };
    }
    out.push_str(rest);
    out
}

/// Named texts, Vietnamese first, and the list of them all, for the tests that read every one.
macro_rules! texts {
    ($($(#[$about:meta])* $name:ident: $vi:expr, $en:expr;)*) => {
        $($(#[$about])* pub(crate) const $name: $crate::lang::Text = $crate::lang::Text($vi, $en);)*
        /// All texts of this file by their names.
        #[cfg(test)]
        pub(super) const ALL: &[(&str, $crate::lang::Text)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use texts;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_values_are_not_looked_into() {
        let text = Text("mở {1} bằng {0}", "{0} opens {1}");
        let said = text.with([&"{1}", &7]);
        assert_eq!(said.said(Lang::En), "{1} opens 7");
        assert_eq!(said.said(Lang::Vi), "mở 7 bằng {1}");
        assert_eq!(Text("{", "{9} {x}").with([]).said(Lang::En), "{9} {x}");
        let inner = Text("không có", "no such file");
        let outer = Text("{0}: {1}", "{0}: {1}").with([&"a.bin", &inner]);
        assert_eq!(outer.said(Lang::Vi), "a.bin: không có");
    }
}
