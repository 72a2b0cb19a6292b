//! The form as a page: one HTML file that loads nothing and runs nothing, for A4.

use super::{Form, Line, Trust};
use crate::lang::{self, Lang, Text};
use crate::output::tree::printable;
use base64ct::{Base64, Encoding};
use chipid::VerdictKind;
use chipid::holder_fields::{Field, NEVER};
use std::fmt::Write;

const STYLE: &str = include_str!("page.css");

/// The page. Vietnamese leads, English stands beside it, whatever the language of the run.
pub(crate) fn page(form: &Form<'_>) -> String {
    let mut out = String::new();
    let title = both(lang::FORM_TITLE);
    // No script, no font, no picture from anywhere: were a value ever to get through as markup, it could do nothing.
    let _ = writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>",
        escaped(lang::FORM_TITLE.0)
    );
    watermark(form, &mut out);
    let _ = writeln!(
        out,
        "<header><h1>{title}</h1><p>{}</p></header>",
        both(lang::FORM_FROM_CHIP)
    );
    banner(form, &mut out);
    if form.says_something() {
        holder(form, &mut out);
    }
    checks(form, &mut out);
    about(form, &mut out);
    let _ = writeln!(
        out,
        "<footer><div>{}</div><div>{}</div></footer>\n</body>\n</html>",
        both(lang::FORM_CUSTOMER),
        both(lang::FORM_CLERK)
    );
    out
}

/// Across the page, where it must not be taken for more than it is.
fn watermark(form: &Form<'_>, out: &mut String) {
    let mark = if form.trust != Trust::IssuerVerified {
        lang::FORM_MARK_NOT_PROVEN
    } else if form.is_test {
        lang::FORM_MARK_TEST
    } else if form.verdict() == Some(VerdictKind::Reject) {
        lang::FORM_MARK_REJECTED
    } else {
        return;
    };
    let _ = writeln!(
        out,
        "<div class=\"watermark\" aria-hidden=\"true\">{}<br>{}</div>",
        escaped(mark.0),
        escaped(mark.1)
    );
}

fn banner(form: &Form<'_>, out: &mut String) {
    let (class, verdict) = match form.verdict() {
        Some(VerdictKind::Accept) => ("good", Some((lang::ACCEPT, lang::ACCEPT_MEANS))),
        Some(VerdictKind::Reject) => ("bad", Some((lang::REJECT, lang::REJECT_MEANS))),
        Some(VerdictKind::Undecided) => ("doubt", Some((lang::UNDECIDED, lang::UNDECIDED_MEANS))),
        None => ("doubt", None),
    };
    if let Some((word, means)) = verdict {
        let _ = writeln!(
            out,
            "<section class=\"banner {class}\"><strong>{}</strong><p>{}</p></section>",
            both(word),
            both(means)
        );
    }
    let (class, text) = match form.trust {
        Trust::IssuerVerified => ("good", lang::FORM_PROVEN),
        Trust::SignatureOnly => ("bad", lang::FORM_ISSUER_UNKNOWN),
        Trust::NotProven => ("bad", lang::FORM_NOT_PROVEN),
    };
    let _ = writeln!(out, "<p class=\"proof {class}\">{}</p>", both(text));
    if form.is_test {
        let _ = writeln!(
            out,
            "<p class=\"proof bad\">{}</p>",
            both(lang::FORM_TEST_CARD)
        );
    }
}

fn holder(form: &Form<'_>, out: &mut String) {
    out.push_str("<section class=\"holder\">\n");
    match &form.portrait {
        Some(portrait) => {
            let _ = writeln!(
                out,
                "<figure><img alt=\"\" src=\"data:{};base64,{}\"><figcaption>{}</figcaption></figure>",
                portrait.media_type,
                Base64::encode_string(&portrait.data),
                both(lang::FORM_PORTRAIT)
            );
        }
        None => {
            let _ = writeln!(
                out,
                "<figure class=\"none\"><figcaption>{}</figcaption></figure>",
                both(lang::FORM_NO_PORTRAIT)
            );
        }
    }
    out.push_str("<table>\n");
    for line in form.lines.iter().filter(|line| is_shown(line)) {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{}</td></tr>",
            both(line.label),
            value(line)
        );
    }
    out.push_str("</table>\n</section>\n");
}

/// The generation is said by the card's title.
fn is_shown(line: &Line) -> bool {
    line.field != Field::Generation
}

/// What a person reads in a field; every value is escaped.
fn value(line: &Line) -> String {
    let value = match &line.value {
        Ok(value) => value,
        Err(why) => {
            let text = lang::missing(*why).unwrap_or(Text(why.name(), why.name()));
            return format!("<span class=\"quiet\">({})</span>", both(text));
        }
    };
    match line.field {
        Field::Birth | Field::Issued | Field::Expiry => match value.as_str() {
            NEVER => both(lang::NEVER_EXPIRES),
            day => escaped(&day_of(day)),
        },
        Field::Sex => both(lang::sex(value)),
        field if field.is_derived() => format!(
            "{} <span class=\"quiet\">({})</span>",
            escaped(value),
            both(lang::DERIVED)
        ),
        _ => escaped(value),
    }
}

/// `15/03/1990` of `1990-03-15`.
fn day_of(day: &str) -> String {
    match day.split('-').collect::<Vec<_>>()[..] {
        [year, month, day] => format!("{day}/{month}/{year}"),
        _ => day.to_owned(),
    }
}

fn checks(form: &Form<'_>, out: &mut String) {
    let _ = writeln!(out, "<section><h2>{}</h2><table>", both(lang::FORM_CHECKS));
    for (name, status, reason) in form.checks() {
        let (class, word) = match status {
            "passed" => ("good", lang::FORM_PASSED),
            "failed" => ("bad", lang::FORM_FAILED),
            _ => ("doubt", lang::FORM_NOT_PERFORMED),
        };
        let why = reason
            .and_then(lang::words)
            .map(|words| format!(": {}", both(words.what)))
            .unwrap_or_default();
        let label = lang::check_label(name).unwrap_or(Text(name, name));
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"{class}\">{}{why}</td></tr>",
            both(label),
            both(word)
        );
    }
    out.push_str("</table></section>\n");
    let grounds = form.grounds();
    if grounds.is_empty() {
        return;
    }
    let _ = writeln!(out, "<section><h2>{}</h2><ul>", both(lang::FORM_GROUNDS));
    for (code, _) in grounds {
        let what = lang::words(code).map_or_else(|| escaped(code), |words| both(words.what));
        let _ = writeln!(
            out,
            "<li>{what} <span class=\"quiet\">[{}]</span></li>",
            escaped(code)
        );
    }
    out.push_str("</ul></section>\n");
}

fn about(form: &Form<'_>, out: &mut String) {
    let mut entry = |label: Text, value: String| {
        let _ = writeln!(out, "<p class=\"about\">{}: {value}</p>", both(label));
    };
    if let Some(purpose) = form.purpose {
        let (vi, en) = (purpose.reason("vi"), purpose.reason("en"));
        entry(
            lang::FORM_PURPOSE,
            format!("{} · <i lang=\"en\">{}</i>", escaped(vi), escaped(en)),
        );
    }
    let mut time = form.examined.assessment.checked_at().to_string();
    if form.examined.time_given {
        time += &format!(" ({})", Lang::Vi.of(lang::TIME_GIVEN));
    }
    entry(lang::FORM_CHECKED_AT, escaped(&time));
    if let Some(verdict) = &form.examined.verdict {
        entry(
            lang::FORM_POLICY,
            format!(
                "{}, SHA-256 {}",
                escaped(&verdict.policy),
                hex::encode(verdict.policy_sha256)
            ),
        );
    }
}

/// A text in both languages.
fn both(text: Text) -> String {
    format!("{} <i lang=\"en\">{}</i>", escaped(text.0), escaped(text.1))
}

/// Text that is text on a page, whatever it holds.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_value_is_markup() {
        assert_eq!(
            escaped("<img src=x onerror='a'>\"&amp;"),
            "&lt;img src=x onerror=&#39;a&#39;&gt;&quot;&amp;amp;"
        );
        assert_eq!(
            escaped("A\u{1b}[31mB\u{202e}C\u{9b}"),
            "A\u{FFFD}[31mB\u{FFFD}C\u{FFFD}"
        );
        assert_eq!(escaped("Lê Thử Nghiệm"), "Lê Thử Nghiệm");
    }

    #[test]
    fn a_day_as_it_is_written_in_vietnam() {
        assert_eq!(day_of("1990-03-15"), "15/03/1990");
        assert_eq!(day_of("unknown"), "unknown");
    }

    #[test]
    fn the_page_loads_nothing() {
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    }
}
