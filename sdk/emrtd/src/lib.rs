//! ICAO Doc 9303 (8th edition) and nothing else: access to the chip, secure messaging, files,
//! passive, active and chip authentication.
//!
//! No I/O, no clock, no threads, no randomness of its own: a [`card_transport::CardTransport`] brings APDUs,
//! time comes in as a plain value and randomness as a `CryptoRng`.
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

pub mod access_key;
pub mod active_authentication;
pub mod apdu;
pub mod asn1;
pub mod bac;
pub mod card_transport;
pub mod chip_authentication;
pub mod cms;
pub mod crypto;
pub mod cv_certificate;
pub mod document;
pub mod drivers;
pub mod error;
pub mod file;
pub mod file_id;
pub mod finding;
pub mod lds;
pub mod mrz;
pub mod oid;
pub mod pace;
pub mod passive_authentication;
pub mod reading;
pub mod secure_messaging;
pub mod security_info;
pub mod terminal_authentication;
pub mod time;
pub mod tlv;
pub mod trust;
pub mod verification;
