//! `--link`: the virtual card behind a radio link in virtual time, and the floor of the same link and chip.

use crate::lang::{self, Lang};
use chipid::emrtd::crypto::cipher::CipherAlgorithm;
use chipid::emrtd::document::AccessProtocol;
use chipid::{FileId, UnverifiedDocument};
use chipid_virtual_card::{
    BitRate, CardData, FieldLoss, FullRead, Link, LinkTimes, LinkedCard, Part, SignalType,
};
use std::time::Duration;

/// What a reading would have taken, and the least that any reading would.
pub(crate) struct Modelled {
    pub(crate) link: Link,
    pub(crate) times: LinkTimes,
    pub(crate) floor: LinkTimes,
}

impl Modelled {
    /// The reading that `card` just saw, beside the same files read by somebody who knows the chip by heart.
    pub(crate) fn of(card: &LinkedCard, document: &UnverifiedDocument) -> Self {
        let link = card.link().clone();
        let files: Vec<(FileId, usize)> = document
            .danger_unverified()
            .iter()
            .map(|(file, bytes)| (*file, bytes.len()))
            .collect();
        // PACE: MSE:Set AT, four GENERAL AUTHENTICATE and the SELECT; BAC: SELECT, challenge, authentication.
        let protocol = document.access().map(|access| access.protocol);
        let commands = match protocol {
            Some(AccessProtocol::Pace { .. }) => 6,
            Some(AccessProtocol::Bac) => 3,
            _ => 1,
        };
        let opened = protocol.and_then(AccessProtocol::cipher);
        let cipher = match card.times().of(Part::ChipAuthentication) == Default::default() {
            true => opened,
            false => chip_cipher(card.card().data()).or(opened),
        };
        let block = FullRead::largest_block(cipher, link.largest_response);
        let floor = FullRead::new(files, block).as_seen(card.exchanges(), commands, cipher);
        Self {
            times: card.times().clone(),
            floor: floor.over(&link),
            link,
        }
    }

    /// How far the reading lies above the floor, in percent.
    pub(crate) fn above_floor(&self) -> f64 {
        let floor = self.floor.cost().total().as_secs_f64();
        let total = self.times.cost().total().as_secs_f64();
        ((total / floor - 1.0) * 1000.0).round() / 10.0
    }
}

fn chip_cipher(card: &CardData) -> Option<CipherAlgorithm> {
    card.chip_authentication.first().map(|key| key.cipher)
}

/// `424`, and what is to be otherwise behind commas: `424,type=b,fsc=64`.
pub(crate) fn parse(text: &str) -> Result<Link, &'static str> {
    let usage = || Lang::spoken().of(lang::LINK_FORM);
    let mut words = text.split(',');
    let rate = words
        .next()
        .and_then(|word| word.trim().parse().ok())
        .and_then(BitRate::from_kbit);
    let mut link = Link::new(rate.ok_or_else(usage)?);
    for word in words {
        set(&mut link, word.trim()).ok_or_else(usage)?;
    }
    Ok(link)
}

fn set(link: &mut Link, word: &str) -> Option<()> {
    let (name, value) = word.split_once('=').unwrap_or((word, ""));
    let bytes = || value.parse().ok().filter(|n| (16..=65_538).contains(n));
    let milliseconds = || {
        let time = value
            .parse()
            .ok()
            .filter(|ms| (0.0..=60_000.0).contains(ms));
        time.map(|ms: f64| Duration::from_secs_f64(ms / 1000.0))
    };
    match name {
        "type" => {
            link.signal = match value {
                "a" => SignalType::A,
                "b" => SignalType::B,
                _ => return None,
            }
        }
        "cid" if value.is_empty() => link.with_cid = true,
        "fsd" => link.reader_frame = bytes().filter(|n| *n <= 4096)?,
        "fsc" => link.chip_frame = bytes().filter(|n| *n <= 4096)?,
        "response" => link.largest_response = Some(bytes()?),
        "command" => link.chip_per_command = milliseconds()?,
        "kib" => link.chip_per_kilobyte = milliseconds()?,
        "key" => link.chip_per_key_operation = milliseconds()?,
        "host" => link.host_per_command = milliseconds()?,
        "lost" => {
            let command = value.parse().ok().filter(|n| *n < 10_000)?;
            link.losses.push(FieldLoss::BeforeCommand(command));
        }
        "fwi" => link.waiting_time_integer = value.parse().ok().filter(|n| *n <= 14)?,
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_in_words() {
        assert_eq!(parse("424"), Ok(Link::new(BitRate::Kbit424)));
        let link = parse("848, type=b, fsc=64, cid, response=258, key=80, command=5.5").unwrap();
        assert_eq!((link.signal, link.chip_frame), (SignalType::B, 64));
        assert_eq!((link.with_cid, link.largest_response), (true, Some(258)));
        assert_eq!(link.chip_per_key_operation, Duration::from_millis(80));
        assert_eq!(link.chip_per_command, Duration::from_micros(5500));
        for wrong in [
            "",
            "423",
            "424,",
            "424,fsd",
            "424,fsd=5",
            "424,fwi=15",
            "424,key=-1",
            "424,cid=1",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
