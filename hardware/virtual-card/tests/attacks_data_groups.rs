//! Attacks on the data groups that say more than DG1 and DG2 do, and what refuses each. `make attacks` prints the table.

#[path = "support/verified.rs"]
mod verified;

use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::finding::{Code, codes};
use chipid_virtual_card::{CardData, Issuer, Personaliser, Profile};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use verified::verify;

const PROFILE: &str = "passport-full";

fn profile() -> Profile {
    Profile::builtin(PROFILE).expect("a built-in profile")
}

fn personalised(
    issuer: &Issuer,
    change: impl FnOnce(Personaliser<'_>) -> Personaliser<'_>,
) -> CardData {
    change(Personaliser::new(profile()).issuer(issuer))
        .build(&mut UnwrapErr(SysRng))
        .expect("a card")
}

/// The last byte of a file's content changed: another name, another street, another pixel.
fn changed(card: &CardData, group: DataGroup) -> Vec<u8> {
    let mut bytes = card.files[&FileId::from(group)].clone();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    bytes
}

#[test]
fn no_unsigned_data_group_is_shown() {
    let issuer = Issuer::for_profile(&profile(), &mut UnwrapErr(SysRng)).expect("an issuer");
    let honest = personalised(&issuer, |p| p);
    let verification = verify(&honest);
    let document = verification.document.as_ref().expect("a proven document");
    assert!(document.additional_details().is_some() && document.issuance().is_some());

    let mut table: Vec<(String, Code)> = Vec::new();
    for (group, what) in [
        (
            DataGroup::FACE,
            "another picture in DG2 after ISO/IEC 39794-5",
        ),
        (
            DataGroup::DISPLAYED_PORTRAIT,
            "another displayed portrait in DG5",
        ),
        (DataGroup::DISPLAYED_SIGNATURE, "another signature in DG7"),
        (
            DataGroup::PERSONAL_DETAILS,
            "other personal details in DG11",
        ),
        (
            DataGroup::DOCUMENT_DETAILS,
            "other document details in DG12",
        ),
        (
            DataGroup::PERSONS_TO_NOTIFY,
            "other persons to notify in DG16",
        ),
    ] {
        let file = changed(&honest, group);
        let forged = personalised(&issuer, |p| p.replace_after_signing(group.into(), file));
        let verification = verify(&forged);
        assert!(
            verification.all_findings().has(codes::DIGEST_MISMATCH),
            "{what}"
        );
        assert!(
            verification
                .passive_authentication
                .check()
                .passed()
                .is_none()
        );
        let shown = verification.document.as_ref();
        assert!(
            shown.is_none_or(|d| d.data_group(group).is_none()),
            "{what}"
        );
        table.push((what.into(), codes::DIGEST_MISMATCH));
    }

    // Added where the state signed none: it stands in no security object, and nothing is taken from it.
    let group = DataGroup::PERSONAL_DETAILS;
    let file = honest.files[&FileId::from(group)].clone();
    let without = personalised(&issuer, |p| {
        // EF.COM, which nobody signs, lists it.
        p.without(group)
            .replace_after_signing(group.into(), file)
            .replace_after_signing(FileId::Com, honest.files[&FileId::Com].clone())
    });
    let verification = verify(&without);
    let document = verification.document.as_ref().expect("a proven document");
    assert!(document.additional_details().is_none());
    println!("\n{:<68}  refused by", "attack");
    for (attack, by) in &table {
        println!("{attack:<68}  {by}");
    }
    println!(
        "{:<68}  not signed, not shown",
        "a DG11 added where the state signed none"
    );
    println!("\n{} attacks, none accepted", table.len() + 1);
}
