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
use chipid_virtual_card::{Issuer, Personaliser, Profile, VirtualCard};
use getrandom::SysRng;
use rand_core::UnwrapErr;

#[test]
fn every_profile_is_read_and_proven() {
    let mut rng = UnwrapErr(SysRng);
    let now = Date::new(2026, 11, 21).expect("date").noon_utc();
    for name in Profile::names() {
        let profile = Profile::builtin(name).expect(name);
        let issuer = Issuer::for_profile(&profile, &mut rng).expect(name);
        let data = Personaliser::new(profile.clone())
            .issuer(&issuer)
            .build(&mut rng)
            .expect(name);
        let trust = TrustStore::builder()
            .add(issuer.csca_certificate(), "csca.der")
            .and_then(|builder| builder.build())
            .expect(name);
        let mut keys = vec![AccessKey::mrz(&data.mrz).expect(name)];
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
                assert!(verification.document.is_some(), "{name}");
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
