//! The bar while a chip is read: on standard error, and only where that is a terminal.

use crate::lang::{self, Lang, Sentence};
use crate::talk;
use chipid::{FileId, Phase, Progress};
use indicatif::ProgressStyle;

/// Clones are one and the same bar.
#[derive(Clone)]
pub(crate) struct ProgressBar(indicatif::ProgressBar);

impl ProgressBar {
    /// A bar that begins to be seen with the first progress.
    pub(crate) fn new() -> Self {
        let bar = indicatif::ProgressBar::new(0);
        let template = "{spinner} {wide_bar} {bytes:>9}/{total_bytes:9} {msg:18}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Shows where the reading stands.
    pub(crate) fn show(&self, progress: Progress) {
        self.0.set_length(progress.bytes_known as u64);
        self.0.set_position(progress.bytes_done as u64);
        self.0.set_message(match progress.phase {
            Phase::Access => Lang::spoken().of(lang::PROGRESS_ACCESS).to_owned(),
            Phase::File(FileId::DataGroup(dg)) => dg.to_string(),
            Phase::File(file) => file.to_string().replace('_', "."),
            Phase::ChipAuthentication => "Chip Authentication".to_owned(),
            Phase::ActiveAuthentication => "Active Authentication".to_owned(),
            _ => String::new(),
        });
    }

    /// Says something beside the bar.
    pub(crate) fn note(&self, sentence: impl Sentence) {
        self.0.suspend(|| talk::note(sentence));
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

/// How many rows of a list are done.
pub(crate) struct CountBar(indicatif::ProgressBar);

impl CountBar {
    /// A bar of so many rows.
    pub(crate) fn new(rows: usize) -> Self {
        let bar = indicatif::ProgressBar::new(rows as u64);
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos:>7}/{len:7} {eta:5}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// One row more.
    pub(crate) fn one_more(&self) {
        self.0.inc(1);
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
