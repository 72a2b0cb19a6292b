//! ISO/IEC 9796-2 digital signature scheme 1, with partial message recovery.
//!
//! ISO/IEC 9796-2:2010, clause 8; Doc 9303-11, 6.1.2.2; worked example: appendix F.

use super::hash::HashAlgorithm;
use super::mac::same;

/// Whether `representative` (the opened signature) recovers a message whose unrecoverable part is `known`.
///
/// The representative is `6A ‖ M1 ‖ H(M1 ‖ known) ‖ trailer`, or with padding `6B BB … BA ‖ M1 ‖ …`.
#[must_use]
pub fn verify_scheme_1(representative: &[u8], known: &[u8]) -> bool {
    check(representative, known).unwrap_or(false)
}

fn check(representative: &[u8], known: &[u8]) -> Option<bool> {
    let (body, hash) = split_trailer(representative)?;
    let (recovered, digest) = body.split_at_checked(body.len().checked_sub(hash.output_len())?)?;
    let recovered = strip_header(recovered)?;
    Some(same(digest, &hash.digest(&[recovered, known].concat())))
}

/// The hash function that the trailer names: BC stands for SHA-1, two bytes ending in CC for a numbered one.
fn split_trailer(representative: &[u8]) -> Option<(&[u8], HashAlgorithm)> {
    let (last, rest) = representative.split_last()?;
    match last {
        0xBC => Some((rest, HashAlgorithm::Sha1)),
        0xCC => {
            let (identifier, rest) = rest.split_last()?;
            let hash = match identifier {
                0x33 => HashAlgorithm::Sha1,
                0x34 => HashAlgorithm::Sha256,
                0x35 => HashAlgorithm::Sha512,
                0x36 => HashAlgorithm::Sha384,
                0x38 => HashAlgorithm::Sha224,
                _ => return None,
            };
            Some((rest, hash))
        }
        _ => None,
    }
}

/// The header: the bits 011 (partial recovery), then padding nibbles B up to one A.
fn strip_header(bytes: &[u8]) -> Option<&[u8]> {
    match bytes.split_first()? {
        (0x6A, rest) => Some(rest),
        (0x6B, rest) => {
            let padding = rest.iter().take_while(|b| **b == 0xBB).count();
            let (last, recovered) = rest.get(padding..)?.split_first()?;
            (*last == 0xBA).then_some(recovered)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    /// Doc 9303-11, appendix F. The example gives the representative and the signature, but not the public key, so it
    /// begins at step 12's result.
    const F: &str = "6A9D2784A67F8E7C659973EA1AEA25D95B6C8F91E5002F369F0FBDCE8A3CEC1991B543F1696546C5524CF23A5303CD6C98599F40B79F377B5F3A1406B3B4D8F96784D23AA88DB7E1032A405E69325FA91A6E86F5C71AEA978264C4A207446DAD4E7292E2DCDA3024B47DA8C063AA1E6D22FBD976AB0FE73D94D2D9C6D88127BC";
    const CHALLENGE: [u8; 8] = 0xF173_5899_74BF_40C6_u64.to_be_bytes();

    #[test]
    fn active_authentication_worked_example_f() {
        assert!(verify_scheme_1(&hex::decode(F).unwrap(), &CHALLENGE));
    }

    #[test]
    fn any_changed_byte_breaks_it() {
        let good = hex::decode(F).unwrap();
        for i in 0..good.len() {
            let mut bad = good.clone();
            bad[i] ^= 1;
            assert!(!verify_scheme_1(&bad, &CHALLENGE), "byte {i}");
        }
        let mut other = CHALLENGE;
        other[0] ^= 1;
        assert!(!verify_scheme_1(&good, &other));
    }

    fn representative(header: &[u8], m1: &[u8], hash: HashAlgorithm, trailer: &[u8]) -> Vec<u8> {
        let digest = hash.digest(&[m1, &CHALLENGE].concat());
        [header, m1, &digest, trailer].concat()
    }

    #[test]
    fn every_trailer_and_padded_header() {
        for (hash, trailer) in [
            (HashAlgorithm::Sha1, &[0x33, 0xCC][..]),
            (HashAlgorithm::Sha1, &[0xBC]),
            (HashAlgorithm::Sha224, &[0x38, 0xCC]),
            (HashAlgorithm::Sha256, &[0x34, 0xCC]),
            (HashAlgorithm::Sha384, &[0x36, 0xCC]),
            (HashAlgorithm::Sha512, &[0x35, 0xCC]),
        ] {
            for header in [&[0x6A][..], &[0x6B, 0xBA], &[0x6B, 0xBB, 0xBB, 0xBA]] {
                let f = representative(header, &[7; 40], hash, trailer);
                assert!(verify_scheme_1(&f, &CHALLENGE));
            }
        }
    }

    #[test]
    fn headers_and_trailers_that_are_not_the_scheme() {
        let sha = HashAlgorithm::Sha256;
        for (header, trailer) in [
            (&[0x4A][..], &[0x34, 0xCC][..]), // total recovery: the challenge would play no part
            (&[0x6B, 0xBB], &[0x34, 0xCC]),
            (&[0x00], &[0x34, 0xCC]),
            (&[0x6A], &[0x31, 0xCC]),
            (&[0x6A], &[0x34, 0xBB]),
        ] {
            let f = representative(header, &[7; 40], sha, trailer);
            assert!(!verify_scheme_1(&f, &CHALLENGE));
        }
        for short in [&[][..], &[0xBC], &[0x34, 0xCC], &[0x6A, 0xBC]] {
            assert!(!verify_scheme_1(short, &CHALLENGE));
        }
    }
}
