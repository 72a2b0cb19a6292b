//! How long an APDU may be: what the reader says (PC/SC part 10) and what a command asks for (ISO/IEC 7816-3, 12.1).

use chipid_emrtd::card_transport::TransportLimits;
use pcsc::{Card, ctl_code};

/// What fits into a buffer of pcsc-lite: header, extended Lc, 65535 bytes, extended Le.
pub(super) const LONGEST_COMMAND: usize = 4 + 3 + 65535 + 2;

/// PC/SC part 10, 2.2: the feature list is asked for with this code.
const GET_FEATURE_REQUEST: u32 = 3400;
/// PC/SC part 10, 2.3: FEATURE_GET_TLV_PROPERTIES.
const FEATURE_GET_TLV_PROPERTIES: u8 = 0x12;
/// PC/SC part 10, 2.6.14: dwMaxAPDUDataSize.
const PROPERTY_MAX_APDU_DATA_SIZE: u8 = 0x0A;

/// Bytes to hold ready for the response to `command`: its Le and a status word.
///
/// Never less than a short APDU can bring, since cards answer with more than was asked for; never 64 KB without need,
/// since some PC/SC stacks refuse such a buffer.
pub(super) fn response_capacity(command: &[u8]) -> usize {
    expected_data(command).max(256) + 2
}

/// Le, or 0 where the command has none or its lengths contradict each other.
fn expected_data(command: &[u8]) -> usize {
    let short = |le: u8| if le == 0 { 256 } else { usize::from(le) };
    let extended = |high: u8, low: u8| match usize::from(u16::from_be_bytes([high, low])) {
        0 => 65536,
        le => le,
    };
    match command {
        [_, _, _, _, le] => short(*le),
        [_, _, _, _, 0, high, low] => extended(*high, *low),
        [_, _, _, _, 0, high, low, rest @ ..] => {
            let lc = usize::from(u16::from_be_bytes([*high, *low]));
            match rest.get(lc..) {
                Some([high, low]) => extended(*high, *low),
                _ => 0,
            }
        }
        [_, _, _, _, lc, rest @ ..] => match rest.get(usize::from(*lc)..) {
            Some([le]) => short(*le),
            _ => 0,
        },
        _ => 0,
    }
}

/// What the reader's driver says that it carries; nothing where it does not say.
pub(super) fn of_reader(card: &Card) -> TransportLimits {
    max_apdu_data_size(card)
        .map(from_data_size)
        .unwrap_or_default()
}

fn max_apdu_data_size(card: &Card) -> Option<u32> {
    let mut buffer = [0; 258];
    let features = card
        .control(ctl_code(GET_FEATURE_REQUEST.into()), &[], &mut buffer)
        .ok()?;
    // Each feature is tag, length 4, control code in network order.
    let code = property(features, FEATURE_GET_TLV_PROPERTIES)?;
    let code = u32::from_be_bytes(code.try_into().ok()?);
    let mut buffer = [0; 258];
    let properties = card.control(code.into(), &[], &mut buffer).ok()?;
    // Numbers among the properties are little endian.
    let size = property(properties, PROPERTY_MAX_APDU_DATA_SIZE)?;
    Some(u32::from_le_bytes(size.try_into().ok()?))
}

/// PC/SC part 10, 2.6.14: 0 means short APDUs alone, 256 to 65536 the longest data field.
fn from_data_size(size: u32) -> TransportLimits {
    match size {
        0..=256 => TransportLimits {
            command: Some(4 + 1 + 255 + 1),
            response: Some(256 + 2),
        },
        257..=65536 => {
            let size = size as usize;
            TransportLimits {
                command: Some((4 + 3 + size + 2).min(LONGEST_COMMAND)),
                response: Some(size + 2),
            }
        }
        _ => TransportLimits::default(),
    }
}

/// The value of `tag` in a list of tag, length, value with one byte each for tag and length.
fn property(mut list: &[u8], tag: u8) -> Option<&[u8]> {
    while let [found, length, rest @ ..] = list {
        let (value, after) = rest.split_at_checked(usize::from(*length))?;
        if *found == tag {
            return Some(value);
        }
        list = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn le_is_read_in_every_case_of_iso_7816_3() {
        let data = |lc: usize| vec![0xDD; lc];
        let header = [0x00, 0xB0, 0x00, 0x00];
        let command = |body: &[&[u8]]| [&header[..], &body.concat()].concat();
        for (name, command, le) in [
            ("1", command(&[]), 0),
            ("2 short", command(&[&[0x12]]), 0x12),
            ("2 short, 256", command(&[&[0]]), 256),
            ("3 short", command(&[&[5], &data(5)]), 0),
            ("3 short, 2 bytes", command(&[&[2], &data(2)]), 0),
            ("4 short", command(&[&[2], &data(2), &[0]]), 256),
            ("2 extended", command(&[&[0, 0x01, 0x02]]), 0x0102),
            ("2 extended, 65536", command(&[&[0, 0, 0]]), 65536),
            ("3 extended", command(&[&[0, 1, 0], &data(256)]), 0),
            (
                "4 extended",
                command(&[&[0, 1, 0], &data(256), &[0x0F, 0xA0]]),
                4000,
            ),
            ("too short for its Lc", command(&[&[9], &data(3)]), 0),
            ("too long for its Lc", command(&[&[1], &data(9)]), 0),
            ("shorter than a header", vec![0, 0xB0], 0),
        ] {
            assert_eq!(expected_data(&command), le, "case {name}");
            assert_eq!(response_capacity(&command), le.max(256) + 2, "case {name}");
        }
    }

    #[test]
    fn data_size_of_the_driver_becomes_apdu_lengths() {
        let limits = |size| {
            let limits = from_data_size(size);
            (limits.command, limits.response)
        };
        assert_eq!(limits(0), (Some(261), Some(258)));
        assert_eq!(limits(256), (Some(261), Some(258)));
        assert_eq!(limits(500), (Some(509), Some(502)));
        assert_eq!(limits(65536), (Some(LONGEST_COMMAND), Some(65538)));
        assert_eq!(limits(65537), (None, None));
    }

    #[test]
    fn property_lists_are_walked_and_broken_ones_end() {
        let list = [0x01, 0x02, 9, 9, 0x0A, 0x04, 0, 0, 1, 0];
        assert_eq!(property(&list, 0x0A), Some(&[0, 0, 1, 0][..]));
        assert_eq!(property(&list, 0x0B), None);
        assert_eq!(property(&list[..8], 0x0A), None);
        assert_eq!(property(&[0x0A], 0x0A), None);
    }
}
