//! What a case gives as text: keys, challenges, other people's answers.

use super::trouble::Trouble;
use crate::blocks::Block;
use chipid::online::{
    ConfirmationAnswer, ConfirmationOutcome, ConfirmationRequest, Nonce, Unreachable,
};
use chipid::{
    Assessment, Capture, Date, GivenKeys, Liveness, LivenessResult, Misuse, UnixTime,
    VendorComparison, VendorMatch, clock,
};
use std::path::Path;
use std::str::FromStr;

/// Keys of a kind.
pub(super) fn keys((kind, value): (&str, &str)) -> Result<GivenKeys, Trouble> {
    Ok(match kind {
        "can" => GivenKeys::can(value)?,
        "pin" => GivenKeys::pin(value)?,
        "puk" => GivenKeys::puk(value)?,
        "mrz" => GivenKeys::mrz(value)?,
        "qr" => GivenKeys::qr(value.as_bytes())?,
        "qr_file" => GivenKeys::qr(&bytes(value)?)?,
        "number" => GivenKeys::number(value)?,
        "document" => {
            let [number, birth, expiry] = parts(value)?;
            GivenKeys::document(number, birth, expiry)?
        }
        "number_and_days" => {
            let [number, birth, issued] = parts(value)?;
            GivenKeys::number_and_days(number, day(birth)?, day(issued)?)?
        }
        _ => return Err(Trouble::Unsupported(format!("key.{kind}"))),
    })
}

/// A challenge of eight bytes.
pub(super) fn challenge(hex: &str) -> Result<[u8; 8], Misuse> {
    let bytes = hex::decode(hex).map_err(|_| Misuse::UnknownValue)?;
    bytes.try_into().map_err(|_| Misuse::UnknownValue)
}

/// The bytes of a file.
pub(super) fn bytes(path: &str) -> Result<Vec<u8>, Trouble> {
    std::fs::read(path).map_err(|error| {
        chipid::Error::File {
            path: Path::new(path).to_path_buf(),
            kind: error.kind(),
        }
        .into()
    })
}

/// Values with commas between, exactly so many.
pub(super) fn parts<const N: usize>(text: &str) -> Result<[&str; N], Trouble> {
    let parts: Vec<&str> = text.splitn(N, ',').collect();
    parts.try_into().map_err(|_| malformed(text))
}

/// A number in digits.
pub(super) fn number<N: FromStr>(text: &str) -> Result<N, Trouble> {
    text.parse().map_err(|_| malformed(text))
}

fn malformed(text: &str) -> Trouble {
    Trouble::Unsupported(format!("the value {text:?}"))
}

fn day(text: &str) -> Result<Date, Misuse> {
    let part = |range| {
        text.get(range)
            .and_then(|digits: &str| digits.parse::<u16>().ok())
    };
    let small = |number: u16| u8::try_from(number).ok();
    let day = || Date::new(part(0..4)?, small(part(4..6)?)?, small(part(6..8)?)?);
    match text.len() {
        8 => day().ok_or(Misuse::UnknownValue),
        _ => Err(Misuse::UnknownValue),
    }
}

pub(super) fn capture(name: &str) -> Result<Capture, Trouble> {
    Ok(match name {
        "file" => Capture::File,
        "camera" => Capture::Camera,
        "station" => Capture::Station,
        "external" => Capture::External,
        other => return Err(malformed(other)),
    })
}

/// What others found: a liveness check, a face engine, a confirmation service.
pub(super) fn answers(
    assessment: &mut Assessment,
    images: &[[u8; 32]],
    case: &Block,
) -> Result<(), Trouble> {
    let looked_at = |which: &str| match which {
        "same" => Ok(images.to_vec()),
        "other" => Ok(vec![[0; 32]]),
        other => Err(malformed(other)),
    };
    if let Some(text) = case.first("liveness") {
        let [result, source, at, which] = parts(text)?;
        let result = match result {
            "passed" => LivenessResult::Passed,
            "failed" => LivenessResult::Failed,
            "uncertain" => LivenessResult::Uncertain,
            other => return Err(malformed(other)),
        };
        let liveness = Liveness {
            result,
            vendor: "Invented".to_owned(),
            version: "1.0".to_owned(),
            basis: "invented report 1".to_owned(),
            capture: capture(source)?,
            at: UnixTime(number(at)?),
            images: looked_at(which)?,
        };
        assessment.take_liveness(liveness, clock::now());
    }
    if let Some(text) = case.first("vendor_comparison") {
        let [result, source, at, portrait, which] = parts(text)?;
        let result = match result {
            "match" => VendorMatch::Match,
            "mismatch" => VendorMatch::Mismatch,
            "uncertain" => VendorMatch::Uncertain,
            other => return Err(malformed(other)),
        };
        let portrait = match portrait {
            "own" => assessment.portrait_digest().unwrap_or_default(),
            "other" => [0; 32],
            other => return Err(malformed(other)),
        };
        let comparison = VendorComparison {
            result,
            vendor: "Invented Vendor".to_owned(),
            version: "4.1".to_owned(),
            certificate: "invented report 7".to_owned(),
            capture: capture(source)?,
            at: UnixTime(number(at)?),
            portrait,
            images: looked_at(which)?,
        };
        assessment.take_vendor_comparison(comparison, clock::now());
    }
    if let Some(text) = case.first("confirmation") {
        let request = ConfirmationRequest::of(assessment, Nonce::new()?)?;
        let answer = confirmation(&request, text)?;
        assessment.take_confirmation(request, answer, clock::now());
    }
    Ok(())
}

fn confirmation(
    request: &ConfirmationRequest,
    text: &str,
) -> Result<Result<ConfirmationAnswer, Unreachable>, Trouble> {
    let outcome = match text.split(',').next().unwrap_or_default() {
        "confirmed" => ConfirmationOutcome::Confirmed,
        "denied" => ConfirmationOutcome::Denied,
        "no_connection" => return Ok(Err(Unreachable::NoConnection)),
        "timed_out" => return Ok(Err(Unreachable::TimedOut)),
        "refused" => return Ok(Err(Unreachable::Refused)),
        "unreadable" => return Ok(Err(Unreachable::Unreadable)),
        "not_authentic" => return Ok(Err(Unreachable::NotAuthentic)),
        other => return Err(malformed(other)),
    };
    let [_, at, bound] = parts(text)?;
    let signer = request.document_signer().map(|signer| signer.sha256);
    let mut answer = ConfirmationAnswer {
        outcome,
        service: "Invented Service".to_owned(),
        transaction: None,
        number: request.number().to_owned().into(),
        signer_sha256: signer.unwrap_or_default(),
        nonce: *request.nonce().bytes(),
        answered_at: UnixTime(number(at)?),
    };
    match bound {
        "own" => {}
        "number" => answer.number = "000000000000".to_owned().into(),
        "signer" => answer.signer_sha256 = [0; 32],
        "nonce" => answer.nonce = [0; 16],
        other => return Err(malformed(other)),
    }
    Ok(Ok(answer))
}
