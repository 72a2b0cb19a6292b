//! A full reading of every kind of card, in process.

mod support;

use chipid::emrtd::document::AccessProtocol;
use chipid::emrtd::finding::codes;
use chipid::{Check, ChipProof, IssuerTrust, VerdictKind};
use chipid::{Policy, codes as facade_codes};
use chipid_virtual_card::Profile;

#[test]
fn every_profile_is_read_and_proven() {
    for name in Profile::names() {
        let card = support::card(name);
        let verification = support::verify(&card);
        let report = &verification.passive_authentication;
        let document = verification.document.as_ref().expect(name);
        assert_eq!(document.trust(), IssuerTrust::IssuerVerified, "{name}");
        assert!(
            report.check().passed().is_some(),
            "{name}: {:?}",
            verification.all_findings()
        );
        assert_eq!(
            document.portrait().is_some(),
            card.portrait.is_some(),
            "{name}"
        );

        let access = verification.access.as_ref().expect(name);
        let pace = matches!(access.protocol, AccessProtocol::Pace { .. });
        assert_eq!(pace, !card.pace.is_empty(), "{name}");
        assert_eq!(access.attempts, 1, "{name}");

        let provable = !card.chip_authentication.is_empty() || card.active_authentication.is_some();
        assert_eq!(
            verification.chip_genuine.passed().is_some(),
            provable,
            "{name}: {:?}",
            verification.chip_genuine
        );
        if !card.chip_authentication.is_empty() {
            assert_eq!(
                verification.chip_genuine.passed().map(|g| g.by()),
                Some(ChipProof::ChipAuthentication),
                "{name}"
            );
        }
        assert_eq!(
            verification.active_authentication.passed().is_some(),
            card.active_authentication.is_some(),
            "{name}"
        );
        assert!(
            verification.all_findings().has(codes::TEST_ISSUER),
            "{name}"
        );
    }
}

#[test]
fn a_good_card_without_a_live_image_is_undecided() {
    let assessment = support::assess(&support::card("vn-2021"));
    let verdict = Policy::demo().decide(&assessment);
    assert_eq!(
        verdict.kind,
        VerdictKind::Undecided,
        "{:?}",
        verdict.grounds
    );
    assert!(verdict.has(facade_codes::FACE_NOT_COMPARED));
    let doubts: Vec<_> = verdict
        .grounds
        .iter()
        .filter(|g| g.severity > chipid::Severity::Note)
        .map(|g| (g.code.name(), g.detail))
        .collect();
    assert_eq!(
        doubts,
        [
            ("face_not_compared", Some("no_live_image")),
            ("required_check_missing", Some("face"))
        ]
    );
}

#[test]
fn the_data_alone_are_undecided_for_a_test_issuer() {
    let verdict = Policy::reading_only().decide(&support::assess(&support::card("vn-2021")));
    assert_eq!(verdict.kind, VerdictKind::Undecided);
    assert!(verdict.has(codes::TEST_ISSUER));
}

#[test]
fn the_holder_of_a_vietnamese_card_comes_from_dg13() {
    let assessment = support::assess(&support::card("vn-2021"));
    let holder = assessment.holder().expect("a holder");
    assert_eq!(holder.trust, IssuerTrust::IssuerVerified);
    assert_eq!(holder.personal_number.len(), 12);
    assert!(!holder.name.is_ascii());
    assert!(matches!(assessment.consistency(), Check::Passed(())));
    assert!(matches!(assessment.document_validity(), Check::Passed(_)));
}

#[test]
fn what_the_card_says_of_itself_is_read_where_it_is_asked_for() {
    use chipid::{FileId, Reading, block};
    let card = support::card("passport-full");
    for file in [FileId::AtrInfo, FileId::Dir] {
        assert!(!support::read(&card).danger_unverified().contains_key(&file));
        let mut reading = Reading::with(support::key(&card)).with_card_files();
        let document = block(reading.run(&mut chipid_virtual_card::VirtualCard::new(card.clone())))
            .expect("ready")
            .expect("a document");
        assert_eq!(
            document.danger_unverified().get(&file).map(|b| b.to_vec()),
            card.files.get(&file).cloned(),
            "{file}"
        );
    }
    let plain = support::card("vn-2021");
    let mut reading = Reading::with(support::key(&plain)).with_card_files();
    let document = block(reading.run(&mut chipid_virtual_card::VirtualCard::new(plain)));
    assert!(document.expect("ready").is_ok());
}
