//! Document signer certificates: which one signed, and whether it may.
//!
//! Doc 9303-12, 7.1.1 (certificate profiles); RFC 5652, 5.3 (`SignerIdentifier`).

use super::certificate::Certificate;
use super::name::Name;
use crate::asn1::without_leading_zeros;
use crate::cms::{SignedData, SignerIdentifier, SignerInfo};
use crate::crypto::signature::Outcome;
use alloc::vec::Vec;

/// 2.5.29.37.0, anyExtendedKeyUsage
const ANY_PURPOSE: &[u8] = &[0x55, 0x1D, 0x25, 0x00];

/// Why a certificate is no document signer's, although its key made the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NotEntitled {
    /// It may issue certificates: a CSCA's or another issuer's key signs no documents.
    IsIssuer,
    /// Its key is for another purpose: signing master lists, deviation lists, connections.
    OtherPurpose,
}

impl NotEntitled {
    /// A permanent short word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::IsIssuer => "signer_is_issuer",
            Self::OtherPurpose => "signer_for_other_purpose",
        }
    }
}

/// Whether `certificate` may sign documents.
///
/// A CSCA issues, with the same key, certificates for other purposes too (master lists, its own servers): those keys lie
/// elsewhere and are guarded otherwise. A document signer has no `ExtendedKeyUsage` and is no issuer. A missing `KeyUsage`
/// is let pass (deviations row 69).
///
/// # Errors
/// [`NotEntitled`].
pub fn may_sign_documents(certificate: &Certificate) -> Result<(), NotEntitled> {
    let issues = certificate.basic_constraints().is_some_and(|b| b.ca);
    let usage = certificate.key_usage();
    if issues || usage.is_some_and(|u| u.key_cert_sign) {
        return Err(NotEntitled::IsIssuer);
    }
    let any = |purposes: &[Vec<u8>]| purposes.iter().any(|p| p == ANY_PURPOSE);
    if certificate.extended_key_usage().is_some_and(|p| !any(p))
        || usage.is_some_and(|u| u.crl_sign && !u.digital_signature)
    {
        return Err(NotEntitled::OtherPurpose);
    }
    Ok(())
}

/// The certificate that a signature verifies under.
#[derive(Clone, Debug)]
pub struct Signer<'a> {
    /// The signature's place in the signed object.
    pub info: &'a SignerInfo<'a>,
    /// The certificate.
    pub certificate: Certificate,
    /// How the signature fared; it holds.
    pub outcome: Outcome,
    /// How far the signer's identifier fits the certificate.
    pub fit: Fit,
}

/// How well a `SignerIdentifier` fits a certificate. The better is tried first; the signature alone decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// To the byte.
    Exact,
    /// The same name written otherwise (deviations rows 47 and 47b), and the same serial number.
    NameWrittenOtherwise,
    /// The serial number alone, or the name alone.
    Partly,
    /// Not at all.
    Not,
}

/// Finds the certificate of the first signer whose signature over the content holds. `None` where none does.
///
/// `certificates` are those of the signed object that could be read.
#[must_use]
pub fn find_signer<'a>(
    signed: &'a SignedData<'a>,
    certificates: &[Certificate],
) -> Option<Signer<'a>> {
    for info in &signed.signers {
        let mut candidates: Vec<(Fit, &Certificate)> = certificates
            .iter()
            .map(|c| (fit(&info.identifier, c), c))
            .collect();
        candidates.sort_by_key(|(fit, _)| *fit);
        for (fit, certificate) in candidates {
            let Ok(key) = certificate.public_key() else {
                continue;
            };
            let outcome = signed.verify(info, key);
            if outcome.holds() {
                return Some(Signer {
                    info,
                    certificate: certificate.clone(),
                    outcome,
                    fit,
                });
            }
        }
    }
    None
}

fn fit(identifier: &SignerIdentifier<'_>, certificate: &Certificate) -> Fit {
    match identifier {
        SignerIdentifier::SubjectKeyIdentifier(key) => {
            if certificate.subject_key_identifier() == Some(key) {
                Fit::Exact
            } else {
                Fit::Not
            }
        }
        SignerIdentifier::IssuerAndSerial { issuer, serial } => {
            let same_serial = certificate.serial() == *serial;
            if same_serial && issuer.raw == certificate.issuer().as_der() {
                return Fit::Exact;
            }
            let same_name =
                Name::from_element(issuer).is_ok_and(|name| name.matches(certificate.issuer()));
            let like_serial =
                without_leading_zeros(serial) == without_leading_zeros(certificate.serial());
            match (same_name, like_serial) {
                (true, true) => Fit::NameWrittenOtherwise,
                (true, false) | (false, true) => Fit::Partly,
                (false, false) => Fit::Not,
            }
        }
    }
}
