//! BER-TLV (`chipid_emrtd::tlv`): readers never go beyond their slice, and what is read can be written again.
#![no_main]

use chipid_emrtd::tlv::{Header, Reader, encode, outer};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = Header::parse(data).map(|header| header.total());
    let _ = outer(data, 0x61);
    walk(Reader::new(data), data, 0);
});

fn walk(reader: Reader<'_>, file: &[u8], depth: u8) {
    for tlv in reader.map_while(Result::ok) {
        let end = tlv.offset + tlv.raw.len();
        assert_eq!(&file[tlv.offset..end], tlv.raw);
        assert!(tlv.raw.ends_with(tlv.value));
        let again = encode(tlv.tag.0, tlv.value);
        let read = Reader::new(&again).read().expect("what was written");
        assert_eq!((read.tag, read.value), (tlv.tag, tlv.value));
        if depth < 4 {
            walk(tlv.children(), file, depth + 1);
        }
    }
}
