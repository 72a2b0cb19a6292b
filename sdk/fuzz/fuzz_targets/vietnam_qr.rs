//! The text of the QR code of the Vietnamese card (`chipid_vietnam::qr`).
#![no_main]

use chipid_vietnam::qr::QrText;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(qr) = QrText::parse(text) {
        assert_eq!((qr.number.as_str().len(), qr.number.can().len()), (12, 6));
        assert!(qr.extras.len() <= text.len());
    }
});
