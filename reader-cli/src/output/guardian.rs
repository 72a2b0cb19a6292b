//! What `chipid guardian` answers: `test-vectors/schemas/guardian.schema.json`, and the same for a person.

use super::style::Style;
use super::{json, table};
use crate::commands::guardian::Examined;
use crate::lang::{self, Lang};
use chipid::Policy;
use chipid::guardian::{GuardianGround, Kinship, KinshipBasis, Party};
use chipid::holder_fields::Field;
use chipid::vietnam::kinship::NameMatch;
use serde_json::{Value, json};

const SCHEMA: &str = "chipid/guardian/1";

/// The whole answer, with that of `verify` for each card in it.
pub(crate) fn json(examined: &Examined, policy: &Policy, fields: &[Field]) -> Value {
    let verdict = &examined.verdict;
    let grounds: Vec<Value> = verdict
        .grounds
        .iter()
        .map(|GuardianGround { of, ground }| {
            json!({
                "of": of.name(),
                "code": ground.code.name(),
                "severity": ground.severity.name(),
                "file": ground.file.map(|f| f.to_string()),
                "detail": ground.detail,
            })
        })
        .collect();
    json!({
        "schema": SCHEMA,
        "verdict": verdict.kind.name(),
        "policy": {"name": policy.name(), "sha256": hex::encode(policy.sha256())},
        "kinship": verdict.kinship.map(|kinship| kinship_json(kinship, policy)),
        "kinship_accepted": policy.kinship().iter().map(|b| b.name()).collect::<Vec<_>>(),
        "grounds": grounds,
        "child": json::examination(&examined.child, fields),
        "guardian": json::examination(&examined.guardian, fields),
    })
}

fn kinship_json(kinship: Kinship, policy: &Policy) -> Value {
    let spouse = match kinship {
        Kinship::Chip { spouse, .. } => spouse,
        Kinship::QrUnsigned { .. } | Kinship::Declared { .. } => None,
    };
    json!({
        "basis": kinship.basis().name(),
        "relation": kinship.relation(),
        "names": kinship.names().map(|names| match names {
            NameMatch::Exact => "exact",
            _ => "without_diacritics",
        }),
        "spouse_is_other_parent": spouse,
        "sufficient": policy.takes_kinship(kinship.basis()),
    })
}

/// The answer as a clerk reads it: the verdict over both, who they are to each other, then each card.
pub(crate) fn table(
    examined: &Examined,
    policy: &Policy,
    fields: &[Field],
    style: Style,
    lang: Lang,
) -> String {
    let verdict = &examined.verdict;
    let between = |g: &&GuardianGround| g.of == Party::Both;
    let grounds = verdict.grounds.iter().filter(between).map(|g| g.ground);
    let mut out = table::joint(verdict.kind, policy.name(), &examined.child, style, lang);
    let kinship = verdict
        .kinship
        .map_or(lang.of(lang::KINSHIP_NONE).to_owned(), |kinship| {
            format!(
                "{}: {}",
                relation(kinship, lang),
                basis(kinship.basis(), lang)
            )
        });
    out += &table::section(lang::KINSHIP, &kinship, grounds, style, lang);
    for (title, card) in [
        (lang::CHILD, &examined.child),
        (lang::GUARDIAN, &examined.guardian),
    ] {
        out += &table::card(title, card, fields, style, lang);
    }
    out
}

fn relation(kinship: Kinship, lang: Lang) -> &'static str {
    let name = kinship.relation();
    lang::relation(name).map_or(name, |text| lang.of(text))
}

fn basis(basis: KinshipBasis, lang: Lang) -> &'static str {
    lang.of(match basis {
        KinshipBasis::Chip => lang::BY_CHIP_NAME,
        KinshipBasis::QrUnsigned => lang::BY_QR_NAME,
        KinshipBasis::Declared => lang::BY_DECLARATION,
    })
}
