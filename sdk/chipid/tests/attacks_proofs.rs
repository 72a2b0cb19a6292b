//! Attacks on the proofs of chip and terminal by name, and what refuses each. `make attacks` prints the table.
//!
//! The chip's own protocols are tried by clones; the chip that guards fingers is tried by terminals.

mod support;

use chipid::emrtd::crypto::ec::Curve;
use chipid::emrtd::crypto::hash::HashAlgorithm;
use chipid::emrtd::cv_certificate::{CvCertificate, TerminalCertificates};
use chipid::emrtd::document::TerminalOutcome;
use chipid::emrtd::finding::codes as core;
use chipid::emrtd::terminal_authentication::{SignerRefused, SigningRequest};
use chipid::{
    CardTransport, Code, DataGroup, Date, FileId, Reading, TransportError, Verification, block,
};
use chipid_virtual_card::{
    ActiveAuthenticationKey, Behaviour, CardData, CertificateHolder, CertificateTerms, Grant,
    Personaliser, Proof, SigningAlgorithm, TerminalTrust, VirtualCard,
};

#[derive(Default)]
struct Table(Vec<[String; 2]>);

impl Table {
    /// A clone that must not be taken for the chip.
    fn clone(&mut self, attack: &str, verification: &Verification, by: Code) {
        assert!(verification.chip_genuine.passed().is_none(), "{attack}");
        let all = verification.all_findings();
        assert!(all.has(by), "{attack}: {all:?}");
        self.0.push([attack.into(), by.name().into()]);
    }

    fn terminal(&mut self, attack: &str, by: &str) {
        self.0.push([attack.into(), by.into()]);
    }
}

#[test]
fn none_is_believed() {
    let mut table = Table::default();
    clones(&mut table);
    terminals(&mut table);
    println!("\n{:<74}  refused by", "attack");
    for [attack, by] in &table.0 {
        println!("{attack:<74}  {by}");
    }
    println!("\n{} attacks on proofs, none believed", table.0.len());
    assert!(table.0.len() >= 11);
}

fn verified(card: &CardData, chip: &mut VirtualCard) -> Verification {
    support::read_from(chip, support::key(card))
        .expect("a document")
        .verify(&support::trust(&[&card.csca]), support::now())
}

/// A clone that takes Chip Authentication for done, then answers in the clear and would have Active Authentication asked
/// there, to be relayed.
struct IntoTheClear {
    clone: VirtualCard,
    challenged_in_the_clear: bool,
}

impl CardTransport for IntoTheClear {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        match command {
            [0x0C, 0x88, ..] => Ok(vec![0x67, 0x00]),
            [0x00, 0xA4, 0x02, ..] => Ok(vec![0x90, 0x00]),
            [0x00, 0x88, ..] => {
                self.challenged_in_the_clear = true;
                Ok(vec![0x67, 0x00])
            }
            other => self.clone.transmit(other).await,
        }
    }
}

#[test]
fn a_failed_proof_never_goes_on_in_the_clear() {
    let card = support::card("vn-2021");
    let clone = VirtualCard::new(card.clone()).with_behaviour(Behaviour {
        chip_authentication: Proof::Garbage,
        ..Behaviour::default()
    });
    let mut chip = IntoTheClear {
        clone,
        challenged_in_the_clear: false,
    };
    let result = support::read_from(&mut chip, support::key(&card));
    assert!(!chip.challenged_in_the_clear);
    if let Ok(document) = result {
        let verification = document.verify(&support::trust(&[&card.csca]), support::now());
        assert!(verification.chip_genuine.passed().is_none());
        assert!(verification.all_findings().has(core::CHIP_NOT_GENUINE));
    }
}

fn garbage() -> Behaviour {
    Behaviour {
        chip_authentication: Proof::Garbage,
        active_authentication: Proof::Garbage,
        ..Behaviour::default()
    }
}

/// The files of `victim` on a chip with the Chip Authentication keys of `other`, and the DG14 that announces them.
fn with_keys_of(victim: &CardData, other: &CardData) -> CardData {
    let mut card = victim.clone();
    card.chip_authentication
        .clone_from(&other.chip_authentication);
    let own = other.files.get(&FileId::DG14).expect("DG14").clone();
    card.files.insert(FileId::DG14, own);
    card
}

fn clones(table: &mut Table) {
    for profile in ["id-dh", "id-two-keys", "passport-p256"] {
        let honest = support::card(profile);
        assert!(
            verified(&honest, &mut VirtualCard::new(honest.clone()))
                .chip_genuine
                .passed()
                .is_some()
        );
        let mut clone = VirtualCard::new(honest.blank_copy()).with_behaviour(garbage());
        table.clone(
            &format!("copied files of {profile} on a chip that pretends to have the keys"),
            &verified(&honest, &mut clone),
            core::CHIP_NOT_GENUINE,
        );
    }

    // The clone has a key of its own and a DG14 that says so, which nobody signed.
    let victim = support::card("id-two-keys");
    let issuer = support::issuer("id-two-keys");
    let forger = Personaliser::new(support::profile("id-two-keys"))
        .issuer(&issuer)
        .build(&mut support::rng())
        .expect("a card");
    let with_own_key = with_keys_of(&victim, &forger);
    let verification = verified(&victim, &mut VirtualCard::new(with_own_key));
    table.clone(
        "Chip Authentication with a key of the clone's own in an unsigned DG14",
        &verification,
        core::DIGEST_MISMATCH,
    );

    // The same, and the protocol left to be inferred.
    let mut profile = support::profile("id-two-keys");
    profile.further_chip_authentication.clear();
    if let Some(key) = &mut profile.chip_authentication {
        key.unnamed = true;
        key.suite = "3des brainpoolP256r1".parse().expect("a suite");
    }
    let unnamed = Personaliser::new(profile)
        .issuer(&issuer)
        .build(&mut support::rng())
        .expect("a card");
    let honest = verified(&unnamed, &mut VirtualCard::new(unnamed.clone()));
    assert!(honest.chip_genuine.passed().is_some());
    let mut clone = VirtualCard::new(unnamed.blank_copy()).with_behaviour(garbage());
    table.clone(
        "copied files whose DG14 leaves the protocol to be inferred",
        &verified(&unnamed, &mut clone),
        core::CHIP_NOT_GENUINE,
    );
    let inferred = with_keys_of(&victim, &unnamed);
    let verification = verified(&inferred, &mut VirtualCard::new(inferred.clone()));
    table.clone(
        "DG14 exchanged for one that leaves a weaker protocol to be inferred",
        &verification,
        core::DIGEST_MISMATCH,
    );

    // The signed DG14 says SHA-256.
    let mut weak = support::card("passport-p256");
    let Some(ActiveAuthenticationKey::Ecdsa { hash, .. }) = &mut weak.active_authentication else {
        panic!("no ECDSA key");
    };
    *hash = HashAlgorithm::Sha1;
    weak.chip_authentication.clear();
    let verification = verified(&weak, &mut VirtualCard::new(weak.clone()));
    table.clone(
        "Active Authentication with a weaker hash than the signed DG14 states",
        &verification,
        core::CHIP_NOT_GENUINE,
    );
}

const ECDSA: SigningAlgorithm = SigningAlgorithm::Ecdsa {
    curve: Curve::P256,
    hash: HashAlgorithm::Sha256,
    explicit: true,
};

fn terms(holder: &str, grant: Grant, last_year: u16) -> CertificateTerms<'_> {
    CertificateTerms {
        holder,
        grant,
        from: Date::new(2020, 1, 1).expect("a day"),
        to: Date::new(last_year, 12, 31).expect("a day"),
    }
}

struct Terminal {
    shown: Vec<CertificateHolder>,
    key: CertificateHolder,
}

fn terminals(table: &mut Table) {
    let rng = &mut support::rng();
    let irises = DataGroup::new(4).expect("DG4");
    let card = Personaliser::new(support::profile("id-two-keys"))
        .issuer(&support::issuer("id-two-keys"))
        .data_group(irises, chipid::emrtd::tlv::encode(irises.tag(), &[1; 80]))
        .build(rng)
        .expect("a card");
    let root = CertificateHolder::root(terms("UTCVCA00001", Grant::CVCA, 2099), ECDSA, rng)
        .expect("a root");
    let verifier = root
        .issue(terms("UTVERIFIER00001", Grant::VERIFIER, 2099), rng)
        .expect("a verifier");
    let honest = verifier
        .issue(terms("UTTERMINAL00001", Grant::TERMINAL, 2099), rng)
        .expect("a terminal");
    let today = Date::new(2026, 11, 21).expect("a day");
    let trust = TerminalTrust::new(&[root.certificate()], today);
    let read = |terminal: &Terminal| {
        let certificates: TerminalCertificates = terminal
            .shown
            .iter()
            .map(|holder| CvCertificate::parse(holder.certificate()).expect("a certificate"))
            .collect();
        let key = terminal.key.clone();
        let mut reading = Reading::with(support::key(&card)).terminal(
            certificates,
            move |request: SigningRequest<'_>| {
                key.sign(request.message, &mut support::rng())
                    .map_err(|_| SignerRefused)
            },
        );
        let mut chip = VirtualCard::new(card.clone()).with_terminal_trust(&trust);
        block(reading.run(&mut chip))
            .expect("ready")
            .expect("a document")
    };
    let sees_irises = |terminal: &Terminal| {
        let document = read(terminal);
        let seen = document
            .danger_unverified()
            .contains_key(&FileId::DataGroup(irises));
        let outcome = document.terminal_authentication().clone();
        let verification = document.verify(&support::trust(&[&card.csca]), support::now());
        let noted = verification.findings.has(core::TERMINAL_NOT_AUTHENTICATED);
        let done = outcome == TerminalOutcome::Done || outcome == TerminalOutcome::NotPerformed;
        assert_eq!(noted, !done);
        (seen, outcome)
    };
    let honest = Terminal {
        shown: vec![verifier.clone(), honest.clone()],
        key: honest,
    };
    assert_eq!(sees_irises(&honest), (true, TerminalOutcome::Done));

    let forger = CertificateHolder::root(terms("UTCVCA00001", Grant::CVCA, 2099), ECDSA, rng)
        .expect("a root");
    let forged_verifier = forger
        .issue(terms("UTVERIFIER00001", Grant::VERIFIER, 2099), rng)
        .expect("a verifier");
    let forged = forged_verifier
        .issue(terms("UTTERMINAL00001", Grant::TERMINAL, 2099), rng)
        .expect("a terminal");
    let expired = verifier
        .issue(terms("UTTERMINAL00002", Grant::TERMINAL, 2025), rng)
        .expect("a terminal");
    let fingers = root
        .issue(terms("UTVERIFIER00003", Grant(0x81), 2099), rng)
        .expect("a verifier");
    let greedy = fingers
        .issue(terms("UTTERMINAL00003", Grant::TERMINAL, 2099), rng)
        .expect("a terminal");
    // A verifier that makes itself a root.
    let usurper = verifier
        .recertified(
            "UTCVCA00001",
            &verifier,
            terms("UTCVCA00002", Grant::CVCA, 2099),
            rng,
        )
        .expect("a root");
    let under_usurper = usurper
        .issue(terms("UTVERIFIER00004", Grant::VERIFIER, 2099), rng)
        .expect("a verifier");
    let usurpers_terminal = under_usurper
        .issue(terms("UTTERMINAL00004", Grant::TERMINAL, 2099), rng)
        .expect("a terminal");
    for (attack, shown, key) in [
        (
            "terminal with a forged chain under the chip's own names",
            vec![forged_verifier.clone(), forged.clone()],
            forged.clone(),
        ),
        (
            "terminal with a chain from a key that the chip does not name",
            vec![greedy.clone(), expired.clone()],
            greedy.clone(),
        ),
        (
            "terminal whose certificate has expired",
            vec![verifier.clone(), expired.clone()],
            expired,
        ),
        (
            "terminal with more rights than its verifier has",
            vec![fingers, greedy.clone()],
            greedy,
        ),
        (
            "verifier that makes itself a root by a link of its own",
            vec![usurper, under_usurper, usurpers_terminal.clone()],
            usurpers_terminal,
        ),
        (
            "another terminal's certificates with a key of one's own",
            honest.shown.clone(),
            forged,
        ),
    ] {
        let (seen, outcome) = sees_irises(&Terminal { shown, key });
        assert!(!seen, "{attack}: {outcome:?}");
        let by = match outcome {
            TerminalOutcome::Refused { step, .. } => step.name(),
            TerminalOutcome::NoChain { .. } => "no_chain_from_a_trusted_key",
            _ => "data_group_protected",
        };
        table.terminal(attack, by);
    }
}
