//! Reading a document from its chip: access, files, Chip Authentication, Active Authentication, more files.
//!
//! Doc 9303-11, 4.2 (chip access procedure) and section 6; Doc 9303-10, 3.
//!
//! A [`Reading`] owns everything that it has learnt; the future that [`Reading::run`] returns only borrows it. It may
//! end at any await, by an error, by being dropped, by a card that left: what was read stays, and `run` again opens a
//! new channel and goes on from there. EF.SOD is then read again and must be the same, and whatever files come from
//! whichever run, its digests decide over all of them.

mod access;
mod chip;

use crate::access_key::{AccessKey, AccessKeys};
use crate::active_authentication::{ActiveAuthenticationEvidence, CHALLENGE_LEN};
use crate::card_transport::CardTransport;
use crate::document::{
    Absence, AccessOutcome, ChipAuthenticationEvidence, Files, Outcome, UnverifiedDocument, Wanted,
};
use crate::error::{AccessError, ChipError, Error, InputError, SecureMessagingError, StatusWord};
use crate::file::{self, Partial};
use crate::file_id::{DataGroup, FileId};
use crate::lds::com::Com;
use crate::lds::sod::SecurityObject;
use crate::secure_messaging::SecureMessaging;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt;
use rand_core::CryptoRng;

/// What a short response can carry under AES; the channel itself knows its exact measure.
const SHORT_RESPONSE: usize = 256;

/// Where a reading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// Bytes of files read so far.
    pub bytes_done: usize,
    /// Bytes of all files whose length is known so far.
    pub bytes_known: usize,
}

/// What a reading is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// Opening the chip.
    Access,
    /// Reading a file.
    File(FileId),
    /// Chip Authentication.
    ChipAuthentication,
    /// Active Authentication.
    ActiveAuthentication,
    /// Nothing more to do.
    Done,
}

type ProgressListener = Box<dyn FnMut(Progress) + Send>;

/// One reading of one document.
pub struct Reading {
    keys: AccessKeys,
    wanted: Wanted,
    challenge: Option<[u8; CHALLENGE_LEN]>,
    assumed_card_access: Option<Vec<u8>>,
    largest_block: Option<usize>,
    listener: Option<ProgressListener>,

    /// Keys that the chip refused, by their place among the candidates: never tried again.
    wrong_keys: Vec<usize>,
    /// The key that fitted.
    fitting_key: Option<usize>,
    access: Option<AccessOutcome>,
    channel: Option<SecureMessaging>,
    partials: BTreeMap<FileId, Partial>,
    files: Files,
    absences: BTreeMap<FileId, Absence>,
    chip_authentication: Outcome<ChipAuthenticationEvidence>,
    active_authentication: Outcome<ActiveAuthenticationEvidence>,
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
            listener: None,
            wrong_keys: Vec::new(),
            fitting_key: None,
            access: None,
            channel: None,
            partials: BTreeMap::new(),
            files: Files::new(),
            absences: BTreeMap::new(),
            chip_authentication: Outcome::NotPerformed,
            active_authentication: Outcome::NotPerformed,
        }
    }

    /// Reads only these data groups (and EF.COM, EF.SOD, DG14, DG15).
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

    /// Asks for up to this many bytes at a time, with extended lengths where that is more than a short response holds.
    /// Without it, short responses are filled.
    #[must_use]
    pub const fn block_len(mut self, bytes: usize) -> Self {
        self.largest_block = Some(bytes);
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
        self.report(Phase::Access);
        self.enter(card, rng).await?;

        self.read_optional(card, rng, FileId::Com).await?;
        self.read_security_object(card).await?;
        let listed = self.listed_data_groups();

        if listed.contains(&DataGroup::SECURITY_OPTIONS) {
            self.read_optional(card, rng, FileId::DG14).await?;
            self.report(Phase::ChipAuthentication);
            self.authenticate_chip(card, rng).await?;
        }
        if listed.contains(&DataGroup::ACTIVE_AUTHENTICATION_KEY) {
            self.read_optional(card, rng, FileId::DG15).await?;
            self.report(Phase::ActiveAuthentication);
            self.challenge_chip(card, rng).await?;
        }
        for dg in listed {
            if self.wanted.includes(dg) {
                self.read_optional(card, rng, FileId::DataGroup(dg)).await?;
            }
        }
        self.report(Phase::Done);
        Ok(self.finish())
    }

    /// A new run proves the chip anew and asks again for what was refused; files that are whole are kept.
    fn begin(&mut self) {
        self.channel = None;
        self.chip_authentication = Outcome::NotPerformed;
        self.active_authentication = Outcome::NotPerformed;
        self.absences.clear();
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

    /// Reads EF.SOD; on a second run, again, and it must be the same.
    async fn read_security_object<T: CardTransport>(&mut self, card: &mut T) -> Result<(), Error> {
        let before = self.files.remove(&FileId::Sod);
        self.partials.remove(&FileId::Sod);
        let result = self.read_file(card, FileId::Sod).await;
        if let Some(before) = before {
            if result.is_ok() && self.files.get(&FileId::Sod) != Some(&before) {
                self.files.insert(FileId::Sod, before);
                return Err(AccessError::AnotherCard.into());
            }
            self.files.insert(FileId::Sod, before);
        }
        result
    }

    /// Reads a file, unless it is there already, and remembers why where the chip does not hand it over.
    async fn read_optional<T, R>(
        &mut self,
        card: &mut T,
        rng: &mut R,
        file: FileId,
    ) -> Result<(), Error>
    where
        T: CardTransport,
        R: CryptoRng + Send + ?Sized,
    {
        if self.files.contains_key(&file) || self.absences.contains_key(&file) {
            return Ok(());
        }
        match self.read_file(card, file).await {
            Ok(()) => Ok(()),
            Err(error @ (Error::Chip(_) | Error::Parse(_) | Error::Limit(_))) => {
                self.partials.remove(&file);
                self.absences.insert(file, absence(error));
                Ok(())
            }
            // Some chips refuse a file in the clear and leave the channel: the refusal is remembered, a new channel opened.
            Err(Error::SecureMessaging(SecureMessagingError::Dropped { status }))
                if !status.is_ok() =>
            {
                self.partials.remove(&file);
                let refusal = ChipError::Status {
                    instruction: 0xA4,
                    file: Some(file),
                    status,
                };
                self.absences.insert(file, absence(refusal.into()));
                self.enter(card, rng).await
            }
            Err(other) => Err(other),
        }
    }

    async fn read_file<T: CardTransport>(
        &mut self,
        card: &mut T,
        file: FileId,
    ) -> Result<(), Error> {
        let block = self.block(card);
        file::select(card, &mut self.channel, file).await?;

        let done_before: usize = self.files.values().map(|bytes| bytes.len()).sum();
        let partial = self.partials.entry(file).or_default();
        let listener = &mut self.listener;
        let mut progress = |done: usize, total: Option<usize>| {
            if let Some(listener) = listener {
                listener(Progress {
                    phase: Phase::File(file),
                    bytes_done: done_before.saturating_add(done),
                    bytes_known: done_before.saturating_add(total.unwrap_or(done)),
                });
            }
        };
        file::read(card, &mut self.channel, file, block, partial, &mut progress).await?;
        if let Some(whole) = self.partials.remove(&file) {
            self.files.insert(file, whole.bytes);
        }
        Ok(())
    }

    /// How many bytes one READ BINARY asks for.
    fn block<T: CardTransport>(&self, card: &T) -> usize {
        let within = |response: usize| match &self.channel {
            Some(channel) => channel.payload_within(response),
            None => response.min(SHORT_RESPONSE),
        };
        let limit = card
            .limits()
            .response
            .map_or(usize::MAX, |bytes| bytes.saturating_sub(2));
        match self.largest_block {
            None => within(SHORT_RESPONSE.min(limit)),
            Some(bytes) => bytes.min(within(limit.min(0x1_0000))),
        }
        .max(1)
    }

    fn report(&mut self, phase: Phase) {
        let done: usize = self.files.values().map(|bytes| bytes.len()).sum();
        if let Some(listener) = &mut self.listener {
            listener(Progress {
                phase,
                bytes_done: done,
                bytes_known: done,
            });
        }
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
