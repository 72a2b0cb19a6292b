//! Lists as they are written, and lists that are broken.

use super::*;
use proptest::prelude::*;

const INFO: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
  <key>CFBundleName</key> <string>CCIDCLASSDRIVER</string>
  <!-- <key>ifdVendorID</key><array><string>0x0000</string></array> --><!-- two -->
  <key>ifdVendorID</key>
  <array>
    <string>0x072F</string>
    <!-- <string>0xFFFF</string> -->
    <string>0x076B</string>
  </array>
  <key>ifdFriendlyName</key><array><string>ACS ACR122U PICC Interface</string></array>
  <key>ifdLogLevel</key><integer>3</integer>
  <key>useIFDCCID</key><true/>
</dict></plist>"#;

#[test]
fn ids_stand_in_arrays_and_comments_do_not_count() {
    assert_eq!(strings(INFO, "ifdVendorID"), ["0x072F", "0x076B"]);
    assert_eq!(
        strings(INFO, "ifdFriendlyName"),
        ["ACS ACR122U PICC Interface"]
    );
    assert_eq!(strings(INFO, "CFBundleName"), ["CCIDCLASSDRIVER"]);
    assert!(strings(INFO, "ifdProductID").is_empty());
    assert_eq!(value(INFO.as_bytes(), "ifdLogLevel").unwrap(), "3");
    assert_eq!(value(INFO.as_bytes(), "useIFDCCID").unwrap(), "1");
}

#[test]
fn a_broken_list_tells_what_stands_before_the_break() {
    let broken = "<key>ifdVendorID</key><array><string>0x072F</string><string>0x0";
    assert_eq!(strings(broken, "ifdVendorID"), ["0x072F"]);
    assert!(strings("<key>ifdVendorID</key><!-- <array>", "ifdVendorID").is_empty());
}

/// Written by Python's plistlib: {"useIFDCCID": True, "ProductVersion": "14.5", "count": 300}.
const BINARY: &str = "62706c6973743030d30102030405065e50726f6475637456657273696f6e55636f756e745a757365494644434349445431342e3511012c09080f1e242f34370000000000000101000000000000000700000000000000000000000000000038";

fn binary() -> Vec<u8> {
    let digits: Vec<u8> = BINARY
        .bytes()
        .filter_map(|digit| char::from(digit).to_digit(16))
        .map(|digit| u8::try_from(digit).unwrap())
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}

#[test]
fn values_of_a_binary_list_are_found() {
    let list = binary();
    assert_eq!(value(&list, "useIFDCCID").unwrap(), "1");
    assert_eq!(value(&list, "ProductVersion").unwrap(), "14.5");
    assert_eq!(value(&list, "count").unwrap(), "300");
    assert_eq!(value(&list, "other"), None);
}

proptest! {
    #[test]
    fn no_text_makes_it_fail(text in ".{0,400}", broken in 0..400_usize) {
        let _ = strings(&text, "ifdVendorID");
        let part: String = INFO.chars().take(broken).chain(text.chars()).collect();
        let _ = strings(&part, "ifdVendorID");
        let _ = value(part.as_bytes(), "useIFDCCID");
    }

    #[test]
    fn no_bytes_make_it_fail(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0..96_usize, to in any::<u8>()) {
        let mut tail = b"bplist00".to_vec();
        tail.extend(&bytes);
        let _ = value(&tail, "useIFDCCID");
        let mut list = binary();
        if let Some(byte) = list.get_mut(at) {
            *byte = to;
        }
        let _ = value(&list, "useIFDCCID");
    }
}
