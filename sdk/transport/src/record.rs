//! What crossed between reader and chip, kept in memory or as text.
//!
//! **A recording of an unprotected channel, or of a card's own test keys, holds personal data**: the machine readable
//! zone, the portrait, the personal number stand in it in the clear. Even under secure messaging it tells which
//! document was read. Treat it as the document itself: keep recordings of real cards out of bug reports and repositories.
//! The buffers here wipe when dropped and do not show in `Debug`; text made of them is the caller's to guard.

use chipid_emrtd::card_transport::{CardTransport, TransportError, TransportLimits};
use std::fmt::{self, Write};
use zeroize::Zeroizing;

/// One command APDU and the response APDU that it got.
#[derive(Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The whole command APDU.
    pub command: Zeroizing<Vec<u8>>,
    /// The whole response APDU, status word included.
    pub response: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("command_bytes", &self.command.len())
            .field("response_bytes", &self.response.len())
            .finish()
    }
}

/// Exchanges in the order in which they happened.
///
/// As text: one line per APDU in hexadecimal, `>` before a command, `<` before its response; blank lines and lines
/// that begin with `#` say nothing.
///
/// ```
/// use chipid_transport::record::Recording;
///
/// let recording = Recording::from_text("# select\n> 00A4040C07A0000002471001\n< 9000\n").unwrap();
/// assert_eq!(recording.exchanges().len(), 1);
/// assert_eq!(recording.to_text().as_str(), "> 00A4040C07A0000002471001\n< 9000\n");
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Recording {
    exchanges: Vec<Exchange>,
}

impl Recording {
    /// What was recorded, oldest first.
    #[must_use]
    pub fn exchanges(&self) -> &[Exchange] {
        &self.exchanges
    }

    /// Adds an exchange at the end.
    pub fn push(&mut self, command: &[u8], response: &[u8]) {
        self.exchanges.push(Exchange {
            command: Zeroizing::new(command.to_vec()),
            response: Zeroizing::new(response.to_vec()),
        });
    }

    /// The recording as text. It holds whatever the recording holds.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        // Sized beforehand: a string that grows leaves unwiped copies behind.
        let bytes: usize = self
            .exchanges
            .iter()
            .map(|e| e.command.len() + e.response.len())
            .sum();
        let mut text = Zeroizing::new(String::with_capacity(2 * bytes + 6 * self.exchanges.len()));
        for exchange in &self.exchanges {
            push_line(&mut text, '>', &exchange.command);
            push_line(&mut text, '<', &exchange.response);
        }
        text
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// The line, counted from 1, that breaks the form, and how.
    pub fn from_text(text: &str) -> Result<Self, RecordingError> {
        let mut recording = Self::default();
        let mut command: Option<Zeroizing<Vec<u8>>> = None;
        let mut last = 0;
        for (index, line) in text.lines().enumerate() {
            let (number, line) = (index + 1, line.trim());
            last = number;
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(digits) = line.strip_prefix('>') {
                if command.is_some() {
                    return Err(RecordingError::ResponseMissing { line: number });
                }
                command = Some(hex_bytes(digits).ok_or(RecordingError::NotHex { line: number })?);
            } else if let Some(digits) = line.strip_prefix('<') {
                let command = command
                    .take()
                    .ok_or(RecordingError::CommandMissing { line: number })?;
                let response = hex_bytes(digits).ok_or(RecordingError::NotHex { line: number })?;
                recording.exchanges.push(Exchange { command, response });
            } else {
                return Err(RecordingError::UnknownLine { line: number });
            }
        }
        match command {
            None => Ok(recording),
            Some(_) => Err(RecordingError::ResponseMissing { line: last }),
        }
    }
}

impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recording")
            .field("exchanges", &self.exchanges.len())
            .finish_non_exhaustive()
    }
}

/// Why a text is not a recording. Lines are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordingError {
    /// The line does not begin with `>`, `<` or `#`.
    UnknownLine {
        /// The line.
        line: usize,
    },
    /// The line is not an even number of hexadecimal digits, at least one pair.
    NotHex {
        /// The line.
        line: usize,
    },
    /// A response stands without a command before it.
    CommandMissing {
        /// The line of the response.
        line: usize,
    },
    /// A command has no response after it.
    ResponseMissing {
        /// The line at which the response should have been.
        line: usize,
    },
}

impl RecordingError {
    /// The permanent numeric code, in the 8000s (the caller's input).
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::UnknownLine { .. } => 8151,
            Self::NotHex { .. } => 8152,
            Self::CommandMissing { .. } => 8153,
            Self::ResponseMissing { .. } => 8154,
        }
    }
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, what) = match self {
            Self::UnknownLine { line } => (line, "begins with none of > < #"),
            Self::NotHex { line } => (line, "is not pairs of hexadecimal digits"),
            Self::CommandMissing { line } => (line, "is a response without a command"),
            Self::ResponseMissing { line } => (line, "should be the response to the last command"),
        };
        write!(f, "recording: line {line} {what}")
    }
}

impl std::error::Error for RecordingError {}

/// Any transport, with everything that crosses it kept. Exchanges that failed are not: they have no response.
pub struct Recorder<T> {
    inner: T,
    recording: Recording,
}

impl<T> Recorder<T> {
    /// Records what crosses `inner`.
    pub fn new(inner: T) -> Self {
        Self {
            inner,
            recording: Recording::default(),
        }
    }

    /// What was recorded so far.
    pub fn recording(&self) -> &Recording {
        &self.recording
    }

    /// The transport beneath and what was recorded.
    pub fn into_parts(self) -> (T, Recording) {
        (self.inner, self.recording)
    }
}

impl<T: CardTransport> CardTransport for Recorder<T> {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let response = self.inner.transmit(command).await?;
        self.recording.push(command, &response);
        Ok(response)
    }

    fn limits(&self) -> TransportLimits {
        self.inner.limits()
    }
}

fn push_line(text: &mut String, mark: char, bytes: &[u8]) {
    text.push(mark);
    text.push(' ');
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02X}");
    }
    text.push('\n');
}

fn hex_bytes(digits: &str) -> Option<Zeroizing<Vec<u8>>> {
    let digits = digits.trim().as_bytes();
    if digits.is_empty() || !digits.len().is_multiple_of(2) {
        return None;
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(digits.len() / 2));
    for pair in digits.chunks_exact(2) {
        let [high, low] = *pair else { return None };
        let high = char::from(high).to_digit(16)?;
        let low = char::from(low).to_digit(16)?;
        bytes.push(u8::try_from(high << 4 | low).ok()?);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::Callback;
    use chipid_emrtd::drivers::block;

    #[test]
    fn recorder_keeps_what_crossed_and_not_what_failed() {
        let mut turn = 0;
        let mut card = Recorder::new(Callback::new(|command: &[u8]| {
            turn += 1;
            if turn == 2 {
                return Err(TransportError::CardMute);
            }
            Ok([command, &[0x90, 0x00]].concat())
        }));
        for byte in 1..=3 {
            let _ = block(card.transmit(&[byte]));
        }
        assert_eq!(
            card.recording().to_text().as_str(),
            "> 01\n< 019000\n> 03\n< 039000\n"
        );
    }

    #[test]
    fn text_reads_back_as_written() {
        let mut recording = Recording::default();
        let all: Vec<u8> = (0..=255).collect();
        recording.push(&all, &[0x90, 0x00]);
        recording.push(&[0x00], &all);
        assert_eq!(
            Recording::from_text(&recording.to_text()),
            Ok(recording.clone())
        );
    }

    #[test]
    fn text_is_written_without_growing() {
        let mut recording = Recording::default();
        recording.push(&[1, 2, 3], &[0x90, 0x00]);
        let text = recording.to_text();
        assert_eq!(text.len(), 16);
        assert_eq!(text.capacity(), text.len());
    }

    #[test]
    fn broken_text_names_its_line() {
        use RecordingError::{CommandMissing, NotHex, ResponseMissing, UnknownLine};
        for (text, error) in [
            ("hello", UnknownLine { line: 1 }),
            ("> 00\n< 900", NotHex { line: 2 }),
            ("\n>", NotHex { line: 2 }),
            ("> 0ü", NotHex { line: 1 }),
            ("# a\n< 9000", CommandMissing { line: 2 }),
            ("> 00\n> 00\n< 9000", ResponseMissing { line: 2 }),
            ("> 00\n", ResponseMissing { line: 1 }),
        ] {
            assert_eq!(Recording::from_text(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn debug_shows_lengths_alone() {
        let mut recording = Recording::default();
        recording.push(&[0xCA, 0xFE], &[0xBE, 0xEF, 0x90, 0x00]);
        let shown = format!("{recording:?} {:?}", recording.exchanges()[0]);
        assert_eq!(
            shown,
            "Recording { exchanges: 1, .. } Exchange { command_bytes: 2, response_bytes: 4 }"
        );
    }
}
