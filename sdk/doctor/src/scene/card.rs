//! The card in the field, as far as it shows itself without a key: EF.CardAccess and the application of a travel
//! document. Doc 9303-11, 9.2.9 (EF.CardAccess); 9303-10, 3.1 and 4.2 (the application); ISO/IEC 7816-4, 11.2 and 11.3.
//!
//! Nothing of the holder is readable in this state, and nothing is asked for.

use crate::machine::Deadlines;
use crate::pcsc::{self, Answer, CardService, ConnectedCard};
use chipid_emrtd::card_transport::{TransportError, TransportLimits};
use std::sync::Arc;
use std::time::{Duration, Instant};

const SELECT_CARD_ACCESS: &[u8] = &[0x00, 0xA4, 0x02, 0x0C, 0x02, 0x01, 0x1C];
const READ_BINARY: &[u8] = &[0x00, 0xB0, 0x00, 0x00];
/// An answer of 512 bytes is asked for: no card has more in EF.CardAccess, and none need have it.
const READ_EXTENDED: &[u8] = &[0x00, 0xB0, 0x00, 0x00, 0x00, 0x02, 0x00];
const SELECT_APPLICATION: &[u8] = &[
    0x00, 0xA4, 0x04, 0x0C, 0x07, 0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01,
];
pub(crate) const DONE: u16 = 0x9000;
/// How often a time is taken; the least counts, for whatever disturbs only adds.
const TIMES: usize = 3;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exam {
    pub(crate) limits: TransportLimits,
    pub(crate) card_access: Result<FileSeen, TransportError>,
    pub(crate) application: Result<u16, TransportError>,
    /// The answer to a command of extended length; `None` where there was no file to ask for, or no need.
    pub(crate) extended: Option<Result<u16, TransportError>>,
    pub(crate) times: Option<Times>,
}

/// A file that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FileSeen {
    /// 9000, or what the card said first that was not.
    pub(crate) status: u16,
    pub(crate) length: usize,
}

/// How long commands take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Times {
    /// A command with an answer of one byte.
    pub(crate) one_byte: Duration,
    /// A command with an answer of this many bytes.
    pub(crate) bytes: usize,
    pub(crate) all_bytes: Duration,
}

impl Exam {
    /// It opens the way to a reading: PACE by EF.CardAccess, or the application that BAC is done in.
    pub(crate) fn is_travel_document(&self) -> bool {
        let card_access =
            matches!(self.card_access, Ok(file) if file.status == DONE && file.length > 0);
        card_access || matches!(self.application, Ok(DONE))
    }

    /// What kept it from being looked at; `None` where it opened a way, or answered no to all of them.
    pub(crate) fn trouble(&self) -> Option<TransportError> {
        match (self.application, self.card_access) {
            _ if self.is_travel_document() => None,
            (Err(error), _) | (_, Err(error)) => Some(error),
            _ => None,
        }
    }
}

impl Times {
    /// What 20 KiB in blocks of 223 bytes would take: 92 commands, each with the answer of one byte and its share.
    pub(crate) fn of_portrait(&self) -> Duration {
        const COMMANDS: u32 = 92;
        let more = self.all_bytes.saturating_sub(self.one_byte);
        let bytes = u32::try_from(self.bytes.saturating_sub(1))
            .unwrap_or(1)
            .max(1);
        // Secure messaging adds some 25 bytes to each answer.
        let share = more.saturating_mul(223 + 25) / bytes;
        (self.one_byte + share).saturating_mul(COMMANDS)
    }
}

/// Connects to the card and looks at it, all within the deadlines.
pub(crate) fn examine(
    service: &Arc<dyn CardService>,
    reader: &str,
    deadlines: &Deadlines,
) -> Answer<Exam> {
    let (service, reader) = (Arc::clone(service), reader.to_owned());
    let patience = deadlines.connect;
    pcsc::within(deadlines.connect + deadlines.card, move || {
        let mut card = service.connect(&reader, patience)?;
        Ok(look(&mut *card))
    })
}

fn look(card: &mut dyn ConnectedCard) -> Exam {
    let limits = card.limits();
    let card_access = read_card_access(card);
    let length = card_access.map_or(0, |file| file.length);
    let times = take_times(card, length);
    // Before the application is selected, for EF.CardAccess lies outside of it.
    let application = send(card, SELECT_APPLICATION).map(|(status, _)| status);
    let extended = match length {
        0 => None,
        _ if limits.command.is_some_and(|longest| longest <= 261) => None,
        _ => extended(card),
    };
    Exam {
        limits,
        card_access,
        application,
        extended,
        times,
    }
}

fn read_card_access(card: &mut dyn ConnectedCard) -> Result<FileSeen, TransportError> {
    let (status, _) = send(card, SELECT_CARD_ACCESS)?;
    if status != DONE {
        return Ok(FileSeen { status, length: 0 });
    }
    let (mut status, mut data) = read(card, 0)?;
    // 6Cxx: the card takes this length and no other.
    if status >> 8 == 0x6C {
        (status, data) = read(card, status.to_be_bytes()[1])?;
    }
    // 6282: the file ended before Le, as it should.
    if status == 0x6282 {
        status = DONE;
    }
    Ok(FileSeen {
        status,
        length: data,
    })
}

/// The times of a short and a longer answer out of EF.CardAccess.
fn take_times(card: &mut dyn ConnectedCard, length: usize) -> Option<Times> {
    let long = u8::try_from(length.min(223))
        .ok()
        .filter(|length| *length > 1)?;
    let mut least = |le: u8| {
        let mut best: Option<Duration> = None;
        for _ in 0..TIMES {
            let begun = Instant::now();
            let (status, _) = read(card, le).ok()?;
            let took = begun.elapsed();
            if status != DONE {
                return None;
            }
            best = Some(best.map_or(took, |best| best.min(took)));
        }
        best
    };
    Some(Times {
        one_byte: least(1)?,
        bytes: long.into(),
        all_bytes: least(long)?,
    })
}

/// The last thing: a reader that refuses it may have to be connected anew.
fn extended(card: &mut dyn ConnectedCard) -> Option<Result<u16, TransportError>> {
    // The application may have taken EF.CardAccess out of sight.
    let _ = send(card, &[0x00, 0xA4, 0x00, 0x0C, 0x02, 0x3F, 0x00]).ok()?;
    let (status, _) = send(card, SELECT_CARD_ACCESS).ok()?;
    if status != DONE {
        return None;
    }
    let answer = send(card, READ_EXTENDED).map(|(status, _)| status);
    // 6282: the file ended before Le, as it should.
    Some(answer.map(|status| if status == 0x6282 { DONE } else { status }))
}

fn read(card: &mut dyn ConnectedCard, le: u8) -> Result<(u16, usize), TransportError> {
    send(card, &[READ_BINARY, &[le]].concat())
}

/// The status word, and how many bytes came with it.
fn send(card: &mut dyn ConnectedCard, command: &[u8]) -> Result<(u16, usize), TransportError> {
    let answer = card.transmit(command)?;
    match answer.split_last_chunk() {
        Some((data, status)) => Ok((u16::from_be_bytes(*status), data.len())),
        None => Err(TransportError::Malformed),
    }
}
