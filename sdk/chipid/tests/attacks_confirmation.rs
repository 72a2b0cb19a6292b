//! Attacks on what a caller brings beside the card: an online confirmation, a liveness result, a policy file.
//! `make attacks` prints the table.
//!
//! The honest case is accepted; each attack changes one thing. Authority, holders and service are invented.

mod support;

use chipid::emrtd::finding::codes as core;
use chipid::online::{
    ConfirmationAnswer, ConfirmationOutcome, ConfirmationRequest, Nonce, Unreachable,
};
use chipid::{
    AccessKeys, Assessment, Attempts, Capture, Code, FaceComparer, LiveImages, Liveness,
    LivenessResult, Models, Policy, Reading, UnixTime, UnverifiedDocument, VendorComparison,
    VendorMatch, Verdict, VerdictKind, block, codes,
};
use chipid_virtual_card::{CardData, Issuer, Personaliser, Profile, Validity, VirtualCard};
use std::path::PathBuf;
use std::time::Duration;

/// The data, the chip, and the issuer's word.
const CONFIRMED: &str =
    "name = \"own\"\nrequires = [\"passive_authentication\", \"chip_genuine\", \"online\"]\n";

fn authority(profile: &Profile) -> Issuer {
    let validity = Validity::around(profile.holder.issued);
    Issuer::new(
        "VN",
        profile.algorithms,
        validity,
        false,
        &mut support::rng(),
    )
    .expect("an issuer")
}

fn personalised(issuer: &Issuer, number: Option<&str>, portrait: Option<Vec<u8>>) -> CardData {
    let mut profile = support::profile("vn-2021");
    if let Some(number) = number {
        profile.holder.personal_number = Some(number.into());
        // The document number is the last nine of the twelve.
        profile.holder.document_number = number.chars().skip(3).collect();
    }
    let key = support::card("vn-2021").active_authentication;
    let mut personaliser = Personaliser::new(profile)
        .issuer(issuer)
        .active_authentication_key(key.expect("a key"));
    if let Some(portrait) = portrait {
        personaliser = personaliser.portrait(portrait);
    }
    personaliser.build(&mut support::rng()).expect("a card")
}

fn read(card: &CardData) -> UnverifiedDocument {
    let keys: AccessKeys = [support::key(card), support::mrz_key(card)]
        .into_iter()
        .collect();
    block(Reading::with(keys).run(&mut VirtualCard::new(card.clone())))
        .expect("ready")
        .expect("a document")
}

fn assess(card: &CardData) -> Assessment {
    Assessment::new(read(card).verify(&support::trust(&[&card.csca]), support::now()))
}

fn request(assessment: &Assessment) -> ConfirmationRequest {
    ConfirmationRequest::of(assessment, Nonce::new().expect("random")).expect("proven")
}

/// What an honest service answers to this request.
fn answer(request: &ConfirmationRequest) -> ConfirmationAnswer {
    ConfirmationAnswer {
        outcome: ConfirmationOutcome::Confirmed,
        service: "Invented Service".into(),
        transaction: None,
        number: request.number().to_owned().into(),
        signer_sha256: request.document_signer().expect("a signer").sha256,
        nonce: *request.nonce().bytes(),
        answered_at: request.made_at(),
    }
}

#[track_caller]
fn row(attack: &str, verdict: &Verdict, kind: VerdictKind, by: Code) {
    let shown: Vec<_> = verdict
        .grounds
        .iter()
        .map(|g| (g.code.name(), g.severity.name(), g.detail))
        .collect();
    assert_eq!(verdict.kind, kind, "{attack}: {shown:?}");
    assert!(verdict.has(by), "{attack}: {shown:?}");
    println!("{attack:58} {:10} {by}", kind.name());
}

#[test]
fn no_confirmation_counts_that_is_not_this_document_s_now() {
    let policy = Policy::from_toml(CONFIRMED).expect("TOML");
    let issuer = authority(&support::profile("vn-2021"));
    let card = personalised(&issuer, None, None);
    let other = personalised(&issuer, Some("001190000025"), None);
    let undecided = VerdictKind::Undecided;

    let honest = assess(&card);
    let asked = request(&honest);
    let first = answer(&asked);
    let verdict = policy.decide(&honest.with_confirmation(asked, Ok(first.clone())));
    assert_eq!(verdict.kind, VerdictKind::Accept, "{:?}", verdict.grounds);

    let again = assess(&card);
    let asked = request(&again);
    let verdict = policy.decide(&again.with_confirmation(asked, Ok(first.clone())));
    let by = codes::UNBOUND_CONFIRMATION;
    row(
        "a confirmation replayed for a second reading",
        &verdict,
        undecided,
        by,
    );

    let stranger = assess(&other);
    let asked = request(&stranger);
    let verdict = policy.decide(&stranger.with_confirmation(asked, Ok(first)));
    row("another person's confirmation", &verdict, undecided, by);

    let (mine, theirs) = (assess(&card), assess(&other));
    let asked = request(&theirs);
    let confirmed = answer(&asked);
    let verdict = policy.decide(&mine.with_confirmation(asked, Ok(confirmed)));
    row(
        "a request about another card laid beside this one",
        &verdict,
        undecided,
        by,
    );

    let forged = assess(&card);
    let asked = request(&forged);
    let mut resigned = answer(&asked);
    resigned.signer_sha256 = [7; 32];
    let verdict = policy.decide(&forged.with_confirmation(asked, Ok(resigned)));
    row(
        "a confirmation of another document signer",
        &verdict,
        undecided,
        by,
    );

    let denied = assess(&card);
    let asked = request(&denied);
    let mut no = answer(&asked);
    no.outcome = ConfirmationOutcome::Denied;
    let verdict = policy.decide(&denied.with_confirmation(asked, Ok(no)));
    row(
        "a card that the issuer denies",
        &verdict,
        VerdictKind::Reject,
        codes::ISSUER_DENIES,
    );

    // A service that confirms what nobody here can trust.
    let strange = personalised(&authority(&support::profile("vn-2021")), None, None);
    let untrusted =
        Assessment::new(read(&strange).verify(&support::trust(&[&card.csca]), support::now()));
    let asked = request(&untrusted);
    let confirmed = answer(&asked);
    let verdict = policy.decide(&untrusted.with_confirmation(asked, Ok(confirmed)));
    let attack = "a confirmation in place of passive authentication";
    assert!(verdict.online.check.passed().is_some());
    assert_ne!(verdict.kind, VerdictKind::Accept);
    row(
        attack,
        &verdict,
        verdict.kind,
        codes::REQUIRED_CHECK_MISSING,
    );
}

#[test]
fn no_denial_is_talked_away() {
    let policy = Policy::from_toml(CONFIRMED).expect("TOML");
    let lenient =
        Policy::from_toml(&CONFIRMED.replace(", \"online\"", "")).expect("one that asks if it can");
    let issuer = authority(&support::profile("vn-2021"));
    let card = personalised(&issuer, None, None);
    type Came = Result<ConfirmationOutcome, Unreachable>;
    let after = |policy: &Policy, first: Came, second: Came| {
        let mut assessment = assess(&card);
        for came in [first, second] {
            let asked = request(&assessment);
            let answer = came.map(|outcome| ConfirmationAnswer {
                outcome,
                ..answer(&asked)
            });
            assessment.take_confirmation(asked, answer, support::now());
        }
        policy.decide(&assessment)
    };
    let (confirmed, denied) = (
        Ok(ConfirmationOutcome::Confirmed),
        Ok(ConfirmationOutcome::Denied),
    );
    let (reject, by) = (VerdictKind::Reject, codes::ISSUER_DENIES);
    row(
        "a denial, and a second question in vain",
        &after(&lenient, denied, Err(Unreachable::TimedOut)),
        reject,
        by,
    );
    row(
        "a denial, and an answer that nobody can read",
        &after(&lenient, denied, Err(Unreachable::Unreadable)),
        reject,
        by,
    );
    row(
        "a denial, and a confirmation after it",
        &after(&policy, denied, confirmed),
        reject,
        by,
    );
    let (forged, undecided) = (Err(Unreachable::NotAuthentic), VerdictKind::Undecided);
    let by = codes::UNBOUND_CONFIRMATION;
    row(
        "a forged answer, and a second question in vain",
        &after(&lenient, forged, Err(Unreachable::TimedOut)),
        undecided,
        by,
    );
    row(
        "a forged answer, and a confirmation after it",
        &after(&policy, forged, confirmed),
        undecided,
        by,
    );
}

#[test]
fn no_policy_file_makes_a_copy_a_genuine_chip() {
    let issuer = authority(&support::profile("vn-2021"));
    let card = personalised(&issuer, None, None);
    let files = card.files.iter().map(|(id, bytes)| (*id, bytes.clone()));
    let copy = UnverifiedDocument::from_files(files.collect::<Vec<_>>(), None);
    let copy = Assessment::new(copy.verify(&support::trust(&[&card.csca]), support::now()));
    let pretending = Policy::from_toml(
        "name = \"transfer-2\"\nrequires = [\"passive_authentication\", \"chip_genuine\"]\n[severity]\nchip_not_proven = \"note\"\nchip_proof_not_fresh = \"note\"\nclone_protection_absent = \"note\"\nrequired_check_missing = \"note\"\n",
    )
    .expect("TOML");
    row(
        "a policy that lowers chip_not_proven, over a copy",
        &pretending.decide(&copy),
        VerdictKind::Undecided,
        codes::REQUIRED_CHECK_MISSING,
    );
    let posing =
        Policy::from_toml("name = \"transfer\"\nrequires = [\"passive_authentication\"]\n");
    let refused = posing.expect_err("a built-in name");
    println!(
        "{:58} {:10} {}",
        "a policy file that calls itself transfer",
        "refused",
        refused.code()
    );
    assert_eq!(refused.code(), 8308);
    assert!(copy.findings().has(core::CHIP_NOT_PROVEN));
}

#[test]
fn no_vendor_s_word_counts_that_no_policy_asked_for_or_that_is_of_another_portrait() {
    let issuer = authority(&support::profile("vn-2021"));
    let card = personalised(&issuer, None, None);
    let other = personalised(
        &issuer,
        Some("001190000025"),
        Some(jpeg(&image::DynamicImage::new_rgb8(300, 400))),
    );
    let takes = Policy::from_toml(VENDOR).expect("TOML");
    let judge = |policy: &Policy, of: &CardData, change: &dyn Fn(&mut VendorComparison)| {
        let mut assessment = assess(&card);
        let mut comparison = VendorComparison {
            result: VendorMatch::Match,
            vendor: "Invented Vendor".into(),
            version: "1.0".into(),
            certificate: "invented report".into(),
            capture: Capture::Camera,
            at: assessment.checked_at(),
            portrait: assess(of).portrait_digest().expect("a portrait"),
            images: vec![[1; 32]],
        };
        change(&mut comparison);
        assessment.take_vendor_comparison(comparison, support::now());
        policy.decide(&assessment)
    };
    let honest = judge(&takes, &card, &|_| {});
    assert_eq!(honest.kind, VerdictKind::Accept, "{:?}", honest.grounds);
    let undecided = VerdictKind::Undecided;
    row(
        "a match that another maker's engine found for somebody else",
        &judge(&takes, &other, &|_| {}),
        VerdictKind::Reject,
        codes::COMPARISON_FOREIGN,
    );
    let by = codes::FACE_VENDOR_NOT_ACCEPTED;
    row(
        "an engine that the policy does not name",
        &judge(&Policy::counter(), &card, &|_| {}),
        undecided,
        by,
    );
    row(
        "the vendor's engine without the certificate asked for",
        &judge(&takes, &card, &|c| c.certificate = "none".into()),
        undecided,
        by,
    );
    row(
        "the vendor's match of ten minutes ago",
        &judge(&takes, &card, &|c| c.at.0 -= 600),
        undecided,
        codes::FACE_VENDOR_UNBOUND,
    );
}

/// Names the invented vendor.
const VENDOR: &str = "name = \"own\"\nrequires = [\"passive_authentication\", \"face\"]\n[[face.vendors]]\nvendor = \"Invented Vendor\"\ncertificate = \"invented report\"\n";

/// What the invented vendor's engine says of one frame.
fn judged(assessment: &mut Assessment, result: VendorMatch, frame: u8, seconds_ago: i64) {
    let comparison = VendorComparison {
        result,
        vendor: "Invented Vendor".into(),
        version: "1.0".into(),
        certificate: "invented report".into(),
        capture: Capture::Camera,
        at: UnixTime(assessment.checked_at().0 - seconds_ago),
        portrait: assessment.portrait_digest().expect("a portrait"),
        images: vec![[frame; 32]],
    };
    assessment.take_vendor_comparison(comparison, support::now());
}

#[test]
fn nobody_tries_until_it_fits() {
    let takes = Policy::from_toml(VENDOR).expect("TOML");
    let issuer = authority(&support::profile("vn-2021"));
    let card = personalised(&issuer, None, None);
    let (undecided, by) = (VerdictKind::Undecided, codes::SESSION_LOCKED);

    let mut stranger = assess(&card);
    for frame in 0..50 {
        judged(&mut stranger, VendorMatch::Mismatch, frame, 0);
    }
    judged(&mut stranger, VendorMatch::Match, 50, 0);
    let attack = "fifty frames that a vendor's engine refuses, then one more";
    row(attack, &takes.decide(&stranger), undecided, by);

    let bound = "[face]\nmax_failed_attempts = 5\n[[face.vendors]]";
    let five = Policy::from_toml(&VENDOR.replace("[[face.vendors]]", bound)).expect("TOML");
    let before = Attempts {
        made: 4,
        failed_before: 3,
        session_age: Duration::ZERO,
    };
    let mut again = assess(&card).with_attempts(before);
    for frame in 0..5 {
        judged(&mut again, VendorMatch::Match, frame, 0);
    }
    let attack = "three failures of before, and five attempts here";
    row(attack, &five.decide(&again), undecided, by);

    let mut lowered = assess(&card);
    judged(&mut lowered, VendorMatch::Match, 1, 0);
    for (made, failed_before) in [(9, 8), (1, 0)] {
        lowered.set_attempts(Attempts {
            made,
            failed_before,
            session_age: Duration::ZERO,
        });
    }
    let attack = "eight failures that are said to be none after all";
    row(attack, &five.decide(&lowered), undecided, by);
}

#[test]
fn no_failure_is_made_up_for_by_a_lax_policy_or_a_second_word() {
    let issuer = authority(&support::profile("vn-2021"));
    let card = personalised(&issuer, None, None);
    let text = VENDOR.replace(
        "[[face.vendors]]",
        "[severity]\nface_vendor_unbound = \"note\"\nliveness_unbound = \"note\"\n[face]\nmax_session_seconds = 1000000000\n[[face.vendors]]",
    );
    let lax = Policy::from_toml(&text).expect("TOML");
    let year = 365 * 86_400;
    let (undecided, reject) = (VerdictKind::Undecided, VerdictKind::Reject);

    let mut old = assess(&card);
    judged(&mut old, VendorMatch::Match, 1, year);
    let attack = "the vendor's match of last year, in a session without end";
    row(
        attack,
        &lax.decide(&old),
        undecided,
        codes::FACE_VENDOR_UNBOUND,
    );

    let mut contradicted = assess(&card);
    judged(&mut contradicted, VendorMatch::Mismatch, 1, 0);
    judged(&mut contradicted, VendorMatch::Match, 1, 0);
    let attack = "a vendor's match over the frame of its mismatch";
    row(
        attack,
        &lax.decide(&contradicted),
        reject,
        codes::FACE_MISMATCH,
    );

    let living = |result, seconds: i64| Liveness {
        result,
        vendor: "Invented Vendor".into(),
        version: "1.0".into(),
        basis: "invented report".into(),
        capture: Capture::Camera,
        at: UnixTime(support::now().0 - seconds),
        images: vec![[1; 32]],
    };
    let mut photograph = assess(&card);
    judged(&mut photograph, VendorMatch::Match, 1, 0);
    let late = living(LivenessResult::Failed, 181);
    photograph.take_liveness(late, support::now());
    let attack = "a liveness failure that is too old to count";
    row(
        attack,
        &lax.decide(&photograph),
        undecided,
        codes::LIVENESS_UNBOUND,
    );

    let mut again = assess(&card);
    judged(&mut again, VendorMatch::Match, 1, 0);
    for result in [LivenessResult::Failed, LivenessResult::Passed] {
        again.take_liveness(living(result, 0), support::now());
    }
    let attack = "a second word on the liveness of the same frame";
    row(
        attack,
        &lax.decide(&again),
        undecided,
        codes::LIVENESS_FAILED,
    );

    let nobody = "name = \"own\"\nrequires = [\"passive_authentication\"]\n[severity]\nface_uncertain = \"note\"\n[face]\nreject = -1.0\nfalse_match_rate = 1e-4\nbasis = \"none\"\n";
    let refused = Policy::from_toml(nobody).expect_err("it tells nobody apart");
    println!(
        "{:58} {:10} {}",
        "a policy under which nobody is a stranger",
        "refused",
        refused.code()
    );
    assert_eq!(refused.code(), 8307);
}

fn fetched(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../models/files");
    std::fs::read(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// A photograph made as small as a chip's portrait.
fn portrait(name: &str) -> Vec<u8> {
    let image = image::load_from_memory(&fetched(name)).expect("a photograph");
    jpeg(&image.resize(300, 400, image::imageops::FilterType::Triangle))
}

fn jpeg(image: &image::DynamicImage) -> Vec<u8> {
    let mut jpeg = Vec::new();
    image
        .write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(
            &mut jpeg, 80,
        ))
        .expect("a JPEG");
    jpeg
}

fn images(names: &[&str], capture: Capture) -> LiveImages {
    let mut images = LiveImages::new(capture);
    for name in names {
        images.add_file(&fetched(name)).expect("a photograph");
    }
    images
}

#[test]
#[ignore = "needs photographs"]
fn no_liveness_of_another_picture_counts() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../models/files");
    let faces = FaceComparer::load(&Models::from_dir(&folder).expect("models")).expect("an engine");
    let issuer = authority(&support::profile("vn-2021"));
    let card = personalised(&issuer, None, Some(portrait("obama.jpg")));
    let judge = |compared: &LiveImages, looked_at: &LiveImages, capture: Capture| {
        let assessment = assess(&card)
            .with_face(&faces, compared)
            .expect("an engine");
        let liveness = Liveness {
            result: LivenessResult::Passed,
            vendor: "Invented Vendor".into(),
            version: "1.0".into(),
            basis: "invented report".into(),
            capture,
            at: assessment.checked_at(),
            images: looked_at.digests().to_vec(),
        };
        Policy::transfer().decide(&assessment.with_liveness(liveness))
    };
    let camera = Capture::Camera;
    let holder = images(&["obama2.jpg"], camera);
    let honest = judge(&holder, &holder, camera);
    assert_eq!(honest.kind, VerdictKind::Accept, "{:?}", honest.grounds);

    let undecided = VerdictKind::Undecided;
    let by = codes::LIVENESS_UNBOUND;
    let another = images(&["biden.jpg"], camera);
    row(
        "liveness of another picture",
        &judge(&holder, &another, camera),
        undecided,
        by,
    );
    row(
        "liveness from another camera",
        &judge(&holder, &holder, Capture::Station),
        undecided,
        by,
    );
    let mixed = images(&["obama2.jpg", "obama.jpg"], camera);
    row(
        "liveness of one picture of two",
        &judge(&mixed, &holder, camera),
        undecided,
        by,
    );
    let file = images(&["obama2.jpg"], Capture::File);
    row(
        "a file in place of a camera",
        &judge(&file, &file, Capture::File),
        undecided,
        codes::LIVE_IMAGE_FROM_FILE,
    );
}
