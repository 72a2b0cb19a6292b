//! Cards and their issuers, from what the list says of them.

use super::recipes::{CardRecipe, Replacement};
use super::{Card, Workshop, rng, shown, unknown};
use crate::error::Error;
use crate::shelf::Shelved;
use chipid::emrtd::crypto::agreement::SecretKey;
use chipid::emrtd::tlv;
use chipid::{AccessKey, DataGroup, Date, FileId, Reading, files};
use chipid_test_vectors::faults::{self, CardChange, FaultCase};
use chipid_virtual_card::{
    Behaviour, CardData, Issuer, Personaliser, Profile, Validity, VirtualCard, VirtualCardError,
    drawn_portrait_of,
};
use serde_json::{Map, Value};
use std::fs;
use std::sync::Arc;
use toml::Table;

impl Workshop {
    /// The card of that name, made when it is first asked for.
    pub(super) fn card(&self, name: &str) -> Result<Arc<Card>, Error> {
        if let Some(card) = self.made().cards.get(name) {
            return Ok(Arc::clone(card));
        }
        let card = Arc::new(self.make(name)?);
        self.made().cards.insert(name.to_owned(), Arc::clone(&card));
        Ok(card)
    }

    /// What a case can say of a card.
    pub(super) fn attribute(&self, name: &str, attribute: &str) -> Result<String, Error> {
        let card = self.card(name)?;
        let data = &card.shelved.data;
        let missing = || unknown("attribute", &format!("{name}.{attribute}"));
        let text = match attribute {
            "can" => data.passwords.can.clone(),
            "pin" => data.passwords.pin.clone(),
            "puk" => data.passwords.puk.clone(),
            "mrz" => Some(data.mrz.clone()),
            "number" => data.number.clone(),
            "qr" => data.qr.clone(),
            "document" => document(&data.passwords.mrz_information),
            "number_and_days" => number_and_days(&card.profile),
            "csca" => return self.kept(&format!("{name}.csca.der"), &data.csca),
            "portrait" => {
                let portrait = data.portrait.as_ref().ok_or_else(missing)?;
                return self.kept(&format!("{name}.portrait.jpg"), portrait);
            }
            "folder" => return self.saved(name, &card),
            _ => None,
        };
        text.ok_or_else(missing)
    }

    /// The issuer of that name: one of the list's, or `test-PROFILE`, the marked one of a profile.
    pub(super) fn issuer(&self, name: &str) -> Result<Arc<Issuer>, Error> {
        if let Some(issuer) = self.made().issuers.get(name) {
            return Ok(Arc::clone(issuer));
        }
        let card = |why| Error::Card {
            name: name.to_owned(),
            why,
        };
        let issuer = match self.list.issuers.get(name) {
            None => {
                let profile = name
                    .strip_prefix("test-")
                    .ok_or_else(|| unknown("issuer", name))?;
                let profile = Profile::builtin(profile).map_err(card)?;
                Issuer::for_profile(&profile, &mut rng()).map_err(card)?
            }
            Some(recipe) => {
                let profile = Profile::builtin(&recipe.profile).map_err(card)?;
                let around = match &recipe.around {
                    None => profile.holder.issued,
                    Some(text) => day(text)?,
                };
                let validity = Validity::around(around);
                let algorithms = profile.algorithms;
                let country = &profile.country;
                let mut issuer =
                    Issuer::new(country, algorithms, validity, recipe.marked, &mut rng())
                        .map_err(card)?;
                if let Some(country) = &recipe.signer_of {
                    issuer = issuer.with_signer_of(country, &mut rng()).map_err(card)?;
                }
                if let Some(signs) = &recipe.signs {
                    let signs: Vec<&str> = signs.iter().map(String::as_str).collect();
                    issuer = issuer
                        .with_signer(validity, &signs, &mut rng())
                        .map_err(card)?;
                }
                issuer
            }
        };
        let issuer = Arc::new(issuer);
        let mut made = self.made();
        made.issuers.insert(name.to_owned(), Arc::clone(&issuer));
        Ok(issuer)
    }

    fn make(&self, name: &str) -> Result<Card, Error> {
        let recipe = self.recipe(name)?;
        let trouble = |why| Error::Card {
            name: name.to_owned(),
            why,
        };
        let fault = recipe.fault.as_deref().map(faults::load);
        let change = fault
            .as_ref()
            .map_or_else(CardChange::default, |f| f.card.clone());
        let profile = profile(&recipe, &change).ok_or_else(|| unknown("profile of", name))?;
        let issuer = match &recipe.issuer {
            Some(issuer) => self.issuer(issuer)?,
            // A change of the profile may change its algorithms: such a card has an issuer of its own.
            None if change.set.contains_key("algorithms")
                || recipe.set.contains_key("algorithms") =>
            {
                Arc::new(Issuer::for_profile(&profile, &mut rng()).map_err(trouble)?)
            }
            None => {
                let built_in = recipe.profile.as_deref().unwrap_or(&change.profile);
                self.issuer(&format!("test-{built_in}"))?
            }
        };
        let mut personaliser = Personaliser::new(profile.clone()).issuer(&issuer);
        for portrait in &recipe.portraits {
            let path = self.goods(portrait)?;
            let bytes = fs::read(&path).map_err(|e| Error::io(&path, &e))?;
            personaliser = personaliser.portrait(bytes);
        }
        if let Some(len) = change.portrait_len {
            personaliser = personaliser.portrait(drawn_portrait_of(len).map_err(trouble)?);
        }
        if let Some(expires) = &recipe.expires {
            personaliser = personaliser.expires(day(expires)?);
        }
        for number in &recipe.without {
            let group = DataGroup::new(*number).ok_or_else(|| unknown("data group", name))?;
            personaliser = personaliser.without(group);
        }
        for (file, bytes) in change.files.iter().chain(&recipe.files) {
            let bytes = from_hex(bytes)?;
            personaliser = match file_id(file)? {
                FileId::DataGroup(group) => personaliser.data_group(group, bytes),
                file => personaliser.replace_after_signing(file, bytes),
            };
        }
        for file in change.withheld.iter().chain(&recipe.withheld) {
            personaliser = personaliser.withhold(file_id(file)?);
        }
        personaliser = self.with_active_key(personaliser, &profile);
        if !change.dg14_without.is_empty() || !change.dg14_with.is_empty() {
            personaliser = with_changed_dg14(personaliser, &change).map_err(trouble)?;
        }
        let mut data = personaliser.build(&mut rng()).map_err(trouble)?;
        self.keep_active_key(&profile, &data);
        for (file, bytes) in &change.appended {
            let bytes = from_hex(bytes)?;
            data.files.entry(file_id(file)?).or_default().extend(bytes);
        }
        for (file, replacement) in &recipe.replaced {
            let id = file_id(file)?;
            let before = data.files.get(&id).cloned().unwrap_or_default();
            let bytes = match replacement {
                Replacement::Of(other) => self
                    .card(other)?
                    .shelved
                    .data
                    .files
                    .get(&id)
                    .cloned()
                    .unwrap_or_default(),
                change => changed(before, change)?,
            };
            data.files.insert(id, bytes);
        }
        let behaviour = match &fault {
            Some(fault) if !fault.behaviours.is_empty() => {
                fault_behaviour(fault, recipe.fault_behaviour)?
            }
            _ => recipe.behaviour,
        };
        Ok(Card {
            profile,
            shelved: Shelved {
                data,
                behaviour,
                lost_after: recipe.lost_after,
                then: recipe.then,
            },
        })
    }

    /// What the list says of a card, and of the card that it is like, and so on.
    fn recipe(&self, name: &str) -> Result<CardRecipe, Error> {
        let mut whole = Map::new();
        let mut next = Some(name.to_owned());
        // A card that is like itself would never end.
        for _ in 0..8 {
            let Some(name) = next.take() else { break };
            let recipe = self
                .list
                .cards
                .get(&name)
                .ok_or_else(|| unknown("card", &name))?;
            for (key, value) in recipe {
                match (key.as_str(), value) {
                    ("like", Value::String(other)) => next = Some(other.clone()),
                    _ if whole.contains_key(key) => {}
                    _ => {
                        whole.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        serde_json::from_value(Value::Object(whole)).map_err(|e| Error::Goods {
            name: name.to_owned(),
            why: e.to_string(),
        })
    }

    fn with_active_key<'a>(
        &self,
        personaliser: Personaliser<'a>,
        profile: &Profile,
    ) -> Personaliser<'a> {
        let key = format!("{:?}", profile.active_authentication);
        match self.made().active_keys.get(&key) {
            Some(key) => personaliser.active_authentication_key(key.clone()),
            None => personaliser,
        }
    }

    fn keep_active_key(&self, profile: &Profile, data: &CardData) {
        if let Some(key) = &data.active_authentication {
            let kind = format!("{:?}", profile.active_authentication);
            self.made()
                .active_keys
                .entry(kind)
                .or_insert_with(|| key.clone());
        }
    }

    /// The folder of a document that was read from the card and saved.
    fn saved(&self, name: &str, card: &Card) -> Result<String, Error> {
        let kept = format!("{name}.document");
        if let Some(folder) = self.made().goods.get(&kept) {
            return Ok(shown(folder));
        }
        let folder = self.folder.join(&kept);
        if folder.exists() {
            // Of an earlier run, whose keys were others.
            fs::remove_dir_all(&folder).map_err(|e| Error::io(&folder, &e))?;
        }
        let data = &card.shelved.data;
        let key = match &data.passwords.can {
            Some(can) => AccessKey::can(can),
            None => AccessKey::mrz(&data.mrz),
        };
        let reading = |error: chipid::Error| Error::Reading { code: error.code() };
        let key = key.map_err(|e| reading(e.into()))?;
        let mut chip =
            VirtualCard::new(data.clone()).with_behaviour(card.shelved.behaviour.clone());
        let read = chipid::block(Reading::with(key).run(&mut chip));
        let document = match read {
            Ok(document) => document.map_err(reading)?,
            Err(_) => return Err(unknown("reading of", name)),
        };
        let raw = document.danger_unverified();
        files::save(&folder, raw, document.active_authentication()).map_err(reading)?;
        let text = shown(&folder);
        self.made().goods.insert(kept, folder);
        Ok(text)
    }

    /// A file of that name with these bytes.
    pub(super) fn kept(&self, name: &str, bytes: &[u8]) -> Result<String, Error> {
        let path = self.folder.join(name);
        fs::write(&path, bytes).map_err(|e| Error::io(&path, &e))?;
        Ok(shown(&path))
    }
}

/// Bytes with a change.
pub(super) fn changed(mut bytes: Vec<u8>, change: &Replacement) -> Result<Vec<u8>, Error> {
    match change {
        Replacement::Hex(hex) => return from_hex(hex),
        Replacement::Cut(len) => bytes.truncate(*len),
        Replacement::Flipped(at) => {
            let from_end = usize::try_from(at.unsigned_abs()).unwrap_or(usize::MAX);
            let at = match at {
                0.. => Some(from_end),
                _ => bytes.len().checked_sub(from_end),
            };
            let byte = at.and_then(|at| bytes.get_mut(at));
            *byte.ok_or_else(|| unknown("byte", &from_end.to_string()))? ^= 0x01;
        }
        Replacement::Of(other) => return Err(unknown("card for bytes", other)),
    }
    Ok(bytes)
}

fn profile(recipe: &CardRecipe, change: &CardChange) -> Option<Profile> {
    let base = Profile::builtin(recipe.profile.as_deref().unwrap_or(&change.profile)).ok()?;
    let mut table = Table::try_from(base).ok()?;
    for name in change.unset.iter().chain(&recipe.unset) {
        table.remove(name);
    }
    merge(&mut table, &change.set);
    merge(&mut table, &Table::try_from(&recipe.set).ok()?);
    toml::Value::Table(table).try_into().ok()
}

fn merge(into: &mut Table, changes: &Table) {
    for (key, value) in changes {
        match (into.get_mut(key), value) {
            (Some(toml::Value::Table(inner)), toml::Value::Table(changes)) => merge(inner, changes),
            _ => {
                into.insert(key.clone(), value.clone());
            }
        }
    }
}

fn fault_behaviour(fault: &FaultCase, number: usize) -> Result<Behaviour, Error> {
    let missing = || unknown("behaviour of", &fault.name);
    let table = fault.behaviours.get(number).ok_or_else(missing)?;
    table.clone().try_into().map_err(|_| missing())
}

/// DG14 as it would be, changed, then signed: the same keys twice.
fn with_changed_dg14<'a>(
    mut personaliser: Personaliser<'a>,
    change: &CardChange,
) -> Result<Personaliser<'a>, VirtualCardError> {
    let first = personaliser.clone().build(&mut rng())?;
    if let Some(SecretKey::Ecdh(key)) = first.chip_authentication.first().map(|key| &key.secret) {
        personaliser = personaliser.chip_authentication_key(key.clone());
    }
    if let Some(key) = &first.active_authentication {
        personaliser = personaliser.active_authentication_key(key.clone());
    }
    let dg14 = first
        .files
        .get(&FileId::DG14)
        .map_or(&[][..], Vec::as_slice);
    let infos = infos(dg14, change).ok_or(VirtualCardError::ProfileInvalid { entry: "dg14" })?;
    let file = tlv::encode(0x6E, &tlv::encode(0x31, &infos.concat()));
    Ok(personaliser.data_group(DataGroup::SECURITY_OPTIONS, file))
}

fn infos(dg14: &[u8], change: &CardChange) -> Option<Vec<Vec<u8>>> {
    let all = |texts: &[String]| -> Option<Vec<Vec<u8>>> {
        texts.iter().map(|hex| from_hex(hex).ok()).collect()
    };
    let (without, with) = (all(&change.dg14_without)?, all(&change.dg14_with)?);
    let set = tlv::outer(tlv::outer(dg14, 0x6E).ok()?.value, 0x31).ok()?;
    let mut infos = Vec::new();
    for info in tlv::Reader::new(set.value) {
        let info = info.ok()?;
        let oid = tlv::Reader::new(info.value).read().ok()?;
        if !without.iter().any(|prefix| oid.value.starts_with(prefix)) {
            infos.push(tlv::encode(0x30, info.value));
        }
    }
    infos.extend(with);
    Some(infos)
}

/// Number, birth and expiry out of what opens the chip: nine, six and six characters, each with its check digit.
fn document(mrz_information: &str) -> Option<String> {
    let number = mrz_information.get(..9)?.trim_end_matches('<');
    let (birth, expiry) = (mrz_information.get(10..16)?, mrz_information.get(17..23)?);
    Some(format!("{number},{birth},{expiry}"))
}

fn number_and_days(profile: &Profile) -> Option<String> {
    let holder = &profile.holder;
    let number = holder.personal_number.as_deref()?;
    let [birth, issued] = [holder.birth, holder.issued].map(|day| day.to_string().replace('-', ""));
    Some(format!("{number},{birth},{issued}"))
}

fn file_id(name: &str) -> Result<FileId, Error> {
    FileId::from_name(name).ok_or_else(|| unknown("file", name))
}

pub(super) fn from_hex(text: &str) -> Result<Vec<u8>, Error> {
    hex::decode(text.replace(char::is_whitespace, "")).map_err(|_| unknown("byte in", text))
}

fn day(text: &str) -> Result<Date, Error> {
    let mut parts = text.split('-');
    let mut part = || parts.next()?.parse::<u16>().ok();
    let small = |number: u16| u8::try_from(number).ok();
    (|| Date::new(part()?, small(part()?)?, small(part()?)?))().ok_or_else(|| unknown("day", text))
}
