//! DG13 of a Vietnamese card as values that the chip's signature proves.

use crate::holder::is_vietnamese_card;
use chipid_emrtd::file_id::DataGroup;
use chipid_emrtd::verification::{AuthenticDocument, IssuerTrust};
use chipid_vietnam::dg13::{Dg13, Dg13Error, Generation};
use std::fmt;

/// The fields of DG13, from bytes whose digest the document's signer signed. Only an assessment makes one; how far the
/// signature is traced goes with it. Wiped on drop.
#[derive(Clone, PartialEq, Eq)]
pub struct VietnameseData {
    dg13: Dg13,
    trust: IssuerTrust,
}

impl VietnameseData {
    /// `None` where the document is no Vietnamese card, or DG13 was not read or is not signed.
    pub(crate) fn of(document: &AuthenticDocument) -> Option<Result<Self, Dg13Error>> {
        if !is_vietnamese_card(document) {
            return None;
        }
        let file = document.data_group(DataGroup::OPTIONAL_DETAILS)?;
        let trust = document.trust();
        Some(Dg13::parse(file).map(|dg13| Self { dg13, trust }))
    }

    /// The fields.
    #[must_use]
    pub const fn dg13(&self) -> &Dg13 {
        &self.dg13
    }

    /// How far the signature over them is traced.
    #[must_use]
    pub const fn trust(&self) -> IssuerTrust {
        self.trust
    }

    /// Which of the two cards it is, derived from the signed day of issue.
    #[must_use]
    pub fn generation(&self) -> Option<Generation> {
        self.dg13.generation()
    }
}

impl fmt::Debug for VietnameseData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VietnameseData({:?})", self.trust)
    }
}
