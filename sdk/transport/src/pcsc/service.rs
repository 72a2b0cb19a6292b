//! Whether the smart card service is there, and when it is looked for again.

use std::time::Duration;

/// A service that is away gives nothing to wait on: it is looked for after this long, then after twice as long, …
const FIRST_SEARCH: Duration = Duration::from_millis(100);
/// … up to this long.
const LATER_SEARCHES: Duration = Duration::from_secs(2);

/// The service, by what leads to it.
pub(super) enum Service<C> {
    /// Nobody asked yet.
    Unasked,
    /// It answered.
    There(C),
    /// Away, which was told. It is looked for after this long.
    Away(Duration),
}

/// When it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failed {
    /// At the first question.
    AtFirst,
    /// After it had answered.
    InUse,
    /// As it did before: nothing new.
    Again,
}

impl<C: Clone> Service<C> {
    /// How long to wait before it is asked.
    pub(super) fn search(&self) -> Option<Duration> {
        match self {
            Self::Away(search) => Some(*search),
            Self::Unasked | Self::There(_) => None,
        }
    }

    /// What leads to it; one that never answered is looked for.
    pub(super) fn reached<E>(&self, establish: impl FnOnce() -> Result<C, E>) -> Result<C, E> {
        match self {
            Self::There(context) => Ok(context.clone()),
            Self::Unasked | Self::Away(_) => establish(),
        }
    }

    /// It answered questions too, not the door alone.
    pub(super) fn worked(&mut self, context: &C) {
        if !matches!(self, Self::There(_)) {
            *self = Self::There(context.clone());
        }
    }

    /// It did not answer.
    pub(super) fn failed(&mut self) -> Failed {
        let (search, failed) = match self {
            Self::Away(search) => ((*search * 2).min(LATER_SEARCHES), Failed::Again),
            Self::Unasked => (FIRST_SEARCH, Failed::AtFirst),
            Self::There(_) => (FIRST_SEARCH, Failed::InUse),
        };
        *self = Self::Away(search);
        failed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A look at a service whose door opens, and which answers as `answers` says.
    fn look(service: &mut Service<u8>, answers: bool) -> Option<Failed> {
        let reached = service.reached(|| Ok::<u8, ()>(7)).unwrap();
        match answers {
            true => service.worked(&reached),
            false => return Some(service.failed()),
        }
        None
    }

    #[test]
    fn service_that_opens_and_never_answers_is_told_once_and_asked_less_and_less() {
        let mut service = Service::Unasked;
        assert_eq!(look(&mut service, false), Some(Failed::AtFirst));
        let mut waits = Vec::new();
        for _ in 0..7 {
            waits.push(service.search().unwrap().as_millis());
            assert_eq!(look(&mut service, false), Some(Failed::Again));
        }
        assert_eq!(waits, [100, 200, 400, 800, 1600, 2000, 2000]);
        // It is back, and goes once more: that is news.
        assert_eq!(look(&mut service, true), None);
        assert_eq!(service.search(), None);
        assert_eq!(look(&mut service, true), None);
        assert_eq!(look(&mut service, false), Some(Failed::InUse));
        assert_eq!(service.search(), Some(FIRST_SEARCH));
    }

    #[test]
    fn service_that_answered_is_not_looked_for() {
        let mut service = Service::Unasked;
        assert_eq!(look(&mut service, true), None);
        let again = service.reached(|| -> Result<u8, ()> { panic!("it is there") });
        assert_eq!(again, Ok(7));
    }
}
