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
/// ISO/IEC 7816-4, table 6: security status not satisfied.
const SECURITY_STATUS: u16 = 0x6982;
/// How often a time is taken; the least counts, for whatever disturbs only adds.
const TIMES: usize = 3;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exam {
    pub(crate) limits: TransportLimits,
    /// Driver, profile or a known fault say so; else they are what every reader carries, and tell nothing of this one.
    pub(crate) limits_are_known: bool,
    pub(crate) card_access: Result<FileSeen, TransportError>,
    pub(crate) application: Result<u16, TransportError>,
    /// The answer to a command of extended length; `None` where there was no file to ask for, or no need.
    pub(crate) extended: Option<Result<u16, TransportError>>,
    pub(crate) times: Option<Times>,
    /// What ended the exam before its end, be it at the last command: the card has gone, or answers no more.
    pub(crate) trouble: Option<TransportError>,
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
    /// It opens the way to a reading: PACE by EF.CardAccess, or the application that BAC is done in. A card that has gone
    /// since opens none.
    pub(crate) fn is_travel_document(&self) -> bool {
        self.trouble.is_none() && (self.has_card_access() || self.has_application())
    }

    pub(crate) fn has_card_access(&self) -> bool {
        matches!(self.card_access, Ok(file) if file.status == DONE && file.length > 0)
    }

    /// Selected, or there and not before PACE: 6982 is no answer of a card that does not know the name.
    pub(crate) fn has_application(&self) -> bool {
        matches!(self.application, Ok(DONE | SECURITY_STATUS))
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
    let mut exam = Exam {
        limits: card.limits(),
        limits_are_known: card.limits_are_known(),
        card_access: Err(TransportError::Pending),
        application: Err(TransportError::Pending),
        extended: None,
        times: None,
        trouble: None,
    };
    exam.trouble = ask(card, &mut exam).err();
    exam
}

/// Nothing more is asked of a card that failed to answer: each command could take its whole time again.
fn ask(card: &mut dyn ConnectedCard, exam: &mut Exam) -> Result<(), TransportError> {
    exam.card_access = read_card_access(card);
    let length = exam.card_access?.length;
    exam.times = take_times(card, length)?;
    // Before the application is selected, for EF.CardAccess lies outside of it.
    exam.application = send(card, SELECT_APPLICATION).map(|(status, _)| status);
    let _ = exam.application?;
    if length > 0 && exam.limits.command.is_none_or(|longest| longest > 261) {
        exam.extended = extended(card)?;
    }
    match exam.extended {
        Some(Err(error)) if !is_refusal(error) => Err(error),
        _ => Ok(()),
    }
}

/// How readers and drivers refuse a command of extended length, and go on with others.
fn is_refusal(error: TransportError) -> bool {
    matches!(
        error,
        TransportError::TooLong | TransportError::Failed | TransportError::Malformed
    )
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
fn take_times(
    card: &mut dyn ConnectedCard,
    length: usize,
) -> Result<Option<Times>, TransportError> {
    let Some(long) = u8::try_from(length.min(223)).ok().filter(|long| *long > 1) else {
        return Ok(None);
    };
    let one_byte = least(card, 1)?;
    let all_bytes = least(card, long)?;
    Ok(one_byte.zip(all_bytes).map(|(one_byte, all_bytes)| Times {
        one_byte,
        bytes: long.into(),
        all_bytes,
    }))
}

/// The least time of some; `None` where the card does not give that many bytes.
fn least(card: &mut dyn ConnectedCard, le: u8) -> Result<Option<Duration>, TransportError> {
    let mut best: Option<Duration> = None;
    for _ in 0..TIMES {
        let begun = Instant::now();
        let (status, _) = read(card, le)?;
        let took = begun.elapsed();
        if status != DONE {
            return Ok(None);
        }
        best = Some(best.map_or(took, |best| best.min(took)));
    }
    Ok(best)
}

/// The last thing: a reader that refuses it may have to be connected anew.
fn extended(
    card: &mut dyn ConnectedCard,
) -> Result<Option<Result<u16, TransportError>>, TransportError> {
    // The application may have taken EF.CardAccess out of sight.
    send(card, &[0x00, 0xA4, 0x00, 0x0C, 0x02, 0x3F, 0x00])?;
    let (status, _) = send(card, SELECT_CARD_ACCESS)?;
    if status != DONE {
        return Ok(None);
    }
    let answer = send(card, READ_EXTENDED).map(|(status, _)| status);
    // 6282: the file ended before Le, as it should.
    Ok(Some(answer.map(|status| {
        if status == 0x6282 { DONE } else { status }
    })))
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
