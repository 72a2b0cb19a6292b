//! DG5 and DG7 down to the compressed images (`chipid_emrtd::lds::displayed_image`).
#![no_main]

use chipid_emrtd::lds::{dg5, dg7};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for found in [dg5::parse(data), dg7::parse(data)].into_iter().flatten() {
        let total: usize = found.images.iter().map(|image| image.data.len()).sum();
        assert!(total <= data.len(), "the images are longer than the file");
    }
});
