//! Proving the terminal to the chip, for the data groups that the chip guards.

use super::Reading;
use crate::card_transport::CardTransport;
use crate::cv_certificate::{KeyReference, TerminalCertificates};
use crate::document::{AccessProtocol, Outcome, TerminalOutcome};
use crate::error::{Error, SecureMessagingError};
use crate::file_id::FileId;
use crate::secure_messaging::SecureMessaging;
use crate::terminal_authentication::{self, Performed, TerminalSigner};
use alloc::boxed::Box;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// What a terminal has to show, and what the protocol needs of the channel that it is to be bound to.
#[derive(Default)]
pub(super) struct TerminalState {
    terminal: Option<Terminal>,
    /// The terminal's ephemeral key of Chip Authentication, compressed.
    own_key: Option<Vec<u8>>,
    /// The chip's ephemeral key of PACE, compressed.
    chip_key: Option<Vec<u8>>,
    /// The keys that the chip named when PACE opened it.
    trust_points: Vec<KeyReference>,
    outcome: TerminalOutcome,
}

struct Terminal {
    certificates: TerminalCertificates,
    signer: Box<dyn TerminalSigner>,
}

impl TerminalState {
    /// A channel was opened by PACE.
    pub(super) fn opened_by_pace(&mut self, chip_key: Vec<u8>, trust_points: Vec<KeyReference>) {
        self.chip_key = Some(chip_key);
        self.trust_points = trust_points;
    }

    /// Chip Authentication opened a channel with this key, or the channel is gone.
    pub(super) fn chip_authenticated_with(&mut self, own_key: Option<Vec<u8>>) {
        self.own_key = own_key;
    }

    /// What became of the protocol so far.
    pub(super) const fn outcome(&self) -> &TerminalOutcome {
        &self.outcome
    }

    /// What became of the protocol; from now on, nothing did.
    pub(super) fn take_outcome(&mut self) -> TerminalOutcome {
        core::mem::take(&mut self.outcome)
    }
}

impl Reading {
    /// Terminal Authentication with these certificates, in any order, and this signer, after Chip Authentication. Without
    /// it DG3 and DG4 stay behind their access rights, which is noted.
    #[must_use]
    pub fn terminal(
        mut self,
        certificates: TerminalCertificates,
        signer: impl TerminalSigner + 'static,
    ) -> Self {
        self.terminal.terminal = Some(Terminal {
            certificates,
            signer: Box::new(signer),
        });
        self
    }

    /// Shows the chip the chain from a key that it trusts. Done once per channel, and only in one that Chip
    /// Authentication opened.
    pub(super) async fn authenticate_terminal<T: CardTransport>(
        &mut self,
        card: &mut T,
    ) -> Result<(), Error> {
        let (Some(own_key), Some(identity)) = (self.terminal.own_key.clone(), self.chip_identity())
        else {
            return Ok(());
        };
        // A refusal is final; rights that were granted ended with the channel that they were granted to.
        let open = matches!(
            self.terminal.outcome,
            TerminalOutcome::NotPerformed | TerminalOutcome::Done
        );
        if self.terminal.terminal.is_none() || !open {
            return Ok(());
        }
        // Proven first: a chip that only says no to a certificate has not shown that it knows the channel's keys.
        self.prove_now(card, FileId::Sod).await?;
        // The terminal signs for no chip whose key nobody signed.
        let key_is_signed = self
            .files
            .get(&FileId::DG14)
            .is_some_and(|bytes| self.fits_digest(FileId::DG14, bytes) == Some(true));
        if !key_is_signed || !matches!(self.chip_authentication, Outcome::Done(_)) {
            return Ok(());
        }
        self.selected = None;
        let mut trusted = self.terminal.trust_points.clone();
        if trusted.is_empty() {
            trusted = terminal_authentication::read_trust_points(card, &mut self.channel).await?;
        }
        let Some(Terminal {
            certificates,
            signer,
        }) = &mut self.terminal.terminal
        else {
            return Ok(());
        };
        let path = trusted.iter().find_map(|from| certificates.path_from(from));
        let Some(path) = path else {
            self.terminal.outcome = TerminalOutcome::NoChain { trusted };
            return Ok(());
        };
        let performed = terminal_authentication::perform(
            card,
            &mut self.channel,
            &path,
            &identity,
            &own_key,
            &mut **signer,
        )
        .await?;
        self.terminal.outcome = match performed {
            Performed::Done => TerminalOutcome::Done,
            Performed::Refused { step, status } => TerminalOutcome::Refused { step, status },
            Performed::NotSigned => TerminalOutcome::NotSigned,
        };
        // A refusal in the clear ended the channel: the files go on in another one.
        if !self.channel.as_ref().is_some_and(SecureMessaging::is_open) {
            return Err(self.lost(SecureMessagingError::Ended.into()));
        }
        Ok(())
    }

    /// ID_IC: the document number where BAC opened the chip, the chip's ephemeral key where PACE did.
    fn chip_identity(&self) -> Option<Zeroizing<Vec<u8>>> {
        match self.access.as_ref()?.protocol {
            AccessProtocol::Bac => {
                let key = self.key(self.fitting_key?)?;
                key.document_number()
                    .map(|number| Zeroizing::new(number.to_vec()))
            }
            AccessProtocol::Pace { .. } => self.terminal.chip_key.clone().map(Zeroizing::new),
            AccessProtocol::None => None,
        }
    }
}
