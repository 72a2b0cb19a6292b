//! A machine readable zone read by a camera, with the characters that cameras confuse, put right where the check digits
//! prove it.
//!
//! Doc 9303-3, 4.9 (check digits); Doc 9303-5 (TD1), 9303-4 (TD3), 9303-6 (TD2). On the Vietnamese card the class of
//! every character is known, the document number stands twice (also as the end of the personal number in the optional
//! data), and one more check digit covers the personal number: see [`crate::mrz_rules`].
//!
//! A field is changed only where its own check digit does not hold as it was read, or where a character of its class
//! cannot stand there. Every combination of the likely readings is then held against all check digits: exactly one must
//! be left. Two that fit are an error, and so is none: a key that was guessed costs one of the few tries at the chip.
//! What no check digit covers (document code, states, sex, name) is given its class of characters at most; nothing in a
//! repaired zone is to be believed, it serves for the key.

mod fields;
mod lines;
mod search;

use alloc::vec::Vec;
use chipid_emrtd::mrz::{Layout, Mrz};
use core::fmt;
use zeroize::Zeroizing;

/// A zone that was put right.
#[derive(Clone, PartialEq, Eq)]
pub struct RepairedMrz {
    /// The zone, whose check digits hold.
    pub mrz: Mrz,
    /// The characters that were changed and that check digits prove, counted from 0 over the lines without their ends.
    pub proven: Vec<u8>,
    /// The characters that were changed and that no check digit covers: only their class is right.
    pub unproven: Vec<u8>,
}

/// Positions, never characters.
impl fmt::Debug for RepairedMrz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RepairedMrz")
            .field("proven", &self.proven)
            .field("unproven", &self.unproven)
            .finish_non_exhaustive()
    }
}

/// Why a zone cannot be put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MrzRepairError {
    /// Longer than any zone that could be meant.
    TooLong {
        /// Bytes of the text.
        found: usize,
    },
    /// The characters do not make lines of a zone.
    Length {
        /// Characters without white space.
        found: usize,
    },
    /// No likely reading fulfils the check digits.
    NotProven {
        /// Where the field begins that cannot be put right, counted from 0 over the lines without their ends.
        position: usize,
    },
    /// More than one reading fulfils the check digits, so that they prove none.
    Ambiguous,
    /// More characters are in doubt than check digits could tell.
    TooDamaged,
}

impl MrzRepairError {
    /// The permanent numeric code, in the 8000s (the caller's input).
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::TooLong { .. } => 8170,
            Self::Length { .. } => 8171,
            Self::NotProven { .. } => 8172,
            Self::Ambiguous => 8173,
            Self::TooDamaged => 8174,
        }
    }
}

impl fmt::Display for MrzRepairError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { found } => {
                write!(
                    f,
                    "the text of {found} bytes is longer than a machine readable zone"
                )
            }
            Self::Length { found } => write!(
                f,
                "the {found} characters do not make the lines of a machine readable zone"
            ),
            Self::NotProven { position } => write!(
                f,
                "the check digit of the field at character {} of the machine readable zone does not hold, and no likely misreading explains it",
                position.saturating_add(1)
            ),
            Self::Ambiguous => f.write_str(
                "more than one reading of the machine readable zone fulfils its check digits",
            ),
            Self::TooDamaged => {
                f.write_str("too many characters of the machine readable zone are in doubt")
            }
        }
    }
}

impl core::error::Error for MrzRepairError {}

/// The longest text that is looked at, in bytes.
pub const MAX_LEN: usize = 1024;

/// Puts a zone right that [`Mrz::parse`] refuses. A zone that it takes comes back as it is, with nothing changed, unless
/// a letter stands where only digits do: some weigh the same in a check digit (`L` as `1`, `U` as `0`, `G` as `6`), so
/// that the zone holds, with the key of no card.
///
/// Blanks, line ends, lower case, `«` and full-width characters do not matter; the fillers at the end of a line may be
/// too few or too many.
///
/// # Errors
/// [`MrzRepairError`].
pub fn repair(text: &str) -> Result<RepairedMrz, MrzRepairError> {
    if text.len() > MAX_LEN {
        return Err(MrzRepairError::TooLong { found: text.len() });
    }
    let sound = Mrz::parse(text).ok();
    let read = match &sound {
        Some(mrz) => Read {
            layout: mrz.layout(),
            characters: Zeroizing::new(mrz.as_str().as_bytes().to_vec()),
        },
        None => lines::laid_out(text)?,
    };
    let as_it_is = |mrz| RepairedMrz {
        mrz,
        proven: Vec::new(),
        unproven: Vec::new(),
    };
    if let Some(mrz) = &sound
        && search::is_of_its_classes(&read)
    {
        return Ok(as_it_is(mrz.clone()));
    }
    let put_right = match (search::put_right(&read), sound) {
        (Ok(found), _) => found,
        // Its check digits hold, and nothing explains what is odd in it: then it is so.
        (Err(MrzRepairError::NotProven { .. }), Some(mrz)) => return Ok(as_it_is(mrz)),
        (Err(error), _) => return Err(error),
    };
    let text = core::str::from_utf8(&put_right).map_err(|_| MrzRepairError::TooDamaged)?;
    // The last word is the parser's, which knows nothing of any repair.
    let mrz = Mrz::parse(text).map_err(|e| MrzRepairError::NotProven { position: e.offset })?;
    let (mut proven, mut unproven) = (Vec::new(), Vec::new());
    for (position, (new, old)) in put_right.iter().zip(read.characters.iter()).enumerate() {
        let Ok(place) = u8::try_from(position) else {
            break;
        };
        if new != old {
            if fields::is_covered(read.layout, position) {
                proven.push(place);
            } else {
                unproven.push(place);
            }
        }
    }
    Ok(RepairedMrz {
        mrz,
        proven,
        unproven,
    })
}

/// Characters in the lines of a layout, each `A`–`Z`, `0`–`9` or `<`, none of them proven.
struct Read {
    layout: Layout,
    characters: Zeroizing<Vec<u8>>,
}

#[cfg(test)]
mod tests;
