//! The certificate holder authorisation template: what kind of terminal, which role, which rights.
//!
//! Doc 9303-12, 7.2.2.4; BSI TR-03110-3, C.4 and BSI TR-03110-4, 2.2.3 (values for inspection systems).

use crate::tlv::Tlv;
use der::asn1::ObjectIdentifier;

const INSPECTION_SYSTEM: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.127.0.7.3.1.2.1");
const AUTHENTICATION_TERMINAL: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("0.4.0.127.0.7.3.1.2.2");
const SIGNATURE_TERMINAL: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.127.0.7.3.1.2.3");

/// What kind of terminal the authorisation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TerminalType {
    /// Border control: may read the groups of a travel document that are guarded.
    InspectionSystem,
    /// A service over the network, with the German identity card's application.
    Authentication,
    /// A terminal for qualified signatures.
    Signature,
}

/// Whose key the certificate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The country verifying certification authority, the root that chips know.
    Cvca,
    /// A document verifier of the chip's own state.
    DomesticVerifier,
    /// A document verifier of another state.
    ForeignVerifier,
    /// A terminal.
    Terminal,
}

/// The guarded data groups that an inspection system may read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AccessRights {
    /// DG3: fingers.
    pub fingers: bool,
    /// DG4: irises.
    pub irises: bool,
}

impl AccessRights {
    /// Both groups.
    pub const ALL: Self = Self {
        fingers: true,
        irises: true,
    };

    /// What both allow: rights along a chain never grow (Doc 9303-11, 7.1.4.3.6).
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            fingers: self.fingers && other.fingers,
            irises: self.irises && other.irises,
        }
    }
}

/// Role and rights as an authority wrote them into a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Authorization {
    /// The kind of terminal.
    pub terminal: TerminalType,
    /// The role.
    pub role: Role,
    /// For inspection systems: the rights. The other types' rights are about other applications.
    pub rights: AccessRights,
}

impl Authorization {
    /// `7F4C { 06 terminal type, 53 role in two bits, then rights }`
    pub(super) fn parse(template: &Tlv<'_>) -> Option<Self> {
        let mut reader = template.children();
        let oid = reader.expect(0x06).ok()?;
        let bits = reader.expect(0x53).ok()?.value;
        reader.finish().ok()?;
        let terminal = [
            (INSPECTION_SYSTEM, TerminalType::InspectionSystem),
            (AUTHENTICATION_TERMINAL, TerminalType::Authentication),
            (SIGNATURE_TERMINAL, TerminalType::Signature),
        ]
        .into_iter()
        .find_map(|(known, kind)| (known.as_bytes() == oid.value).then_some(kind))?;
        let role = match bits.first()? >> 6 {
            3 => Role::Cvca,
            2 => Role::DomesticVerifier,
            1 => Role::ForeignVerifier,
            _ => Role::Terminal,
        };
        let last = match (terminal, bits) {
            (TerminalType::InspectionSystem, [only]) => *only,
            (TerminalType::InspectionSystem, _) => return None,
            _ => 0,
        };
        Some(Self {
            terminal,
            role,
            rights: AccessRights {
                fingers: last & 0x01 != 0,
                irises: last & 0x02 != 0,
            },
        })
    }
}
