//! CSCA master lists: one state's word on which CSCA certificates it holds genuine.
//!
//! Doc 9303-12, 9. The list anchors nothing by itself: see [`super::TrustStoreBuilder`].

use super::certificate::Certificate;
use super::document_signer::{Signer, find_signer};
use crate::asn1::{Asn1Error, INTEGER, Problem, Reader, SEQUENCE, SET, only};
use crate::cms::SignedData;
use crate::time::UnixTime;
use alloc::vec::Vec;

/// Bytes of the largest master list that is looked at. The largest known has about a megabyte.
pub const MAX_MASTER_LIST: usize = 16 * 1024 * 1024;
const MAX_CERTIFICATES: usize = 16 * 1024;
/// 2.23.136.1.1.2, id-icao-cscaMasterList
const CONTENT_TYPE: &[u8] = &[0x67, 0x81, 0x08, 0x01, 0x01, 0x02];
/// 2.23.136.1.1.3, id-icao-cscaMasterListSigningKey
const SIGNING_KEY: &[u8] = &[0x67, 0x81, 0x08, 0x01, 0x01, 0x03];

/// A master list that was read. Its own signature holds under the certificate that came with it, or `signer` is `None`;
/// whether that certificate is anybody's is for the trust store to find out.
#[derive(Clone, Debug)]
pub struct MasterList {
    /// The certificates of the list that could be read.
    pub certificates: Vec<Certificate>,
    /// Entries that could not be read (deviations row 89).
    pub skipped: usize,
    /// When it was signed, by the signer's word.
    pub signing_time: Option<UnixTime>,
    /// The certificate that the signature holds under.
    pub signer: Option<Certificate>,
}

impl MasterList {
    /// Reads `ContentInfo` with `CscaMasterList ::= SEQUENCE { version INTEGER, certList SET OF Certificate }`.
    ///
    /// # Errors
    /// [`Asn1Error`].
    pub fn from_der(bytes: &[u8]) -> Result<Self, Asn1Error> {
        if bytes.len() > MAX_MASTER_LIST {
            return Err(Asn1Error::new(MAX_MASTER_LIST, Problem::TooMany));
        }
        let signed = SignedData::from_content_info(&only(bytes, SEQUENCE)?)?;
        if signed.content_type != CONTENT_TYPE {
            return Err(Asn1Error::new(0, Problem::Version));
        }
        let mut list = only(&signed.content, SEQUENCE)?.children()?;
        let version = list.expect(INTEGER)?;
        if version.small()? != 0 {
            return Err(version.error(Problem::Version));
        }
        let (certificates, skipped) = entries(&mut list.expect(SET)?.children()?)?;
        list.finish()?;

        let wrapped: Vec<Certificate> = signed
            .certificates
            .iter()
            .filter_map(|der| Certificate::from_der(der).ok())
            .collect();
        let signer = find_signer(&signed, &wrapped);
        Ok(Self {
            certificates,
            skipped,
            signing_time: signer.as_ref().and_then(|s| s.info.signing_time),
            signer: signer.filter(may_sign_lists).map(|s| s.certificate),
        })
    }
}

fn entries(reader: &mut Reader<'_>) -> Result<(Vec<Certificate>, usize), Asn1Error> {
    let mut certificates = Vec::new();
    let mut skipped = 0usize;
    while !reader.is_empty() {
        let entry = reader.read()?;
        if certificates.len().saturating_add(skipped) >= MAX_CERTIFICATES {
            return Err(entry.error(Problem::TooMany));
        }
        match Certificate::from_der(entry.raw) {
            Ok(certificate) => certificates.push(certificate),
            Err(_) => skipped = skipped.saturating_add(1),
        }
    }
    Ok((certificates, skipped))
}

/// A master list signer is named by its purpose; Germany once signed with the CSCA itself (deviations row 91). Anything
/// else (a document signer above all) is nobody's list.
fn may_sign_lists(signer: &Signer<'_>) -> bool {
    match signer.certificate.extended_key_usage() {
        Some(purposes) => purposes.iter().any(|p| p == SIGNING_KEY),
        None => signer
            .certificate
            .key_usage()
            .is_some_and(|u| u.key_cert_sign),
    }
}
