//! DG11, DG12 and DG16, written.
//!
//! Doc 9303-10, 4.7.11, 4.7.12 and 4.7.16.

use super::additional::{AdditionalDetails, Notified};
use super::deviation::DataGroupDeviation;
use super::holder::Holder;
use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::time::Date;
use chipid_emrtd::tlv;

/// The three files, those that have something to say.
pub(super) fn encode(
    holder: &Holder,
    details: &AdditionalDetails,
    deviations: &[DataGroupDeviation],
) -> Vec<(FileId, Vec<u8>)> {
    let files = [
        (
            DataGroup::PERSONAL_DETAILS,
            personal(holder, details, deviations),
        ),
        (
            DataGroup::DOCUMENT_DETAILS,
            document(holder, details, deviations),
        ),
        (
            DataGroup::PERSONS_TO_NOTIFY,
            persons(&details.persons_to_notify),
        ),
    ];
    files
        .into_iter()
        .filter(|(_, content)| !content.is_empty())
        .map(|(group, content)| (group.into(), tlv::encode(group.tag(), &content)))
        .collect()
}

fn personal(
    holder: &Holder,
    details: &AdditionalDetails,
    deviations: &[DataGroupDeviation],
) -> Vec<u8> {
    let does = |deviation| deviations.contains(&deviation);
    let mut objects = Objects::default();
    if let Some(name) = &details.full_name {
        let name = if does(DataGroupDeviation::FillersAroundNames) {
            format!("<{name}<<<")
        } else {
            name.clone()
        };
        objects.add(0x5F0E, name.as_bytes());
    }
    let directly = does(DataGroupDeviation::OtherNamesDirectly);
    objects.names(0x5F0F, &details.other_names, directly);
    if does(DataGroupDeviation::EmptyAndUnknownObjects) {
        objects.add(0x5F14, &[]);
        objects.content.extend([0x5F, 0x85, 0x02, 0xBE, 0x01]);
    }
    objects.text(0x5F10, details.personal_number.as_ref());
    let birth = date(holder.birth, does(DataGroupDeviation::BirthInBcd));
    objects.add(0x5F2B, &birth);
    objects.text(0x5F11, details.place_of_birth.as_ref());
    objects.text(0x5F42, details.address.as_ref());
    objects.text(0x5F12, details.telephone.as_ref());
    objects.text(0x5F13, details.profession.as_ref());
    objects.text(0x5F14, details.title.as_ref());
    objects.text(0x5F15, details.summary.as_ref());
    objects.text(0x5F17, details.other_documents.as_ref());
    objects.text(0x5F18, details.custody.as_ref());
    objects.with_tag_list()
}

fn document(
    holder: &Holder,
    details: &AdditionalDetails,
    deviations: &[DataGroupDeviation],
) -> Vec<u8> {
    let does = |deviation| deviations.contains(&deviation);
    let mut objects = Objects::default();
    objects.text(0x5F19, details.issuing_authority.as_ref());
    let issued = date(holder.issued, does(DataGroupDeviation::IssueInBcd));
    objects.add(0x5F26, &issued);
    objects.names(0x5F1A, &details.other_persons, false);
    objects.text(0x5F1B, details.endorsements.as_ref());
    objects.text(0x5F1C, details.tax_or_exit.as_ref());
    if let Some(time) = &details.personalised {
        let packed = does(DataGroupDeviation::TimeInBcd);
        objects.add(0x5F55, &digits(time, packed));
    }
    objects.text(0x5F56, details.personalisation_system.as_ref());
    objects.with_tag_list()
}

fn persons(persons: &[Notified]) -> Vec<u8> {
    if persons.is_empty() {
        return Vec::new();
    }
    let mut content = tlv::encode(0x02, &[persons.len() as u8]);
    for (tag, person) in (0xA1..=0xAF).zip(persons) {
        let template = [
            tlv::encode(0x5F50, person.recorded.as_bytes()),
            tlv::encode(0x5F51, person.name.as_bytes()),
            tlv::encode(0x5F52, person.telephone.as_bytes()),
            tlv::encode(0x5F53, person.address.as_bytes()),
        ];
        content.extend(tlv::encode(tag, &template.concat()));
    }
    content
}

/// The objects of a file, and the tags that its list will name.
#[derive(Default)]
struct Objects {
    tags: Vec<u8>,
    content: Vec<u8>,
}

impl Objects {
    fn add(&mut self, tag: u16, value: &[u8]) {
        self.tags.extend(tag.to_be_bytes());
        self.content.extend(tlv::encode(tag.into(), value));
    }

    fn text(&mut self, tag: u16, text: Option<&String>) {
        if let Some(text) = text {
            self.add(tag, text.as_bytes());
        }
    }

    /// `A0 { 02 number, tag name, ... }`, or the names alone.
    fn names(&mut self, tag: u16, names: &[String], directly: bool) {
        if names.is_empty() {
            return;
        }
        self.tags.extend(tag.to_be_bytes());
        let objects: Vec<u8> = names
            .iter()
            .flat_map(|name| tlv::encode(tag.into(), name.as_bytes()))
            .collect();
        if directly {
            self.content.extend(objects);
        } else {
            let count = tlv::encode(0x02, &[names.len() as u8]);
            self.content
                .extend(tlv::encode_all(0xA0, &[&count, &objects]));
        }
    }

    fn with_tag_list(self) -> Vec<u8> {
        [tlv::encode(0x5C, &self.tags), self.content].concat()
    }
}

fn date(date: Date, packed: bool) -> Vec<u8> {
    let text = format!("{:04}{:02}{:02}", date.year(), date.month(), date.day());
    digits(&text, packed)
}

/// One digit in a byte, or two.
fn digits(text: &str, packed: bool) -> Vec<u8> {
    if !packed {
        return text.as_bytes().to_vec();
    }
    text.as_bytes()
        .chunks(2)
        .map(|pair| {
            pair.iter()
                .fold(0, |byte, digit| byte << 4 | (digit & 0x0F))
        })
        .collect()
}
