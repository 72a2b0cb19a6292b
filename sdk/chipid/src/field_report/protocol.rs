//! Object identifiers of protocols: a closed list, and no others.

use super::value_free::ValueFree;
use serde::{Serialize, Serializer};
use std::fmt;

/// An object identifier of BSI TR-03110-3 or of ICAO that is written down here in full; any other is `other`.
///
/// No arc of it is the chip's: below the very arcs of the standards a card could have a number or a name, an arc a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protocol(&'static str);

impl ValueFree for Protocol {}

const OTHER: &str = "other";
const MOST_ARCS: usize = 14;

/// BSI TR-03110-3, A; Doc 9303-10 and 9303-11.
const KNOWN: [&str; 80] = [
    // standardizedDomainParameters, as the algorithm of a key.
    "0.4.0.127.0.7.1.2",
    // id-PK: DH, ECDH.
    "0.4.0.127.0.7.2.2.1.1",
    "0.4.0.127.0.7.2.2.1.2",
    // id-TA: RSA (v1.5 and PSS), ECDSA.
    "0.4.0.127.0.7.2.2.2",
    "0.4.0.127.0.7.2.2.2.1",
    "0.4.0.127.0.7.2.2.2.1.1",
    "0.4.0.127.0.7.2.2.2.1.2",
    "0.4.0.127.0.7.2.2.2.1.3",
    "0.4.0.127.0.7.2.2.2.1.4",
    "0.4.0.127.0.7.2.2.2.1.5",
    "0.4.0.127.0.7.2.2.2.1.6",
    "0.4.0.127.0.7.2.2.2.2",
    "0.4.0.127.0.7.2.2.2.2.1",
    "0.4.0.127.0.7.2.2.2.2.2",
    "0.4.0.127.0.7.2.2.2.2.3",
    "0.4.0.127.0.7.2.2.2.2.4",
    "0.4.0.127.0.7.2.2.2.2.5",
    // id-CA: DH and ECDH, with 3DES and AES.
    "0.4.0.127.0.7.2.2.3.1",
    "0.4.0.127.0.7.2.2.3.1.1",
    "0.4.0.127.0.7.2.2.3.1.2",
    "0.4.0.127.0.7.2.2.3.1.3",
    "0.4.0.127.0.7.2.2.3.1.4",
    "0.4.0.127.0.7.2.2.3.2",
    "0.4.0.127.0.7.2.2.3.2.1",
    "0.4.0.127.0.7.2.2.3.2.2",
    "0.4.0.127.0.7.2.2.3.2.3",
    "0.4.0.127.0.7.2.2.3.2.4",
    // id-PACE: generic mapping (DH, ECDH), integrated mapping (DH, ECDH), chip authentication mapping.
    "0.4.0.127.0.7.2.2.4.1",
    "0.4.0.127.0.7.2.2.4.1.1",
    "0.4.0.127.0.7.2.2.4.1.2",
    "0.4.0.127.0.7.2.2.4.1.3",
    "0.4.0.127.0.7.2.2.4.1.4",
    "0.4.0.127.0.7.2.2.4.2",
    "0.4.0.127.0.7.2.2.4.2.1",
    "0.4.0.127.0.7.2.2.4.2.2",
    "0.4.0.127.0.7.2.2.4.2.3",
    "0.4.0.127.0.7.2.2.4.2.4",
    "0.4.0.127.0.7.2.2.4.3",
    "0.4.0.127.0.7.2.2.4.3.1",
    "0.4.0.127.0.7.2.2.4.3.2",
    "0.4.0.127.0.7.2.2.4.3.3",
    "0.4.0.127.0.7.2.2.4.3.4",
    "0.4.0.127.0.7.2.2.4.4",
    "0.4.0.127.0.7.2.2.4.4.1",
    "0.4.0.127.0.7.2.2.4.4.2",
    "0.4.0.127.0.7.2.2.4.4.3",
    "0.4.0.127.0.7.2.2.4.4.4",
    "0.4.0.127.0.7.2.2.4.6",
    "0.4.0.127.0.7.2.2.4.6.2",
    "0.4.0.127.0.7.2.2.4.6.3",
    "0.4.0.127.0.7.2.2.4.6.4",
    // id-RI: DH, ECDH.
    "0.4.0.127.0.7.2.2.5.1",
    "0.4.0.127.0.7.2.2.5.1.1",
    "0.4.0.127.0.7.2.2.5.1.2",
    "0.4.0.127.0.7.2.2.5.1.3",
    "0.4.0.127.0.7.2.2.5.1.4",
    "0.4.0.127.0.7.2.2.5.1.5",
    "0.4.0.127.0.7.2.2.5.2",
    "0.4.0.127.0.7.2.2.5.2.1",
    "0.4.0.127.0.7.2.2.5.2.2",
    "0.4.0.127.0.7.2.2.5.2.3",
    "0.4.0.127.0.7.2.2.5.2.4",
    "0.4.0.127.0.7.2.2.5.2.5",
    // id-CI, id-eIDSecurity, id-PT.
    "0.4.0.127.0.7.2.2.6",
    "0.4.0.127.0.7.2.2.7",
    "0.4.0.127.0.7.2.2.8",
    // id-PasswordType: MRZ, CAN, PIN, PUK.
    "0.4.0.127.0.7.2.2.12",
    "0.4.0.127.0.7.2.2.12.1",
    "0.4.0.127.0.7.2.2.12.2",
    "0.4.0.127.0.7.2.2.12.3",
    "0.4.0.127.0.7.2.2.12.4",
    // ecdsa-plain-signatures, as the algorithm of Active Authentication.
    "0.4.0.127.0.7.1.1.4.1.1",
    "0.4.0.127.0.7.1.1.4.1.2",
    "0.4.0.127.0.7.1.1.4.1.3",
    "0.4.0.127.0.7.1.1.4.1.4",
    "0.4.0.127.0.7.1.1.4.1.5",
    // id-icao-mrtd-security: ldsSecurityObject, aaProtocolObject, extensions of certificates.
    "2.23.136.1.1.1",
    "2.23.136.1.1.5",
    "2.23.136.1.1.6.1",
    "2.23.136.1.1.6.2",
];

impl Default for Protocol {
    fn default() -> Self {
        Self(OTHER)
    }
}

impl Protocol {
    /// From the value of an OBJECT IDENTIFIER (X.690, 8.19).
    pub(super) fn of_der(value: &[u8]) -> Self {
        arcs(value).map_or_else(Self::default, |arcs| Self::of(arcs.into_iter()))
    }

    /// From the arcs.
    pub(super) fn of(arcs: impl Iterator<Item = u32>) -> Self {
        let arcs: Vec<String> = arcs
            .take(MOST_ARCS + 1)
            .map(|arc| arc.to_string())
            .collect();
        let dotted = arcs.join(".");
        let known = KNOWN.iter().find(|known| **known == dotted);
        Self(known.copied().unwrap_or(OTHER))
    }
}

/// `None` where an arc is cut off, is padded, or is larger than any that is known.
fn arcs(value: &[u8]) -> Option<Vec<u32>> {
    let mut arcs = Vec::new();
    let mut arc = None;
    for byte in value.iter().take(4 * MOST_ARCS) {
        if arc.is_none() && *byte == 0x80 {
            return None;
        }
        let so_far = arc.unwrap_or(0u32).checked_mul(0x80)? | u32::from(byte & 0x7F);
        arc = Some(so_far);
        if byte & 0x80 == 0 {
            match arcs.is_empty() {
                true => {
                    let first = (so_far / 40).min(2);
                    arcs.extend([first, so_far - first * 40]);
                }
                false => arcs.push(so_far),
            }
            arc = None;
        }
    }
    arc.is_none().then_some(arcs)
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Serialize for Protocol {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_it_stands_in_a_file() {
        let pace = [4, 0, 0x7F, 0, 7, 2, 2, 4, 2, 2];
        assert_eq!(
            Protocol::of_der(&pace).to_string(),
            "0.4.0.127.0.7.2.2.4.2.2"
        );
        let icao = [0x67, 0x81, 0x08, 1, 1, 5];
        assert_eq!(Protocol::of_der(&icao).to_string(), "2.23.136.1.1.5");
        for not_whole in [
            &[][..],
            &[4, 0, 0x7F, 0, 7, 2, 2, 0x84],
            // The same padded: more than one way to write a word would be more than one word.
            &[4, 0, 0x7F, 0, 7, 2, 2, 4, 2, 0x80, 2],
            // 2^32 + 2.
            &[4, 0, 0x7F, 0, 7, 2, 2, 4, 2, 0x90, 0x80, 0x80, 0x80, 2],
            &[0xFF; 400],
            &[1; 400],
        ] {
            assert_eq!(Protocol::of_der(not_whole).to_string(), "other");
        }
    }

    #[test]
    fn each_of_the_list_is_found_and_stands_there_once() {
        for (place, known) in KNOWN.iter().enumerate() {
            let arcs = known.split('.').map(|arc| arc.parse().unwrap());
            assert_eq!(Protocol::of(arcs).to_string(), *known);
            assert!(!KNOWN[..place].contains(known), "{known}");
        }
    }

    #[test]
    fn what_is_not_in_the_list_in_full_is_other() {
        let name = |dotted: &str| {
            let arcs = dotted.split('.').map(|arc| arc.parse().unwrap());
            Protocol::of(arcs).to_string()
        };
        for unknown in [
            // Two digits in an arc, a letter in an arc, below each of the standards' own.
            "0.4.0.127.0.7.0.10.90.0.0.17",
            "0.4.0.127.0.7.2.2.4.2.2.17",
            "0.4.0.127.0.7.2.2.4.2.76",
            "0.4.0.127.0.7.2.2.90",
            "2.23.136.1.1.76.69",
            "2.23.136.1.1.5.1",
            // An issuer's own, and the beginning of a known one.
            "1.3.6.1.4.1.99017",
            "0.4.0.127.0.7",
            "0",
        ] {
            assert_eq!(name(unknown), "other", "{unknown}");
        }
        assert_eq!(Protocol::of([].into_iter()).to_string(), "other");
    }
}
