//! Policy files: what they may say.

use super::*;

#[test]
fn built_in_policies_are_read() {
    for name in Policy::BUILT_IN {
        let policy = Policy::built_in(name).expect(name);
        assert_eq!(policy.name(), name);
        assert!(
            policy
                .requires()
                .any(|r| r == Requirement::PassiveAuthentication)
        );
        assert!(!policy.purpose("vi").is_empty() && !policy.purpose("en").is_empty());
    }
    assert!(matches!(
        Policy::built_in("nobody"),
        Err(PolicyError::Unknown { .. })
    ));
}

#[test]
fn a_policy_may_raise_and_may_not_lower_what_is_fatal() {
    let text =
        |more: &str| format!("name = \"own\"\nrequires = [\"passive_authentication\"]\n{more}");
    let policy =
        Policy::from_toml(&text("[severity]\nrevocation_unknown = \"doubt\"")).expect("TOML");
    doubts(
        &policy.decide(&Case::of(good_card()).assess()),
        core::REVOCATION_UNKNOWN,
    );
    let error = |more: &str| Policy::from_toml(&text(more)).expect_err(more);
    assert_eq!(
        error("[severity]\ndigest_mismatch = \"note\""),
        PolicyError::FatalLowered {
            code: "digest_mismatch".into()
        }
    );
    assert_eq!(
        error("[severity]\ntest_issuer = \"note\""),
        PolicyError::TestIssuerLowered
    );
    assert_eq!(
        error("[face]\naccept = -1.0\nreject = -1.0\nfalse_match_rate = 0.001\nbasis = \"none\""),
        PolicyError::Thresholds
    );
    assert_eq!(
        Policy::from_toml("name = \"counter\"\nrequires = [\"passive_authentication\"]")
            .expect_err("a counter of one's own"),
        PolicyError::NameTaken {
            name: "counter".into()
        }
    );
    assert_eq!(
        Policy::from_toml("name = \"demo\"\nrequires = [\"passive_authentication\"]\n[severity]\ntest_issuer = \"note\"")
            .expect_err("a demo of one's own"),
        PolicyError::NameTaken {
            name: "demo".into()
        }
    );
    assert_eq!(
        error("[severity]\nno_such_code = \"note\""),
        PolicyError::UnknownCode {
            code: "no_such_code".into()
        }
    );
    for face in [
        "accept = 0.2",
        "accept = 0.2\nfalse_match_rate = 1e-4\nbasis = \"none\"",
        // Nobody would ever be told apart.
        "reject = -1.0\nfalse_match_rate = 1e-4\nbasis = \"none\"",
        "reject = 0.249\nfalse_match_rate = 1e-4\nbasis = \"none\"",
        "reject = nan\nfalse_match_rate = 1e-4\nbasis = \"none\"",
        // Read, and without effect.
        "false_match_rate = 1e-6",
        "basis = \"our own\"",
    ] {
        assert_eq!(
            error(&format!("[face]\n{face}")),
            PolicyError::Thresholds,
            "{face}"
        );
    }
    let lowest = "[face]\nreject = 0.25\nfalse_match_rate = 1e-4\nbasis = \"our own\"";
    let lowest = Policy::from_toml(&text(lowest)).expect("TOML");
    assert!(lowest.thresholds().reject().value() < default_thresholds().reject().value());
    assert_eq!(
        error("surprise = 1"),
        PolicyError::Malformed { line: Some(3) }
    );
    assert_eq!(
        Policy::from_toml("name = \"x\"\nrequires = [\"face\"]").expect_err("nothing proven"),
        PolicyError::PassiveAuthenticationMissing
    );
}

/// The document that people read and the codes that programs see are the same table.
#[test]
fn the_table_of_the_documentation_is_the_table_of_the_program() {
    let text = include_str!("../../../../../docs/verdict.md");
    for code in codes::all() {
        let row = format!("| `{}` |", code.name());
        let line = text
            .lines()
            .find(|line| line.starts_with(&row))
            .unwrap_or_else(|| panic!("docs/verdict.md has no row for {code}"));
        let severity = line.rsplit('|').nth(1).unwrap_or_default().trim();
        assert_eq!(
            severity.to_lowercase(),
            code.severity().name(),
            "docs/verdict.md, row {code}"
        );
    }
    let severities = ["| fatal |", "| doubt |", "| note |"];
    let rows = text
        .lines()
        .filter(|l| l.starts_with("| `") && severities.iter().any(|s| l.ends_with(s)))
        .count();
    assert_eq!(rows, codes::all().count(), "rows that no code has");
}
