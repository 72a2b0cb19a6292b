//! The files of a chip.

use super::details;
use crate::lang::{Lang, Said, Trouble};
use chipid::emrtd::cms::SignedData;
use chipid::emrtd::lds::{
    atr_info::AtrInfo, card_security::CardSecurity, com::Com, dir::Dir, sod::SecurityObject,
};
use chipid::emrtd::lds::{biometric_templates, feature_templates};
use chipid::emrtd::lds::{dg1, dg2, dg5, dg7, dg11, dg12, dg13, dg14, dg15, dg16};
use chipid::emrtd::mrz::{Layout, Mrz, Sex};
use chipid::emrtd::security_info::SecurityInfos;
use chipid::emrtd::tlv::{self, Header};
use chipid::emrtd::trust::certificate::Certificate;
use chipid::vietnam::dg13::{Dg13, Expiry, Field};
use chipid::{DataGroup, FileId};
use serde_json::{Map, Value, json};

/// What file of a chip this is; `None` where it is none.
pub(super) fn describe(bytes: &[u8]) -> Option<Value> {
    let header = Header::parse(bytes).ok()?;
    if header.total() > bytes.len() {
        return None;
    }
    let file = kind(bytes, &header)?;
    let content = match file {
        FileId::AtrInfo => AtrInfo::parse(bytes)
            .map(|info| card_info(&info))
            .map_err(say),
        FileId::Dir => Dir::parse(bytes).map(|dir| applications(&dir)).map_err(say),
        FileId::CardAccess => SecurityInfos::parse(bytes).map(|i| infos(&i)).map_err(say),
        FileId::CardSecurity => CardSecurity::from_file(bytes)
            .map(|object| card_security(&object))
            .map_err(say),
        FileId::Com => Com::parse(bytes)
            .map(|com| json!({"data_groups": com.data_groups.iter().map(ToString::to_string).collect::<Vec<_>>()}))
            .map_err(say),
        FileId::Sod => SecurityObject::from_file(bytes).map(|o| object(&o)).map_err(say),
        FileId::DataGroup(group) => data_group(group, bytes),
        _ => Ok(json!({})),
    };
    let mut out = Map::new();
    out.insert("kind".to_owned(), json!(file.to_string()));
    out.insert("bytes".to_owned(), json!(bytes.len()));
    if file.is_one_object() && bytes.len() > header.total() {
        let padding = bytes.len().saturating_sub(header.total());
        out.insert("bytes_behind_the_file".to_owned(), json!(padding));
    }
    match content {
        Ok(Value::Object(content)) => {
            out.extend(content.into_iter().filter(|(key, _)| key != "kind"));
        }
        Ok(_) => {}
        Err(trouble) => {
            out.insert("trouble".to_owned(), json!(trouble));
        }
    }
    Some(Value::Object(out))
}

/// The file that begins like this. DG1 and EF.DIR have the same tag; what is inside tells them apart.
fn kind(bytes: &[u8], header: &Header) -> Option<FileId> {
    let tag = header.tag.0;
    if tag == FileId::Dir.tag() {
        let is_zone = tlv::outer(bytes, tag).is_ok_and(|file| file.child(0x5F1F).is_some());
        return Some(if is_zone || Dir::parse(bytes).is_err() {
            FileId::DG1
        } else {
            FileId::Dir
        });
    }
    if tag == 0x7F66 {
        return Some(FileId::AtrInfo);
    }
    // A bare SEQUENCE is anything: a certificate, a list. Its content type says that it is this file.
    if tag == FileId::CardSecurity.tag() {
        return CardSecurity::from_file(bytes)
            .is_ok()
            .then_some(FileId::CardSecurity);
    }
    FileId::all().find(|file| file.tag() == tag)
}

fn data_group(group: DataGroup, bytes: &[u8]) -> Result<Value, String> {
    match group {
        DataGroup::MRZ => dg1::parse(bytes).map(|mrz| zone(&mrz)).map_err(say),
        DataGroup::FACE => dg2::parse(bytes)
            .map(|faces| details::faces(&faces))
            .map_err(say),
        DataGroup::FINGERS | DataGroup::IRISES => biometric_templates::parse(bytes, group)
            .map(|templates| details::templates(&templates))
            .map_err(say),
        DataGroup::DISPLAYED_PORTRAIT => dg5::parse(bytes)
            .map(|images| details::displayed(&images))
            .map_err(say),
        DataGroup::DISPLAYED_SIGNATURE => dg7::parse(bytes)
            .map(|images| details::displayed(&images))
            .map_err(say),
        DataGroup::PERSONAL_DETAILS => dg11::parse(bytes)
            .map(|found| details::personal(&found))
            .map_err(say),
        DataGroup::DOCUMENT_DETAILS => dg12::parse(bytes)
            .map(|found| details::document(&found))
            .map_err(say),
        DataGroup::OPTIONAL_DETAILS => Ok(match Dg13::parse(bytes) {
            Ok(vietnamese) => self::vietnamese(&vietnamese),
            Err(_) => details::optional(&dg13::parse(bytes)),
        }),
        DataGroup::SECURITY_OPTIONS => dg14::parse(bytes).map(|i| infos(&i)).map_err(say),
        DataGroup::ACTIVE_AUTHENTICATION_KEY => dg15::parse(bytes)
            .map(|key| json!({"key": key.name()}))
            .map_err(say),
        DataGroup::PERSONS_TO_NOTIFY => dg16::parse(bytes)
            .map(|found| details::persons(&found))
            .map_err(say),
        other if matches!(other.number(), 8..=10) => feature_templates::parse(bytes, other)
            .map(|found| details::features(&found))
            .map_err(say),
        _ => Ok(json!({})),
    }
}

/// What is wrong with a file, in the language of this run.
pub(super) fn say(trouble: impl Trouble) -> String {
    trouble.message().said(Lang::spoken())
}

fn card_info(info: &AtrInfo) -> Value {
    json!({
        "capabilities": info.capabilities.map(|c| json!({
            "select_by_full_name": c.select_by_full_name,
            "short_file_identifiers": c.short_file_identifiers,
            "command_chaining": c.command_chaining,
            "extended_length": c.extended_length,
        })),
        "longest_command": info.max_command,
        "longest_response": info.max_response,
        "ends_in_garbage": info.ends_in_garbage,
    })
}

fn applications(dir: &Dir) -> Value {
    let applications: Vec<Value> = dir
        .applications
        .iter()
        .map(|application| {
            json!({
                "identifier": hex::encode_upper(&application.identifier),
                "label": application.label,
                "known_as": application.known_as(),
            })
        })
        .collect();
    json!({"applications": applications, "holds_other_bytes": dir.holds_other_bytes})
}

/// A machine readable zone.
pub(super) fn zone(mrz: &Mrz) -> Value {
    json!({
        "kind": "machine readable zone",
        "layout": match mrz.layout() {
            Layout::Td1 => "TD1",
            Layout::Td2 => "TD2",
            Layout::Td3 => "TD3",
        },
        "document_code": mrz.document_code(),
        "issuing_state": mrz.issuing_state(),
        "document_number": mrz.document_number().as_str(),
        "name": mrz.name().as_str(),
        "nationality": mrz.nationality(),
        "birth_yymmdd": mrz.birth().as_str(),
        "sex": match mrz.sex() {
            Sex::Female => "F",
            Sex::Male => "M",
            Sex::Unspecified => "X",
        },
        "expiry_yymmdd": mrz.expiry().as_str(),
        "optional_data": mrz.optional_data().trim_end_matches('<'),
    })
}

fn infos(infos: &SecurityInfos) -> Value {
    json!({
        "pace": infos.pace.iter().map(|p| json!({
            "mapping": p.mapping.name(),
            "cipher": p.cipher.name(),
            "group": p.group_name(),
            "parameter_id": p.parameter_id,
        })).collect::<Vec<_>>(),
        "chip_authentication": infos.chip_authentication.iter().map(|c| json!({
            "cipher": c.cipher.name(),
            "version": c.version,
            "key_id": c.key_id.as_ref().map(|id| hex::encode_upper(id.as_bytes())),
        })).collect::<Vec<_>>(),
        "chip_authentication_keys": infos.chip_authentication_keys.iter().map(|k| json!({
            "group": k.key.domain_parameters().name(),
            "key_id": k.key_id.as_ref().map(|id| hex::encode_upper(id.as_bytes())),
        })).collect::<Vec<_>>(),
        "active_authentication_hash": infos.active_authentication_hash.map(|h| h.name()),
        "terminal_authentication": infos.terminal_authentication,
        "malformed": infos.malformed,
    })
}

fn object(object: &SecurityObject<'_>) -> Value {
    let digests: Map<String, Value> = object
        .lds
        .digests
        .iter()
        .map(|(group, digest)| (group.to_string(), json!(hex::encode(digest))))
        .collect();
    json!({
        "lds_version": object.lds.version,
        "digest": object.lds.algorithm.name(),
        "digests": digests,
        "signers": signers(&object.signed),
        "certificates": certificates(&object.signed),
        "deviations": object.deviations,
    })
}

fn card_security(object: &CardSecurity<'_>) -> Value {
    let mut value = infos(&object.infos);
    value["signers"] = signers(&object.signed);
    value["certificates"] = certificates(&object.signed);
    value
}

fn signers(signed: &SignedData<'_>) -> Value {
    let signers: Vec<Value> = signed
        .signers
        .iter()
        .map(|signer| {
            json!({
                "digest": signer.digest.as_ref().ok().map(|d| d.name()),
                "signature": signer.algorithm.as_ref().ok().map(|a| a.name()),
                "signing_time": signer.signing_time.map(|t| t.to_string()),
            })
        })
        .collect();
    json!(signers)
}

fn certificates(signed: &SignedData<'_>) -> Value {
    let certificates: Vec<Value> = signed
        .certificates
        .iter()
        .map(|der| match Certificate::from_der(der) {
            Ok(certificate) => super::certificates::certificate(&certificate),
            Err(error) => json!({"trouble": say(error)}),
        })
        .collect();
    json!(certificates)
}

/// The Vietnamese data group, field by field.
fn vietnamese(d: &Dg13) -> Value {
    fn show<T>(field: &Field<T>, text: impl FnOnce(&T) -> String) -> Value {
        match field {
            Field::Present(value) => json!(text(value)),
            Field::Unreadable(_) => json!("(unreadable)"),
            _ => Value::Null,
        }
    }
    json!({
        "number": show(&d.number, |n| n.as_str().to_owned()),
        "name": show(&d.name, |t| t.as_str().to_owned()),
        "birth": show(&d.birth, ToString::to_string),
        "sex": show(&d.sex, |s| s.mrz_letter().to_string()),
        "nationality": show(&d.nationality, |t| t.as_str().to_owned()),
        "ethnicity": show(&d.ethnicity, |t| t.as_str().to_owned()),
        "religion": show(&d.religion, |t| t.as_str().to_owned()),
        "origin": show(&d.origin, |t| t.as_str().to_owned()),
        "residence": show(&d.residence, |t| t.as_str().to_owned()),
        "features": show(&d.features, |t| t.as_str().to_owned()),
        "issued": show(&d.issue, ToString::to_string),
        "expires": show(&d.expiry, |e| match e {
            Expiry::On(day) => day.to_string(),
            Expiry::NoExpiry => "never".to_owned(),
        }),
        "father": show(&d.father, |t| t.as_str().to_owned()),
        "mother": show(&d.mother, |t| t.as_str().to_owned()),
        "spouse": show(&d.spouse, |t| t.as_str().to_owned()),
        "old_number": show(&d.old_number, |t| t.as_str().to_owned()),
        "serial": show(&d.serial, |t| t.as_str().to_owned()),
        "other_fields": d.others.len(),
        "notes": d.notes.iter().map(|n| format!("{n:?}")).collect::<Vec<_>>(),
    })
}
