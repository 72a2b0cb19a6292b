//! What a document is worth: its signatures, the chip's proofs, the face, and what the caller adds.

use crate::bytes::chipid_bytes;
use crate::document::chipid_document;
use crate::edge::{Trouble, call, day, make, make_bytes, structure, text};
use crate::error::chipid_error;
use crate::face::{chipid_faces, chipid_live_images};
use crate::handle::{self, kind};
use crate::keys::chipid_keys;
use crate::maker;
use crate::trust::{self, chipid_trust};
use chipid::{
    Assessment, Attempts, ClerkInput, IssuerTrust, Liveness, LivenessResult, Misuse, UnixTime,
    Verdict, clock,
};
use std::ffi::c_char;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// Everything that is known of one document and one person.
pub struct chipid_assessment {
    _opaque: [u8; 0],
}

kind!(chipid_assessment, Assessed, 0xC41B_1D00_0000_0009);

/// An assessment, and what a report says of it.
pub(crate) struct Assessed {
    assessment: Arc<Assessment>,
    pub(crate) time_given: bool,
}

impl Assessed {
    pub(crate) fn assessment(&self) -> Arc<Assessment> {
        Arc::clone(&self.assessment)
    }

    /// The assessment, to be changed. A verdict over it keeps what it was made of, so none must live.
    pub(crate) fn change(&mut self) -> Result<&mut Assessment, Trouble> {
        Arc::get_mut(&mut self.assessment).ok_or_else(|| Misuse::Busy.into())
    }
}

/// Stands for the system's clock.
pub const CHIPID_NOW: i64 = i64::MIN;

/// What a liveness check came to. Nought is *uncertain*, so that a structure that nobody filled passes nobody.
#[repr(C)]
#[derive(Clone, Copy)]
pub enum chipid_liveness_result {
    /// It could not say.
    CHIPID_LIVENESS_UNCERTAIN = 0,
    /// A living person.
    CHIPID_LIVENESS_PASSED = 1,
    /// A picture, a screen, a mask.
    CHIPID_LIVENESS_FAILED = 2,
}

/// A liveness check of the caller's, another maker's: chipid has none.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct chipid_liveness {
    /// sizeof(chipid_liveness). Another size is refused (8905).
    pub size: usize,
    /// One of chipid_liveness_result.
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
    /// The images that the check looked at: 32 bytes for each, as chipid_live_images_digests gives them. A result counts only where
    /// every image that was compared is among them.
    pub images: *const u8,
    /// How many images.
    pub image_count: usize,
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
        let (read, trust) = (handle::read(document)?, trust::store(trust)?);
        let now = match time {
            CHIPID_NOW => clock::now(),
            seconds => UnixTime(seconds),
        };
        let verification = read.unverified.clone().verify(&trust, now);
        let assessment = Assessment::new(verification).with_given(&read.beside);
        Ok(Assessed {
            assessment: Arc::new(assessment),
            time_given: time != CHIPID_NOW,
        })
    };
    // SAFETY: as above.
    unsafe { make(out, error, work) }
}

/// Compares what came with a key (QR code, zone, number) with the signed data: for a document that was not opened with that key.
/// What opened a document is compared without this call.
///
/// # Safety
/// `assessment` and `keys` are null or live; `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_assessment_compare_keys(
    assessment: *const chipid_assessment,
    keys: *const chipid_keys,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let (mut assessed, keys) = (handle::change(assessment)?, handle::read(keys)?);
        assessed.change()?.compare_given(&keys.beside);
        Ok(())
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Compares what was typed or is in a record with the signed data. A null text is not compared; one that is not null and empty agrees with
/// nobody's. `birth` is `YYYYMMDD` in a number (19990315), 0 where it is not compared. A call with none of the three is refused (8901).
///
/// # Safety
/// `assessment` is null or lives; the texts are null or point to as many bytes as their lengths say; `error` is null or can be
/// written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_assessment_compare_typed(
    assessment: *const chipid_assessment,
    name: *const c_char,
    name_length: usize,
    number: *const c_char,
    number_length: usize,
    birth: u32,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (mut assessed, name, number) = unsafe {
            (
                handle::change(assessment)?,
                typed(name, name_length)?,
                typed(number, number_length)?,
            )
        };
        let birth = match birth {
            0 => None,
            digits => Some(day(digits)?),
        };
        // Nothing compared would read as nothing amiss.
        if name.is_none() && number.is_none() && birth.is_none() {
            return Err(Misuse::NullArgument.into());
        }
        assessed.change()?.compare_typed(&ClerkInput {
            name,
            number,
            birth,
        });
        Ok(())
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// What was typed; nothing where the pointer is null.
///
/// # Safety
/// As [`text`].
unsafe fn typed(data: *const c_char, length: usize) -> Result<Option<Zeroizing<String>>, Trouble> {
    // SAFETY: the caller's word is handed on.
    let text = unsafe { text(data, length) }?;
    Ok((!data.is_null()).then(|| Zeroizing::new(text.to_owned())))
}

/// Compares the chip's portrait, where it is proven, with live images. Several images of one moment belong into one call: every
/// further call counts as another attempt of a person who did not match. Refused (8903) while a verdict over this assessment
/// lives.
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
        let mut assessed = handle::change(assessment)?;
        let (faces, images) = (handle::read(faces)?, handle::read(images)?);
        Ok(assessed.change()?.compare_face(&faces, &images)?)
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Takes the caller's liveness check, another maker's: chipid has none. It counts only for the images that it looked at.
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
        // SAFETY: the caller's word is handed on.
        let (mut assessed, given) = unsafe { (handle::change(assessment)?, structure(liveness)?) };
        let result = match given.result {
            0 => LivenessResult::Uncertain,
            1 => LivenessResult::Passed,
            2 => LivenessResult::Failed,
            _ => return Err(Misuse::UnknownValue.into()),
        };
        let said = maker::Given {
            vendor: (given.vendor, given.vendor_length),
            version: (given.version, given.version_length),
            basis: (given.basis, given.basis_length),
            capture: given.capture,
            at: given.at,
            images: (given.images, given.image_count),
        };
        // SAFETY: as above.
        let maker = unsafe { said.kept() }?;
        let liveness = Liveness {
            result,
            vendor: maker.vendor,
            version: maker.version,
            basis: maker.basis,
            capture: maker.capture,
            at: maker.at,
            images: maker.images,
        };
        assessed.change()?.take_liveness(liveness, clock::now());
        Ok(())
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Says how many comparisons this session has seen, this one included, how many of those before it did not match, and how many
/// seconds ago the session began. Policies bound them. Said before the first comparison on this handle, `made` has that one in it
/// already; said later, the last that was made. Every further comparison on this handle is added to both, and numbers only grow: without
/// this call the comparisons on this handle alone are counted.
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
        let mut assessed = handle::change(assessment)?;
        assessed.change()?.set_attempts(attempts);
        Ok(())
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// The portrait as the chip has it (JPEG or JPEG 2000). Null where its issuer is not verified: anybody can sign a portrait.
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
        let assessed = handle::read(assessment)?;
        let document = assessed.assessment.verification().document.as_ref();
        let image = document
            .filter(|document| document.trust() == IssuerTrust::IssuerVerified)
            .and_then(|document| document.portrait())
            .and_then(|portrait| portrait.image());
        Ok(image.map(|image| image.data.to_vec()))
    };
    // SAFETY: as above.
    unsafe { make_bytes(out, error, work) }
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
