//! Certificate revocation lists of CSCAs.
//!
//! RFC 5280, 5; Doc 9303-12, 7.1.4.

use super::certificate::Certificate;
use super::name::Name;
use crate::asn1::{
    Asn1Error, BIT_STRING, BOOLEAN, Element, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER,
    OCTET_STRING, Problem, SEQUENCE, UTC_TIME, context, only, without_leading_zeros,
};
use crate::crypto::signature::{AlgorithmError, SignatureAlgorithm};
use crate::time::UnixTime;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// Bytes of the largest revocation list that is looked at.
pub const MAX_CRL: usize = 8 * 1024 * 1024;
const MAX_ENTRIES: usize = 200_000;
const MAX_EXTENSIONS: usize = 64;
/// 2.5.29.20 and .35: the only extensions that a complete list of a CSCA has.
const CRL_NUMBER: &[u8] = &[0x55, 0x1D, 20];
const AUTHORITY_KEY_IDENTIFIER: &[u8] = &[0x55, 0x1D, 35];
const REASON_CODE: &[u8] = &[0x55, 0x1D, 21];

/// A revocation, as the list tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// From when on.
    pub since: UnixTime,
    /// `CRLReason`, where given.
    pub reason: Option<u8>,
}

impl Revocation {
    /// Whether the key may still be trusted for what it signed before: only where the list says that the revocation has
    /// nothing to do with the key's safety (affiliation changed, superseded, cessation of operation). Whoever has a
    /// stolen key writes whatever signing time he likes.
    #[must_use]
    pub fn spares(&self, signed_at: Option<UnixTime>) -> bool {
        matches!(self.reason, Some(3..=5)) && signed_at.is_some_and(|at| at < self.since)
    }
}

/// A revocation list that was read and not yet believed.
#[derive(Clone, Debug)]
pub struct RevocationList {
    signed: Vec<u8>,
    signature: Vec<u8>,
    algorithm: Result<SignatureAlgorithm, AlgorithmError>,
    issuer: Name,
    this_update: UnixTime,
    next_update: Option<UnixTime>,
    entries: BTreeMap<Vec<u8>, Revocation>,
}

impl RevocationList {
    /// Reads `CertificateList`.
    ///
    /// # Errors
    /// [`Asn1Error`]; also for a list with a critical extension that says that it is not complete.
    pub fn from_der(der: &[u8]) -> Result<Self, Asn1Error> {
        if der.len() > MAX_CRL {
            return Err(Asn1Error::new(MAX_CRL, Problem::TooMany));
        }
        let mut outer = only(der, SEQUENCE)?.children()?;
        let tbs = outer.expect(SEQUENCE)?;
        let outer_algorithm = SignatureAlgorithm::from_identifier(&outer.expect(SEQUENCE)?, None);
        let signature = outer.expect(BIT_STRING)?.bit_string()?.to_vec();
        outer.finish()?;
        let mut reader = tbs.children()?;
        reader.take_if(INTEGER)?;
        let algorithm = SignatureAlgorithm::from_identifier(&reader.expect(SEQUENCE)?, None);
        let issuer = Name::from_element(&reader.expect(SEQUENCE)?)?;
        let this_update = reader.read()?.time()?;
        let next_update = match reader.peek() {
            Some(UTC_TIME | GENERALIZED_TIME) => Some(reader.read()?.time()?),
            _ => None,
        };
        let entries = match reader.take_if(SEQUENCE)? {
            Some(list) => entries(&list)?,
            None => BTreeMap::new(),
        };
        if let Some(wrapper) = reader.take_if(context(0))? {
            let list = wrapper.children()?.expect(SEQUENCE)?;
            for_each_extension(&list, |id, critical, _| {
                // Delta lists and lists of one distribution point would make absence look like innocence.
                let known = id == CRL_NUMBER || id == AUTHORITY_KEY_IDENTIFIER;
                if critical && !known {
                    return Err(list.error(Problem::Version));
                }
                Ok(())
            })?;
        }
        reader.finish()?;
        Ok(Self {
            signed: tbs.raw.to_vec(),
            signature,
            algorithm: if algorithm == outer_algorithm {
                algorithm
            } else {
                Err(AlgorithmError::UnknownAlgorithm)
            },
            issuer,
            this_update,
            next_update,
            entries,
        })
    }

    /// Whether `issuer`, whose name it bears, signed it.
    #[must_use]
    pub fn is_signed_by(&self, issuer: &Certificate) -> bool {
        let (Ok(key), Ok(algorithm)) = (issuer.public_key(), self.algorithm) else {
            return false;
        };
        let may = issuer
            .key_usage()
            .is_none_or(|u| u.crl_sign || u.key_cert_sign);
        may && self.issuer.matches(issuer.subject())
            && key.verify(algorithm, &self.signed, &self.signature).holds()
    }

    /// Whose certificates it revokes.
    #[must_use]
    pub const fn issuer(&self) -> &Name {
        &self.issuer
    }

    /// When it was issued.
    #[must_use]
    pub const fn this_update(&self) -> UnixTime {
        self.this_update
    }

    /// When the next one is due.
    #[must_use]
    pub const fn next_update(&self) -> Option<UnixTime> {
        self.next_update
    }

    /// How many certificates it revokes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it revokes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The revocation of the certificate with this serial number.
    #[must_use]
    pub fn revocation(&self, serial: &[u8]) -> Option<Revocation> {
        self.entries.get(without_leading_zeros(serial)).copied()
    }
}

/// `SEQUENCE OF SEQUENCE { userCertificate INTEGER, revocationDate Time, crlEntryExtensions OPTIONAL }`
fn entries(list: &Element<'_>) -> Result<BTreeMap<Vec<u8>, Revocation>, Asn1Error> {
    let mut entries = BTreeMap::new();
    let mut reader = list.children()?;
    while !reader.is_empty() {
        if entries.len() >= MAX_ENTRIES {
            return Err(list.error(Problem::TooMany));
        }
        let mut fields = reader.expect(SEQUENCE)?.children()?;
        let serial = without_leading_zeros(fields.expect(INTEGER)?.value).to_vec();
        let since = fields.read()?.time()?;
        let mut reason = None;
        if let Some(extensions) = fields.take_if(SEQUENCE)? {
            for_each_extension(&extensions, |id, _, value| {
                if id == REASON_CODE {
                    const ENUMERATED: u8 = 0x0A;
                    reason = only(value, ENUMERATED)?.value.last().copied();
                }
                Ok(())
            })?;
        }
        fields.finish()?;
        entries.insert(serial, Revocation { since, reason });
    }
    Ok(entries)
}

fn for_each_extension(
    list: &Element<'_>,
    mut each: impl FnMut(&[u8], bool, &[u8]) -> Result<(), Asn1Error>,
) -> Result<(), Asn1Error> {
    let mut reader = list.children()?;
    let mut count = 0usize;
    while !reader.is_empty() {
        count = count.saturating_add(1);
        if count > MAX_EXTENSIONS {
            return Err(list.error(Problem::TooMany));
        }
        let mut fields = reader.expect(SEQUENCE)?.children()?;
        let id = fields.expect(OBJECT_IDENTIFIER)?.value;
        let critical = fields
            .take_if(BOOLEAN)?
            .is_some_and(|b| b.value.iter().any(|v| *v != 0));
        let value = fields.expect(OCTET_STRING)?.value;
        fields.finish()?;
        each(id, critical, value)?;
    }
    Ok(())
}
