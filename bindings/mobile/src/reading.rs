//! Reading a chip, one command at a time: the caller carries it and brings the response.

use crate::bytes::Bytes;
use crate::document::Document;
use crate::edge::{Failure, Trouble, call, transport_error, transport_limits};
use crate::files::number_of;
use crate::held::Held;
use crate::keys::Keys;
use chipid::given_keys::Beside;
use chipid::{
    DataGroup, Misuse, NextStep, Phase as CorePhase, Progress as CoreProgress,
    Reading as CoreReading, Step as CoreStep, StepperError, Steps, TransportError,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// One reading of one card. After an error it goes on where it stopped, on the same card, when it is begun again.
#[derive(uniffi::Object)]
pub struct Reading {
    session: Held<Alone<Session>>,
    /// Whether a command waits for its response: whoever comes then is sent away without coming between that one and its response.
    waiting: AtomicBool,
}

/// Steps, what came with the keys, and what was done since the last step.
struct Session {
    steps: Steps,
    beside: Beside,
    done: Arc<Mutex<Vec<Progress>>>,
}

/// What is wanted next. Either a command or a document is there.
#[derive(Debug, uniffi::Record)]
pub struct Step {
    /// The command APDU to carry to the chip. None where the reading has ended.
    pub command: Option<Bytes>,
    /// The document, where the reading has ended well.
    pub document: Option<Arc<Document>>,
    /// What was done since the last step, in order.
    pub progress: Vec<Progress>,
}

/// What a reading is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Progress {
    /// What it is at.
    pub phase: Phase,
    /// The number of the file that is read (0x0101 for DG1), 0 where it is about none.
    pub file: u32,
    /// Bytes of files read so far.
    pub bytes_done: u64,
    /// Bytes of all files whose length is known so far.
    pub bytes_known: u64,
}

/// What a reading is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Phase {
    /// Opening the chip.
    Access,
    /// Reading a file.
    File,
    /// Chip Authentication.
    ChipAuthentication,
    /// Active Authentication.
    ActiveAuthentication,
    /// It has ended.
    Done,
    /// Something that this version has no name for.
    Other,
}

/// One way in which carrying an APDU can fail.
#[derive(Clone, Debug, uniffi::Record)]
pub struct TransportCode {
    /// The permanent code, in the 1000s.
    pub code: u16,
    /// A sentence in English for a developer.
    pub text: String,
}

/// Every code that [`Reading::fail`] knows. Any other is taken for 1016.
#[uniffi::export]
#[must_use]
pub fn transport_codes() -> Vec<TransportCode> {
    let told = |error: &TransportError| TransportCode {
        code: error.code(),
        text: error.to_string(),
    };
    TransportError::ALL.iter().map(told).collect()
}

#[uniffi::export]
impl Reading {
    /// A reading with these keys.
    #[uniffi::constructor]
    pub fn new(keys: &Keys) -> Result<Self, Failure> {
        call(|| {
            let mut reading = CoreReading::with(keys.0.keys.clone());
            if keys.0.vietnamese {
                reading = reading.assume_vietnamese_card();
            }
            let done: Arc<Mutex<Vec<Progress>>> = Arc::default();
            let told = Arc::clone(&done);
            reading.on_progress(move |progress| {
                let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
                told.push(progress.into());
            });
            let session = Session {
                steps: Steps::new(reading),
                beside: keys.0.beside.clone(),
                done,
            };
            Ok(Self {
                session: Held::new(Alone(session)),
                waiting: AtomicBool::new(false),
            })
        })
    }

    /// Reads only these data groups (and EF.COM, EF.SOD, DG14, DG15): their numbers, a byte each.
    pub fn only(&self, groups: &[u8]) -> Result<(), Failure> {
        call(|| {
            let groups: Option<Vec<DataGroup>> =
                groups.iter().map(|group| DataGroup::new(*group)).collect();
            let groups = groups.ok_or(Misuse::UnknownValue)?;
            self.prepare(|reading| reading.only(&groups))
        })
    }

    /// A challenge of eight bytes for Active Authentication, where a server chose it.
    pub fn challenge(&self, challenge: &[u8]) -> Result<(), Failure> {
        call(|| {
            let challenge = challenge.try_into().map_err(|_| Misuse::UnknownValue)?;
            self.prepare(|reading| reading.challenge(challenge))
        })
    }

    /// Says what the way to the card is known to carry, in bytes of a whole APDU; 0 where it is not known. It counts from the next
    /// beginning on.
    pub fn set_limits(&self, command: u32, response: u32) -> Result<(), Failure> {
        let bytes = |known: u32| usize::try_from(known).unwrap_or(usize::MAX);
        call(|| {
            self.resting()?;
            let limits = transport_limits(bytes(command), bytes(response))?;
            self.session.change()?.get_mut().steps.set_limits(limits);
            Ok(())
        })
    }

    /// Begins the reading, or goes on with it after an error, and says which command is to be carried first.
    pub fn begin(&self) -> Result<Step, Failure> {
        call(|| {
            self.resting().map_err(|_| StepperError::AlreadyStarted)?;
            self.step(Steps::begin)
        })
    }

    /// Hands the chip's response over, with its two bytes of status, and says what is wanted next.
    pub fn next(&self, response: &[u8]) -> Result<Step, Failure> {
        call(|| self.step(|steps| steps.next(Ok(response.to_vec()))))
    }

    /// Says by the code of a transport's error (1001 card removed, 1010 timeout …) why there is no response.
    pub fn fail(&self, code: u16) -> Result<Step, Failure> {
        call(|| self.step(|steps| steps.next(Err(transport_error(code)))))
    }

    /// Gives up the command that waits for its response; the reading can begin again from there.
    pub fn stop(&self) -> Result<(), Failure> {
        call(|| {
            let mut session = self.session.change()?;
            let rests = session.get_mut().steps.stop();
            self.waiting.store(!rests, Ordering::Release);
            rests.then_some(()).ok_or_else(|| Misuse::Busy.into())
        })
    }
}

impl Reading {
    fn resting(&self) -> Result<(), Misuse> {
        match self.waiting.load(Ordering::Acquire) {
            true => Err(Misuse::Busy),
            false => Ok(()),
        }
    }

    fn prepare(&self, change: impl FnOnce(CoreReading) -> CoreReading) -> Result<(), Trouble> {
        self.resting()?;
        let prepared = self.session.change()?.get_mut().steps.prepare(change);
        prepared.then_some(()).ok_or_else(|| Misuse::Busy.into())
    }

    fn step(
        &self,
        take: impl FnOnce(&mut Steps) -> Result<NextStep, StepperError>,
    ) -> Result<Step, Trouble> {
        let mut session = self.session.change()?;
        let Session {
            steps,
            beside,
            done,
        } = session.get_mut();
        let step = take(steps);
        let waits = match &step {
            Ok(step) => matches!(step, CoreStep::Transmit(_)),
            // The stepper was not where the call takes it to be, and stayed where it was.
            Err(_) => steps.reading().is_none(),
        };
        self.waiting.store(waits, Ordering::Release);
        let (command, document) = match step? {
            CoreStep::Transmit(command) => (Some(Bytes::of(command)), None),
            CoreStep::Done(document) => (None, Some(Document::of(document?, beside.clone()))),
        };
        let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Step {
            command,
            document: document.map(Arc::new),
            progress: std::mem::take(&mut *done),
        })
    }
}

impl From<CoreProgress> for Progress {
    fn from(progress: CoreProgress) -> Self {
        let (phase, file) = match progress.phase {
            CorePhase::Access => (Phase::Access, None),
            CorePhase::File(file) => (Phase::File, Some(file)),
            CorePhase::ChipAuthentication => (Phase::ChipAuthentication, None),
            CorePhase::ActiveAuthentication => (Phase::ActiveAuthentication, None),
            CorePhase::Done => (Phase::Done, None),
            _ => (Phase::Other, None),
        };
        let count = |bytes: usize| u64::try_from(bytes).unwrap_or(u64::MAX);
        Self {
            phase,
            file: file.map_or(0, number_of),
            bytes_done: count(progress.bytes_done),
            bytes_known: count(progress.bytes_known),
        }
    }
}

/// A value that one call at a time has, and nobody looks at meanwhile.
struct Alone<T>(T);

// SAFETY: through a shared reference nothing of the value can be reached.
unsafe impl<T: Send> Sync for Alone<T> {}

impl<T> Alone<T> {
    const fn get_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Document")
    }
}
