//! What passive authentication found.

use super::digests::{DataGroupStatus, Evidence};
use crate::crypto::ec::parameters::ParameterForm;
use crate::crypto::hash::HashAlgorithm;
use crate::crypto::signature::{PublicKey, SignatureAlgorithm};
use crate::file_id::{DataGroup, FileId};
use crate::finding::{Check, Code, Finding, Findings, Severity, codes};
use crate::time::{DAY, Date, UnixTime};
use crate::trust::certificate::{UsagePeriod, Validity};
use crate::trust::document_signer::Signer;
use crate::trust::states::{canonical, same_state};
use crate::trust::{Chain, Scope};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

/// Every answer of passive authentication, with its findings.
#[derive(Clone, Debug)]
pub struct PassiveAuthentication {
    /// Each data group that was read or is in EF.SOD.
    pub(super) data_groups: BTreeMap<DataGroup, DataGroupStatus>,
    pub(super) in_sod: BTreeSet<DataGroup>,
    pub(super) digest: Option<HashAlgorithm>,
    pub(super) algorithm: Option<SignatureAlgorithm>,
    pub(super) signed_at: Option<UnixTime>,
    pub(super) checked_at: UnixTime,
    pub(super) signature: SignatureState,
    pub(super) chain: ChainState,
    pub(super) signer: Option<DocumentSigner>,
    pub(super) findings: Findings,
    /// Those of the dates, made anew when the issue date becomes known.
    validity: Findings,
    /// Of every certificate with the anchor's key, and of every link.
    anchor_validities: Vec<Validity>,
    link_validities: Vec<Validity>,
    scopes: Vec<Scope>,
    issued_on: Option<IssueDate>,
    states_checked: bool,
}

/// The holder's, out of a data group: hidden in `Debug`.
#[derive(Clone, Copy)]
struct IssueDate(Date);

impl fmt::Debug for IssueDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IssueDate")
    }
}

/// Whether the signature of EF.SOD holds, by a certificate that may sign documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureState {
    /// It does.
    Valid,
    /// It does not.
    Invalid,
    /// EF.SOD cannot be decoded.
    Unreadable,
}

/// Who stands behind the document signer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainState {
    /// The signature does not hold: nobody was asked.
    NotChecked,
    /// There is no anchor at all.
    TrustStoreEmpty,
    /// No anchor of that issuer.
    IssuerUnknown,
    /// An anchor has the issuer's name and key identifier, and its key did not sign the document signer.
    IssuerSignatureInvalid,
    /// A trusted CSCA.
    Trusted(Csca),
}

/// The document signer, by its certificate. Believed only where the chain is trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentSigner {
    /// Its name.
    pub subject: String,
    /// Its issuer's name.
    pub issuer: String,
    /// Its serial number in hexadecimal.
    pub serial: String,
    /// From when to when the certificate holds.
    pub validity: Validity,
    /// Country of the subject, in upper case.
    pub subject_country: Option<String>,
    /// Country of the issuer, in upper case.
    pub issuer_country: Option<String>,
    /// From when to when its key signs, where it says so.
    pub key_usage_period: Option<UsagePeriod>,
    /// The document codes that it may sign, where it says so.
    pub document_types: Vec<String>,
    /// SHA-256 over the certificate.
    pub sha256: [u8; 32],
    /// The certificate itself, in DER.
    pub certificate: CertificateDer,
    /// Its key, as in `rsa-2048` or `brainpoolP224r1`.
    pub key: Option<String>,
    /// How the key names its curve, where it is one.
    pub parameters: Option<ParameterForm>,
}

/// A certificate's bytes; in `Debug` their count.
#[derive(Clone, PartialEq, Eq)]
pub struct CertificateDer(pub Vec<u8>);

impl fmt::Debug for CertificateDer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CertificateDer({} bytes)", self.0.len())
    }
}

/// The anchor at the end of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csca {
    /// Its name.
    pub subject: String,
    /// Its country, in upper case.
    pub country: Option<String>,
    /// SHA-256 over its certificate.
    pub sha256: [u8; 32],
    /// The file that it came from.
    pub source: String,
    /// Whether it is a test's.
    pub is_test: bool,
}

impl PassiveAuthentication {
    pub(super) fn unreadable(evidence: &Evidence<'_>, now: UnixTime) -> Self {
        let mut report = Self::new(evidence.unjudged(), None, None, now);
        report.signature = SignatureState::Unreadable;
        report
            .findings
            .add_in(codes::SECURITY_OBJECT_UNREADABLE, FileId::Sod);
        report
    }

    pub(super) fn new(
        data_groups: BTreeMap<DataGroup, DataGroupStatus>,
        digest: impl Into<Option<HashAlgorithm>>,
        algorithm: Option<SignatureAlgorithm>,
        checked_at: UnixTime,
    ) -> Self {
        Self {
            data_groups,
            in_sod: BTreeSet::new(),
            digest: digest.into(),
            algorithm,
            signed_at: None,
            checked_at,
            signature: SignatureState::Invalid,
            chain: ChainState::NotChecked,
            signer: None,
            findings: Findings::new(),
            validity: Findings::new(),
            anchor_validities: Vec::new(),
            link_validities: Vec::new(),
            scopes: Vec::new(),
            issued_on: None,
            states_checked: false,
        }
    }

    pub(super) fn set_signer(&mut self, signer: &Signer<'_>) {
        let certificate = &signer.certificate;
        self.algorithm = signer.info.algorithm.ok();
        self.signed_at = signer.info.signing_time;
        self.signer = Some(DocumentSigner {
            subject: certificate.subject().to_string(),
            issuer: certificate.issuer().to_string(),
            serial: certificate.serial_hex(),
            validity: certificate.validity(),
            subject_country: certificate.subject().country(),
            issuer_country: certificate.issuer().country(),
            key_usage_period: certificate.private_key_usage(),
            document_types: certificate.document_types().to_vec(),
            sha256: certificate.sha256(),
            certificate: CertificateDer(certificate.as_der().to_vec()),
            key: certificate.public_key().ok().map(PublicKey::name),
            parameters: match certificate.public_key() {
                Ok(PublicKey::Ec { form, .. }) => Some(*form),
                _ => None,
            },
        });
    }

    pub(super) fn remember_chain(&mut self, chain: &Chain<'_>) {
        self.anchor_validities = chain
            .same_key
            .iter()
            .filter(|a| a.introduction <= chain.anchor.introduction)
            .map(|a| a.certificate.validity())
            .collect();
        self.link_validities = chain.links.iter().map(|l| l.validity()).collect();
        self.scopes = chain
            .same_key
            .iter()
            .filter_map(|a| a.scope.clone())
            .collect();
    }

    pub(super) fn has_mismatch(&self) -> bool {
        self.data_groups
            .values()
            .any(|s| *s == DataGroupStatus::Mismatch)
    }

    /// Compares the issuing state of DG1 with the signer's and the CSCA's, and the document code with what the anchor is
    /// trusted for. Demanded: [`check`](Self::check) does not pass before.
    ///
    /// `document_code` and `issuing_state` are those of the machine readable zone, with or without fillers.
    pub fn check_states(&mut self, document_code: &str, issuing_state: &str) {
        self.states_checked = true;
        let signer = self.signer.as_ref();
        let csca = self.csca();
        let countries: Vec<&str> = [
            Some(issuing_state),
            signer.and_then(|s| s.subject_country.as_deref()),
            signer.and_then(|s| s.issuer_country.as_deref()),
            csca.and_then(|c| c.country.as_deref()),
        ]
        .into_iter()
        .flatten()
        .collect();
        // Certificates that name no state at all agree with nothing.
        let agree = countries.len() > 1 && countries.iter().all(|c| same_state(issuing_state, c));
        let permitted = self
            .scopes
            .iter()
            .all(|s| s.permits(document_code, issuing_state));
        if !agree || !permitted {
            self.findings.add(codes::ISSUER_STATE_MISMATCH);
        }
        let code = canonical(document_code);
        let types = signer.map(|s| s.document_types.as_slice());
        let unlisted = types.is_some_and(|types| {
            !types.is_empty() && !types.iter().any(|t| code.starts_with(&canonical(t)))
        });
        if unlisted {
            self.findings.add(codes::SIGNER_DOCUMENT_TYPE_MISMATCH);
        }
    }

    /// Takes a signed date of issue (DG12, DG13), by which the certificates' dates are judged where EF.SOD does not say
    /// when it was signed.
    pub fn check_issue_date(&mut self, issued_on: Date) {
        self.issued_on = Some(IssueDate(issued_on));
        self.settle_validity();
    }

    /// Judges the dates at the time of signing: the signing time, else the date of issue, else the beginning of the key's
    /// usage period, else the time of the check (VERDICT: outside validity is a doubt; an expired CSCA whose documents
    /// still run is none, deviations row 68).
    pub(super) fn settle_validity(&mut self) {
        let mut findings = Findings::new();
        let issued = self.issued_on.map(|issued| issued.0.noon_utc());
        let now = self.checked_at;
        if self.signature == SignatureState::Valid
            && let Some(signer) = &self.signer
        {
            // A day of grace: an issue date has no time of day and no time zone.
            let tomorrow = UnixTime(now.0.saturating_add(DAY));
            if self.signed_at.is_some_and(|at| at > now) || issued.is_some_and(|at| at > tomorrow) {
                findings.add(codes::SIGNED_IN_FUTURE);
            }
            let usage_begins = signer.key_usage_period.and_then(|(begins, _)| begins);
            let at = self.signed_at.or(issued).or(usage_begins).unwrap_or(now);
            if !signer.validity.contains(at) {
                findings.add(codes::SIGNER_OUTSIDE_VALIDITY);
            }
            let anchored = self.csca().is_some();
            let anchor_was_valid = self.anchor_validities.iter().any(|v| v.contains(at));
            let links_were_valid = self.link_validities.iter().all(|v| v.contains(at));
            if anchored && !(anchor_was_valid && links_were_valid) {
                findings.add(codes::CSCA_OUTSIDE_VALIDITY);
            }
        }
        self.validity = findings;
    }

    /// The answer. Passed: every data group that was read and is in EF.SOD matches, the signature holds, a trusted CSCA
    /// stands behind the signer, and the states agree.
    #[must_use]
    pub fn check(&self) -> Check<&Csca> {
        if let Some(fatal) = self
            .findings()
            .find(|f| f.code.severity() == Severity::Fatal)
        {
            return Check::Failed(fatal.code);
        }
        match &self.chain {
            ChainState::Trusted(csca) if self.states_checked => Check::Passed(csca),
            ChainState::TrustStoreEmpty => Check::NotPerformed(codes::TRUST_STORE_EMPTY),
            ChainState::IssuerUnknown => Check::NotPerformed(codes::ISSUER_UNKNOWN),
            _ => Check::NotPerformed(codes::NOT_AUTHENTICATED),
        }
    }

    /// Every finding.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.validity.iter())
    }

    /// Whether a finding with this code stands.
    #[must_use]
    pub fn has(&self, code: Code) -> bool {
        self.findings().any(|f| f.code == code)
    }

    /// Each data group that was read or is in EF.SOD. Where EF.SOD cannot be decoded, nothing is in it.
    #[must_use]
    pub const fn data_groups(&self) -> &BTreeMap<DataGroup, DataGroupStatus> {
        &self.data_groups
    }

    /// Whether the signed object covers this data group.
    #[must_use]
    pub fn covers(&self, data_group: DataGroup) -> bool {
        self.signature == SignatureState::Valid && self.in_sod.contains(&data_group)
    }

    /// The hash function of the digests.
    #[must_use]
    pub const fn digest(&self) -> Option<HashAlgorithm> {
        self.digest
    }

    /// The algorithm of EF.SOD's signature.
    #[must_use]
    pub const fn signature_algorithm(&self) -> Option<SignatureAlgorithm> {
        self.algorithm
    }

    /// When EF.SOD was signed, by the signer's word.
    #[must_use]
    pub const fn signed_at(&self) -> Option<UnixTime> {
        self.signed_at
    }

    /// Whether the signature holds.
    #[must_use]
    pub const fn signature(&self) -> SignatureState {
        self.signature
    }

    /// Who stands behind the signer.
    #[must_use]
    pub const fn chain(&self) -> &ChainState {
        &self.chain
    }

    /// The document signer, where the signature verifies under a certificate that came along.
    #[must_use]
    pub const fn document_signer(&self) -> Option<&DocumentSigner> {
        self.signer.as_ref()
    }

    /// The trusted CSCA.
    #[must_use]
    pub const fn csca(&self) -> Option<&Csca> {
        match &self.chain {
            ChainState::Trusted(csca) => Some(csca),
            _ => None,
        }
    }

    /// What the trusted CSCA may vouch for, where that was said: each document lies within all of them.
    #[must_use]
    pub fn scopes(&self) -> &[Scope] {
        &self.scopes
    }

    /// The latest moment that the signed object tells of: a clock that lies before it is wrong.
    #[must_use]
    pub fn newest_evidence(&self) -> Option<UnixTime> {
        let from = self.signer.as_ref().map(|s| s.validity.not_before);
        from.max(self.signed_at)
    }
}
