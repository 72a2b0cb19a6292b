//! Object identifiers of protocols: those of the standards, and of no others.

use super::value_free::ValueFree;
use serde::{Serialize, Serializer};
use std::fmt;

/// An object identifier below the arcs of BSI TR-03110 (0.4.0.127.0.7) or of ICAO (2.23.136.1); any other is `other`.
///
/// Each arc is below 128, and there are at most fourteen: a number of a card or of a person has no place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Protocol(Vec<u8>);

impl ValueFree for Protocol {}

const ROOTS: [&[u8]; 2] = [&[0, 4, 0, 127, 0, 7], &[2, 23, 136, 1]];
const MOST_ARCS: usize = 14;

impl Protocol {
    /// From the value of an OBJECT IDENTIFIER (X.690, 8.19).
    pub(super) fn of_der(value: &[u8]) -> Self {
        let mut arcs = Vec::new();
        let mut arc = 0u32;
        for byte in value.iter().take(4 * MOST_ARCS) {
            arc = arc << 7 | u32::from(byte & 0x7F);
            if byte & 0x80 == 0 {
                if arcs.is_empty() {
                    let first = (arc / 40).min(2);
                    arcs.push(first);
                    arc -= first * 40;
                }
                arcs.push(arc);
                arc = 0;
            }
        }
        // Cut off in the middle of an arc, it is none.
        match value.last() {
            Some(last) if last & 0x80 == 0 => Self::of(arcs.into_iter()),
            _ => Self::default(),
        }
    }

    /// From the arcs, `other` where it is none of them.
    pub(super) fn of(arcs: impl Iterator<Item = u32>) -> Self {
        let arcs: Option<Vec<u8>> = arcs
            .take(MOST_ARCS + 1)
            .map(|arc| u8::try_from(arc).ok())
            .collect();
        let arcs = arcs.unwrap_or_default();
        let known = ROOTS.iter().any(|root| {
            arcs.strip_prefix(*root)
                .is_some_and(|below| below.iter().all(|arc| *arc < 128))
        });
        Self(if known && arcs.len() <= MOST_ARCS {
            arcs
        } else {
            Vec::new()
        })
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("other");
        }
        for (place, arc) in self.0.iter().enumerate() {
            let dot = if place > 0 { "." } else { "" };
            write!(f, "{dot}{arc}")?;
        }
        Ok(())
    }
}

impl Serialize for Protocol {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
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
        assert_eq!(Protocol::of_der(&[]).to_string(), "other");
        let cut = [4, 0, 0x7F, 0, 7, 2, 2, 0x84];
        assert_eq!(Protocol::of_der(&cut).to_string(), "other");
        assert_eq!(Protocol::of_der(&[0xFF; 400]).to_string(), "other");
    }

    #[test]
    fn only_the_standards_arcs_come_out() {
        let name = |arcs: &[u32]| Protocol::of(arcs.iter().copied()).to_string();
        let pace = [0, 4, 0, 127, 0, 7, 2, 2, 4, 2, 2];
        assert_eq!(name(&pace), "0.4.0.127.0.7.2.2.4.2.2");
        assert_eq!(name(&[2, 23, 136, 1, 1, 5]), "2.23.136.1.1.5");
        // An issuer's own arc, a large one, a long one, nothing at all.
        assert_eq!(name(&[1, 3, 6, 1, 4, 1, 99_017]), "other");
        assert_eq!(name(&[0, 4, 0, 127, 0, 7, 990_000_017]), "other");
        assert_eq!(name(&[0, 4, 0, 127, 0, 7, 200]), "other");
        let long: Vec<u32> = pace.iter().copied().chain([1; 9]).collect();
        assert_eq!(name(&long), "other");
        assert_eq!(name(&[]), "other");
    }
}
