//! Reading one file: block after block, learning on the way, and going on where an earlier run stopped.
//!
//! Doc 9303-10, 3.6; ISO/IEC 7816-4, 11.3.

use super::deviations::{Asked, Remedy, Symptom, diagnose};
use super::learned::Trial;
use super::progress::Phase;
use super::{Reading, absence};
use crate::card_transport::{CardTransport, TransportError};
use crate::error::{AccessError, ChipError, Error, SecureMessagingError, StatusWord};
use crate::file::{self, Read, SMALLEST_BLOCK};
use crate::file_id::FileId;
use crate::lds::sod::SecurityObject;
use crate::secure_messaging::send;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// Below this, a refusal of a length is a refusal of the file.
const SMALLEST_LENGTH: usize = 64;

/// How a file is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Approach {
    /// By its short identifier, until the chip refuses that.
    AsLearnt,
    /// By its short identifier.
    ShortIdentifier,
    /// By SELECT.
    Select,
}

/// One READ BINARY, and what is doubtful about it.
struct Ask {
    read: Read,
    beyond_end: bool,
    untried_name: bool,
}

/// What came back: data and status, or a status word in the clear that ended the channel.
struct Answer {
    data: Zeroizing<Vec<u8>>,
    status: StatusWord,
    channel_lost: bool,
}

impl Reading {
    /// Reads a file, unless it is there already, and remembers why where the chip does not hand it over.
    pub(super) async fn read_optional<T: CardTransport>(
        &mut self,
        card: &mut T,
        file: FileId,
    ) -> Result<(), Error> {
        if self.files.contains_key(&file) || self.absences.contains_key(&file) {
            return Ok(());
        }
        let result = loop {
            match self.read_file(card, file, Approach::AsLearnt).await {
                Ok(()) if self.keep(file) => return Ok(()),
                // Joined from several channels, and not one file: again, in one piece.
                Ok(()) => {}
                Err(error) => break error,
            }
        };
        match result {
            error @ (Error::Chip(_) | Error::Parse(_) | Error::Limit(_)) => {
                self.partials.remove(&file);
                self.absences.insert(file, absence(error));
                Ok(())
            }
            // Some chips refuse a file in the clear and leave the channel: the refusal is remembered, and a new
            // channel opened.
            error @ Error::SecureMessaging(SecureMessagingError::Dropped { status })
                if !status.is_ok() && !self.reopen =>
            {
                self.partials.remove(&file);
                let refusal = ChipError::Status {
                    instruction: 0xB0,
                    file: Some(file),
                    status,
                };
                self.absences.insert(file, absence(refusal.into()));
                Err(self.lost(error))
            }
            other => Err(other),
        }
    }

    /// Reads EF.SOD; where an earlier channel brought it, again, and it must be the same.
    pub(super) async fn read_security_object<T: CardTransport>(
        &mut self,
        card: &mut T,
    ) -> Result<(), Error> {
        self.partials.remove(&FileId::Sod);
        self.read_file(card, FileId::Sod, Approach::AsLearnt)
            .await?;
        let again = self.partials.remove(&FileId::Sod).unwrap_or_default();
        match self.files.get(&FileId::Sod) {
            Some(before) if *before != again.bytes => Err(AccessError::AnotherCard.into()),
            Some(_) => Ok(()),
            None => {
                self.files.insert(FileId::Sod, again.bytes);
                Ok(())
            }
        }
    }

    /// Reads what is left of a file into its [`Partial`](file::Partial).
    pub(super) async fn read_file<T: CardTransport>(
        &mut self,
        card: &mut T,
        file: FileId,
        approach: Approach,
    ) -> Result<(), Error> {
        self.report(Phase::File(file));
        let partial = self.partials.entry(file).or_default();
        partial.joined |= !partial.bytes.is_empty();
        let mut exactly = None;
        let mut named_in_vain = false;
        while let Some(ask) = self.next_ask(card, file, approach, exactly) {
            if !ask.read.by_short_identifier && self.selected != Some(file) {
                let result = file::select(card, &mut self.channel, file).await;
                if result.is_err() && named_in_vain {
                    // It was the file that the chip refused, not its short identifier.
                    self.learned.short_identifiers = Trial::Untried;
                }
                self.settle(result)?;
                self.selected = Some(file);
            }
            let answer = self.ask(card, &ask).await?;
            let before = exactly.take();
            match self.take(&ask, answer, before.is_some())? {
                Remedy::AskExactly if before.is_none() => exactly = self.exact_length,
                Remedy::SelectFirst => named_in_vain = true,
                _ => {}
            }
            self.report(Phase::File(file));
        }
        Ok(())
    }

    /// The next READ BINARY; `None` where the file is whole.
    fn next_ask<T: CardTransport>(
        &self,
        card: &T,
        file: FileId,
        approach: Approach,
        exactly: Option<usize>,
    ) -> Option<Ask> {
        let partial = self.partials.get(&file)?;
        if partial.is_whole() {
            return None;
        }
        let offset = partial.bytes.len();
        let limits = card.limits();
        let cap = self.learned.block_cap(self.largest_block);
        let short = self
            .payload_within(self.learned.response(limits, false))
            .min(cap)
            .max(1);
        let long = self
            .payload_within(self.learned.response(limits, true))
            .min(cap)
            .max(short);
        let left = partial.total.map(|total| total.saturating_sub(offset));
        // Extended lengths are tried where they save something, and used where they are known to work.
        let worth_trying = left.is_some_and(|left| {
            left > short.saturating_mul(2) || (self.largest_block.is_some() && left > short)
        });
        let extend = long > short
            && self.learned.may_extend(limits)
            && (self.learned.extends() || worth_trying);
        let block = Read::payload(offset, if extend { long } else { short });

        // In the clear there is no channel to lose: there the chip shows how it ends a read beyond the end.
        let may_pass_the_end = match self.learned.beyond_end {
            Trial::Works => true,
            Trial::Untried => self.channel.is_none(),
            Trial::Refused => false,
        };
        let least = match self.learned.beyond_end {
            Trial::Refused => file::PROBE_LEN,
            _ => file::least_len(file),
        };
        let least = least.saturating_sub(offset).max(1);
        let (want, beyond_end) = match left {
            Some(left) => (block.min(left), false),
            None if may_pass_the_end => (block, block > file::PROBE_LEN),
            None => (block.min(least), least > file::PROBE_LEN),
        };
        let want = exactly.map_or(want, |exactly| exactly.min(want)).max(1);

        let selected = self.selected == Some(file);
        let named = match approach {
            Approach::Select => false,
            Approach::ShortIdentifier => true,
            Approach::AsLearnt => self.learned.short_identifiers != Trial::Refused,
        };
        let by_short_identifier = named && !selected && Read::reaches(offset);
        Some(Ask {
            read: Read {
                file,
                offset,
                want,
                by_short_identifier,
                extended: extend && want > short,
            },
            beyond_end,
            untried_name: by_short_identifier
                && approach == Approach::AsLearnt
                && self.learned.short_identifiers == Trial::Untried,
        })
    }

    fn payload_within(&self, response: usize) -> usize {
        match &self.channel {
            Some(channel) => channel.payload_within(response),
            None => response,
        }
    }

    async fn ask<T: CardTransport>(&mut self, card: &mut T, ask: &Ask) -> Result<Answer, Error> {
        let result = send(card, &mut self.channel, &ask.read.command()).await;
        match self.settle(result) {
            Ok(response) => Ok(Answer {
                status: response.status,
                data: ask.read.data(response)?,
                channel_lost: false,
            }),
            Err(Error::SecureMessaging(SecureMessagingError::Dropped { status }))
                if !self.reopen =>
            {
                Ok(Answer {
                    status,
                    data: Zeroizing::default(),
                    channel_lost: true,
                })
            }
            Err(error @ Error::Transport(kind)) => {
                if ask.beyond_end {
                    self.learned.beyond_end = Trial::Refused;
                }
                if ask.read.extended {
                    self.learned.lost_while_asking_for(ask.read.want, kind);
                }
                // The chip never saw the command: nothing but the channel is lost.
                if kind == TransportError::TooLong && ask.read.extended {
                    return Err(self.lost(error));
                }
                Err(error)
            }
            Err(other) => Err(other),
        }
    }

    /// Does with an answer what the table of deviations says.
    fn take(&mut self, ask: &Ask, answer: Answer, again: bool) -> Result<Remedy, Error> {
        let read = &ask.read;
        let symptom = Symptom {
            asked: Asked::Read {
                want: read.want,
                extended: read.extended,
                beyond_end: ask.beyond_end,
                by_untried_short_identifier: ask.untried_name,
            },
            status: answer.status,
            channel_lost: answer.channel_lost,
            got: answer.data.len(),
        };
        let refusal = if answer.channel_lost {
            SecureMessagingError::Dropped {
                status: answer.status,
            }
            .into()
        } else {
            read.refused(answer.status)
        };
        let Some(deviation) = diagnose(&symptom) else {
            return Err(refusal);
        };
        let remedy = deviation.then;
        let in_vain = match remedy {
            Remedy::AskExactly => again,
            Remedy::AskForLess => read.want <= SMALLEST_LENGTH,
            Remedy::AskForAsMuch => symptom.got < SMALLEST_BLOCK,
            _ => false,
        };
        if in_vain {
            return Err(refusal);
        }
        self.learned.apply(deviation, read.want, symptom.got);
        match remedy {
            Remedy::Take | Remedy::AskForAsMuch => self.append(ask, &answer)?,
            Remedy::AskExactly => {
                let length = usize::from(answer.status.sw2());
                self.exact_length = Some(if length == 0 { 256 } else { length });
            }
            _ if answer.channel_lost => return Err(self.lost(refusal)),
            _ => {}
        }
        Ok(remedy)
    }

    fn append(&mut self, ask: &Ask, answer: &Answer) -> Result<(), Error> {
        let read = &ask.read;
        if read.by_short_identifier {
            self.selected = Some(read.file);
            self.learned.short_identifiers = Trial::Works;
        }
        if read.extended {
            self.learned.extended_worked();
        }
        let partial = self.partials.entry(read.file).or_default();
        partial.take(read.file, &answer.data)?;
        let passed_the_end = ask.beyond_end
            && answer.data.len() < read.want
            && partial
                .total
                .is_some_and(|total| read.offset.saturating_add(read.want) > total);
        if passed_the_end {
            self.learned.beyond_end = Trial::Works;
        }
        Ok(())
    }

    /// Moves a whole file to the others; `false` where it was joined from several channels and does not fit its digest
    /// in EF.SOD.
    fn keep(&mut self, file: FileId) -> bool {
        let Some(partial) = self.partials.remove(&file) else {
            return true;
        };
        let good = !partial.joined || self.fits_digest(file, &partial.bytes) != Some(false);
        if good {
            self.files.insert(file, partial.bytes);
        }
        good
    }

    pub(super) fn fits_digest(&self, file: FileId, bytes: &[u8]) -> Option<bool> {
        let FileId::DataGroup(dg) = file else {
            return None;
        };
        let lds = SecurityObject::from_file(self.files.get(&FileId::Sod)?)
            .ok()?
            .lds;
        let digest = lds.digests.get(&dg)?;
        Some(lds.algorithm.digest(bytes) == *digest)
    }
}
