//! SecurityInfos of EF.CardAccess and DG14 (`chipid_emrtd::security_info`).
#![no_main]

use chipid_emrtd::security_info::SecurityInfos;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(infos) = SecurityInfos::parse(data) {
        for info in &infos.pace {
            let _ = (info.group_name(), info.mapping.name());
        }
        let _ = format!("{infos:?}");
    }
});
