//! From a text to the lines of a zone.

use super::{MrzRepairError, Read};
use alloc::vec::Vec;
use chipid_emrtd::mrz::Layout;
use zeroize::Zeroizing;

/// Characters of a line, and how many lines.
const SHAPES: [(Layout, usize, usize); 3] = [
    (Layout::Td1, 30, 3),
    (Layout::Td2, 36, 2),
    (Layout::Td3, 44, 2),
];

pub(super) fn laid_out(text: &str) -> Result<Read, MrzRepairError> {
    let lines: Vec<Zeroizing<Vec<u8>>> = text
        .lines()
        .map(characters)
        .filter(|line| !line.is_empty())
        .collect();
    let found: usize = lines.iter().map(|line| line.len()).sum();
    // As lines, each brought to its length, that of the nearest layout first; else as one run of characters.
    let mut shapes = SHAPES;
    shapes.sort_by_key(|(_, len, _)| -> usize {
        lines.iter().map(|line| line.len().abs_diff(*len)).sum()
    });
    for (layout, len, count) in shapes {
        if lines.len() == count
            && let Some(characters) = brought_to_length(&lines, len)
        {
            return Ok(Read { layout, characters });
        }
    }
    let mut all = Zeroizing::new(Vec::with_capacity(found));
    for line in &lines {
        all.extend_from_slice(line);
    }
    for (layout, len, count) in SHAPES {
        if all.len() == len.saturating_mul(count) {
            return Ok(Read {
                layout,
                characters: all,
            });
        }
    }
    // Without the fillers at the very end, which a camera loses first: only the name of TD1 stands there.
    let last_line = (61..90).contains(&all.len()) && !matches!(all.len(), 72 | 88);
    if last_line && lines.len() < 3 {
        all.resize(90, b'<');
        return Ok(Read {
            layout: Layout::Td1,
            characters: all,
        });
    }
    Err(MrzRepairError::Length { found })
}

/// Every line at `len` characters, by fillers more or less in its last run of them. `None` where that does not do.
fn brought_to_length(lines: &[Zeroizing<Vec<u8>>], len: usize) -> Option<Zeroizing<Vec<u8>>> {
    let mut all = Zeroizing::new(Vec::with_capacity(len.checked_mul(lines.len())?));
    for line in lines {
        let missing = len.checked_sub(line.len());
        let excess = line.len().saturating_sub(len);
        let run = last_run(line);
        match missing {
            Some(0) => all.extend_from_slice(line),
            // One filler is no run that could have been counted wrongly.
            _ if run.len() < 2 || run.len() <= excess => return None,
            Some(missing) => {
                all.extend_from_slice(line.get(..run.start)?);
                all.extend(core::iter::repeat_n(b'<', missing));
                all.extend_from_slice(line.get(run.start..)?);
            }
            None => {
                all.extend_from_slice(line.get(..run.start)?);
                all.extend_from_slice(line.get(run.start.checked_add(excess)?..)?);
            }
        }
    }
    Some(all)
}

/// Where the last run of fillers stands.
fn last_run(line: &[u8]) -> core::ops::Range<usize> {
    let end = line
        .iter()
        .rposition(|c| *c == b'<')
        .map_or(0, |at| at.saturating_add(1));
    let before = line.get(..end).unwrap_or_default();
    let start = before
        .iter()
        .rposition(|c| *c != b'<')
        .map_or(0, |at| at.saturating_add(1));
    start..end
}

/// The characters of one line in the alphabet of the zone. What has no place in it is left out.
fn characters(line: &str) -> Zeroizing<Vec<u8>> {
    // At most two for one, and each at least one byte long.
    let mut found = Zeroizing::new(Vec::with_capacity(line.len().saturating_mul(2)));
    for c in line.chars() {
        match c {
            // One sign for two fillers.
            '«' | '≪' | '《' => found.extend_from_slice(b"<<"),
            '<' | '‹' | '＜' | '〈' | '˂' | '≤' | '(' | '[' | '{' | '〱' | '⟨' => {
                found.push(b'<');
            }
            // Full-width letters and digits.
            '\u{FF10}'..='\u{FF5A}' => {
                let plain = u32::from(c).saturating_sub(0xFEE0);
                push(&mut found, char::from_u32(plain).unwrap_or(' '));
            }
            '|' | '!' | 'ı' | '¡' => found.push(b'I'),
            '$' | '§' => found.push(b'S'),
            '€' | '£' => found.push(b'E'),
            'Đ' | 'đ' => found.push(b'D'),
            'Ø' | 'ø' => found.push(b'0'),
            other => push(&mut found, other),
        }
    }
    found
}

fn push(found: &mut Vec<u8>, c: char) {
    let c = c.to_ascii_uppercase();
    if c.is_ascii_uppercase() || c.is_ascii_digit() || c == '<' {
        found.extend(u8::try_from(c));
    }
}
