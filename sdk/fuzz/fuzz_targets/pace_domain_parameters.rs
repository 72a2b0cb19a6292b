//! PACEInfo beside PACEDomainParameterInfo (`chipid_emrtd::security_info`): whatever the chip writes out, only a
//! standardised group is ever taken.
#![no_main]

use chipid_emrtd::crypto::agreement::DomainParameters;
use chipid_emrtd::pace::supported;
use chipid_emrtd::security_info::SecurityInfos;
use chipid_emrtd::tlv::{encode, encode_all};
use libfuzzer_sys::fuzz_target;

/// id-PACE, without the arcs of mapping and cipher.
const PACE: [u8; 8] = [0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x04];

fuzz_target!(|data: &[u8]| {
    let [variant, id, parameters @ ..] = data else {
        return;
    };
    let oid = |cipher: &[u8]| encode(0x06, &[&PACE[..], &[variant % 8], cipher].concat());
    let number = encode(0x02, &[id & 0x7F]);
    let explicit = encode_all(0x30, &[&oid(&[]), parameters, &number]);
    let info = encode_all(0x30, &[&oid(&[2]), &encode(0x02, &[2]), &number]);
    let set = encode_all(0x31, &[&info, &explicit]);
    if let Ok(infos) = SecurityInfos::parse(&set) {
        for info in &infos.pace {
            if let Some(group) = supported(info) {
                assert!(DomainParameters::all().any(|known| known == group));
            }
        }
    }
});
