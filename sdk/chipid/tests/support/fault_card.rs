//! The virtual card of an entry of the fault corpus.

use chipid::FileId;
use chipid::emrtd::crypto::agreement::SecretKey;
use chipid::emrtd::tlv;
use chipid_test_vectors::faults::FaultCase;
use chipid_virtual_card::{CardData, Issuer, Personaliser, Profile, drawn_portrait_of};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use toml::{Table, Value};

/// Made once for each card that the corpus describes: RSA keys take a while.
pub(crate) fn made(case: &FaultCase) -> CardData {
    static MADE: Mutex<BTreeMap<String, CardData>> = Mutex::new(BTreeMap::new());
    let description = format!("{:?}", case.card);
    if let Some(card) = MADE
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .get(&description)
    {
        return card.clone();
    }
    let card = make(case);
    MADE.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(description, card.clone());
    card
}

fn make(case: &FaultCase) -> CardData {
    let profile = profile(case);
    let mut rng = crate::support::rng();
    let issuer = Issuer::for_profile(&profile, &mut rng).expect(&case.name);
    let mut personaliser = Personaliser::new(profile).issuer(&issuer);
    if let Some(len) = case.card.portrait_len {
        personaliser = personaliser.portrait(drawn_portrait_of(len).expect(&case.name));
    }
    for (name, hex) in &case.card.files {
        let bytes = hex::decode(hex.replace(char::is_whitespace, "")).expect(name);
        personaliser = match FileId::from_name(name).expect(name) {
            FileId::DataGroup(group) => personaliser.data_group(group, bytes),
            file => personaliser.replace_after_signing(file, bytes),
        };
    }
    if !case.card.dg14_without.is_empty() || !case.card.dg14_with.is_empty() {
        // The same keys twice: DG14 as it would be, changed, then signed.
        let first = personaliser.clone().build(&mut rng).expect(&case.name);
        let key = first.chip_authentication.first().map(|key| &key.secret);
        if let Some(SecretKey::Ecdh(key)) = key {
            personaliser = personaliser.chip_authentication_key(key.clone());
        }
        if let Some(key) = &first.active_authentication {
            personaliser = personaliser.active_authentication_key(key.clone());
        }
        let changed = changed_infos(case, &first.files[&FileId::DG14]);
        personaliser = personaliser.data_group(chipid::DataGroup::SECURITY_OPTIONS, changed);
    }
    for name in &case.card.withheld {
        personaliser = personaliser.withhold(FileId::from_name(name).expect(name));
    }
    let mut card = personaliser.build(&mut rng).expect(&case.name);
    for (name, hex) in &case.card.appended {
        let file = FileId::from_name(name).expect(name);
        let more = hex::decode(hex).expect(name);
        card.files.get_mut(&file).expect(name).extend(more);
    }
    card
}

fn profile(case: &FaultCase) -> Profile {
    let base = Profile::builtin(&case.card.profile).expect(&case.name);
    let mut table = Table::try_from(base).expect("a profile is a table");
    for name in &case.card.unset {
        table.remove(name).expect(name);
    }
    merge(&mut table, &case.card.set);
    Value::Table(table)
        .try_into()
        .unwrap_or_else(|e| panic!("{}: {e}", case.name))
}

fn merge(into: &mut Table, changes: &Table) {
    for (key, value) in changes {
        match (into.get_mut(key), value) {
            (Some(Value::Table(inner)), Value::Table(changes)) => merge(inner, changes),
            _ => {
                into.insert(key.clone(), value.clone());
            }
        }
    }
}

fn changed_infos(case: &FaultCase, dg14: &[u8]) -> Vec<u8> {
    let bytes = |hex: &String| hex::decode(hex.replace(char::is_whitespace, "")).expect("hex");
    let set = tlv::outer(tlv::outer(dg14, 0x6E).expect("DG14").value, 0x31).expect("a SET");
    let without: Vec<Vec<u8>> = case.card.dg14_without.iter().map(bytes).collect();
    let mut infos: Vec<Vec<u8>> = tlv::Reader::new(set.value)
        .map(|info| info.expect("a SecurityInfo"))
        .filter(|info| {
            let oid = tlv::Reader::new(info.value)
                .read()
                .expect("an object identifier");
            !without.iter().any(|prefix| oid.value.starts_with(prefix))
        })
        .map(|info| tlv::encode(0x30, info.value))
        .collect();
    infos.extend(case.card.dg14_with.iter().map(bytes));
    tlv::encode(0x6E, &tlv::encode(0x31, &infos.concat()))
}
