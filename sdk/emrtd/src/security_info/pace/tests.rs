use super::super::SecurityInfos;
use super::*;
use crate::tlv::{encode, encode_all};

fn integer(bytes: &[u8]) -> Vec<u8> {
    encode(0x02, bytes)
}

fn unsigned(hex: &str) -> Vec<u8> {
    let mut bytes = hex::decode(hex).unwrap();
    if bytes[0] & 0x80 != 0 {
        bytes.insert(0, 0);
    }
    integer(&bytes)
}

fn pace_oid(variant: u8, cipher: Option<u8>) -> Vec<u8> {
    let mut value = hex::decode("04007F0007020204").unwrap();
    value.push(variant);
    value.extend(cipher);
    encode(0x06, &value)
}

fn pace(variant: u8, id: Option<u8>) -> Vec<u8> {
    let id = id.map(|id| integer(&[id])).unwrap_or_default();
    encode_all(0x30, &[&pace_oid(variant, Some(2)), &integer(&[2]), &id])
}

fn explicit(variant: u8, algorithm: &[u8], id: Option<u8>) -> Vec<u8> {
    let id = id.map(|id| integer(&[id])).unwrap_or_default();
    encode_all(0x30, &[&pace_oid(variant, None), algorithm, &id])
}

/// `dhpublicnumber` with p, g and q of Doc 9303-11, appendix G.2.
fn modp_1024(g: &str) -> Vec<u8> {
    let p = "B10B8F96A080E01DDE92DE5EAE5D54EC52C99FBCFB06A3C69A6A9DCA52D23B616073E28675A23D189838EF1E2EE652C0\
             13ECB4AEA906112324975C3CD49B83BFACCBDD7D90C4BD7098488E9C219A73724EFFD6FAE5644738FAA31A4FF55BCCC0\
             A151AF5F0DC8B4BD45BF37DF365C1A65E68CFDA76D4DA708DF1FB2BC2E4A4371";
    let q = "F518AA8781A8DF278ABA4E7D64B7CB9D49462353";
    let numbers = encode_all(0x30, &[&unsigned(p), &unsigned(g), &unsigned(q)]);
    let oid = encode(0x06, oid::DH_PUBLIC_NUMBER.as_bytes());
    encode_all(0x30, &[&oid, &numbers])
}

const G: &str = "A4D1CBD5C3FD34126765A442EFB99905F8104DD258AC507FD6406CFF14266D31266FEA1E5C41564B777E690F5504F213\
                 160217B4B01B886A5E91547F9E2749F4D7FBD7D3B9A92EE1909D0D2263F80A76A6A24C087A091F531DBF0A0169B6A28A\
                 D662A4D18E73AFA32D779D5918D08BC8858F4DCEF97C2A24855E6EEB22B3B2E5";

fn groups(infos: &[Vec<u8>]) -> Vec<&'static str> {
    let parts: Vec<&[u8]> = infos.iter().map(Vec::as_slice).collect();
    let infos = SecurityInfos::parse(&encode_all(0x31, &parts)).unwrap();
    assert_eq!(infos.malformed, 0);
    infos.pace.iter().map(PaceInfo::group_name).collect()
}

#[test]
fn standardised_numbers_name_their_group() {
    assert_eq!(groups(&[pace(1, Some(0))]), ["modp-1024-160"]);
    assert_eq!(groups(&[pace(3, Some(2))]), ["modp-2048-256"]);
    assert_eq!(groups(&[pace(4, Some(18))]), ["P-521"]);
    // A curve under an object identifier of DH, a group modulo a prime under one of ECDH, a reserved number.
    assert_eq!(groups(&[pace(1, Some(13))]), ["unknown"]);
    assert_eq!(groups(&[pace(2, Some(1))]), ["unknown"]);
    assert_eq!(groups(&[pace(2, Some(7))]), ["unknown"]);
}

#[test]
fn curves_of_192_bits_are_refused_by_name() {
    assert_eq!(groups(&[pace(2, Some(8))]), ["P-192"]);
    assert_eq!(groups(&[pace(4, Some(9))]), ["brainpoolP192r1"]);
    let infos = SecurityInfos::parse(&encode(0x31, &pace(2, Some(8)))).unwrap();
    assert_eq!(infos.pace[0].domain_parameters(), None);
}

#[test]
fn explicit_parameters_count_where_they_are_a_known_group() {
    let info = explicit(1, &modp_1024(G), Some(0x40));
    assert_eq!(
        groups(&[pace(1, Some(0x40)), info.clone()]),
        ["modp-1024-160"]
    );
    // Whichever stands first, and without a number on either side.
    assert_eq!(
        groups(&[info.clone(), pace(3, Some(0x40))]),
        ["modp-1024-160"]
    );
    assert_eq!(
        groups(&[pace(1, None), explicit(1, &modp_1024(G), None)]),
        ["modp-1024-160"]
    );
    // Another number, another kind of group, none at all.
    assert_eq!(groups(&[pace(1, Some(0x41)), info.clone()]), ["unknown"]);
    assert_eq!(groups(&[pace(2, Some(0x40)), info]), ["unknown"]);
    assert_eq!(groups(&[pace(1, None)]), ["unknown"]);
}

#[test]
fn a_generator_of_ones_own_is_no_known_group() {
    let own = explicit(1, &modp_1024("02"), Some(0x40));
    assert_eq!(groups(&[pace(1, Some(0x40)), own.clone()]), ["unknown"]);
    // Beside the right one under the same number, either could be meant.
    let right = explicit(1, &modp_1024(G), Some(0x40));
    assert_eq!(groups(&[pace(1, Some(0x40)), right, own]), ["unknown"]);
}

#[test]
fn numbers_reserved_for_standardised_parameters_are_never_explicit() {
    let info = explicit(1, &modp_1024(G), Some(2));
    assert_eq!(groups(&[pace(1, Some(2)), info]), ["modp-2048-256"]);
}

#[test]
fn every_cut_and_flip_of_explicit_parameters_is_survived() {
    let infos = encode_all(
        0x31,
        &[
            &pace(1, Some(0x40)),
            &explicit(1, &modp_1024(G), Some(0x40)),
        ],
    );
    for i in 0..infos.len() {
        assert!(SecurityInfos::parse(&infos[..i]).is_err());
        for bit in 0..8 {
            let mut bad = infos.clone();
            bad[i] ^= 1 << bit;
            let _ = SecurityInfos::parse(&bad);
        }
    }
}
