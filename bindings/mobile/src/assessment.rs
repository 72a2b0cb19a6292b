//! What a document is worth: its signatures, the chip's proofs, the face, and what the caller adds.

use crate::bytes::Bytes;
use crate::confirmation::{ConfirmationAnswer, ConfirmationRequest, Unreachable};
use crate::document::Document;
use crate::edge::{Failure, Trouble, call, day, utf8};
use crate::face::{Capture, Faces, LiveImages};
use crate::held::Held;
use crate::keys::Keys;
use crate::trust::Trust;
use crate::verdict::chosen;
use chipid::report::Report;
use chipid::{
    Assessment as CoreAssessment, Attempts, ClerkInput, IssuerTrust, Liveness as CoreLiveness,
    LivenessResult as CoreResult, Misuse, UnixTime, VendorComparison as CoreComparison,
    VendorMatch as CoreMatch, clock,
};
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// Everything that is known of one document and one person. It cannot be changed while a verdict over it lives (8903). Wiped when
/// nobody holds it any more.
#[derive(uniffi::Object)]
pub struct Assessment(Held<Assessed>);

/// An assessment, and what a report says of it.
pub(crate) struct Assessed {
    pub(crate) assessment: Arc<CoreAssessment>,
    pub(crate) time_given: bool,
}

/// What a liveness check of the caller's came to (another vendor's: chipid has none).
#[derive(Clone, Debug, uniffi::Record)]
pub struct Liveness {
    /// What came out.
    pub result: LivenessResult,
    /// Where the images came from; it must be that of the images that were compared.
    pub capture: Capture,
    /// When it was made, in seconds since 1970.
    pub at: i64,
    /// Who made the check.
    pub vendor: String,
    /// Which version of theirs.
    pub version: String,
    /// By what it is known to work: certificate or test report.
    pub basis: String,
    /// The images that the check looked at: 32 bytes for each, as [`LiveImages::digests`] gives them. A result counts only where every
    /// image that was compared is among them.
    pub images: Vec<Vec<u8>>,
}

/// What there is of something typed, beside its texts.
#[derive(Clone, Copy, Debug, uniffi::Record)]
pub struct Typed {
    /// Whether there is a name.
    pub name: bool,
    /// Whether there is a number.
    pub number: bool,
    /// The day of birth as `YYYYMMDD` in a number (19900315).
    pub birth: Option<u32>,
}

/// A comparison by another maker's face engine. It counts where the policy names vendor and certificate.
#[derive(Clone, Debug, uniffi::Record)]
pub struct VendorComparison {
    /// What came out, by the vendor's own threshold.
    pub result: VendorMatch,
    /// Whose engine.
    pub vendor: String,
    /// Which version of theirs.
    pub version: String,
    /// By what it is known to work: certificate or test report.
    pub certificate: String,
    /// Where the images came from.
    pub capture: Capture,
    /// When it was made, in seconds since 1970.
    pub at: i64,
    /// The portrait that was compared: [`Assessment::portrait_digest`].
    pub portrait: Vec<u8>,
    /// The images that it looked at: 32 bytes for each, as [`LiveImages::digests`] gives them.
    pub images: Vec<Vec<u8>>,
}

/// What a vendor's engine said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum VendorMatch {
    /// One person.
    Match,
    /// Two persons.
    Mismatch,
    /// It could not say.
    Uncertain,
}

/// What a liveness check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum LivenessResult {
    /// A living person.
    Passed,
    /// A picture, a screen, a mask.
    Failed,
    /// It could not say.
    Uncertain,
}

#[uniffi::export]
impl Assessment {
    /// Verifies a document at a time (seconds since 1970; none: now, by the system's clock), and compares what came with its key with
    /// the signed data.
    #[uniffi::constructor]
    pub fn new(document: &Document, trust: &Trust, at: Option<i64>) -> Result<Self, Failure> {
        call(|| {
            let (read, trust) = (document.held().read()?, trust.store()?);
            let now = at.map_or_else(clock::now, UnixTime);
            let verification = read.unverified.clone().verify(&trust, now);
            let assessment = CoreAssessment::new(verification).with_given(&read.beside);
            Ok(Self(Held::new(Assessed {
                assessment: Arc::new(assessment),
                time_given: at.is_some(),
            })))
        })
    }

    /// Compares what came with a key (QR code, zone, number) with the signed data: for a document that was not opened with that key.
    /// What opened a document is compared without this call.
    pub fn compare_keys(&self, keys: &Keys) -> Result<(), Failure> {
        call(|| {
            self.0.change()?.change()?.compare_given(&keys.0.beside);
            Ok(())
        })
    }

    /// Compares what was typed or is in a record with the signed data. `given` says what there is of it: an empty name that is given agrees with
    /// nobody's. A call with nothing is refused (8901).
    pub fn compare_typed(&self, name: &[u8], number: &[u8], given: Typed) -> Result<(), Failure> {
        call(|| {
            let text = |text: &[u8], given: bool| -> Result<_, Misuse> {
                let text = utf8(text)?;
                Ok(given.then(|| Zeroizing::new(text.to_owned())))
            };
            let typed = ClerkInput {
                name: text(name, given.name)?,
                number: text(number, given.number)?,
                birth: given.birth.map(day).transpose()?,
            };
            // Nothing compared would read as nothing amiss.
            if typed.name.is_none() && typed.number.is_none() && typed.birth.is_none() {
                return Err(Misuse::NullArgument.into());
            }
            self.0.change()?.change()?.compare_typed(&typed);
            Ok(())
        })
    }

    /// Compares the chip's portrait, where it is proven, with live images. Several images of one moment belong into one call: every
    /// further call counts as another attempt of a person who did not match.
    pub fn compare_face(&self, faces: &Faces, images: &LiveImages) -> Result<(), Failure> {
        call(|| {
            let (mut assessed, images) = (self.0.change()?, images.held().read()?);
            Ok(assessed.change()?.compare_face(&faces.0, &images)?)
        })
    }

    /// Takes the caller's liveness check, another maker's: chipid has none. It counts only for the images that it looked at.
    pub fn add_liveness(&self, liveness: Liveness) -> Result<(), Failure> {
        call(|| {
            let liveness = CoreLiveness {
                result: match liveness.result {
                    LivenessResult::Passed => CoreResult::Passed,
                    LivenessResult::Failed => CoreResult::Failed,
                    LivenessResult::Uncertain => CoreResult::Uncertain,
                },
                vendor: liveness.vendor,
                version: liveness.version,
                basis: liveness.basis,
                capture: liveness.capture.into(),
                at: UnixTime(liveness.at),
                images: digests(liveness.images)?,
            };
            let mut assessed = self.0.change()?;
            assessed.change()?.take_liveness(liveness, clock::now());
            Ok(())
        })
    }

    /// Takes a comparison by another maker's face engine. It counts for this document's portrait and for the images that all else
    /// speaks of, where the policy names vendor and certificate.
    pub fn add_vendor_comparison(&self, comparison: VendorComparison) -> Result<(), Failure> {
        call(|| {
            let portrait = comparison.portrait.try_into();
            let comparison = CoreComparison {
                result: match comparison.result {
                    VendorMatch::Match => CoreMatch::Match,
                    VendorMatch::Mismatch => CoreMatch::Mismatch,
                    VendorMatch::Uncertain => CoreMatch::Uncertain,
                },
                vendor: comparison.vendor,
                version: comparison.version,
                certificate: comparison.certificate,
                capture: comparison.capture.into(),
                at: UnixTime(comparison.at),
                portrait: portrait.map_err(|_| Misuse::UnknownValue)?,
                images: digests(comparison.images)?,
            };
            let mut assessed = self.0.change()?;
            assessed
                .change()?
                .take_vendor_comparison(comparison, clock::now());
            Ok(())
        })
    }

    /// The report as JSON without a verdict: what was found, before anybody judges. `fields` names what of the holder is given, empty for
    /// what is given unasked.
    pub fn json(&self, fields: Vec<String>) -> Result<String, Failure> {
        call(|| {
            let chosen = chosen(&fields)?;
            let assessed = self.0.read()?;
            let report = Report::new(&assessed.assessment, None).fields(&chosen);
            Ok(report.time_given(assessed.time_given).to_string())
        })
    }

    /// What ties a [`VendorComparison`] to the portrait of this document: SHA-256 over DG2. None where no portrait is proven.
    pub fn portrait_digest(&self) -> Result<Option<Vec<u8>>, Failure> {
        call(|| {
            let assessed = self.0.read()?;
            Ok(assessed.assessment.portrait_digest().map(Vec::from))
        })
    }

    /// Takes what a confirmation service answered to the request, which is taken too: one question has one answer, and a second one is
    /// refused (8902).
    pub fn add_confirmation(
        &self,
        request: &ConfirmationRequest,
        answer: ConfirmationAnswer,
    ) -> Result<(), Failure> {
        call(|| {
            let answer = answer.checked()?;
            let mut assessed = self.0.change()?;
            let assessment = assessed.change()?;
            assessment.take_confirmation(request.take()?, Ok(answer), clock::now());
            Ok(())
        })
    }

    /// Takes that a confirmation service was asked, and why there is no answer.
    pub fn add_no_confirmation(
        &self,
        request: &ConfirmationRequest,
        why: Unreachable,
    ) -> Result<(), Failure> {
        call(|| {
            let mut assessed = self.0.change()?;
            let assessment = assessed.change()?;
            assessment.take_confirmation(request.take()?, Err(why.into()), clock::now());
            Ok(())
        })
    }

    /// Says how many comparisons this session has seen, this one included, how many of those before it did not match, and how many
    /// seconds ago the session began. Policies bound them; without this call only the comparisons made here are counted, and with it
    /// never fewer than those.
    pub fn set_attempts(
        &self,
        made: u32,
        failed_before: u32,
        session_seconds: u64,
    ) -> Result<(), Failure> {
        call(|| {
            self.0.change()?.change()?.set_attempts(Attempts {
                made,
                failed_before,
                session_age: Duration::from_secs(session_seconds),
            });
            Ok(())
        })
    }

    /// The portrait as the chip has it (JPEG or JPEG 2000). None where its issuer is not verified: anybody can sign a portrait.
    pub fn portrait(&self) -> Result<Option<Bytes>, Failure> {
        call(|| {
            let assessed = self.0.read()?;
            let document = assessed.assessment.verification().document.as_ref();
            let image = document
                .filter(|document| document.trust() == IssuerTrust::IssuerVerified)
                .and_then(|document| document.portrait())
                .and_then(|portrait| portrait.image());
            Ok(image.map(|image| Bytes::of(image.data.to_vec())))
        })
    }
}

impl Assessment {
    pub(crate) const fn held(&self) -> &Held<Assessed> {
        &self.0
    }
}

impl Assessed {
    /// The assessment, to be changed. A verdict over it keeps what it was made of, so none must live.
    fn change(&mut self) -> Result<&mut CoreAssessment, Trouble> {
        Arc::get_mut(&mut self.assessment).ok_or_else(|| Misuse::Busy.into())
    }
}

fn digests(images: Vec<Vec<u8>>) -> Result<Vec<[u8; 32]>, Misuse> {
    let digests: Result<Vec<_>, _> = images.into_iter().map(<[u8; 32]>::try_from).collect();
    digests.map_err(|_| Misuse::UnknownValue)
}
