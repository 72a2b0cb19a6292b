//! A full read takes hardly more commands than the least that are possible, and hardly more time.

#[path = "support/round_trips.rs"]
mod round_trips;

use round_trips::{BLOCKS, PROFILES, card, measure};

/// A chip that offers PACE shows in the clear, by EF.CardAccess, how it ends a read beyond the end of a file; one with BAC
/// alone does not, and costs a command more for each file (`docs/reference/performance.md`).
fn with_pace() -> impl Iterator<Item = &'static str> {
    let names = PROFILES.into_iter().map(|(name, _)| name);
    names.filter(|name| *name != "passport-bac")
}

/// Access control, one SELECT, ⌈size ÷ block⌉ reads a file, Chip and Active Authentication; and three more at most.
#[test]
fn at_most_three_commands_above_the_bound() {
    for profile in with_pace() {
        let card = card(profile);
        for block in BLOCKS.into_iter().flatten() {
            let measured = measure(&card, Some(block));
            let (taken, bound) = (measured.apdus.taken, measured.apdus.bound);
            assert!(
                taken >= bound && taken <= bound + 3,
                "{profile}, blocks of {block}: {taken} where {bound} would do"
            );
            assert!(measured.bytes.taken >= measured.bytes.bound, "{profile}");
        }
    }
}

#[test]
fn twenty_kilobytes_at_424_kbit_within_twelve_percent_of_the_floor() {
    for profile in with_pace() {
        let measured = measure(&card(profile), None);
        assert!(measured.file_bytes >= 19_000, "{}", measured.file_bytes);
        let above = measured.percent_above_the_floor();
        assert!((0.0..=12.0).contains(&above), "{profile}: {above:.1} %");
    }
}
