//! CMS SignedData: around a security object, around a master list.
//!
//! Doc 9303-10, 4.6.2.1 (SignedData of EF.SOD); Doc 9303-12, 9; RFC 5652, 5.

use super::key::SigningKey;
use crate::der;
use crate::error::VirtualCardError;
use chipid_emrtd::time::UnixTime;
use const_oid::ObjectIdentifier;
use rand_core::CryptoRng;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");

/// Who signs: the key, and what names its certificate.
pub(crate) struct SignerIdentity<'a> {
    pub(crate) key: &'a SigningKey,
    pub(crate) issuer: &'a [u8],
    pub(crate) serial: &'a [u8],
}

/// A ContentInfo with SignedData over `content`, in DER; `certificates` in DER.
pub(crate) fn sign<R: CryptoRng + ?Sized>(
    content_type: ObjectIdentifier,
    content: &[u8],
    certificates: &[&[u8]],
    signer: &SignerIdentity<'_>,
    signing_time: Option<UnixTime>,
    rng: &mut R,
) -> Result<Vec<u8>, VirtualCardError> {
    let hash = signer.key.hash();
    let digest_algorithm = der::sequence(&[&der::oid(hash.oid().as_bytes())]);
    let attribute = |id: ObjectIdentifier, value: Vec<u8>| {
        der::sequence(&[&der::oid(id.as_bytes()), &der::set_of(vec![value])])
    };
    let mut attributes = vec![
        attribute(CONTENT_TYPE, der::oid(content_type.as_bytes())),
        attribute(MESSAGE_DIGEST, der::octets(&hash.digest(content))),
    ];
    attributes.extend(signing_time.map(|time| attribute(SIGNING_TIME, der::time(time))));
    let attributes = der::set_of(attributes);
    let signature = signer.key.sign(&attributes, rng)?;
    // In place the SET's tag gives way to [0] (RFC 5652, 5.4).
    let mut in_place = attributes;
    if let Some(tag) = in_place.first_mut() {
        *tag = 0xA0;
    }
    let signer_info = der::sequence(&[
        &der::integer(1),
        &der::sequence(&[signer.issuer, &der::unsigned(signer.serial)]),
        &digest_algorithm,
        &in_place,
        &signer.key.signature_algorithm(),
        &der::octets(&signature),
    ]);
    let mut certificates: Vec<&[u8]> = certificates.to_vec();
    certificates.sort_unstable();
    let signed_data = der::sequence(&[
        &der::integer(3),
        &der::set_of(vec![digest_algorithm]),
        &der::sequence(&[
            &der::oid(content_type.as_bytes()),
            &der::context(0, &der::octets(content)),
        ]),
        &der::context(0, &certificates.concat()),
        &der::set_of(vec![signer_info]),
    ]);
    Ok(der::sequence(&[
        &der::oid(SIGNED_DATA.as_bytes()),
        &der::context(0, &signed_data),
    ]))
}
