//! Reading a chip, with the system's randomness and a clock around it.

use crate::error::Error;
use chipid_emrtd::access_key::AccessKeys;
use chipid_emrtd::card_transport::CardTransport;
use chipid_emrtd::cv_certificate::TerminalCertificates;
use chipid_emrtd::document::{Files, UnverifiedDocument};
use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::reading::{Learnt, Phase, Progress, Reading as Core};
use chipid_emrtd::terminal_authentication::TerminalSigner;
use getrandom::SysRng;
use getrandom::rand_core::{TryRng, UnwrapErr};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// One reading of one document: see [`chipid_emrtd::reading`]. After an error, [`run`](Self::run) goes on where it
/// stopped.
#[derive(Debug)]
pub struct Reading {
    core: Core,
    clock: Arc<Mutex<Stopwatch>>,
}

/// How long the parts of a reading took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingTimes {
    /// Opening the chip.
    pub access: Duration,
    /// Each file.
    pub files: BTreeMap<FileId, Duration>,
    /// Chip Authentication and Active Authentication.
    pub chip_proofs: Duration,
    /// All of it.
    pub total: Duration,
}

#[derive(Debug, Default)]
struct Stopwatch {
    times: ReadingTimes,
    running: Option<(Phase, Instant)>,
}

/// A look at what a reading is doing, from where its commands pass.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock(Arc<Mutex<Stopwatch>>);

impl Clock {
    /// What is being done; `None` before the reading begins and after it has ended.
    pub(crate) fn phase(&self) -> Option<Phase> {
        let clock = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        clock.running.map(|(phase, _)| phase)
    }
}

impl Stopwatch {
    fn enter(&mut self, phase: Phase) {
        let now = Instant::now();
        if let Some((before, since)) = self.running.replace((phase, now)) {
            let spent = now.duration_since(since);
            self.times.total += spent;
            match before {
                Phase::Access => self.times.access += spent,
                Phase::File(file) => *self.times.files.entry(file).or_default() += spent,
                Phase::ChipAuthentication | Phase::ActiveAuthentication => {
                    self.times.chip_proofs += spent;
                }
                _ => {}
            }
        }
        if phase == Phase::Done {
            self.running = None;
        }
    }
}

impl Reading {
    /// A reading with one key, or several candidates in the order in which they are to be tried.
    #[must_use]
    pub fn with(keys: impl Into<AccessKeys>) -> Self {
        Self::timed(Core::with(keys))
    }

    fn timed(core: Core) -> Self {
        let mut reading = Self {
            core,
            clock: Arc::default(),
        };
        reading.on_progress(|_| {});
        reading
    }

    /// Reads only these data groups (and EF.COM, EF.SOD, DG14, DG15).
    #[must_use]
    pub fn only(mut self, data_groups: &[DataGroup]) -> Self {
        self.core = self.core.only(data_groups);
        self
    }

    /// Active Authentication with a challenge of the caller's.
    #[must_use]
    pub fn challenge(mut self, challenge: [u8; 8]) -> Self {
        self.core = self.core.challenge(challenge);
        self
    }

    /// Terminal Authentication with these certificates and whoever signs for them, for the data groups that the chip
    /// guards (DG3, DG4).
    #[must_use]
    pub fn terminal(
        mut self,
        certificates: TerminalCertificates,
        signer: impl TerminalSigner + 'static,
    ) -> Self {
        self.core = self.core.terminal(certificates, signer);
        self
    }

    /// The profile of the Vietnamese card where the chip does not show EF.CardAccess. Its use is noted.
    #[must_use]
    pub fn assume_vietnamese_card(mut self) -> Self {
        self.core = self
            .core
            .assume_card_access(&chipid_vietnam::card_profile::EF_CARD_ACCESS);
        self
    }

    /// Asks for up to this many bytes at a time, with extended lengths.
    #[must_use]
    pub fn block_len(mut self, bytes: usize) -> Self {
        self.core = self.core.block_len(bytes);
        self
    }

    /// Also reads what the card says of itself, EF.ATR/INFO and EF.DIR, where it has them.
    #[must_use]
    pub fn with_card_files(mut self) -> Self {
        self.core = self.core.with_card_files();
        self
    }

    /// Calls `listener` whenever something was done.
    pub fn on_progress(&mut self, mut listener: impl FnMut(Progress) + Send + 'static) {
        let clock = Arc::clone(&self.clock);
        self.core.on_progress(move |progress| {
            clock
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .enter(progress.phase);
            listener(progress);
        });
    }

    /// How long the parts took so far.
    #[must_use]
    pub fn times(&self) -> ReadingTimes {
        self.clock
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .times
            .clone()
    }

    pub(crate) fn clock(&self) -> Clock {
        Clock(Arc::clone(&self.clock))
    }

    /// What was learnt of chip and reader so far.
    #[must_use]
    pub fn learnt(&self) -> Learnt {
        self.core.learnt()
    }

    /// The document as far as it was read, where [`run`](Self::run) ended with an error. Nothing of it is believed.
    #[must_use]
    pub fn unfinished(&self) -> UnverifiedDocument {
        self.core.unfinished()
    }

    /// What was read so far, believed by nobody.
    #[must_use]
    pub const fn partial(&self) -> &Files {
        self.core.partial()
    }

    /// Reads the document; after an error, goes on where it stopped.
    ///
    /// # Errors
    /// [`Error::Chip`], [`Error::Randomness`].
    pub async fn run<T: CardTransport>(
        &mut self,
        card: &mut T,
    ) -> Result<UnverifiedDocument, Error> {
        // One probe, so that a system without randomness is an error here and not a panic in the middle.
        SysRng.try_next_u32().map_err(|_| Error::Randomness)?;
        Ok(self.core.run(card, &mut UnwrapErr(SysRng)).await?)
    }
}
