//! A card that answers from a recording: the same commands in the same order, or nothing.

use crate::record::{Exchange, Recording};
use chipid_emrtd::card_transport::{CardTransport, TransportError};

/// Answers the commands of a [`Recording`] in their order.
///
/// Another command than the recorded one, or one after the last, is [`TransportError::ReplayDiverged`], and stays so:
/// a run that has left the recording cannot come back to it by chance.
#[derive(Clone, Debug)]
pub struct Replay {
    recording: Recording,
    next: usize,
    diverged: bool,
}

impl Replay {
    /// A card that holds `recording`.
    #[must_use]
    pub fn new(recording: Recording) -> Self {
        Self {
            recording,
            next: 0,
            diverged: false,
        }
    }

    /// Exchanges not asked for yet: a test that wants the whole recording played compares it with 0.
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.recording.exchanges().len().saturating_sub(self.next)
    }

    fn answer(&mut self, command: &[u8]) -> Option<&Exchange> {
        let expected = self.recording.exchanges().get(self.next)?;
        if self.diverged || expected.command.as_slice() != command {
            return None;
        }
        self.next += 1;
        Some(expected)
    }
}

impl CardTransport for Replay {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        if let Some(exchange) = self.answer(command) {
            return Ok(exchange.response.to_vec());
        }
        self.diverged = true;
        Err(TransportError::ReplayDiverged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chipid_emrtd::drivers::block;

    fn card() -> Replay {
        let mut recording = Recording::default();
        recording.push(&[1], &[0x90, 0x00]);
        recording.push(&[2], &[0x6A, 0x82]);
        Replay::new(recording)
    }

    #[test]
    fn recorded_commands_are_answered_in_order() {
        let mut card = card();
        assert_eq!(block(card.transmit(&[1])), Ok(Ok(vec![0x90, 0x00])));
        assert_eq!(card.remaining(), 1);
        assert_eq!(block(card.transmit(&[2])), Ok(Ok(vec![0x6A, 0x82])));
        assert_eq!(card.remaining(), 0);
        assert_eq!(
            block(card.transmit(&[2])),
            Ok(Err(TransportError::ReplayDiverged))
        );
    }

    #[test]
    fn another_command_diverges_for_good() {
        let mut card = card();
        assert_eq!(
            block(card.transmit(&[2])),
            Ok(Err(TransportError::ReplayDiverged))
        );
        assert_eq!(
            block(card.transmit(&[1])),
            Ok(Err(TransportError::ReplayDiverged))
        );
        assert_eq!(card.remaining(), 2);
    }
}
