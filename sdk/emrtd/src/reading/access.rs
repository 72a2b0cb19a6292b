//! Opening the chip: PACE first, BAC where there is no PACE, every key at most once.
//!
//! Doc 9303-11, 4.2 (chip access procedure).

use super::deviations::{Asked, Symptom, diagnose};
use super::files::Approach;
use super::{Phase, Reading};
use crate::access_key::{AccessKeys, PasswordKind};
use crate::card_transport::{CardTransport, TransportError};
use crate::document::{AccessOutcome, AccessProtocol, Outcome};
use crate::error::{AccessError, ChipError, Error, StatusWord, UnsupportedError};
use crate::file;
use crate::file_id::FileId;
use crate::pace::MappingOutcome;
use crate::secure_messaging::SecureMessaging;
use crate::security_info::{Mapping, PaceInfo, SecurityInfos};
use crate::{bac, pace};
use alloc::vec::Vec;
use rand_core::CryptoRng;

/// At this many tries left, no other key is tried: the next wrong ones would block the chip.
const STOP_AT_TRIES_LEFT: u8 = 2;

impl Reading {
    /// Opens a channel and selects the application in it.
    pub(super) async fn enter<T, R>(&mut self, card: &mut T, rng: &mut R) -> Result<(), Error>
    where
        T: CardTransport,
        R: CryptoRng + Send + ?Sized,
    {
        self.channel = None;
        self.terminal.chip_authenticated_with(None);
        let (offered, assumed) = self.offered_protocols(card).await?;
        let mut protocols: Vec<PaceInfo> = offered
            .iter()
            .filter(|info| pace::supported(info).is_some())
            .copied()
            .collect();
        protocols.sort_by(pace::strongest_first);

        for (place, info) in protocols.iter().enumerate() {
            match self.try_pace(card, info, rng).await {
                Ok((password, mapping)) => {
                    if info.mapping == Mapping::ChipAuthentication {
                        self.read_card_security(card).await?;
                    }
                    let status = file::select_application(card, &mut self.channel).await?;
                    if !status.is_ok() {
                        return Err(AccessError::NotAnEmrtd { status }.into());
                    }
                    let protocol = AccessProtocol::Pace {
                        mapping: info.mapping,
                        cipher: info.cipher,
                        group: pace::supported(info).ok_or(UnsupportedError::AccessProtocol)?,
                    };
                    protocols.truncate(place);
                    self.opened(
                        protocol,
                        Some(password),
                        mapping,
                        (offered, protocols, assumed),
                    );
                    return Ok(());
                }
                // The chip does not do what it offers, or the reader cannot carry it: the next protocol, and in the end
                // BAC. What was passed over is recorded.
                Err(
                    Error::Access(AccessError::Refused { .. })
                    | Error::Chip(
                        ChipError::Status { .. }
                        | ChipError::Protocol { .. }
                        | ChipError::ShortAnswer { .. },
                    )
                    | Error::Transport(TransportError::TooLong),
                ) => {}
                // A wrong token, or our own key sent back, is no weakness of the chip's: nothing weaker is tried.
                Err(other) => return Err(other),
            }
        }
        let (protocol, password) = match self.try_bac(card, rng).await {
            Ok(password) => (AccessProtocol::Bac, Some(password)),
            Err(error) => {
                let may_be_open = offered.is_empty()
                    && matches!(
                        error,
                        Error::Access(AccessError::Refused { .. } | AccessError::NoUsableKey)
                    );
                if !may_be_open || !self.is_open_to_all(card).await? {
                    return Err(error);
                }
                (AccessProtocol::None, None)
            }
        };
        let offers = (offered, protocols, assumed);
        self.opened(protocol, password, MappingOutcome::NotThisMapping, offers);
        Ok(())
    }

    fn opened(
        &mut self,
        protocol: AccessProtocol,
        password: Option<PasswordKind>,
        mapping: MappingOutcome,
        (offered, passed_over, assumed): (Vec<PaceInfo>, Vec<PaceInfo>, bool),
    ) {
        let tried = self.wrong_keys.len().saturating_add(1);
        let before = self.access.take().filter(|_| self.holds_files());
        let weaker_before = before.as_ref().is_some_and(|before| {
            let used_pace = |protocol| matches!(protocol, AccessProtocol::Pace { .. });
            before.weaker_before
                || (used_pace(protocol) && !used_pace(before.protocol))
                || !before.passed_over.is_empty()
        });
        let failed_before =
            before.is_some_and(|before| before.chip_authentication_mapping == Outcome::Failed);
        self.access = Some(AccessOutcome {
            weaker_before,
            protocol,
            password,
            attempts: u8::try_from(tried).unwrap_or(u8::MAX),
            offered,
            passed_over,
            assumed,
            chip_authentication_mapping: match mapping {
                _ if failed_before => Outcome::Failed,
                MappingOutcome::NotThisMapping => Outcome::NotPerformed,
                MappingOutcome::Missing => Outcome::Refused(StatusWord::OK),
                MappingOutcome::Malformed => Outcome::Failed,
                MappingOutcome::Received(evidence) => Outcome::Done(evidence),
            },
        });
    }

    /// Whether the chip hands its files to whoever asks (deviations row 11). EF.COM, the least of them, is asked for.
    async fn is_open_to_all<T: CardTransport>(&mut self, card: &mut T) -> Result<bool, Error> {
        self.selected = None;
        let status = file::select_application(card, &mut None).await?;
        if !status.is_ok() {
            return Ok(false);
        }
        self.read_optional(card, FileId::Com).await?;
        self.absences.remove(&FileId::Com);
        Ok(self.files.contains_key(&FileId::Com))
    }

    /// The PACE protocols of EF.CardAccess. A chip that does not show the file has none, unless a profile is assumed.
    async fn offered_protocols<T: CardTransport>(
        &mut self,
        card: &mut T,
    ) -> Result<(Vec<PaceInfo>, bool), Error> {
        self.read_card_access(card).await?;
        if self.card_files {
            self.read_card_files(card).await?;
        }
        self.report(Phase::Access);
        let shown = self
            .files
            .get(&FileId::CardAccess)
            .and_then(|bytes| SecurityInfos::parse(bytes).ok());
        if let Some(infos) = shown {
            return Ok((infos.pace, false));
        }
        let assumed = self
            .assumed_card_access
            .as_deref()
            .and_then(|bytes| SecurityInfos::parse(bytes).ok());
        Ok(match assumed {
            Some(infos) => (infos.pace, true),
            None => (Vec::new(), false),
        })
    }

    /// EF.CardSecurity, which holds the key that the chip authentication mapping proves: in the master file, so before the
    /// application is selected.
    async fn read_card_security<T: CardTransport>(&mut self, card: &mut T) -> Result<(), Error> {
        self.selected = None;
        let result = self.read_optional(card, FileId::CardSecurity).await;
        self.selected = None;
        result
    }

    /// Reads EF.CardAccess where it is not there yet. A chip that was just put into the field has the master file
    /// selected (ISO/IEC 7816-4, 7.2.1), so that naming the file is enough; one that was used before may have not.
    async fn read_card_access<T: CardTransport>(&mut self, card: &mut T) -> Result<(), Error> {
        const FILE: FileId = FileId::CardAccess;
        if self.files.contains_key(&FILE) {
            // Another channel was open before: back to the master file, which also ends what is left of it.
            return file::select_master_file(card, &mut None).await;
        }
        for approach in [Approach::ShortIdentifier, Approach::Select] {
            self.selected = None;
            self.partials.remove(&FILE);
            if approach == Approach::Select {
                file::select_master_file(card, &mut None).await?;
            }
            match self.read_file(card, FILE, approach).await {
                Ok(()) => {}
                Err(Error::Chip(_) | Error::Parse(_) | Error::Limit(_)) => continue,
                Err(other) => return Err(other),
            }
            let partial = self.partials.remove(&FILE).unwrap_or_default();
            // In the application, the same short identifier names another file.
            if SecurityInfos::parse(&partial.bytes).is_ok() {
                self.files.insert(FILE, partial.bytes);
                break;
            }
        }
        self.partials.remove(&FILE);
        self.selected = None;
        Ok(())
    }

    /// Tries the keys one after the other by one protocol. A kind of password that the chip does not have counts nothing
    /// and says nothing about the others.
    async fn try_pace<T, R>(
        &mut self,
        card: &mut T,
        info: &PaceInfo,
        rng: &mut R,
    ) -> Result<(PasswordKind, MappingOutcome), Error>
    where
        T: CardTransport,
        R: CryptoRng + Send + ?Sized,
    {
        let mut last = AccessError::NoUsableKey;
        for index in self.candidates(|_| true) {
            let Some(key) = self.key(index).cloned() else {
                continue;
            };
            self.within_budget()?;
            match pace::open(card, info, &key, rng).await {
                Ok(opened) => {
                    self.terminal
                        .opened_by_pace(opened.chip_key, opened.trust_points);
                    let password = self.fitted(index, key.kind(), opened.channel);
                    return Ok((password, opened.chip_authentication));
                }
                Err(Error::Access(
                    missing @ AccessError::Refused {
                        status: StatusWord::REFERENCE_NOT_FOUND,
                    },
                )) => {
                    // A key that was refused for itself is the better explanation.
                    if !matches!(last, AccessError::WrongKey { .. }) {
                        last = missing;
                    }
                }
                Err(error) => {
                    // Whether the chip counted the try, nobody can say: a key that blocks after a few is not tried again.
                    let counts = matches!(key.kind(), PasswordKind::Pin | PasswordKind::Puk);
                    if counts && matches!(error, Error::Transport(_)) && self.fitting_key.is_none()
                    {
                        self.wrong_keys.push(index);
                    }
                    last = self.wrong(index, error)?;
                }
            }
        }
        Err(last.into())
    }

    /// Whether anything is kept that came through a channel.
    fn holds_files(&self) -> bool {
        let through_a_channel = |file: &FileId| !file.is_in_master_file();
        self.files.keys().any(through_a_channel) || self.partials.keys().any(through_a_channel)
    }

    async fn try_bac<T, R>(&mut self, card: &mut T, rng: &mut R) -> Result<PasswordKind, Error>
    where
        T: CardTransport,
        R: CryptoRng + Send + ?Sized,
    {
        let mut last = AccessError::NoUsableKey;
        for index in self.candidates(|kind| kind == PasswordKind::Mrz) {
            let Some(key) = self.key(index).cloned() else {
                continue;
            };
            let Some(seed) = key.bac_seed() else {
                continue;
            };
            self.within_budget()?;
            let mut opened = self.bac(card, &seed, rng).await;
            if let Err(Error::Access(AccessError::Refused { status })) = opened
                && self.learns_from(status)
            {
                opened = self.bac(card, &seed, rng).await;
            }
            match opened {
                Ok(channel) => return Ok(self.fitted(index, key.kind(), channel)),
                Err(error) => last = self.wrong(index, error)?,
            }
        }
        if last == AccessError::NoUsableKey {
            // Nothing could be tried: say first whether this is a travel document at all.
            let status = file::select_application(card, &mut None).await?;
            if !status.is_ok() {
                return Err(AccessError::NotAnEmrtd { status }.into());
            }
        }
        Err(last.into())
    }

    async fn bac<T, R>(
        &mut self,
        card: &mut T,
        seed: &[u8],
        rng: &mut R,
    ) -> Result<SecureMessaging, Error>
    where
        T: CardTransport,
        R: CryptoRng + Send + ?Sized,
    {
        // Anew before every try: after a refusal some chips have left the application.
        let status = file::select_application(card, &mut None).await?;
        if !status.is_ok() {
            return Err(AccessError::NotAnEmrtd { status }.into());
        }
        bac::open(card, seed, self.learned.bac_answer, rng).await
    }

    /// Whether a refusal of BAC is one that another try may mend.
    fn learns_from(&mut self, status: StatusWord) -> bool {
        let symptom = Symptom {
            asked: Asked::ExactToken,
            status,
            channel_lost: false,
            got: 0,
        };
        let want = self.learned.bac_answer;
        let deviation = diagnose(&symptom).filter(|_| want == bac::TOKEN_LEN);
        if let Some(deviation) = deviation {
            self.learned.apply(deviation, want, 0);
        }
        deviation.is_some()
    }

    /// The keys that may be tried, by their place: the one that fitted before, else all that were not refused.
    fn candidates(&self, usable: impl Fn(PasswordKind) -> bool) -> Vec<usize> {
        if let Some(index) = self.fitting_key {
            return Vec::from([index]);
        }
        self.keys
            .iter()
            .enumerate()
            .filter(|(index, key)| usable(key.kind()) && !self.wrong_keys.contains(index))
            .map(|(index, _)| index)
            .collect()
    }

    fn within_budget(&self) -> Result<(), Error> {
        if self.wrong_keys.len() >= usize::from(AccessKeys::MAX_TRIES) {
            return Err(AccessError::TryBudgetSpent.into());
        }
        Ok(())
    }

    fn fitted(
        &mut self,
        index: usize,
        kind: PasswordKind,
        channel: SecureMessaging,
    ) -> PasswordKind {
        self.fitting_key = Some(index);
        self.channel = Some(channel);
        kind
    }

    /// Remembers a refused key, so that it is never tried again; any other error ends the attempt.
    fn wrong(&mut self, index: usize, error: Error) -> Result<AccessError, Error> {
        let Error::Access(refusal @ AccessError::WrongKey { tries_left }) = error else {
            return Err(error);
        };
        if self.fitting_key == Some(index) {
            // It fitted the card of the first run.
            return Err(AccessError::AnotherCard.into());
        }
        self.wrong_keys.push(index);
        match tries_left {
            Some(tries_left @ 0..=STOP_AT_TRIES_LEFT) => {
                Err(AccessError::TriesNearlyExhausted { tries_left }.into())
            }
            _ => Ok(refusal),
        }
    }
}
