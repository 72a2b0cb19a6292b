//! The data groups that say more than DG1: pictures, additional details, persons to notify.

use chipid::emrtd::lds::biometric_templates::BiometricTemplates;
use chipid::emrtd::lds::data_element::{OtherObject, Text};
use chipid::emrtd::lds::dg2::Faces;
use chipid::emrtd::lds::dg11::PersonalDetails;
use chipid::emrtd::lds::dg12::DocumentDetails;
use chipid::emrtd::lds::dg13::OptionalDetails;
use chipid::emrtd::lds::dg16::PersonsToNotify;
use chipid::emrtd::lds::displayed_image::DisplayedImages;
use chipid::emrtd::lds::feature_templates::FeatureTemplates;
use chipid::emrtd::lds::image::Image;
use serde_json::{Value, json};

pub(super) fn faces(faces: &Faces) -> Value {
    let images: Vec<Value> = faces
        .images
        .iter()
        .map(|image| {
            json!({
                "encoding": image.encoding.name(),
                "format": format!("{:?}", image.format),
                "bytes": image.data.len(),
                "width": image.width,
                "height": image.height,
            })
        })
        .collect();
    json!({"images": images, "deviations": faces.deviations})
}

pub(super) fn displayed(found: &DisplayedImages) -> Value {
    let images: Vec<Value> = found.images.iter().map(image).collect();
    json!({"images": images, "deviations": found.deviations})
}

pub(super) fn templates(found: &BiometricTemplates) -> Value {
    let instances: Vec<Value> = found
        .instances
        .iter()
        .map(|instance| {
            json!({
                "subtype": instance.subtype,
                "encoding": if instance.is_39794 { "iso-39794" } else { "iso-19794" },
                "bytes": instance.record.len(),
            })
        })
        .collect();
    json!({"stated": found.stated, "instances": instances})
}

pub(super) fn features(found: &FeatureTemplates) -> Value {
    let objects: Vec<Value> = found
        .objects
        .iter()
        .map(|(tag, bytes)| json!({"tag": tag.to_string(), "bytes": bytes}))
        .collect();
    json!({"stated": found.stated, "content_bytes": found.len, "objects": objects})
}

pub(super) fn optional(found: &OptionalDetails<'_>) -> Value {
    json!({"content_bytes": found.content.len(), "is_tlv": found.is_tlv})
}

pub(super) fn personal(found: &PersonalDetails) -> Value {
    json!({
        "full_name": name(found.full_name.as_ref()),
        "other_names": found.other_names.iter().map(|n| name(Some(n))).collect::<Vec<_>>(),
        "personal_number": verbatim(found.personal_number.as_ref()),
        "birth": found.birth.map(|day| day.to_string()),
        "place_of_birth": lines(found.place_of_birth.as_ref()),
        "address": lines(found.address.as_ref()),
        "telephone": verbatim(found.telephone.as_ref()),
        "profession": name(found.profession.as_ref()),
        "title": name(found.title.as_ref()),
        "summary": name(found.summary.as_ref()),
        "proof_of_citizenship": found.proof_of_citizenship.as_ref().map(image),
        "other_documents": lines(found.other_documents.as_ref()),
        "custody": name(found.custody.as_ref()),
        "other_objects": others(&found.others),
        "deviations": found.deviations,
    })
}

pub(super) fn document(found: &DocumentDetails) -> Value {
    json!({
        "issuing_authority": name(found.issuing_authority.as_ref()),
        "issued": found.issued.map(|day| day.to_string()),
        "other_persons": found.other_persons.iter().map(|n| name(Some(n))).collect::<Vec<_>>(),
        "endorsements": name(found.endorsements.as_ref()),
        "tax_or_exit": name(found.tax_or_exit.as_ref()),
        "front": found.front.as_ref().map(image),
        "rear": found.rear.as_ref().map(image),
        "personalised": found.personalised.map(|time| time.to_string()),
        "personalisation_system": verbatim(found.personalisation_system.as_ref()),
        "other_objects": others(&found.others),
        "deviations": found.deviations,
    })
}

pub(super) fn persons(found: &PersonsToNotify) -> Value {
    let persons: Vec<Value> = found
        .persons
        .iter()
        .map(|person| {
            json!({
                "name": name(person.name.as_ref()),
                "telephone": verbatim(person.telephone.as_ref()),
                "address": lines(person.address.as_ref()),
                "recorded": person.recorded.map(|day| day.to_string()),
                "other_objects": others(&person.others),
            })
        })
        .collect();
    json!({"persons": persons, "deviations": found.deviations})
}

fn image(image: &Image) -> Value {
    json!({"format": format!("{:?}", image.format), "bytes": image.data.len()})
}

/// What no field holds, by tag and length alone.
fn others(objects: &[OtherObject]) -> Value {
    let objects: Vec<Value> = objects
        .iter()
        .map(|object| json!({"tag": object.tag.to_string(), "bytes": object.value.len()}))
        .collect();
    json!(objects)
}

fn name(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.joined(" ").to_string())
}

fn lines(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.joined(", ").to_string())
}

fn verbatim(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.as_str().to_owned())
}
