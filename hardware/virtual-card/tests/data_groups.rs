//! The data groups beyond DG1 and DG2, from a signed card to the document that shows them, and written as real states
//! write them (rows of docs/reference/deviations.md, part F).

#[path = "support/verified.rs"]
mod verified;

use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::finding::{Finding, codes};
use chipid_emrtd::lds::dg2::FaceEncoding;
use chipid_emrtd::lds::image::ImageFormat;
use chipid_emrtd::verification::{AuthenticDocument, Verification};
use chipid_virtual_card::{CardData, DataGroupDeviation, Issuer, Personaliser, Profile};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use verified::verify;

/// A card of the profile, changed by `change` before it is made.
fn card(
    profile: &str,
    change: impl for<'a> FnOnce(Personaliser<'a>) -> Personaliser<'a>,
) -> CardData {
    let profile = Profile::builtin(profile).expect("a built-in profile");
    let mut rng = UnwrapErr(SysRng);
    let issuer = Issuer::for_profile(&profile, &mut rng).expect("an issuer");
    let personaliser = change(Personaliser::new(profile).issuer(&issuer));
    personaliser.build(&mut rng).expect("a card")
}

/// A card with these departures, read and verified.
fn verified(profile: &str, deviations: &[DataGroupDeviation]) -> Verification {
    verify(&card(profile, |personaliser| {
        deviations
            .iter()
            .fold(personaliser, |personaliser, deviation| {
                personaliser.deviating(*deviation)
            })
    }))
}

fn document(verification: &Verification) -> &AuthenticDocument {
    verification.document.as_ref().expect("a proven document")
}

fn deviations(verification: &Verification, file: FileId) -> Vec<&'static str> {
    verification
        .all_findings()
        .iter()
        .filter(|finding| finding.code == codes::ENCODING_DEVIATION && finding.file == Some(file))
        .filter_map(|finding| finding.detail)
        .collect()
}

#[test]
fn a_full_passport_shows_everything_that_is_signed() {
    let card = card("passport-full", |personaliser| personaliser);
    let verification = verify(&card);
    let document = document(&verification);
    let personal = document.additional_details().expect("DG11");
    assert_eq!(
        *personal.full_name.as_ref().unwrap().joined(" "),
        "Muster Anna María"
    );
    assert_eq!(personal.other_names.len(), 2);
    assert_eq!(personal.birth.unwrap().to_string(), "1985-02-28");
    assert_eq!(
        *personal.address.as_ref().unwrap().joined(", "),
        "1 Sample Street, Anytown, Utopia"
    );
    let issuance = document.issuance().expect("DG12");
    assert_eq!(
        issuance.issuing_authority.as_ref().unwrap().as_str(),
        "Utopian Passport Office"
    );
    assert_eq!(issuance.issued.unwrap().to_string(), "2021-05-11");
    assert_eq!(
        issuance.personalised.unwrap().to_string(),
        "2021-05-11 09:30:00"
    );
    assert_eq!(document.persons_to_notify().len(), 2);
    assert_eq!(document.displayed_portraits()[0].format, ImageFormat::Jpeg);
    assert_eq!(document.displayed_signatures()[0].format, ImageFormat::Jpeg);
    let face = document.portrait().unwrap().image().unwrap();
    assert_eq!(face.encoding, FaceEncoding::Iso39794);
    assert_eq!((face.width, face.height), (240, 320));
    assert_eq!(Some(&*face.data), card.portrait.as_ref());
    assert!(
        !verification.all_findings().has(codes::ENCODING_DEVIATION),
        "{:?}",
        verification.all_findings()
    );
}

#[test]
fn documents_without_these_groups_show_nothing() {
    let verification = verified("passport-p256", &[]);
    let document = document(&verification);
    assert!(document.additional_details().is_none() && document.issuance().is_none());
    assert!(document.persons_to_notify().is_empty());
    assert!(document.displayed_portraits().is_empty());
    assert!(document.displayed_signatures().is_empty());
}

#[test]
fn every_departure_of_part_f_is_read_noted_and_changes_nothing() {
    let straight = verified("passport-full", &[]);
    let straight = document(&straight);
    for (deviation, group, name) in [
        (DataGroupDeviation::BirthInBcd, 11, Some("date_in_bcd")),
        (DataGroupDeviation::IssueInBcd, 12, Some("date_in_bcd")),
        (DataGroupDeviation::TimeInBcd, 12, Some("time_in_bcd")),
        // The standard's other form, and fillers, are no departures worth a note.
        (DataGroupDeviation::OtherNamesDirectly, 11, None),
        (
            DataGroupDeviation::EmptyAndUnknownObjects,
            11,
            Some("unknown_data_object"),
        ),
        (DataGroupDeviation::FillersAroundNames, 11, None),
        (DataGroupDeviation::OpaqueOptionalDetails, 13, None),
    ] {
        let verification = verified("passport-full", &[deviation]);
        let found = document(&verification);
        let row = deviation.row();
        assert!(
            verification
                .passive_authentication
                .check()
                .passed()
                .is_some()
        );
        let (old, new) = (
            straight.additional_details().unwrap(),
            found.additional_details().unwrap(),
        );
        assert_eq!(old.full_name, new.full_name, "row {row}");
        assert_eq!(old.other_names, new.other_names, "row {row}");
        assert_eq!(old.birth, new.birth, "row {row}");
        let (old, new) = (straight.issuance().unwrap(), found.issuance().unwrap());
        assert_eq!(old.issued, new.issued, "row {row}");
        assert_eq!(old.personalised, new.personalised, "row {row}");
        let group = FileId::DataGroup(DataGroup::new(group).unwrap());
        let noted = deviations(&verification, group);
        match name {
            Some(name) => assert!(noted.contains(&name), "row {row}: {noted:?}"),
            None => assert!(noted.is_empty(), "row {row}: {noted:?}"),
        }
        assert!(
            !verification
                .all_findings()
                .has(codes::DATA_GROUP_UNREADABLE)
        );
    }
}

#[test]
fn every_departure_of_the_face_gives_the_same_picture() {
    let straight = verified("passport-p256", &[]);
    let straight = document(&straight).portrait().unwrap().image().unwrap();
    for (deviation, name) in [
        (
            DataGroupDeviation::FaceRecordLength(-8),
            "length_of_image_record_wrong",
        ),
        (
            DataGroupDeviation::FaceRecordLength(-1),
            "length_of_image_record_wrong",
        ),
        (
            DataGroupDeviation::ImageNotAtItsPlace,
            "image_not_at_its_place",
        ),
        (
            DataGroupDeviation::FillingBehindImage,
            "bytes_behind_the_image",
        ),
    ] {
        let verification = verified("passport-p256", &[deviation]);
        let image = document(&verification).portrait().unwrap().image().unwrap();
        assert!(image.data == straight.data, "row {}", deviation.row());
        assert_eq!(deviations(&verification, FileId::DG2), [name]);
    }
    // Nine bytes are too many: the picture is not believed.
    let verification = verified("passport-p256", &[DataGroupDeviation::FaceRecordLength(9)]);
    assert!(document(&verification).portrait().is_none());
}

#[test]
fn all_departures_in_one_card() {
    let verification = verified("passport-full", &DataGroupDeviation::ALL);
    let document = document(&verification);
    assert!(document.portrait().is_some() && document.issuance().is_some());
    assert!(document.additional_details().is_some());
}

#[test]
fn a_signed_group_that_is_no_tlv_is_unreadable_and_the_rest_is_shown() {
    for number in [5, 7, 11, 12, 16] {
        let group = DataGroup::new(number).unwrap();
        let broken = vec![group.tag() as u8, 3, 0x5F, 0xFF, 0xFF];
        let card = card("passport-full", |personaliser| {
            personaliser.data_group(group, broken)
        });
        let verification = verify(&card);
        let unreadable = Finding::in_file(codes::DATA_GROUP_UNREADABLE, group.into());
        assert!(
            verification.all_findings().iter().any(|f| *f == unreadable),
            "{group}"
        );
        assert_eq!(*document(&verification).mrz().name(), "MUSTER ANNA MARIA");
    }
}

#[test]
fn a_forged_group_is_never_shown() {
    let honest = card("passport-full", |personaliser| personaliser);
    let group = DataGroup::PERSONAL_DETAILS;
    let mut forged = honest.files[&FileId::from(group)].clone();
    let last = forged.len() - 1;
    forged[last] ^= 1;
    let card = card("passport-full", |personaliser| {
        personaliser.replace_after_signing(group.into(), forged)
    });
    let verification = verify(&card);
    assert!(verification.all_findings().has(codes::DIGEST_MISMATCH));
    assert!(
        verification
            .document
            .as_ref()
            .is_none_or(|document| document.additional_details().is_none())
    );
}
