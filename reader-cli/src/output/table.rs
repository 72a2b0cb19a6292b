//! The answer as a clerk reads it: the verdict large, the holder, each check, and what to do next.

use super::style::{Style, Tone};
use super::tree::printable;
use crate::examination::Examination;
use crate::lang::{self, Lang, Text};
use chipid::emrtd::document::AccessProtocol;
use chipid::emrtd::finding::codes as core;
use chipid::emrtd::passive_authentication::{DataGroupStatus, PassiveAuthentication};
use chipid::holder_fields::{Field, NEVER};
use chipid::report::rounded;
use chipid::{Check, Code, DataGroup, Expiry, Severity, VerdictKind, codes};
use serde_json::Value;

/// Columns of a check's label.
const LABEL: usize = 32;
const RULE: usize = 64;
/// Columns of a field's label.
const FIELD: usize = 18;

/// Everything, for a person. `fields`: what of the holder is shown; empty for what is shown unasked.
pub(crate) fn examination(
    examined: &Examination,
    fields: &[Field],
    style: Style,
    lang: Lang,
) -> String {
    let mut page = Page::new(style, lang);
    if let Some(verdict) = &examined.verdict {
        page.banner(verdict.kind, &verdict.policy, examined);
    }
    page.holder(examined, fields);
    page.out += &super::differences::table(examined, fields, style, lang);
    page.checks(examined);
    match &examined.verdict {
        Some(verdict) => page.grounds(verdict.grounds.iter().map(told)),
        None => page.grounds(examined.assessment.findings().iter().map(|f| {
            (
                f.code,
                f.code.severity(),
                f.file.map(|f| f.to_string()),
                f.detail,
            )
        })),
    }
    if let Some(modelled) = &examined.link {
        page.out += &super::link::table(modelled, style, lang);
    }
    page.out
}

/// The head of an answer over several cards.
pub(crate) fn joint(
    kind: VerdictKind,
    policy: &str,
    examined: &Examination,
    style: Style,
    lang: Lang,
) -> String {
    let mut page = Page::new(style, lang);
    page.banner(kind, policy, examined);
    page.out
}

/// A heading, what stands under it, and the grounds that belong there.
pub(crate) fn section(
    title: Text,
    line: &str,
    grounds: impl Iterator<Item = chipid::Ground>,
    style: Style,
    lang: Lang,
) -> String {
    let mut page = Page::new(style, lang);
    page.heading(title);
    page.line(&format!("  {line}"));
    for ground in grounds {
        let about = ground.detail.map(|word| page.in_words(word).to_owned());
        page.ground(
            ground.code,
            ground.severity,
            ground.detail,
            about.as_slice(),
        );
    }
    page.out
}

/// One of several cards: who, the checks, and the grounds.
pub(crate) fn card(
    title: Text,
    examined: &Examination,
    fields: &[Field],
    style: Style,
    lang: Lang,
) -> String {
    let mut page = Page::new(style, lang);
    let rule = page.style.paint(Tone::Quiet, &"─".repeat(RULE));
    page.line("");
    page.line(&rule);
    let title = page.style.paint(Tone::Heading, lang.of(title));
    page.line(&format!("  {title}"));
    page.holder(examined, fields);
    page.checks(examined);
    if let Some(verdict) = &examined.verdict {
        page.grounds(verdict.grounds.iter().map(told));
    }
    page.out
}

fn told(ground: &chipid::Ground) -> Ground {
    let file = ground.file.map(|f| f.to_string());
    (ground.code, ground.severity, file, ground.detail)
}

/// Code, severity, file, detail.
type Ground = (Code, Severity, Option<String>, Option<&'static str>);

struct Page {
    out: String,
    style: Style,
    lang: Lang,
}

impl Page {
    const fn new(style: Style, lang: Lang) -> Self {
        Self {
            out: String::new(),
            style,
            lang,
        }
    }

    fn line(&mut self, text: &str) {
        self.out += text.trim_end();
        self.out.push('\n');
    }

    fn heading(&mut self, text: Text) {
        let text = self.style.paint(Tone::Heading, self.lang.of(text));
        self.line("");
        self.line(&text);
    }

    fn banner(&mut self, kind: VerdictKind, policy: &str, examined: &Examination) {
        let (word, means, tone) = match kind {
            VerdictKind::Accept => (lang::ACCEPT, lang::ACCEPT_MEANS, Tone::Good),
            VerdictKind::Reject => (lang::REJECT, lang::REJECT_MEANS, Tone::Bad),
            VerdictKind::Undecided => (lang::UNDECIDED, lang::UNDECIDED_MEANS, Tone::Doubt),
        };
        let lang = self.lang;
        let spaced: String = lang.of(word).chars().flat_map(|c| [c, ' ']).collect();
        let rule = self.style.paint(tone, &"═".repeat(RULE));
        self.line(&rule);
        let word = self.style.paint(tone, spaced.trim_end());
        self.line(&format!("  {word}"));
        self.line(&rule);
        self.line(&format!("  {}", lang.of(means)));
        let given = if examined.time_given {
            format!(" ({})", lang.of(lang::TIME_GIVEN))
        } else {
            String::new()
        };
        let about = format!(
            "  {}: {} · {}: {}{given}",
            lang.of(lang::POLICY),
            printable(policy),
            lang.of(lang::TIME),
            examined.assessment.checked_at(),
        );
        let about = self.style.paint(Tone::Quiet, &about);
        self.line(&about);
    }

    fn holder(&mut self, examined: &Examination, fields: &[Field]) {
        self.heading(lang::HOLDER);
        let lang = self.lang;
        let Some(holder) = examined.assessment.holder() else {
            let report = &examined.assessment.verification().passive_authentication;
            let zone = report.data_groups().get(&DataGroup::MRZ);
            let why = if zone == Some(&DataGroupStatus::NotRead) {
                lang::HOLDER_NOT_READ
            } else {
                lang::HOLDER_WITHHELD
            };
            self.line(&format!("  {}", lang.of(why)));
            return;
        };
        for field in Field::selected(holder, fields) {
            // The card's title says the same to a person.
            if fields.is_empty() && field == Field::Generation {
                continue;
            }
            let label = lang::FIELDS
                .iter()
                .find(|(key, _)| *key == field.name())
                .map_or(field.name(), |(_, label)| lang.of(*label));
            let value = match holder.value(field) {
                Ok(value) if field == Field::Expiry && *value == NEVER => {
                    lang.of(lang::NEVER_EXPIRES).to_owned()
                }
                Ok(value) if field == Field::Sex => lang.of(lang::sex(&value)).to_owned(),
                Ok(value) if field.is_derived() => {
                    format!("{} ({})", printable(&value), lang.of(lang::DERIVED))
                }
                Ok(value) => printable(&value),
                // Said only to somebody who asked for it.
                Err(why) if !fields.is_empty() => {
                    let why = lang::missing(why).map_or(why.name(), |text| lang.of(text));
                    self.style.paint(Tone::Quiet, &format!("({why})"))
                }
                Err(_) => continue,
            };
            if !value.is_empty() {
                self.line(&format!("  {label:FIELD$} {value}"));
            }
        }
        if holder.trust == chipid::IssuerTrust::SignatureOnly {
            let warning = self
                .style
                .paint(Tone::Doubt, lang.of(lang::HOLDER_SIGNATURE_ONLY));
            self.line(&format!("  {warning}"));
        }
    }

    fn checks(&mut self, examined: &Examination) {
        self.heading(lang::CHECKS);
        let (assessment, lang) = (&examined.assessment, self.lang);
        let verification = assessment.verification();
        match &verification.access {
            Some(access) => {
                let how = match access.protocol {
                    AccessProtocol::Pace {
                        mapping,
                        cipher,
                        group,
                    } => format!(
                        "PACE-{}, {}, {}",
                        mapping.name().to_uppercase(),
                        cipher.name().to_uppercase(),
                        group.name()
                    ),
                    AccessProtocol::None => "-".to_owned(),
                    _ => "BAC, 3DES".to_owned(),
                };
                let how = access.password.map_or(how.clone(), |password| {
                    format!("{how}, {}", password.name().to_uppercase())
                });
                self.check(lang::ACCESS, "passed", None, &how);
            }
            None => self.check(lang::ACCESS, "not_performed", Some("no_chip"), ""),
        }
        let passive = &verification.passive_authentication;
        let signer = passive.csca().map_or_else(
            || passive.document_signer().map(|s| s.issuer.clone()),
            |csca| Some(csca.subject.clone()),
        );
        self.judged(
            lang::PASSIVE_AUTHENTICATION,
            &passive.check(),
            &printable(&format!(
                "{}{}",
                signer.unwrap_or_default(),
                signature(passive)
            )),
        );
        let proof = match verification.chip_genuine.passed().map(|c| c.by().name()) {
            Some("ca") => lang.of(lang::BY_CA),
            Some(_) => lang.of(lang::BY_AA),
            None => "",
        };
        self.judged(lang::CHIP_GENUINE, &verification.chip_genuine, proof);
        let until = match assessment.expires() {
            Some(Expiry::On(day)) => format!("{} {day}", lang.of(lang::UNTIL)),
            Some(Expiry::Never) => lang.of(lang::NEVER_EXPIRES).to_owned(),
            None => String::new(),
        };
        self.judged(
            lang::DOCUMENT_VALIDITY,
            assessment.document_validity(),
            &until,
        );
        self.judged(lang::CONSISTENCY, assessment.consistency(), "");
        if let Some(verdict) = &examined.verdict {
            let face = &verdict.face;
            let measured = face.similarity.map(|similarity| {
                format!(
                    "{} {:.3}, {} {:.3}",
                    lang.of(lang::SIMILARITY),
                    rounded(similarity.value()),
                    lang.of(lang::THRESHOLD),
                    rounded(face.thresholds.accept().value()),
                )
            });
            let advice = face
                .advice
                .and_then(lang::advice)
                .map(|text| lang.of(text).to_owned());
            let more: Vec<String> = [measured, advice].into_iter().flatten().collect();
            self.judged(lang::FACE, &face.check, &more.join("; "));
            // Said only where the policy asks for it.
            if verdict.capture.reason() != Some(core::NOT_REQUESTED) {
                self.judged(lang::CAPTURE, &verdict.capture, "");
            }
            let by = |who: Option<&str>| printable(who.unwrap_or_default());
            let liveness = &verdict.liveness;
            let vendor = liveness.liveness.as_ref().map(|l| l.vendor.as_str());
            self.judged(lang::LIVENESS, &liveness.check, &by(vendor));
            let online = &verdict.online;
            self.judged(lang::ONLINE, &online.check, &by(online.service.as_deref()));
        } else {
            self.check(lang::LIVENESS, "not_performed", Some("not_requested"), "");
            self.check(lang::ONLINE, "not_performed", Some("not_requested"), "");
        }
    }

    fn judged<T>(&mut self, label: Text, check: &Check<T>, more: &str) {
        self.check(
            label,
            check.status(),
            check.reason().map(|c| c.name()),
            more,
        );
    }

    fn check(&mut self, label: Text, status: &str, reason: Option<&str>, more: &str) {
        let (mark, tone) = match status {
            "passed" => ("✓", Tone::Good),
            "failed" => ("✗", Tone::Bad),
            _ => ("–", Tone::Quiet),
        };
        let why = reason
            .and_then(lang::words)
            .map_or("", |words| self.lang.of(words.what));
        let text: Vec<&str> = [why, more].into_iter().filter(|t| !t.is_empty()).collect();
        let label = self.lang.of(label);
        let mark = self.style.paint(tone, mark);
        self.line(&format!("  {mark} {label:LABEL$} {}", text.join("; ")));
    }

    /// The grounds, those of one kind on one line.
    fn grounds(&mut self, grounds: impl Iterator<Item = Ground>) {
        let mut kinds: Vec<(Code, Severity, Option<&'static str>, Vec<String>)> = Vec::new();
        for (code, severity, file, detail) in grounds {
            let about: Vec<&str> = file
                .as_deref()
                .into_iter()
                .chain(detail.map(|word| self.in_words(word)))
                .collect();
            let about = about.join(": ");
            match kinds.last_mut() {
                Some((last, _, _, abouts)) if *last == code => abouts.push(about),
                _ => kinds.push((code, severity, detail, vec![about])),
            }
        }
        if kinds.is_empty() {
            return;
        }
        self.heading(lang::GROUNDS);
        for (code, severity, detail, abouts) in kinds {
            self.ground(code, severity, detail, &abouts);
        }
    }

    fn ground(
        &mut self,
        code: Code,
        severity: Severity,
        detail: Option<&'static str>,
        abouts: &[String],
    ) {
        let (mark, tone) = match severity {
            Severity::Fatal => ("✗", Tone::Bad),
            Severity::Doubt => ("?", Tone::Doubt),
            Severity::Note => ("·", Tone::Quiet),
        };
        let lang = self.lang;
        let words = lang::words(code.name());
        let what = words.map_or(code.name(), |w| lang.of(w.what));
        let abouts: Vec<&str> = abouts
            .iter()
            .map(String::as_str)
            .filter(|a| !a.is_empty())
            .collect();
        let about = match abouts.is_empty() {
            true => String::new(),
            false => format!(" ({})", abouts.join(", ")),
        };
        let mark = self.style.paint(tone, mark);
        let name = self.style.paint(Tone::Quiet, &format!("[{}]", code.name()));
        self.line(&format!("  {mark} {what}{about} {name}"));
        let next = lang.of(next(code, detail));
        if severity > Severity::Note && !next.is_empty() {
            self.line(&format!("      {} {next}", lang.of(lang::NEXT)));
        }
    }

    /// A permanent word that names a check or a reason, as a person reads it.
    fn in_words(&self, word: &'static str) -> &'static str {
        lang::check_label(word)
            .or_else(|| lang::words(word).map(|w| w.what))
            .or_else(|| lang::detail(word))
            .map_or(word, |text| self.lang.of(text))
    }
}

/// What to do about a ground. A photograph is of no use where the chip holds no face to compare it with.
fn next(code: Code, detail: Option<&'static str>) -> Text {
    let faceless = [codes::NO_FACE_ON_CHIP, codes::HOLDER_UNDER_6];
    let code = match detail {
        Some(reason) if faceless.iter().any(|c| c.name() == reason) => codes::NO_FACE_ON_CHIP,
        _ => code,
    };
    lang::words(code.name()).map_or(Text("", ""), |words| words.next)
}

/// What was read and is not proven, under a heading that says so.
pub(crate) fn unverified(value: &Value, style: Style, lang: Lang) -> String {
    let heading = style.paint(Tone::Bad, lang.of(lang::DANGER_UNVERIFIED));
    format!("\n{heading}\n{}", super::tree::render(value, lang))
}

/// How the document was signed: `, ecdsa-sha1, brainpoolP224r1 (explicit)`.
fn signature(passive: &PassiveAuthentication) -> String {
    let Some(signer) = passive.document_signer() else {
        return String::new();
    };
    let algorithm = passive.signature_algorithm().map(|a| a.name());
    let form = signer.parameters.map(|form| format!(" ({})", form.name()));
    format!(
        "; {}, {}{}",
        algorithm.unwrap_or_default(),
        signer.key.as_deref().unwrap_or_default(),
        form.unwrap_or_default()
    )
}
