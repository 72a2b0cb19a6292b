//! The cards that a server has, and what became of each so far.

use chipid_virtual_card::{Behaviour, CardData, VirtualCard};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// No name of a card is longer, with what stands behind its `/`.
pub const MAX_NAME: usize = 200;
/// How many names are remembered with how often they were connected to. A member that asks for more is refused.
const MAX_OPENED: usize = 10_000;

/// A card as it lies there.
#[derive(Clone, Debug)]
pub struct Shelved {
    /// What the chip holds.
    pub data: CardData,
    /// How it departs from the honest chip.
    pub behaviour: Behaviour,
    /// At which connections the card leaves the field after so many answers: the first number is that of the first
    /// connection. Later connections last.
    pub lost_after: Vec<usize>,
    /// The card that lies there afterwards.
    pub then: Option<String>,
}

/// Cards by name. They are shared by servers, each of which counts for itself how often one was connected to.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    cards: Arc<BTreeMap<String, Shelved>>,
    opened: Arc<Mutex<BTreeMap<String, usize>>>,
}

/// A chip, and after how many answers it is gone.
#[derive(Debug)]
pub struct Session {
    /// The chip, freshly laid down.
    pub chip: VirtualCard,
    /// After how many answers it is gone.
    pub lost_after: Option<usize>,
}

impl Shelf {
    /// A shelf with these cards.
    #[must_use]
    pub fn new(cards: BTreeMap<String, Shelved>) -> Self {
        Self {
            cards: Arc::new(cards),
            opened: Arc::default(),
        }
    }

    /// The same cards, as nobody has connected to them yet.
    #[must_use]
    pub fn untouched(&self) -> Self {
        Self {
            cards: Arc::clone(&self.cards),
            opened: Arc::default(),
        }
    }

    /// A session with the card of this name, `CARD` or `CARD/ANYTHING`: what becomes of a card is remembered for the whole
    /// name, so that everybody can have one of their own. `None` where there is no such card.
    #[must_use]
    pub fn open(&self, name: &str) -> Option<Session> {
        let card = self.cards.get(name.split('/').next()?)?;
        let before = self.count(name)?;
        let lost_after = card.lost_after.get(before).copied();
        let there = match (&card.then, lost_after) {
            (Some(other), None) => self.cards.get(other)?,
            _ => card,
        };
        let chip = VirtualCard::new(there.data.clone()).with_behaviour(there.behaviour.clone());
        Some(Session { chip, lost_after })
    }

    /// How often that name was connected to before; `None` where there are too many names.
    fn count(&self, name: &str) -> Option<usize> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if opened.len() >= MAX_OPENED && !opened.contains_key(name) {
            return None;
        }
        let count = opened.entry(name.to_owned()).or_default();
        let before = *count;
        *count = before.saturating_add(1);
        Some(before)
    }
}
