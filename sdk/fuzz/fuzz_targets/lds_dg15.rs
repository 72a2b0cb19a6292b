//! DG15 (`chipid_emrtd::lds::dg15`), and the answer of Active Authentication under whatever key it gives.
//!
//! Input: the length of DG15 in two bytes, DG15, the answer.
#![no_main]

use chipid_emrtd::active_authentication::ActiveAuthenticationEvidence;
use chipid_emrtd::lds::dg15;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((len, rest)) = data.split_first_chunk::<2>() else {
        return;
    };
    let (file, answer) = rest.split_at(usize::from(u16::from_be_bytes(*len)).min(rest.len()));
    let Ok(key) = dg15::parse(file) else { return };
    let _ = (key.is_weak(), key.name());
    let evidence = ActiveAuthenticationEvidence {
        challenge: [0xF1, 0x73, 0x58, 0x99, 0x74, 0xBF, 0x40, 0xC6],
        signature: answer.to_vec(),
    };
    let _ = evidence.verify(&key, None);
});
