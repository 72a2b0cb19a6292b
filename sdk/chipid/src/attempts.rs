//! How often faces were compared in a session: what the caller says of it, and what was compared here, added.

use crate::face::same_images;
use std::time::Duration;

/// How often this person's face was compared in this session, and how old the session is.
///
/// Said before the first comparison of an [`Assessment`](crate::Assessment), `made` has that one in it already, and every further
/// one is added here to both numbers. Said later, it speaks of what was compared until then, the last one included. Numbers
/// only grow, whatever is said again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    /// Comparisons in this session, this one included: the last that was made here or, where none was, the first that will be.
    pub made: u32,
    /// Those before it that did not match.
    pub failed_before: u32,
    /// Since the session began.
    pub session_age: Duration,
}

impl Default for Attempts {
    fn default() -> Self {
        Self {
            made: 1,
            failed_before: 0,
            session_age: Duration::ZERO,
        }
    }
}

/// Who compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparing {
    BuiltIn,
    Vendor,
}

/// The count of a session, as far as it is known here. Nothing lowers it.
#[derive(Debug, Default)]
pub(crate) struct AttemptCount {
    made: u32,
    failed_before: u32,
    session_age: Duration,
    /// `made` has one in it that is still to come.
    announced: bool,
    last: Option<Moment>,
}

/// Live images that were compared, by one engine or by both.
#[derive(Debug)]
struct Moment {
    images: Vec<[u8; 32]>,
    built_in: bool,
    vendor: bool,
}

impl AttemptCount {
    pub(crate) const fn attempts(&self) -> Attempts {
        Attempts {
            made: if self.made == 0 { 1 } else { self.made },
            failed_before: self.failed_before,
            session_age: self.session_age,
        }
    }

    /// One moment that both engines judge is one attempt. Whoever compares again was not content with what there was.
    pub(crate) fn compared(&mut self, by: Comparing, images: &[[u8; 32]]) {
        if let Some(moment) = &mut self.last {
            if moment.is_judged_too(by, images) {
                return;
            }
            self.failed_before = self.failed_before.saturating_add(1);
        }
        if !std::mem::take(&mut self.announced) {
            self.made = self.made.saturating_add(1);
        }
        self.last = Some(Moment {
            images: images.to_vec(),
            built_in: by == Comparing::BuiltIn,
            vendor: by == Comparing::Vendor,
        });
    }

    pub(crate) fn said(&mut self, said: Attempts) {
        self.made = self.made.max(said.made);
        self.failed_before = self.failed_before.max(said.failed_before);
        self.session_age = self.session_age.max(said.session_age);
        self.announced = self.last.is_none() && self.made > 0;
    }
}

impl Moment {
    /// Whether it is these images, which this engine had not judged yet. Now it has.
    fn is_judged_too(&mut self, by: Comparing, images: &[[u8; 32]]) -> bool {
        let judged = match by {
            Comparing::BuiltIn => &mut self.built_in,
            Comparing::Vendor => &mut self.vendor,
        };
        if *judged || images.is_empty() || !same_images(&self.images, images) {
            return false;
        }
        *judged = true;
        true
    }
}
