//! Ending a service from another thread, in the middle of a wait too.

use crate::link::Sleeper;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Ends [`serve`](super::serve) from another thread. Clones are one and the same handle.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<(Mutex<bool>, Condvar)>);

impl Stop {
    /// A handle that has not been used yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends every wait at once, and makes [`serve`](super::serve) return as soon as vpcd has seen the card leave, which
    /// pcscd makes it do every 400 ms; after little more than a second at the latest.
    pub fn stop(&self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.1.notify_all();
    }

    pub(super) fn is_set(&self) -> bool {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Real time, which ends early where the service ends. While it waits, it holds nothing that anybody else needs.
impl Sleeper for Stop {
    fn wait(&mut self, time: Duration, since: Instant) {
        let (stopped, changed) = &*self.0;
        let stopped = stopped.lock().unwrap_or_else(PoisonError::into_inner);
        let left = time.saturating_sub(since.elapsed());
        drop(changed.wait_timeout_while(stopped, left, |stopped| !*stopped));
    }
}
