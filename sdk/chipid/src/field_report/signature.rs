//! EF.SOD: how the state signs, and by what kind of certificate. No digest, no signature, no serial number.

use super::classes::{few, key_bits, plausible_year};
use super::value_free::facts;
use chipid_emrtd::asn1::{OBJECT_IDENTIFIER, Reader, SEQUENCE, SET};
use chipid_emrtd::crypto::signature::PublicKey;
use chipid_emrtd::lds::sod::SecurityObject;
use chipid_emrtd::time::{Date, UnixTime};
use chipid_emrtd::trust::certificate::Certificate;
use chipid_emrtd::trust::name::Name;
use chipid_emrtd::trust::states;
use chipid_emrtd::verification::Verification;
use chipid_vietnam::authorities::is_passport_authority;

facts! {
    /// EF.SOD.
    pub struct SodFacts {
        /// The version of its structure: 0 or 1; 2 for any other.
        pub version: u32,
        /// The LDS version that it signs, from version 1 on: `0107`, `0108`, or `other`.
        pub lds_version: Option<&'static str>,
        /// The digest of the data groups.
        pub digest: &'static str,
        /// The signature of the signer that counts.
        pub signature: Option<&'static str>,
        /// How many signers there are.
        pub signers: u32,
        /// How many certificates there are.
        pub certificates: u32,
        /// Whether the day of signing is signed.
        pub has_signing_time: bool,
        /// What was odd in its encoding.
        pub deviations: Vec<&'static str>,
        /// The certificate of the document signer.
        pub signer: Option<SignerFacts>,
    }

    /// The document signer, by its certificate. Its names are the state's: of them the country, which parts there are, and
    /// whether the issuer is one that is publicly known.
    pub struct SignerFacts {
        /// The key.
        pub key: Option<KeyFacts>,
        /// By what the issuer signed it.
        pub issuer_signature: Option<&'static str>,
        /// The country of the subject.
        pub country: Option<&'static str>,
        /// The country of the issuer.
        pub issuer_country: Option<&'static str>,
        /// The parts of the subject: `C`, `O`, `OU`, `CN`, …
        pub subject_parts: Vec<&'static str>,
        /// The parts of the issuer.
        pub issuer_parts: Vec<&'static str>,
        /// The issuer, where its name is publicly known: `vietnam_passports`, `vietnam_identity_cards`.
        pub issuer: Option<&'static str>,
        /// The year from which it holds: the day tells a batch.
        pub from_year: u16,
        /// The year to which it holds.
        pub to_year: u16,
        /// Whether it says which documents it may sign.
        pub lists_document_types: bool,
    }

    /// A public key's kind.
    pub struct KeyFacts {
        /// `rsa` or `ec`.
        pub kind: &'static str,
        /// Bits of the modulus, or of the curve.
        pub bits: u32,
        /// The curve.
        pub curve: Option<&'static str>,
        /// How the key names it.
        pub parameters: Option<&'static str>,
    }
}

impl SodFacts {
    /// Of the file; `None` where it cannot be decoded.
    pub(super) fn of(file: &[u8], verification: &Verification) -> Option<Self> {
        let object = SecurityObject::from_file(file).ok()?;
        let passive = &verification.passive_authentication;
        let signer = passive
            .document_signer()
            .and_then(|signer| Certificate::from_der(&signer.certificate.0).ok());
        let algorithm = passive.signature_algorithm();
        let first = object.signed.signers.first();
        Some(Self {
            version: object.lds.version.min(2),
            lds_version: object
                .lds
                .versions
                .as_ref()
                .map(|(lds, _)| lds_version(lds)),
            digest: object.lds.algorithm.name(),
            signature: algorithm
                .or_else(|| first.and_then(|signer| signer.algorithm.ok()))
                .map(|algorithm| algorithm.name()),
            signers: few(object.signed.signers.len()),
            certificates: few(object.signed.certificates.len()),
            has_signing_time: first.is_some_and(|signer| signer.signing_time.is_some()),
            deviations: object.deviations,
            signer: signer.as_ref().map(SignerFacts::of),
        })
    }
}

impl SignerFacts {
    fn of(certificate: &Certificate) -> Self {
        let year = |time: UnixTime| plausible_year(Date::of(time).year());
        let validity = certificate.validity();
        let country = |name: &Name| name.country().and_then(|code| states::known(&code));
        Self {
            key: certificate.public_key().ok().map(KeyFacts::of),
            issuer_signature: certificate
                .algorithm()
                .ok()
                .map(|algorithm| algorithm.name()),
            country: country(certificate.subject()),
            issuer_country: country(certificate.issuer()),
            subject_parts: parts(certificate.subject()),
            issuer_parts: parts(certificate.issuer()),
            issuer: known_issuer(&certificate.issuer().to_string()),
            from_year: year(validity.not_before),
            to_year: year(validity.not_after),
            lists_document_types: !certificate.document_types().is_empty(),
        }
    }
}

impl KeyFacts {
    pub(super) fn of(key: &PublicKey) -> Self {
        match key {
            PublicKey::Rsa(key) => Self {
                kind: "rsa",
                bits: key_bits(key.bits()),
                ..Self::default()
            },
            PublicKey::Ec { curve, form, .. } => Self {
                kind: "ec",
                bits: key_bits(curve.bits()),
                curve: Some(curve.name()),
                parameters: Some(form.name()),
            },
            _ => Self {
                kind: "other",
                ..Self::default()
            },
        }
    }
}

/// Doc 9303-10, 4.6.1: four digits.
pub(super) fn lds_version(version: &[u8]) -> &'static str {
    match version {
        b"0107" => "0107",
        b"0108" => "0108",
        _ => "other",
    }
}

fn known_issuer(name: &str) -> Option<&'static str> {
    const NO_CERTIFICATE: [u8; 32] = [0; 32];
    let upper = name.to_ascii_uppercase();
    let is = |part: &str| upper.split(',').any(|one| one.trim() == part);
    if is_passport_authority(name, &NO_CERTIFICATE) {
        Some("vietnam_passports")
    } else if is("CN=CSCA VIETNAM") && is("C=VN") {
        Some("vietnam_identity_cards")
    } else {
        None
    }
}

/// The kinds of the parts, in their order.
fn parts(name: &Name) -> Vec<&'static str> {
    let mut kinds = Vec::new();
    let Ok(mut sets) = Reader::new(name.as_der())
        .expect(SEQUENCE)
        .and_then(|n| n.children())
    else {
        return kinds;
    };
    while kinds.len() < 32
        && let Ok(set) = sets.expect(SET)
    {
        let kind = set
            .children()
            .and_then(|mut set| set.expect(SEQUENCE)?.children()?.expect(OBJECT_IDENTIFIER));
        kinds.push(kind.map_or("other", |kind| part(kind.value)));
    }
    kinds
}

/// X.520: 2.5.4.x.
const fn part(kind: &[u8]) -> &'static str {
    match kind {
        [0x55, 0x04, 0x03] => "CN",
        [0x55, 0x04, 0x05] => "SERIALNUMBER",
        [0x55, 0x04, 0x06] => "C",
        [0x55, 0x04, 0x07] => "L",
        [0x55, 0x04, 0x08] => "ST",
        [0x55, 0x04, 0x0A] => "O",
        [0x55, 0x04, 0x0B] => "OU",
        _ => "other",
    }
}
