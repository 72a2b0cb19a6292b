//! The binary form (`bplist00`), as macOS writes its settings: header, objects, table of offsets, a trailer of 32 bytes.
//! Only the outermost dictionary is looked into.

/// A text, number or truth value of the outermost dictionary.
pub(super) fn value(bytes: &[u8], key: &str) -> Option<String> {
    let list = List::of(bytes)?;
    let (marker, body) = list.object(list.top)?;
    if marker >> 4 != 0xD {
        return None;
    }
    let (count, references) = counted(marker, body)?;
    let keys = references.get(..count.checked_mul(list.reference)?)?;
    let values = references.get(keys.len()..)?;
    let place = keys
        .chunks_exact(list.reference)
        .position(|reference| list.text(number(reference)).as_deref() == Some(key))?;
    let value = values.chunks_exact(list.reference).nth(place)?;
    list.scalar(number(value))
}

struct List<'a> {
    bytes: &'a [u8],
    /// Bytes of one offset.
    offset: usize,
    /// Bytes of one reference to an object.
    reference: usize,
    top: u64,
    table: &'a [u8],
}

impl<'a> List<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let trailer = bytes.get(bytes.len().checked_sub(32)?..)?;
        let [offset, reference] = *trailer.get(6..8)? else {
            return None;
        };
        if !(1..=8).contains(&offset) || !(1..=8).contains(&reference) {
            return None;
        }
        let table = usize::try_from(number(trailer.get(24..32)?)).ok()?;
        Some(Self {
            bytes,
            offset: offset.into(),
            reference: reference.into(),
            top: number(trailer.get(16..24)?),
            table: bytes.get(table..)?,
        })
    }

    /// An object's marker, and everything behind it.
    fn object(&self, index: u64) -> Option<(u8, &'a [u8])> {
        let at = usize::try_from(index).ok()?.checked_mul(self.offset)?;
        let offset = self.table.get(at..at.checked_add(self.offset)?)?;
        let (marker, body) = self
            .bytes
            .get(usize::try_from(number(offset)).ok()?..)?
            .split_first()?;
        Some((*marker, body))
    }

    fn text(&self, index: u64) -> Option<String> {
        let (marker, body) = self.object(index)?;
        let (count, body) = counted(marker, body)?;
        match marker >> 4 {
            0x5 => String::from_utf8(body.get(..count)?.to_vec()).ok(),
            0x6 => {
                let units = body.get(..count.checked_mul(2)?)?.chunks_exact(2);
                let units: Vec<u16> = units
                    .filter_map(|unit| Some(u16::from_be_bytes(unit.try_into().ok()?)))
                    .collect();
                String::from_utf16(&units).ok()
            }
            _ => None,
        }
    }

    fn scalar(&self, index: u64) -> Option<String> {
        let (marker, body) = self.object(index)?;
        match marker {
            0x08 => Some("0".to_owned()),
            0x09 => Some("1".to_owned()),
            0x10..=0x13 => {
                let bytes = body.get(..1_usize << (marker & 0x0F))?;
                Some(number(bytes).to_string())
            }
            _ => self.text(index),
        }
    }
}

/// The count in a marker, or in the integer behind it; and what follows.
fn counted(marker: u8, body: &[u8]) -> Option<(usize, &[u8])> {
    if marker & 0x0F != 0x0F {
        return Some(((marker & 0x0F).into(), body));
    }
    let (size, rest) = body.split_first()?;
    if !(0x10..=0x13).contains(size) {
        return None;
    }
    let (count, rest) = rest.split_at_checked(1_usize << (size & 0x0F))?;
    Some((usize::try_from(number(count)).ok()?, rest))
}

/// At most eight bytes, big endian.
fn number(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}
