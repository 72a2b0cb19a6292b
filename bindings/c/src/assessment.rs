//! What a document is worth: its signatures, the chip's proofs, the face, and what the caller adds.

use crate::bytes::{self, chipid_bytes};
use crate::document::chipid_document;
use crate::edge::{Trouble, call, give, text};
use crate::error::chipid_error;
use crate::face::{capture_of, chipid_faces, chipid_live_images};
use crate::handle::{self, kind};
use crate::trust::{self, chipid_trust};
use chipid::{Assessment, Attempts, Liveness, LivenessResult, Misuse, UnixTime, Verdict, clock};
use std::ffi::c_char;
use std::sync::Arc;
use std::time::Duration;

/// Everything that is known of one document and one person.
pub struct chipid_assessment {
    _opaque: [u8; 0],
}

kind!(chipid_assessment, Assessed, 0xC41B_1D00_0000_0009);

/// An assessment, and what a report says of it.
pub(crate) struct Assessed {
    /// `None` while a call that takes it has failed half-way.
    assessment: Option<Arc<Assessment>>,
    pub(crate) time_given: bool,
    /// The digests of the images that were compared, for a liveness result.
    images: Vec<[u8; 32]>,
}

impl Assessed {
    pub(crate) fn assessment(&self) -> Result<&Arc<Assessment>, Trouble> {
        self.assessment
            .as_ref()
            .ok_or_else(|| Misuse::ForeignHandle.into())
    }

    /// Changes it. Verdicts that were made before keep what they were made of, so it must not be shared any more.
    fn change(
        &mut self,
        change: impl FnOnce(Assessment) -> Result<Assessment, Trouble>,
    ) -> Result<(), Trouble> {
        let shared = self.assessment.take().ok_or(Misuse::ForeignHandle)?;
        match Arc::try_unwrap(shared) {
            Ok(assessment) => {
                self.assessment = Some(Arc::new(change(assessment)?));
                Ok(())
            }
            Err(shared) => {
                self.assessment = Some(shared);
                Err(Misuse::Busy.into())
            }
        }
    }
}

/// Stands for the system's clock.
pub const CHIPID_NOW: i64 = i64::MIN;

/// What a liveness check of the caller's came to (another vendor's: chipid has none).
#[repr(C)]
#[derive(Clone, Copy)]
pub struct chipid_liveness {
    /// 0 passed, 1 failed, 2 uncertain.
    pub result: u32,
    /// One of chipid_capture; it must be that of the images that were compared.
    pub capture: u32,
    /// When it was made, in seconds since 1970.
    pub at: i64,
    /// Who made the check, UTF-8.
    pub vendor: *const c_char,
    /// Its length.
    pub vendor_length: usize,
    /// Which version of theirs.
    pub version: *const c_char,
    /// Its length.
    pub version_length: usize,
    /// By what it is known to work: certificate or test report.
    pub basis: *const c_char,
    /// Its length.
    pub basis_length: usize,
}

/// Verifies a document at a time (seconds since 1970, or CHIPID_NOW), and compares what came with its key with the signed data.
/// The document may be freed afterwards.
///
/// # Safety
/// `document` and `trust` are null or live; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_assessment_new(
    document: *const chipid_document,
    trust: *const chipid_trust,
    time: i64,
    out: *mut *mut chipid_assessment,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (read, trust) = unsafe { (handle::get(document)?, trust::store(trust)?) };
        let now = match time {
            CHIPID_NOW => clock::now(),
            seconds => UnixTime(seconds),
        };
        let verification = read.unverified.clone().verify(&trust, now);
        let assessment = Assessment::new(verification).with_given(&read.beside);
        let assessed = || {
            Ok(Assessed {
                assessment: Some(Arc::new(assessment)),
                time_given: time != CHIPID_NOW,
                images: Vec::new(),
            })
        };
        // SAFETY: as above.
        unsafe { give(out, assessed) }
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Compares the chip's portrait, where it is proven, with live images. Refused (8903) while a verdict over this assessment lives.
///
/// # Safety
/// `assessment`, `faces` and `images` are null or live; `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_assessment_compare_face(
    assessment: *const chipid_assessment,
    faces: *const chipid_faces,
    images: *const chipid_live_images,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (mut assessed, faces, images) = unsafe {
            (
                handle::get(assessment)?,
                // A copy, so that others may compare at the same time.
                Arc::clone(&*handle::get(faces)?),
                handle::get(images)?,
            )
        };
        assessed.images = images.digests().to_vec();
        assessed.change(|assessment| Ok(assessment.with_face(&faces, &images)?))
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Takes the caller's liveness check of the very images that were compared last.
///
/// # Safety
/// `assessment` is null or lives; `liveness` is null or can be read, and its texts point to as many bytes as their lengths say;
/// `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_assessment_add_liveness(
    assessment: *const chipid_assessment,
    liveness: *const chipid_liveness,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        if liveness.is_null() {
            return Err(Misuse::NullArgument.into());
        }
        // SAFETY: the caller's word is handed on.
        let (mut assessed, given) = unsafe { (handle::get(assessment)?, &*liveness) };
        // SAFETY: as above.
        let (vendor, version, basis) = unsafe {
            (
                text(given.vendor, given.vendor_length)?,
                text(given.version, given.version_length)?,
                text(given.basis, given.basis_length)?,
            )
        };
        let liveness = Liveness {
            result: match given.result {
                0 => LivenessResult::Passed,
                1 => LivenessResult::Failed,
                2 => LivenessResult::Uncertain,
                _ => return Err(Misuse::UnknownValue.into()),
            },
            vendor: vendor.to_owned(),
            version: version.to_owned(),
            basis: basis.to_owned(),
            capture: capture_of(given.capture)?,
            at: UnixTime(given.at),
            images: assessed.images.clone(),
        };
        assessed.change(|assessment| Ok(assessment.judged_at(clock::now()).with_liveness(liveness)))
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Says how many comparisons this session has seen, this one included, how many of those before it did not match, and how many
/// seconds ago the session began. Policies bound them; without this call it is a first attempt.
///
/// # Safety
/// `assessment` is null or lives; `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_assessment_set_attempts(
    assessment: *const chipid_assessment,
    made: u32,
    failed_before: u32,
    session_seconds: u64,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let attempts = Attempts {
            made,
            failed_before,
            session_age: Duration::from_secs(session_seconds),
        };
        // SAFETY: the caller's word is handed on.
        unsafe { handle::get(assessment) }?
            .change(|assessment| Ok(assessment.with_attempts(attempts)))
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// The proven portrait as the chip has it (JPEG or JPEG 2000); none where it is not proven.
///
/// # Safety
/// `assessment` is null or lives; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_assessment_portrait(
    assessment: *const chipid_assessment,
    out: *mut chipid_bytes,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let assessed = unsafe { handle::get(assessment) }?;
        let document = assessed.assessment()?.verification().document.as_ref();
        let image = document.and_then(|d| d.portrait()).and_then(|p| p.image());
        let bytes = image.map_or_else(Vec::new, |image| image.data.to_vec());
        // SAFETY: as above.
        unsafe { bytes::give(out, bytes) }
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Wipes and frees it and sets its place to null.
///
/// # Safety
/// `assessment` is null or the place of an assessment that lives, or of null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_assessment_free(assessment: *mut *mut chipid_assessment) {
    // SAFETY: the caller's word is handed on.
    unsafe { handle::free(assessment) };
}

/// A verdict, with what it was made of.
pub(crate) struct Decided {
    pub(crate) assessment: Arc<Assessment>,
    pub(crate) verdict: Verdict,
    pub(crate) time_given: bool,
}
