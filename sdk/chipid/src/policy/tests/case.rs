//! A card, who issued it, and what is known of whoever shows it.

use super::*;
use crate::UnverifiedDocument;
use chipid_emrtd::active_authentication::ActiveAuthenticationEvidence;
use chipid_emrtd::trust::TrustStore;

/// A state's authority without the marker of a test, for `vn-2021` cards: what `counter` can accept.
pub(super) fn authority() -> &'static Issuer {
    static MADE: OnceLock<Issuer> = OnceLock::new();
    MADE.get_or_init(|| unmarked("VN"))
}

pub(super) fn unmarked(country: &str) -> Issuer {
    let profile = profile();
    let validity = Validity::around(profile.holder.issued);
    Issuer::new(country, profile.algorithms, validity, false, &mut rng()).expect("an issuer")
}

pub(super) fn profile() -> Profile {
    support::profile("vn-2021")
}

pub(super) fn personaliser(issuer: &Issuer) -> Personaliser<'_> {
    // One RSA key for every card of these tests: making one takes a second.
    let key = support::card("vn-2021").active_authentication;
    Personaliser::new(profile())
        .issuer(issuer)
        .active_authentication_key(key.expect("a key"))
}

pub(super) fn build(personaliser: Personaliser<'_>) -> CardData {
    personaliser.build(&mut rng()).expect("a card")
}

pub(super) fn good_card() -> &'static CardData {
    static MADE: OnceLock<CardData> = OnceLock::new();
    MADE.get_or_init(|| build(personaliser(authority())))
}

/// A case: a chip, a trust store, a time.
pub(super) struct Case {
    chip: VirtualCard,
    card: CardData,
    trust: TrustStore,
    now: UnixTime,
    assumed: bool,
}

impl Case {
    pub(super) fn of(card: &CardData) -> Self {
        Self {
            chip: VirtualCard::new(card.clone()),
            card: card.clone(),
            trust: support::trust(&[authority().csca_certificate()]),
            now: support::now(),
            assumed: false,
        }
    }

    /// The chip that answers, where it is not the card's own.
    pub(super) fn answered_by(mut self, chip: CardData) -> Self {
        self.chip = VirtualCard::new(chip);
        self
    }

    pub(super) fn behaving(mut self, behaviour: Behaviour) -> Self {
        self.chip = VirtualCard::new(self.card.clone()).with_behaviour(behaviour);
        self
    }

    pub(super) fn trusting(mut self, cscas: &[&[u8]]) -> Self {
        self.trust = support::trust(cscas);
        self
    }

    pub(super) fn at(mut self, now: UnixTime) -> Self {
        self.now = now;
        self
    }

    /// The built-in card profile stands in for EF.CardAccess.
    pub(super) fn assuming_vietnamese_card(mut self) -> Self {
        self.assumed = true;
        self
    }

    pub(super) fn assess(mut self) -> Assessment {
        let keys = [support::key(&self.card), support::mrz_key(&self.card)];
        let mut reading = crate::Reading::with(keys.into_iter().collect::<crate::AccessKeys>());
        if self.assumed {
            reading = reading.assume_vietnamese_card();
        }
        let document = crate::block(reading.run(&mut self.chip))
            .expect("ready")
            .expect("a document");
        Assessment::new(document.verify(&self.trust, self.now))
    }

    /// With a face that matches, from a camera.
    pub(super) fn matched(self) -> Assessment {
        matched(self.assess())
    }

    pub(super) fn counter(self) -> Verdict {
        Policy::counter().decide(&self.matched())
    }
}

/// The assessment with a face that matches, from a camera.
pub(super) fn matched(assessment: Assessment) -> Assessment {
    compared(assessment, 0.7, Capture::Camera)
}

/// The assessment with a face this similar.
pub(super) fn compared(assessment: Assessment, similarity: f32, capture: Capture) -> Assessment {
    let digest = portrait_digest(&assessment);
    assessment.with_comparison(Comparison::invented(similarity, digest, capture))
}

/// The document that saved files of this card make.
pub(super) fn saved(
    card: &CardData,
    left_out: Option<FileId>,
    evidence: Option<ActiveAuthenticationEvidence>,
) -> UnverifiedDocument {
    let files: Vec<_> = card
        .files
        .iter()
        .filter(|(id, _)| Some(**id) != left_out)
        .map(|(id, bytes)| (*id, bytes.clone()))
        .collect();
    UnverifiedDocument::from_files(files, evidence)
}

/// What is known of it, where the good card's authority is trusted.
pub(super) fn assess_saved(document: UnverifiedDocument) -> Assessment {
    let trust = support::trust(&[authority().csca_certificate()]);
    Assessment::new(document.verify(&trust, support::now()))
}

pub(super) fn portrait_digest(assessment: &Assessment) -> [u8; 32] {
    assessment
        .verification()
        .document
        .as_ref()
        .and_then(|d| d.portrait())
        .map_or([0; 32], |p| p.digest())
}

#[track_caller]
pub(super) fn expect(verdict: &Verdict, kind: VerdictKind, code: Code, severity: Severity) {
    let shown: Vec<_> = verdict
        .grounds
        .iter()
        .map(|g| (g.code.name(), g.severity.name(), g.file, g.detail))
        .collect();
    assert_eq!(verdict.kind, kind, "{shown:?}");
    let ground = verdict.grounds.iter().find(|g| g.code == code);
    let ground = ground.unwrap_or_else(|| panic!("{code} is missing from {shown:?}"));
    assert_eq!(ground.severity, severity, "{shown:?}");
}

#[track_caller]
pub(super) fn rejects(verdict: &Verdict, code: Code) {
    expect(verdict, VerdictKind::Reject, code, Severity::Fatal);
}

#[track_caller]
pub(super) fn doubts(verdict: &Verdict, code: Code) {
    expect(verdict, VerdictKind::Undecided, code, Severity::Doubt);
}

#[track_caller]
pub(super) fn notes(verdict: &Verdict, code: Code) {
    expect(verdict, VerdictKind::Accept, code, Severity::Note);
}

pub(super) fn flipped(card: &CardData, file: FileId, at: usize) -> CardData {
    let mut card = card.clone();
    if let Some(byte) = card.files.get_mut(&file).and_then(|f| f.get_mut(at)) {
        *byte ^= 1;
    }
    card
}
