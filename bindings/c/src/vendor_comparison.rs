//! A face comparison that another maker's engine made.

use crate::assessment::chipid_assessment;
use crate::bytes::chipid_bytes;
use crate::edge::{call, make_bytes, structure};
use crate::error::chipid_error;
use crate::handle;
use crate::maker;
use chipid::{Misuse, VendorComparison, VendorMatch, clock};
use std::ffi::c_char;

/// What a vendor's engine said. Nought is *uncertain*, so that a structure that nobody filled matches nobody.
#[repr(C)]
#[derive(Clone, Copy)]
pub enum chipid_vendor_match {
    /// It could not say.
    CHIPID_VENDOR_UNCERTAIN = 0,
    /// One person, by the vendor's own threshold.
    CHIPID_VENDOR_MATCH = 1,
    /// Two persons.
    CHIPID_VENDOR_MISMATCH = 2,
}

/// A comparison by another maker's engine: who made it, of what, when, and what came out. It counts where the policy names vendor and
/// certificate (`[[face.vendors]]`), and the built-in policies name nobody.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct chipid_vendor_comparison {
    /// sizeof(chipid_vendor_comparison). Another size is refused (8905).
    pub size: usize,
    /// One of chipid_vendor_match.
    pub result: u32,
    /// One of chipid_capture: where the live images came from.
    pub capture: u32,
    /// When it was made, in seconds since 1970.
    pub at: i64,
    /// Whose engine, UTF-8.
    pub vendor: *const c_char,
    /// Its length.
    pub vendor_length: usize,
    /// Which version of theirs.
    pub version: *const c_char,
    /// Its length.
    pub version_length: usize,
    /// By what it is known to work: certificate or test report.
    pub certificate: *const c_char,
    /// Its length.
    pub certificate_length: usize,
    /// The portrait that was compared, as chipid_assessment_portrait_digest gives it.
    pub portrait: [u8; 32],
    /// The images that it looked at: 32 bytes for each, as chipid_live_images_digests gives them.
    pub images: *const u8,
    /// How many images.
    pub image_count: usize,
}

/// Takes a comparison by another maker's engine, as of now. Refused (8903) while a verdict over this assessment lives.
///
/// # Safety
/// `assessment` is null or lives; `comparison` is null or can be read, and its texts and images are as long as it says; `error` is
/// null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_assessment_add_vendor_comparison(
    assessment: *const chipid_assessment,
    comparison: *const chipid_vendor_comparison,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (mut assessed, given) =
            unsafe { (handle::change(assessment)?, structure(comparison)?) };
        let result = match given.result {
            0 => VendorMatch::Uncertain,
            1 => VendorMatch::Match,
            2 => VendorMatch::Mismatch,
            _ => return Err(Misuse::UnknownValue.into()),
        };
        let said = maker::Given {
            vendor: (given.vendor, given.vendor_length),
            version: (given.version, given.version_length),
            basis: (given.certificate, given.certificate_length),
            capture: given.capture,
            at: given.at,
            images: (given.images, given.image_count),
        };
        // SAFETY: as above.
        let maker = unsafe { said.kept() }?;
        let comparison = VendorComparison {
            result,
            vendor: maker.vendor,
            version: maker.version,
            certificate: maker.basis,
            capture: maker.capture,
            at: maker.at,
            portrait: given.portrait,
            images: maker.images,
        };
        assessed
            .change()?
            .take_vendor_comparison(comparison, clock::now());
        Ok(())
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// What ties a vendor's comparison to this document's portrait: 32 bytes. None where no portrait is proven.
///
/// # Safety
/// `assessment` is null or lives; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_assessment_portrait_digest(
    assessment: *const chipid_assessment,
    out: *mut chipid_bytes,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let assessed = handle::read(assessment)?;
        let digest = assessed.assessment().portrait_digest();
        Ok(digest.map(|digest| digest.to_vec()))
    };
    // SAFETY: as above.
    unsafe { make_bytes(out, error, work) }
}
