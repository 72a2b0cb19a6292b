//! Checks and findings: how verification speaks of a document.
//!
//! A [`Check`] says whether a question could be answered and how; a [`Finding`] says what was noticed on the way.
//! Neither is an error: an error means that the work could not be done.

use crate::file_id::FileId;
use alloc::vec::Vec;
use core::fmt;

/// What a finding does to a verdict under the strictest built-in policy with a clerk present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth saying; changes nothing.
    Note,
    /// Somebody must look: no acceptance while it stands.
    Doubt,
    /// Rejects. No policy may lower it.
    Fatal,
}

impl Severity {
    /// `note`, `doubt` or `fatal`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Doubt => "doubt",
            Self::Fatal => "fatal",
        }
    }
}

/// A permanent code with its severity. Each crate declares its own as constants; the facade gathers them in one table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    name: &'static str,
    severity: Severity,
}

impl Code {
    /// Declares a code. `name` is snake_case and never changes.
    #[must_use]
    pub const fn new(name: &'static str, severity: Severity) -> Self {
        Self { name, severity }
    }

    /// The permanent name, snake_case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// The severity under the policy `counter`.
    #[must_use]
    pub const fn severity(self) -> Severity {
        self.severity
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Something noticed about the document, the chip or the face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding {
    /// What was noticed.
    pub code: Code,
    /// The file that it was noticed in, where it is about one.
    pub file: Option<FileId>,
    /// For `encoding_deviation` and `chip_deviation`: which departure from the standard.
    pub detail: Option<&'static str>,
}

impl Finding {
    /// A finding about the document as a whole.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self {
            code,
            file: None,
            detail: None,
        }
    }

    /// A finding about one file.
    #[must_use]
    pub const fn in_file(code: Code, file: FileId) -> Self {
        Self {
            code,
            file: Some(file),
            detail: None,
        }
    }

    /// A departure of the chip's or the reader's answers from the standard, named by `detail`.
    #[must_use]
    pub const fn of_the_chip(detail: &'static str) -> Self {
        Self {
            code: codes::CHIP_DEVIATION,
            file: None,
            detail: Some(detail),
        }
    }

    /// A departure from the standard's encoding, named by `detail` (a short snake_case word).
    #[must_use]
    pub const fn deviation(file: FileId, detail: &'static str) -> Self {
        Self {
            code: codes::ENCODING_DEVIATION,
            file: Some(file),
            detail: Some(detail),
        }
    }
}

/// The answer to one question about the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check<T> {
    /// Yes; here is the proof.
    Passed(T),
    /// No.
    Failed(Code),
    /// Nobody could ask, or the answer could not be had.
    NotPerformed(Code),
}

impl<T> Check<T> {
    /// The proof, where the check passed.
    #[must_use]
    pub const fn passed(&self) -> Option<&T> {
        match self {
            Self::Passed(proof) => Some(proof),
            _ => None,
        }
    }

    /// `passed`, `failed` or `not_performed`.
    #[must_use]
    pub const fn status(&self) -> &'static str {
        match self {
            Self::Passed(_) => "passed",
            Self::Failed(_) => "failed",
            Self::NotPerformed(_) => "not_performed",
        }
    }

    /// Why it did not pass.
    #[must_use]
    pub const fn reason(&self) -> Option<Code> {
        match self {
            Self::Passed(_) => None,
            Self::Failed(code) | Self::NotPerformed(code) => Some(*code),
        }
    }
}

/// Findings in the order in which they were made, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// None yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds one, unless it stands already.
    pub fn push(&mut self, finding: Finding) {
        if !self.0.contains(&finding) {
            self.0.push(finding);
        }
    }

    /// Adds a finding about the document as a whole.
    pub fn add(&mut self, code: Code) {
        self.push(Finding::new(code));
    }

    /// Adds a finding about one file.
    pub fn add_in(&mut self, code: Code, file: FileId) {
        self.push(Finding::in_file(code, file));
    }

    /// Whether a finding with this code stands.
    #[must_use]
    pub fn has(&self, code: Code) -> bool {
        self.0.iter().any(|f| f.code == code)
    }

    /// All of them.
    pub fn iter(&self) -> core::slice::Iter<'_, Finding> {
        self.0.iter()
    }
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        for finding in findings {
            self.push(finding);
        }
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = core::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// The codes that the eMRTD core itself can find. What each does to the verdict: `docs/verdict.md`.
pub mod codes {
    use super::{Code, Severity};

    macro_rules! codes {
        ($($(#[$doc:meta])* $name:ident = $text:literal, $severity:ident;)*) => {
            $($(#[$doc])* pub const $name: Code = Code::new($text, Severity::$severity);)*
            /// Every code of this module.
            pub const ALL: &[Code] = &[$($name),*];
        };
    }

    codes! {
        /// A data group that was read differs from its digest in EF.SOD.
        DIGEST_MISMATCH = "digest_mismatch", Fatal;
        /// EF.SOD cannot be decoded.
        SECURITY_OBJECT_UNREADABLE = "security_object_unreadable", Fatal;
        /// EF.SOD's signature does not verify over the raw signed attributes.
        SIGNATURE_INVALID = "signature_invalid", Fatal;
        /// A trusted CSCA has the issuer's name and key identifier, and its key did not sign the document signer.
        ISSUER_SIGNATURE_INVALID = "issuer_signature_invalid", Fatal;
        /// The document signer (or its CSCA) stands on a valid revocation list.
        SIGNER_REVOKED = "signer_revoked", Fatal;
        /// Active, chip or chip authentication mapping was done with a signed key, and failed.
        CHIP_NOT_GENUINE = "chip_not_genuine", Fatal;
        /// The expiry date of the MRZ is past.
        DOCUMENT_EXPIRED = "document_expired", Fatal;
        /// DG1's state, the signer's and the CSCA's disagree, or the anchor is scoped to another document class.
        ISSUER_STATE_MISMATCH = "issuer_state_mismatch", Fatal;
        /// Signed data groups contradict each other in number, birth or sex.
        HOLDER_MISMATCH = "holder_mismatch", Fatal;
        /// The chain ends in a test CSCA (marker extension).
        TEST_ISSUER = "test_issuer", Doubt;
        /// The time of the check lies before the newest evidence, trust list or the program's build, or years after it.
        CLOCK_IMPLAUSIBLE = "clock_implausible", Doubt;
        /// The signing or issue date lies after the time of the check.
        SIGNED_IN_FUTURE = "signed_in_future", Doubt;
        /// The signature holds, and no CSCA of that issuer is in the store.
        ISSUER_UNKNOWN = "issuer_unknown", Doubt;
        /// No trust anchor was given.
        TRUST_STORE_EMPTY = "trust_store_empty", Doubt;
        /// The document signer was not valid when it signed.
        SIGNER_OUTSIDE_VALIDITY = "signer_outside_validity", Doubt;
        /// The CSCA was not valid when the document was signed.
        CSCA_OUTSIDE_VALIDITY = "csca_outside_validity", Doubt;
        /// EF.SOD covers DG14 or DG15, and neither active nor chip authentication passed.
        CHIP_NOT_PROVEN = "chip_not_proven", Doubt;
        /// Active Authentication evidence was saved, and nobody here chose its challenge: it may be of any day.
        CHIP_PROOF_NOT_FRESH = "chip_proof_not_fresh", Doubt;
        /// The chip offers a proof of itself and refused it, while another one passed; the detail names it.
        CHIP_PROOF_REFUSED = "chip_proof_refused", Note;
        /// A terminal was to prove itself to the chip for DG3 and DG4, and did not; the detail says where it failed.
        TERMINAL_NOT_AUTHENTICATED = "terminal_not_authenticated", Note;
        /// The document signer's certificate lists the document codes that it may sign, and this is none of them.
        SIGNER_DOCUMENT_TYPE_MISMATCH = "signer_document_type_mismatch", Doubt;
        /// EF.SOD covers neither DG14 nor DG15: the chip cannot prove itself.
        CLONE_PROTECTION_ABSENT = "clone_protection_absent", Doubt;
        /// PACE was offered, BAC was used.
        ACCESS_DOWNGRADED = "access_downgraded", Doubt;
        /// The chip has no access control: it hands its data to whoever asks.
        ACCESS_UNPROTECTED = "access_unprotected", Note;
        /// A data group in EF.SOD was wanted and not readable, for another reason than access rights.
        DATA_GROUP_WITHHELD = "data_group_withheld", Doubt;
        /// A data group in EF.SOD is behind access rights that the reader does not have (DG3, DG4).
        DATA_GROUP_PROTECTED = "data_group_protected", Note;
        /// No revocation list of the issuer was at hand.
        REVOCATION_UNKNOWN = "revocation_unknown", Note;
        /// An algorithm that is weak today (SHA-1, RSA under 2048 bits, curves under 224 bits, 3DES).
        WEAK_ALGORITHM = "weak_algorithm", Note;
        /// EF.COM and EF.SOD list different data groups.
        COM_SOD_DIFFERENCE = "com_sod_difference", Note;
        /// The chip departs from the standard's encoding in a known, harmless way.
        ENCODING_DEVIATION = "encoding_deviation", Note;
        /// The chip or the reader answers otherwise than the standard says, in a known way that was coped with.
        CHIP_DEVIATION = "chip_deviation", Note;
        /// EF.CardAccess could not be read, and a built-in card profile was assumed.
        ACCESS_PROFILE_ASSUMED = "access_profile_assumed", Note;
        /// A signed data group does not parse, although its digest matches.
        DATA_GROUP_UNREADABLE = "data_group_unreadable", Doubt;
        /// A check was not asked for.
        NOT_REQUESTED = "not_requested", Note;
        /// A check needs the live chip, and there is none (saved files).
        NO_CHIP = "no_chip", Note;
        /// A check rests on another check that did not pass.
        NOT_AUTHENTICATED = "not_authenticated", Note;
        /// The document carries nothing that the check could use.
        NOT_ON_DOCUMENT = "not_on_document", Note;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_stand_once() {
        let mut findings = Findings::new();
        findings.add(codes::TEST_ISSUER);
        findings.add(codes::TEST_ISSUER);
        findings.add_in(codes::DIGEST_MISMATCH, FileId::DG1);
        findings.add_in(codes::DIGEST_MISMATCH, FileId::DG2);
        assert_eq!(findings.iter().count(), 3);
        assert!(findings.has(codes::TEST_ISSUER));
        assert!(!findings.has(codes::SIGNER_REVOKED));
    }
}
