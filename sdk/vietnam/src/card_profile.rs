//! What is peculiar about the chip of the Vietnamese card.
//!
//! Doc 9303-10, 3.11.3 (EF.CardAccess); Doc 9303-11, 9.2 (what stands in it); BSI TR-03110-3, A.1.1 (the object identifiers in it).

/// EF.CardAccess as it is on the card, for when it cannot be read.
///
/// Some phones select the eMRTD application by themselves as soon as the chip is near; afterwards reading
/// EF.CardAccess, which lies outside of it, is refused with `6982` and PACE could not begin.
///
/// It announces terminal authentication version 1, chip authentication with ECDH and AES-128 (version 1), and
/// PACE version 2 with ECDH, generic mapping and AES-128 over brainpoolP256r1 (parameter id 13); no integrated
/// mapping, no chip authentication mapping.
///
/// Provenance: the same 54 bytes stand in the published code of two unrelated groups of applications that read the
/// card, and decode to what a third observed. They were not read from a card by this project, and no signature
/// covers them: a reading that used them must say so (`access_profile_assumed`).
pub const EF_CARD_ACCESS: [u8; 54] = [
    0x31, 0x34, //
    // TerminalAuthenticationInfo: id-TA, version 1
    0x30, 0x0D, 0x06, 0x08, 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x02, 0x02, 0x01,
    0x01, //
    // ChipAuthenticationInfo: id-CA-ECDH-AES-CBC-CMAC-128, version 1
    0x30, 0x0F, 0x06, 0x0A, 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x03, 0x02, 0x02, 0x02, 0x01,
    0x01, //
    // PACEInfo: id-PACE-ECDH-GM-AES-CBC-CMAC-128, version 2, parameter id 13
    0x30, 0x12, 0x06, 0x0A, 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x04, 0x02, 0x02, 0x02, 0x01,
    0x02, 0x02, 0x01, 0x0D,
];

#[cfg(test)]
mod tests {
    use super::*;
    use chipid_emrtd::tlv;

    #[test]
    fn bytes_are_the_published_ones() {
        assert_eq!(
            hex::encode(EF_CARD_ACCESS),
            "3134300d060804007f0007020202020101300f060a04007f000702020302020201013012060a04007f0007020204020202010202010d"
        );
    }

    #[test]
    fn announces_pace_generic_mapping_over_brainpool_p256r1() {
        let set = tlv::outer(&EF_CARD_ACCESS, 0x31).unwrap();
        assert_eq!(set.raw.len(), EF_CARD_ACCESS.len());
        let infos: std::vec::Vec<_> = set.children().map(Result::unwrap).collect();
        assert_eq!(infos.len(), 3);
        let mut pace = infos[2].children();
        assert_eq!(
            pace.expect(0x06).unwrap().value,
            hex::decode("04007f00070202040202").unwrap()
        );
        assert_eq!(pace.expect(0x02).unwrap().value, [2]);
        assert_eq!(pace.expect(0x02).unwrap().value, [13]);
        pace.finish().unwrap();
    }
}
