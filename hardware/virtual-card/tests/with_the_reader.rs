//! Every profile, read and proven by chipid's own reader, over short and over extended APDUs.
//!
//! Reader and chip have their protocols from the standard each by itself: that they understand one another is worth
//! something. That other people's readers understand the chip too is tested elsewhere (`test-vectors/interop`).

use chipid_emrtd::access_key::AccessKey;
use chipid_emrtd::drivers::block;
use chipid_emrtd::finding::Check;
use chipid_emrtd::reading::Reading;
use chipid_emrtd::time::Date;
use chipid_emrtd::trust::TrustStore;
use chipid_virtual_card::{
    ActiveAuthenticationKey, FaceEncoding, Issuer, Personaliser, Profile, VirtualCard,
};
use getrandom::SysRng;
use rand_core::UnwrapErr;

#[test]
fn every_profile_is_read_and_proven() {
    let mut rng = UnwrapErr(SysRng);
    let now = Date::new(2026, 11, 21).expect("date").noon_utc();
    // One RSA key for all cards that have one of this kind.
    let mut shared: Option<(_, ActiveAuthenticationKey)> = None;
    for name in Profile::names() {
        let profile = Profile::builtin(name).expect(name);
        let issuer = Issuer::for_profile(&profile, &mut rng).expect(name);
        let mut personaliser = Personaliser::new(profile.clone()).issuer(&issuer);
        if let Some((kind, key)) = &shared
            && *kind == profile.active_authentication
        {
            personaliser = personaliser.active_authentication_key(key.clone());
        }
        let data = personaliser.build(&mut rng).expect(name);
        if let (None, Some(key)) = (&shared, &data.active_authentication) {
            shared = Some((profile.active_authentication, key.clone()));
        }
        let trust = TrustStore::builder()
            .add(issuer.csca_certificate(), "csca.der")
            .and_then(|builder| builder.build())
            .expect(name);
        let mut keys = Vec::new();
        if profile.basic_access_control || !profile.pace_without_mrz {
            keys.push(AccessKey::mrz(&data.mrz).expect(name));
        }
        keys.extend(
            data.passwords
                .can
                .iter()
                .map(|can| AccessKey::can(can).expect(name)),
        );
        for key in keys {
            for block_len in [223, 4000] {
                let mut card = VirtualCard::new(data.clone());
                let mut reading = Reading::with(key.clone()).block_len(block_len);
                let document = block(reading.run(&mut card, &mut rng))
                    .expect("the card answers at once")
                    .expect(name);
                let verification = document.verify(&trust, now);
                let document = verification.document.as_ref().expect(name);
                assert_eq!(
                    document.portrait().is_some(),
                    profile.face != FaceEncoding::Absent,
                    "{name}"
                );
                assert_eq!(
                    matches!(verification.chip_authentication, Check::Passed(())),
                    profile.chip_authentication.is_some(),
                    "{name}"
                );
                assert_eq!(
                    matches!(verification.active_authentication, Check::Passed(())),
                    profile.active_authentication.is_some(),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn a_card_that_takes_the_can_alone_refuses_its_mrz() {
    let mut rng = UnwrapErr(SysRng);
    let mut profile = Profile::builtin("vn-pace-can").expect("profile");
    profile.active_authentication = None;
    let issuer = Issuer::for_profile(&profile, &mut rng).expect("issuer");
    let data = Personaliser::new(profile)
        .issuer(&issuer)
        .build(&mut rng)
        .expect("card");
    let key = AccessKey::mrz(&data.mrz).expect("MRZ");
    let mut card = VirtualCard::new(data);
    let refused = block(Reading::with(key).run(&mut card, &mut rng)).expect("at once");
    assert!(refused.is_err());
}
