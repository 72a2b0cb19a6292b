//! The table of cases and languages.

use crate::run::{Outcome, Took};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A line for each group of cases, a column for each language; then every case that is not as it should be, in full.
#[must_use]
pub fn table(outcome: &Outcome) -> String {
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for case in &outcome.cases {
        groups.entry(group(case)).or_default().push(case);
    }
    let width = groups
        .keys()
        .map(|g| g.len())
        .max()
        .unwrap_or_default()
        .max("cases".len());
    let mut out = String::new();
    let _ = write!(out, "{:width$}", "cases");
    for member in &outcome.members {
        let _ = write!(out, "  {:>9}", member.name);
    }
    out.push('\n');
    for (group, cases) in &groups {
        let _ = write!(out, "{group:width$}");
        for member in &outcome.members {
            let _ = write!(out, "  {:>9}", cell(member, cases));
        }
        out.push('\n');
    }
    let all: Vec<&str> = outcome.cases.iter().map(String::as_str).collect();
    let _ = write!(out, "{:width$}", "all");
    for member in &outcome.members {
        let _ = write!(out, "  {:>9}", cell(member, &all));
    }
    let _ = write!(out, "\n{:width$}", "seconds");
    for member in &outcome.members {
        let _ = write!(out, "  {:>9.1}", member.time.as_secs_f64());
    }
    out.push('\n');
    for member in &outcome.members {
        told(member, &mut out);
    }
    if !outcome.left_out.is_empty() {
        let _ = writeln!(
            out,
            "\nleft out for all, for want of models or photographs: {}",
            outcome.left_out.join(", ")
        );
    }
    out
}

/// How many of these cases are as they should be, of how many.
fn cell(member: &Took, cases: &[&str]) -> String {
    if member.never_run.is_some() {
        return "-".to_owned();
    }
    let good = cases
        .iter()
        .filter(|case| !member.differing.contains_key(**case));
    format!("{}/{}", good.count(), cases.len())
}

fn told(member: &Took, out: &mut String) {
    if let Some(why) = &member.never_run {
        let _ = writeln!(out, "\n{}: not run: {why}", member.name);
    }
    for wrong in &member.wrong {
        let _ = writeln!(out, "\n{}: {wrong}", member.name);
    }
    for (case, found) in &member.differing {
        let _ = writeln!(out, "\n{}: {case}", member.name);
        for line in found {
            let _ = writeln!(out, "    {line}");
        }
    }
}

fn group(case: &str) -> &str {
    case.split('/').next().unwrap_or_default()
}
