//! Makes what cases name: authorities, cards, files, folders, pictures. Everything is made when it is first asked for, with
//! fresh keys, and lies in one folder that is deleted at the end.

mod cards;
mod goods;
mod pictures;
pub mod recipes;

use crate::blocks::Block;
use crate::cases::List;
use crate::error::Error;
use crate::shelf::{Shelf, Shelved};
use chipid_virtual_card::{ActiveAuthenticationKey, Behaviour, CardData, Issuer, Profile};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// Makes what cases name.
#[derive(Debug)]
pub struct Workshop {
    list: List,
    folder: PathBuf,
    models: PathBuf,
    made: Mutex<Made>,
}

#[derive(Debug, Default)]
struct Made {
    issuers: BTreeMap<String, Arc<Issuer>>,
    cards: BTreeMap<String, Arc<Card>>,
    /// Keys of Active Authentication by algorithm: making one for RSA takes a second.
    active_keys: BTreeMap<String, ActiveAuthenticationKey>,
    goods: BTreeMap<String, PathBuf>,
}

/// A card, and what it was made from.
#[derive(Debug)]
struct Card {
    profile: Profile,
    shelved: Shelved,
}

impl Workshop {
    /// A workshop for a list, which puts what it makes into `folder` (made where it is missing) and finds models and
    /// photographs in `models`.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn new(list: List, folder: &Path, models: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder).map_err(|e| Error::io(folder, &e))?;
        let folder = folder.canonicalize().map_err(|e| Error::io(folder, &e))?;
        Ok(Self {
            list,
            folder,
            models: models.to_path_buf(),
            made: Mutex::default(),
        })
    }

    /// The list.
    #[must_use]
    pub const fn list(&self) -> &List {
        &self.list
    }

    /// The time of the check of cases that do not say otherwise.
    #[must_use]
    pub const fn at(&self) -> i64 {
        self.list.at
    }

    /// All cards that the list describes, made.
    ///
    /// # Errors
    /// [`Error::Card`], [`Error::Unknown`]. Cards with photographs are left out where there are none.
    pub fn shelf(&self) -> Result<Shelf, Error> {
        self.shelved(self.list.cards.keys().cloned().collect())
    }

    /// The cards that these cases read.
    ///
    /// # Errors
    /// As [`shelf`](Self::shelf).
    pub fn shelf_for(&self, cases: &[Block]) -> Result<Shelf, Error> {
        let of = |case: &Block| Some(case.first("card")?.split('/').next()?.to_owned());
        self.shelved(cases.iter().filter_map(of).collect())
    }

    fn shelved(&self, mut wanted: BTreeSet<String>) -> Result<Shelf, Error> {
        let mut cards = BTreeMap::new();
        while let Some(name) = wanted.pop_first() {
            if cards.contains_key(&name) {
                continue;
            }
            match self.card(&name) {
                Ok(card) => {
                    wanted.extend(card.shelved.then.clone());
                    cards.insert(name, card.shelved.clone());
                }
                Err(Error::NoModels) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Shelf::new(cards))
    }

    /// What a card holds, and how it departs from the honest chip.
    ///
    /// # Errors
    /// As [`shelf`](Self::shelf).
    pub fn chip(&self, name: &str) -> Result<(CardData, Behaviour), Error> {
        let shelved = &self.card(name)?.shelved;
        Ok((shelved.data.clone(), shelved.behaviour.clone()))
    }

    /// A text with its placeholders replaced: `{CARD.can}`, `{CARD.folder}`, `{goods.NAME}`, `{vectors}`, `{models}`,
    /// `{now-60}`. `{{` stands for a brace.
    ///
    /// # Errors
    /// [`Error::Unknown`], and the errors of making what is named.
    pub fn resolved(&self, text: &str) -> Result<String, Error> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            out.push_str(before);
            rest = if let Some(literal) = behind.strip_prefix('{') {
                out.push('{');
                literal
            } else {
                let (name, behind) = behind
                    .split_once('}')
                    .ok_or_else(|| unknown("placeholder", behind))?;
                out.push_str(&self.placeholder(name)?);
                behind
            };
        }
        out.push_str(rest);
        Ok(out)
    }

    fn placeholder(&self, name: &str) -> Result<String, Error> {
        if let Some(offset) = name.strip_prefix("now") {
            let offset: i64 = match offset {
                "" => 0,
                number => number.parse().map_err(|_| unknown("time", name))?,
            };
            return Ok((now() + offset).to_string());
        }
        Ok(match name.split_once('.') {
            None if name == "vectors" => shown(&chipid_test_vectors::path("")),
            None if name == "models" => self.models_folder()?,
            None => return Err(unknown("placeholder", name)),
            Some(("goods", name)) => shown(&self.goods(name)?),
            Some(("photo", name)) => shown(&self.photograph(name)?),
            Some((card, attribute)) => self.attribute(card, attribute)?,
        })
    }

    fn models_folder(&self) -> Result<String, Error> {
        let there =
            |file: &chipid::face_engine::models::ModelFile| self.models.join(file.file).is_file();
        if chipid::Models::REQUIRED.iter().all(there) {
            Ok(shown(&self.models))
        } else {
            Err(Error::NoModels)
        }
    }

    fn photograph(&self, name: &str) -> Result<PathBuf, Error> {
        let path = self.models.join(name);
        path.is_file().then_some(path).ok_or(Error::NoModels)
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

fn unknown(kind: &'static str, name: &str) -> Error {
    Error::Unknown {
        kind,
        name: name.to_owned(),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}
