//! Every built-in policy over every combination of its checks, against the tables of `docs/reference/policies.md`.

use super::*;
use std::collections::BTreeMap;

const PAGE: &str = include_str!("../../../../../docs/reference/policies.md");

/// What a check came to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Came {
    Passed,
    Failed,
    NotPerformed,
}

const ALL: [Came; 3] = [Came::Passed, Came::Failed, Came::NotPerformed];

/// The finding of a check that failed.
fn failure(check: Requirement) -> Code {
    match check {
        Requirement::PassiveAuthentication => core::SIGNATURE_INVALID,
        Requirement::ChipGenuine => core::CHIP_NOT_GENUINE,
        Requirement::DocumentValidity => core::DOCUMENT_EXPIRED,
        Requirement::Consistency => core::HOLDER_MISMATCH,
        Requirement::Face => codes::FACE_MISMATCH,
        Requirement::Capture => codes::CAPTURE_NOT_ACCEPTED,
        Requirement::Liveness => codes::LIVENESS_FAILED,
        Requirement::Online => codes::ISSUER_DENIES,
    }
}

/// The rows of the page that begin with `name`: policy by policy, what stands there.
fn rows() -> BTreeMap<&'static str, BTreeMap<&'static str, &'static str>> {
    let cells = |line: &'static str| -> Vec<&'static str> {
        line.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().trim_matches('`'))
            .collect()
    };
    let columns = Policy::BUILT_IN.len() + 1;
    let mut heads: Vec<&str> = Vec::new();
    let mut rows = BTreeMap::new();
    for line in PAGE.lines().filter(|l| l.starts_with("| ")) {
        let cells = cells(line);
        match cells.first() {
            Some(&("check" | "finding")) => heads = cells,
            Some(&name) if cells.len() == columns && heads.len() == columns => {
                let row: BTreeMap<_, _> =
                    heads.iter().copied().zip(cells.clone()).skip(1).collect();
                rows.insert(name, row);
            }
            _ => {}
        }
    }
    rows
}

#[test]
fn every_policy_over_every_combination_is_the_documented_table() {
    let rows = rows();
    let columns: Vec<_> = rows["face"].keys().copied().collect();
    let mut names = Policy::BUILT_IN.to_vec();
    names.sort_unstable();
    assert_eq!(columns, names, "a column for each policy");
    let mut accepted_without_chip = std::collections::BTreeSet::new();
    for name in Policy::BUILT_IN {
        let policy = Policy::built_in(name).expect(name);
        let severity = |code: Code| match rows.get(code.name()) {
            Some(row) => row[name],
            None => code.severity().name(),
        };
        for combination in 0..3_u32.pow(8) {
            let came = |check: Requirement| {
                let place = Requirement::ALL
                    .iter()
                    .position(|c| *c == check)
                    .expect("a check");
                ALL[(combination / 3_u32.pow(place as u32) % 3) as usize]
            };
            let reason = |check| match came(check) {
                Came::Passed => None,
                Came::Failed => Some(failure(check)),
                Came::NotPerformed => Some(core::NOT_REQUESTED),
            };
            let mut grounds: Vec<_> = Requirement::ALL
                .into_iter()
                .filter(|check| came(*check) == Came::Failed)
                .map(|check| policy.ground(failure(check), None))
                .collect();
            let kind = policy.weigh(&mut grounds, reason);

            let failed = |word: &str| {
                Requirement::ALL
                    .into_iter()
                    .any(|c| came(c) == Came::Failed && severity(failure(c)) == word)
            };
            let missing = Requirement::ALL
                .into_iter()
                .any(|c| rows[c.name()][name] == "required" && came(c) != Came::Passed);
            let expected = if failed("fatal") {
                VerdictKind::Reject
            } else if failed("doubt") || missing {
                VerdictKind::Undecided
            } else {
                VerdictKind::Accept
            };
            assert_eq!(kind, expected, "{name}, combination {combination}");
            if kind == VerdictKind::Accept && came(Requirement::ChipGenuine) != Came::Passed {
                accepted_without_chip.insert(name);
            }
        }
    }
    let expected = std::collections::BTreeSet::from(["data-cleaning", "reading-only"]);
    assert_eq!(accepted_without_chip, expected, "without a genuine chip");
}

#[test]
fn every_finding_does_under_every_policy_what_the_table_says() {
    let rows = rows();
    for name in Policy::BUILT_IN {
        let policy = Policy::built_in(name).expect(name);
        for code in codes::all() {
            let expected = match rows.get(code.name()) {
                Some(row) => row[name],
                None => code.severity().name(),
            };
            assert_eq!(policy.severity(code).name(), expected, "{name}, {code}");
            let mut grounds = vec![policy.ground(code, None)];
            let kind = match expected {
                "fatal" => VerdictKind::Reject,
                "doubt" => VerdictKind::Undecided,
                _ => VerdictKind::Accept,
            };
            assert_eq!(policy.weigh(&mut grounds, |_| None), kind, "{name}, {code}");
        }
    }
}

/// Whole cards through whole policies, with everything that a caller can bring.
#[test]
fn a_chip_that_does_not_prove_itself_is_accepted_by_two_policies_alone() {
    let without = || matched(assess_saved(saved(good_card(), None, None)));
    for name in Policy::BUILT_IN {
        let policy = Policy::built_in(name).expect(name);
        let brought = |assessment: Assessment| {
            let at = assessment.checked_at();
            assessment.with_liveness(super::liveness::living(at))
        };
        let genuine = policy.decide(&brought(Case::of(good_card()).matched()));
        assert_eq!(
            genuine.kind,
            VerdictKind::Accept,
            "{name}: {:?}",
            genuine.grounds
        );
        let copy = policy.decide(&brought(without()));
        let accepted = ["data-cleaning", "reading-only"].contains(&name);
        assert_eq!(
            copy.kind == VerdictKind::Accept,
            accepted,
            "{name}: {:?}",
            copy.grounds
        );
    }
}

#[test]
fn every_policy_of_an_office_cites_its_rule_and_says_how_sure_it_is() {
    use crate::Confidence::{Press, Unknown};
    for (name, confidence) in [
        ("counter", Some(Press)),
        ("transfer", Some(Press)),
        ("one-stop", Some(Unknown)),
        ("document-only", None),
        ("data-cleaning", Some(Unknown)),
        ("reading-only", Some(Press)),
        ("demo", None),
    ] {
        let policy = Policy::built_in(name).expect(name);
        assert_eq!(
            policy.rule().map(crate::Rule::confidence),
            confidence,
            "{name}"
        );
        if let Some(rule) = policy.rule() {
            assert!(
                !rule.text("vi").is_empty() && !rule.text("en").is_empty(),
                "{name}"
            );
            assert!(
                !rule.source("vi").is_empty() && !rule.source("en").is_empty(),
                "{name}"
            );
        }
    }
}
