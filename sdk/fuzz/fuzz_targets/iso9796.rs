//! The message representative of ISO/IEC 9796-2 scheme 1 (`chipid_emrtd::crypto::iso9796`).
//!
//! Input: the challenge in eight bytes, the representative.
#![no_main]

use chipid_emrtd::crypto::iso9796::verify_scheme_1;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some((challenge, representative)) = data.split_at_checked(8) {
        let _ = verify_scheme_1(representative, challenge);
    }
});
