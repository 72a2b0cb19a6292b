//! A machine, real or made up: files below a root, what PC/SC answers, a few settings, and what the program knows.

use crate::files::Files;
use crate::pcsc::CardService;
use chipid_transport::reader_profile::System;
use std::sync::Arc;
use std::time::Duration;

/// Everything that the doctor asks.
#[non_exhaustive]
pub struct Machine {
    /// The kind of system.
    pub system: System,
    /// Its files.
    pub files: Files,
    /// Its readers; `None` where nobody can ask (a program without PC/SC, the image of another machine).
    pub service: Option<Arc<dyn CardService>>,
    /// Its registry and environment.
    pub settings: Box<dyn Settings>,
    /// What the program knows of itself.
    pub program: Program,
    /// How long to wait for what.
    pub deadlines: Deadlines,
}

impl Machine {
    /// This machine.
    #[must_use]
    pub fn this(program: Program) -> Self {
        Self {
            system: System::here(),
            files: Files::of_this_machine(),
            service: this_service(),
            settings: crate::settings::of_this_machine(),
            program,
            deadlines: Deadlines::default(),
        }
    }

    /// A machine whose files lie below `root`: nothing else of it is asked.
    #[must_use]
    pub fn below(root: impl Into<std::path::PathBuf>, program: Program) -> Self {
        Self {
            system: System::Linux,
            files: Files::below(root),
            service: None,
            settings: Box::new(NoSettings),
            program,
            deadlines: Deadlines::default(),
        }
    }
}

#[cfg(feature = "pcsc")]
#[expect(clippy::unnecessary_wraps, reason = "without PC/SC there is none")]
fn this_service() -> Option<Arc<dyn CardService>> {
    Some(Arc::new(crate::pcsc::ThisMachine))
}

#[cfg(not(feature = "pcsc"))]
fn this_service() -> Option<Arc<dyn CardService>> {
    None
}

/// A registry and an environment. Values are told as text, numbers in decimal.
pub trait Settings: Send + Sync {
    /// A value of the machine's registry (`HKEY_LOCAL_MACHINE`).
    fn registry(&self, key: &str, name: &str) -> Option<String>;
    /// A variable of the environment.
    fn variable(&self, name: &str) -> Option<String>;
}

/// No registry, no environment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NoSettings;

impl Settings for NoSettings {
    fn registry(&self, _key: &str, _name: &str) -> Option<String> {
        None
    }

    fn variable(&self, _name: &str) -> Option<String> {
        None
    }
}

/// What the program knows and no machine tells: it is given in plain values, since models, trust and clock live above.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// It was built with PC/SC.
    pub asks_readers: bool,
    /// The clock of this machine, seconds since 1970.
    pub now: i64,
    /// No clock that is right shows less: the day of the program's release.
    pub released: i64,
    /// The face models; `None` where the program has none to do with.
    pub models: Option<Models>,
    /// The trust store; `None` where none was given.
    pub trust: Option<Trust>,
}

/// The face models of a folder, against their manifest.
#[derive(Clone, Debug, Default)]
pub struct Models {
    /// Where they lie.
    pub folder: String,
    /// Files that are as they should be.
    pub present: usize,
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files with another digest.
    pub changed: Vec<String>,
}

/// A trust store.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Certificates that anchor something.
    pub anchors: usize,
    /// When the newest master list or revocation list was made, seconds since 1970.
    pub newest_list: Option<i64>,
    /// When the newest certificate begins, seconds since 1970.
    pub newest_certificate: Option<i64>,
    /// Revocation lists whose next update is due.
    pub overdue: usize,
}

/// How long the doctor waits; what takes longer is silent.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Deadlines {
    /// For the list of readers. A service that is started by the question has to find its readers first.
    pub readers: Duration,
    /// For connecting to a card.
    pub connect: Duration,
    /// For everything that is asked of a card.
    pub card: Duration,
    /// For a reader on USB to appear in PC/SC.
    pub settle: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            readers: Duration::from_secs(10),
            connect: Duration::from_secs(8),
            card: Duration::from_secs(20),
            settle: Duration::from_secs(2),
        }
    }
}

/// Codes that no doctor of a machine can see, and why: the other rows of `hardware/symptoms.toml`.
pub const UNSEEN: &[(&str, &str)] = &[
    (
        "key_refused",
        "arises inside a reading with a key, which the doctor does not have: the reading ends in error 2002 or 2006",
    ),
    (
        "block_length_refused",
        "arises in the midst of a file behind the key: the reading learns another length, and goes on",
    ),
    (
        "channel_lost",
        "arises in a secure channel, behind the key: the reading opens another, and goes on",
    ),
    (
        "presence_check_disturbs",
        "happens between a phone and the chip",
    ),
    (
        "phone_never_detects",
        "iOS tells nobody before it has detected the document",
    ),
];
