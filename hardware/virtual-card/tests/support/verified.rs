//! A card read and verified, in one call.

use chipid_emrtd::access_key::AccessKey;
use chipid_emrtd::drivers::block;
use chipid_emrtd::reading::Reading;
use chipid_emrtd::time::Date;
use chipid_emrtd::trust::TrustStore;
use chipid_emrtd::verification::Verification;
use chipid_virtual_card::{CardData, VirtualCard};
use getrandom::SysRng;
use rand_core::UnwrapErr;

/// Read from the chip and verified against its own CSCA.
pub(crate) fn verify(card: &CardData) -> Verification {
    let mut chip = VirtualCard::new(card.clone());
    let key = AccessKey::mrz(&card.mrz).expect("an MRZ");
    let mut rng = UnwrapErr(SysRng);
    let document = block(Reading::with(key).run(&mut chip, &mut rng))
        .expect("the card answers at once")
        .expect("a document");
    let trust = TrustStore::builder()
        .add(&card.csca, "csca.der")
        .and_then(|builder| builder.build())
        .expect("a trust store");
    document.verify(&trust, Date::new(2026, 11, 21).unwrap().noon_utc())
}
