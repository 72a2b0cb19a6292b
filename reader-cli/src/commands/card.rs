//! `chipid card`: virtual cards, for trying the program and for tests.

use super::Manner;
use crate::cards::{self, Card, DEMO, DEMO_PERSON};
use crate::exit::{Exit, Failure};
use crate::lang::{self, Lang, Message, Said};
use crate::system::System;
use crate::{link, output, talk};
use chipid_virtual_card::vpcd::{self, Event, ServedCard, Stop};
use chipid_virtual_card::{
    CSCA_FILE, Link, LinkedCard, RealTimeCard, VirtualCard, VirtualCardError, portrait_file,
};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(after_help = "Example:\n  chipid card new ./specimen --profile passport-p256")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Makes a card: an invented holder, test keys, a test issuer of its own
    #[command(after_help = "Example:\n  chipid card new ./specimen --profile passport-p256")]
    New {
        /// Where to; the folder must not exist, or be empty
        dir: PathBuf,
        /// What kind of document (`chipid card list`)
        #[arg(long, value_name = "NAME", default_value = cards::DEMO_PROFILE)]
        profile: String,
        /// The portrait, JPEG or PNG, made as small as a chip's [default: a drawing]
        #[arg(long, value_name = "IMAGE")]
        portrait: Option<PathBuf>,
    },
    /// Lists the bundled cards with what opens them; makes those that are not there yet
    #[command(after_help = "Example:\n  chipid card list --json")]
    List,
    /// Serves a card to pcscd through vpcd, for test machines only; ends with Ctrl-C
    #[command(
        after_help = "Example, with pcscd and vsmartcard-vpcd running:\n  chipid card run demo --vpcd 127.0.0.1:35963\n  chipid card run demo --link 424\n\nIn another terminal: chipid verify --reader \"Virtual PCD 00 00\" --can …"
    )]
    Run {
        /// A bundled card, or the folder of one
        #[arg(value_name = "NAME|DIR")]
        card: String,
        /// Where vpcd listens, on this machine
        #[arg(long, value_name = "HOST:PORT", default_value_t = vpcd::DEFAULT_ADDRESS)]
        vpcd: SocketAddr,
        /// Lets every answer take the time that a radio link of 106, 212, 424 or 848 kbit/s is modelled to take: what a
        /// person would wait
        #[arg(long, value_name = "RATE[,…]", value_parser = link::parse)]
        link: Option<Link>,
    },
}

/// Whose photograph the card `demo` carries, and that nothing else of it is his.
pub(crate) fn notice(lang: Lang) -> String {
    lang::CARD_PHOTOGRAPH.with([&DEMO_PERSON]).said(lang)
}

impl Arguments {
    pub(crate) fn run(self, manner: Manner) -> Result<Exit, Failure> {
        match self.what {
            What::New {
                dir,
                profile,
                portrait,
            } => new(dir, &profile, portrait.as_deref(), manner),
            What::List => list(manner),
            What::Run { card, vpcd, link } => run(&card, vpcd, link),
        }
    }
}

fn new(
    folder: PathBuf,
    profile: &str,
    portrait: Option<&Path>,
    manner: Manner,
) -> Result<Exit, Failure> {
    let taken = folder
        .read_dir()
        .is_ok_and(|mut entries| entries.next().is_some());
    if taken || folder.is_file() {
        return Err(Failure::new(
            lang::FOLDER_IS_THERE.with([&folder.display()]),
            lang::GIVE_NEW_FOLDER,
        ));
    }
    let data = match portrait {
        Some(image) => cards::portrayed(profile, image)?,
        None => cards::drawn(profile)?,
    };
    data.save(&folder)?;
    let card = Card {
        name: folder.display().to_string(),
        folder,
        data,
    };
    if manner.json {
        output::print_json(&as_json(&card))?;
    } else {
        output::print(&format!(
            "{}\n{}\n",
            as_line(&card),
            manner.lang.of(lang::CARD_NOTICE)
        ))?;
    }
    Ok(Exit::Done)
}

fn list(manner: Manner) -> Result<Exit, Failure> {
    let mut cards = Vec::new();
    for name in cards::names() {
        match cards::bundled(name) {
            Ok(card) => cards.push(card),
            // Its photograph is fetched; the others need nothing.
            Err(failure) if name == DEMO => failure.tell(),
            Err(failure) => return Err(failure),
        }
    }
    if manner.json {
        output::print_json(&cards.iter().map(as_json).collect())?;
        return Ok(Exit::Done);
    }
    let lines: Vec<String> = cards.iter().map(as_line).collect();
    let mut out = format!(
        "{}\n\n{}\n",
        lines.join("\n"),
        manner.lang.of(lang::CARD_NOTICE)
    );
    if cards.iter().any(|card| card.name == DEMO) {
        out += &notice(manner.lang);
    }
    output::print(&out)?;
    Ok(Exit::Done)
}

fn as_json(card: &Card) -> Value {
    json!({
        "name": card.name,
        "profile": card.data.profile,
        "can": card.data.passwords.can,
        "mrz": card.data.mrz,
        "number": card.data.number,
        "qr": card.data.qr,
        "csca": card.folder.join(CSCA_FILE),
        "portrait": portrait_file(&card.folder),
    })
}

fn as_line(card: &Card) -> String {
    let opens = match &card.data.passwords.can {
        Some(can) => format!("CAN {can}"),
        None => "MRZ".to_owned(),
    };
    format!(
        "{:18} {:18} {opens:11} {}",
        card.name,
        card.data.profile,
        card.folder.display()
    )
}

fn run(name: &str, address: SocketAddr, link: Option<Link>) -> Result<Exit, Failure> {
    let card = cards::find(name)?;
    let stop = Stop::new();
    let handle = stop.clone();
    ctrlc::set_handler(move || handle.stop())
        .map_err(|e| Failure::new(lang::NO_CTRL_C.with([&e]), lang::ANOTHER_TERMINAL))?;
    talk::note(lang::VPCD_IS_OPEN);
    let chip = VirtualCard::new(card.data);
    match link {
        None => serve(&mut { chip }, &card.name, address, &stop, None).0,
        Some(link) => {
            let waits = lang::VPCD_WAITS.with([&link.bit_rate.kbit()]);
            let mut slow = RealTimeCard::new(LinkedCard::new(chip, link), stop.clone());
            let (served, connected) = serve(&mut slow, &card.name, address, &stop, Some(waits));
            let (commands, time) = (slow.card().times().commands(), slow.card().now());
            if connected {
                talk::note(lang::VPCD_WAITED.with([&commands, &time.as_millis()]));
            }
            served
        }
    }
}

/// Until it is stopped; and whether vpcd was ever reached. `first`: what is said once it is.
fn serve(
    card: &mut impl ServedCard,
    name: &str,
    address: SocketAddr,
    stop: &Stop,
    mut first: Option<Message>,
) -> (Result<Exit, Failure>, bool) {
    let mut connected = false;
    let result = vpcd::serve_with(card, address, stop, |event| match event {
        Event::Connected => {
            connected = true;
            if let Some(note) = first.take() {
                talk::note(note);
            }
            talk::note(lang::VPCD_CONNECTED.with([&name]));
        }
        Event::Disconnected => talk::note(lang::VPCD_DISCONNECTED),
        _ => {}
    });
    let served = match result {
        Ok(()) => Ok(Exit::Done),
        Err(error @ VirtualCardError::Io { .. }) => {
            let silent = match System::here() {
                System::Unix => lang::VPCD_SILENT,
                System::Windows | System::Mac => lang::VPCD_SILENT_ELSEWHERE,
            };
            Err(Failure::from(error).with_hint(silent.with([&address])))
        }
        Err(error) => Err(error.into()),
    };
    (served, connected)
}
