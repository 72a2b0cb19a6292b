//! Asking the issuer, or whoever may ask it, whether a document is theirs. The application asks; this says what to ask for, and takes
//! the answer.

use crate::assessment::Assessment;
use crate::bytes::Bytes;
use crate::edge::{Failure, Trouble, call, utf8};
use crate::files::file_of;
use crate::held::Held;
use chipid::emrtd::active_authentication::ActiveAuthenticationEvidence;
use chipid::online::{
    ConfirmationAnswer as CoreAnswer, ConfirmationOutcome, ConfirmationRequest as CoreRequest,
    Nonce, Unreachable as CoreUnreachable, is_signed_by as core_is_signed_by,
};
use chipid::{Misuse, UnixTime};
use zeroize::Zeroizing;

/// What a confirmation service may ask for. It holds a person's data: send it to whom the person agreed to, and keep nothing of it.
/// Taken by the answer; wiped when nobody holds it any more.
#[derive(uniffi::Object)]
pub struct ConfirmationRequest(Held<Option<CoreRequest>>);

/// A data group's digest, by the algorithm of EF.SOD.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct DataGroupDigest {
    /// The number of the data group.
    pub data_group: u8,
    /// The digest over what was read.
    pub value: Vec<u8>,
    /// Whether it is the one that was signed, as a permanent word.
    pub status: String,
}

/// What the chip answered to a challenge.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ActiveAuthentication {
    /// Eight bytes.
    pub challenge: Vec<u8>,
    /// The chip's signature.
    pub signature: Vec<u8>,
}

/// What a service said, with what binds it to its question: number, signer, nonce and time are what the service says, never copied from
/// the request. Whether the answer is the service's own is for the application to know ([`is_signed_by`]).
#[derive(Clone, uniffi::Record)]
pub struct ConfirmationAnswer {
    /// Whether the document is confirmed; else it is denied.
    pub confirmed: bool,
    /// Who answered.
    pub service: String,
    /// The service's own number for its answer.
    pub transaction: Option<String>,
    /// The number that it speaks of.
    pub number: String,
    /// SHA-256 over the certificate of the document signer that it speaks of.
    pub signer_sha256: Vec<u8>,
    /// The nonce that it was asked with, sixteen bytes.
    pub nonce: Vec<u8>,
    /// When it answered, in seconds since 1970, by its clock.
    pub answered_at: i64,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Unreachable {
    /// No connection came about.
    NoConnection,
    /// No answer came in time.
    TimedOut,
    /// The service refuses to answer.
    Refused,
    /// The answer is not understood.
    Unreadable,
    /// The answer is not proven to be the service's.
    NotAuthentic,
}

/// Whether `signature` signs `answer` under the key of the service's certificate (DER or PEM): ECDSA, or RSA with PKCS#1 v1.5, over
/// SHA-256. Whether that certificate is the service's is the caller's to know.
#[uniffi::export]
pub fn is_signed_by(certificate: &[u8], answer: &[u8], signature: &[u8]) -> Result<bool, Failure> {
    call(|| Ok(core_is_signed_by(certificate, answer, signature)))
}

#[uniffi::export]
impl ConfirmationRequest {
    /// Of a document whose digests and signature hold (else 8204). `nonce`: sixteen bytes that were drawn and kept for this question;
    /// empty for fresh ones. `consent`: the identifier of the person's consent; empty for none.
    #[uniffi::constructor]
    pub fn of(assessment: &Assessment, nonce: &[u8], consent: &[u8]) -> Result<Self, Failure> {
        call(|| {
            let nonce = match nonce {
                [] => Nonce::new()?,
                kept => Nonce::kept(kept.try_into().map_err(|_| Misuse::UnknownValue)?),
            };
            let assessed = assessment.held().read()?;
            let mut request = CoreRequest::of(&assessed.assessment, nonce)?;
            if !consent.is_empty() {
                request = request.with_consent(utf8(consent)?)?;
            }
            Ok(Self(Held::new(Some(request))))
        })
    }

    /// The nonce that the answer must come back with.
    pub fn nonce(&self) -> Result<Vec<u8>, Failure> {
        self.ask(|request| Ok(request.nonce().bytes().to_vec()))
    }

    /// The number that is asked about, UTF-8.
    pub fn number(&self) -> Result<Bytes, Failure> {
        self.ask(|request| Ok(Bytes::of(request.number().as_bytes().to_vec())))
    }

    /// A file as the chip gave it, where services want it: EF.COM, EF.SOD, DG1, DG2, DG13, DG14, DG15.
    pub fn file(&self, file: u32) -> Result<Option<Bytes>, Failure> {
        self.ask(|request| {
            let bytes = request.files().get(&file_of(file)?);
            Ok(bytes.map(|bytes| Bytes::of(bytes.to_vec())))
        })
    }

    /// The algorithm of the digests.
    pub fn digest_algorithm(&self) -> Result<Option<String>, Failure> {
        self.ask(|request| Ok(request.digest().map(|hash| hash.name().to_owned())))
    }

    /// The digests of the data groups among the files.
    pub fn digests(&self) -> Result<Vec<DataGroupDigest>, Failure> {
        self.ask(|request| {
            let of = |digest: &chipid::online::DataGroupDigest| DataGroupDigest {
                data_group: digest.data_group.number(),
                value: digest.value.clone(),
                status: digest.status.name().to_owned(),
            };
            Ok(request.digests().iter().map(of).collect())
        })
    }

    /// The certificate of the document signer, PEM.
    pub fn document_signer_pem(&self) -> Result<Option<String>, Failure> {
        self.ask(|request| Ok(request.document_signer_pem()))
    }

    /// SHA-256 over the certificate of the document signer: an answer has to say the same.
    pub fn signer_sha256(&self) -> Result<Option<Vec<u8>>, Failure> {
        self.ask(|request| {
            let signer = request.document_signer();
            Ok(signer.map(|signer| signer.sha256.to_vec()))
        })
    }

    /// What the chip answered to a challenge, where it was asked.
    pub fn active_authentication(&self) -> Result<Option<ActiveAuthentication>, Failure> {
        self.ask(|request| {
            Ok(request
                .active_authentication()
                .map(ActiveAuthentication::of))
        })
    }

    /// When it was made, in seconds since 1970.
    pub fn made_at(&self) -> Result<i64, Failure> {
        self.ask(|request| Ok(request.made_at().0))
    }
}

impl ConfirmationRequest {
    fn ask<T>(
        &self,
        question: impl FnOnce(&CoreRequest) -> Result<T, Trouble>,
    ) -> Result<T, Failure> {
        call(|| question(self.0.read()?.as_ref().ok_or(Misuse::ForeignHandle)?))
    }

    /// The request, which its answer takes.
    pub(crate) fn take(&self) -> Result<CoreRequest, Trouble> {
        Ok(self.0.change()?.take().ok_or(Misuse::ForeignHandle)?)
    }
}

impl ActiveAuthentication {
    pub(crate) fn of(evidence: &ActiveAuthenticationEvidence) -> Self {
        Self {
            challenge: evidence.challenge.to_vec(),
            signature: evidence.signature.clone(),
        }
    }
}

impl ConfirmationAnswer {
    pub(crate) fn checked(self) -> Result<CoreAnswer, Misuse> {
        Ok(CoreAnswer {
            outcome: if self.confirmed {
                ConfirmationOutcome::Confirmed
            } else {
                ConfirmationOutcome::Denied
            },
            service: self.service,
            transaction: self.transaction,
            number: Zeroizing::new(self.number),
            signer_sha256: fixed(self.signer_sha256)?,
            nonce: fixed(self.nonce)?,
            answered_at: UnixTime(self.answered_at),
        })
    }
}

fn fixed<const N: usize>(bytes: Vec<u8>) -> Result<[u8; N], Misuse> {
    bytes.try_into().map_err(|_| Misuse::UnknownValue)
}

impl From<Unreachable> for CoreUnreachable {
    fn from(why: Unreachable) -> Self {
        match why {
            Unreachable::NoConnection => Self::NoConnection,
            Unreachable::TimedOut => Self::TimedOut,
            Unreachable::Refused => Self::Refused,
            Unreachable::Unreadable => Self::Unreadable,
            Unreachable::NotAuthentic => Self::NotAuthentic,
        }
    }
}
