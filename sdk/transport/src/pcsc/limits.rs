//! How long a response may be: what a command asks for (ISO/IEC 7816-3, 12.1).

/// What fits into a buffer of pcsc-lite: header, extended Lc, 65535 bytes, extended Le.
pub(super) const LONGEST_COMMAND: usize = 4 + 3 + 65535 + 2;

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
}
