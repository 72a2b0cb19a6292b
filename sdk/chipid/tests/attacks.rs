//! The attacks by name, and what refuses each. `make attacks` prints the table.
//!
//! Every attack begins with a demonstration that is accepted (a card with a photograph of Barack Obama, a second
//! photograph of him as the live image) and changes one thing. The photographs are official ones of the White House, of
//! public figures; they are fetched, never committed.

mod support;

use chipid::emrtd::finding::codes as core;
use chipid::emrtd::trust::TrustStore;
use chipid::{
    AccessKeys, Assessment, Capture, Check, Code, Date, FaceComparer, FaceOutcome, FileId,
    LiveImages, Models, Policy, Reading, UnixTime, UnverifiedDocument, Verdict, VerdictKind, block,
    codes,
};
use chipid_virtual_card::{
    Behaviour, CardAccess, CardData, Fault, FaultKind, Issuer, Personaliser, Proof, Validity,
    VirtualCard,
};
use std::path::PathBuf;

const PROFILE: &str = "vn-2021";

fn fetched(name: &str) -> Vec<u8> {
    let path = models_folder().join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn models_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../models/files")
}

/// A photograph made as small as a chip's portrait.
fn portrait(name: &str) -> Vec<u8> {
    let image = image::load_from_memory(&fetched(name)).expect("a photograph");
    let mut jpeg = Vec::new();
    image
        .resize(300, 400, image::imageops::FilterType::Triangle)
        .write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(
            &mut jpeg, 80,
        ))
        .expect("a JPEG");
    jpeg
}

fn live(names: &[&str]) -> LiveImages {
    let mut images = LiveImages::new(Capture::File);
    for name in names {
        images.add_file(&fetched(name)).expect("a photograph");
    }
    images
}

/// What an honest demonstration is made of; each attack changes a part of it.
struct Bench {
    faces: FaceComparer,
    issuer: Issuer,
    card: CardData,
    trust: TrustStore,
}

impl Bench {
    fn new() -> Self {
        let faces = FaceComparer::load(&Models::from_dir(&models_folder()).expect("models"))
            .expect("an engine");
        let issuer = support::issuer(PROFILE);
        let card = Self::personalised(&issuer, "obama.jpg");
        let trust = support::trust(&[issuer.csca_certificate()]);
        Self {
            faces,
            issuer,
            card,
            trust,
        }
    }

    fn personaliser(issuer: &Issuer) -> Personaliser<'_> {
        let key = support::card(PROFILE).active_authentication;
        Personaliser::new(support::profile(PROFILE))
            .issuer(issuer)
            .active_authentication_key(key.expect("a key"))
    }

    fn personalised(issuer: &Issuer, photograph: &str) -> CardData {
        Self::build(Self::personaliser(issuer).portrait(portrait(photograph)))
    }

    fn build(personaliser: Personaliser<'_>) -> CardData {
        personaliser.build(&mut support::rng()).expect("a card")
    }

    fn with_portrait(&self) -> Personaliser<'_> {
        Self::personaliser(&self.issuer).portrait(portrait("obama.jpg"))
    }

    fn read(&self, chip: &mut VirtualCard, card: &CardData) -> UnverifiedDocument {
        let keys: AccessKeys = [support::key(card), support::mrz_key(card)]
            .into_iter()
            .collect();
        block(Reading::with(keys).run(chip))
            .expect("ready")
            .expect("a document")
    }

    fn judge_document(
        &self,
        document: UnverifiedDocument,
        trust: &TrustStore,
        photographs: &[&str],
        now: UnixTime,
    ) -> Verdict {
        let assessment = Assessment::new(document.verify(trust, now))
            .with_face(&self.faces, &live(photographs))
            .expect("an engine");
        Policy::demo().decide(&assessment)
    }

    fn judge(&self, card: &CardData, photographs: &[&str]) -> Verdict {
        self.judge_behaving(card, Behaviour::default(), photographs)
    }

    fn judge_behaving(
        &self,
        card: &CardData,
        behaviour: Behaviour,
        photographs: &[&str],
    ) -> Verdict {
        let mut chip = VirtualCard::new(card.clone()).with_behaviour(behaviour);
        let document = self.read(&mut chip, card);
        self.judge_document(document, &self.trust, photographs, support::now())
    }

    fn holder(&self) -> Verdict {
        self.judge(&self.card, &["obama2.jpg"])
    }
}

/// The rows of the table.
#[derive(Default)]
struct Table(Vec<[String; 3]>);

impl Table {
    fn verdict(&mut self, attack: &str, verdict: &Verdict, kind: VerdictKind, by: Code) {
        let grounds: Vec<_> = verdict.grounds.iter().map(|g| g.code.name()).collect();
        assert_eq!(verdict.kind, kind, "{attack}: {grounds:?}");
        assert_ne!(verdict.kind, VerdictKind::Accept, "{attack}");
        assert!(verdict.has(by), "{attack}: {grounds:?}");
        self.0
            .push([attack.into(), by.name().into(), kind.name().into()]);
    }

    fn error(&mut self, attack: &str, by: &dyn std::fmt::Display) {
        self.0
            .push([attack.into(), by.to_string(), "could not be done".into()]);
    }

    fn print(&self) {
        println!("\n{:<68}  {:<52}  outcome", "attack", "refused by");
        for [attack, by, outcome] in &self.0 {
            println!("{attack:<68}  {by:<52}  {outcome}");
        }
        println!("\n{} attacks, none accepted", self.0.len());
    }
}

#[test]
#[ignore = "needs photographs"]
fn none_is_accepted() {
    let bench = Bench::new();
    let honest = bench.holder();
    assert_eq!(honest.kind, VerdictKind::Accept, "{:?}", honest.grounds);

    let mut table = Table::default();
    cards(&bench, &mut table);
    issuers(&bench, &mut table);
    persons(&bench, &mut table);
    channel(&bench, &mut table);
    surroundings(&bench, &mut table);
    assert!(table.0.len() >= 20);
    table.print();
}

/// The chip and its files.
fn cards(bench: &Bench, table: &mut Table) {
    use VerdictKind::{Reject, Undecided};
    let same_man = &["obama2.jpg"];
    let garbage = Behaviour {
        chip_authentication: Proof::Garbage,
        active_authentication: Proof::Garbage,
        ..Behaviour::default()
    };
    table.verdict(
        "blank card with copied files, which pretends to have the keys",
        &bench.judge_behaving(&bench.card.blank_copy(), garbage, same_man),
        Reject,
        core::CHIP_NOT_GENUINE,
    );
    let refusing = Behaviour {
        chip_authentication: Proof::Refused(0x6A88),
        active_authentication: Proof::Refused(0x6985),
        ..Behaviour::default()
    };
    table.verdict(
        "blank card with copied files, which refuses to prove itself",
        &bench.judge_behaving(&bench.card.blank_copy(), refusing, same_man),
        Undecided,
        core::CHIP_NOT_PROVEN,
    );
    let stripped = Bench::build(
        bench
            .with_portrait()
            .withhold(FileId::DG14)
            .withhold(FileId::DG15),
    );
    table.verdict(
        "DG14 and DG15 stripped, so that the chip need not prove itself",
        &bench.judge(&stripped, same_man),
        Undecided,
        core::DATA_GROUP_WITHHELD,
    );
    let other_face = Bench::build(
        bench
            .with_portrait()
            .replace_portrait_after_signing(&portrait("biden.jpg"))
            .expect("a portrait"),
    );
    table.verdict(
        "portrait exchanged for the impostor's own after signing",
        &bench.judge(&other_face, &["biden.jpg"]),
        Reject,
        core::DIGEST_MISMATCH,
    );
    let mut renamed = bench.card.clone();
    if let Some(byte) = renamed
        .files
        .get_mut(&FileId::DG1)
        .and_then(|f| f.get_mut(70))
    {
        *byte = if *byte == b'A' { b'B' } else { b'A' };
    }
    table.verdict(
        "one letter of the name changed in DG1",
        &bench.judge(&renamed, same_man),
        Reject,
        core::DIGEST_MISMATCH,
    );
    let saved = bench.read(&mut VirtualCard::new(bench.card.clone()), &bench.card);
    let files: Vec<_> = saved
        .danger_unverified()
        .iter()
        .map(|(id, bytes)| (*id, bytes.to_vec()))
        .collect();
    let evidence = saved.active_authentication().cloned();
    let replayed = UnverifiedDocument::from_files(files.clone(), None);
    table.verdict(
        "saved files instead of a chip",
        &bench.judge_document(replayed, &bench.trust, same_man, support::now()),
        Undecided,
        core::CHIP_NOT_PROVEN,
    );
    let replayed = UnverifiedDocument::from_files(files, evidence);
    table.verdict(
        "saved files with yesterday's answer of the chip",
        &bench.judge_document(replayed, &bench.trust, same_man, support::now()),
        Undecided,
        core::CHIP_PROOF_NOT_FRESH,
    );
    let last_year = Date::new(2026, 11, 1).expect("a day");
    let expired = Bench::build(bench.with_portrait().expires(last_year));
    table.verdict(
        "expired document",
        &bench.judge(&expired, same_man),
        Reject,
        core::DOCUMENT_EXPIRED,
    );
    let mut chip = VirtualCard::new(expired.clone());
    let document = bench.read(&mut chip, &expired);
    let before = Date::new(2026, 10, 1).expect("a day").noon_utc();
    table.verdict(
        "expired document, the clock set back",
        &bench.judge_document(document, &bench.trust, same_man, before),
        Undecided,
        core::CLOCK_IMPLAUSIBLE,
    );
}

/// Who signed.
fn issuers(bench: &Bench, table: &mut Table) {
    use VerdictKind::{Reject, Undecided};
    let same_man = &["obama2.jpg"];
    let profile = support::profile(PROFILE);
    let validity = Validity::around(profile.holder.issued);
    let made = |country: &str| {
        Issuer::new(
            country,
            profile.algorithms,
            validity,
            false,
            &mut support::rng(),
        )
        .expect("an issuer")
    };
    let forger = made("VN");
    let forged = Bench::personalised(&forger, "obama.jpg");
    table.verdict(
        "foreign CSCA: all of it made at home, under the state's own name",
        &bench.judge(&forged, same_man),
        Undecided,
        core::ISSUER_UNKNOWN,
    );
    // The forger's authority on a list that the forger signed, which nobody vouches for.
    let list = forger
        .master_list(
            &[forger.csca_certificate()],
            support::now(),
            &mut support::rng(),
        )
        .expect("a list");
    let trust = support::trust(&[bench.issuer.csca_certificate(), &list]);
    let document = bench.read(&mut VirtualCard::new(forged.clone()), &forged);
    table.verdict(
        "foreign CSCA on a master list of the forger's own",
        &bench.judge_document(document, &trust, same_man, support::now()),
        Undecided,
        core::ISSUER_UNKNOWN,
    );
    let utopia = made("UT");
    let stolen = Bench::personalised(&utopia, "obama.jpg");
    let trust = support::trust(&[bench.issuer.csca_certificate(), utopia.csca_certificate()]);
    let document = bench.read(&mut VirtualCard::new(stolen.clone()), &stolen);
    table.verdict(
        "other state's signer, trusted for its own documents",
        &bench.judge_document(document, &trust, same_man, support::now()),
        Reject,
        core::ISSUER_STATE_MISMATCH,
    );
    let now = support::now();
    let list = bench
        .issuer
        .revocation_list(
            &[bench.issuer.signer_serial()],
            UnixTime(now.0 - 3600),
            UnixTime(now.0 + 3600),
            &mut support::rng(),
        )
        .expect("a list");
    let trust = support::trust(&[bench.issuer.csca_certificate(), &list]);
    let document = bench.read(&mut VirtualCard::new(bench.card.clone()), &bench.card);
    table.verdict(
        "document signed with a stolen key that was revoked",
        &bench.judge_document(document, &trust, same_man, now),
        Reject,
        core::SIGNER_REVOKED,
    );
    let mut unsigned = bench.card.clone();
    if let Some(last) = unsigned
        .files
        .get_mut(&FileId::Sod)
        .and_then(|f| f.last_mut())
    {
        *last ^= 1;
    }
    table.verdict(
        "signature of EF.SOD changed",
        &bench.judge(&unsigned, same_man),
        Reject,
        core::SIGNATURE_INVALID,
    );
    let document = bench.read(&mut VirtualCard::new(bench.card.clone()), &bench.card);
    let assessment = Assessment::new(document.verify(&bench.trust, support::now()))
        .with_face(&bench.faces, &live(same_man))
        .expect("an engine");
    table.verdict(
        "test card at a real counter",
        &Policy::counter().decide(&assessment),
        Undecided,
        core::TEST_ISSUER,
    );
    let lowered = "name = \"demo\"\nrequires = [\"passive_authentication\"]\n[severity]\ntest_issuer = \"note\"";
    let refusal = Policy::from_toml(lowered).expect_err("a policy that takes test cards");
    table.error("policy file that takes test cards for real ones", &refusal);
}

/// The face.
fn persons(bench: &Bench, table: &mut Table) {
    use VerdictKind::{Reject, Undecided};
    table.verdict(
        "somebody else with the genuine card",
        &bench.judge(&bench.card, &["biden.jpg"]),
        Reject,
        codes::FACE_MISMATCH,
    );
    let mixed = bench.judge(&bench.card, &["biden.jpg", "biden.jpg", "obama2.jpg"]);
    table.verdict(
        "somebody else, with the holder's photograph among the frames",
        &mixed,
        Reject,
        codes::FACE_MISMATCH,
    );
    // A comparison that was made with another document, laid beside this one.
    let other_card = Bench::personalised(&bench.issuer, "biden.jpg");
    let document = bench.read(&mut VirtualCard::new(other_card.clone()), &other_card);
    let other = Assessment::new(document.verify(&bench.trust, support::now()))
        .with_face(&bench.faces, &live(&["biden.jpg"]))
        .expect("an engine");
    let Some(FaceOutcome::Compared(comparison)) = other.face().cloned() else {
        panic!("no comparison");
    };
    let document = bench.read(&mut VirtualCard::new(bench.card.clone()), &bench.card);
    let assessment =
        Assessment::new(document.verify(&bench.trust, support::now())).with_comparison(comparison);
    table.verdict(
        "another document's comparison",
        &Policy::demo().decide(&assessment),
        Reject,
        codes::COMPARISON_FOREIGN,
    );
    let document = bench.read(&mut VirtualCard::new(bench.card.clone()), &bench.card);
    let nobody = Assessment::new(document.verify(&bench.trust, support::now()));
    table.verdict(
        "no live image at all",
        &Policy::demo().decide(&nobody),
        Undecided,
        codes::FACE_NOT_COMPARED,
    );
}

/// Between reader and chip.
fn channel(bench: &Bench, table: &mut Table) {
    use VerdictKind::Undecided;
    let same_man = &["obama2.jpg"];
    let without_pace = Behaviour {
        card_access: CardAccess::Absent,
        ..Behaviour::default()
    };
    table.verdict(
        "PACE taken away: EF.CardAccess hidden, so that BAC is used",
        &bench.judge_behaving(&bench.card, without_pace, same_man),
        Undecided,
        core::ACCESS_DOWNGRADED,
    );
    for (attack, kind) in [
        ("a response changed on its way", FaultKind::WrongMac),
        ("an old response played again", FaultKind::Replay),
        ("a response in the clear", FaultKind::DropSecureMessaging),
    ] {
        let mut chip = VirtualCard::new(bench.card.clone()).with_behaviour(Behaviour {
            faults: vec![Fault { at: 40, kind }],
            ..Behaviour::default()
        });
        let error = block(
            Reading::with(support::key(&bench.card))
                .block_len(223)
                .run(&mut chip),
        )
        .expect("ready")
        .expect_err(attack);
        table.error(attack, &error);
    }
}

/// What the program itself rests on.
fn surroundings(bench: &Bench, table: &mut Table) {
    let folder = std::env::temp_dir().join(format!("chipid-attacks-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    for model in Models::REQUIRED {
        let mut bytes = fetched(model.file);
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(folder.join(model.file), bytes).expect("a file");
    }
    let error = Models::from_dir(&folder).expect_err("a swapped model");
    table.error(
        "swapped model file, which takes any face for any other",
        &error,
    );
    std::fs::remove_dir_all(&folder).expect("a folder");

    let file = bench.issuer.signer_certificate();
    let trust = support::trust(&[file]);
    let document = bench.read(&mut VirtualCard::new(bench.card.clone()), &bench.card);
    let verification = document.verify(&trust, support::now());
    assert!(!matches!(
        verification.passive_authentication.check(),
        Check::Passed(_)
    ));
    table.verdict(
        "a document signer's certificate given as a trust anchor",
        &Policy::demo().decide(&Assessment::new(verification)),
        VerdictKind::Undecided,
        codes::REQUIRED_CHECK_MISSING,
    );
}
