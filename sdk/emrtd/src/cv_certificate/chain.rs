//! The certificates of a terminal, and the way through them from the key that a chip names.
//!
//! Doc 9303-11, 7.1.4.3 (validation; link certificates) and Doc 9303-12, 7.2.2.

use super::{AccessRights, CvCertificate, KeyReference, Role, TerminalKey};
use crate::time::Date;
use alloc::vec::Vec;
use core::fmt;

/// Two links, a verifier and a terminal are usual; several states' chains may stand together.
const MAX_CERTIFICATES: usize = 64;
/// A chip that has slept for long needs some links; more than this it will not be asked to follow.
const MAX_PATH: usize = 16;

/// The certificates that a terminal can show, in any order: link certificates, those of document verifiers, its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TerminalCertificates(Vec<CvCertificate>);

/// Why a chain does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChainError {
    /// No way leads from the key to a terminal's certificate.
    NoPath,
    /// A certificate has no curve of its own and none to inherit, or its point is not on it.
    KeyUnusable {
        /// The certificate, by its holder.
        holder: KeyReference,
    },
    /// The authority's key did not sign a certificate.
    SignatureInvalid {
        /// The certificate, by its holder.
        holder: KeyReference,
    },
    /// A certificate other than a link is past its last day.
    Expired {
        /// The certificate, by its holder.
        holder: KeyReference,
    },
    /// A terminal issues, or a role stands where it may not.
    RoleMisplaced {
        /// The certificate, by its holder.
        holder: KeyReference,
    },
}

impl fmt::Display for ChainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPath => f.write_str("no chain leads to a terminal's certificate"),
            Self::KeyUnusable { holder } => write!(f, "the key of {holder} cannot be used"),
            Self::SignatureInvalid { holder } => {
                write!(
                    f,
                    "the certificate of {holder} is not signed by its authority"
                )
            }
            Self::Expired { holder } => write!(f, "the certificate of {holder} has expired"),
            Self::RoleMisplaced { holder } => {
                write!(
                    f,
                    "the role of {holder} does not fit its place in the chain"
                )
            }
        }
    }
}

impl core::error::Error for ChainError {}

impl TerminalCertificates {
    /// These certificates. More than 64 are left out.
    #[must_use]
    pub fn new(certificates: impl IntoIterator<Item = CvCertificate>) -> Self {
        Self(certificates.into_iter().take(MAX_CERTIFICATES).collect())
    }

    /// All of them.
    pub fn iter(&self) -> core::slice::Iter<'_, CvCertificate> {
        self.0.iter()
    }

    /// The shortest way from the key named `from` (which the chip trusts) to the certificate of a terminal; the first of
    /// the certificates on it is signed by that key. `None` where there is none.
    ///
    /// Roles must descend: links of the CVCA, a verifier, a terminal. Signatures are the chip's business, and
    /// [`verify`](Self::verify)'s.
    #[must_use]
    pub fn path_from(&self, from: &KeyReference) -> Option<Vec<&CvCertificate>> {
        // Breadth first: each entry is a certificate and the one before it.
        let mut reached: Vec<(usize, Option<usize>)> = Vec::new();
        let mut next = 0usize;
        self.extend_from(from, Role::Cvca, None, &mut reached);
        while let Some((at, _)) = reached.get(next).copied() {
            let certificate = self.0.get(at)?;
            let role = certificate.authorization().role;
            if role == Role::Terminal {
                return self.way_back(&reached, next);
            }
            self.extend_from(certificate.holder(), role, Some(next), &mut reached);
            next = next.saturating_add(1);
        }
        None
    }

    fn extend_from(
        &self,
        authority: &KeyReference,
        role: Role,
        before: Option<usize>,
        reached: &mut Vec<(usize, Option<usize>)>,
    ) {
        for (at, certificate) in self.0.iter().enumerate() {
            if certificate.authority() == authority
                && !certificate.is_self_signed()
                && may_issue(role, certificate.authorization().role)
                && !reached.iter().any(|(known, _)| *known == at)
            {
                reached.push((at, before));
            }
        }
    }

    fn way_back(
        &self,
        reached: &[(usize, Option<usize>)],
        last: usize,
    ) -> Option<Vec<&CvCertificate>> {
        let mut path = Vec::new();
        let mut at = Some(last);
        while let Some(place) = at {
            let (certificate, before) = reached.get(place)?;
            path.push(self.0.get(*certificate)?);
            if path.len() > MAX_PATH {
                return None;
            }
            at = *before;
        }
        path.reverse();
        Some(path)
    }

    /// Verifies the way from a root as a chip would on the day `today`, and tells the rights at its end: those that
    /// every certificate on it grants.
    ///
    /// # Errors
    /// [`ChainError`].
    pub fn verify(&self, root: &CvCertificate, today: Date) -> Result<AccessRights, ChainError> {
        let unusable = |c: &CvCertificate| ChainError::KeyUnusable {
            holder: c.holder().clone(),
        };
        let path = self.path_from(root.holder()).ok_or(ChainError::NoPath)?;
        if root.authorization().role != Role::Cvca {
            return Err(ChainError::RoleMisplaced {
                holder: root.holder().clone(),
            });
        }
        let mut key = root.key().with_curve(None).ok_or(unusable(root))?;
        let mut rights = root.authorization().rights;
        let mut terminal_type = root.authorization().terminal;
        for certificate in path {
            let holder = || certificate.holder().clone();
            if !certificate.is_signed_by(&key) {
                return Err(ChainError::SignatureInvalid { holder: holder() });
            }
            let authorization = certificate.authorization();
            if authorization.role != Role::Cvca && certificate.expires() < today {
                return Err(ChainError::Expired { holder: holder() });
            }
            if authorization.terminal != terminal_type {
                return Err(ChainError::RoleMisplaced { holder: holder() });
            }
            let inherited: Option<&TerminalKey> = Some(&key);
            key = certificate
                .key()
                .with_curve(inherited.and_then(TerminalKey::curve))
                .ok_or(unusable(certificate))?;
            // A link replaces the root, with the new root's rights.
            rights = if authorization.role == Role::Cvca {
                authorization.rights
            } else {
                rights.and(authorization.rights)
            };
            terminal_type = authorization.terminal;
        }
        Ok(rights)
    }
}

impl FromIterator<CvCertificate> for TerminalCertificates {
    fn from_iter<I: IntoIterator<Item = CvCertificate>>(certificates: I) -> Self {
        Self::new(certificates)
    }
}

/// A CVCA issues links and verifiers, a verifier issues terminals, and nobody anything else.
const fn may_issue(issuer: Role, role: Role) -> bool {
    match issuer {
        Role::Cvca => !matches!(role, Role::Terminal),
        Role::DomesticVerifier | Role::ForeignVerifier => matches!(role, Role::Terminal),
        Role::Terminal => false,
    }
}
