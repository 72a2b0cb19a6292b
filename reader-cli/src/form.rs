//! The customer form: what the chip proves of the holder, for the counter's file; as JSON
//! (`test-vectors/schemas/form.schema.json`) and as a page to print.

mod page;

pub(crate) use page::page;

use crate::examination::Examination;
use crate::lang::{self, Text};
use base64ct::{Base64, Encoding};
use chipid::emrtd::lds::image::ImageFormat;
use chipid::face_engine::decode_portrait;
use chipid::holder_fields::{Field, Missing};
use chipid::purpose::Purpose;
use chipid::{Check, IssuerTrust, Severity, VerdictKind};
use image::codecs::jpeg::JpegEncoder;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The format's name; a change that could break a reader makes it `/2`.
const SCHEMA: &str = "chipid/form/1";
/// Of a portrait that is written anew, since browsers do not show JPEG 2000.
const QUALITY: u8 = 92;

/// How far what stands on the form is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Signed, and the signer is traced to a trusted certificate.
    IssuerVerified,
    /// Signed by somebody whom nobody vouches for.
    SignatureOnly,
    /// Nothing is proven, so nothing is shown.
    NotProven,
}

impl Trust {
    const fn name(self) -> &'static str {
        match self {
            Self::IssuerVerified => "issuer_verified",
            Self::SignatureOnly => "signature_only",
            Self::NotProven => "not_proven",
        }
    }
}

/// One line of the form.
struct Line {
    field: Field,
    label: Text,
    value: Result<Zeroizing<String>, Missing>,
}

/// A portrait as every browser shows it.
struct Portrait {
    media_type: &'static str,
    data: Zeroizing<Vec<u8>>,
    /// Of the bytes on the chip.
    sha256: [u8; 32],
}

/// A form, filled.
pub(crate) struct Form<'a> {
    examined: &'a Examination,
    purpose: Option<&'a Purpose>,
    trust: Trust,
    /// The chain ends in a test issuer.
    is_test: bool,
    lines: Vec<Line>,
    portrait: Option<Portrait>,
}

impl<'a> Form<'a> {
    /// Fills a form with these fields; empty for what is given unasked.
    pub(crate) fn new(
        examined: &'a Examination,
        purpose: Option<&'a Purpose>,
        fields: &[Field],
    ) -> Self {
        let holder = examined.assessment.holder();
        let lines = holder.map_or_else(Vec::new, |holder| {
            Field::selected(holder, fields)
                .into_iter()
                .map(|field| Line {
                    field,
                    label: label(field),
                    value: holder.value(field),
                })
                .collect()
        });
        let trust = match holder.map(|holder| holder.trust) {
            Some(IssuerTrust::IssuerVerified) => Trust::IssuerVerified,
            Some(_) => Trust::SignatureOnly,
            None => Trust::NotProven,
        };
        let wanted = holder.is_some() && purpose.is_none_or(Purpose::portrait);
        Self {
            examined,
            purpose,
            trust,
            is_test: examined
                .assessment
                .findings()
                .iter()
                .any(|finding| finding.code.name() == "test_issuer"),
            lines,
            portrait: wanted.then(|| portrait(examined)).flatten(),
        }
    }

    /// Whether anything of the holder stands on it.
    pub(crate) fn says_something(&self) -> bool {
        !self.lines.is_empty()
    }

    /// For programs.
    pub(crate) fn json(&self) -> Value {
        let assessment = &self.examined.assessment;
        let verdict = self.examined.verdict.as_ref();
        let fields: Map<String, Value> = self
            .lines
            .iter()
            .map(|line| {
                let value = json!({
                    "value": line.value.as_ref().ok().map(|value| value.as_str()),
                    "missing": line.value.as_ref().err().map(|why| why.name()),
                    "derived": line.field.is_derived(),
                    "label": {"vi": line.label.0, "en": line.label.1},
                });
                (line.field.name().to_owned(), value)
            })
            .collect();
        let checks: Map<String, Value> = self
            .checks()
            .into_iter()
            .map(|(name, status, reason)| {
                (name.to_owned(), json!({"status": status, "reason": reason}))
            })
            .collect();
        json!({
            "schema": SCHEMA,
            "trust": self.trust.name(),
            "test_issuer": self.is_test,
            "verdict": verdict.map(|v| v.kind.name()),
            "policy": verdict.map(|v| json!({
                "name": v.policy,
                "sha256": hex::encode(v.policy_sha256),
            })),
            "time": {
                "checked_at": assessment.checked_at().to_string(),
                "source": if self.examined.time_given { "given" } else { "system" },
            },
            "purpose": self.purpose.map(|p| json!({
                "name": p.name(),
                "reason": {"vi": p.reason("vi"), "en": p.reason("en")},
                "rule": p.rule(),
                "confidence": p.confidence().name(),
            })),
            "checks": checks,
            "grounds": verdict.map(|v| v.grounds.iter().map(|ground| json!({
                "code": ground.code.name(),
                "severity": ground.severity.name(),
            })).collect::<Vec<_>>()),
            "fields": fields,
            "portrait": self.portrait.as_ref().map(|portrait| json!({
                "media_type": portrait.media_type,
                "sha256": hex::encode(portrait.sha256),
                "data": Base64::encode_string(&portrait.data),
            })),
        })
    }

    /// Name, status and reason of each check.
    fn checks(&self) -> Vec<(&'static str, &'static str, Option<&'static str>)> {
        fn of<T>(
            name: &'static str,
            check: &Check<T>,
        ) -> (&'static str, &'static str, Option<&'static str>) {
            (name, check.status(), check.reason().map(|code| code.name()))
        }
        let assessment = &self.examined.assessment;
        let verification = assessment.verification();
        let mut checks = vec![
            of(
                "passive_authentication",
                &verification.passive_authentication.check(),
            ),
            of("chip_genuine", &verification.chip_genuine),
            of("document_validity", assessment.document_validity()),
            of("consistency", assessment.consistency()),
        ];
        if let Some(verdict) = &self.examined.verdict {
            checks.push(of("face", &verdict.face.check));
        }
        checks
    }

    fn verdict(&self) -> Option<VerdictKind> {
        self.examined.verdict.as_ref().map(|verdict| verdict.kind)
    }

    /// The grounds that a person should read.
    fn grounds(&self) -> Vec<(&'static str, Severity)> {
        let grounds = self.examined.verdict.iter().flat_map(|v| &v.grounds);
        let mut seen: Vec<(&'static str, Severity)> = Vec::new();
        for ground in grounds {
            let one = (ground.code.name(), ground.severity);
            if ground.severity > Severity::Note && !seen.contains(&one) {
                seen.push(one);
            }
        }
        seen
    }
}

fn label(field: Field) -> Text {
    lang::FIELDS
        .iter()
        .find(|(key, _)| *key == field.name())
        .map_or(Text(field.name(), field.name()), |(_, label)| *label)
}

/// The proven portrait: a JPEG that can be decoded as it is, anything else written anew.
fn portrait(examined: &Examination) -> Option<Portrait> {
    let document = examined.assessment.verification().document.as_ref()?;
    let on_chip = document.portrait()?.image()?;
    let picture = decode_portrait(&on_chip.data).ok()?;
    let data = match on_chip.format {
        ImageFormat::Jpeg => on_chip.data.clone(),
        _ => {
            let mut jpeg = Zeroizing::new(Vec::new());
            JpegEncoder::new_with_quality(&mut *jpeg, QUALITY)
                .encode(
                    picture.pixels(),
                    picture.width(),
                    picture.height(),
                    image::ExtendedColorType::Rgb8,
                )
                .ok()?;
            jpeg
        }
    };
    Some(Portrait {
        media_type: "image/jpeg",
        data,
        sha256: Sha256::digest(&on_chip.data).into(),
    })
}
