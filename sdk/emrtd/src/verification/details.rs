//! The signed data groups that say more than DG1 and DG2 do: DG5, DG7, DG11, DG12, DG16.

use super::{AuthenticDocument, decode, note_deviations};
use crate::file_id::DataGroup;
use crate::finding::Findings;
use crate::lds::dg11::PersonalDetails;
use crate::lds::dg12::DocumentDetails;
use crate::lds::dg16::PersonToNotify;
use crate::lds::image::Image;
use crate::lds::{dg5, dg7, dg11, dg12, dg16};
use crate::passive_authentication::SignedDataGroups;
use alloc::vec::Vec;

/// What they say.
#[derive(Default)]
pub(super) struct Details {
    personal: Option<PersonalDetails>,
    document: Option<DocumentDetails>,
    persons_to_notify: Vec<PersonToNotify>,
    displayed_portraits: Vec<Image>,
    displayed_signatures: Vec<Image>,
}

impl AuthenticDocument {
    /// DG11, additional personal details; `None` where it was not read, is not signed or does not parse.
    #[must_use]
    pub const fn additional_details(&self) -> Option<&PersonalDetails> {
        self.details.personal.as_ref()
    }

    /// DG12, additional document details: who issued the document, and when. `None` as for DG11.
    #[must_use]
    pub const fn issuance(&self) -> Option<&DocumentDetails> {
        self.details.document.as_ref()
    }

    /// DG16, the persons to notify in an emergency, in the order of the file.
    #[must_use]
    pub fn persons_to_notify(&self) -> &[PersonToNotify] {
        &self.details.persons_to_notify
    }

    /// DG5, the portrait as it is printed: for showing, never for comparing; that is what [`portrait`](Self::portrait) is
    /// for.
    #[must_use]
    pub fn displayed_portraits(&self) -> &[Image] {
        &self.details.displayed_portraits
    }

    /// DG7, the holder's signature or usual mark as it is printed.
    #[must_use]
    pub fn displayed_signatures(&self) -> &[Image] {
        &self.details.displayed_signatures
    }
}

impl Details {
    /// Decodes what is there; what does not parse is noted and left out.
    pub(super) fn decode(signed: &SignedDataGroups<'_>, findings: &mut Findings) -> Self {
        let group = DataGroup::PERSONAL_DETAILS;
        let personal = decode(signed, group, findings, dg11::parse);
        if let Some(details) = &personal {
            note_deviations(group, &details.deviations, findings);
        }
        let group = DataGroup::DOCUMENT_DETAILS;
        let document = decode(signed, group, findings, dg12::parse);
        if let Some(details) = &document {
            note_deviations(group, &details.deviations, findings);
        }
        let group = DataGroup::PERSONS_TO_NOTIFY;
        let notified = decode(signed, group, findings, dg16::parse).unwrap_or_default();
        note_deviations(group, &notified.deviations, findings);
        let group = DataGroup::DISPLAYED_PORTRAIT;
        let portraits = decode(signed, group, findings, dg5::parse).unwrap_or_default();
        note_deviations(group, &portraits.deviations, findings);
        let group = DataGroup::DISPLAYED_SIGNATURE;
        let signatures = decode(signed, group, findings, dg7::parse).unwrap_or_default();
        note_deviations(group, &signatures.deviations, findings);
        Self {
            personal,
            document,
            persons_to_notify: notified.persons,
            displayed_portraits: portraits.images,
            displayed_signatures: signatures.images,
        }
    }
}
