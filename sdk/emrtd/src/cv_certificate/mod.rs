//! Card verifiable certificates: what a terminal shows to a chip that guards fingers and irises.
//!
//! Doc 9303-12, 7.2.2 and 7.2.3 (profile and data objects); BSI TR-03110-3, C and D.
//!
//! ```text
//! 7F21 { 7F4E { 5F29 profile, 42 authority, 7F49 public key, 5F20 holder, 7F4C authorisation, 5F25 from, 5F24 to,
//!               65 extensions (may be absent) },
//!        5F37 signature over 7F4E with its tag and length }
//! ```

mod authorization;
mod chain;
mod public_key;

pub use authorization::{AccessRights, Authorization, Role, TerminalType};
pub use chain::{ChainError, TerminalCertificates};
pub use public_key::{TerminalKey, TerminalPublicKey};

use crate::time::Date;
use crate::tlv::{Reader, TlvError, encode, outer};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// Longer certificates than any: an RSA key and signature of 4096 bits take some 1200 bytes.
const MAX_LEN: usize = 4096;
/// Reference of a public key (Doc 9303-12, table 14).
const MAX_REFERENCE: usize = 16;

/// The name of a public key: two letters of a state, a mnemonic and a number, as in `DETESTDV00019`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyReference(Vec<u8>);

impl KeyReference {
    /// A reference from its characters (ISO 8859-1), 1 to 16 of them and no control characters.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let printable = |b: &u8| !matches!(b, 0x00..=0x1F | 0x7F..=0x9F);
        ((1..=MAX_REFERENCE).contains(&bytes.len()) && bytes.iter().all(printable))
            .then(|| Self(bytes.to_vec()))
    }

    /// The references of EF.CVCA: the authorities whose certificates the chip verifies, the current one first. What is
    /// no reference ends the list (BSI TR-03110-3, A.1.2: padding with zeros).
    #[must_use]
    pub fn of_trust_points(ef_cvca: &[u8]) -> Vec<Self> {
        let mut reader = Reader::new(ef_cvca);
        let mut found = Vec::new();
        while let Some(object) = reader.take_if(0x42) {
            found.extend(Self::new(object.value));
        }
        found.truncate(2);
        found
    }

    /// Its characters.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for KeyReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // ISO 8859-1 is the first page of Unicode.
        let text: String = self.0.iter().map(|b| char::from(*b)).collect();
        f.write_str(&text)
    }
}

impl fmt::Debug for KeyReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One certificate, parsed. Whether its signature holds: [`is_signed_by`](Self::is_signed_by).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CvCertificate {
    body: Vec<u8>,
    signature: Vec<u8>,
    authority: KeyReference,
    holder: KeyReference,
    key: TerminalPublicKey,
    authorization: Authorization,
    effective: Date,
    expires: Date,
}

/// Why bytes are no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CvCertificateError {
    /// The data objects are not those of a certificate, or not in its order.
    Structure(TlvError),
    /// It is longer than any certificate.
    TooLong,
    /// Another profile than version 1.
    Profile,
    /// A reference of no or more than 16 characters, or with control characters.
    Reference,
    /// The public key is of an unknown kind, or its numbers are out of bounds.
    PublicKey,
    /// The authorisation is of an unknown terminal type, or empty.
    Authorization,
    /// A date that does not exist, or one that is not six digits.
    Date,
}

impl From<TlvError> for CvCertificateError {
    fn from(error: TlvError) -> Self {
        Self::Structure(error)
    }
}

impl fmt::Display for CvCertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Structure(error) => error.fmt(f),
            Self::TooLong => f.write_str("longer than any card verifiable certificate"),
            Self::Profile => f.write_str("an unknown certificate profile"),
            Self::Reference => f.write_str("an unusable reference of a key"),
            Self::PublicKey => f.write_str("an unknown kind of public key"),
            Self::Authorization => f.write_str("an unknown authorisation"),
            Self::Date => f.write_str("an impossible date"),
        }
    }
}

impl core::error::Error for CvCertificateError {}

impl CvCertificate {
    /// Parses one certificate and nothing behind it.
    ///
    /// # Errors
    /// [`CvCertificateError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, CvCertificateError> {
        if bytes.len() > MAX_LEN {
            return Err(CvCertificateError::TooLong);
        }
        let certificate = outer(bytes, 0x7F21)?;
        if certificate.raw.len() != bytes.len() {
            return Err(TlvError::TrailingBytes {
                offset: certificate.raw.len(),
            }
            .into());
        }
        let mut reader = certificate.children();
        let body = reader.expect(0x7F4E)?;
        let signature = reader.expect(0x5F37)?.value.to_vec();
        reader.finish()?;

        let mut fields = body.children();
        if fields.expect(0x5F29)?.value != [0] {
            return Err(CvCertificateError::Profile);
        }
        let authority = reference(fields.expect(0x42)?.value)?;
        let key = TerminalPublicKey::parse(&fields.expect(0x7F49)?)
            .ok_or(CvCertificateError::PublicKey)?;
        let holder = reference(fields.expect(0x5F20)?.value)?;
        let authorization = Authorization::parse(&fields.expect(0x7F4C)?)
            .ok_or(CvCertificateError::Authorization)?;
        let effective = date(fields.expect(0x5F25)?.value)?;
        let expires = date(fields.expect(0x5F24)?.value)?;
        // Extensions say nothing that a reader needs (Doc 9303-12, 7.2.2.6: uncritical).
        fields.take_if(0x65);
        fields.finish()?;
        Ok(Self {
            body: body.raw.to_vec(),
            signature,
            authority,
            holder,
            key,
            authorization,
            effective,
            expires,
        })
    }

    /// The key that signed it: the certification authority reference.
    #[must_use]
    pub const fn authority(&self) -> &KeyReference {
        &self.authority
    }

    /// The key that it certifies: the certificate holder reference.
    #[must_use]
    pub const fn holder(&self) -> &KeyReference {
        &self.holder
    }

    /// The public key.
    #[must_use]
    pub const fn key(&self) -> &TerminalPublicKey {
        &self.key
    }

    /// Role and rights of the holder, as the authority wrote them.
    #[must_use]
    pub const fn authorization(&self) -> Authorization {
        self.authorization
    }

    /// The first day.
    #[must_use]
    pub const fn effective(&self) -> Date {
        self.effective
    }

    /// The last day.
    #[must_use]
    pub const fn expires(&self) -> Date {
        self.expires
    }

    /// Whether it names itself as its authority: a root.
    #[must_use]
    pub fn is_self_signed(&self) -> bool {
        self.authority == self.holder
    }

    /// Whether `key` signed it.
    #[must_use]
    pub fn is_signed_by(&self, key: &TerminalKey) -> bool {
        key.verifies(&self.body, &self.signature)
    }

    /// Body and signature as PSO: Verify Certificate takes them.
    #[must_use]
    pub fn for_chip(&self) -> Vec<u8> {
        [self.body.as_slice(), &encode(0x5F37, &self.signature)].concat()
    }
}

fn reference(bytes: &[u8]) -> Result<KeyReference, CvCertificateError> {
    KeyReference::new(bytes).ok_or(CvCertificateError::Reference)
}

/// Six digits YYMMDD, one a byte; the year is of this century.
fn date(bytes: &[u8]) -> Result<Date, CvCertificateError> {
    let two = |tens: u8, ones: u8| {
        (tens <= 9 && ones <= 9).then(|| tens.saturating_mul(10).saturating_add(ones))
    };
    let parsed = match *bytes {
        [y, yy, m, mm, d, dd] => two(y, yy).zip(two(m, mm)).zip(two(d, dd)),
        _ => None,
    };
    parsed
        .and_then(|((year, month), day)| {
            Date::new(u16::from(year).saturating_add(2000), month, day)
        })
        .ok_or(CvCertificateError::Date)
}
