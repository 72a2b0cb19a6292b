//! Lengths and times as classes: a report tells how a card is made, and not how long a name is.

use super::value_free::facts;
use chipid_emrtd::file_id::FileId;
use std::time::Duration;

facts! {
    /// The size of a file.
    pub struct Size {
        /// Bytes, rounded up to a multiple of `in_steps_of`.
        pub bytes: u32,
        /// 1 for files that are the same on all cards of a kind; more where keys, signatures, or the holder's data decide.
        pub in_steps_of: u32,
    }
}

impl Size {
    /// Of a file of so many bytes.
    pub(super) fn of(file: FileId, bytes: usize) -> Self {
        let step = step(file);
        Self {
            bytes: rounded_up(bytes, step),
            in_steps_of: step,
        }
    }

    /// Of an image.
    pub(super) fn of_image(bytes: usize) -> Self {
        Self {
            bytes: rounded_up(bytes, IMAGE),
            in_steps_of: IMAGE,
        }
    }
}

/// How large a portrait is compressed says something of the portrait.
const IMAGE: u32 = 8192;

/// EF.SOD and EF.CardSecurity end in signatures whose encoding is a byte longer or shorter, and so is a public number of
/// Diffie-Hellman in DG14.
const fn step(file: FileId) -> u32 {
    match file {
        FileId::AtrInfo | FileId::Dir | FileId::CardAccess | FileId::Com | FileId::DG1 => 1,
        FileId::CardSecurity | FileId::Sod | FileId::DG14 | FileId::DG15 => 64,
        // Texts of the holder; the others are images.
        FileId::DataGroup(group) => match group.number() {
            11 | 12 | 13 | 16 => 256,
            _ => IMAGE,
        },
        _ => IMAGE,
    }
}

fn rounded_up(bytes: usize, step: u32) -> u32 {
    let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
    bytes.div_ceil(step).saturating_mul(step)
}

/// How long a text is, as a class.
pub(super) const fn text_length(bytes: usize) -> &'static str {
    match bytes {
        0 => "0",
        1..=8 => "1-8",
        9..=16 => "9-16",
        17..=32 => "17-32",
        33..=64 => "33-64",
        _ => "65-",
    }
}

/// The least power of two that is no less, at least 16.
pub(super) fn at_most(number: usize) -> u32 {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    number
        .max(16)
        .checked_next_power_of_two()
        .unwrap_or(u32::MAX)
}

/// The sizes at which readers and chips are known to stop, the least that is no less.
pub(super) fn apdu_at_most(bytes: usize) -> u32 {
    const KNOWN: [u32; 15] = [
        64, 96, 128, 160, 192, 224, 262, 512, 1034, 2048, 4096, 8192, 16_384, 32_768, 65_544,
    ];
    let mut known = KNOWN.into_iter();
    known
        .find(|most| usize::try_from(*most).is_ok_and(|most| bytes <= most))
        .unwrap_or(u32::MAX)
}

/// A length that the chip announces, or that a reader carries: one that is in use, else the next larger.
pub(super) fn known_length(bytes: usize) -> u32 {
    const KNOWN: [u32; 24] = [
        0, 64, 96, 128, 160, 192, 223, 224, 231, 240, 255, 256, 261, 262, 512, 1024, 2048, 4096,
        8192, 16_384, 32_768, 65_535, 65_536, 65_544,
    ];
    least(&KNOWN, bytes)
}

/// Pixels along one side: a length that is in use, else the next larger.
pub(super) fn pixels(pixels: u16) -> u16 {
    const KNOWN: [u32; 16] = [
        0, 120, 160, 240, 300, 320, 400, 480, 600, 640, 800, 1024, 1280, 1600, 4096, 65_535,
    ];
    u16::try_from(least(&KNOWN, pixels.into())).unwrap_or(u16::MAX)
}

/// The least that is no less.
fn least(known: &[u32], number: usize) -> u32 {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    let mut known = known.iter().copied();
    known.find(|least| number <= *least).unwrap_or(u32::MAX)
}

/// How many there are: sixteen stands for more, too. A count that the chip is free in is a number of the chip's.
pub(super) fn few(number: usize) -> u32 {
    u32::try_from(number).map_or(MOST, |number| number.min(MOST))
}

const MOST: u32 = 16;

/// Bits of a key, rounded up: a modulus may begin with zeros.
pub(super) fn key_bits(bits: usize) -> u32 {
    let bits = u32::try_from(bits).unwrap_or(u32::MAX);
    match bits {
        // Curves have 192, 224, 256, 320, 384, 512 and 521 bits.
        521 => 521,
        _ => bits.min(16_384).div_ceil(32) * 32,
    }
}

/// A year in which a certificate may begin or end to hold.
pub(super) fn plausible_year(year: u16) -> u16 {
    year.clamp(1990, 2060)
}

/// Milliseconds as the least of 1, 2, 5, 10, 20, 50 … that is no less: a file's size cannot be told from it.
pub(super) fn milliseconds(time: Duration) -> u32 {
    let mut class = 1u32;
    for factor in [2, 5, 10].into_iter().cycle() {
        if time <= Duration::from_millis(class.into()) || class >= 1_000_000 {
            break;
        }
        class = match factor {
            5 => class / 2 * 5,
            _ => class.saturating_mul(2),
        };
    }
    class
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_a_chip_is_free_in_are_few() {
        let lengths: std::collections::BTreeSet<u32> = (0..70_000).map(known_length).collect();
        assert_eq!(lengths.len(), 25);
        let sides: std::collections::BTreeSet<u16> = (0..=u16::MAX).map(pixels).collect();
        assert_eq!(sides.len(), 16);
        assert_eq!((pixels(480), pixels(481), pixels(5000)), (480, 600, 65_535));
        assert_eq!((known_length(261), known_length(300)), (261, 512));
        assert_eq!((few(3), few(99_017)), (3, 16));
        assert_eq!(
            (key_bits(2048), key_bits(2047), key_bits(521)),
            (2048, 2048, 521)
        );
        assert_eq!(key_bits(usize::MAX), 16_384);
        let years = [2024, 1, 9999].map(plausible_year);
        assert_eq!(years, [2024, 1990, 2060]);
    }

    #[test]
    fn times_are_one_two_five() {
        for (microseconds, class) in [
            (0, 1),
            (1000, 1),
            (1001, 2),
            (2001, 5),
            (5001, 10),
            (10_001, 20),
            (49_000, 50),
            (50_001, 100),
            (3_000_000, 5000),
        ] {
            let time = Duration::from_micros(microseconds);
            assert_eq!(milliseconds(time), class, "{microseconds}");
        }
        assert_eq!(milliseconds(Duration::MAX), 1_000_000);
    }

    #[test]
    fn sizes_that_people_decide_are_rounded() {
        let size = |file, bytes| Size::of(file, bytes).bytes;
        assert_eq!(size(FileId::CardAccess, 54), 54);
        assert_eq!(size(FileId::DG1, 95), 95);
        assert_eq!(size(FileId::DG2, 15_361), 16_384);
        assert_eq!(size(FileId::DG13, 378), 512);
        assert_eq!(size(FileId::DG13, 512), 512);
        assert_eq!(size(FileId::Sod, 1001), 1024);
        assert_eq!(size(FileId::DG2, 16_385), 24_576);
        assert_eq!(apdu_at_most(246), 262);
        assert_eq!(at_most(33), 64);
        assert_eq!(text_length(17), "17-32");
    }
}
