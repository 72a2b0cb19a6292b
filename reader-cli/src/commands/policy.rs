//! `chipid policy`

use super::Manner;
use crate::examination::policy;
use crate::exit::{Exit, Failure};
use crate::lang::{Lang, Text, filled, word, words};
use crate::output::{self, json::rounded};
use chipid::{Policy, codes};
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

const REQUIRES: Text = Text("Bắt buộc", "Requires");
const LOWERED: Text = Text("Khác với mặc định", "Other than the default");
const FACES: Text = Text("Khuôn mặt", "Faces");
const FACES_MATCH: Text = Text("khớp từ", "a match from");
const FACES_DIFFER: Text = Text("khác nếu dưới", "another person under");
const SESSION: Text = Text(
    "khóa phiên sau số lần không khớp / số giây",
    "the session locks after failed attempts / seconds",
);
const PORTRAITS: Text = Text(
    "Ảnh trong chip: nghi là quá cũ từ {0} năm; chụp khi chưa đủ {1} tuổi thì từ {2} năm",
    "Portraits: a doubt from {0} years on; of somebody under {1}, from {2} years on",
);
const KINSHIP: Text = Text(
    "Quan hệ giám hộ: chấp nhận căn cứ {0}",
    "Guardians: the evidence of kinship that is taken is {0}",
);
const NO_KINSHIP: Text = Text(
    "Quan hệ giám hộ: không chấp nhận căn cứ nào",
    "Guardians: no evidence of kinship is taken",
);
const RULE: Text = Text(
    "Có phát hiện nghiêm trọng: từ chối. Có nghi ngờ, hoặc thiếu kiểm tra bắt buộc: chưa đủ cơ sở kết luận. Còn lại: chấp nhận.",
    "Anything fatal rejects. Any doubt, or a required check that is missing, leaves it undecided. Else it accepts.",
);

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
    let mut out = format!(
        "{}: {}\n\n{}:\n",
        policy.name(),
        policy.purpose(lang.name()),
        lang.of(REQUIRES)
    );
    for requirement in policy.requires() {
        let label =
            crate::lang::check_label(requirement.name()).map_or(requirement.name(), |t| lang.of(t));
        out += &format!("  - {label} [{}]\n", requirement.name());
    }
    let changed = changed(policy);
    if !changed.is_empty() {
        out += &format!("{}:\n", lang.of(LOWERED));
        for (code, severity) in changed {
            let what = words(code).map_or(code, |w| lang.of(w.what));
            out += &format!("  - {what} [{code}]: {}\n", word(severity, lang));
        }
    }
    let thresholds = policy.thresholds();
    let (attempts, session) = policy.session_limits();
    let bounds = policy.portrait_bounds();
    let years = [bounds.max_years, bounds.child_under, bounds.max_years_child];
    let portraits = filled(lang.of(PORTRAITS), &years.map(|years| years.to_string()));
    let kinship = match kinship(policy) {
        taken if taken.is_empty() => lang.of(NO_KINSHIP).to_owned(),
        taken => filled(lang.of(KINSHIP), &[taken.join(", ")]),
    };
    out += &format!(
        "{}: {} {:.3}; {} {:.3}\n  {} ({})\n  {}: {attempts} / {}\n{portraits}\n{kinship}\n\n{}\nSHA-256 {}\n",
        lang.of(FACES),
        lang.of(FACES_MATCH),
        thresholds.accept().value(),
        lang.of(FACES_DIFFER),
        thresholds.reject().value(),
        thresholds.false_match_rate(),
        word(thresholds.basis(), lang),
        lang.of(SESSION),
        session.as_secs(),
        lang.of(RULE),
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
        "portrait": {
            "max_years": policy.portrait_bounds().max_years,
            "max_years_child": policy.portrait_bounds().max_years_child,
            "child_under": policy.portrait_bounds().child_under,
        },
        "guardian": {"kinship": kinship(policy)},
    })
}
