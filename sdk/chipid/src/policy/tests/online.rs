//! Online confirmation: what binds an answer, and what no answer is worth.

use super::*;
use crate::online::{
    ConfirmationAnswer, ConfirmationOutcome, ConfirmationRequest, ConfirmationService, Nonce,
    Unreachable,
};

/// A service that answers whatever it is told to, about whatever it is asked.
struct Invented {
    change: fn(&mut ConfirmationAnswer),
    unreachable: Option<Unreachable>,
}

impl ConfirmationService for Invented {
    async fn confirm(
        &mut self,
        request: &ConfirmationRequest,
    ) -> Result<ConfirmationAnswer, Unreachable> {
        if let Some(why) = self.unreachable {
            return Err(why);
        }
        let mut answer = ConfirmationAnswer {
            outcome: ConfirmationOutcome::Confirmed,
            service: "Invented Service".into(),
            transaction: Some("T-1".into()),
            number: request.number().to_owned().into(),
            signer_sha256: request.document_signer().expect("a signer").sha256,
            nonce: *request.nonce().bytes(),
            answered_at: request.made_at(),
        };
        (self.change)(&mut answer);
        Ok(answer)
    }
}

fn demanding() -> Policy {
    let text = COUNTER.replace("name = \"counter\"", "name = \"own\"");
    Policy::from_toml(&text.replace("\"face\"]", "\"face\", \"online\"]")).expect("TOML")
}

fn asked(policy: &Policy, mut service: Invented) -> Verdict {
    let assessment = Case::of(good_card()).matched();
    let request =
        ConfirmationRequest::of(&assessment, Nonce::new().expect("random")).expect("proven");
    let answer = crate::block(service.confirm(&request)).expect("at once");
    policy.decide(&assessment.with_confirmation(request, answer))
}

fn answered(change: fn(&mut ConfirmationAnswer)) -> Verdict {
    asked(
        &demanding(),
        Invented {
            change,
            unreachable: None,
        },
    )
}

#[track_caller]
fn unbound(verdict: &Verdict, detail: &str) {
    doubts(verdict, codes::UNBOUND_CONFIRMATION);
    doubts(verdict, codes::REQUIRED_CHECK_MISSING);
    assert_eq!(
        verdict.online.check,
        Check::NotPerformed(codes::UNBOUND_CONFIRMATION)
    );
    let ground = verdict
        .grounds
        .iter()
        .find(|g| g.code == codes::UNBOUND_CONFIRMATION);
    assert_eq!(ground.and_then(|g| g.detail), Some(detail));
}

#[test]
fn a_policy_that_requires_online_is_undecided_without_it() {
    let verdict = demanding().decide(&Case::of(good_card()).matched());
    doubts(&verdict, codes::REQUIRED_CHECK_MISSING);
    let confirmed = answered(|_| {});
    assert_eq!(
        confirmed.kind,
        VerdictKind::Accept,
        "{:?}",
        confirmed.grounds
    );
    assert_eq!(
        confirmed.online.service.as_deref(),
        Some("Invented Service")
    );
}

#[test]
fn issuer_denies() {
    rejects(
        &answered(|a| a.outcome = ConfirmationOutcome::Denied),
        codes::ISSUER_DENIES,
    );
}

#[test]
fn unbound_confirmation() {
    unbound(
        &answered(|a| a.number = "001099000018".to_owned().into()),
        "other_number",
    );
    unbound(&answered(|a| a.signer_sha256[0] ^= 1), "other_signer");
    unbound(&answered(|a| a.nonce[0] ^= 1), "other_nonce");
    unbound(&answered(|a| a.answered_at.0 -= 31), "before_request");
    unbound(&answered(|a| a.answered_at.0 += 31), "future");
    // An unbound denial denies nothing.
    let foreign = answered(|a| {
        a.outcome = ConfirmationOutcome::Denied;
        a.nonce[0] ^= 1;
    });
    unbound(&foreign, "other_nonce");
    let forged = Invented {
        change: |_| {},
        unreachable: Some(Unreachable::NotAuthentic),
    };
    unbound(&asked(&demanding(), forged), "not_authentic");
}

#[test]
fn a_confirmation_of_yesterday_is_stale() {
    let assessment = Case::of(good_card()).matched();
    let now = assessment.checked_at();
    let request = ConfirmationRequest::of(&assessment, Nonce::kept([3; 16]))
        .expect("proven")
        .made_earlier(UnixTime(now.0 - DAY));
    let mut service = Invented {
        change: |_| {},
        unreachable: None,
    };
    let answer = crate::block(service.confirm(&request)).expect("at once");
    unbound(
        &demanding().decide(&assessment.with_confirmation(request, answer)),
        "stale",
    );
}

#[test]
fn a_request_about_one_card_is_laid_beside_another() {
    let assessment = Case::of(good_card()).matched();
    let strange = ConfirmationRequest::danger_unverified(
        &Case::of(&flipped(good_card(), FileId::DG1, 40)).assess(),
        Nonce::new().expect("random"),
    );
    let answer = ConfirmationAnswer {
        outcome: ConfirmationOutcome::Confirmed,
        service: "Invented Service".into(),
        transaction: None,
        number: strange.number().to_owned().into(),
        signer_sha256: [0; 32],
        nonce: *strange.nonce().bytes(),
        answered_at: strange.made_at(),
    };
    unbound(
        &demanding().decide(&assessment.with_confirmation(strange, Ok(answer))),
        "other_request",
    );
}

#[test]
fn online_unreachable() {
    for why in [
        Unreachable::NoConnection,
        Unreachable::TimedOut,
        Unreachable::Refused,
        Unreachable::Unreadable,
    ] {
        let service = || Invented {
            change: |_| {},
            unreachable: Some(why),
        };
        let verdict = asked(&demanding(), service());
        doubts(&verdict, codes::REQUIRED_CHECK_MISSING);
        assert_eq!(
            verdict.online.check,
            Check::NotPerformed(codes::ONLINE_UNREACHABLE)
        );
        notes(
            &asked(&Policy::counter(), service()),
            codes::ONLINE_UNREACHABLE,
        );
    }
}

#[test]
fn nothing_is_sent_of_a_document_that_is_not_proven() {
    let assessment = Case::of(&flipped(good_card(), FileId::DG2, 90)).assess();
    let refused = ConfirmationRequest::of(&assessment, Nonce::new().expect("random"));
    assert!(matches!(refused, Err(crate::Error::NotProven)));
}

#[test]
fn a_request_holds_the_bytes_verbatim() {
    let card = good_card();
    let assessment = Case::of(card).assess();
    let request =
        ConfirmationRequest::of(&assessment, Nonce::new().expect("random")).expect("proven");
    for (file, bytes) in request.files() {
        assert_eq!(
            Some(bytes.as_slice()),
            card.files.get(file).map(Vec::as_slice),
            "{file}"
        );
    }
    let names: Vec<_> = request.files().keys().map(ToString::to_string).collect();
    assert_eq!(
        names,
        ["EF_COM", "EF_SOD", "DG1", "DG2", "DG13", "DG14", "DG15"]
    );
    assert_eq!(request.digests().len(), 5);
    let signer = request.document_signer().expect("a signer");
    let sod = &card.files[&FileId::Sod];
    let der = &signer.certificate.0;
    assert!(sod.windows(der.len()).any(|w| w == der.as_slice()));
    let pem = request.document_signer_pem().expect("PEM");
    assert_eq!(
        pem_rfc7468::decode_vec(pem.as_bytes()).expect("PEM").1,
        *der
    );
    assert!(request.active_authentication().is_some());
    assert!(!format!("{request:?}").contains(request.number()));
    assert!(request.with_consent("C-1\n").is_err());
}

/// A service is asked after the document was verified, and a person takes their time.
#[test]
fn an_answer_after_the_check_counts_from_when_it_came() {
    let later = |policy: &Policy, seconds: i64| {
        let assessment = Case::of(good_card()).matched();
        let request =
            ConfirmationRequest::of(&assessment, Nonce::new().expect("random")).expect("proven");
        let now = UnixTime(assessment.checked_at().0 + seconds);
        let answer = bound_to(&request, ConfirmationOutcome::Confirmed, now);
        policy.decide(
            &assessment
                .with_confirmation(request, Ok(answer))
                .judged_at(now),
        )
    };
    assert_eq!(later(&demanding(), 120).kind, VerdictKind::Accept);
}

/// One holder's number stands on every card that they had, and one signer signs very many.
#[test]
fn a_confirmation_of_another_card_of_the_same_holder_counts_for_nothing() {
    let renewed = case_of_the_renewed_card();
    let request = ConfirmationRequest::of(&renewed, Nonce::new().expect("random")).expect("proven");
    let answer = bound_to(&request, ConfirmationOutcome::Confirmed, request.made_at());
    let lost = Case::of(good_card()).matched();
    unbound(
        &demanding().decide(&lost.with_confirmation(request, Ok(answer))),
        "other_request",
    );
}

#[test]
fn a_denial_that_came_late_is_never_less_than_a_doubt() {
    let text = COUNTER.replace("name = \"counter\"", "name = \"lax\"");
    let lax = Policy::from_toml(&format!(
        "{text}\n[severity]\nunbound_confirmation = \"note\""
    ))
    .expect("TOML");
    let assessment = Case::of(good_card()).matched();
    let request =
        ConfirmationRequest::of(&assessment, Nonce::new().expect("random")).expect("proven");
    let long_ago = UnixTime(request.made_at().0 - 10_000);
    let answer = bound_to(&request, ConfirmationOutcome::Denied, long_ago);
    let verdict = lax.decide(&assessment.with_confirmation(request, Ok(answer)));
    doubts(&verdict, codes::UNBOUND_CONFIRMATION);
}

fn bound_to(
    request: &ConfirmationRequest,
    outcome: ConfirmationOutcome,
    answered_at: UnixTime,
) -> ConfirmationAnswer {
    ConfirmationAnswer {
        outcome,
        service: "Invented Service".into(),
        transaction: None,
        number: request.number().to_owned().into(),
        signer_sha256: request.document_signer().expect("a signer").sha256,
        nonce: *request.nonce().bytes(),
        answered_at,
    }
}

/// The same holder and signer, another EF.SOD.
fn case_of_the_renewed_card() -> Assessment {
    Case::of(&build(personaliser(authority()))).matched()
}

/// Several questions about one document, each with what came of it.
fn asked_often(policy: &Policy, came: &[Came]) -> Verdict {
    let mut assessment = Case::of(good_card()).matched();
    for came in came {
        let request =
            ConfirmationRequest::of(&assessment, Nonce::new().expect("random")).expect("proven");
        let now = assessment.checked_at();
        let answer = |outcome| bound_to(&request, outcome, request.made_at());
        let answer = match came {
            Came::Confirmed => Ok(answer(ConfirmationOutcome::Confirmed)),
            Came::Denied => Ok(answer(ConfirmationOutcome::Denied)),
            Came::ToAnother(outcome) => Ok(ConfirmationAnswer {
                nonce: [0; 16],
                ..answer(*outcome)
            }),
            Came::No(why) => Err(*why),
        };
        assessment.take_confirmation(request, answer, now);
    }
    policy.decide(&assessment)
}

enum Came {
    Confirmed,
    Denied,
    ToAnother(ConfirmationOutcome),
    No(Unreachable),
}

const SILENCE: [Unreachable; 4] = [
    Unreachable::NoConnection,
    Unreachable::TimedOut,
    Unreachable::Refused,
    Unreachable::Unreadable,
];

#[test]
fn a_denial_is_lifted_by_no_later_answer_and_by_no_silence() {
    for policy in [Policy::counter(), demanding()] {
        for why in SILENCE {
            let verdict = asked_often(&policy, &[Came::Denied, Came::No(why)]);
            rejects(&verdict, codes::ISSUER_DENIES);
            assert_eq!(
                verdict.online.check,
                Check::Failed(codes::ISSUER_DENIES),
                "{why:?}"
            );
            assert!(verdict.online.service.is_some(), "whoever denied is shown");
        }
        for later in [
            vec![Came::Denied, Came::Confirmed],
            vec![Came::Confirmed, Came::Denied, Came::Confirmed],
            vec![Came::Denied, Came::No(Unreachable::NotAuthentic)],
        ] {
            rejects(&asked_often(&policy, &later), codes::ISSUER_DENIES);
        }
    }
}

#[test]
fn what_was_not_authentic_or_denied_another_question_stays_a_doubt() {
    let firsts: [fn() -> Came; 2] = [
        || Came::No(Unreachable::NotAuthentic),
        || Came::ToAnother(ConfirmationOutcome::Denied),
    ];
    for first in firsts {
        for policy in [Policy::counter(), demanding()] {
            let later = [Came::Confirmed, Came::No(Unreachable::TimedOut)];
            for later in later {
                let verdict = asked_often(&policy, &[first(), later]);
                doubts(&verdict, codes::UNBOUND_CONFIRMATION);
                assert_eq!(
                    verdict.online.check,
                    Check::NotPerformed(codes::UNBOUND_CONFIRMATION)
                );
            }
        }
    }
}

#[test]
fn an_answer_that_does_not_count_stays_until_one_that_does() {
    let foreign = || Came::ToAnother(ConfirmationOutcome::Confirmed);
    let silent = || Came::No(Unreachable::TimedOut);
    doubts(
        &asked_often(&Policy::counter(), &[foreign(), silent()]),
        codes::UNBOUND_CONFIRMATION,
    );
    doubts(
        &asked_often(&demanding(), &[Came::Confirmed, foreign()]),
        codes::UNBOUND_CONFIRMATION,
    );
    let again = asked_often(&demanding(), &[silent(), foreign(), Came::Confirmed]);
    assert_eq!(again.kind, VerdictKind::Accept, "{:?}", again.grounds);
    assert!(!again.has(codes::UNBOUND_CONFIRMATION) && !again.has(codes::ONLINE_UNREACHABLE));
    // The issuer's word is still its word where it was asked again in vain.
    let verdict = asked_often(&demanding(), &[Came::Confirmed, silent()]);
    notes(&verdict, codes::ONLINE_UNREACHABLE);
    assert!(verdict.online.check.passed().is_some() && verdict.online.service.is_some());
}
