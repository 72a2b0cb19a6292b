//! Asking the chip to prove itself, and returning to a working channel when it will not.

use super::Reading;
use crate::active_authentication::{self, Le};
use crate::card_transport::{CardTransport, TransportError};
use crate::chip_authentication::Offer;
use crate::document::{AccessProtocol, ChipAuthenticationEvidence, Outcome};
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
        if self.chip_authentication == Outcome::Failed {
            return Ok(());
        }
        let offers = self
            .files
            .get(&FileId::DG14)
            .and_then(|bytes| dg14::parse(bytes).ok())
            .map(|infos| Offer::all(&infos))
            .unwrap_or_default();
        // A refused offer is not tried again, in this channel or the next; the offer behind it is.
        while let Some(offer) = offers.get(self.refused_offers) {
            match offer.agree(card, &mut self.channel, rng).await {
                Ok(agreed) => {
                    self.channel = Some(agreed.channel);
                    self.terminal
                        .chip_authenticated_with(Some(agreed.compressed_key));
                    return self.await_proof(card, offer).await;
                }
                Err(
                    Error::Chip(ChipError::Status { status, .. })
                    | Error::SecureMessaging(SecureMessagingError::Dropped { status }),
                ) => {
                    self.refused_offers = self.refused_offers.saturating_add(1);
                    self.chip_authentication = Outcome::Refused(status);
                    self.recover(card).await?;
                }
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }

    /// The first answer under the new keys is the proof: whatever is asked next.
    async fn await_proof<T: CardTransport>(
        &mut self,
        card: &mut T,
        offer: &Offer,
    ) -> Result<(), Error> {
        self.selected = None;
        self.unproven = Some(ChipAuthenticationEvidence {
            key: offer.key().clone(),
            cipher: offer.cipher(),
            inferred: offer.is_inferred(),
            passed_over: self.refused_offers,
        });
        if self.prove_by_select {
            self.prove_now(card, FileId::DG14).await?;
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
        let room = self
            .channel
            .as_ref()
            .map_or(0, |channel| channel.payload_within(256));
        let extended_possible = self.learned.may_extend(card.limits());
        for le in active_authentication::ways_to_ask(expected, room, extended_possible) {
            let extended = *le != Le::Short;
            if extended && !self.learned.may_extend(card.limits()) {
                continue;
            }
            let attempt =
                active_authentication::perform(card, &mut self.channel, challenge, expected, *le)
                    .await;
            match self.settle(attempt) {
                Ok(evidence) if evidence.is_whole(&key) => {
                    self.active_authentication = Outcome::Done(evidence);
                    return Ok(());
                }
                // Cut off and called whole, because a response could not hold it (deviations rows 30 and 31): no answer,
                // rather than a wrong one.
                Ok(evidence) if room < expected || evidence.signature.is_empty() => {
                    self.active_authentication = Outcome::Refused(StatusWord::OK);
                }
                Ok(evidence) => {
                    self.active_authentication = Outcome::Done(evidence);
                    return Ok(());
                }
                // In the channel that Chip Authentication opened, and no proof of it: the next pass asks for that first.
                Err(error) if self.reopen => return Err(error),
                Err(
                    Error::Chip(ChipError::Status { status, .. })
                    | Error::SecureMessaging(SecureMessagingError::Dropped { status }),
                ) => {
                    let about_the_length = extended && !active_authentication::is_final(status);
                    if about_the_length {
                        self.learned.extended_refused();
                    } else {
                        self.active_authentication = Outcome::Refused(status);
                    }
                    self.recover(card).await?;
                    if !about_the_length {
                        return Ok(());
                    }
                }
                Err(error @ Error::Transport(TransportError::TooLong)) if extended => {
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
        let in_the_clear = self
            .access
            .as_ref()
            .is_some_and(|access| access.protocol == AccessProtocol::None);
        if self.channel.is_none() && !in_the_clear {
            // What was protected is never gone on with in the clear.
            return Err(self.lost(SecureMessagingError::Ended.into()));
        }
        match file::select(card, &mut self.channel, FileId::Sod).await {
            Ok(()) => Ok(()),
            Err(error @ (Error::Chip(_) | Error::SecureMessaging(_))) => Err(self.lost(error)),
            Err(other) => Err(other),
        }
    }
}
