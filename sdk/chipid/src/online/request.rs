//! What a confirmation service may ask for, gathered in one call.

use super::nonce::Nonce;
use crate::assessment::Assessment;
use crate::error::Error;
use chipid_emrtd::active_authentication::ActiveAuthenticationEvidence;
use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::document::Files;
use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::passive_authentication::{DataGroupStatus, DocumentSigner};
use chipid_emrtd::time::UnixTime;
use chipid_emrtd::verification::IssuerTrust;
use pem_rfc7468::LineEnding;
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// The files that confirmation services want, each its own part of them: no fingerprint and no iris is among them.
pub const FOR_CONFIRMATION: [FileId; 7] = [
    FileId::Com,
    FileId::Sod,
    FileId::DG1,
    FileId::DG2,
    FileId::DG13,
    FileId::DG14,
    FileId::DG15,
];

/// The longest consent identifier, in bytes.
const MAX_CONSENT_ID: usize = 128;

/// What is sent to a confirmation service. Holds a person's data: wiped on drop, hidden in `Debug`.
pub struct ConfirmationRequest {
    files: Files,
    digest: Option<HashAlgorithm>,
    digests: Vec<DataGroupDigest>,
    signer: Option<DocumentSigner>,
    active_authentication: Option<ActiveAuthenticationEvidence>,
    trust: Option<IssuerTrust>,
    consent_id: Option<String>,
    asked: Asked,
}

/// A data group's digest, by the algorithm of EF.SOD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataGroupDigest {
    /// Which one.
    pub data_group: DataGroup,
    /// Of the bytes that were read.
    pub value: Vec<u8>,
    /// Whether EF.SOD says the same.
    pub status: DataGroupStatus,
}

/// What an answer must be bound to.
pub(crate) struct Asked {
    pub(crate) number: Zeroizing<String>,
    pub(crate) signer: [u8; 32],
    /// SHA-256 over EF.SOD: one holder's number stands on every card that they had.
    pub(crate) object: [u8; 32],
    pub(crate) nonce: Nonce,
    pub(crate) made_at: UnixTime,
}

impl ConfirmationRequest {
    /// Everything about the document, where its digests and its signature hold. Whether its issuer is trusted is no
    /// condition: where it is unknown, asking is of use.
    ///
    /// # Errors
    /// [`Error::NotProven`] where digests or signature do not hold.
    pub fn of(assessment: &Assessment, nonce: Nonce) -> Result<Self, Error> {
        let (number, signer) = Asked::number_and_signer(assessment).ok_or(Error::NotProven)?;
        Ok(Self::gathered(
            assessment,
            Asked {
                number,
                signer,
                object: object_of(assessment),
                nonce,
                made_at: assessment.checked_at(),
            },
        ))
    }

    /// The same of a document whose digests or signature do not hold, for whoever looks into it. An answer to it
    /// confirms nothing.
    #[must_use]
    pub fn danger_unverified(assessment: &Assessment, nonce: Nonce) -> Self {
        let (number, signer) = Asked::number_and_signer(assessment).unwrap_or_default();
        Self::gathered(
            assessment,
            Asked {
                number,
                signer,
                object: object_of(assessment),
                nonce,
                made_at: assessment.checked_at(),
            },
        )
    }

    fn gathered(assessment: &Assessment, asked: Asked) -> Self {
        let verification = assessment.verification();
        let source = verification.source();
        let report = &verification.passive_authentication;
        let files: Files = source
            .danger_unverified()
            .iter()
            .filter(|(file, _)| FOR_CONFIRMATION.contains(file))
            .map(|(file, bytes)| (*file, bytes.clone()))
            .collect();
        let digests = report.digest().map(|hash| {
            let digest = |(file, bytes): (&FileId, &Zeroizing<Vec<u8>>)| match file {
                FileId::DataGroup(data_group) => Some(DataGroupDigest {
                    data_group: *data_group,
                    value: hash.digest(bytes),
                    status: *report.data_groups().get(data_group)?,
                }),
                _ => None,
            };
            files.iter().filter_map(digest).collect()
        });
        Self {
            digest: report.digest(),
            digests: digests.unwrap_or_default(),
            signer: report.document_signer().cloned(),
            active_authentication: source.active_authentication().cloned(),
            trust: verification.document.as_ref().map(|d| d.trust()),
            consent_id: None,
            asked,
            files,
        }
    }

    /// Names the holder's consent, as the caller's own records do: letters, digits and marks, 128 bytes at most.
    ///
    /// # Errors
    /// [`Error::ConsentId`].
    pub fn with_consent(mut self, id: &str) -> Result<Self, Error> {
        let fits = !id.is_empty() && id.len() <= MAX_CONSENT_ID;
        if !fits || id.chars().any(char::is_control) {
            return Err(Error::ConsentId);
        }
        self.consent_id = Some(id.to_owned());
        Ok(self)
    }

    /// The files, verbatim: EF.COM, EF.SOD, DG1, DG2, DG13, DG14 and DG15, as far as they were read.
    #[must_use]
    pub const fn files(&self) -> &Files {
        &self.files
    }

    /// Which hash EF.SOD uses.
    #[must_use]
    pub const fn digest(&self) -> Option<HashAlgorithm> {
        self.digest
    }

    /// The digest of every data group among the files.
    #[must_use]
    pub fn digests(&self) -> &[DataGroupDigest] {
        &self.digests
    }

    /// The document signer out of EF.SOD; its certificate's DER is in it.
    #[must_use]
    pub const fn document_signer(&self) -> Option<&DocumentSigner> {
        self.signer.as_ref()
    }

    /// The document signer's certificate in PEM.
    #[must_use]
    pub fn document_signer_pem(&self) -> Option<String> {
        let der = &self.signer.as_ref()?.certificate.0;
        pem_rfc7468::encode_string("CERTIFICATE", LineEnding::LF, der).ok()
    }

    /// The challenge of Active Authentication and the chip's signature over it.
    #[must_use]
    pub const fn active_authentication(&self) -> Option<&ActiveAuthenticationEvidence> {
        self.active_authentication.as_ref()
    }

    /// The personal number; on documents without one the document number. Empty where nothing is proven.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.asked.number
    }

    /// How far the document's signature is traced; `None` where nothing is proven.
    #[must_use]
    pub const fn trust(&self) -> Option<IssuerTrust> {
        self.trust
    }

    /// The caller's name for the holder's consent.
    #[must_use]
    pub fn consent_id(&self) -> Option<&str> {
        self.consent_id.as_deref()
    }

    /// What the answer must come back with.
    #[must_use]
    pub const fn nonce(&self) -> &Nonce {
        &self.asked.nonce
    }

    /// When it was made: the time of the check.
    #[must_use]
    pub const fn made_at(&self) -> UnixTime {
        self.asked.made_at
    }

    /// When it was made, where that was earlier than the reading that it is laid beside (an answer that comes by hand).
    #[must_use]
    pub const fn made_earlier(mut self, at: UnixTime) -> Self {
        if at.0 < self.asked.made_at.0 {
            self.asked.made_at = at;
        }
        self
    }

    pub(crate) fn into_asked(self) -> Asked {
        self.asked
    }
}

/// SHA-256 over the EF.SOD that was read.
pub(crate) fn object_of(assessment: &Assessment) -> [u8; 32] {
    let files = assessment.verification().source().danger_unverified();
    let object = files.get(&FileId::Sod).map_or(&[][..], |file| file);
    Sha256::digest(object).into()
}

impl Asked {
    /// What this document's confirmation is bound to; `None` where nothing of it is proven.
    pub(crate) fn number_and_signer(
        assessment: &Assessment,
    ) -> Option<(Zeroizing<String>, [u8; 32])> {
        let holder = assessment.holder()?;
        let report = &assessment.verification().passive_authentication;
        let number = match holder.personal_number.as_str() {
            "" => &holder.document_number,
            _ => &holder.personal_number,
        };
        let signer = report.document_signer()?.sha256;
        (!number.is_empty()).then(|| (number.clone(), signer))
    }
}

impl fmt::Debug for ConfirmationRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConfirmationRequest({} files)", self.files.len())
    }
}

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asked")
    }
}
