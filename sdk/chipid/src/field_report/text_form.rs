//! The form of a text without the text: what kind of characters, and how many as a class.

use super::classes::text_length;
use super::value_free::facts;

facts! {
    /// The form of a text.
    pub struct TextForm {
        /// `empty`, `nine_digits`, `twelve_digits`, `eight_digits`, `digits`, `day_month_year` (with `/`), `hex`, `text`.
        pub form: &'static str,
        /// Its length in bytes: `0`, `1-8`, `9-16`, `17-32`, `33-64`, `65-`; `1-` where a class would tell the text.
        pub length: &'static str,
        /// Whether it is UTF-8; so said where only `1-` is told of the length.
        pub utf8: bool,
    }
}

impl TextForm {
    pub(super) fn of(text: &[u8]) -> Self {
        Self {
            form: form(text),
            length: text_length(text.len()),
            utf8: std::str::from_utf8(text).is_ok(),
        }
    }
}

impl TextForm {
    /// Nothing but whether there is any text.
    pub(super) const fn blurred(anything: bool) -> Self {
        let (form, length) = if anything {
            ("text", "1-")
        } else {
            ("empty", "0")
        };
        Self {
            form,
            length,
            utf8: true,
        }
    }
}

fn form(text: &[u8]) -> &'static str {
    let digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
    match text {
        [] => "empty",
        [d1, d2, b'/', m1, m2, b'/', year @ ..]
            if year.len() == 4 && digits(&[*d1, *d2, *m1, *m2]) && digits(year) =>
        {
            "day_month_year"
        }
        // A serial number may happen to have digits alone.
        _ if text.len() == 16 && text.iter().all(u8::is_ascii_hexdigit) => "hex",
        _ if digits(text) => match text.len() {
            8 => "eight_digits",
            9 => "nine_digits",
            12 => "twelve_digits",
            _ => "digits",
        },
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (text, form) in [
            ("", "empty"),
            ("001090000017", "twelve_digits"),
            ("012345678", "nine_digits"),
            ("15/03/1999", "day_month_year"),
            ("1999", "digits"),
            ("029400000000000A", "hex"),
            ("0294000000000000", "hex"),
            ("Lê Thử Nghiệm", "text"),
        ] {
            assert_eq!(super::form(text.as_bytes()), form, "{text}");
        }
        assert!(!TextForm::of(&[0xFF]).utf8);
    }
}
