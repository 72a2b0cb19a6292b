//! `chipid policy`

use super::Manner;
use crate::examination::policy;
use crate::exit::{Exit, Failure};
use crate::lang::{self, Lang, filled, word, words};
use crate::output;
use chipid::report::rounded;
use chipid::{Confidence, Policy, Requirement, codes};
use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

const EXAMPLE: &str = "Example:\n  chipid policy show counter";

#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The built-in policies
    #[command(after_help = "Example:\n  chipid policy list")]
    List,
    /// What a policy demands
    #[command(after_help = EXAMPLE)]
    Show {
        /// A built-in policy, or a file
        #[arg(value_name = "NAME|FILE")]
        name: String,
    },
}

impl Arguments {
    pub(crate) fn run(self, manner: Manner) -> Result<Exit, Failure> {
        match self.what {
            What::List => list(manner)?,
            What::Show { name } => show(&policy(&name)?, manner)?,
        }
        Ok(Exit::Done)
    }
}

fn list(manner: Manner) -> Result<(), Failure> {
    let policies = Policy::BUILT_IN
        .iter()
        .map(|name| Policy::built_in(name))
        .collect::<Result<Vec<_>, _>>()?;
    if manner.json {
        return output::print_json(&policies.iter().map(as_json).collect());
    }
    let lines: String = policies
        .iter()
        .map(|p| format!("{:14} {}\n", p.name(), p.purpose(manner.lang.name())))
        .collect();
    output::print(&lines)
}

fn show(policy: &Policy, manner: Manner) -> Result<(), Failure> {
    if manner.json {
        return output::print_json(&as_json(policy));
    }
    output::print(&in_words(policy, manner.lang))
}

fn in_words(policy: &Policy, lang: Lang) -> String {
    let mut out = format!("{}: {}\n\n", policy.name(), policy.purpose(lang.name()));
    if let Some(rule) = policy.rule() {
        let sure = match rule.confidence() {
            Confidence::Confirmed => lang::POLICY_CONFIRMED,
            Confidence::Press => lang::POLICY_PRESS,
            _ => lang::POLICY_UNKNOWN,
        };
        out += &format!(
            "{}: {}\n  {}\n  {}: {}\n",
            lang.of(lang::POLICY_SERVES),
            rule.source(lang.name()),
            rule.text(lang.name()),
            lang.of(lang::POLICY_CONFIDENCE),
            lang.of(sure),
        );
    }
    out += &format!("{}:\n", lang.of(lang::POLICY_REQUIRES));
    for requirement in policy.requires() {
        let label =
            lang::check_label(requirement.name()).map_or(requirement.name(), |t| lang.of(t));
        out += &format!("  - {label} [{}]\n", requirement.name());
    }
    let changed = changed(policy);
    if !changed.is_empty() {
        out += &format!("{}:\n", lang.of(lang::POLICY_LOWERED));
        for (code, severity) in changed {
            let what = words(code).map_or(code, |w| lang.of(w.what));
            out += &format!("  - {what} [{code}]: {}\n", word(severity, lang));
        }
    }
    let (liveness, online) = policy.max_ages();
    for requirement in policy.requires() {
        out += &match requirement {
            Requirement::Capture => {
                let sources: Vec<_> = policy.captures().map(|c| c.name()).collect();
                format!(
                    "{}: {}\n",
                    lang.of(lang::POLICY_CAPTURES),
                    sources.join(", ")
                )
            }
            Requirement::Liveness => {
                filled(
                    lang.of(lang::POLICY_LIVENESS_AGE),
                    &[liveness.as_secs().to_string()],
                ) + "\n"
            }
            Requirement::Online => {
                filled(
                    lang.of(lang::POLICY_ONLINE_AGE),
                    &[online.as_secs().to_string()],
                ) + "\n"
            }
            _ => continue,
        };
    }
    let thresholds = policy.thresholds();
    let (attempts, session) = policy.session_limits();
    let bounds = policy.portrait_bounds();
    let years = [bounds.max_years, bounds.child_under, bounds.max_years_child];
    let portraits = filled(
        lang.of(lang::POLICY_PORTRAITS),
        &years.map(|years| years.to_string()),
    );
    let kinship = match kinship(policy) {
        taken if taken.is_empty() => lang.of(lang::POLICY_NO_KINSHIP).to_owned(),
        taken => filled(lang.of(lang::POLICY_KINSHIP), &[taken.join(", ")]),
    };
    out += &format!(
        "{}: {} {:.3}; {} {:.3}\n  {} ({})\n  {}: {attempts} / {}\n{portraits}\n{kinship}\n\n{}\nSHA-256 {}\n",
        lang.of(lang::POLICY_FACES),
        lang.of(lang::POLICY_FACES_MATCH),
        thresholds.accept().value(),
        lang.of(lang::POLICY_FACES_DIFFER),
        thresholds.reject().value(),
        thresholds.false_match_rate(),
        word(thresholds.basis(), lang),
        lang.of(lang::POLICY_SESSION),
        session.as_secs(),
        lang.of(lang::POLICY_RULE),
        hex::encode(policy.sha256()),
    );
    out
}

/// Codes whose severity the policy changes.
fn changed(policy: &Policy) -> Vec<(&'static str, &'static str)> {
    codes::all()
        .filter(|code| policy.severity(*code) != code.severity())
        .map(|code| (code.name(), policy.severity(code).name()))
        .collect()
}

fn kinship(policy: &Policy) -> Vec<&'static str> {
    policy.kinship().iter().map(|basis| basis.name()).collect()
}

fn as_json(policy: &Policy) -> Value {
    let thresholds = policy.thresholds();
    let (attempts, session) = policy.session_limits();
    let severities: Map<String, Value> = codes::all()
        .map(|code| (code.name().to_owned(), json!(policy.severity(code).name())))
        .collect();
    json!({
        "name": policy.name(),
        "sha256": hex::encode(policy.sha256()),
        "purpose": {"vi": policy.purpose("vi"), "en": policy.purpose("en")},
        "rule": policy.rule().map(|rule| json!({
            "text": {"vi": rule.text("vi"), "en": rule.text("en")},
            "source": {"vi": rule.source("vi"), "en": rule.source("en")},
            "confidence": rule.confidence().name(),
        })),
        "requires": policy.requires().map(|r| r.name()).collect::<Vec<_>>(),
        "severities": severities,
        "face": {
            "threshold": rounded(thresholds.accept().value()),
            "reject_threshold": rounded(thresholds.reject().value()),
            "false_match_rate": thresholds.false_match_rate(),
            "false_match_rate_basis": thresholds.basis(),
            "max_failed_attempts": attempts,
            "max_session_seconds": session.as_secs(),
        },
        "capture": {"accepts": policy.captures().map(|c| c.name()).collect::<Vec<_>>()},
        "liveness": {"max_age_seconds": policy.max_ages().0.as_secs()},
        "online": {"max_age_seconds": policy.max_ages().1.as_secs()},
        "portrait": {
            "max_years": policy.portrait_bounds().max_years,
            "max_years_child": policy.portrait_bounds().max_years_child,
            "child_under": policy.portrait_bounds().child_under,
        },
        "guardian": {"kinship": kinship(policy)},
    })
}
