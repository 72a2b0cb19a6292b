//! The Vietnamese identity card (the chip card of 2021 and its successor of July 2024), as far as it goes beyond
//! ICAO Doc 9303: the national data group 13, the text of the printed QR code, the personal number,
//! and what is peculiar about the chip.
//!
//! No I/O, no clock, no cryptography, and nothing here decides anything: parsers give plain values and notes,
//! comparisons give plain differences. Whether the bytes are genuine is the question of passive authentication,
//! which comes first.
//!
//! Everything about this card was learnt from public sources; `docs/concepts/vietnamese-card.md` says how sure each
//! part is.
#![no_std]
#![cfg_attr(
    not(test),
    warn(
        clippy::indexing_slicing,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::unreachable
    )
)]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod age;
pub mod authorities;
pub mod card_profile;
pub mod consistency;
pub mod customer;
mod date;
pub mod dg13;
pub mod expiry;
pub mod keyboard;
pub mod kinship;
pub mod mrz_repair;
pub mod mrz_rules;
pub mod name;
pub mod personal_number;
pub mod places;
pub mod portrait_age;
pub mod private;
pub mod qr;
pub mod sex;
