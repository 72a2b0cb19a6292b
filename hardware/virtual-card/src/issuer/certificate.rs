//! X.509 certificates and revocation lists of test issuers.
//!
//! Doc 9303-12, 7 (certificate profiles), 8 (revocation lists); RFC 5280.

use super::key::SigningKey;
use crate::der;
use crate::error::VirtualCardError;
use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::time::{Date, UnixTime};
use chipid_emrtd::trust::TEST_CSCA_MARKER;
use const_oid::ObjectIdentifier;
use rand_core::CryptoRng;

const fn extension(id: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(id)
}

const SUBJECT_KEY_ID: ObjectIdentifier = extension("2.5.29.14");
const KEY_USAGE: ObjectIdentifier = extension("2.5.29.15");
const PRIVATE_KEY_USAGE_PERIOD: ObjectIdentifier = extension("2.5.29.16");
const SUBJECT_ALT_NAME: ObjectIdentifier = extension("2.5.29.17");
const ISSUER_ALT_NAME: ObjectIdentifier = extension("2.5.29.18");
const BASIC_CONSTRAINTS: ObjectIdentifier = extension("2.5.29.19");
const CRL_NUMBER: ObjectIdentifier = extension("2.5.29.20");
const AUTHORITY_KEY_ID: ObjectIdentifier = extension("2.5.29.35");
const EXTENDED_KEY_USAGE: ObjectIdentifier = extension("2.5.29.37");
/// id-icao-mrtd-security-extensions-documentTypeList
const DOCUMENT_TYPES: ObjectIdentifier = extension("2.23.136.1.1.6.2");
/// id-icao-cscaMasterListSigningKey
const MASTER_LIST_SIGNING: ObjectIdentifier = extension("2.23.136.1.1.3");
const COUNTRY: ObjectIdentifier = extension("2.5.4.6");
const ORGANIZATION: ObjectIdentifier = extension("2.5.4.10");
const COMMON_NAME: ObjectIdentifier = extension("2.5.4.3");
const LOCALITY: ObjectIdentifier = extension("2.5.4.7");

/// From the first day's midnight to the last day's last second, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Period {
    const fn ends(self) -> (UnixTime, UnixTime) {
        (
            self.from.midnight_utc(),
            UnixTime(self.to.midnight_utc().0 + 86_399),
        )
    }
}

/// What a certificate is for.
#[derive(Clone, Debug)]
pub(crate) enum Role {
    /// A CSCA, or a link to its successor.
    Authority,
    /// A document signer, for documents with these codes in the MRZ.
    DocumentSigner {
        document_types: Vec<String>,
    },
    MasterListSigner,
}

/// A certificate to be.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) serial: &'a [u8],
    pub(crate) issuer: &'a [u8],
    pub(crate) subject: &'a [u8],
    pub(crate) country: &'a str,
    pub(crate) validity: Period,
    pub(crate) key_usage: Period,
    pub(crate) role: Role,
    pub(crate) marker: bool,
}

impl Draft<'_> {
    /// The certificate of `key`, signed by `issuer_key`, in DER.
    pub(crate) fn sign<R: CryptoRng + ?Sized>(
        &self,
        key: &SigningKey,
        issuer_key: &SigningKey,
        rng: &mut R,
    ) -> Result<Vec<u8>, VirtualCardError> {
        let algorithm = issuer_key.signature_algorithm();
        let (from, to) = self.validity.ends();
        let tbs = der::sequence(&[
            &der::context(0, &der::integer(2)),
            &der::unsigned(self.serial),
            &algorithm,
            self.issuer,
            &der::sequence(&[&der::time(from), &der::time(to)]),
            self.subject,
            &key.public_key_info()?,
            &der::context(3, &self.extensions(key, issuer_key)?),
        ]);
        signed(&tbs, &algorithm, issuer_key, rng)
    }

    fn extensions(
        &self,
        key: &SigningKey,
        issuer_key: &SigningKey,
    ) -> Result<Vec<u8>, VirtualCardError> {
        let (from, to) = self.key_usage.ends();
        let mut list = vec![
            plain(AUTHORITY_KEY_ID, &authority_key_id(issuer_key)?),
            plain(SUBJECT_KEY_ID, &der::octets(&key_id(key)?)),
            plain(
                PRIVATE_KEY_USAGE_PERIOD,
                &der::sequence(&[
                    &der::context_primitive(0, der::generalized(from).as_bytes()),
                    &der::context_primitive(1, der::generalized(to).as_bytes()),
                ]),
            ),
            plain(SUBJECT_ALT_NAME, &alternative_name(self.country)),
            plain(ISSUER_ALT_NAME, &alternative_name(self.country)),
        ];
        match &self.role {
            Role::Authority => {
                // keyCertSign and cRLSign: bits 5 and 6.
                list.push(critical(KEY_USAGE, &[0x03, 0x02, 0x01, 0x06]));
                list.push(critical(
                    BASIC_CONSTRAINTS,
                    &der::sequence(&[&der::yes(), &der::integer(0)]),
                ));
            }
            Role::DocumentSigner { document_types } => {
                list.push(critical(KEY_USAGE, &DIGITAL_SIGNATURE));
                let types = document_types.iter().map(|t| der::printable(t)).collect();
                list.push(plain(
                    DOCUMENT_TYPES,
                    &der::sequence(&[&der::integer(0), &der::set_of(types)]),
                ));
            }
            Role::MasterListSigner => {
                list.push(critical(KEY_USAGE, &DIGITAL_SIGNATURE));
                list.push(critical(
                    EXTENDED_KEY_USAGE,
                    &der::sequence(&[&der::oid(MASTER_LIST_SIGNING.as_bytes())]),
                ));
            }
        }
        if self.marker {
            list.push(der::sequence(&[
                &der::oid(TEST_CSCA_MARKER),
                &der::octets(&der::null()),
            ]));
        }
        Ok(der::sequence(&[&list.concat()]))
    }
}

const DIGITAL_SIGNATURE: [u8; 4] = [0x03, 0x02, 0x07, 0x80];

fn plain(id: ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    der::sequence(&[&der::oid(id.as_bytes()), &der::octets(value)])
}

fn critical(id: ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    der::sequence(&[&der::oid(id.as_bytes()), &der::yes(), &der::octets(value)])
}

/// The SHA-1 of the public key (RFC 5280, 4.2.1.2, method 1).
pub(crate) fn key_id(key: &SigningKey) -> Result<Vec<u8>, VirtualCardError> {
    Ok(HashAlgorithm::Sha1.digest(&key.public_key_bytes()?))
}

fn authority_key_id(key: &SigningKey) -> Result<Vec<u8>, VirtualCardError> {
    Ok(der::sequence(&[&der::context_primitive(0, &key_id(key)?)]))
}

/// A directory name whose locality is the state as the MRZ writes it (Doc 9303-12, 7.1.2).
fn alternative_name(country: &str) -> Vec<u8> {
    let state = match country {
        "VN" => "VNM",
        "UT" => "UTO",
        other => other,
    };
    let name = relative_names(&[attribute(LOCALITY, der::printable(state))]);
    der::sequence(&[&der::context(4, &name)])
}

/// `C=…, O=…, CN=…`.
pub(crate) fn name(country: &str, organization: &str, common_name: &str) -> Vec<u8> {
    relative_names(&[
        attribute(COUNTRY, der::printable(country)),
        attribute(ORGANIZATION, der::utf8(organization)),
        attribute(COMMON_NAME, der::utf8(common_name)),
    ])
}

fn attribute(id: ObjectIdentifier, value: Vec<u8>) -> Vec<u8> {
    der::sequence(&[&der::oid(id.as_bytes()), &value])
}

fn relative_names(attributes: &[Vec<u8>]) -> Vec<u8> {
    let sets: Vec<Vec<u8>> = attributes
        .iter()
        .map(|a| der::set_of(vec![a.clone()]))
        .collect();
    der::sequence(&[&sets.concat()])
}

/// `SEQUENCE { tbs, algorithm, signature }`.
fn signed<R: CryptoRng + ?Sized>(
    tbs: &[u8],
    algorithm: &[u8],
    key: &SigningKey,
    rng: &mut R,
) -> Result<Vec<u8>, VirtualCardError> {
    let signature = key.sign(tbs, rng)?;
    Ok(der::sequence(&[tbs, algorithm, &der::bits(&signature)]))
}

/// A revocation list over `serials`, in DER.
pub(crate) fn revocation_list<R: CryptoRng + ?Sized>(
    issuer: &[u8],
    key: &SigningKey,
    serials: &[&[u8]],
    this_update: UnixTime,
    next_update: UnixTime,
    rng: &mut R,
) -> Result<Vec<u8>, VirtualCardError> {
    let algorithm = key.signature_algorithm();
    let entries: Vec<Vec<u8>> = serials
        .iter()
        .map(|serial| der::sequence(&[&der::unsigned(serial), &der::time(this_update)]))
        .collect();
    let extensions = der::sequence(&[
        &plain(AUTHORITY_KEY_ID, &authority_key_id(key)?),
        &plain(CRL_NUMBER, &der::integer(1)),
    ]);
    let mut parts = vec![
        der::integer(1),
        algorithm.clone(),
        issuer.to_vec(),
        der::time(this_update),
        der::time(next_update),
    ];
    if !entries.is_empty() {
        parts.push(der::sequence(&[&entries.concat()]));
    }
    parts.push(der::context(0, &extensions));
    signed(&der::sequence(&[&parts.concat()]), &algorithm, key, rng)
}
