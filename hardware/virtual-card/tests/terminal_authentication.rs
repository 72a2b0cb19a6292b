//! Terminal Authentication between chipid's reader and our chip: who gets DG3 and DG4, and what the chip refuses.

use chipid_emrtd::access_key::AccessKey;
use chipid_emrtd::crypto::ec::Curve;
use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::cv_certificate::{CvCertificate, TerminalCertificates};
use chipid_emrtd::document::{TerminalOutcome, UnverifiedDocument};
use chipid_emrtd::drivers::block;
use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::finding::codes;
use chipid_emrtd::reading::Reading;
use chipid_emrtd::terminal_authentication::{SignerRefused, SigningRequest, Step};
use chipid_emrtd::time::Date;
use chipid_emrtd::tlv;
use chipid_emrtd::trust::TrustStore;
use chipid_virtual_card::{
    Behaviour, CardAccess, CardData, CertificateHolder, CertificateTerms, Grant, Issuer,
    Personaliser, Profile, Proof, SigningAlgorithm, TerminalTrust, VirtualCard,
};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use std::sync::OnceLock;

const ECDSA: SigningAlgorithm = SigningAlgorithm::Ecdsa {
    curve: Curve::BrainpoolP256r1,
    hash: HashAlgorithm::Sha256,
    explicit: true,
};

fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

fn day(year: u16, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

fn today() -> Date {
    day(2026, 11, 21)
}

fn terms(holder: &str, grant: Grant) -> CertificateTerms<'_> {
    CertificateTerms {
        holder,
        grant,
        from: day(2026, 1, 1),
        to: day(2027, 1, 1),
    }
}

/// A root, a domestic verifier under it and a terminal under that.
struct Pki {
    root: CertificateHolder,
    verifier: CertificateHolder,
    terminal: CertificateHolder,
}

impl Pki {
    fn new(algorithm: SigningAlgorithm) -> Self {
        let root =
            CertificateHolder::root(terms("UTCVCA00001", Grant::CVCA), algorithm, &mut rng())
                .unwrap();
        let verifier = root
            .issue(terms("UTVERIFIER00001", Grant::VERIFIER), &mut rng())
            .unwrap();
        let terminal = verifier
            .issue(terms("UTTERMINAL00001", Grant::TERMINAL), &mut rng())
            .unwrap();
        Self {
            root,
            verifier,
            terminal,
        }
    }

    fn trust(&self) -> TerminalTrust {
        TerminalTrust::new(&[self.root.certificate()], today())
    }
}

/// A card with DG3 and DG4.
fn card() -> &'static (CardData, Vec<u8>) {
    static CARD: OnceLock<(CardData, Vec<u8>)> = OnceLock::new();
    CARD.get_or_init(|| {
        let profile = Profile::builtin("vn-2024").unwrap();
        let issuer = Issuer::for_profile(&profile, &mut rng()).unwrap();
        let irises = DataGroup::new(4).unwrap();
        let data = Personaliser::new(profile)
            .issuer(&issuer)
            .data_group(irises, tlv::encode(irises.tag(), &[7; 300]))
            .build(&mut rng())
            .unwrap();
        (data, issuer.csca_certificate().to_vec())
    })
}

fn certificates(holders: &[&CertificateHolder]) -> TerminalCertificates {
    holders
        .iter()
        .map(|holder| CvCertificate::parse(holder.certificate()).unwrap())
        .collect()
}

/// Reads `chip` as `terminal`, which shows `shown`.
fn read_as(
    chip: &mut VirtualCard,
    shown: &[&CertificateHolder],
    terminal: &CertificateHolder,
) -> UnverifiedDocument {
    let terminal = terminal.clone();
    let signer = move |request: SigningRequest<'_>| {
        terminal
            .sign(request.message, &mut rng())
            .map_err(|_| SignerRefused)
    };
    let mut reading =
        Reading::with(AccessKey::mrz(&card().0.mrz).unwrap()).terminal(certificates(shown), signer);
    block(reading.run(chip, &mut rng())).unwrap().unwrap()
}

fn chip(trust: &TerminalTrust) -> VirtualCard {
    VirtualCard::new(card().0.clone()).with_terminal_trust(trust)
}

fn group(number: u8) -> FileId {
    FileId::DataGroup(DataGroup::new(number).unwrap())
}

fn has(document: &UnverifiedDocument, number: u8) -> bool {
    document.danger_unverified().contains_key(&group(number))
}

fn refused_at(document: &UnverifiedDocument) -> Option<Step> {
    match document.terminal_authentication() {
        TerminalOutcome::Refused { step, .. } => Some(*step),
        _ => None,
    }
}

#[test]
fn a_terminal_reads_fingers_and_irises_over_pace_and_over_bac() {
    let pss = SigningAlgorithm::RsaPss {
        bits: 2048,
        hash: HashAlgorithm::Sha256,
    };
    let p384 = SigningAlgorithm::Ecdsa {
        curve: Curve::P384,
        hash: HashAlgorithm::Sha384,
        explicit: true,
    };
    for algorithm in [ECDSA, p384, pss] {
        let pki = Pki::new(algorithm);
        for card_access in [CardAccess::Readable, CardAccess::Absent] {
            let mut chip = chip(&pki.trust()).with_behaviour(Behaviour {
                card_access,
                ..Behaviour::default()
            });
            // In any order; a stranger's certificates do not disturb.
            let stranger = Pki::new(ECDSA);
            let shown = [&pki.terminal, &stranger.terminal, &pki.verifier];
            let document = read_as(&mut chip, &shown, &pki.terminal);
            assert_eq!(
                *document.terminal_authentication(),
                TerminalOutcome::Done,
                "{card_access:?}"
            );
            assert!(has(&document, 3) && has(&document, 4));
            let trust = TrustStore::builder()
                .add(&card().1, "csca.der")
                .unwrap()
                .build()
                .unwrap();
            let verification = document.verify(&trust, today().noon_utc());
            assert!(!verification.findings.has(codes::DATA_GROUP_PROTECTED));
            assert!(!verification.findings.has(codes::TERMINAL_NOT_AUTHENTICATED));
            assert!(verification.chip_genuine.passed().is_some());
        }
    }
}

#[test]
fn without_a_terminal_the_guarded_groups_are_noted() {
    let pki = Pki::new(ECDSA);
    let mut chip = chip(&pki.trust());
    let mut reading = Reading::with(AccessKey::mrz(&card().0.mrz).unwrap());
    let document = block(reading.run(&mut chip, &mut rng())).unwrap().unwrap();
    assert_eq!(
        *document.terminal_authentication(),
        TerminalOutcome::NotPerformed
    );
    let verification = document.verify(&TrustStore::default(), today().noon_utc());
    assert!(verification.findings.has(codes::DATA_GROUP_PROTECTED));
    assert!(!verification.findings.has(codes::TERMINAL_NOT_AUTHENTICATED));
}

#[test]
fn links_carry_an_old_chip_to_the_new_root() {
    let pki = Pki::new(ECDSA);
    let next = pki
        .root
        .issue(terms("UTCVCA00002", Grant::CVCA), &mut rng())
        .unwrap();
    let verifier = next
        .issue(
            terms("UTVERIFIER00002", Grant::FOREIGN_VERIFIER),
            &mut rng(),
        )
        .unwrap();
    let terminal = verifier
        .issue(
            terms("UTTERMINAL00002", Grant::TERMINAL_FINGERS),
            &mut rng(),
        )
        .unwrap();
    let mut chip = chip(&pki.trust());
    let shown = [&verifier, &terminal, &next];
    let document = read_as(&mut chip, &shown, &terminal);
    assert_eq!(*document.terminal_authentication(), TerminalOutcome::Done);
    // Fingers were granted, irises were not.
    assert!(has(&document, 3) && !has(&document, 4));
    // The chip has learnt: the link is not needed any more.
    let document = read_as(&mut chip, &[&verifier, &terminal], &terminal);
    assert_eq!(*document.terminal_authentication(), TerminalOutcome::Done);
}

#[test]
fn rights_do_not_grow_along_a_chain() {
    let pki = Pki::new(ECDSA);
    let verifier = pki
        .root
        .issue(terms("UTVERIFIER00003", Grant(0x81)), &mut rng())
        .unwrap();
    let greedy = verifier
        .issue(terms("UTTERMINAL00003", Grant::TERMINAL), &mut rng())
        .unwrap();
    let document = read_as(&mut chip(&pki.trust()), &[&verifier, &greedy], &greedy);
    assert_eq!(*document.terminal_authentication(), TerminalOutcome::Done);
    assert!(has(&document, 3) && !has(&document, 4));
}

#[test]
fn forged_expired_and_misplaced_certificates_are_refused_by_the_chip() {
    let pki = Pki::new(ECDSA);
    let forger = Pki::new(ECDSA);
    let refused = |shown: &[&CertificateHolder], terminal: &CertificateHolder| {
        let document = read_as(&mut chip(&pki.trust()), shown, terminal);
        assert!(!has(&document, 3) && !has(&document, 4));
        assert!(has(&document, 1) && has(&document, 2), "the rest is read");
        let at = refused_at(&document);
        let verification = document.verify(&TrustStore::default(), today().noon_utc());
        let noted = verification
            .findings
            .iter()
            .find(|f| f.code == codes::TERMINAL_NOT_AUTHENTICATED);
        assert_eq!(noted.and_then(|f| f.detail), at.map(Step::name));
        at
    };
    let certificate_refused = Some(Step::VerifyCertificate);

    // A verifier under the right names, signed by somebody else.
    let verifier = pki
        .verifier
        .recertified(
            "UTCVCA00001",
            &forger.root,
            terms("UTVERIFIER00001", Grant::VERIFIER),
            &mut rng(),
        )
        .unwrap();
    assert_eq!(
        refused(&[&verifier, &pki.terminal], &pki.terminal),
        certificate_refused
    );
    // A terminal that certified itself, under the verifier's name.
    let terminal = forger
        .terminal
        .recertified(
            "UTVERIFIER00001",
            &forger.terminal,
            terms("UTTERMINAL00009", Grant::TERMINAL),
            &mut rng(),
        )
        .unwrap();
    assert_eq!(
        refused(&[&pki.verifier, &terminal], &terminal),
        certificate_refused
    );
    // A terminal whose certificate ended yesterday.
    let expired = pki
        .verifier
        .issue(
            CertificateTerms {
                to: day(2026, 11, 20),
                ..terms("UTTERMINAL00010", Grant::TERMINAL)
            },
            &mut rng(),
        )
        .unwrap();
    assert_eq!(
        refused(&[&pki.verifier, &expired], &expired),
        certificate_refused
    );
    // The right certificates, and somebody else's private key.
    assert_eq!(
        refused(&[&pki.verifier, &pki.terminal], &forger.terminal),
        Some(Step::Signature)
    );
}

#[test]
fn a_chain_from_another_root_is_not_even_shown() {
    let pki = Pki::new(ECDSA);
    let other =
        CertificateHolder::root(terms("UTCVCA00007", Grant::CVCA), ECDSA, &mut rng()).unwrap();
    let verifier = other
        .issue(terms("UTVERIFIER00007", Grant::VERIFIER), &mut rng())
        .unwrap();
    let terminal = verifier
        .issue(terms("UTTERMINAL00007", Grant::TERMINAL), &mut rng())
        .unwrap();
    // A verifier may not make verifiers, nor a terminal terminals.
    let usurper = pki
        .terminal
        .issue(terms("UTTERMINAL00008", Grant::TERMINAL), &mut rng())
        .unwrap();
    for (shown, terminal) in [
        (vec![&other, &verifier, &terminal], &terminal),
        (vec![&pki.verifier, &usurper], &usurper),
        (vec![], &terminal),
    ] {
        let document = read_as(&mut chip(&pki.trust()), &shown, terminal);
        let TerminalOutcome::NoChain { trusted } = document.terminal_authentication() else {
            panic!("{:?}", document.terminal_authentication());
        };
        let names: Vec<String> = trusted.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["UTCVCA00001"]);
        assert!(!has(&document, 3));
    }
}

#[test]
fn a_signer_that_does_not_sign_costs_the_guarded_groups_alone() {
    let pki = Pki::new(ECDSA);
    let shown = certificates(&[&pki.verifier, &pki.terminal]);
    let mut reading = Reading::with(AccessKey::mrz(&card().0.mrz).unwrap())
        .terminal(shown, |_: SigningRequest<'_>| Err(SignerRefused));
    let document = block(reading.run(&mut chip(&pki.trust()), &mut rng()))
        .unwrap()
        .unwrap();
    assert_eq!(
        *document.terminal_authentication(),
        TerminalOutcome::NotSigned
    );
    assert!(has(&document, 2) && !has(&document, 3));
}

/// The signature binds the channel of Chip Authentication: without one there is nothing to sign.
#[test]
fn without_chip_authentication_there_is_no_terminal_authentication() {
    let pki = Pki::new(ECDSA);
    let mut chip = chip(&pki.trust()).with_behaviour(Behaviour {
        chip_authentication: Proof::Refused(0x6A80),
        ..Behaviour::default()
    });
    let document = read_as(&mut chip, &[&pki.verifier, &pki.terminal], &pki.terminal);
    assert_eq!(
        *document.terminal_authentication(),
        TerminalOutcome::NotPerformed
    );
    assert!(!has(&document, 3));
}

/// A copy that pretends to have the key of Chip Authentication is not proven by what it says to a terminal.
#[test]
fn a_copy_is_not_proven_by_its_answers_to_a_terminal() {
    let pki = Pki::new(ECDSA);
    let mut copy = chip(&pki.trust()).with_behaviour(Behaviour {
        chip_authentication: Proof::Garbage,
        active_authentication: Proof::Refused(0x6985),
        ..Behaviour::default()
    });
    let document = read_as(&mut copy, &[&pki.verifier, &pki.terminal], &pki.terminal);
    assert!(!has(&document, 3));
    let trust = TrustStore::builder()
        .add(&card().1, "csca.der")
        .unwrap()
        .build()
        .unwrap();
    let verification = document.verify(&trust, today().noon_utc());
    assert_eq!(
        verification.chip_genuine.reason(),
        Some(codes::CHIP_NOT_GENUINE)
    );
}

/// A signature that was recorded in one channel opens nothing in the next.
#[test]
fn a_recorded_signature_is_refused() {
    let pki = Pki::new(ECDSA);
    let shown = [&pki.verifier, &pki.terminal];
    let recorded = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let terminal = pki.terminal.clone();
    let keep = std::sync::Arc::clone(&recorded);
    let mut reading = Reading::with(AccessKey::mrz(&card().0.mrz).unwrap()).terminal(
        certificates(&shown),
        move |request: SigningRequest<'_>| {
            let signature = terminal
                .sign(request.message, &mut rng())
                .map_err(|_| SignerRefused)?;
            *keep.lock().unwrap() = signature.clone();
            Ok(signature)
        },
    );
    let document = block(reading.run(&mut chip(&pki.trust()), &mut rng()))
        .unwrap()
        .unwrap();
    assert_eq!(*document.terminal_authentication(), TerminalOutcome::Done);

    let mut replay = Reading::with(AccessKey::mrz(&card().0.mrz).unwrap())
        .terminal(certificates(&shown), move |_: SigningRequest<'_>| {
            Ok(recorded.lock().unwrap().clone())
        });
    let document = block(replay.run(&mut chip(&pki.trust()), &mut rng()))
        .unwrap()
        .unwrap();
    assert_eq!(refused_at(&document), Some(Step::Signature));
    assert!(!has(&document, 3));
}

/// What our issuer writes, the reader's own chain verification reads, and refuses where the chip does.
#[test]
fn the_readers_chain_verification_agrees_with_the_chip() {
    let pki = Pki::new(ECDSA);
    let root = CvCertificate::parse(pki.root.certificate()).unwrap();
    let chain = certificates(&[&pki.terminal, &pki.verifier]);
    let rights = chain.verify(&root, today()).unwrap();
    assert!(rights.fingers && rights.irises);
    let forger = Pki::new(ECDSA);
    let foreign_root = CvCertificate::parse(forger.root.certificate()).unwrap();
    assert!(chain.verify(&foreign_root, today()).is_err());
    assert!(chain.verify(&root, day(2027, 1, 2)).is_err());
}
