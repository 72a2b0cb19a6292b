//! What the card says of itself, unsigned: EF.COM, EF.DIR, EF.ATR/INFO.

use super::classes::known_length;
use super::signature::lds_version;
use super::value_free::facts;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::lds::atr_info::AtrInfo;
use chipid_emrtd::lds::com::Com;
use chipid_emrtd::lds::dir::{Application, Dir};
use chipid_emrtd::tlv::outer;

facts! {
    /// EF.COM.
    pub struct ComFacts {
        /// The LDS version: `0107`, `0108`, `other`.
        pub lds_version: Option<&'static str>,
        /// The Unicode version: `040000`, `other`.
        pub unicode_version: Option<&'static str>,
        /// The data groups that it lists.
        pub data_groups: Vec<&'static str>,
    }

    /// EF.DIR.
    pub struct DirFacts {
        /// The applications: names of the standard's, `other` for any other.
        pub applications: Vec<&'static str>,
        /// Whether something else stands in it.
        pub holds_other_bytes: bool,
    }

    /// EF.ATR/INFO.
    pub struct AtrInfoFacts {
        /// Whether extended lengths are announced.
        pub extended_length: Option<bool>,
        /// Whether command chaining is announced.
        pub command_chaining: Option<bool>,
        /// Whether short identifiers are announced.
        pub short_identifiers: Option<bool>,
        /// The longest command APDU, in bytes; a length that is in use, else the next larger.
        pub max_command: Option<u32>,
        /// The longest response, likewise.
        pub max_response: Option<u32>,
        /// Whether the file stops being TLV before its end.
        pub ends_in_garbage: bool,
    }
}

impl ComFacts {
    pub(super) fn of(file: &[u8]) -> Option<Self> {
        let com = Com::parse(file).ok()?;
        let content = outer(file, FileId::Com.tag()).ok()?;
        let version = |tag: u32| content.child(tag).map(|object| object.value);
        Some(Self {
            lds_version: version(0x5F01).map(lds_version),
            unicode_version: version(0x5F36).map(|version| match version {
                b"040000" => "040000",
                _ => "other",
            }),
            data_groups: com
                .data_groups
                .into_iter()
                .map(|group| super::files::name(group.into()))
                .collect(),
        })
    }
}

impl DirFacts {
    pub(super) fn of(file: &[u8]) -> Option<Self> {
        let dir = Dir::parse(file).ok()?;
        let name = |application: &Application| application.known_as().unwrap_or("other");
        Some(Self {
            applications: dir.applications.iter().map(name).collect(),
            holds_other_bytes: dir.holds_other_bytes,
        })
    }
}

impl AtrInfoFacts {
    pub(super) fn of(file: &[u8]) -> Option<Self> {
        let info = AtrInfo::parse(file).ok()?;
        let length = |n: u32| usize::try_from(n).map_or(u32::MAX, known_length);
        Some(Self {
            extended_length: info.capabilities.map(|can| can.extended_length),
            command_chaining: info.capabilities.map(|can| can.command_chaining),
            short_identifiers: info.capabilities.map(|can| can.short_file_identifiers),
            max_command: info.max_command.map(length),
            max_response: info.max_response.map(length),
            ends_in_garbage: info.ends_in_garbage,
        })
    }
}
