//! A test state: its CSCA, its document signer, its lists.
//!
//! Doc 9303-12, 4 (the public key infrastructure of electronic documents) and 7 to 9 (profiles).

mod certificate;
pub(crate) mod key;
pub(crate) mod signed_data;

use crate::algorithm::SigningAlgorithm;
use crate::der;
use crate::error::VirtualCardError;
use crate::personaliser::Profile;
pub use certificate::Period;
use certificate::{Draft, Role, name};
use chipid_emrtd::time::{Date, UnixTime};
use const_oid::ObjectIdentifier;
use core::fmt;
use key::SigningKey;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use signed_data::SignerIdentity;

/// id-icao-cscaMasterList
const MASTER_LIST: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.136.1.1.2");
const ORGANIZATION: &str = "chipid test issuer";

/// How the CSCA and the document signer sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Algorithms {
    /// The CSCA: certificates and revocation lists.
    pub csca: SigningAlgorithm,
    /// The document signer: security objects.
    pub signer: SigningAlgorithm,
}

/// When certificates are valid and when their keys may sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// The CSCA certificate.
    pub csca: Period,
    /// The CSCA's private key.
    pub csca_key: Period,
    /// The document signer's certificate.
    pub signer: Period,
    /// The document signer's private key.
    pub signer_key: Period,
}

impl Validity {
    /// A usual arrangement around the day on which documents are issued: the CSCA lives 20 years from the beginning of
    /// that year and signs for five, the signer lives 15 and signs to the end of the year.
    #[must_use]
    pub fn around(issued: Date) -> Self {
        let year = issued.year().clamp(1, 9900);
        let period = |years: u16| Period {
            from: Date::new(year, 1, 1).unwrap_or(issued),
            to: Date::new(year + years - 1, 12, 31).unwrap_or(issued),
        };
        Self {
            csca: period(20),
            csca_key: period(5),
            signer: period(15),
            signer_key: period(1),
        }
    }
}

/// A test state's certification authority with one document signer. `Debug` shows no key.
#[derive(Clone)]
pub struct Issuer {
    country: String,
    document_types: Vec<String>,
    algorithms: Algorithms,
    validity: Validity,
    marker: bool,
    csca: Certified,
    signer: Certified,
}

/// A key with its certificate.
#[derive(Clone)]
struct Certified {
    key: SigningKey,
    name: Vec<u8>,
    serial: Vec<u8>,
    certificate: Vec<u8>,
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer")
            .field("country", &self.country)
            .field("algorithms", &self.algorithms)
            .field("marker", &self.marker)
            .finish_non_exhaustive()
    }
}

impl Issuer {
    /// An issuer with fresh keys. `country`: two letters, as certificates have them (`VN`, `UT`). `marker`: whether the
    /// CSCA carries the extension that makes a reader say `test_issuer`; only tests of the reader leave it out.
    ///
    /// # Errors
    /// [`VirtualCardError::Key`] for algorithms that cannot be.
    pub fn new<R: CryptoRng + ?Sized>(
        country: &str,
        algorithms: Algorithms,
        validity: Validity,
        marker: bool,
        rng: &mut R,
    ) -> Result<Self, VirtualCardError> {
        let key = SigningKey::generate(algorithms.csca, rng)?;
        let authority = name(country, ORGANIZATION, &format!("Test CSCA {country}"));
        let serial = fresh_serial(rng);
        let certificate = Draft {
            serial: &serial,
            issuer: &authority,
            subject: &authority,
            country,
            validity: validity.csca,
            key_usage: validity.csca_key,
            role: Role::Authority,
            marker,
        }
        .sign(&key, &key, rng)?;
        let csca = Certified {
            key,
            name: authority,
            serial,
            certificate,
        };
        let document_types = vec!["I".into(), "ID".into(), "P".into(), "PP".into()];
        let signer = document_signer(
            &csca,
            country,
            algorithms.signer,
            &validity,
            &document_types,
            rng,
        )?;
        Ok(Self {
            country: country.into(),
            document_types,
            algorithms,
            validity,
            marker,
            csca,
            signer,
        })
    }

    /// The issuer that a profile asks for, marked as a test issuer, valid around the day of its holder's card.
    ///
    /// # Errors
    /// [`VirtualCardError::Key`].
    pub fn for_profile<R: CryptoRng + ?Sized>(
        profile: &Profile,
        rng: &mut R,
    ) -> Result<Self, VirtualCardError> {
        Self::new(
            &profile.country,
            profile.algorithms,
            Validity::around(profile.holder.issued),
            true,
            rng,
        )
    }

    /// The same authority with a fresh document signer whose certificate names another country.
    ///
    /// # Errors
    /// [`VirtualCardError::Key`].
    pub fn with_signer_of<R: CryptoRng + ?Sized>(
        mut self,
        country: &str,
        rng: &mut R,
    ) -> Result<Self, VirtualCardError> {
        self.signer = document_signer(
            &self.csca,
            country,
            self.algorithms.signer,
            &self.validity,
            &self.document_types,
            rng,
        )?;
        Ok(self)
    }

    /// The same authority with a fresh document signer for other document codes, or other times.
    ///
    /// # Errors
    /// [`VirtualCardError::Key`].
    pub fn with_signer<R: CryptoRng + ?Sized>(
        mut self,
        validity: Validity,
        document_types: &[&str],
        rng: &mut R,
    ) -> Result<Self, VirtualCardError> {
        self.validity = validity;
        self.document_types = document_types.iter().map(|t| (*t).into()).collect();
        let country = self.country.clone();
        self.with_signer_of(&country, rng)
    }

    /// The state's next authority: the same name, fresh keys, other times.
    ///
    /// # Errors
    /// [`VirtualCardError::Key`].
    pub fn successor<R: CryptoRng + ?Sized>(
        &self,
        validity: Validity,
        rng: &mut R,
    ) -> Result<Self, VirtualCardError> {
        Self::new(&self.country, self.algorithms, validity, self.marker, rng)
    }

    /// A link certificate: the successor's key, signed by this authority's, in DER (Doc 9303-12, 7.1.1).
    ///
    /// # Errors
    /// [`VirtualCardError::Key`].
    pub fn link_to<R: CryptoRng + ?Sized>(
        &self,
        successor: &Self,
        rng: &mut R,
    ) -> Result<Vec<u8>, VirtualCardError> {
        Draft {
            serial: &fresh_serial(rng),
            issuer: &self.csca.name,
            subject: &successor.csca.name,
            country: &self.country,
            validity: successor.validity.csca,
            key_usage: successor.validity.csca_key,
            role: Role::Authority,
            marker: successor.marker,
        }
        .sign(&successor.csca.key, &self.csca.key, rng)
    }

    /// A revocation list, in DER. `serials` as [`signer_serial`](Self::signer_serial) gives them.
    ///
    /// # Errors
    /// [`VirtualCardError::Key`].
    pub fn revocation_list<R: CryptoRng + ?Sized>(
        &self,
        serials: &[&[u8]],
        this_update: UnixTime,
        next_update: UnixTime,
        rng: &mut R,
    ) -> Result<Vec<u8>, VirtualCardError> {
        certificate::revocation_list(
            &self.csca.name,
            &self.csca.key,
            serials,
            this_update,
            next_update,
            rng,
        )
    }

    /// A master list over `certificates` (CSCA certificates in DER), signed by a fresh master list signer of this
    /// authority, whose certificate and the CSCA's come along.
    ///
    /// # Errors
    /// [`VirtualCardError::Key`].
    pub fn master_list<R: CryptoRng + ?Sized>(
        &self,
        certificates: &[&[u8]],
        signing_time: UnixTime,
        rng: &mut R,
    ) -> Result<Vec<u8>, VirtualCardError> {
        let key = SigningKey::generate(self.algorithms.signer, rng)?;
        let serial = fresh_serial(rng);
        let signer = Draft {
            serial: &serial,
            issuer: &self.csca.name,
            subject: &name(&self.country, ORGANIZATION, "Test Master List Signer"),
            country: &self.country,
            validity: self.validity.signer,
            key_usage: self.validity.signer_key,
            role: Role::MasterListSigner,
            marker: self.marker,
        }
        .sign(&key, &self.csca.key, rng)?;
        let list = certificates.iter().map(|c| c.to_vec()).collect();
        let content = der::sequence(&[&der::integer(0), &der::set_of(list)]);
        signed_data::sign(
            MASTER_LIST,
            &content,
            &[&signer, &self.csca.certificate],
            &SignerIdentity {
                key: &key,
                issuer: &self.csca.name,
                serial: &serial,
            },
            Some(signing_time),
            rng,
        )
    }

    /// The country, two letters.
    #[must_use]
    pub fn country(&self) -> &str {
        &self.country
    }

    /// The CSCA certificate, in DER.
    #[must_use]
    pub fn csca_certificate(&self) -> &[u8] {
        &self.csca.certificate
    }

    /// The serial number of the CSCA certificate, big-endian.
    #[must_use]
    pub fn csca_serial(&self) -> &[u8] {
        &self.csca.serial
    }

    /// The document signer's certificate, in DER.
    #[must_use]
    pub fn signer_certificate(&self) -> &[u8] {
        &self.signer.certificate
    }

    /// The serial number of the document signer's certificate, big-endian.
    #[must_use]
    pub fn signer_serial(&self) -> &[u8] {
        &self.signer.serial
    }

    /// A ContentInfo with SignedData of the document signer over `content`.
    pub(crate) fn sign_content<R: CryptoRng + ?Sized>(
        &self,
        content_type: ObjectIdentifier,
        content: &[u8],
        signing_time: Option<UnixTime>,
        rng: &mut R,
    ) -> Result<Vec<u8>, VirtualCardError> {
        signed_data::sign(
            content_type,
            content,
            &[&self.signer.certificate],
            &SignerIdentity {
                key: &self.signer.key,
                issuer: &self.csca.name,
                serial: &self.signer.serial,
            },
            signing_time,
            rng,
        )
    }
}

fn document_signer<R: CryptoRng + ?Sized>(
    csca: &Certified,
    country: &str,
    algorithm: SigningAlgorithm,
    validity: &Validity,
    document_types: &[String],
    rng: &mut R,
) -> Result<Certified, VirtualCardError> {
    let key = SigningKey::generate(algorithm, rng)?;
    let subject = name(
        country,
        ORGANIZATION,
        &format!("Test Document Signer {country}"),
    );
    let serial = fresh_serial(rng);
    let certificate = Draft {
        serial: &serial,
        issuer: &csca.name,
        subject: &subject,
        country,
        validity: validity.signer,
        key_usage: validity.signer_key,
        role: Role::DocumentSigner {
            document_types: document_types.to_vec(),
        },
        marker: false,
    }
    .sign(&key, &csca.key, rng)?;
    Ok(Certified {
        key,
        name: subject,
        serial,
        certificate,
    })
}

/// Sixteen bytes, the first neither zero nor above 7F.
fn fresh_serial<R: CryptoRng + ?Sized>(rng: &mut R) -> Vec<u8> {
    let mut serial = vec![0; 16];
    rng.fill_bytes(&mut serial);
    if let Some(first) = serial.first_mut() {
        *first = *first & 0x7F | 0x40;
    }
    serial
}
