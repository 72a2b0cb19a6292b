//! Online confirmation: what a service may ask for, and what it answered. How it is asked is the application's.

use crate::assessment::chipid_assessment;
use crate::bytes::chipid_bytes;
use crate::edge::{Trouble, call, make, make_bytes, slice, structure, text};
use crate::error::chipid_error;
use crate::files::file_of;
use crate::handle::{self, kind};
use chipid::online::{
    self, ConfirmationAnswer, ConfirmationOutcome, ConfirmationRequest, Nonce, Unreachable,
};
use chipid::{FileId, Misuse, UnixTime, clock};
use std::ffi::c_char;
use zeroize::Zeroizing;

/// What is sent to a confirmation service, part by part. One question has one answer: what took it is used up.
pub struct chipid_confirmation {
    _opaque: [u8; 0],
}

kind!(chipid_confirmation, Question, 0xC41B_1D00_0000_000D);

/// A request, until it has its answer.
pub(crate) struct Question(Option<ConfirmationRequest>);

impl Question {
    fn request(&self) -> Result<&ConfirmationRequest, Trouble> {
        self.0.as_ref().ok_or_else(|| Misuse::ForeignHandle.into())
    }
}

/// A part of a request, beside the files.
#[repr(C)]
#[derive(Clone, Copy)]
pub enum chipid_confirmation_part {
    /// The personal number; on documents without one the document number. The answer must come back with it.
    CHIPID_CONFIRMATION_NUMBER = 0,
    /// Sixteen bytes. The answer must come back with them.
    CHIPID_CONFIRMATION_NONCE = 1,
    /// The document signer's certificate, DER.
    CHIPID_CONFIRMATION_SIGNER = 2,
    /// SHA-256 over it. The answer must come back with it.
    CHIPID_CONFIRMATION_SIGNER_SHA256 = 3,
    /// The challenge of Active Authentication, eight bytes; none where there was none.
    CHIPID_CONFIRMATION_CHALLENGE = 4,
    /// The chip's signature over it.
    CHIPID_CONFIRMATION_SIGNATURE = 5,
    /// The caller's name for the holder's consent.
    CHIPID_CONFIRMATION_CONSENT = 6,
    /// When it was made: seconds since 1970, in digits.
    CHIPID_CONFIRMATION_MADE_AT = 7,
}

/// What became of asking. Nought is no answer, so that a structure that nobody filled confirms nobody.
#[repr(C)]
#[derive(Clone, Copy)]
pub enum chipid_confirmation_outcome {
    /// What came back is no answer.
    CHIPID_CONFIRMATION_UNREADABLE = 0,
    /// The issuer issued it.
    CHIPID_CONFIRMATION_CONFIRMED = 1,
    /// The issuer did not, or took it back.
    CHIPID_CONFIRMATION_DENIED = 2,
    /// No way to the service.
    CHIPID_CONFIRMATION_NO_CONNECTION = 3,
    /// It did not answer in time.
    CHIPID_CONFIRMATION_TIMED_OUT = 4,
    /// It would not answer: contract, quota, maintenance.
    CHIPID_CONFIRMATION_REFUSED = 5,
    /// What came back is not signed by the service. Not a service out of reach: the answer is doubted.
    CHIPID_CONFIRMATION_NOT_AUTHENTIC = 6,
}

/// What a service answered. Where it did not (every outcome but confirmed and denied), nothing but `size` and `outcome` is looked at.
/// What binds it to its question must be what the service says, never what was asked.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct chipid_confirmation_answer {
    /// sizeof(chipid_confirmation_answer). Another size is refused (8905).
    pub size: usize,
    /// One of chipid_confirmation_outcome.
    pub outcome: u32,
    /// SHA-256 over the document signer's certificate that the service says it was asked about.
    pub signer_sha256: [u8; 32],
    /// The nonce that the service says it was asked with.
    pub nonce: [u8; 16],
    /// When it answered, by its clock, in seconds since 1970.
    pub answered_at: i64,
    /// The number that the service says it was asked about, UTF-8.
    pub number: *const c_char,
    /// Its length.
    pub number_length: usize,
    /// Who says so.
    pub service: *const c_char,
    /// Its length.
    pub service_length: usize,
    /// The service's own number for its answer; null where it gives none.
    pub transaction: *const c_char,
    /// Its length.
    pub transaction_length: usize,
}

/// Gathers what a confirmation service may ask for, where the document's digests and signature hold (else 8204). `nonce` is sixteen bytes
/// that the service gave or the caller made and keeps; with length 0 new ones are made. `consent` is the caller's name for the holder's
/// consent; with length 0 there is none.
///
/// # Safety
/// `assessment` is null or lives; `nonce` and `consent` point to as many bytes as their lengths say; `out` and `error` are null or can
/// be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_confirmation_new(
    assessment: *const chipid_assessment,
    nonce: *const u8,
    nonce_length: usize,
    consent: *const c_char,
    consent_length: usize,
    out: *mut *mut chipid_confirmation,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (assessed, nonce, consent) = unsafe {
            (
                handle::read(assessment)?,
                slice(nonce, nonce_length)?,
                text(consent, consent_length)?,
            )
        };
        let nonce = match nonce {
            [] => Nonce::new()?,
            kept => Nonce::kept(kept.try_into().map_err(|_| Misuse::UnknownValue)?),
        };
        let request = ConfirmationRequest::of(&assessed.assessment(), nonce)?;
        let request = match consent {
            "" => request,
            named => request.with_consent(named)?,
        };
        Ok(Question(Some(request)))
    };
    // SAFETY: as above.
    unsafe { make(out, error, work) }
}

/// A part of the request. None where the document has none.
///
/// # Safety
/// `confirmation` is null or lives; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_confirmation_part_of(
    confirmation: *const chipid_confirmation,
    part: u32,
    out: *mut chipid_bytes,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let question = handle::read(confirmation)?;
        let request = question.request()?;
        let signer = request.document_signer();
        let evidence = request.active_authentication();
        Ok(match part {
            0 => Some(request.number().as_bytes().to_vec()),
            1 => Some(request.nonce().bytes().to_vec()),
            2 => signer.map(|signer| signer.certificate.0.to_vec()),
            3 => signer.map(|signer| signer.sha256.to_vec()),
            4 => evidence.map(|evidence| evidence.challenge.to_vec()),
            5 => evidence.map(|evidence| evidence.signature.clone()),
            6 => request.consent_id().map(|id| id.as_bytes().to_vec()),
            7 => Some(request.made_at().0.to_string().into_bytes()),
            _ => return Err(Misuse::UnknownValue.into()),
        })
    };
    // SAFETY: as above.
    unsafe { make_bytes(out, error, work) }
}

/// A file of the request, verbatim: EF.COM, EF.SOD, DG1, DG2, DG13, DG14, DG15, as far as they were read; none for every other.
///
/// # Safety
/// As [`chipid_confirmation_part_of`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_confirmation_file(
    confirmation: *const chipid_confirmation,
    file: u32,
    out: *mut chipid_bytes,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let question = handle::read(confirmation)?;
        let bytes = question.request()?.files().get(&file_of(file)?);
        Ok(bytes.map(|bytes| bytes.to_vec()))
    };
    // SAFETY: as above.
    unsafe { make_bytes(out, error, work) }
}

/// The digest of a data group of the request, by the algorithm of EF.SOD; none for what is no data group of it.
///
/// # Safety
/// As [`chipid_confirmation_part_of`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_confirmation_digest(
    confirmation: *const chipid_confirmation,
    file: u32,
    out: *mut chipid_bytes,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let question = handle::read(confirmation)?;
        let FileId::DataGroup(group) = file_of(file)? else {
            return Ok(None);
        };
        let mut digests = question.request()?.digests().iter();
        let found = digests.find(|digest| digest.data_group == group);
        Ok(found.map(|digest| digest.value.clone()))
    };
    // SAFETY: as above.
    unsafe { make_bytes(out, error, work) }
}

/// Hands over what the service answered, or that it did not, as of now. It counts where it is bound to this document's number, to its
/// signer, to the request's nonce and to the time. The request is used up: it is still to be freed, and everything else with it is
/// refused (8902). While a verdict over the assessment lives this is refused (8903), and the request is as it was.
///
/// # Safety
/// `assessment` and `confirmation` are null or live; `answer` is null or can be read, and its texts point to as many bytes as their
/// lengths say; `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_assessment_add_confirmation(
    assessment: *const chipid_assessment,
    confirmation: *const chipid_confirmation,
    answer: *const chipid_confirmation_answer,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        // SAFETY: the caller's word is handed on.
        let (mut assessed, mut question, given) = unsafe {
            (
                handle::change(assessment)?,
                handle::change(confirmation)?,
                structure(answer)?,
            )
        };
        // SAFETY: as above.
        let answer = unsafe { answer_of(given) }?;
        let assessment = assessed.change()?;
        let request = question.0.take().ok_or(Misuse::ForeignHandle)?;
        assessment.take_confirmation(request, answer, clock::now());
        Ok(())
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Finds out whether `signature` signs `answer` under the key of the service's certificate (DER or PEM), over SHA-256: `signed` becomes 1, or 0.
/// Whether that certificate is the service's is the caller's to know.
///
/// # Safety
/// The arguments point to as many bytes as their lengths say; `signed` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_confirmation_is_signed_by(
    certificate: *const u8,
    certificate_length: usize,
    answer: *const u8,
    answer_length: usize,
    signature: *const u8,
    signature_length: usize,
    signed: *mut i32,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        if signed.is_null() {
            return Err(Misuse::NullArgument.into());
        }
        // SAFETY: the caller's word is handed on.
        let (certificate, answer, signature) = unsafe {
            signed.write(0);
            (
                slice(certificate, certificate_length)?,
                slice(answer, answer_length)?,
                slice(signature, signature_length)?,
            )
        };
        let holds = online::is_signed_by(certificate, answer, signature);
        // SAFETY: as above.
        unsafe { signed.write(i32::from(holds)) };
        Ok(())
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Wipes and frees it and sets its place to null.
///
/// # Safety
/// `confirmation` is null or the place of a request that lives, or of null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_confirmation_free(confirmation: *mut *mut chipid_confirmation) {
    // SAFETY: the caller's word is handed on.
    unsafe { handle::free(confirmation) };
}

/// # Safety
/// The texts point to as many bytes as their lengths say.
unsafe fn answer_of(
    given: &chipid_confirmation_answer,
) -> Result<Result<ConfirmationAnswer, Unreachable>, Trouble> {
    let outcome = match given.outcome {
        1 => ConfirmationOutcome::Confirmed,
        2 => ConfirmationOutcome::Denied,
        0 => return Ok(Err(Unreachable::Unreadable)),
        3 => return Ok(Err(Unreachable::NoConnection)),
        4 => return Ok(Err(Unreachable::TimedOut)),
        5 => return Ok(Err(Unreachable::Refused)),
        6 => return Ok(Err(Unreachable::NotAuthentic)),
        _ => return Err(Misuse::UnknownValue.into()),
    };
    // SAFETY: the caller's word is handed on.
    let (number, service, transaction) = unsafe {
        (
            text(given.number, given.number_length)?,
            text(given.service, given.service_length)?,
            text(given.transaction, given.transaction_length)?,
        )
    };
    Ok(Ok(ConfirmationAnswer {
        outcome,
        service: service.to_owned(),
        transaction: (!given.transaction.is_null()).then(|| transaction.to_owned()),
        number: Zeroizing::new(number.to_owned()),
        signer_sha256: given.signer_sha256,
        nonce: given.nonce,
        answered_at: UnixTime(given.answered_at),
    }))
}
