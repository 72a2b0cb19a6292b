//! The digests of the data groups, over raw bytes, before any of them is parsed.
//!
//! Doc 9303-11, 5.1.1, step 5.

use crate::file_id::{DataGroup, FileId};
use crate::finding::{Finding, Findings, codes};
use crate::lds::sod::LdsSecurityObject;
use crate::tlv::Header;
use alloc::collections::BTreeMap;
use core::fmt;

/// What was read of a document, unverified: EF.SOD, and for each data group its bytes or why there are none.
#[derive(Clone)]
pub struct Evidence<'a> {
    sod: &'a [u8],
    data_groups: BTreeMap<DataGroup, Bytes<'a>>,
}

#[derive(Clone, Copy)]
enum Bytes<'a> {
    Read(&'a [u8]),
    Protected,
}

impl fmt::Debug for Evidence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.data_groups.keys()).finish()
    }
}

impl<'a> Evidence<'a> {
    /// Begins with the raw bytes of EF.SOD.
    #[must_use]
    pub const fn new(sod: &'a [u8]) -> Self {
        Self {
            sod,
            data_groups: BTreeMap::new(),
        }
    }

    /// Adds the raw bytes of a data group.
    #[must_use]
    pub fn with(mut self, data_group: DataGroup, bytes: &'a [u8]) -> Self {
        self.data_groups.insert(data_group, Bytes::Read(bytes));
        self
    }

    /// Says that a data group is behind access rights that the reader does not have. Bytes given for it go first.
    #[must_use]
    pub fn protected(mut self, data_group: DataGroup) -> Self {
        self.data_groups
            .entry(data_group)
            .or_insert(Bytes::Protected);
        self
    }

    pub(super) const fn sod(&self) -> &'a [u8] {
        self.sod
    }

    pub(super) fn unjudged(&self) -> BTreeMap<DataGroup, DataGroupStatus> {
        self.data_groups
            .iter()
            .map(|(group, bytes)| {
                let status = match bytes {
                    Bytes::Read(_) => DataGroupStatus::NotInSod,
                    Bytes::Protected => DataGroupStatus::Protected,
                };
                (*group, status)
            })
            .collect()
    }
}

/// How a data group stands to its digest in EF.SOD.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataGroupStatus {
    /// It was read, and the digest is that of its bytes.
    Match,
    /// It was read, and the digest is another.
    Mismatch,
    /// EF.SOD has a digest, and the data group was not read.
    NotRead,
    /// It was read, and EF.SOD has no digest: nothing vouches for it.
    NotInSod,
    /// It is behind access rights that the reader does not have.
    Protected,
}

impl DataGroupStatus {
    /// `match`, `mismatch`, `not_read`, `not_in_sod` or `protected`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Mismatch => "mismatch",
            Self::NotRead => "not_read",
            Self::NotInSod => "not_in_sod",
            Self::Protected => "protected",
        }
    }
}

/// The bytes of data groups that a document signer signed. Made by [`verify`](super::verify) alone, and only where every
/// data group that was read matches.
pub struct SignedDataGroups<'a>(BTreeMap<DataGroup, &'a [u8]>);

impl fmt::Debug for SignedDataGroups<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl<'a> SignedDataGroups<'a> {
    pub(super) const fn new(matching: BTreeMap<DataGroup, &'a [u8]>) -> Self {
        Self(matching)
    }

    /// The signed bytes of a data group: those under the digest, without padding behind the file.
    #[must_use]
    pub fn bytes(&self, data_group: DataGroup) -> Option<&'a [u8]> {
        self.0.get(&data_group).copied()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = (DataGroup, &'a [u8])> + '_ {
        self.0.iter().map(|(group, bytes)| (*group, *bytes))
    }
}

type Statuses = BTreeMap<DataGroup, DataGroupStatus>;
type Matching<'a> = BTreeMap<DataGroup, &'a [u8]>;

pub(super) fn compare<'a>(
    evidence: &Evidence<'a>,
    sod: &LdsSecurityObject,
    findings: &mut Findings,
) -> (Statuses, Matching<'a>) {
    let mut statuses = Statuses::new();
    let mut matching = Matching::new();
    for group in DataGroup::all() {
        let file = FileId::DataGroup(group);
        let status = match (evidence.data_groups.get(&group), sod.digests.get(&group)) {
            (None, None) => continue,
            (None, Some(_)) => DataGroupStatus::NotRead,
            (Some(Bytes::Protected), _) => DataGroupStatus::Protected,
            (Some(Bytes::Read(_)), None) => DataGroupStatus::NotInSod,
            (Some(Bytes::Read(bytes)), Some(digest)) => {
                let signed = candidates(bytes)
                    .into_iter()
                    .flatten()
                    .find(|b| sod.algorithm.digest(b) == *digest);
                if let Some(signed) = signed {
                    if signed.len() < bytes.len() {
                        findings.push(Finding::deviation(file, "trailing_bytes"));
                    }
                    matching.insert(group, signed);
                    DataGroupStatus::Match
                } else {
                    findings.add_in(codes::DIGEST_MISMATCH, file);
                    DataGroupStatus::Mismatch
                }
            }
        };
        if status == DataGroupStatus::Protected {
            findings.add_in(codes::DATA_GROUP_PROTECTED, file);
        }
        statuses.insert(group, status);
    }
    (statuses, matching)
}

/// The file without what stands behind its outer element (padding: deviations row 26), and the file whole (one state has
/// signed data behind it, another no TLV at all: rows 105 and 100). Whichever has the digest is what was signed.
fn candidates(bytes: &[u8]) -> [Option<&[u8]>; 2] {
    let cut = Header::parse(bytes)
        .ok()
        .and_then(|header| bytes.get(..header.total()));
    [
        cut,
        Some(bytes).filter(|b| cut.is_none_or(|c| c.len() != b.len())),
    ]
}
