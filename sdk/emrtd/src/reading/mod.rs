//! Reading a document from its chip: access, files, Chip Authentication, Active Authentication, more files.
//!
//! Doc 9303-11, 4.2 (chip access procedure) and section 6; Doc 9303-10, 3.
//!
//! A [`Reading`] owns everything that it has learnt; the future that [`Reading::run`] returns only borrows it. It may
//! end at any await, by an error, by being dropped, by a card that left: what was read stays, and `run` again opens a
//! new channel and goes on from there. EF.SOD is then read again and must be the same, and whatever files come from
//! whichever run, its digests decide over all of them.

mod access;
mod card_files;
mod chip;
mod deviations;
mod files;
mod learned;
mod learnt;
mod progress;
mod terminal;

pub use learnt::Learnt;
pub use progress::{Phase, Progress};

use crate::access_key::{AccessKey, AccessKeys};
use crate::active_authentication::{ActiveAuthenticationEvidence, CHALLENGE_LEN};
use crate::card_transport::CardTransport;
use crate::document::{
    Absence, AccessOutcome, ChipAuthenticationEvidence, Files, Outcome, UnverifiedDocument, Wanted,
};
use crate::error::{ChipError, Error, InputError, StatusWord};
use crate::file::{self, Partial};
use crate::file_id::{DataGroup, FileId};
use crate::lds::com::Com;
use crate::lds::sod::SecurityObject;
use crate::secure_messaging::SecureMessaging;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt;
use learned::Learned;
use rand_core::CryptoRng;
use terminal::TerminalState;

/// How often one run opens a new channel after one was lost.
const MAX_NEW_CHANNELS: u8 = 10;

type ProgressListener = Box<dyn FnMut(Progress) + Send>;

/// One reading of one document.
pub struct Reading {
    keys: AccessKeys,
    wanted: Wanted,
    challenge: Option<[u8; CHALLENGE_LEN]>,
    assumed_card_access: Option<Vec<u8>>,
    largest_block: Option<usize>,
    card_files: bool,
    listener: Option<ProgressListener>,

    /// Keys that the chip refused, by their place among the candidates: never tried again.
    wrong_keys: Vec<usize>,
    /// The key that fitted.
    fitting_key: Option<usize>,
    access: Option<AccessOutcome>,
    channel: Option<SecureMessaging>,
    /// The file that READ BINARY reads now.
    selected: Option<FileId>,
    /// Whether the channel was lost in a way after which a new one goes on.
    reopen: bool,
    /// The right length, as the chip's last 6Cxx told it.
    exact_length: Option<usize>,
    learned: Learned,
    partials: BTreeMap<FileId, Partial>,
    files: Files,
    absences: BTreeMap<FileId, Absence>,
    chip_authentication: Outcome<ChipAuthenticationEvidence>,
    /// A channel that Chip Authentication opened, until its first answer proves it.
    unproven: Option<ChipAuthenticationEvidence>,
    /// Whether SELECT is to prove it, because another command could not.
    prove_by_select: bool,
    /// How many offers of Chip Authentication the chip refused, counted from the strongest.
    refused_offers: usize,
    active_authentication: Outcome<ActiveAuthenticationEvidence>,
    terminal: TerminalState,
}

impl Reading {
    /// A reading with one key, or several candidates in the order in which they are to be tried.
    #[must_use]
    pub fn with(keys: impl Into<AccessKeys>) -> Self {
        Self {
            keys: keys.into(),
            wanted: Wanted::Everything,
            challenge: None,
            assumed_card_access: None,
            largest_block: None,
            card_files: false,
            listener: None,
            wrong_keys: Vec::new(),
            fitting_key: None,
            access: None,
            channel: None,
            selected: None,
            reopen: false,
            exact_length: None,
            learned: Learned::default(),
            partials: BTreeMap::new(),
            files: Files::new(),
            absences: BTreeMap::new(),
            chip_authentication: Outcome::NotPerformed,
            unproven: None,
            prove_by_select: false,
            refused_offers: 0,
            active_authentication: Outcome::NotPerformed,
            terminal: TerminalState::default(),
        }
    }

    /// Reads only these data groups, and EF.SOD with the keys that prove the chip (DG14, DG15).
    #[must_use]
    pub fn only(mut self, data_groups: &[DataGroup]) -> Self {
        self.wanted = Wanted::Only(data_groups.to_vec());
        self
    }

    /// Active Authentication with this challenge: one that a server chose, so that it can check the answer itself.
    /// Without it a random one is used.
    #[must_use]
    pub const fn challenge(mut self, challenge: [u8; CHALLENGE_LEN]) -> Self {
        self.challenge = Some(challenge);
        self
    }

    /// An EF.CardAccess to assume where the chip does not show its own. Its use is noted.
    #[must_use]
    pub fn assume_card_access(mut self, bytes: &[u8]) -> Self {
        self.assumed_card_access = Some(bytes.to_vec());
        self
    }

    /// Asks for up to this many bytes at a time, with extended lengths where that is more than a short response holds
    /// and chip and reader carry it. Without it, 4096.
    #[must_use]
    pub const fn block_len(mut self, bytes: usize) -> Self {
        self.largest_block = Some(bytes);
        self
    }

    /// Also reads what the card says of itself, EF.ATR/INFO and EF.DIR, where it has them. A response length that
    /// EF.ATR/INFO states is kept to.
    #[must_use]
    pub const fn with_card_files(mut self) -> Self {
        self.card_files = true;
        self
    }

    /// Calls `listener` whenever something was done.
    pub fn on_progress(&mut self, listener: impl FnMut(Progress) + Send + 'static) {
        self.listener = Some(Box::new(listener));
    }

    /// What was read so far, believed by nobody.
    #[must_use]
    pub const fn partial(&self) -> &Files {
        &self.files
    }

    /// Reads the document; after an error, goes on where it stopped.
    ///
    /// # Errors
    /// Any [`Error`]. A data group that the chip does not hand over is none: the document says which and why.
    pub async fn run<T, R>(
        &mut self,
        card: &mut T,
        rng: &mut R,
    ) -> Result<UnverifiedDocument, Error>
    where
        T: CardTransport,
        R: CryptoRng + Send + ?Sized,
    {
        if self.keys.is_empty() {
            return Err(InputError::NoKey.into());
        }
        self.begin();
        for _ in 0..MAX_NEW_CHANNELS {
            match self.pass(card, rng).await {
                Ok(()) => return Ok(self.finish()),
                Err(_) if core::mem::take(&mut self.reopen) => {}
                Err(error) => return Err(error),
            }
        }
        self.pass(card, rng).await?;
        Ok(self.finish())
    }

    /// A new run proves the chip anew and asks again for what was refused; what was read is kept.
    fn begin(&mut self) {
        self.channel = None;
        self.reopen = false;
        self.prove_by_select = false;
        self.chip_authentication = Outcome::NotPerformed;
        self.refused_offers = 0;
        self.active_authentication = Outcome::NotPerformed;
        self.terminal.take_outcome();
        self.absences.clear();
    }

    /// From the opening of a channel to the last file, or to where the channel is lost.
    async fn pass<T, R>(&mut self, card: &mut T, rng: &mut R) -> Result<(), Error>
    where
        T: CardTransport,
        R: CryptoRng + Send + ?Sized,
    {
        self.unproven = None;
        self.selected = None;
        self.report(Phase::Access);
        self.enter(card, rng).await?;
        self.read_security_object(card).await?;

        // The keys that prove the chip, and the proofs, before what they are to vouch for.
        let listed = self.listed_data_groups();
        if listed.contains(&DataGroup::SECURITY_OPTIONS) {
            self.read_optional(card, FileId::DG14).await?;
            self.report(Phase::ChipAuthentication);
            self.authenticate_chip(card, rng).await?;
        }
        if listed.contains(&DataGroup::ACTIVE_AUTHENTICATION_KEY) {
            self.read_optional(card, FileId::DG15).await?;
            self.report(Phase::ActiveAuthentication);
            self.challenge_chip(card, rng).await?;
        }
        if self.wanted == Wanted::Everything || listed.is_empty() {
            self.read_optional(card, FileId::Com).await?;
        }
        self.authenticate_terminal(card).await?;
        for dg in self.listed_data_groups() {
            if self.wanted.includes(dg) {
                self.read_optional(card, FileId::DataGroup(dg)).await?;
            }
        }
        self.prove_now(card, FileId::Sod).await?;
        self.report(Phase::Done);
        Ok(())
    }

    /// The channel is lost, and a new one may go on.
    fn lost(&mut self, error: Error) -> Error {
        self.reopen = true;
        self.channel = None;
        error
    }

    /// Looks at the answer to any command in the channel: the first one in a channel that Chip Authentication opened
    /// is its proof. One that does not hold is tried again with SELECT, the plainest of commands, and counts then.
    fn settle<A>(&mut self, answer: Result<A, Error>) -> Result<A, Error> {
        let Some(evidence) = self.unproven.take() else {
            return answer;
        };
        match answer {
            Ok(_) | Err(Error::Chip(_)) => {
                self.chip_authentication = Outcome::Done(evidence);
                answer
            }
            Err(error @ Error::SecureMessaging(_)) => {
                if self.prove_by_select {
                    self.chip_authentication = Outcome::Failed;
                }
                self.prove_by_select = true;
                Err(self.lost(error))
            }
            Err(_) => answer,
        }
    }

    /// Asks for the proof of a channel that Chip Authentication opened, where no answer brought it yet: with SELECT, to
    /// which any answer within the channel will do.
    async fn prove_now<T: CardTransport>(
        &mut self,
        card: &mut T,
        file: FileId,
    ) -> Result<(), Error> {
        if self.unproven.is_none() {
            return Ok(());
        }
        let answer = file::select(card, &mut self.channel, file).await;
        match self.settle(answer) {
            Ok(()) => {
                self.selected = Some(file);
                Ok(())
            }
            Err(Error::Chip(_)) => Ok(()),
            Err(other) => Err(other),
        }
    }

    fn finish(&mut self) -> UnverifiedDocument {
        self.channel = None;
        self.partials.clear();
        UnverifiedDocument {
            files: core::mem::take(&mut self.files),
            absences: core::mem::take(&mut self.absences),
            wanted: self.wanted.clone(),
            access: self.access.take(),
            chip_authentication: core::mem::replace(
                &mut self.chip_authentication,
                Outcome::NotPerformed,
            ),
            active_authentication: core::mem::replace(
                &mut self.active_authentication,
                Outcome::NotPerformed,
            ),
            chip_notes: self.learned.notes().collect(),
            terminal_authentication: self.terminal.take_outcome(),
            live: true,
            own_challenge: None,
        }
    }

    /// The data groups that EF.SOD lists under signature, and those that only EF.COM lists, by number.
    fn listed_data_groups(&self) -> Vec<DataGroup> {
        let mut listed: Vec<DataGroup> = Vec::new();
        if let Some(bytes) = self.files.get(&FileId::Sod)
            && let Ok(object) = SecurityObject::from_file(bytes)
        {
            listed.extend(object.lds.digests.keys());
        }
        if let Some(bytes) = self.files.get(&FileId::Com)
            && let Ok(com) = Com::parse(bytes)
        {
            listed.extend(com.data_groups);
        }
        listed.sort_unstable();
        listed.dedup();
        listed
    }

    fn report(&mut self, phase: Phase) {
        let Some(listener) = &mut self.listener else {
            return;
        };
        let whole: usize = self.files.values().map(|bytes| bytes.len()).sum();
        let (mut done, mut known) = (whole, whole);
        for partial in self.partials.values() {
            let have = partial.bytes.len();
            done = done.saturating_add(have);
            known = known.saturating_add(partial.total.unwrap_or(have));
        }
        listener(Progress {
            phase,
            bytes_done: done,
            bytes_known: known,
        });
    }

    fn key(&self, index: usize) -> Option<&AccessKey> {
        self.keys.iter().nth(index)
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("keys", &self.keys)
            .field("files", &self.files.keys())
            .finish_non_exhaustive()
    }
}

fn absence(error: Error) -> Absence {
    match error {
        Error::Chip(ChipError::Status {
            status: StatusWord::SECURITY_STATUS,
            ..
        }) => Absence::Protected,
        Error::Chip(ChipError::Status {
            status: StatusWord::NOT_FOUND,
            ..
        }) => Absence::NotFound,
        other => Absence::Withheld(other),
    }
}

#[cfg(test)]
mod tests;
