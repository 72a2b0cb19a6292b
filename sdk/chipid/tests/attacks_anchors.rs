//! Anchors of another kind behind a Vietnamese identity card: it asks for one that somebody said is for such cards.
//! `make attacks` prints the table.

mod support;

use chipid::emrtd::trust::Scope;
use chipid::{Assessment, Code, Policy, TrustStore, Verdict, VerdictKind, codes, issuer_scope};
use chipid_virtual_card::{CardData, Issuer, Personaliser, Validity};
use support::{now, profile, read, rng};

/// A card of an issuer without a test's mark, as a real one would be.
fn card(name: &str) -> CardData {
    let profile = profile(name);
    let issuer = Issuer::new(
        &profile.country,
        profile.algorithms,
        Validity::around(profile.holder.issued),
        false,
        &mut rng(),
    )
    .expect("an issuer");
    Personaliser::new(profile)
        .issuer(&issuer)
        .build(&mut rng())
        .expect("a card")
}

fn judged(card: &CardData, scope: Option<Scope>) -> Verdict {
    Policy::reading_only().decide(&assessed(card, scope))
}

fn row(attack: &str, verdict: &Verdict, by: Code) {
    assert!(verdict.has(by), "{attack}: {:?}", verdict.grounds);
    println!("{attack:72} {by:24} {}", verdict.kind.name());
}

fn assessed(card: &CardData, scope: Option<Scope>) -> Assessment {
    let builder = match scope {
        Some(scope) => issuer_scope::builder().add_scoped(&card.csca, "csca.der", scope),
        None => TrustStore::builder().add(&card.csca, "csca.der"),
    };
    let store = builder.and_then(|b| b.build()).expect("a trust store");
    Assessment::new(read(card).verify(&store, now()))
}

fn passports() -> Scope {
    Scope {
        states: vec!["VNM".into()],
        document_codes: vec!["P".into()],
    }
}

#[test]
fn anchor_not_scoped() {
    let card = card("vn-2024");
    let unscoped = judged(&card, None);
    assert_eq!(unscoped.kind, VerdictKind::Undecided);
    row(
        "an anchor of the same state that nobody named for identity cards",
        &unscoped,
        codes::ANCHOR_NOT_SCOPED,
    );

    // No policy of one's own does away with it.
    let lax = Policy::from_toml(
        "name = \"lax\"\nrequires = [\"passive_authentication\"]\n[severity]\nanchor_not_scoped = \"note\"\n",
    )
    .expect("TOML");
    let verdict = lax.decide(&assessed(&card, None));
    assert_eq!(verdict.kind, VerdictKind::Undecided);
    row(
        "the same under a policy that calls it a note",
        &verdict,
        codes::REQUIRED_CHECK_MISSING,
    );

    // A scope that restricts the state alone says nothing of the kind of document.
    let of_the_state = Scope {
        states: vec!["VNM".into()],
        document_codes: Vec::new(),
    };
    assert!(judged(&card, Some(of_the_state)).has(codes::ANCHOR_NOT_SCOPED));

    let scoped = judged(&card, Some(issuer_scope::identity_cards()));
    assert_eq!(scoped.kind, VerdictKind::Accept, "{:?}", scoped.grounds);
}

#[test]
fn an_authority_for_passports_does_not_serve_for_cards() {
    let verdict = judged(&card("vn-2024"), Some(passports()));
    assert_eq!(verdict.kind, VerdictKind::Reject);
    row(
        "the authority of the passports behind an identity card",
        &verdict,
        chipid::emrtd::finding::codes::ISSUER_STATE_MISMATCH,
    );
}

#[test]
fn passports_and_other_states_ask_for_no_scope() {
    let verdict = judged(&card("passport-p256"), None);
    assert!(!verdict.has(codes::ANCHOR_NOT_SCOPED));
    assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);
}
