//! Round trips: how many commands and bytes a full read takes beside the least that are possible, and what it would take
//! over a radio link of 424 kbit/s beside the floor of the same link and chip.
//!
//! `cargo bench -p chipid-virtual-card --bench round_trips`
//!
//! Nothing is timed: commands and bytes are counted, and the time is modelled (`chipid_virtual_card::Link`, type A, frames
//! of 256 bytes, an assumed chip of 6 ms a command and 15 ms a kilobyte, an assumed host of 4 ms a command, operations
//! with keys not counted). The bound of the commands is that of the block in the row; the floor of the time that of the
//! largest block that the chip takes.

#[path = "../tests/support/round_trips.rs"]
mod round_trips;

use round_trips::{BLOCKS, PROFILES, card, measure};

fn main() {
    println!(
        "| card | bytes of files | block | APDUs | bound | bytes | bound | ms at 424 | floor | above |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for (profile, about) in PROFILES {
        let card = card(profile);
        for block in BLOCKS {
            let measured = measure(&card, block);
            let asked = block.map_or_else(|| "its own".to_owned(), |len| len.to_string());
            println!(
                "| {profile}: {about} | {} | {asked} | {} | {} | {} | {} | {:.0} | {:.0} | {:.1} % |",
                measured.file_bytes,
                measured.apdus.taken,
                measured.apdus.bound,
                measured.bytes.taken,
                measured.bytes.bound,
                measured.time.taken.as_secs_f64() * 1000.0,
                measured.time.bound.as_secs_f64() * 1000.0,
                measured.percent_above_the_floor(),
            );
        }
    }
}
