//! A Vietnamese identity card asks for an anchor that somebody said is for such cards.

mod support;

use chipid::emrtd::trust::Scope;
use chipid::{Assessment, Policy, TrustStore, Verdict, VerdictKind, codes, issuer_scope};
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
    let builder = match scope {
        Some(scope) => issuer_scope::builder().add_scoped(&card.csca, "csca.der", scope),
        None => TrustStore::builder().add(&card.csca, "csca.der"),
    };
    let store = builder.and_then(|b| b.build()).expect("a trust store");
    let verification = read(card).verify(&store, now());
    Policy::reading_only().decide(&Assessment::new(verification))
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
    assert!(unscoped.has(codes::ANCHOR_NOT_SCOPED));

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
    assert!(verdict.has(chipid::emrtd::finding::codes::ISSUER_STATE_MISMATCH));
}

#[test]
fn passports_and_other_states_ask_for_no_scope() {
    let verdict = judged(&card("passport-p256"), None);
    assert!(!verdict.has(codes::ANCHOR_NOT_SCOPED));
    assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);
}
