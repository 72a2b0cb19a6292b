//! The elementary files of the eMRTD application: identifiers, short identifiers, tags.
//!
//! Doc 9303-10, 3.11 (files of the master file) and 4.6 (files of the LDS1 application).

use core::fmt;

/// An elementary file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FileId {
    /// EF.ATR/INFO, in the master file: what the card can do and how long its APDUs may be. Not signed.
    AtrInfo,
    /// EF.DIR, in the master file: the applications of the card. Not signed.
    Dir,
    /// EF.CardAccess, in the master file: what access protocols the chip offers. Not signed.
    CardAccess,
    /// EF.CardSecurity, in the master file and readable after access control: what EF.CardAccess says and the chip's keys,
    /// signed by the state. Its identifier is that of EF.SOD in the application.
    CardSecurity,
    /// EF.COM: the list of data groups. Not signed.
    Com,
    /// EF.SOD: the document security object, signed by the state.
    Sod,
    /// A data group.
    DataGroup(DataGroup),
}

/// A data group of the LDS1 application, 1 to 16.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DataGroup(u8);

impl DataGroup {
    /// DG1: the machine readable zone.
    pub const MRZ: Self = Self(1);
    /// DG2: the face.
    pub const FACE: Self = Self(2);
    /// DG3: the fingers.
    pub const FINGERS: Self = Self(3);
    /// DG4: the irises.
    pub const IRISES: Self = Self(4);
    /// DG5: the portrait as it is printed.
    pub const DISPLAYED_PORTRAIT: Self = Self(5);
    /// DG7: the signature or usual mark as it is printed.
    pub const DISPLAYED_SIGNATURE: Self = Self(7);
    /// DG11: additional personal details.
    pub const PERSONAL_DETAILS: Self = Self(11);
    /// DG12: additional document details.
    pub const DOCUMENT_DETAILS: Self = Self(12);
    /// DG13: optional details; on Vietnamese ID cards the holder's data in Vietnamese.
    pub const OPTIONAL_DETAILS: Self = Self(13);
    /// DG14: security options (chip authentication keys).
    pub const SECURITY_OPTIONS: Self = Self(14);
    /// DG15: the active authentication public key.
    pub const ACTIVE_AUTHENTICATION_KEY: Self = Self(15);
    /// DG16: the persons to notify.
    pub const PERSONS_TO_NOTIFY: Self = Self(16);

    /// The data group with this number, 1 to 16.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= 16 {
            Some(Self(number))
        } else {
            None
        }
    }

    /// All sixteen, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=16).map(Self)
    }

    /// The number, 1 to 16.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The tag of the file's outer TLV.
    #[must_use]
    pub const fn tag(self) -> u32 {
        match self.0 {
            1 => 0x61,
            2 => 0x75,
            3 => 0x63,
            4 => 0x76,
            5 => 0x65,
            6 => 0x66,
            7 => 0x67,
            8 => 0x68,
            9 => 0x69,
            10 => 0x6A,
            11 => 0x6B,
            12 => 0x6C,
            13 => 0x6D,
            14 => 0x6E,
            15 => 0x6F,
            _ => 0x70,
        }
    }

    /// The data group whose file begins with `tag`.
    #[must_use]
    pub fn from_tag(tag: u32) -> Option<Self> {
        Self::all().find(|dg| dg.tag() == tag)
    }
}

impl FileId {
    /// DG1.
    pub const DG1: Self = Self::DataGroup(DataGroup::MRZ);
    /// DG2.
    pub const DG2: Self = Self::DataGroup(DataGroup::FACE);
    /// DG13.
    pub const DG13: Self = Self::DataGroup(DataGroup::OPTIONAL_DETAILS);
    /// DG14.
    pub const DG14: Self = Self::DataGroup(DataGroup::SECURITY_OPTIONS);
    /// DG15.
    pub const DG15: Self = Self::DataGroup(DataGroup::ACTIVE_AUTHENTICATION_KEY);

    /// Every file, those of the master file first.
    pub fn all() -> impl Iterator<Item = Self> {
        [
            Self::AtrInfo,
            Self::Dir,
            Self::CardAccess,
            Self::CardSecurity,
            Self::Com,
            Self::Sod,
        ]
        .into_iter()
        .chain(DataGroup::all().map(Self::DataGroup))
    }

    /// The two-byte file identifier.
    #[must_use]
    pub const fn identifier(self) -> u16 {
        match self {
            Self::AtrInfo => 0x2F01,
            Self::Dir => 0x2F00,
            Self::CardAccess => 0x011C,
            Self::CardSecurity => 0x011D,
            Self::Com => 0x011E,
            Self::Sod => 0x011D,
            Self::DataGroup(dg) => 0x0100 | dg.0 as u16,
        }
    }

    /// The short EF identifier, 5 bits.
    #[must_use]
    pub const fn short_identifier(self) -> u8 {
        match self {
            Self::Dir => 0x1E,
            other => (other.identifier() & 0x1F) as u8,
        }
    }

    /// The tag of the file's outer TLV. EF.CardAccess is a bare SET (0x31), EF.CardSecurity a bare SEQUENCE (0x30); of EF.ATR/INFO and EF.DIR, which are
    /// [several objects](Self::is_one_object), the tag of the first as the standard lists them.
    #[must_use]
    pub const fn tag(self) -> u32 {
        match self {
            Self::AtrInfo => 0x47,
            Self::Dir => 0x61,
            Self::CardAccess => 0x31,
            Self::CardSecurity => 0x30,
            Self::Com => 0x60,
            Self::Sod => 0x77,
            Self::DataGroup(dg) => dg.tag(),
        }
    }

    /// Whether the file lies in the master file, outside the application.
    #[must_use]
    pub const fn is_in_master_file(self) -> bool {
        matches!(
            self,
            Self::AtrInfo | Self::Dir | Self::CardAccess | Self::CardSecurity
        )
    }

    /// Whether the file may be read before access control: those of the master file but EF.CardSecurity.
    #[must_use]
    pub const fn is_open(self) -> bool {
        self.is_in_master_file() && !matches!(self, Self::CardSecurity)
    }

    /// Whether the file is one TLV, whose header tells how long the file is. EF.ATR/INFO and EF.DIR are several, one
    /// after the other, and end where the chip says that they end.
    #[must_use]
    pub const fn is_one_object(self) -> bool {
        !matches!(self, Self::AtrInfo | Self::Dir)
    }

    /// The file with this two-byte identifier, in the master file or in the application: 011D means another one in each.
    #[must_use]
    pub fn from_identifier(identifier: u16, in_master_file: bool) -> Option<Self> {
        Self::all()
            .find(|f| f.identifier() == identifier && f.is_in_master_file() == in_master_file)
    }

    /// The file with this short name, as [`Display`](fmt::Display) writes it: `EF_COM`, `DG1`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "EF_ATR" => Some(Self::AtrInfo),
            "EF_DIR" => Some(Self::Dir),
            "EF_CardAccess" => Some(Self::CardAccess),
            "EF_CardSecurity" => Some(Self::CardSecurity),
            "EF_COM" => Some(Self::Com),
            "EF_SOD" => Some(Self::Sod),
            other => other
                .strip_prefix("DG")?
                .parse()
                .ok()
                .and_then(DataGroup::new)
                .map(Self::DataGroup),
        }
    }
}

impl From<DataGroup> for FileId {
    fn from(dg: DataGroup) -> Self {
        Self::DataGroup(dg)
    }
}

impl fmt::Display for DataGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DG{}", self.0)
    }
}

impl fmt::Debug for DataGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtrInfo => f.write_str("EF_ATR"),
            Self::Dir => f.write_str("EF_DIR"),
            Self::CardAccess => f.write_str("EF_CardAccess"),
            Self::CardSecurity => f.write_str("EF_CardSecurity"),
            Self::Com => f.write_str("EF_COM"),
            Self::Sod => f.write_str("EF_SOD"),
            Self::DataGroup(dg) => fmt::Display::fmt(dg, f),
        }
    }
}

impl fmt::Debug for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn names_and_identifiers_lead_back() {
        for file in FileId::all() {
            assert_eq!(FileId::from_name(&file.to_string()), Some(file));
            assert_eq!(
                FileId::from_identifier(file.identifier(), file.is_in_master_file()),
                Some(file)
            );
        }
        assert_eq!(FileId::all().count(), 22);
        assert!(FileId::CardAccess.is_open() && !FileId::CardSecurity.is_open());
        assert_eq!(FileId::AtrInfo.short_identifier(), 0x01);
        assert_eq!(FileId::Dir.short_identifier(), 0x1E);
        assert_eq!(DataGroup::from_tag(0x6D), DataGroup::new(13));
        assert_eq!(FileId::from_name("DG17"), None);
        assert_eq!(DataGroup::new(0), None);
    }
}
