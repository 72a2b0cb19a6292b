//! What is said on standard error beside the data: notes and next steps. Nothing of the holder stands in it.

use crate::lang::{HINT, Lang, NOTE, Said, Sentence};

/// Something to know.
pub(crate) fn note(sentence: impl Sentence) {
    say(NOTE.said(Lang::spoken()), &sentence.message());
}

/// The next step.
pub(crate) fn hint(sentence: impl Sentence) {
    say(HINT.said(Lang::spoken()), &sentence.message());
}

/// A page: of help, where a verb is missing; of what is about to be written.
pub(crate) fn page(text: &str) {
    eprint!("{text}");
}

/// One line, whatever the values in it hold.
pub(crate) fn say(kind: String, what: &impl Said) {
    let line = what.said(Lang::spoken()).replace(['\n', '\r'], " ");
    eprintln!("{kind}: {}", crate::output::tree::printable(&line));
}
