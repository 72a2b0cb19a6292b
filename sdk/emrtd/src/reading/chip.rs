//! Asking the chip to prove itself, and returning to a working channel when it will not.

use super::Reading;
use crate::active_authentication;
use crate::card_transport::{CardTransport, TransportError};
use crate::chip_authentication::Offer;
use crate::document::{ChipAuthenticationEvidence, Outcome};
use crate::error::{ChipError, Error, SecureMessagingError, StatusWord};
use crate::file;
use crate::file_id::FileId;
use crate::lds::{dg14, dg15};
use rand_core::CryptoRng;

impl Reading {
    /// Chip Authentication with the strongest protocol of DG14 that chipid can do.
    pub(super) async fn authenticate_chip<T, R>(
        &mut self,
        card: &mut T,
        rng: &mut R,
    ) -> Result<(), Error>
    where
        T: CardTransport,
        R: CryptoRng + Send + ?Sized,
    {
        if matches!(
            self.chip_authentication,
            Outcome::Refused(_) | Outcome::Failed
        ) {
            return Ok(());
        }
        let offer = self
            .files
            .get(&FileId::DG14)
            .and_then(|bytes| dg14::parse(bytes).ok())
            .and_then(|infos| Offer::choose(&infos));
        let Some(offer) = offer else {
            return Ok(());
        };
        match offer.agree(card, &mut self.channel, rng).await {
            Ok(channel) => self.channel = Some(channel),
            Err(
                Error::Chip(ChipError::Status { status, .. })
                | Error::SecureMessaging(SecureMessagingError::Dropped { status }),
            ) => {
                self.chip_authentication = Outcome::Refused(status);
                return self.recover(card).await;
            }
            Err(other) => return Err(other),
        }
        // The first answer under the new keys is the proof: whatever is asked next.
        self.selected = None;
        self.unproven = Some(ChipAuthenticationEvidence {
            key: offer.key().clone(),
            cipher: offer.cipher(),
        });
        if self.prove_by_select {
            let result = file::select(card, &mut self.channel, FileId::DG14).await;
            match self.settle(result) {
                Ok(()) => self.selected = Some(FileId::DG14),
                Err(Error::Chip(_)) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }

    /// Active Authentication with the caller's challenge, or a random one.
    pub(super) async fn challenge_chip<T, R>(
        &mut self,
        card: &mut T,
        rng: &mut R,
    ) -> Result<(), Error>
    where
        T: CardTransport,
        R: CryptoRng + Send + ?Sized,
    {
        if self.active_authentication != Outcome::NotPerformed {
            return Ok(());
        }
        let key = self
            .files
            .get(&FileId::DG15)
            .and_then(|bytes| dg15::parse(bytes).ok());
        let Some(key) = key else {
            return Ok(());
        };
        let challenge = self.challenge.unwrap_or_else(|| {
            let mut random = [0; active_authentication::CHALLENGE_LEN];
            rng.fill_bytes(&mut random);
            random
        });
        let expected = active_authentication::signature_len(&key);
        let fits = self
            .channel
            .as_ref()
            .is_some_and(|channel| channel.payload_within(256) >= expected);
        let extended_possible = self.learned.may_extend(card.limits());

        // A signature that a short response cannot hold is asked for with an extended length; a reader or chip that
        // does not do that may still hand it over in pieces (61xx).
        let mut forms: &[bool] = match (fits, extended_possible) {
            (true, _) | (false, false) => &[false],
            (false, true) => &[true, false],
        };
        while let Some((extended, rest)) = forms.split_first() {
            forms = rest;
            let attempt = active_authentication::perform(
                card,
                &mut self.channel,
                challenge,
                expected,
                *extended,
            )
            .await;
            match self.settle(attempt) {
                // Cut off and called whole, because a short response could not hold it (deviations row 30): no answer,
                // rather than a wrong one.
                Ok(evidence) if !fits && !*extended && evidence.signature.len() < expected => {
                    self.active_authentication = Outcome::Refused(StatusWord::OK);
                    return Ok(());
                }
                Ok(evidence) => {
                    self.active_authentication = Outcome::Done(evidence);
                    return Ok(());
                }
                Err(
                    Error::Chip(ChipError::Status { status, .. })
                    | Error::SecureMessaging(SecureMessagingError::Dropped { status }),
                ) => {
                    if *extended {
                        self.learned.extended_refused();
                    } else {
                        self.active_authentication = Outcome::Refused(status);
                    }
                    self.recover(card).await?;
                }
                Err(error @ Error::Transport(TransportError::TooLong)) if *extended => {
                    self.learned.extended_refused();
                    return Err(self.lost(error));
                }
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }

    /// After a refusal the chip may or may not have kept the channel (deviations row 44): ask, and open a new one
    /// where it did not.
    async fn recover<T: CardTransport>(&mut self, card: &mut T) -> Result<(), Error> {
        self.selected = None;
        match file::select(card, &mut self.channel, FileId::Sod).await {
            Ok(()) => Ok(()),
            Err(error @ (Error::Chip(_) | Error::SecureMessaging(_))) => Err(self.lost(error)),
            Err(other) => Err(other),
        }
    }
}
