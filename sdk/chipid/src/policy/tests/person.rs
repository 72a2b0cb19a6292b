//! The person in front of the camera, and what was typed and scanned.

use super::*;
use crate::difference::Subject;
use zeroize::Zeroizing;

fn face(similarity: f32) -> Verdict {
    let assessment = Case::of(good_card()).assess();
    Policy::counter().decide(&compared(assessment, similarity, Capture::Camera))
}

#[test]
fn face_mismatch_uncertain_and_match_at_their_thresholds() {
    let thresholds = default_thresholds();
    let (accept, reject) = (thresholds.accept().value(), thresholds.reject().value());
    rejects(&face(-1.0), codes::FACE_MISMATCH);
    rejects(&face(reject - 0.001), codes::FACE_MISMATCH);
    doubts(&face(reject), codes::FACE_UNCERTAIN);
    doubts(&face(accept - 0.001), codes::FACE_UNCERTAIN);
    assert_eq!(face(accept).kind, VerdictKind::Accept);
    assert_eq!(face(0.96).kind, VerdictKind::Accept);
    doubts(&face(0.97), codes::LIVE_IMAGE_IS_PORTRAIT);
    doubts(&face(1.0), codes::LIVE_IMAGE_IS_PORTRAIT);
}

#[test]
fn comparison_foreign() {
    let foreign = Comparison::invented(0.99, [7; 32], Capture::Camera);
    let assessment = Case::of(good_card()).assess().with_comparison(foreign);
    rejects(
        &Policy::counter().decide(&assessment),
        codes::COMPARISON_FOREIGN,
    );
}

#[test]
fn face_not_compared_says_why() {
    for (reason, advice) in [
        (codes::NO_LIVE_IMAGE, "take_photograph"),
        (codes::NO_FACE, "show_face"),
        (codes::SEVERAL_FACES, "one_person_only"),
        (codes::POOR_QUALITY, "move_closer"),
        (codes::NO_FACE_ON_CHIP, "compare_by_eye"),
    ] {
        let mut assessment = Case::of(good_card()).assess();
        if reason != codes::NO_LIVE_IMAGE {
            assessment.face = Some(FaceOutcome::NotCompared(NotCompared { reason, advice }));
        }
        let verdict = Policy::counter().decide(&assessment);
        doubts(&verdict, codes::FACE_NOT_COMPARED);
        let ground = verdict
            .grounds
            .iter()
            .find(|g| g.code == codes::FACE_NOT_COMPARED);
        assert_eq!(ground.and_then(|g| g.detail), Some(reason.name()));
        assert_eq!(verdict.face.check, Check::NotPerformed(reason));
        assert_eq!(verdict.face.advice, Some(advice));
    }
}

#[test]
fn session_locked_after_ten_failures_or_three_minutes() {
    let attempts = |failed_before, seconds| {
        let assessment = Case::of(good_card()).matched().with_attempts(Attempts {
            made: failed_before + 1,
            failed_before,
            session_age: Duration::from_secs(seconds),
        });
        Policy::counter().decide(&assessment)
    };
    assert_eq!(attempts(9, 180).kind, VerdictKind::Accept);
    doubts(&attempts(10, 0), codes::SESSION_LOCKED);
    doubts(&attempts(0, 181), codes::SESSION_LOCKED);
    assert!(attempts(9, 0).face.false_match_rate > attempts(0, 0).face.false_match_rate);
}

#[test]
fn clerk_input_mismatch() {
    let right = Case::of(good_card()).assess();
    let holder = right.holder().expect("a holder");
    let input = ClerkInput {
        number: Some(holder.personal_number.clone()),
        name: Some(holder.name_mrz.clone()),
        birth: holder.birth,
    };
    let same = Case::of(good_card()).matched().with_clerk_input(&input);
    assert_eq!(Policy::counter().decide(&same).kind, VerdictKind::Accept);
    for wrong in [
        ClerkInput {
            number: Some(Zeroizing::new("001099000018".into())),
            ..ClerkInput::default()
        },
        ClerkInput {
            name: Some(Zeroizing::new("Trần Văn Mẫu".into())),
            ..ClerkInput::default()
        },
        ClerkInput {
            birth: Date::new(1970, 1, 1),
            ..ClerkInput::default()
        },
    ] {
        let assessment = Case::of(good_card()).matched().with_clerk_input(&wrong);
        doubts(
            &Policy::counter().decide(&assessment),
            codes::CLERK_INPUT_MISMATCH,
        );
    }
}

#[test]
fn qr_mismatch() {
    let (_, qr) =
        keys::from_qr("001099000099||Trần Văn Mẫu|15031999|Nam|Số 1 Phố Mẫu, Hà Nội|10052021")
            .expect("a QR text");
    let assessment = Case::of(good_card()).matched().with_qr(&qr);
    doubts(&Policy::counter().decide(&assessment), codes::QR_MISMATCH);
    let subjects: Vec<_> = assessment
        .differences()
        .iter()
        .map(|d| {
            (
                d.subject.name(),
                d.first.source.name(),
                d.second.source.name(),
            )
        })
        .collect();
    assert_eq!(
        subjects,
        ["number", "birth", "name"].map(|subject| (subject, "chip", "qr"))
    );
    let (_, own) = keys::from_qr(
        "001090000017|012345679|LE THU NGHIEM|15031990|Nam|Số 1 Phố Mẫu, Hà Nội|11052021",
    )
    .expect("a QR text");
    let assessment = Case::of(good_card()).matched().with_qr(&own);
    let subjects: Vec<_> = assessment.differences().iter().map(|d| d.subject).collect();
    assert_eq!(subjects, [Subject::Issue, Subject::OldNumber]);
}

#[test]
fn what_was_typed_is_compared_as_people_type() {
    let typed = |name: &str| ClerkInput {
        number: Some(Zeroizing::new("001 090 000 017".into())),
        name: Some(Zeroizing::new(name.into())),
        birth: Date::new(1990, 3, 15),
    };
    for name in [
        "lê thử nghiệm",
        "LE THU NGHIEM",
        "Le Thu-Nghiem",
        " Lê  Thử Nghiệm ",
    ] {
        let assessment = Case::of(good_card())
            .matched()
            .with_clerk_input(&typed(name));
        assert_eq!(assessment.differences(), [], "{name}");
    }
    for name in ["Lê Thử", "Lê Thử Nghiệmm", "L\u{435} Thu Nghiem", ""] {
        let assessment = Case::of(good_card())
            .matched()
            .with_clerk_input(&typed(name));
        let [difference] = assessment.differences() else {
            panic!("{name}");
        };
        assert_eq!(*difference.first.value, "Lê Thử Nghiệm");
        assert_eq!(*difference.second.value, name);
        let shown = format!("{assessment:?} {:?}", assessment.findings());
        assert!(!shown.contains("Nghiệm"), "{shown}");
    }
}

/// The holder of the good card is Lê Thử Nghiệm: what a keyboard program or a scanner makes of it is no other name.
#[test]
fn qr_text_garbled() {
    let right = Case::of(good_card()).assess();
    let holder = right.holder().expect("a holder");
    let birth = holder.birth.expect("a day");
    let text = |name: &str| {
        format!(
            "{}||{name}|{:02}{:02}{}|{}|Số 1 Phố Mẫu|10052021",
            *holder.personal_number,
            birth.day(),
            birth.month(),
            birth.year(),
            if holder.sex_letter() == "M" {
                "Nam"
            } else {
                "Nữ"
            },
        )
    };
    let decided = |name: &str| {
        let (_, qr) = keys::from_qr(&text(name)).expect("a QR text");
        Policy::counter().decide(&Case::of(good_card()).matched().with_qr(&qr))
    };
    let name = holder.name.as_str();
    let keystrokes = name
        .replace('ê', "ee")
        .replace("ử", "uwr")
        .replace("ệ", "eej");
    let dropped: String = name.chars().filter(char::is_ascii).collect();
    for garbled in [
        keystrokes,
        dropped,
        name.replace(|c: char| !c.is_ascii(), "?"),
    ] {
        let verdict = decided(&garbled);
        assert_eq!(verdict.kind, VerdictKind::Accept, "{verdict:?}");
        let ground = verdict
            .grounds
            .iter()
            .find(|g| g.code == codes::QR_TEXT_GARBLED);
        assert_eq!(ground.and_then(|g| g.detail), Some("name"), "{verdict:?}");
    }
    doubts(&decided("Trần Văn Mẫu"), codes::QR_MISMATCH);
    // The number is compared whatever became of the letters.
    let (_, qr) = keys::from_qr(&text("L?").replace(&*holder.personal_number, "001099000099"))
        .expect("a QR text");
    let verdict = Policy::counter().decide(&Case::of(good_card()).matched().with_qr(&qr));
    doubts(&verdict, codes::QR_MISMATCH);
}

#[test]
fn debug_of_an_assessment_tells_no_day_of_the_holder() {
    let assessment = Case::of(good_card()).assess();
    assert!(assessment.expires().is_some());
    let shown = format!("{assessment:?}");
    assert!(!shown.contains("Date {"), "{shown}");
    let number = &assessment.holder().expect("a holder").personal_number;
    assert!(!shown.contains(number.as_str()));
}
