//! EF.SOD: the document security object, a state's signature over the digests of the data groups.
//!
//! Doc 9303-10, 4.6.2 (tag 77, `LDSSecurityObject` versions 0 and 1, signed as CMS).

use crate::asn1::{Asn1Error, INTEGER, OCTET_STRING, Problem, Reader, SEQUENCE, only};
use crate::cms::SignedData;
use crate::crypto::hash::HashAlgorithm;
use crate::crypto::signature::AlgorithmError;
use crate::file_id::DataGroup;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt;

/// Bytes of the largest EF.SOD that is looked at. Honest ones have 1 to 12 KB.
pub const MAX_SOD: usize = 256 * 1024;
/// APPLICATION 23, constructed.
const OUTER_TAG: u8 = 0x77;

/// The content types in use: the standard's, and what some states write instead (deviations rows 49 to 51).
const CONTENT_TYPES: [(&[u8], Option<&str>); 4] = [
    // 2.23.136.1.1.1, id-icao-ldsSecurityObject
    (&[0x67, 0x81, 0x08, 0x01, 0x01, 0x01], None),
    // 1.2.840.113549.1.7.1, id-data: China
    (
        &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01],
        Some("content_type_id_data"),
    ),
    // 1.3.27.1.1.1, the arc before ICAO's: Belgium, France
    (
        &[0x2B, 0x1B, 0x01, 0x01, 0x01],
        Some("content_type_old_icao_arc"),
    ),
    // 1.2.528.1.1006.1.20.1: Dutch test documents
    (
        &[0x2A, 0x84, 0x10, 0x01, 0x87, 0x6E, 0x01, 0x14, 0x01],
        Some("content_type_dutch_test"),
    ),
];

/// Why EF.SOD cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SodError {
    /// Broken at an offset in the file.
    Malformed(Asn1Error),
    /// Signed content of another type.
    ContentType,
    /// The digests are by an unknown hash function.
    DigestAlgorithm,
}

impl From<Asn1Error> for SodError {
    fn from(error: Asn1Error) -> Self {
        Self::Malformed(error)
    }
}

impl fmt::Display for SodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(error) => write!(f, "EF_SOD: {error}"),
            Self::ContentType => f.write_str("EF_SOD: unknown type of content"),
            Self::DigestAlgorithm => f.write_str("EF_SOD: unknown digest algorithm"),
        }
    }
}

impl core::error::Error for SodError {}

/// EF.SOD, read and not yet verified.
#[derive(Clone, Debug)]
pub struct SecurityObject<'a> {
    /// The signed object.
    pub signed: SignedData<'a>,
    /// Its content.
    pub lds: LdsSecurityObject,
    /// How the file departs from the standard.
    pub deviations: Vec<&'static str>,
}

/// What the state signed: digests of data groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LdsSecurityObject {
    /// 0 or 1.
    pub version: u32,
    /// The hash function of all the digests.
    pub algorithm: HashAlgorithm,
    /// The digests by data group.
    pub digests: BTreeMap<DataGroup, Vec<u8>>,
    /// LDS version and Unicode version, as in `0108` and `040000`: version 1 only.
    pub versions: Option<(Vec<u8>, Vec<u8>)>,
}

impl<'a> SecurityObject<'a> {
    /// Reads EF.SOD. Bytes behind the outer element are padding (deviations row 26).
    ///
    /// # Errors
    /// [`SodError`].
    pub fn from_file(bytes: &'a [u8]) -> Result<Self, SodError> {
        let mut deviations = Vec::new();
        let mut file = Reader::new(bytes);
        let outer = file.expect(OUTER_TAG)?;
        if outer.raw.len() > MAX_SOD {
            return Err(outer.error(Problem::TooMany).into());
        }
        if !file.is_empty() {
            deviations.push("trailing_bytes");
        }
        let mut inner = outer.children()?;
        let info = inner.expect(SEQUENCE)?;
        inner.finish()?;
        if info.is_indefinite() || outer.is_indefinite() {
            deviations.push("indefinite_length");
        }
        let signed = SignedData::from_content_info(&info)?;
        let (_, deviation) = CONTENT_TYPES
            .iter()
            .find(|(oid, _)| *oid == signed.content_type)
            .ok_or(SodError::ContentType)?;
        deviations.extend(deviation);
        let lds = LdsSecurityObject::from_der(&signed.content)?;
        Ok(Self {
            signed,
            lds,
            deviations,
        })
    }
}

impl LdsSecurityObject {
    /// ```text
    /// LDSSecurityObject ::= SEQUENCE {
    ///   version INTEGER { v0(0), v1(1) },
    ///   hashAlgorithm AlgorithmIdentifier,
    ///   dataGroupHashValues SEQUENCE OF SEQUENCE { dataGroupNumber INTEGER, dataGroupHashValue OCTET STRING },
    ///   ldsVersionInfo SEQUENCE { ldsVersion PrintableString, unicodeVersion PrintableString } OPTIONAL }
    /// ```
    /// A data group with two digests, or a digest of another length, is refused: it would say two things.
    ///
    /// # Errors
    /// [`SodError`].
    pub fn from_der(der: &[u8]) -> Result<Self, SodError> {
        let mut reader = only(der, SEQUENCE)?.children()?;
        let version = reader.expect(INTEGER)?;
        let number = version.small()?;
        if number > 1 {
            return Err(version.error(Problem::Version).into());
        }
        let algorithm = HashAlgorithm::from_identifier(&reader.expect(SEQUENCE)?).map_err(
            |error| match error {
                AlgorithmError::Encoding(error) => SodError::Malformed(error),
                _ => SodError::DigestAlgorithm,
            },
        )?;
        let list = reader.expect(SEQUENCE)?;
        let mut digests = BTreeMap::new();
        let mut entries = list.children()?;
        while !entries.is_empty() {
            let entry = entries.expect(SEQUENCE)?;
            let mut fields = entry.children()?;
            let group = fields.expect(INTEGER)?.small()?;
            let digest = fields.expect(OCTET_STRING)?.value;
            fields.finish()?;
            let group = u8::try_from(group)
                .ok()
                .and_then(DataGroup::new)
                .filter(|_| digest.len() == algorithm.output_len())
                .ok_or(entry.error(Problem::Value))?;
            if digests.insert(group, digest.to_vec()).is_some() {
                return Err(entry.error(Problem::Value).into());
            }
        }
        if digests.is_empty() {
            return Err(list.error(Problem::Missing).into());
        }
        let versions = match reader.take_if(SEQUENCE)? {
            Some(info) => {
                let mut fields = info.children()?;
                let lds = fields.read()?.value.to_vec();
                let unicode = fields.read()?.value.to_vec();
                fields.finish()?;
                Some((lds, unicode))
            }
            None => None,
        };
        reader.finish()?;
        Ok(Self {
            version: number,
            algorithm,
            digests,
            versions,
        })
    }
}
