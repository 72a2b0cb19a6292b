//! PACEInfo and PACEDomainParameterInfo: how a chip may be opened, and in which group.
//!
//! Doc 9303-11, 9.2.1 to 9.2.3 and 9.5.
//!
//! A PACEInfo names its group by number: one of the standardised domain parameters, or one that a
//! PACEDomainParameterInfo beside it writes out. What is written out is nobody's word but the chip's, before any key was
//! agreed, and a bad group gives the password away: it counts only where it is one of the standardised groups.

use super::{KeyAgreement, cipher_of_arc};
use crate::asn1::{Asn1Error, Element, INTEGER, OBJECT_IDENTIFIER, Problem, Reader, SEQUENCE};
use crate::crypto::agreement::{DomainParameters, refused_name};
use crate::crypto::cipher::CipherAlgorithm;
use crate::crypto::dh::Group;
use crate::crypto::ec::Curve;
use crate::oid;
use alloc::string::String;
use alloc::vec::Vec;
use der::asn1::ObjectIdentifier;

/// Identifiers below this belong to the standardised domain parameters (Doc 9303-11, table 12).
const RESERVED_IDS: u8 = 32;

/// How PACE maps the nonce to a generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Mapping {
    /// Generic mapping.
    Generic,
    /// Integrated mapping.
    Integrated,
    /// Chip authentication mapping.
    ChipAuthentication,
}

impl Mapping {
    /// `gm`, `im` or `cam`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Generic => "gm",
            Self::Integrated => "im",
            Self::ChipAuthentication => "cam",
        }
    }
}

/// One PACE protocol on offer (`PACEInfo`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaceInfo {
    /// The whole object identifier, which the terminal sends back.
    pub protocol: ObjectIdentifier,
    /// The kind of group.
    pub agreement: KeyAgreement,
    /// The mapping.
    pub mapping: Mapping,
    /// The cipher of the channel.
    pub cipher: CipherAlgorithm,
    /// The number by which the chip knows the group, where it is told: that of standardised domain parameters, or the
    /// chip's own.
    pub parameter_id: Option<u8>,
    /// The group that this number stands for.
    pub parameters: PaceParameters,
}

/// The group of a PACE protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaceParameters {
    /// One that chipid agrees keys in.
    Known(DomainParameters),
    /// A standardised one that chipid refuses, by its name: `P-192` or `brainpoolP192r1`.
    Refused(&'static str),
    /// A number that stands for nothing, or a group that the chip wrote out and nobody knows.
    Unknown,
}

impl PaceInfo {
    /// The group, where it is one that chipid agrees keys in.
    #[must_use]
    pub const fn domain_parameters(&self) -> Option<DomainParameters> {
        match self.parameters {
            PaceParameters::Known(parameters) => Some(parameters),
            _ => None,
        }
    }

    /// The protocol without its group, as a person reads it: `pace-gm-aes-128`.
    #[must_use]
    pub fn name(&self) -> String {
        alloc::format!("pace-{}-{}", self.mapping.name(), self.cipher.name())
    }

    /// The name of the group, also of one that is refused; `unknown` where nobody knows it.
    #[must_use]
    pub const fn group_name(&self) -> &'static str {
        match self.parameters {
            PaceParameters::Known(parameters) => parameters.name(),
            PaceParameters::Refused(name) => name,
            PaceParameters::Unknown => "unknown",
        }
    }

    /// `PACEInfo ::= SEQUENCE { protocol OBJECT IDENTIFIER, version INTEGER, parameterId INTEGER OPTIONAL }`
    ///
    /// `None` for a protocol that is not of the standard.
    pub(super) fn read(
        protocol: ObjectIdentifier,
        variant: u32,
        cipher: u32,
        mut reader: Reader<'_>,
    ) -> Result<Option<Self>, Asn1Error> {
        let (Some((agreement, mapping)), Some(cipher)) = (kind(variant), cipher_of_arc(cipher))
        else {
            return Ok(None);
        };
        reader.expect(INTEGER)?.small()?;
        let parameter_id = read_id(&mut reader)?;
        Ok(Some(Self {
            protocol,
            agreement,
            mapping,
            cipher,
            parameter_id,
            parameters: PaceParameters::Unknown,
        }))
    }

    /// Finds the group that the number stands for, among the standardised ones or those written out.
    pub(super) fn resolve(&mut self, explicit: &[PaceDomainParameterInfo]) {
        self.parameters = match self.parameter_id {
            Some(id) if id < RESERVED_IDS => standardised(id, self.agreement),
            id => written_out(id, self.agreement, explicit),
        };
    }
}

fn standardised(id: u8, agreement: KeyAgreement) -> PaceParameters {
    match (DomainParameters::from_standardized_id(id), refused_name(id)) {
        (Some(known), _) if agreement == agreement_of(known) => PaceParameters::Known(known),
        (None, Some(name)) if agreement == KeyAgreement::Ecdh => PaceParameters::Refused(name),
        _ => PaceParameters::Unknown,
    }
}

/// The one group under this number: two different ones would let the chip choose after the fact.
fn written_out(
    id: Option<u8>,
    agreement: KeyAgreement,
    explicit: &[PaceDomainParameterInfo],
) -> PaceParameters {
    let mut found = explicit
        .iter()
        .filter(|info| info.agreement == agreement && info.parameter_id == id)
        .map(|info| info.parameters);
    match found.next() {
        Some(Some(first)) if found.all(|other| other == Some(first)) => {
            PaceParameters::Known(first)
        }
        _ => PaceParameters::Unknown,
    }
}

/// A group that the chip writes out for PACE (`PACEDomainParameterInfo`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaceDomainParameterInfo {
    /// The kind of group.
    pub agreement: KeyAgreement,
    /// The number by which PACEInfos refer to it.
    pub parameter_id: Option<u8>,
    /// The group, where it is one of the standardised ones.
    pub parameters: Option<DomainParameters>,
}

impl PaceDomainParameterInfo {
    /// ```text
    /// PACEDomainParameterInfo ::= SEQUENCE {
    ///   protocol OBJECT IDENTIFIER, domainParameter AlgorithmIdentifier, parameterId INTEGER OPTIONAL }
    /// ```
    /// `None` for a protocol that is not of the standard.
    pub(super) fn read(variant: u32, mut reader: Reader<'_>) -> Result<Option<Self>, Asn1Error> {
        let Some((agreement, _)) = kind(variant) else {
            return Ok(None);
        };
        let parameters = group_of(&reader.expect(SEQUENCE)?)?;
        Ok(Some(Self {
            agreement,
            parameter_id: read_id(&mut reader)?,
            parameters: parameters.filter(|group| agreement_of(*group) == agreement),
        }))
    }
}

/// The group of an `AlgorithmIdentifier`: written out as `dhpublicnumber`, PKCS #3 or `ecPublicKey`, or named by its
/// standardised number. `None` for one that is not standardised.
fn group_of(identifier: &Element<'_>) -> Result<Option<DomainParameters>, Asn1Error> {
    let mut reader = identifier.children()?;
    let algorithm = reader.expect(OBJECT_IDENTIFIER)?;
    let parameters = reader.read()?;
    reader.finish()?;
    let Ok(algorithm) = ObjectIdentifier::from_bytes(algorithm.value) else {
        return Ok(None);
    };
    Ok(match algorithm {
        oid::EC_PUBLIC_KEY => {
            Curve::from_parameters(&parameters)?.map(|(curve, _)| DomainParameters::Ecdh(curve))
        }
        oid::DH_PUBLIC_NUMBER | oid::PKCS3_DH => {
            Group::from_parameters(&parameters)?.map(DomainParameters::Dh)
        }
        oid::STANDARDIZED_DOMAIN_PARAMETERS => u8::try_from(parameters.small()?)
            .ok()
            .and_then(DomainParameters::from_standardized_id),
        _ => None,
    })
}

/// The mapping and the kind of group of an arc below `id-PACE`.
const fn kind(variant: u32) -> Option<(KeyAgreement, Mapping)> {
    match variant {
        1 => Some((KeyAgreement::Dh, Mapping::Generic)),
        2 => Some((KeyAgreement::Ecdh, Mapping::Generic)),
        3 => Some((KeyAgreement::Dh, Mapping::Integrated)),
        4 => Some((KeyAgreement::Ecdh, Mapping::Integrated)),
        6 => Some((KeyAgreement::Ecdh, Mapping::ChipAuthentication)),
        _ => None,
    }
}

const fn agreement_of(parameters: DomainParameters) -> KeyAgreement {
    match parameters {
        DomainParameters::Dh(_) => KeyAgreement::Dh,
        DomainParameters::Ecdh(_) => KeyAgreement::Ecdh,
    }
}

/// Absent where the sequence ends before (deviations row 15). A number that does not fit the byte of MSE:Set AT is no
/// number that the terminal could send back.
fn read_id(reader: &mut Reader<'_>) -> Result<Option<u8>, Asn1Error> {
    let Some(element) = reader.take_if(INTEGER)? else {
        return Ok(None);
    };
    u8::try_from(element.small()?)
        .map(Some)
        .map_err(|_| element.error(Problem::Value))
}

/// All infos of one file, each with its group.
pub(super) fn resolve_all(infos: &mut Vec<PaceInfo>, explicit: &[PaceDomainParameterInfo]) {
    for info in infos {
        info.resolve(explicit);
    }
}

#[cfg(test)]
mod tests;
