//! The country signing authorities that are publicly known.

/// How the subject's common name of the authority for passports begins; a successor may have a number behind it.
const PASSPORTS_NAME: &str = "CN=CSCA ePassport Vietnam";

/// SHA-256 over the certificate of the authority for passports: serial 506F1357A3A196C24DC32CF464140CAE, brainpoolP512r1,
/// 2022-06-29 to 2037-10-01. It stands in the Dutch master list of 2026-07-22 and in the German one of 2026-05-28.
const PASSPORTS_SHA256: [u8; 32] = [
    0x6B, 0x5F, 0xA6, 0xFE, 0x45, 0xCC, 0x4E, 0x85, 0x5A, 0x73, 0x76, 0x04, 0x13, 0xE0, 0x8B, 0x7A,
    0x9A, 0xC5, 0x0A, 0x27, 0x72, 0x2C, 0x70, 0x2F, 0x39, 0x09, 0xA9, 0x0F, 0xAC, 0xC9, 0x91, 0xBD,
];

/// Whether a certificate, by its subject (`C=VN, …, CN=…`) and its SHA-256, is that of the authority that signs Vietnamese
/// passports. By the name too, so that a renewed certificate is known.
///
/// The authority of the identity cards has another name. Its certificate is in no public list; the copy that one vendor
/// ships is nobody's word but the vendor's, and stands here nowhere.
#[must_use]
pub fn is_passport_authority(subject: &str, sha256: &[u8; 32]) -> bool {
    let named = subject
        .split(',')
        .filter_map(|part| part.trim().get(..PASSPORTS_NAME.len()))
        .any(|part| part.eq_ignore_ascii_case(PASSPORTS_NAME));
    *sha256 == PASSPORTS_SHA256 || (named && subject.to_ascii_uppercase().contains("C=VN"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_name_or_by_certificate() {
        let other = [0; 32];
        for subject in [
            "C=VN, O=Vietnam Government Information Security Commission, CN=CSCA ePassport Vietnam",
            "CN=CSCA ePassport Vietnam,C=VN",
            "C=VN, CN=CSCA ePassport Vietnam 2",
        ] {
            assert!(is_passport_authority(subject, &other));
        }
        assert!(is_passport_authority("", &PASSPORTS_SHA256));
        for subject in [
            "",
            "C=VN, O=Vietnam Government Information Security Commission, CN=CSCA Vietnam",
            "C=UT, CN=CSCA ePassport Vietnam",
        ] {
            assert!(!is_passport_authority(subject, &other), "{subject}");
        }
    }
}
