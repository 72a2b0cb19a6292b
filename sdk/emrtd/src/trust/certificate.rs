//! X.509 certificates as states issue them: CSCA, document signer, master list signer.
//!
//! RFC 5280, 4; Doc 9303-12, 7.1. Read with our own reader over raw bytes, because what was signed must be hashed as it
//! stands and a strict parser refuses real certificates (negative and zero serial numbers, GeneralizedTime before 2050,
//! lower-case countries, explicit curve parameters: deviations rows 63, 70 to 86).
//!
//! A certificate that was read is a claim. What makes it believed: [`super::TrustStore`].

use super::TEST_CSCA_MARKER;
use super::name::Name;
use super::states::canonical;
use crate::asn1::{
    Asn1Error, BIT_STRING, BOOLEAN, Element, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, Problem,
    Reader, SEQUENCE, SET, context, context_primitive, only,
};
use crate::crypto::hash::HashAlgorithm;
use crate::crypto::signature::{AlgorithmError, PublicKey, SignatureAlgorithm};
use crate::time::UnixTime;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// Bytes of the largest certificate that is looked at. The largest of a national list of 411 has 2.5 KB.
pub const MAX_CERTIFICATE: usize = 32 * 1024;
const MAX_EXTENSIONS: usize = 64;
const MAX_LIST: usize = 64;

/// 2.5.29.x
const SUBJECT_KEY_IDENTIFIER: &[u8] = &[0x55, 0x1D, 14];
const KEY_USAGE: &[u8] = &[0x55, 0x1D, 15];
const PRIVATE_KEY_USAGE_PERIOD: &[u8] = &[0x55, 0x1D, 16];
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1D, 19];
const AUTHORITY_KEY_IDENTIFIER: &[u8] = &[0x55, 0x1D, 35];
const EXTENDED_KEY_USAGE: &[u8] = &[0x55, 0x1D, 37];
/// 2.23.136.1.1.6.2, and the 2.23.136.1.1.4 that France uses (deviations row 67).
const DOCUMENT_TYPE_LIST: &[u8] = &[0x67, 0x81, 0x08, 0x01, 0x01, 0x06, 0x02];
const DOCUMENT_TYPE_LIST_FRANCE: &[u8] = &[0x67, 0x81, 0x08, 0x01, 0x01, 0x04];

/// From when to when something holds, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// The first moment.
    pub not_before: UnixTime,
    /// The last moment.
    pub not_after: UnixTime,
}

impl Validity {
    /// Whether `time` lies within.
    #[must_use]
    pub fn contains(&self, time: UnixTime) -> bool {
        self.not_before <= time && time <= self.not_after
    }
}

/// From when to when a key signs; either end may be open.
pub type UsagePeriod = (Option<UnixTime>, Option<UnixTime>);

/// `BasicConstraints`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasicConstraints {
    /// Whether the subject may issue certificates.
    pub ca: bool,
    /// How many issuers may follow below.
    pub path_len: Option<u32>,
}

/// The bits of `KeyUsage` that matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUsage {
    /// Bit 0: signs data.
    pub digital_signature: bool,
    /// Bit 5: signs certificates.
    pub key_cert_sign: bool,
    /// Bit 6: signs revocation lists.
    pub crl_sign: bool,
}

/// A certificate, read and not yet believed.
#[derive(Clone)]
pub struct Certificate {
    raw: Vec<u8>,
    tbs: core::ops::Range<usize>,
    signature: Vec<u8>,
    /// What the signed part names as algorithm, where the outer part names the same.
    algorithm: Result<SignatureAlgorithm, AlgorithmError>,
    serial: Vec<u8>,
    issuer: Name,
    subject: Name,
    validity: Validity,
    public_key: Result<PublicKey, AlgorithmError>,
    spki: core::ops::Range<usize>,
    extensions: Extensions,
    state: Option<String>,
    issuer_state: Option<String>,
}

#[derive(Clone, Default)]
struct Extensions {
    subject_key_identifier: Option<Vec<u8>>,
    authority_key_identifier: Option<Vec<u8>>,
    key_usage: Option<KeyUsage>,
    /// `Some` with an empty list means: present and naming nothing.
    extended_key_usage: Option<Vec<Vec<u8>>>,
    basic_constraints: Option<BasicConstraints>,
    private_key_usage: Option<UsagePeriod>,
    document_types: Vec<String>,
    is_test: bool,
}

impl Certificate {
    /// Reads one certificate in DER (or in BER, where a signed object wraps it so).
    ///
    /// A key or an algorithm that is not known is no error here: the certificate is listed, and signs nothing.
    ///
    /// # Errors
    /// [`Asn1Error`].
    pub fn from_der(der: &[u8]) -> Result<Self, Asn1Error> {
        if der.len() > MAX_CERTIFICATE {
            return Err(Asn1Error::new(MAX_CERTIFICATE, Problem::TooMany));
        }
        let mut outer = only(der, SEQUENCE)?.children()?;
        let tbs = outer.expect(SEQUENCE)?;
        let outer_algorithm = outer.expect(SEQUENCE)?;
        let signature = outer.expect(BIT_STRING)?.bit_string()?.to_vec();
        outer.finish()?;

        let mut reader = tbs.children()?;
        reader.take_if(context(0))?; // The version says nothing that the presence of extensions does not.
        let serial = reader.expect(INTEGER)?.value.to_vec();
        let inner_algorithm = reader.expect(SEQUENCE)?;
        let issuer = Name::from_element(&reader.expect(SEQUENCE)?)?;
        let mut times = reader.expect(SEQUENCE)?.children()?;
        let validity = Validity {
            not_before: times.read()?.time()?,
            not_after: times.read()?.time()?,
        };
        times.finish()?;
        let subject = Name::from_element(&reader.expect(SEQUENCE)?)?;
        let spki = reader.expect(SEQUENCE)?;
        for unique_id in [1, 2] {
            reader.take_if(context_primitive(unique_id))?;
        }
        let extensions = match reader.take_if(context(3))? {
            Some(wrapper) => Extensions::read(&wrapper)?,
            None => Extensions::default(),
        };
        reader.finish()?;

        // RFC 5280, 4.1.1.2: both must be the same. Only the inner one is signed.
        let algorithm = SignatureAlgorithm::from_identifier(&inner_algorithm, None);
        let algorithm = if SignatureAlgorithm::from_identifier(&outer_algorithm, None) == algorithm
        {
            algorithm
        } else {
            Err(AlgorithmError::UnknownAlgorithm)
        };
        let state = |name: &Name| name.country().map(|c| canonical(&c));
        Ok(Self {
            issuer_state: state(&issuer).or_else(|| state(&subject)),
            state: state(&subject).or_else(|| state(&issuer)),
            tbs: range(&tbs),
            signature,
            algorithm,
            serial,
            issuer,
            subject,
            validity,
            public_key: PublicKey::from_spki_element(&spki),
            spki: range(&spki),
            extensions,
            raw: der.to_vec(),
        })
    }

    /// Whether `issuer_key` made the signature over the raw signed part.
    #[must_use]
    pub fn is_signed_by(&self, issuer: &Self) -> bool {
        let (Ok(key), Ok(algorithm)) = (&issuer.public_key, self.algorithm) else {
            return false;
        };
        let signed = self.raw.get(self.tbs.clone()).unwrap_or_default();
        key.verify(algorithm, signed, &self.signature).holds()
    }

    /// The whole certificate as it was given.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.raw
    }

    /// SHA-256 over the whole certificate.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        let mut fingerprint = [0; 32];
        for (to, from) in fingerprint
            .iter_mut()
            .zip(HashAlgorithm::Sha256.digest(&self.raw))
        {
            *to = from;
        }
        fingerprint
    }

    /// The serial number's bytes as they stand in the file, not as a number (deviations row 74).
    #[must_use]
    pub fn serial(&self) -> &[u8] {
        &self.serial
    }

    /// The serial number in hexadecimal.
    #[must_use]
    pub fn serial_hex(&self) -> String {
        use fmt::Write;
        self.serial.iter().fold(String::new(), |mut text, byte| {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Who signed it, by its own word.
    #[must_use]
    pub const fn issuer(&self) -> &Name {
        &self.issuer
    }

    /// Whom it speaks of.
    #[must_use]
    pub const fn subject(&self) -> &Name {
        &self.subject
    }

    /// From when to when it holds.
    #[must_use]
    pub const fn validity(&self) -> Validity {
        self.validity
    }

    /// The subject's key.
    ///
    /// # Errors
    /// [`AlgorithmError`] where it is of a kind that cannot be used.
    pub fn public_key(&self) -> Result<&PublicKey, AlgorithmError> {
        self.public_key.as_ref().map_err(|e| *e)
    }

    /// `SubjectPublicKeyInfo` as it stands in the file.
    #[must_use]
    pub fn spki(&self) -> &[u8] {
        self.raw.get(self.spki.clone()).unwrap_or_default()
    }

    /// The algorithm of the issuer's signature.
    ///
    /// # Errors
    /// [`AlgorithmError`] where it is unknown, or where the signed and the outer part differ.
    pub const fn algorithm(&self) -> Result<SignatureAlgorithm, AlgorithmError> {
        self.algorithm
    }

    /// Country of the subject, else of the issuer, in upper case.
    #[must_use]
    pub fn country(&self) -> Option<String> {
        self.subject.country().or_else(|| self.issuer.country())
    }

    /// The state of [`country`](Self::country), as [`canonical`] writes it.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// The state of the issuer's country, else of the subject's, as [`canonical`] writes it.
    #[must_use]
    pub fn issuer_state(&self) -> Option<&str> {
        self.issuer_state.as_deref()
    }

    /// `SubjectKeyIdentifier`.
    #[must_use]
    pub fn subject_key_identifier(&self) -> Option<&[u8]> {
        self.extensions.subject_key_identifier.as_deref()
    }

    /// `AuthorityKeyIdentifier.keyIdentifier`.
    #[must_use]
    pub fn authority_key_identifier(&self) -> Option<&[u8]> {
        self.extensions.authority_key_identifier.as_deref()
    }

    /// `KeyUsage`.
    #[must_use]
    pub const fn key_usage(&self) -> Option<KeyUsage> {
        self.extensions.key_usage
    }

    /// `ExtendedKeyUsage`, as the bytes of the object identifiers.
    #[must_use]
    pub fn extended_key_usage(&self) -> Option<&[Vec<u8>]> {
        self.extensions.extended_key_usage.as_deref()
    }

    /// `BasicConstraints`.
    #[must_use]
    pub const fn basic_constraints(&self) -> Option<BasicConstraints> {
        self.extensions.basic_constraints
    }

    /// `PrivateKeyUsagePeriod`: from when to when the key signs.
    #[must_use]
    pub const fn private_key_usage(&self) -> Option<UsagePeriod> {
        self.extensions.private_key_usage
    }

    /// The document codes (`P`, `ID`) that the signer may sign, where it says so.
    #[must_use]
    pub fn document_types(&self) -> &[String] {
        &self.extensions.document_types
    }

    /// Whether it carries [`TEST_CSCA_MARKER`].
    #[must_use]
    pub const fn is_test(&self) -> bool {
        self.extensions.is_test
    }

    /// Whether it names itself as issuer. That does not say that it signed itself: link certificates do the same
    /// (deviations row 88).
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.issuer.matches(&self.subject)
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({}, {})", self.subject, self.serial_hex())
    }
}

impl Extensions {
    /// `[3] EXPLICIT SEQUENCE OF SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }`
    fn read(wrapper: &Element<'_>) -> Result<Self, Asn1Error> {
        let mut outer = wrapper.children()?;
        let list = outer.expect(SEQUENCE)?;
        outer.finish()?;
        let mut extensions = Self::default();
        let mut seen: Vec<&[u8]> = Vec::new();
        let mut reader = list.children()?;
        while !reader.is_empty() {
            let extension = reader.expect(SEQUENCE)?;
            let mut fields = extension.children()?;
            let id = fields.expect(OBJECT_IDENTIFIER)?.value;
            fields.take_if(BOOLEAN)?;
            let value = fields.expect(OCTET_STRING)?;
            fields.finish()?;
            if seen.len() >= MAX_EXTENSIONS {
                return Err(list.error(Problem::TooMany));
            }
            // Twice the same extension means two readings of one certificate (RFC 5280, 4.2).
            if seen.contains(&id) {
                return Err(extension.error(Problem::Value));
            }
            seen.push(id);
            extensions.take(id, Reader::at(value.value, value.value_offset()))?;
        }
        Ok(extensions)
    }

    fn take(&mut self, id: &[u8], mut value: Reader<'_>) -> Result<(), Asn1Error> {
        match id {
            // Hints to find a key and a date by: broken ones are as good as none. The extensions that say what a key may
            // do are no hints, and refuse the certificate where they cannot be read.
            SUBJECT_KEY_IDENTIFIER => {
                self.subject_key_identifier =
                    value.expect(OCTET_STRING).ok().map(|k| k.value.to_vec());
            }
            AUTHORITY_KEY_IDENTIFIER => {
                self.authority_key_identifier = first_key_identifier(&mut value).ok().flatten();
            }
            KEY_USAGE => {
                let bits = value.expect(BIT_STRING)?;
                let first = bits.value.get(1).copied().unwrap_or(0);
                self.key_usage = Some(KeyUsage {
                    digital_signature: first & 0x80 != 0,
                    key_cert_sign: first & 0x04 != 0,
                    crl_sign: first & 0x02 != 0,
                });
            }
            BASIC_CONSTRAINTS => {
                let mut fields = value.expect(SEQUENCE)?.children()?;
                let ca = fields
                    .take_if(BOOLEAN)?
                    .is_some_and(|b| b.value.iter().any(|v| *v != 0));
                let path_len = match fields.take_if(INTEGER)? {
                    Some(n) => Some(n.small()?),
                    None => None,
                };
                fields.finish()?;
                self.basic_constraints = Some(BasicConstraints { ca, path_len });
            }
            EXTENDED_KEY_USAGE => {
                let list = value.expect(SEQUENCE)?;
                let mut purposes = Vec::new();
                let mut fields = list.children()?;
                while !fields.is_empty() {
                    if purposes.len() >= MAX_LIST {
                        return Err(list.error(Problem::TooMany));
                    }
                    purposes.push(fields.expect(OBJECT_IDENTIFIER)?.value.to_vec());
                }
                self.extended_key_usage = Some(purposes);
            }
            PRIVATE_KEY_USAGE_PERIOD => self.private_key_usage = usage_period(&mut value).ok(),
            DOCUMENT_TYPE_LIST | DOCUMENT_TYPE_LIST_FRANCE => {
                self.document_types = document_types(&mut value).unwrap_or_default();
            }
            TEST_CSCA_MARKER => self.is_test = true,
            _ => {}
        }
        Ok(())
    }
}

/// `AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0] OPTIONAL, … }`
fn first_key_identifier(value: &mut Reader<'_>) -> Result<Option<Vec<u8>>, Asn1Error> {
    let mut fields = value.expect(SEQUENCE)?.children()?;
    let key = fields.take_if(context_primitive(0))?;
    Ok(key.map(|k| k.value.to_vec()))
}

/// `SEQUENCE { notBefore [0] GeneralizedTime OPTIONAL, notAfter [1] GeneralizedTime OPTIONAL }`
fn usage_period(value: &mut Reader<'_>) -> Result<UsagePeriod, Asn1Error> {
    let mut fields = value.expect(SEQUENCE)?.children()?;
    let mut bound = |n| {
        fields
            .take_if(context_primitive(n))
            .map(|t| t.and_then(|t| t.implicit_generalized_time()))
    };
    Ok((bound(0)?, bound(1)?))
}

/// `SEQUENCE { version INTEGER, SET OF PrintableString }`; Moldova gives each type a SET of its own (deviations row 66).
fn document_types(value: &mut Reader<'_>) -> Result<Vec<String>, Asn1Error> {
    let list = value.expect(SEQUENCE)?;
    let mut fields = list.children()?;
    fields.take_if(INTEGER)?;
    let mut types = Vec::new();
    while let Some(set) = fields.take_if(SET)? {
        let mut codes = set.children()?;
        while !codes.is_empty() {
            if types.len() >= MAX_LIST {
                return Err(list.error(Problem::TooMany));
            }
            let code = codes.read()?.value;
            types.push(code.iter().map(|b| char::from(*b)).collect());
        }
    }
    Ok(types)
}

fn range(element: &Element<'_>) -> core::ops::Range<usize> {
    element.offset..element.offset.saturating_add(element.raw.len())
}
