//! Signed objects: what EF.SOD, EF.CardSecurity and master lists are wrapped in.
//!
//! RFC 5652 (CMS), 5; Doc 9303-10, 4.6.2.2; Doc 9303-12, 9. Both digests and signatures are over the bytes as they
//! stand in the file: the content's octets, and the signed attributes with the tag of a SET in front. Nothing is ever
//! encoded again, so that an issuer's unsorted SET (deviations row 65) verifies as it was signed.
//!
//! What the signature does not cover (certificates, the signer's identifier, unsigned attributes, revocation lists) only
//! helps to find the key. Nothing of it is believed.

use crate::asn1::{
    Asn1Error, Element, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, Problem, SEQUENCE, SET, context,
    context_primitive, only,
};
use crate::crypto::hash::HashAlgorithm;
use crate::crypto::signature::{AlgorithmError, Outcome, PublicKey, SignatureAlgorithm};
use crate::time::UnixTime;
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// 1.2.840.113549.1.7.2
const SIGNED_DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
/// 1.2.840.113549.1.9.3, .4 and .5
const CONTENT_TYPE: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x03];
const MESSAGE_DIGEST: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x04];
const SIGNING_TIME: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x05];

const MAX_CERTIFICATES: usize = 32;
const MAX_SIGNERS: usize = 8;
const MAX_ATTRIBUTES: usize = 32;

/// `SignedData`, borrowed from the file.
#[derive(Clone, Debug)]
pub struct SignedData<'a> {
    /// `eContentType`, the object identifier's bytes.
    pub content_type: &'a [u8],
    /// The octets of `eContent`: what is signed.
    pub content: Cow<'a, [u8]>,
    /// The certificates that came along, each as it stands in the file.
    pub certificates: Vec<&'a [u8]>,
    /// The signers, at least one.
    pub signers: Vec<SignerInfo<'a>>,
}

/// Who says to have signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignerIdentifier<'a> {
    /// By issuer and serial number.
    IssuerAndSerial {
        /// The issuer's `Name`.
        issuer: Element<'a>,
        /// The bytes of the serial number.
        serial: &'a [u8],
    },
    /// By subject key identifier.
    SubjectKeyIdentifier(&'a [u8]),
}

/// One signature over the content.
#[derive(Clone, Debug)]
pub struct SignerInfo<'a> {
    /// Who says to have signed. Not signed.
    pub identifier: SignerIdentifier<'a>,
    /// The hash of the `messageDigest` attribute.
    pub digest: Result<HashAlgorithm, AlgorithmError>,
    /// The algorithm of the signature.
    pub algorithm: Result<SignatureAlgorithm, AlgorithmError>,
    /// When, by the signed word of the signer.
    pub signing_time: Option<UnixTime>,
    attributes: Option<SignedAttributes<'a>>,
    signature: Cow<'a, [u8]>,
}

#[derive(Clone, Debug)]
struct SignedAttributes<'a> {
    /// With the tag of a SET, as it is signed.
    signed: Vec<u8>,
    content_type: Option<&'a [u8]>,
    message_digest: Option<Cow<'a, [u8]>>,
}

impl<'a> SignedData<'a> {
    /// Reads `ContentInfo ::= SEQUENCE { contentType, [0] EXPLICIT SignedData }`.
    ///
    /// # Errors
    /// [`Asn1Error`] where the bytes are no signed object with content and at least one signer.
    pub fn from_content_info(info: &Element<'a>) -> Result<Self, Asn1Error> {
        let mut reader = info.children()?;
        let kind = reader.expect(OBJECT_IDENTIFIER)?;
        if kind.value != SIGNED_DATA {
            return Err(kind.error(Problem::Version));
        }
        let mut wrapper = reader.expect(context(0))?.children()?;
        reader.finish()?;
        let signed_data = wrapper.expect(SEQUENCE)?;
        wrapper.finish()?;
        Self::read(&signed_data)
    }

    /// ```text
    /// SignedData ::= SEQUENCE {
    ///   version INTEGER, digestAlgorithms SET, encapContentInfo SEQUENCE { type, [0] EXPLICIT OCTET STRING },
    ///   certificates [0] IMPLICIT SET OPTIONAL, crls [1] IMPLICIT SET OPTIONAL, signerInfos SET }
    /// ```
    fn read(signed_data: &Element<'a>) -> Result<Self, Asn1Error> {
        let mut reader = signed_data.children()?;
        reader.expect(INTEGER)?;
        reader.expect(SET)?;
        let mut encapsulated = reader.expect(SEQUENCE)?.children()?;
        let content_type = encapsulated.expect(OBJECT_IDENTIFIER)?.value;
        let mut wrapper = encapsulated.expect(context(0))?.children()?;
        encapsulated.finish()?;
        let content = wrapper.read()?.octets()?;
        wrapper.finish()?;

        let mut certificates = Vec::new();
        if let Some(set) = reader.take_if(context(0))? {
            let mut choices = set.children()?;
            while !choices.is_empty() {
                if certificates.len() >= MAX_CERTIFICATES {
                    return Err(set.error(Problem::TooMany));
                }
                let choice = choices.read()?;
                // Attribute certificates stand here under tags of their own: not ours.
                if choice.tag == SEQUENCE {
                    certificates.push(choice.raw);
                }
            }
        }
        reader.take_if(context(1))?;
        let infos = reader.expect(SET)?;
        reader.finish()?;
        let mut signers = Vec::new();
        let mut each = infos.children()?;
        while !each.is_empty() {
            if signers.len() >= MAX_SIGNERS {
                return Err(infos.error(Problem::TooMany));
            }
            signers.push(SignerInfo::read(&each.expect(SEQUENCE)?)?);
        }
        if signers.is_empty() {
            return Err(infos.error(Problem::Missing));
        }
        Ok(Self {
            content_type,
            content,
            certificates,
            signers,
        })
    }

    /// Whether `signer` signed this very content as this very type, under `key`.
    ///
    /// The signed attributes are demanded (Doc 9303-10, table 37): without them the signature would be over the content
    /// itself, and signed attributes could be passed off as content.
    #[must_use]
    pub fn verify(&self, signer: &SignerInfo<'_>, key: &PublicKey) -> Outcome {
        let (Some(attributes), Ok(digest), Ok(algorithm)) =
            (&signer.attributes, signer.digest, signer.algorithm)
        else {
            return Outcome::Invalid;
        };
        let is_of_this_content = attributes.content_type == Some(self.content_type)
            && attributes
                .message_digest
                .as_ref()
                .is_some_and(|d| *d.as_ref() == digest.digest(&self.content));
        if !is_of_this_content {
            return Outcome::Invalid;
        }
        key.verify(algorithm, &attributes.signed, &signer.signature)
    }
}

impl<'a> SignerInfo<'a> {
    /// ```text
    /// SignerInfo ::= SEQUENCE {
    ///   version INTEGER, sid SignerIdentifier, digestAlgorithm AlgorithmIdentifier,
    ///   signedAttrs [0] IMPLICIT SET OPTIONAL, signatureAlgorithm AlgorithmIdentifier,
    ///   signature OCTET STRING, unsignedAttrs [1] IMPLICIT SET OPTIONAL }
    /// ```
    fn read(info: &Element<'a>) -> Result<Self, Asn1Error> {
        let mut reader = info.children()?;
        reader.expect(INTEGER)?;
        let sid = reader.read()?;
        let identifier = if sid.tag == context_primitive(0) {
            SignerIdentifier::SubjectKeyIdentifier(sid.value)
        } else if sid.tag == context(0) {
            // Written as EXPLICIT, against the standard.
            SignerIdentifier::SubjectKeyIdentifier(sid.children()?.expect(OCTET_STRING)?.value)
        } else if sid.tag == SEQUENCE {
            let mut fields = sid.children()?;
            let issuer = fields.expect(SEQUENCE)?;
            let serial = fields.expect(INTEGER)?.value;
            fields.finish()?;
            SignerIdentifier::IssuerAndSerial { issuer, serial }
        } else {
            return Err(sid.error(Problem::UnexpectedTag {
                found: sid.tag,
                expected: SEQUENCE,
            }));
        };
        let digest = HashAlgorithm::from_identifier(&reader.expect(SEQUENCE)?);
        let attributes = reader.take_if(context(0))?;
        let algorithm = SignatureAlgorithm::from_identifier(&reader.expect(SEQUENCE)?, digest.ok());
        let signature = reader.read()?.octets()?;
        reader.take_if(context(1))?;
        reader.finish()?;
        let (attributes, signing_time) = match attributes {
            Some(set) => {
                let (attributes, time) = SignedAttributes::read(&set)?;
                (Some(attributes), time)
            }
            None => (None, None),
        };
        Ok(Self {
            identifier,
            digest,
            algorithm,
            signing_time,
            attributes,
            signature,
        })
    }
}

impl<'a> SignedAttributes<'a> {
    /// `SET OF SEQUENCE { type OBJECT IDENTIFIER, values SET }`. The three that matter may stand once, with one value:
    /// more would let two readers see two contents.
    fn read(set: &Element<'a>) -> Result<(Self, Option<UnixTime>), Asn1Error> {
        let mut content_type = None;
        let mut message_digest = None;
        let mut signing_time = None;
        let mut count = 0usize;
        let mut reader = set.children()?;
        while !reader.is_empty() {
            count = count.saturating_add(1);
            if count > MAX_ATTRIBUTES {
                return Err(set.error(Problem::TooMany));
            }
            let attribute = reader.expect(SEQUENCE)?;
            let mut fields = attribute.children()?;
            let kind = fields.expect(OBJECT_IDENTIFIER)?.value;
            let values = fields.expect(SET)?;
            fields.finish()?;
            let single = || -> Result<Element<'a>, Asn1Error> {
                let mut values = values.children()?;
                let value = values.read()?;
                values.finish()?;
                Ok(value)
            };
            let twice = match kind {
                CONTENT_TYPE => {
                    let value = single()?;
                    let previous = content_type.replace(value.value);
                    previous.is_some() || value.tag != OBJECT_IDENTIFIER
                }
                MESSAGE_DIGEST => message_digest.replace(single()?.octets()?).is_some(),
                SIGNING_TIME => signing_time.replace(single()?.time()?).is_some(),
                _ => false,
            };
            if twice {
                return Err(attribute.error(Problem::Value));
            }
        }
        let signed = if set.is_indefinite() {
            crate::tlv::encode(u32::from(SET), set.value)
        } else {
            let mut signed = set.raw.to_vec();
            if let Some(tag) = signed.first_mut() {
                *tag = SET;
            }
            signed
        };
        Ok((
            Self {
                signed,
                content_type,
                message_digest,
            },
            signing_time,
        ))
    }
}

/// Whether `bytes` look like a `ContentInfo` with `SignedData`: cheap, to tell kinds of files apart.
#[must_use]
pub fn is_signed_data(bytes: &[u8]) -> bool {
    only(bytes, SEQUENCE)
        .and_then(|info| info.children())
        .and_then(|mut fields| fields.expect(OBJECT_IDENTIFIER))
        .is_ok_and(|kind| kind.value == SIGNED_DATA)
}
