//! Where a document comes from: a reader, a virtual card, saved files. And what reading it brought.

pub(crate) mod observed;
#[cfg_attr(feature = "pcsc", path = "source/reader.rs")]
#[cfg_attr(not(feature = "pcsc"), path = "source/no_reader.rs")]
pub(crate) mod reader;
mod session;

use crate::cards;
use crate::exit::Failure;
use crate::key::{Beside, GivenKey, KeyArguments, KeySource, Keys};
use crate::lang::{self, Said, Sentence};
use crate::link::{self, Modelled};
use crate::talk;
use chipid::emrtd::document::Files;
use chipid::transport::counting::Counters;
use chipid::{AccessKey, DataGroup, ReadingTimes, UnverifiedDocument, files};
use chipid_virtual_card::{CardData, Link, LinkedCard, VirtualCard};
use clap::Args;
use session::{Broken, Laid, Session};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// SOURCE
#[derive(Args, Clone, Debug, Default)]
#[group(id = "source", multiple = false)]
#[command(next_help_heading = "Source")]
pub(crate) struct SourceArguments {
    /// A reader, by its name or a part of it [default: the first reader with a card]
    #[arg(long, value_name = "NAME")]
    reader: Option<String>,
    /// A virtual card in process: a bundled one (`chipid card list`), or a folder
    #[arg(long, value_name = "NAME|DIR")]
    card: Option<String>,
    /// Files that `read --out` saved
    #[arg(long, value_name = "DIR")]
    files: Option<PathBuf>,
}

impl SourceArguments {
    /// A source in one word: `reader`, `reader:NAME`, `card:NAME|DIR`, `files:DIR`.
    pub(crate) fn named(text: &str) -> Option<Self> {
        let mut source = Self::default();
        match text.split_once(':') {
            None if text == "reader" => {}
            Some(("reader", name)) => source.reader = Some(name.to_owned()),
            Some(("card", name)) => source.card = Some(name.to_owned()),
            Some(("files", folder)) => source.files = Some(PathBuf::from(folder)),
            _ => return None,
        }
        Some(source)
    }

    /// Whether both are one reader, on which one card lies after the other.
    pub(crate) fn is_same_reader(&self, other: &Self) -> bool {
        let readers = |s: &Self| s.card.is_none() && s.files.is_none();
        readers(self) && readers(other) && self.reader == other.reader
    }

    /// Waits until the card is taken off the reader.
    pub(crate) fn wait_until_empty(&self) -> Result<(), Failure> {
        reader::Readers::new(self.reader.as_deref(), WAIT, false)?.wait_until_empty()
    }
}

/// How long a card is waited for, in seconds, where nobody says.
const WAIT: u64 = 30;
/// How often a reading goes on by itself, where nobody says.
const RESUMES: u8 = 5;

/// What is read, and where it is kept.
#[derive(Args, Debug)]
pub(crate) struct ReadingArguments {
    #[command(flatten)]
    source: SourceArguments,
    #[command(flatten)]
    key: KeyArguments,
    /// How long to wait for a card on the reader
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = WAIT,
        help_heading = "Source"
    )]
    wait: u64,
    /// Puts the virtual card behind a radio link of 106, 212, 424 or 848 kbit/s, and tells what the reading would take
    #[arg(
        long,
        value_name = "RATE[,…]",
        requires = "card",
        value_parser = link::parse,
        help_heading = "Source"
    )]
    link: Option<Link>,
    /// How often the reading goes on by itself after the card moved
    #[arg(
        long,
        value_name = "TIMES",
        default_value_t = RESUMES,
        help_heading = "Source"
    )]
    resumes: u8,
    /// Raises the bit rate between reader and card, where a public document says how; never tried on a real reader
    #[arg(long, conflicts_with_all = ["card", "files"], help_heading = "Source")]
    speed_up: bool,
    /// Also reads EF.ATR/INFO and EF.DIR, what the card says of itself
    #[arg(long, help_heading = "Source")]
    card_files: bool,
    /// The challenge of Active Authentication, 16 hexadecimal digits, where a server chose it; with --files, the one that it chose
    #[arg(long, value_name = "HEX", value_parser = challenge, help_heading = "Source")]
    challenge: Option<[u8; 8]>,
}

fn challenge(text: &str) -> Result<[u8; 8], String> {
    hex::decode(text)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| lang::CHALLENGE_DIGITS.said(lang::Lang::spoken()))
}

/// Where what was read is kept.
#[derive(Args, Debug)]
pub(crate) struct KeepArguments {
    /// Saves each file as its raw bytes, and the portrait as an image
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    pub(crate) out: Option<PathBuf>,
}

/// A document, unverified, and how it was had.
pub(crate) struct Document {
    pub(crate) unverified: UnverifiedDocument,
    /// What came with the key.
    pub(crate) beside: Beside,
    /// What was typed beside it.
    pub(crate) typed: Option<chipid::ClerkInput>,
    /// What the key was made of; `None` where none was given or needed.
    pub(crate) key: Option<GivenKey>,
    /// What crossed the transport; `None` for saved files.
    pub(crate) traffic: Option<Counters>,
    /// `None` for saved files.
    pub(crate) times: Option<ReadingTimes>,
    /// Where a virtual card was read behind a link.
    pub(crate) link: Option<Modelled>,
}

impl ReadingArguments {
    /// A plain reading of this card.
    pub(crate) const fn of(source: SourceArguments, key: KeyArguments) -> Self {
        Self {
            source,
            key,
            wait: WAIT,
            link: None,
            resumes: RESUMES,
            speed_up: false,
            card_files: false,
            challenge: None,
        }
    }

    /// Reads the document. `only`: these data groups; empty for all. `out`: the folder to keep it in.
    pub(crate) fn run(&self, only: &[DataGroup], out: Option<&Path>) -> Result<Document, Failure> {
        let document = self.obtain(only, out)?;
        if let Some(folder) = out {
            keep(folder, &document)?;
        }
        Ok(document)
    }

    fn obtain(&self, only: &[DataGroup], out: Option<&Path>) -> Result<Document, Failure> {
        let keys = self.key.read()?;
        if let Some(folder) = &self.source.files {
            let (key, beside) = keys.map(|k| (k.given, k.beside)).unzip();
            let saved = files::load(folder)?;
            return Ok(Document {
                unverified: match self.challenge {
                    Some(challenge) => saved.challenged_with(challenge),
                    None => saved,
                },
                typed: None,
                beside: beside.unwrap_or_default(),
                key,
                traffic: None,
                times: None,
                link: None,
            });
        }
        if let Some(name) = &self.source.card {
            let card = cards::find(name)?;
            let keys = match keys {
                Some(keys) => keys,
                None => own_key(&card.data)?,
            };
            let mut chip = VirtualCard::new(card.data);
            let session = self.session(keys, only);
            let Some(link) = &self.link else {
                return kept(session.read(&mut chip, |_| Ok(())), out);
            };
            // A field that was lost is back at the next command.
            let mut linked = LinkedCard::new(chip, link.clone());
            let mut document = kept(session.read(&mut linked, |_| Ok(())), out)?;
            document.link = Some(Modelled::of(&linked, &document.unverified));
            return Ok(document);
        }
        let keys = keys.ok_or_else(|| Failure::new(lang::NO_KEY, lang::GIVE_KEY))?;
        let name = self.source.reader.as_deref();
        let mut readers = reader::Readers::new(name, self.wait, self.speed_up)?;
        let mut card = Laid(Some(readers.connect()?));
        let document = self
            .session(keys, only)
            .read(&mut card, |card| Ok(card.again(|| readers.connect())?));
        readers.over();
        kept(document, out)
    }

    fn session(&self, keys: Keys, only: &[DataGroup]) -> Session {
        Session::new(keys, self.resumes, |mut reading| {
            if !only.is_empty() {
                reading = reading.only(only);
            }
            if self.card_files {
                reading = reading.with_card_files();
            }
            if let Some(challenge) = self.challenge {
                reading = reading.challenge(challenge);
            }
            reading
        })
    }
}

/// What was read before the trouble is kept where files were asked for.
fn kept(read: Result<Document, Broken>, out: Option<&Path>) -> Result<Document, Failure> {
    read.map_err(|broken| {
        if let (Some(folder), false) = (out, broken.partial.is_empty()) {
            let kept =
                make_private(folder).and_then(|()| Ok(files::save(folder, &broken.partial, None)?));
            match kept {
                Ok(()) => talk::note(lang::PARTLY_KEPT.with([&folder.display()])),
                Err(failure) => failure.tell(),
            }
        }
        broken.failure
    })
}

/// A virtual card, read with its own key.
pub(crate) fn read_virtual(card: cards::Card) -> Result<Document, Failure> {
    let keys = own_key(&card.data)?;
    Session::new(keys, 0, |reading| reading)
        .read(&mut VirtualCard::new(card.data), |_| Ok(()))
        .map_err(|broken| broken.failure)
}

/// The virtual card's own key, which is no secret.
fn own_key(card: &CardData) -> Result<Keys, Failure> {
    let (key, source, told) = match &card.passwords.can {
        Some(can) => (
            AccessKey::can(can),
            KeySource::Password,
            lang::OWN_CAN.with([can]),
        ),
        None => (
            AccessKey::mrz(&card.mrz),
            KeySource::Mrz,
            lang::OWN_MRZ.message(),
        ),
    };
    talk::note(told);
    let key = key.map_err(chipid::Error::from)?;
    Ok(Keys::of(source, key))
}

/// Saves the raw files and the portrait, for their owner's eyes alone.
fn keep(folder: &Path, document: &Document) -> Result<(), Failure> {
    make_private(folder)?;
    let unverified = &document.unverified;
    let raw = unverified.danger_unverified();
    files::save(folder, raw, unverified.active_authentication())?;
    for (name, image) in pictures(raw) {
        files::write_private(&folder.join(name), &image)?;
    }
    talk::note(lang::SAVED_IN.with([&folder.display()]));
    Ok(())
}

/// The pictures of DG2, DG5 and DG7, the first of each, under the names of files.
fn pictures(raw: &Files) -> Vec<(String, Zeroizing<Vec<u8>>)> {
    use chipid::emrtd::lds::{dg2, dg5, dg7};
    let group = |group: DataGroup| raw.get(&group.into());
    let mut pictures = Vec::new();
    let face = group(DataGroup::FACE).and_then(|bytes| dg2::parse(bytes).ok());
    if let Some(image) = face.and_then(|faces| faces.images.into_iter().next()) {
        let name = format!("portrait.{}", image.format.extension());
        pictures.push((name, image.data));
    }
    let displayed = [
        (
            "displayed-portrait",
            group(DataGroup::DISPLAYED_PORTRAIT).map(|b| dg5::parse(b)),
        ),
        (
            "signature",
            group(DataGroup::DISPLAYED_SIGNATURE).map(|b| dg7::parse(b)),
        ),
    ];
    for (name, found) in displayed {
        let images = found.and_then(Result::ok).unwrap_or_default().images;
        if let Some(image) = images.into_iter().next() {
            let name = format!("{name}.{}", image.format.extension());
            pictures.push((name, image.data));
        }
    }
    pictures
}

pub(crate) fn make_private(folder: &Path) -> Result<(), Failure> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|e| Failure::of_file(folder, &e, lang::GIVE_OUT_FOLDER))
}
