//! Attacks that live on what is particular about the Vietnamese card and its holders: children and their guardians.
//! `make attacks` prints the table.
//!
//! The honest case is accepted: a son of 17 whose chip names his father, and the father with his card and his face (the
//! card carries a photograph of Barack Obama, an official one of the White House; name and data beside it are invented).
//! Each attack changes one thing.

mod support;

use chipid::emrtd::finding::codes as core;
use chipid::guardian::{GuardianCheck, GuardianVerdict, Relation};
use chipid::vietnam::qr::QrText;
use chipid::{
    Assessment, Capture, Code, Date, FaceComparer, FaceOutcome, FileId, LiveImages, Models, Policy,
    VerdictKind, codes,
};
use chipid_virtual_card::{CardData, FaceEncoding, Personaliser, Profile};
use std::path::PathBuf;

/// All of these come from one authority, as cards do.
const AUTHORITY: &str = "vn-2021";

fn models_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../models/files")
}

fn fetched(name: &str) -> Vec<u8> {
    let path = models_folder().join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A photograph made as small as a chip's portrait.
fn portrait(name: &str) -> Vec<u8> {
    let image = image::load_from_memory(&fetched(name)).expect("a photograph");
    let filter = image::imageops::FilterType::Triangle;
    let mut jpeg = Vec::new();
    image
        .resize(300, 400, filter)
        .write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(
            &mut jpeg, 80,
        ))
        .expect("a JPEG");
    jpeg
}

struct Bench(FaceComparer);

impl Bench {
    fn new() -> Self {
        let models = Models::from_dir(&models_folder()).expect("models");
        Self(FaceComparer::load(&models).expect("an engine"))
    }

    /// With the face of whoever stands at the counter.
    fn before_camera(&self, card: &CardData, photograph: &str) -> Assessment {
        let mut live = LiveImages::new(Capture::Camera);
        live.add_file(&fetched(photograph)).expect("a photograph");
        assess(card).with_face(&self.0, &live).expect("an engine")
    }

    fn father(&self) -> Assessment {
        let card = build(personaliser(profile("vn-parent")).portrait(portrait("obama.jpg")));
        self.before_camera(&card, "obama2.jpg")
    }
}

fn profile(name: &str) -> Profile {
    support::profile(name)
}

fn personaliser(profile: Profile) -> Personaliser<'static> {
    static ISSUER: std::sync::OnceLock<chipid_virtual_card::Issuer> = std::sync::OnceLock::new();
    let key = support::card(AUTHORITY).active_authentication;
    Personaliser::new(profile)
        .issuer(ISSUER.get_or_init(|| support::issuer(AUTHORITY)))
        .active_authentication_key(key.expect("a key"))
}

fn build(personaliser: Personaliser<'_>) -> CardData {
    personaliser.build(&mut support::rng()).expect("a card")
}

fn card(name: &str) -> CardData {
    build(personaliser(profile(name)))
}

fn assess(card: &CardData) -> Assessment {
    support::assess(card)
}

fn qr(name: &str) -> QrText {
    QrText::parse(&profile(name).qr_text().expect("a QR code")).expect("a QR code")
}

/// One line of the table, and that nobody was accepted.
#[track_caller]
fn row(attack: &str, kind: VerdictKind, by: Code, grounds: &[Code]) {
    assert_ne!(kind, VerdictKind::Accept, "{attack}");
    assert!(grounds.contains(&by), "{attack}: {grounds:?}");
    println!("{attack:<72}  {:<28}  {}", by.name(), kind.name());
}

#[track_caller]
fn alone(attack: &str, assessment: &Assessment, kind: VerdictKind, by: Code) {
    let verdict = Policy::demo().decide(assessment);
    assert_eq!(verdict.kind, kind, "{attack}: {:?}", verdict.grounds);
    let codes: Vec<Code> = verdict.grounds.iter().map(|g| g.code).collect();
    row(attack, verdict.kind, by, &codes);
}

#[track_caller]
fn together(attack: &str, verdict: &GuardianVerdict, kind: VerdictKind, by: Code) {
    assert_eq!(verdict.kind, kind, "{attack}: {:?}", verdict.grounds);
    let codes: Vec<Code> = verdict.grounds.iter().map(|g| g.ground.code).collect();
    row(attack, verdict.kind, by, &codes);
}

#[test]
#[ignore = "needs photographs"]
fn no_child_is_accepted_by_a_face_that_proves_nothing() {
    use VerdictKind::{Reject, Undecided};
    let bench = Bench::new();
    let under_6 = card("vn-under-6");
    alone(
        "child under 6 by face: the chip holds none",
        &bench.before_camera(&under_6, "obama2.jpg"),
        Undecided,
        codes::FACE_NOT_COMPARED,
    );
    let FaceOutcome::Compared(comparison) = bench.father().face().cloned().expect("a face") else {
        panic!("no comparison");
    };
    alone(
        "child under 6 by face: a comparison with the father's card laid beside",
        &assess(&under_6).with_comparison(comparison),
        Reject,
        codes::COMPARISON_FOREIGN,
    );
    let slipped_in = build(
        personaliser(profile("vn-under-6"))
            .replace_portrait_after_signing(&portrait("obama.jpg"))
            .expect("a portrait"),
    );
    assert!(slipped_in.files.contains_key(&FileId::DG2));
    alone(
        "child under 6 by face: a DG2 slipped onto the chip",
        &bench.before_camera(&slipped_in, "obama2.jpg"),
        Undecided,
        codes::FACE_NOT_COMPARED,
    );
    let mut signed = profile("vn-under-6");
    signed.face = FaceEncoding::Iso19794;
    let signed = build(personaliser(signed).portrait(portrait("obama.jpg")));
    alone(
        "child under 6 by face: even one that the state signed",
        &bench.before_camera(&signed, "obama2.jpg"),
        Undecided,
        codes::FACE_NOT_COMPARED,
    );
    let exchanged = build(
        personaliser(profile("vn-under-14"))
            .replace_portrait_after_signing(&portrait("obama.jpg"))
            .expect("a portrait"),
    );
    alone(
        "a child's card with an adult's photograph",
        &bench.before_camera(&exchanged, "obama2.jpg"),
        Reject,
        core::DIGEST_MISMATCH,
    );
}

#[test]
#[ignore = "needs photographs"]
fn no_guardian_is_accepted_without_kinship() {
    use VerdictKind::{Reject, Undecided};
    let bench = Bench::new();
    let (son, father, policy) = (assess(&card("vn-minor")), bench.father(), Policy::demo());
    let honest = GuardianCheck::new(&son, &father).decide(&policy);
    assert_eq!(honest.kind, VerdictKind::Accept, "{:?}", honest.grounds);

    let daughter = assess(&card("vn-under-14"));
    together(
        "guardian without kinship: nothing names him",
        &GuardianCheck::new(&daughter, &father).decide(&policy),
        Undecided,
        codes::KINSHIP_MISSING,
    );
    together(
        "guardian without kinship: he says so",
        &GuardianCheck::new(&daughter, &father)
            .declared(Relation::Parent)
            .decide(&policy),
        Undecided,
        codes::KINSHIP_INSUFFICIENT,
    );
    // Anybody prints a QR code with the child's number and any name in it.
    let printed = qr("vn-under-14");
    together(
        "forged relation: a QR code that nobody signed names him",
        &GuardianCheck::new(&daughter, &father)
            .with_child_qr(&printed)
            .decide(&policy),
        Undecided,
        codes::KINSHIP_INSUFFICIENT,
    );
    let mut stranger = profile("vn-2024");
    stranger.holder.sex = 'M';
    stranger.holder.personal_number = Some("001095000028".into());
    stranger.holder.document_number = "095000028".into();
    let stranger = build(personaliser(stranger).portrait(portrait("obama.jpg")));
    together(
        "forged relation: a stranger says father where the chip names another",
        &GuardianCheck::new(&son, &bench.before_camera(&stranger, "obama2.jpg"))
            .declared(Relation::Parent)
            .decide(&policy),
        Undecided,
        codes::KINSHIP_CONTRADICTED,
    );
    together(
        "forged relation: the parents' names changed in DG13",
        &GuardianCheck::new(&assess(&renamed()), &father).decide(&policy),
        Reject,
        core::DIGEST_MISMATCH,
    );
    let mut namesake = profile("vn-parent");
    namesake.holder.personal_number = Some("034204009071".into());
    namesake.holder.document_number = "204009071".into();
    namesake.holder.birth = Date::new(2004, 6, 14).expect("a day");
    namesake.holder.expiry = Date::new(2029, 6, 14);
    let namesake = build(personaliser(namesake).portrait(portrait("obama.jpg")));
    together(
        "namesake: the father's name, and five years older than the son",
        &GuardianCheck::new(&son, &bench.before_camera(&namesake, "obama2.jpg")).decide(&policy),
        Undecided,
        codes::KINSHIP_CONTRADICTED,
    );
    // A namesake of fitting age and sex is not told by the cards: the answer says that it rests on a name.
    assert!(honest.has(codes::KINSHIP_BY_NAME));
    let minor = build(personaliser(profile("vn-minor")).portrait(portrait("obama.jpg")));
    together(
        "the child's own card, laid down once more as the guardian's",
        &GuardianCheck::new(&son, &bench.before_camera(&minor, "obama2.jpg"))
            .declared(Relation::Parent)
            .decide(&policy),
        Reject,
        codes::GUARDIAN_IS_CHILD,
    );
    let somebody = build(personaliser(profile("vn-parent")).portrait(portrait("obama.jpg")));
    together(
        "somebody else with the father's card",
        &GuardianCheck::new(&son, &bench.before_camera(&somebody, "biden.jpg")).decide(&policy),
        Reject,
        codes::FACE_MISMATCH,
    );
}

/// The son's card with one letter of his father's name changed.
fn renamed() -> CardData {
    let mut card = card("vn-minor");
    let dg13 = card.files.get_mut(&FileId::DG13).expect("DG13");
    let name = "Phạm Quốc Bảo".as_bytes();
    let at = dg13.windows(name.len()).position(|w| w == name);
    let last = at.expect("the father") + name.len() - 1;
    *dg13.get_mut(last).expect("a letter") = b'u';
    card
}
