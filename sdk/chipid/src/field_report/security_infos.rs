//! What the chip offers, by EF.CardAccess, EF.CardSecurity and DG14: protocols, parameters and groups, no keys.

use super::classes::few;
use super::protocol::Protocol;
use super::value_free::facts;
use chipid_emrtd::asn1::{OBJECT_IDENTIFIER, Reader, SEQUENCE, SET};
use chipid_emrtd::security_info::{KeyAgreement, PaceInfo, SecurityInfos};

facts! {
    /// The SecurityInfos of one file.
    pub struct SecurityInfoFacts {
        /// The protocols in the order of the file.
        pub protocols: Vec<Protocol>,
        /// PACE.
        pub pace: Vec<PaceFacts>,
        /// How many groups for PACE the file writes out.
        pub pace_domain_parameters: u32,
        /// Chip Authentication.
        pub chip_authentication: Vec<ChipAuthenticationFacts>,
        /// The keys for it.
        pub keys: Vec<AgreementKeyFacts>,
        /// The hash function of ECDSA Active Authentication, where it is stated.
        pub active_authentication_hash: Option<&'static str>,
        /// Whether Terminal Authentication is offered.
        pub terminal_authentication: bool,
        /// Known infos that could not be read.
        pub malformed: u32,
    }

    /// An offer of PACE.
    pub struct PaceFacts {
        /// The object identifier.
        pub protocol: Protocol,
        /// The mapping.
        pub mapping: &'static str,
        /// The cipher of the channel.
        pub cipher: &'static str,
        /// The number of the standardised group, where it is one (0 to 31).
        pub parameter_id: Option<u16>,
        /// The group.
        pub group: &'static str,
    }

    /// An offer of Chip Authentication.
    pub struct ChipAuthenticationFacts {
        /// The object identifier.
        pub protocol: Protocol,
        /// The cipher of the channel.
        pub cipher: &'static str,
        /// Whether it names its key.
        pub names_key: bool,
    }

    /// A key of Chip Authentication.
    pub struct AgreementKeyFacts {
        /// `dh` or `ecdh`.
        pub agreement: &'static str,
        /// The group.
        pub group: &'static str,
        /// Whether it has a number.
        pub has_number: bool,
    }
}

impl SecurityInfoFacts {
    /// Of a SET of SecurityInfos; `None` where it is none.
    pub(super) fn of(set: &[u8]) -> Option<Self> {
        let infos = SecurityInfos::parse(set).ok()?;
        Some(Self {
            protocols: protocols(set),
            pace: infos.pace.iter().map(PaceFacts::of).collect(),
            pace_domain_parameters: few(infos.pace_domain_parameters.len()),
            chip_authentication: infos
                .chip_authentication
                .iter()
                .map(|info| ChipAuthenticationFacts {
                    protocol: Protocol::of(info.protocol.arcs()),
                    cipher: info.cipher.name(),
                    names_key: info.key_id.is_some(),
                })
                .collect(),
            keys: infos
                .chip_authentication_keys
                .iter()
                .map(|key| AgreementKeyFacts {
                    agreement: match key.agreement() {
                        KeyAgreement::Dh => "dh",
                        KeyAgreement::Ecdh => "ecdh",
                    },
                    group: key.key.domain_parameters().name(),
                    has_number: key.key_id.is_some(),
                })
                .collect(),
            active_authentication_hash: infos.active_authentication_hash.map(|hash| hash.name()),
            terminal_authentication: infos.terminal_authentication,
            malformed: few(infos.malformed),
        })
    }
}

impl PaceFacts {
    pub(super) fn of(info: &PaceInfo) -> Self {
        Self {
            protocol: Protocol::of(info.protocol.arcs()),
            mapping: info.mapping.name(),
            cipher: info.cipher.name(),
            parameter_id: info.parameter_id.filter(|id| *id < 32).map(u16::from),
            group: info.group_name(),
        }
    }
}

/// The object identifier of each info, at most 64.
fn protocols(set: &[u8]) -> Vec<Protocol> {
    let Ok(mut infos) = Reader::new(set).expect(SET).and_then(|set| set.children()) else {
        return Vec::new();
    };
    let mut protocols = Vec::new();
    while protocols.len() < 64
        && let Ok(info) = infos.expect(SEQUENCE)
    {
        let oid = info
            .children()
            .and_then(|mut parts| parts.expect(OBJECT_IDENTIFIER))
            .map_or(&[][..], |oid| oid.value);
        protocols.push(Protocol::of_der(oid));
    }
    protocols
}
