//! Another invented person whose data have the same structure: as many fields, each of the same class of length.

use chipid::DataGroup;
use chipid_virtual_card::{CardData, Holder, Issuer, Personaliser, Profile, drawn_portrait_of};
use getrandom::rand_core::{TryCryptoRng, TryRng};
use std::convert::Infallible;
use toml::Value;

/// The same numbers on every run: how long a signature's encoding is depends on them.
pub(crate) struct Counted(pub(crate) u64);

impl TryRng for Counted {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.try_next_u64()? >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        Ok(mixed ^ mixed >> 31)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let next = self.try_next_u64()?.to_be_bytes();
            chunk.copy_from_slice(&next[..chunk.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for Counted {}

/// A card of the profile for its own holder, and one for somebody else: keys, portrait, texts and lengths differ.
pub(crate) fn two_cards(name: &str, shared: &CardData) -> [CardData; 2] {
    let mut rng = Counted(7);
    let profile = Profile::builtin(name).expect(name);
    let issuer = Issuer::for_profile(&profile, &mut rng).expect(name);
    let other = somebody_else(&profile.holder);
    let portraits = [20_200, 19_700].map(|len| drawn_portrait_of(len).expect("a portrait"));
    let [own, another] = portraits;
    [(profile.holder.clone(), own), (other, another)].map(|(holder, portrait)| {
        let mut personaliser = Personaliser::new(profile.clone())
            .issuer(&issuer)
            .holder(holder)
            .portrait(portrait);
        // Making an RSA key takes a second: all cards but one share theirs.
        let vietnamese = Profile::builtin("vn-2021").expect("a profile");
        if name != "vn-2021" && profile.active_authentication == vietnamese.active_authentication {
            let key = shared.active_authentication.clone().expect("a key");
            personaliser = personaliser.active_authentication_key(key);
        }
        personaliser.build(&mut rng).expect(name)
    })
}

/// Every text and number changed, each within its class of length.
fn somebody_else(holder: &Holder) -> Holder {
    let mut value = Value::try_from(holder).expect("a holder");
    change(&mut value, "");
    value.try_into().expect("another holder")
}

fn change(value: &mut Value, key: &str) {
    match value {
        Value::Table(table) => table.iter_mut().for_each(|(key, value)| change(value, key)),
        Value::Array(items) => items.iter_mut().for_each(|item| change(item, key)),
        Value::String(text) => *text = changed(text, key),
        _ => {}
    }
}

fn changed(text: &str, key: &str) -> String {
    match key {
        "nationality" => text.to_owned(),
        "sex" => if text == "M" { "F" } else { "M" }.to_owned(),
        // Another day of the same month, in whatever form.
        "birth" | "issued" | "expiry" => {
            let (month, day) = text.split_at(text.len() - 2);
            let day: u8 = day.parse().expect("a day");
            format!("{month}{:02}", if day > 9 { day - 8 } else { day + 8 })
        }
        // Of these not even the class of length is told.
        "ethnicity" | "religion" => text.chars().map(turned).collect::<String>() + " and more",
        "recorded" | "personalised" => format!("{}11{}", &text[..6], &text[8..]),
        _ => {
            let turned: String = text.chars().map(turned).collect();
            let is_text = text.chars().any(char::is_alphabetic) && !text.contains('<');
            let longer = text.len() + 1;
            let same_class = [8, 16, 32, 64].iter().all(|most| longer != most + 1);
            // Names of the zone and texts of DG13 of another length.
            if is_text
                && same_class
                && text.len() > 8
                && key != "document_number"
                && key != "chip_serial"
            {
                return turned + "a".to_uppercase().as_str();
            }
            turned
        }
    }
}

fn turned(c: char) -> char {
    let shift = |from: char, count: u8, by: u8| {
        let at = (c as u8 - from as u8 + by) % count;
        char::from(from as u8 + at)
    };
    match c {
        '0'..='9' => shift('0', 10, 3),
        'A'..='Z' => shift('A', 26, 7),
        'a'..='z' => shift('a', 26, 7),
        other => other,
    }
}

/// Whether the card has a face to look for.
pub(crate) fn has_face(card: &CardData) -> bool {
    card.files.contains_key(&DataGroup::FACE.into())
}
