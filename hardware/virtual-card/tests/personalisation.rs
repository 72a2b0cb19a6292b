//! Cards from every built-in profile: what stands in their files, and that they survive the disk.

use chipid_emrtd::crypto::ec::Curve;
use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::time::Date;
use chipid_emrtd::tlv;
use chipid_virtual_card::{
    ActiveAuthenticationKey, Algorithms, CardData, FaceEncoding, Issuer, Personaliser, Profile,
    RsaKey, Validity, VirtualCard, VirtualCardError, drawn_portrait_of,
};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

/// One RSA key for all tests.
fn rsa_key() -> &'static RsaKey {
    static KEY: OnceLock<RsaKey> = OnceLock::new();
    KEY.get_or_init(|| RsaKey::generate(2048, &mut rng()).expect("key"))
}

fn profile(name: &str) -> Profile {
    Profile::builtin(name).expect("profile")
}

fn issuer(profile: &Profile) -> Issuer {
    Issuer::for_profile(profile, &mut rng()).expect("issuer")
}

fn personaliser<'a>(name: &str, issuer: &'a Issuer) -> Personaliser<'a> {
    Personaliser::new(profile(name))
        .issuer(issuer)
        .active_authentication_key(ActiveAuthenticationKey::Rsa {
            key: rsa_key().clone(),
            hash: HashAlgorithm::Sha256,
        })
}

fn vietnamese() -> (Issuer, CardData) {
    let issuer = issuer(&profile("vn-2021"));
    let card = personaliser("vn-2021", &issuer)
        .build(&mut rng())
        .expect("card");
    (issuer, card)
}

/// A directory that goes away again.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("chipid-vc-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("scratch directory");
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_vietnamese_card_access_is_the_published_one() {
    let (_, card) = vietnamese();
    assert_eq!(
        hex::encode(&card.files[&FileId::CardAccess]),
        "3134300d060804007f0007020202020101300f060a04007f000702020302020201013012060a04007f0007020204020202010202010d"
    );
    assert_eq!(card.passwords.can.as_deref(), Some("000017"));
    assert_eq!(card.passwords.mrz_information, "090000017790031523003150");
}

#[test]
fn every_profile_makes_a_card_that_survives_the_disk() {
    for name in Profile::names() {
        let profile = profile(name);
        let issuer = issuer(&profile);
        let mut personaliser = Personaliser::new(profile.clone()).issuer(&issuer);
        if profile.active_authentication == self::profile("vn-2021").active_authentication {
            personaliser = self::personaliser(name, &issuer);
        }
        let card = personaliser.build(&mut rng()).expect(name);
        assert_eq!(
            card.files.contains_key(&FileId::CardAccess),
            !profile.pace.is_empty(),
            "{name}"
        );
        assert_eq!(
            card.files.contains_key(&FileId::DG2),
            profile.face != FaceEncoding::Absent,
            "{name}"
        );
        assert_eq!(
            card.files.contains_key(&FileId::DG15),
            profile.active_authentication.is_some(),
            "{name}"
        );
        for (file, bytes) in card.files.iter().filter(|(file, _)| file.is_one_object()) {
            let outer = tlv::outer(bytes, file.tag()).expect(name);
            assert_eq!(outer.raw.len(), bytes.len(), "{name} {file}");
        }
        let scratch = Scratch::new(name);
        card.save(&scratch.0).expect(name);
        let loaded = CardData::load(&scratch.0).expect(name);
        assert_eq!(loaded.files, card.files);
        assert_eq!(loaded.mrz, card.mrz);
        assert_eq!(loaded.csca, card.csca);
        assert_eq!(loaded.portrait, card.portrait);
        assert_eq!(loaded.qr, profile.qr_text());
        assert_eq!(loaded.passwords.pace_without_mrz, profile.pace_without_mrz);
        assert_eq!(loaded.pace, card.pace);
        assert_eq!(loaded.passwords.can, card.passwords.can);
        assert_eq!(
            loaded.passwords.mrz_information,
            card.passwords.mrz_information
        );
        // The keys came back too: saved again, they make the same file.
        let again = Scratch::new(&format!("{name}-again"));
        loaded.save(&again.0).expect(name);
        assert_eq!(
            fs::read(scratch.0.join("card.toml")).expect("card.toml"),
            fs::read(again.0.join("card.toml")).expect("card.toml")
        );
    }
}

#[test]
fn the_security_object_holds_the_digest_of_every_data_group() {
    let (_, card) = vietnamese();
    let sod = &card.files[&FileId::Sod];
    for (file, bytes) in &card.files {
        if let FileId::DataGroup(_) = file {
            let digest = HashAlgorithm::Sha256.digest(bytes);
            assert!(sod.windows(32).any(|w| w == digest), "{file}");
        }
    }
    let com = tlv::outer(&card.files[&FileId::Com], 0x60).expect("COM");
    assert_eq!(
        com.child(0x5C).expect("tags").value,
        [0x61, 0x75, 0x63, 0x6D, 0x6E, 0x6F]
    );
}

#[test]
fn forgeries_keep_the_signature_and_break_the_digest() {
    let issuer = issuer(&profile("passport-no-proof"));
    let honest = personaliser("passport-no-proof", &issuer);
    let other = drawn_portrait_of(20_000).expect("portrait");
    let forged = honest
        .clone()
        .replace_portrait_after_signing(&other)
        .expect("forgery")
        .build(&mut rng())
        .expect("card");
    let digest = HashAlgorithm::Sha256.digest(&forged.files[&FileId::DG2]);
    assert!(!forged.files[&FileId::Sod].windows(32).any(|w| w == digest));
    let large = honest.portrait(other).build(&mut rng()).expect("card");
    assert_eq!(large.files[&FileId::DG2], forged.files[&FileId::DG2]);
}

#[test]
fn stripping_and_leaving_out_are_two_things() {
    let (issuer, card) = vietnamese();
    let digest = HashAlgorithm::Sha256.digest(&card.files[&FileId::DG15]);
    let stripped = personaliser("vn-2021", &issuer)
        .withhold(FileId::DG15)
        .build(&mut rng())
        .expect("card");
    assert!(!stripped.files.contains_key(&FileId::DG15));
    assert!(
        stripped.files[&FileId::Sod]
            .windows(32)
            .any(|w| w == digest)
    );
    let without = personaliser("vn-2021", &issuer)
        .without_chip_proof()
        .build(&mut rng())
        .expect("card");
    assert!(!without.files.contains_key(&FileId::DG14));
    assert!(!without.files[&FileId::Sod].windows(32).any(|w| w == digest));
    assert!(without.active_authentication.is_none() && without.chip_authentication.is_empty());
    let copy = card.blank_copy();
    assert_eq!(copy.files, card.files);
    assert!(copy.active_authentication.is_none() && copy.chip_authentication.is_empty());
}

#[test]
fn a_passport_of_another_holder_and_date() {
    let issuer = issuer(&profile("passport-p256"));
    let mut holder = profile("passport-p256").holder;
    holder.surname = "BEISPIEL".into();
    let card = Personaliser::new(profile("passport-p256"))
        .issuer(&issuer)
        .holder(holder.clone())
        .expires(Date::new(2020, 1, 2).expect("date"))
        .data_group(
            DataGroup::new(11).expect("DG11"),
            tlv::encode(0x6B, b"\x5C\x00"),
        )
        .build(&mut rng())
        .expect("card");
    assert!(card.mrz.starts_with("P<UTOBEISPIEL<<ANNA<MARIA<"));
    assert!(card.mrz.contains("2001023"));
    assert!(
        card.files
            .contains_key(&FileId::DataGroup(DataGroup::new(11).expect("DG11")))
    );
    holder.surname = "Beispiel".into();
    assert_eq!(
        Personaliser::new(profile("passport-p256"))
            .issuer(&issuer)
            .holder(holder)
            .build(&mut rng())
            .err(),
        Some(VirtualCardError::HolderInvalid { entry: "surname" })
    );
}

#[test]
fn keys_of_another_curve_and_missing_issuers_are_refused() {
    let issuer = issuer(&profile("passport-p256"));
    let wrong = Curve::P384.generate_secret(&mut rng());
    let error = Personaliser::new(profile("passport-p256"))
        .issuer(&issuer)
        .chip_authentication_key(wrong)
        .build(&mut rng())
        .err();
    assert_eq!(error, Some(VirtualCardError::Key));
    let error = Personaliser::new(profile("passport-p256"))
        .build(&mut rng())
        .err();
    assert_eq!(error, Some(VirtualCardError::Key));
}

#[test]
fn broken_card_directories_are_errors() {
    let (_, card) = vietnamese();
    let scratch = Scratch::new("broken");
    card.save(&scratch.0).expect("saved");
    let path = scratch.0.join("card.toml");
    let text = fs::read_to_string(&path).expect("card.toml");
    for cut in (0..text.len())
        .step_by(7)
        .filter(|c| text.is_char_boundary(*c))
    {
        fs::write(&path, &text[..cut]).expect("written");
        // Never a panic; a cut inside the keys may leave a card without them, or none at all.
        let _ = CardData::load(&scratch.0);
    }
    for (from, to, entry) in [
        ("can = \"000017\"", "can = \"17\"", "can"),
        ("IDVNM", "IDÉNM", "mrz"),
        ("aes-128", "aes-129", "card.toml"),
        (
            "hash = \"sha-256\"",
            "hash = \"md5\"",
            "test_keys.active_authentication",
        ),
        ("profile = ", "colour = ", "card.toml"),
    ] {
        assert!(text.contains(from), "{from}");
        fs::write(&path, text.replace(from, to)).expect("written");
        assert_eq!(
            CardData::load(&scratch.0).err(),
            Some(VirtualCardError::CardFile { entry }),
            "{from}"
        );
    }
    fs::write(&path, [0xFF, 0xFE]).expect("written");
    assert!(CardData::load(&scratch.0).is_err());
    fs::write(&path, &text).expect("written");
    assert!(CardData::load(&scratch.0).is_ok());
    fs::write(scratch.0.join("DG2.bin"), vec![0; (1 << 20) + 1]).expect("written");
    assert_eq!(
        CardData::load(&scratch.0).err(),
        Some(VirtualCardError::FileTooLarge)
    );
    fs::remove_file(&path).expect("removed");
    assert!(matches!(
        CardData::load(&scratch.0).err(),
        Some(VirtualCardError::Io { .. })
    ));
}

#[test]
fn debug_output_shows_nothing_of_holder_or_keys() {
    let (issuer, card) = vietnamese();
    let personaliser = personaliser("vn-2021", &issuer);
    let shown = format!(
        "{card:?} {personaliser:?} {issuer:?} {:?} {:?}",
        card.passwords,
        VirtualCard::new(card.clone())
    );
    for private in ["000017", "001090", "NGHIEM", "Nghiệm", "900315", "290aa"] {
        assert!(!shown.contains(private), "{private}");
    }
    for key in &card.chip_authentication {
        assert!(!shown.contains(&hex::encode(key.secret.danger_bytes())));
    }
}

#[test]
fn lists_and_links_are_signed_structures() {
    let utopia = profile("passport-p256");
    let first = issuer(&utopia);
    let later = first
        .successor(
            Validity::around(Date::new(2026, 1, 1).expect("date")),
            &mut rng(),
        )
        .expect("successor");
    let link = first.link_to(&later, &mut rng()).expect("link");
    let noon = utopia.holder.issued.noon_utc();
    let list = first
        .master_list(
            &[first.csca_certificate(), later.csca_certificate()],
            noon,
            &mut rng(),
        )
        .expect("master list");
    let revoked = first
        .revocation_list(&[first.signer_serial()], noon, noon, &mut rng())
        .expect("revocation list");
    for structure in [&link, &list, &revoked] {
        let outer = tlv::outer(structure, 0x30).expect("SEQUENCE");
        assert_eq!(outer.raw.len(), structure.len());
    }
    for certificate in [first.csca_certificate(), later.csca_certificate()] {
        assert!(
            list.windows(certificate.len())
                .any(|window| window == certificate)
        );
    }
    let serial = first.signer_serial();
    assert!(revoked.windows(serial.len()).any(|w| w == serial));
    let foreign = Algorithms {
        ..utopia.algorithms
    };
    let without_marker = Issuer::new(
        "UT",
        foreign,
        Validity::around(utopia.holder.issued),
        false,
        &mut rng(),
    )
    .expect("issuer");
    let marker = chipid_emrtd::trust::TEST_CSCA_MARKER;
    let marked = |certificate: &[u8]| certificate.windows(marker.len()).any(|w| w == marker);
    assert!(marked(first.csca_certificate()));
    assert!(!marked(without_marker.csca_certificate()));
}
