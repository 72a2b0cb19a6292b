//! ASN.1 (`chipid_emrtd::asn1`): elements lie where they say, and every reading of a value holds.
#![no_main]

use chipid_emrtd::asn1::Reader;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| walk(Reader::new(data), data));

fn walk(mut reader: Reader<'_>, file: &[u8]) {
    while let Ok(element) = reader.read() {
        let end = element.offset + element.raw.len();
        assert_eq!(&file[element.offset..end], element.raw);
        let start = element.value_offset();
        assert_eq!(&file[start..start + element.value.len()], element.value);
        let _ = (element.unsigned(), element.small(), element.bit_string());
        let _ = (element.time(), element.implicit_generalized_time());
        if let Ok(octets) = element.octets() {
            assert!(octets.len() <= element.value.len());
        }
        if element.tag & 0x20 != 0
            && let Ok(children) = element.children()
        {
            walk(children, file);
        }
    }
    assert!(reader.offset() <= file.len());
}
