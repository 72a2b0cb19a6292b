//! A reading that is watched, for a report of it: also one that ends early.

use super::session::Watched;
use super::{ReadingArguments, own_key, reader};
use crate::exit::Failure;
use crate::key::Keys;
use crate::{cards, lang};
use chipid::CardTransport;
use chipid::field_report::ReaderReport;
use chipid_virtual_card::{LinkedCard, VirtualCard};

/// What a reading came to, and what carried it.
pub(crate) struct Observed {
    pub(crate) watched: Watched,
    pub(crate) reader: ReaderReport,
}

impl ReadingArguments {
    /// Reads a card while it is watched. `historical_bytes`: whether the report is to hold those of the ATR.
    pub(crate) fn observe(&self, historical_bytes: bool) -> Result<Observed, Failure> {
        let keys = self.key.read()?;
        if self.source.files.is_some() {
            return Err(Failure::new(lang::NO_REPORT_OF_FILES, lang::GIVE_CARD));
        }
        if let Some(name) = &self.source.card {
            return self.observe_virtual(cards::find(name)?, keys);
        }
        let keys = keys.ok_or_else(|| Failure::new(lang::NO_KEY, lang::GIVE_KEY))?;
        let name = self.source.reader.as_deref();
        let mut readers = reader::Readers::new(name, self.wait, self.speed_up)?;
        let (report, card) = readers.introduced(historical_bytes);
        let session = self.session(keys, &[]);
        let watched = match card {
            Ok(mut card) => {
                session.observe(&mut card, |card| Ok(card.again(|| readers.connect())?))
            }
            Err(error) => session.not_begun(error),
        };
        readers.over();
        Ok(Observed {
            watched,
            reader: report,
        })
    }

    fn observe_virtual(&self, card: cards::Card, keys: Option<Keys>) -> Result<Observed, Failure> {
        let keys = match keys {
            Some(keys) => keys,
            None => own_key(&card.data)?,
        };
        let mut chip = VirtualCard::new(card.data);
        let session = self.session(keys, &[]);
        let mut reader = ReaderReport::of("virtual_card", chip.limits());
        let watched = match &self.link {
            None => session.observe(&mut chip, |_| Ok(())),
            Some(link) => {
                let mut linked = LinkedCard::new(chip, link.clone());
                reader = ReaderReport::of("virtual_card", linked.limits());
                reader.bit_rate = Some(link.bit_rate.kbit());
                reader.modelled = true;
                session.observe(&mut linked, |_| Ok(()))
            }
        };
        Ok(Observed { watched, reader })
    }
}
