//! Response APDUs and the continuation of responses (`chipid_emrtd::apdu`), over a card that answers anything.
//!
//! Input: answers, each with its length in one byte before it.
#![no_main]

use chipid_emrtd::apdu::{Command, Response, exchange, exchange_raw};
use chipid_emrtd::card_transport::{CardTransport, TransportError};
use chipid_emrtd::drivers::block;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = Response::parse(data.to_vec());
    let command = Command::new(0x00, 0xB0, 0, 0).expecting(256);
    for expected in [256, 0x1_0000] {
        let _ = block(exchange(
            &mut Answers(data),
            &command.clone().expecting(expected),
        ));
    }
    let _ = block(exchange_raw(&mut Answers(data), &[0x00, 0xB0, 0, 0, 0]));
});

struct Answers<'a>(&'a [u8]);

impl CardTransport for Answers<'_> {
    async fn transmit(&mut self, _: &[u8]) -> Result<Vec<u8>, TransportError> {
        let (len, rest) = self.0.split_first().ok_or(TransportError::Malformed)?;
        let (answer, rest) = rest.split_at(usize::from(*len).min(rest.len()));
        self.0 = rest;
        Ok(answer.to_vec())
    }
}
