//! The only code of chipid that touches a card: each module carries APDUs ([`CardTransport`]) in its own way.
//!
//! | module | carries them |
//! |---|---|
#![cfg_attr(
    feature = "pcsc",
    doc = "| [`pcsc`] | to a reader of this machine, through PC/SC (feature `pcsc`) |"
)]
#![cfg_attr(
    not(feature = "pcsc"),
    doc = "| `pcsc` | to a reader of this machine, through PC/SC (feature `pcsc`, off in this build) |"
)]
//! | [`callback`] | through a closure of the caller: a phone's NFC stack, a socket, a software card |
//! | [`replay`] | nowhere: it answers from a recording |
//! | [`record`] | to another transport, and keeps what crossed |
//! | [`counting`] | to another transport, and counts APDUs, bytes and time |
//! | [`cancel`] | to another transport, until somebody cancels |
//!
//! [`reader_profile`] carries none: it is what is known of 212 readers and of the names of their slots.
//!
//! Nothing here knows what an APDU means; nothing here logs more than CLA INS P1 P2, lengths and status words.
//!
//! [`CardTransport`]: chipid_emrtd::card_transport::CardTransport
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

pub mod callback;
pub mod cancel;
pub mod counting;
#[cfg(feature = "fault-injection")]
pub mod fault;
#[cfg(feature = "pcsc")]
pub mod pcsc;
pub mod reader_profile;
pub mod record;
pub mod replay;

use chipid_emrtd::card_transport::TransportError;

/// ISO/IEC 7816-4, 5.1: 65536 bytes of data and a status word.
const LONGEST_RESPONSE: usize = 65536 + 2;

/// Refuses what cannot be a response APDU, so that no protocol has to look at it.
///
/// # Errors
/// [`TransportError::Malformed`].
pub fn response_apdu(response: Vec<u8>) -> Result<Vec<u8>, TransportError> {
    if (2..=LONGEST_RESPONSE).contains(&response.len()) {
        Ok(response)
    } else {
        Err(TransportError::Malformed)
    }
}
