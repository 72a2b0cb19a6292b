//! Says whether a card could be read on this machine now, and if not, why, and the one thing that mends it.
//!
//! ```
//! use chipid_doctor::{Machine, Program, Weight, examine};
//!
//! let program = Program { asks_readers: true, ..Program::default() };
//! let report = examine(&Machine::below("/mnt/counter-7", program));
//! assert!(!report.card_readable);
//! if let Some(first) = report.first() {
//!     // `docs/reference/symptoms.md` has cause and mend in words.
//!     let mend = first.command.as_deref().unwrap_or("a click");
//!     assert!(!first.code.name().is_empty() && !mend.is_empty());
//! }
//! ```
//!
//! It asks the machine and changes nothing on it: files (sysfs, `/proc`, drivers' lists), what PC/SC answers, the
//! registry of Windows; no program is started. With a card on a reader it selects EF.CardAccess and the application of a
//! travel document, without a key: nothing of the holder is readable then. The card is reset afterwards, and a program that is
//! connected to it outside of a transaction notices: nobody else should be at a reading.
//!
//! A [`Machine`] may be made up: a root folder with those files and a scripted [`CardService`]. The tests do so for every
//! row of `hardware/symptoms.toml` that a program can see ([`Code`]); the others are [`UNSEEN`], each with its reason.
//!
//! Files and devices are taken for hostile: regular files alone are read, never more than a limit, links stay within the
//! root, and every call to PC/SC has a deadline.
#![cfg_attr(
    not(test),
    warn(
        clippy::indexing_slicing,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::unreachable
    )
)]

mod code;
mod files;
mod machine;
pub mod pcsc;
mod plist;
mod probes;
mod report;
mod scene;
mod settings;
mod words;

pub use chipid_emrtd::card_transport::{TransportError, TransportLimits};
pub use chipid_transport::reader_profile::System;
pub use code::{Aspect, Code, Weight, What};
pub use files::Files;
pub use machine::{Deadlines, Machine, Models, Program, Settings, Trust, UNSEEN};
pub use pcsc::CardService;
pub use report::{Fact, Finding, Look, Report, State};

/// Looks at a machine. Every call to PC/SC has a deadline ([`Deadlines`]): it takes a second where all is well, and not more than
/// some 50 seconds where service, reader and card each answer at the last moment.
#[must_use]
pub fn examine(machine: &Machine) -> Report {
    probes::report(&scene::Scene::of(machine))
}

/// The parsers of foreign bytes, for fuzzing.
#[doc(hidden)]
pub mod fuzzing {
    /// How many ids a driver's `Info.plist` binds.
    #[must_use]
    pub fn driver_list(text: &str) -> usize {
        crate::scene::entries(text).len()
    }

    /// A value of a property list in either form.
    #[must_use]
    pub fn setting(bytes: &[u8], key: &str) -> Option<String> {
        crate::plist::value(bytes, key)
    }
}
