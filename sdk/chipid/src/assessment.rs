//! Everything that is known of one document and one person, gathered for a policy.

use crate::attempts::{AttemptCount, Attempts, Comparing};
use crate::clock;
use crate::codes;
use crate::consistency::{self, ClerkInput, Told};
use crate::difference::Difference;
use crate::error::Error;
use crate::face::{Comparison, FaceComparer, FaceOutcome, LiveImages, NotCompared};
use crate::given_keys::Beside;
use crate::holder::{Holder, is_vietnamese_card};
use crate::issuer_scope;
use crate::liveness::Liveness;
use crate::online::{Confirmation, ConfirmationAnswer, ConfirmationRequest, Unreachable};
use crate::special_holders::SpecialHolder;
use crate::validity::{self, Expiry};
use crate::vendor_comparison::VendorComparison;
use crate::vietnamese_data::VietnameseData;
use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::finding::{Check, Finding, Findings, codes as core};
use chipid_emrtd::time::UnixTime;
use chipid_emrtd::verification::Verification;
use chipid_vietnam::age::Birth;
use chipid_vietnam::qr::QrText;

/// One document, one person, one moment. A [`Policy`](crate::Policy) decides over it.
#[derive(Debug)]
pub struct Assessment {
    pub(crate) verification: Verification,
    pub(crate) document_validity: Check<Expiry>,
    pub(crate) expires: Option<Expiry>,
    pub(crate) consistency: Check<()>,
    pub(crate) face: Option<FaceOutcome>,
    /// All of them, and of the next two kinds too: nothing is forgotten because another came.
    pub(crate) vendors: Vec<VendorComparison>,
    attempts: AttemptCount,
    pub(crate) judged_at: UnixTime,
    pub(crate) liveness: Vec<Liveness>,
    pub(crate) confirmations: Vec<Confirmation>,
    pub(crate) holder: Option<Holder>,
    pub(crate) special: Option<SpecialHolder>,
    pub(crate) findings: Findings,
    pub(crate) differences: Vec<Difference>,
}

impl Assessment {
    /// Begins with what verification found, and adds what follows from it: expiry, the agreement of the signed data,
    /// the plausibility of the clock.
    #[must_use]
    pub fn new(mut verification: Verification) -> Self {
        let (mut own, mut differences) = (Findings::new(), Vec::new());
        let now = verification.checked_at;
        let document = verification.document.as_ref();
        let data = document.and_then(VietnameseData::of);
        let unreadable = matches!(data, Some(Err(_)));
        if unreadable {
            own.add_in(core::DATA_GROUP_UNREADABLE, FileId::DG13);
        }
        let data = data.and_then(Result::ok);
        let dg13 = data.as_ref().map(VietnameseData::dg13);
        for note in dg13.into_iter().flat_map(|d| &d.notes) {
            own.push(Finding::deviation(FileId::DG13, note.name()));
        }
        let issued = dg13.and_then(|d| d.issue.present()).copied();
        let (document_validity, expires) = validity::check(document, now);
        if let Check::Failed(code) | Check::NotPerformed(code) = &document_validity
            && *code != core::NOT_AUTHENTICATED
        {
            own.add_in(*code, FileId::DG1);
        }
        let consistency = match document {
            // What cannot be read cannot agree.
            Some(_) if unreadable => Check::NotPerformed(core::DATA_GROUP_UNREADABLE),
            // Signed, and not read: whether it agrees nobody knows.
            Some(document)
                if dg13.is_none()
                    && is_vietnamese_card(document)
                    && verification
                        .passive_authentication
                        .covers(DataGroup::OPTIONAL_DETAILS) =>
            {
                Check::NotPerformed(codes::NOT_COMPARABLE)
            }
            Some(document) => consistency::signed_data(
                document,
                dg13,
                &mut Told {
                    findings: &mut own,
                    differences: &mut differences,
                },
            ),
            None => Check::NotPerformed(core::NOT_AUTHENTICATED),
        };
        let special = document
            .filter(|d| is_vietnamese_card(d))
            .map(|document| SpecialHolder::of(document, dg13, &verification, &mut own));
        let contradicted = own.has(core::HOLDER_MISMATCH);
        let consistency = match consistency {
            Check::Passed(()) if contradicted => Check::Failed(core::HOLDER_MISMATCH),
            other => other,
        };
        let mut holder = document.map(|document| {
            let today = validity::local_date(document.mrz().issuing_state(), now);
            Holder::of(document, data.as_ref(), today)
        });
        // Where a part of the birth stands for what is not known, no day is the holder's.
        if let (Some(holder), Some(special)) = (&mut holder, special) {
            holder.birth = special.birth.and_then(Birth::day);
        }
        if let Some(holder) = &holder {
            consistency::place_of_number(holder, &mut own);
        }
        if !clock::is_plausible(now) {
            own.add(core::CLOCK_IMPLAUSIBLE);
        }
        if let Some(document) = document
            && !issuer_scope::serves(document, &verification.passive_authentication)
        {
            own.add(codes::ANCHOR_NOT_SCOPED);
        }
        if let Some(issued) = issued {
            verification.passive_authentication.check_issue_date(issued);
        }
        let mut findings = verification.all_findings();
        findings.extend(own.iter().copied());
        Self {
            verification,
            document_validity,
            expires,
            consistency,
            face: None,
            vendors: Vec::new(),
            attempts: AttemptCount::default(),
            judged_at: now,
            liveness: Vec::new(),
            confirmations: Vec::new(),
            holder,
            special,
            findings,
            differences,
        }
    }

    /// Compares the proven portrait with live images. Without a proven portrait nothing is compared.
    ///
    /// # Errors
    /// [`Error::Face`] where the engine fails.
    pub fn with_face(mut self, faces: &FaceComparer, live: &LiveImages) -> Result<Self, Error> {
        self.compare_face(faces, live)?;
        Ok(self)
    }

    /// As [`with_face`](Self::with_face), in place: after an error the assessment is as it was. Every further call counts as another
    /// attempt of a person who did not match.
    ///
    /// # Errors
    /// [`Error::Face`] where the engine fails.
    pub fn compare_face(&mut self, faces: &FaceComparer, live: &LiveImages) -> Result<(), Error> {
        let portrait = self
            .verification
            .document
            .as_ref()
            .and_then(|document| document.portrait());
        self.face = Some(match portrait {
            Some(portrait) => faces.compare(portrait, live)?,
            None => FaceOutcome::NotCompared(NotCompared {
                reason: codes::NO_FACE_ON_CHIP,
                advice: "compare_by_eye",
            }),
        });
        self.attempts.compared(Comparing::BuiltIn, live.digests());
        Ok(())
    }

    /// Takes a comparison that was made before, and counts it. One of another document's portrait is noticed.
    #[must_use]
    pub fn with_comparison(mut self, comparison: Comparison) -> Self {
        self.attempts
            .compared(Comparing::BuiltIn, comparison.images());
        self.face = Some(FaceOutcome::Compared(comparison));
        self
    }

    /// Takes a comparison by another maker's engine, and when that was. It counts where the policy names vendor and certificate, for this
    /// document's portrait, and for the images that everything else speaks of. It is another attempt, unless the built-in engine has
    /// just compared the same images. Of several the last counts; a mismatch of the same images before it stays.
    pub fn take_vendor_comparison(&mut self, comparison: VendorComparison, now: UnixTime) {
        self.judged_now(now);
        self.attempts
            .compared(Comparing::Vendor, &comparison.images);
        self.vendors.push(comparison);
    }

    /// What ties a [`VendorComparison`] to the portrait of this document: SHA-256 over DG2. `None` where no portrait is proven.
    #[must_use]
    pub fn portrait_digest(&self) -> Option<[u8; 32]> {
        let document = self.verification.document.as_ref()?;
        document.portrait().map(|portrait| portrait.digest())
    }

    /// Says when the answers came together that a liveness check and a confirmation gave: both are asked for after the
    /// document was verified, and how old they are is counted from here. Without it, from the time of the check. Nothing
    /// else is judged by it.
    #[must_use]
    pub fn judged_at(mut self, now: UnixTime) -> Self {
        self.judged_now(now);
        self
    }

    fn judged_now(&mut self, now: UnixTime) {
        self.judged_at = now.max(self.verification.checked_at);
    }

    /// Takes the caller's liveness check. It counts only for the very images that were compared. Of several the last counts; a
    /// failure over an image that was compared stays.
    #[must_use]
    pub fn with_liveness(mut self, liveness: Liveness) -> Self {
        self.liveness.push(liveness);
        self
    }

    /// As [`with_liveness`](Self::with_liveness) and [`judged_at`](Self::judged_at), in place.
    pub fn take_liveness(&mut self, liveness: Liveness, now: UnixTime) {
        self.judged_now(now);
        self.liveness.push(liveness);
    }

    /// Takes what a confirmation service answered to `request`, or why it did not. The request is taken too: one
    /// question has one answer. Who asks again adds an answer: a denial, or what was not authentic, is lifted by none.
    #[must_use]
    pub fn with_confirmation(
        mut self,
        request: ConfirmationRequest,
        answer: Result<ConfirmationAnswer, Unreachable>,
    ) -> Self {
        self.confirm(request, answer);
        self
    }

    /// As [`with_confirmation`](Self::with_confirmation) and [`judged_at`](Self::judged_at), in place.
    pub fn take_confirmation(
        &mut self,
        request: ConfirmationRequest,
        answer: Result<ConfirmationAnswer, Unreachable>,
        now: UnixTime,
    ) {
        self.judged_now(now);
        self.confirm(request, answer);
    }

    fn confirm(
        &mut self,
        request: ConfirmationRequest,
        answer: Result<ConfirmationAnswer, Unreachable>,
    ) {
        self.confirmations.push(match answer {
            Ok(answer) => Confirmation::Answered(Box::new((request.into_asked(), answer))),
            Err(why) => Confirmation::Unreachable(why),
        });
    }

    /// Says how many attempts this session has seen, and how old it is: see [`Attempts`]. Said once, before the first comparison here;
    /// what is compared here is added. Fewer than are known are not believed.
    #[must_use]
    pub fn with_attempts(mut self, attempts: Attempts) -> Self {
        self.set_attempts(attempts);
        self
    }

    /// As [`with_attempts`](Self::with_attempts), in place.
    pub fn set_attempts(&mut self, attempts: Attempts) {
        self.attempts.said(attempts);
    }

    /// Compares what the clerk typed with the signed data.
    #[must_use]
    pub fn with_clerk_input(mut self, input: &ClerkInput) -> Self {
        self.compare_typed(input);
        self
    }

    /// As [`with_clerk_input`](Self::with_clerk_input), in place.
    pub fn compare_typed(&mut self, input: &ClerkInput) {
        let known = self.birth();
        if let Some(holder) = &self.holder {
            let document = self.verification.document.as_ref();
            let mut told = Told {
                findings: &mut self.findings,
                differences: &mut self.differences,
            };
            consistency::clerk_input(input, holder, known, document, &mut told);
        }
    }

    /// Compares the machine readable zone that was given as key with the chip's: number, birth and expiry. What is printed on
    /// a card may be another's, and the chip have been opened with its CAN.
    #[must_use]
    pub fn with_zone(mut self, given: &chipid_emrtd::mrz::Mrz) -> Self {
        self.compare_zone(given);
        self
    }

    fn compare_zone(&mut self, given: &chipid_emrtd::mrz::Mrz) {
        if let Some(document) = &self.verification.document {
            consistency::zone(given, document, &mut self.findings);
        }
    }

    /// Compares the QR code with the signed data.
    #[must_use]
    pub fn with_qr(mut self, qr: &QrText) -> Self {
        self.compare_qr(qr);
        self
    }

    fn compare_qr(&mut self, qr: &QrText) {
        let known = self.birth();
        if let Some(holder) = &self.holder {
            let document = self.verification.document.as_ref();
            let mut told = Told {
                findings: &mut self.findings,
                differences: &mut self.differences,
            };
            consistency::qr(qr, holder, known, document, &mut told);
        }
    }

    /// Compares everything that came with the keys with the signed data: QR code, zone, number.
    #[must_use]
    pub fn with_given(mut self, beside: &Beside) -> Self {
        self.compare_given(beside);
        self
    }

    /// As [`with_given`](Self::with_given), in place.
    pub fn compare_given(&mut self, beside: &Beside) {
        if let Some(qr) = &beside.qr {
            self.compare_qr(qr);
        }
        if let Some(zone) = &beside.zone {
            self.compare_zone(zone);
        }
        if beside.number.is_some() {
            self.compare_typed(&ClerkInput {
                number: beside.number.clone(),
                ..ClerkInput::default()
            });
        }
    }

    /// The birth, as far as signed data say it.
    fn birth(&self) -> Option<Birth> {
        match self.special {
            Some(special) => special.birth,
            None => self.holder.as_ref()?.birth.map(Birth::Day),
        }
    }

    /// What verification found.
    #[must_use]
    pub const fn verification(&self) -> &Verification {
        &self.verification
    }

    /// Whether the document runs.
    #[must_use]
    pub const fn document_validity(&self) -> &Check<Expiry> {
        &self.document_validity
    }

    /// Until when the document runs or ran, where that is known.
    #[must_use]
    pub const fn expires(&self) -> Option<Expiry> {
        self.expires
    }

    /// Whether the signed data agree among themselves.
    #[must_use]
    pub const fn consistency(&self) -> &Check<()> {
        &self.consistency
    }

    /// What comparing faces came to; `None` where nobody asked.
    #[must_use]
    pub const fn face(&self) -> Option<&FaceOutcome> {
        self.face.as_ref()
    }

    /// The holder; `None` where digests or signature do not hold.
    #[must_use]
    pub const fn holder(&self) -> Option<&Holder> {
        self.holder.as_ref()
    }

    /// What a Vietnamese card says beyond the machine readable zone, proven as far as its
    /// [`trust`](VietnameseData::trust) goes; `None` on other documents, and where DG13 was not read or is not proven.
    #[must_use]
    pub fn vietnamese(&self) -> Option<&VietnameseData> {
        self.holder.as_ref()?.vietnamese.as_ref()
    }

    /// What is particular about the holder of a Vietnamese card; `None` on other documents, and where nothing is proven.
    #[must_use]
    pub const fn special_holder(&self) -> Option<&SpecialHolder> {
        self.special.as_ref()
    }

    /// Where two sources contradict each other, with both values: for the eyes of whoever decides, never for a log.
    /// Each stands for a finding, which has no value in it.
    #[must_use]
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// What was noticed, the face left out: what a similarity means is the policy's.
    #[must_use]
    pub const fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The attempts of this session.
    #[must_use]
    pub const fn attempts(&self) -> Attempts {
        self.attempts.attempts()
    }

    /// The time of the check.
    #[must_use]
    pub const fn checked_at(&self) -> UnixTime {
        self.verification.checked_at
    }
}
