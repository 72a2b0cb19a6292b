//! The Vietnamese profiles: what their invented people's numbers, dates and texts say fits together, as on real cards.

use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::time::Date;
use chipid_vietnam::dg13::{Dg13, Expiry, Field};
use chipid_vietnam::mrz_rules::number_in_optional_data;
use chipid_vietnam::name::mrz_name_fits;
use chipid_vietnam::personal_number::PersonalNumber;
use chipid_vietnam::private::PrivateText;
use chipid_vietnam::qr::QrText;
use chipid_vietnam::sex::Sex;
use chipid_virtual_card::{
    ActiveAuthenticationKey, CardData, Holder, Issuer, Personaliser, Profile, RsaKey,
    VietnameseForm,
};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use std::sync::OnceLock;

fn profiles() -> impl Iterator<Item = Profile> {
    Profile::names()
        .filter(|name| name.starts_with("vn-"))
        .map(|name| Profile::builtin(name).expect(name))
}

fn card(profile: &Profile) -> CardData {
    static KEY: OnceLock<RsaKey> = OnceLock::new();
    let mut rng = UnwrapErr(SysRng);
    let key = KEY.get_or_init(|| RsaKey::generate(2048, &mut UnwrapErr(SysRng)).expect("key"));
    let issuer = Issuer::for_profile(profile, &mut rng).expect("issuer");
    Personaliser::new(profile.clone())
        .issuer(&issuer)
        .active_authentication_key(ActiveAuthenticationKey::Rsa {
            key: key.clone(),
            hash: HashAlgorithm::Sha256,
        })
        .build(&mut rng)
        .expect("card")
}

const fn parts(date: Date) -> (u16, u8, u8) {
    (date.year(), date.month(), date.day())
}

/// The rule of renewal (Law 59/2014, Article 21; Law 26/2023, Article 21), written a second time here: the last day as
/// year, month and day, 29 February in a year without one as the 28th.
fn expiry_by_law(holder: &Holder) -> Option<(u16, u8, u8)> {
    let (year, month, day) = parts(holder.birth);
    let issued = parts(holder.issued);
    let milestones: &[u16] = match issued < (2024, 7, 1) {
        true => &[25, 40, 60],
        false => &[14, 25, 40, 60],
    };
    let expiry = milestones
        .iter()
        .map(|age| (year + age, month, day))
        .find(|&(y, m, d)| issued < (y - 2, m, d))?;
    Some(match expiry {
        (y, 2, 29) if Date::new(y, 2, 29).is_none() => (y, 2, 28),
        other => other,
    })
}

#[test]
fn there_is_a_profile_of_each_kind() {
    let names: Vec<String> = profiles().map(|profile| profile.name).collect();
    assert_eq!(names.len(), 21, "{names:?}");
}

#[test]
fn no_two_people_share_a_number_a_can_or_a_serial() {
    let mut seen = std::collections::BTreeSet::new();
    for profile in profiles().filter(|p| !["vn-2021", "vn-2024"].contains(&p.name.as_str())) {
        let holder = &profile.holder;
        let number = holder.personal_number.clone().expect("number");
        let serial = holder.details.clone().and_then(|d| d.chip_serial);
        assert!(seen.insert(number[6..].to_owned()), "{}", profile.name);
        assert!(seen.insert(number), "{}", profile.name);
        assert!(seen.insert(serial.expect("serial")), "{}", profile.name);
    }
}

#[test]
fn numbers_days_and_names_fit_together() {
    for profile in profiles() {
        let (name, holder) = (&profile.name, &profile.holder);
        let text = holder.personal_number.as_deref().expect(name);
        let number = PersonalNumber::new(text).expect(name);
        let sex = if holder.sex == 'F' {
            Sex::Female
        } else {
            Sex::Male
        };
        assert!(number.agrees_with(holder.birth, sex), "{name}");
        assert_eq!(number.document_number(), holder.document_number, "{name}");
        assert_eq!(holder.expiry.map(parts), expiry_by_law(holder), "{name}");
        let old = profile.vietnamese == Some(VietnameseForm::Card2021);
        assert_eq!(parts(holder.issued) < (2024, 7, 1), old, "{name}");
        // The 2021 card is for people of 14 and more.
        let (y, m, d) = parts(holder.birth);
        assert!(!old || (y + 14, m, d) <= parts(holder.issued), "{name}");
        // Valid when this was written, so that tests need no other day.
        assert!(
            holder.expiry.is_none_or(|day| parts(day) > (2027, 1, 1)),
            "{name}"
        );
    }
}

#[test]
fn the_zone_agrees_with_the_holder() {
    for profile in profiles() {
        let (name, card) = (&profile.name, card(&profile));
        let lines: Vec<&str> = card.mrz.lines().collect();
        let details = profile.holder.details.clone().expect(name);
        let optional = number_in_optional_data(&lines[0][15..30]).expect(name);
        assert_eq!(
            Some(optional.number.as_str()),
            card.number.as_deref(),
            "{name}"
        );
        assert!(mrz_name_fits(lines[2], &details.name), "{name}");
        let can = card.number.as_deref().map(|number| &number[6..]);
        let has_can = name != "vn-bac-only";
        assert_eq!(
            card.passwords.can.as_deref(),
            can.filter(|_| has_can),
            "{name}"
        );
    }
}

#[test]
fn dg13_says_what_the_profile_says() {
    for profile in profiles() {
        let (name, card) = (&profile.name, card(&profile));
        let (holder, form) = (&profile.holder, &profile.dg13);
        let dg13 = Dg13::parse(&card.files[&FileId::DG13]).expect(name);
        let details = holder.details.clone().expect(name);
        let old = profile.vietnamese == Some(VietnameseForm::Card2021);
        let said = |field: &Field<PrivateText>| field.present().map(|t| t.as_str().to_owned());
        let readable = |n: u32, value: &Option<String>| {
            value.clone().filter(|_| old || form.kept.contains(&n))
        };
        assert_eq!(
            dg13.number.present().map(|n| n.as_str()),
            card.number.as_deref(),
            "{name}"
        );
        assert_eq!(said(&dg13.name), Some(details.name.clone()), "{name}");
        let birth = Some(holder.birth).filter(|_| holder.birth_written.is_none());
        assert_eq!(dg13.birth.present().copied(), birth, "{name}");
        let issued = Some(holder.issued).filter(|_| !form.omitted.contains(&11));
        assert_eq!(dg13.issue.present().copied(), issued, "{name}");
        let expiry = holder.expiry.map_or(Expiry::NoExpiry, Expiry::On);
        assert_eq!(dg13.expiry.present(), Some(&expiry), "{name}");
        for (n, field, value) in [
            (6, &dg13.ethnicity, &details.ethnicity),
            (7, &dg13.religion, &details.religion),
            (9, &dg13.residence, &details.residence),
            (10, &dg13.features, &details.features),
            (13, &dg13.father, &details.father),
            (13, &dg13.mother, &details.mother),
            (14, &dg13.spouse, &details.spouse),
            (15, &dg13.old_number, &details.old_number),
        ] {
            assert_eq!(said(field), readable(n, value), "{name}, field {n}");
        }
    }
}

#[test]
fn the_qr_text_is_the_cards_own() {
    for profile in profiles() {
        let (name, text) = (&profile.name, profile.qr_text().expect("text"));
        let fields = text.split('|').count();
        let old = profile.vietnamese == Some(VietnameseForm::Card2021);
        assert_eq!(fields, if old { 7 } else { 10 }, "{name}");
        let qr = QrText::parse(&text).expect(name);
        assert_eq!(
            Some(qr.number.as_str()),
            profile.holder.personal_number.as_deref()
        );
        assert!(qr.birth.may_be(profile.holder.birth), "{name}");
        assert_eq!(qr.issue, profile.holder.issued, "{name}");
        let child = name.starts_with("vn-under");
        let parent = qr
            .extras
            .iter()
            .any(|extra| extra.as_str() == "Phạm Quốc Bảo");
        assert_eq!(parent, child, "{name}");
    }
}

/// The family of the profiles: the children's papers name the holder of `vn-parent`.
#[test]
fn the_children_are_those_of_the_parent() {
    let parent = Profile::builtin("vn-parent").expect("profile");
    let details = parent.holder.details.expect("details");
    for name in [
        "vn-minor",
        "vn-under-14",
        "vn-under-14-parents",
        "vn-under-6",
    ] {
        let child = Profile::builtin(name).expect(name).holder;
        let named = child.details.expect(name);
        assert_eq!(named.father.as_ref(), Some(&details.name), "{name}");
        assert_eq!(named.mother, details.spouse, "{name}");
    }
}
