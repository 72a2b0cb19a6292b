//! ISO/IEC 9796-2 digital signature scheme 1, with partial and with total message recovery.
//!
//! ISO/IEC 9796-2:2010, clause 8; Doc 9303-11, 6.1.2.2; worked example: appendix F.

use super::hash::HashAlgorithm;
use super::mac::same;

/// How much of the message a signature gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// A first part; the rest is known. What Active Authentication demands: the rest is the challenge.
    Partial,
    /// All of it. In Active Authentication the message then ends with the challenge, or the signature says nothing.
    Total,
}

/// What an opened signature that holds is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme1 {
    /// The hash function that the trailer names.
    pub hash: HashAlgorithm,
    /// How much of the message was recovered.
    pub recovery: Recovery,
}

/// Whether `representative` (the opened signature) recovers a message that ends with `known`.
#[must_use]
pub fn verify_scheme_1(representative: &[u8], known: &[u8]) -> bool {
    open_scheme_1(representative, known).is_some()
}

/// Opens `representative`, whose message is to end with `known`; `None` where it does not hold.
///
/// The representative is `6A ‖ M1 ‖ H(M1 ‖ known) ‖ trailer`, or with padding `6B BB … BA ‖ M1 ‖ …`; with total recovery
/// `4A ‖ M ‖ H(M) ‖ trailer` or `4B BB … BA ‖ M ‖ …`. A modulus of 8k + 1 bits leaves one byte 00 in front.
#[must_use]
pub fn open_scheme_1(representative: &[u8], known: &[u8]) -> Option<Scheme1> {
    let representative = representative.strip_prefix(&[0]).unwrap_or(representative);
    let (body, hash) = split_trailer(representative)?;
    let (recovered, digest) = body.split_at_checked(body.len().checked_sub(hash.output_len())?)?;
    let (recovered, recovery) = strip_header(recovered)?;
    let holds = match recovery {
        Recovery::Partial => same(digest, &hash.digest(&[recovered, known].concat())),
        Recovery::Total => recovered.ends_with(known) && same(digest, &hash.digest(recovered)),
    };
    holds.then_some(Scheme1 { hash, recovery })
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

/// The header: the bits 01, one that says whether a part of the message is missing, then padding nibbles B up to one A.
fn strip_header(bytes: &[u8]) -> Option<(&[u8], Recovery)> {
    let (header, rest) = bytes.split_first()?;
    let recovery = if header & 0x20 == 0 {
        Recovery::Total
    } else {
        Recovery::Partial
    };
    match header & !0x20 {
        0x4A => Some((rest, recovery)),
        0x4B => {
            let padding = rest.iter().take_while(|b| **b == 0xBB).count();
            let (last, recovered) = rest.get(padding..)?.split_first()?;
            (*last == 0xBA).then_some((recovered, recovery))
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
            // Total recovery of a message without the challenge at its end.
            (&[0x4A][..], &[0x34, 0xCC][..]),
            (&[0x4B, 0xBA], &[0x34, 0xCC]),
            (&[0x6B, 0xBB], &[0x34, 0xCC]),
            (&[0x0A], &[0x34, 0xCC]),
            (&[0xCA], &[0x34, 0xCC]),
            (&[0x00, 0x00, 0x6A], &[0x34, 0xCC]),
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

    #[test]
    fn a_message_recovered_whole_must_end_with_the_challenge() {
        let sha = HashAlgorithm::Sha256;
        let message = [&[7; 40][..], &CHALLENGE].concat();
        for header in [&[0x4A][..], &[0x4B, 0xBB, 0xBA]] {
            let whole = [header, &message, &sha.digest(&message), &[0x34, 0xCC]].concat();
            let opened = open_scheme_1(&whole, &CHALLENGE).unwrap();
            assert_eq!((opened.hash, opened.recovery), (sha, Recovery::Total));
            assert_eq!(open_scheme_1(&whole, b"another!"), None);
            // The same bytes said to be partial: the challenge would be hashed twice.
            let mut partial = whole;
            partial[0] |= 0x20;
            assert_eq!(open_scheme_1(&partial, &CHALLENGE), None);
        }
    }

    /// A trailer that names another hash function than the digest is of.
    #[test]
    fn a_trailer_cannot_be_exchanged() {
        let trailers: [&[u8]; 6] = [
            &[0xBC],
            &[0x33, 0xCC],
            &[0x38, 0xCC],
            &[0x34, 0xCC],
            &[0x36, 0xCC],
            &[0x35, 0xCC],
        ];
        for hash in HashAlgorithm::ALL {
            let holding = trailers
                .iter()
                .filter(|trailer| {
                    let f = representative(&[0x6A], &[7; 80], hash, trailer);
                    verify_scheme_1(&f, &CHALLENGE)
                })
                .count();
            assert_eq!(holding, if hash == HashAlgorithm::Sha1 { 2 } else { 1 });
        }
    }
}
