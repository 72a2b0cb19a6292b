//! Online confirmation: what a service may ask for, and what it answered. How it is asked is the application's.

use crate::assessment::{Assessment, time};
use crate::edge::{Trouble, call, text};
use crate::files::file_of;
use crate::place::Alone;
use crate::weight::{Weight, weighed};
use chipid::online::{
    self, ConfirmationAnswer, ConfirmationOutcome, ConfirmationRequest as Request, Nonce,
    Unreachable,
};
use chipid::{FileId, Misuse, clock};
use napi::Env;
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use zeroize::Zeroizing;

/// A request, until it has its answer: one question has one.
#[napi(custom_finalize)]
pub struct ConfirmationRequest {
    question: Alone<Option<Request>>,
    weight: Weight,
}

weighed!(ConfirmationRequest);

/// What a service answered, or why it did not.
#[napi(object, object_to_js = false)]
pub struct Answer {
    /// What became of asking.
    pub outcome: String,
    /// Who says so.
    pub service: Option<String>,
    /// The service's own number for its answer.
    pub transaction: Option<String>,
    /// The number that the service says it was asked about.
    pub number: Option<Uint8Array>,
    /// The signer's digest that the service says it was asked about.
    pub signer_sha256: Option<Uint8Array>,
    /// The nonce that the service says it was asked with.
    pub nonce: Option<Uint8Array>,
    /// When it answered, in seconds since 1970.
    pub answered_at: Option<f64>,
}

#[napi]
impl ConfirmationRequest {
    /// Gathers what may be asked for.
    #[napi(factory)]
    pub fn of(
        env: &Env,
        assessment: &Assessment,
        nonce: Option<&[u8]>,
        consent: Option<String>,
    ) -> napi::Result<Self> {
        let weight = Weight::default();
        let request = call(|| {
            let nonce = match nonce {
                None => Nonce::new()?,
                Some(kept) => Nonce::kept(kept.try_into().map_err(|_| Misuse::UnknownValue)?),
            };
            let mut assessed = assessment.assessed.take()?;
            let mut request = Request::of(&assessed.value()?.assessment, nonce)?;
            if let Some(consent) = consent {
                request = request.with_consent(&consent)?;
            }
            Ok(request)
        })?;
        weight.set(env, request.files().values().map(|file| file.len()).sum())?;
        Ok(Self {
            question: Alone::new(Some(request)),
            weight,
        })
    }

    /// A part of it by its name in the types.
    #[napi]
    pub fn part(&self, name: String) -> napi::Result<Option<Uint8Array>> {
        self.bytes(|request| {
            let signer = request.document_signer();
            let evidence = request.active_authentication();
            Ok(match name.as_str() {
                "number" => Some(request.number().as_bytes().to_vec()),
                "nonce" => Some(request.nonce().bytes().to_vec()),
                "signer" => signer.map(|signer| signer.certificate.0.to_vec()),
                "signerSha256" => signer.map(|signer| signer.sha256.to_vec()),
                "challenge" => evidence.map(|evidence| evidence.challenge.to_vec()),
                "signature" => evidence.map(|evidence| evidence.signature.clone()),
                _ => return Err(Misuse::UnknownValue.into()),
            })
        })
    }

    /// The caller's name for the holder's consent.
    #[napi]
    pub fn consent(&self) -> napi::Result<Option<String>> {
        self.with(|request| Ok(request.consent_id().map(ToOwned::to_owned)))
    }

    /// When it was made, in seconds since 1970.
    #[napi]
    #[allow(clippy::cast_precision_loss)] // Exact for the next hundred million years.
    pub fn made_at(&self) -> napi::Result<f64> {
        self.with(|request| Ok(request.made_at().0 as f64))
    }

    /// A file of it, verbatim.
    #[napi]
    pub fn file(&self, file: u32) -> napi::Result<Option<Uint8Array>> {
        self.bytes(|request| {
            let bytes = request.files().get(&file_of(file)?);
            Ok(bytes.map(|bytes| bytes.to_vec()))
        })
    }

    /// The digest of a data group, by the algorithm of EF.SOD.
    #[napi]
    pub fn digest(&self, file: u32) -> napi::Result<Option<Uint8Array>> {
        self.bytes(|request| {
            let FileId::DataGroup(group) = file_of(file)? else {
                return Ok(None);
            };
            let mut digests = request.digests().iter();
            let found = digests.find(|digest| digest.data_group == group);
            Ok(found.map(|digest| digest.value.clone()))
        })
    }

    /// Wipes it.
    #[napi]
    pub fn close(&self, env: &Env) -> napi::Result<()> {
        self.question.close();
        self.weight.set(env, 0)
    }

    fn bytes(
        &self,
        of: impl FnOnce(&Request) -> Result<Option<Vec<u8>>, Trouble>,
    ) -> napi::Result<Option<Uint8Array>> {
        self.with(|request| Ok(of(request)?.map(Uint8Array::new)))
    }

    fn with<T>(&self, of: impl FnOnce(&Request) -> Result<T, Trouble>) -> napi::Result<T> {
        call(|| {
            let mut question = self.question.take()?;
            of(question.value()?.as_ref().ok_or(Misuse::ForeignHandle)?)
        })
    }
}

#[napi]
impl Assessment {
    /// Takes what a service answered, or that it did not, as of now. The request is used up.
    #[napi]
    pub fn add_confirmation(
        &self,
        env: &Env,
        request: &ConfirmationRequest,
        answer: Answer,
    ) -> napi::Result<()> {
        call(|| {
            let answer = answer_of(answer)?;
            let mut assessed = self.assessed.take()?;
            let assessment = assessed.value()?.change()?;
            let mut question = request.question.take()?;
            let asked = question.value()?.take().ok_or(Misuse::ForeignHandle)?;
            assessment.take_confirmation(asked, answer, clock::now());
            Ok(())
        })?;
        // Used up: what it held has gone into the assessment.
        request.weight.set(env, 0)
    }
}

/// Whether a signature signs an answer under the key of the service's certificate.
#[napi]
#[must_use]
pub fn is_signed_by(certificate: &[u8], answer: &[u8], signature: &[u8]) -> bool {
    call(|| Ok(online::is_signed_by(certificate, answer, signature))).unwrap_or_default()
}

fn answer_of(given: Answer) -> Result<Result<ConfirmationAnswer, Unreachable>, Trouble> {
    let outcome = match given.outcome.as_str() {
        "confirmed" => ConfirmationOutcome::Confirmed,
        "denied" => ConfirmationOutcome::Denied,
        "no_connection" => return Ok(Err(Unreachable::NoConnection)),
        "timed_out" => return Ok(Err(Unreachable::TimedOut)),
        "refused" => return Ok(Err(Unreachable::Refused)),
        "unreadable" => return Ok(Err(Unreachable::Unreadable)),
        "not_authentic" => return Ok(Err(Unreachable::NotAuthentic)),
        _ => return Err(Misuse::UnknownValue.into()),
    };
    let (Some(service), Some(number), Some(signer), Some(nonce), Some(answered_at)) = (
        given.service,
        given.number,
        given.signer_sha256,
        given.nonce,
        given.answered_at,
    ) else {
        return Err(Misuse::NullArgument.into());
    };
    Ok(Ok(ConfirmationAnswer {
        outcome,
        service,
        transaction: given.transaction,
        number: Zeroizing::new(text(&number)?.to_owned()),
        signer_sha256: signer
            .as_ref()
            .try_into()
            .map_err(|_| Misuse::UnknownValue)?,
        nonce: nonce
            .as_ref()
            .try_into()
            .map_err(|_| Misuse::UnknownValue)?,
        answered_at: time(answered_at),
    }))
}
