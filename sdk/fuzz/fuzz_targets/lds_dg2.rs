//! DG2 down to the compressed images (`chipid_emrtd::lds::dg2`), which are not decoded here.
#![no_main]

use chipid_emrtd::lds::dg2;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(faces) = dg2::parse(data) {
        let total: usize = faces.images.iter().map(|image| image.data.len()).sum();
        assert!(total <= data.len(), "the images are longer than the file");
    }
});
