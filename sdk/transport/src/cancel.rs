//! A way to stop a reading from another thread: a button, Ctrl-C, a closed window.

use chipid_emrtd::card_transport::{CardTransport, TransportError, TransportLimits};
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Shared between the thread that works and the one that may stop it. Clones mean the same token; once cancelled it stays so.
///
/// It ends a wait for a card at once and a reading before its next APDU. It does not undo an APDU under way:
/// the chip may still act on it.
#[derive(Clone, Default)]
pub struct Cancel {
    shared: Arc<Shared>,
}

impl Cancel {
    /// A token that nobody has cancelled.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether [`Cancel::cancel`] was called.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.shared.cancelled.load(Ordering::SeqCst)
    }

    /// Stops whatever works under this token. Returns when the waits for a card have ended, after two seconds at most.
    pub fn cancel(&self) {
        self.shared.cancelled.store(true, Ordering::SeqCst);
        let give_up = Instant::now() + Duration::from_secs(2);
        // SCardCancel ends only a wait that has already begun, and nothing tells when it has: ask until the waiter is gone.
        while !self.ask_all() && Instant::now() < give_up {
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// `Err(Cancelled)` once cancelled.
    ///
    /// # Errors
    /// [`TransportError::Cancelled`].
    pub fn check(&self) -> Result<(), TransportError> {
        if self.is_cancelled() {
            Err(TransportError::Cancelled)
        } else {
            Ok(())
        }
    }

    /// Sleeps, until cancelled.
    ///
    /// # Errors
    /// [`TransportError::Cancelled`].
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code))]
    pub(crate) fn pause(&self, time: Duration) -> Result<(), TransportError> {
        let bell = Arc::new((Mutex::new(false), Condvar::new()));
        let rung = Arc::clone(&bell);
        let _registration = self.on_cancel(move || {
            *rung.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
            rung.1.notify_all();
            true
        });
        self.check()?;
        let sleeper = bell.0.lock().unwrap_or_else(PoisonError::into_inner);
        drop(bell.1.wait_timeout_while(sleeper, time, |rung| !*rung));
        self.check()
    }

    /// Has `stop` called upon cancellation, again and again until it returns `true` or the registration is dropped.
    /// A registration made after the cancellation is never called: look at [`Cancel::is_cancelled`] after registering.
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code))]
    pub(crate) fn on_cancel(
        &self,
        stop: impl Fn() -> bool + Send + Sync + 'static,
    ) -> Registration {
        let id = self.shared.next.fetch_add(1, Ordering::Relaxed);
        self.stops().push((id, Arc::new(stop)));
        Registration {
            cancel: self.clone(),
            id,
        }
    }

    /// Calls every registered stop once; `true` if none wants to be called again.
    fn ask_all(&self) -> bool {
        // The lock is not held while calling: a stop may end a wait whose thread then drops its registration.
        let stops: Vec<Stop> = self.stops().iter().map(|(_, stop)| stop.clone()).collect();
        stops.iter().filter(|stop| !stop()).count() == 0
    }

    fn stops(&self) -> std::sync::MutexGuard<'_, Vec<(u64, Stop)>> {
        self.shared
            .stops
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Cancel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cancel")
            .field("cancelled", &self.is_cancelled())
            .finish()
    }
}

type Stop = Arc<dyn Fn() -> bool + Send + Sync>;

#[derive(Default)]
struct Shared {
    cancelled: AtomicBool,
    next: AtomicU64,
    stops: Mutex<Vec<(u64, Stop)>>,
}

/// Keeps a stop registered until dropped.
#[cfg_attr(not(feature = "pcsc"), allow(dead_code))]
pub(crate) struct Registration {
    cancel: Cancel,
    id: u64,
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.cancel.stops().retain(|(id, _)| *id != self.id);
    }
}

/// Any transport, stopped before its next APDU once a token is cancelled.
#[derive(Debug)]
pub struct Cancellable<T> {
    inner: T,
    cancel: Cancel,
}

impl<T> Cancellable<T> {
    /// `inner`, under the token `cancel`.
    pub fn new(inner: T, cancel: &Cancel) -> Self {
        Self {
            inner,
            cancel: cancel.clone(),
        }
    }

    /// The transport beneath.
    pub fn into_inner(self) -> T {
        self.inner
    }
}

impl<T: CardTransport> CardTransport for Cancellable<T> {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        self.cancel.check()?;
        self.inner.transmit(command).await
    }

    fn limits(&self) -> TransportLimits {
        self.inner.limits()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::Callback;
    use chipid_emrtd::drivers::block;

    #[test]
    fn cancelled_token_stops_the_next_apdu_and_not_the_last() {
        let cancel = Cancel::new();
        let mut sent = 0;
        let mut card = Cancellable::new(
            Callback::new(|_: &[u8]| {
                sent += 1;
                Ok(vec![0x90, 0x00])
            }),
            &cancel.clone(),
        );
        assert_eq!(block(card.transmit(&[0; 4])), Ok(Ok(vec![0x90, 0x00])));
        cancel.cancel();
        assert_eq!(
            block(card.transmit(&[0; 4])),
            Ok(Err(TransportError::Cancelled))
        );
        drop(card);
        assert_eq!(sent, 1);
    }

    #[test]
    fn a_stop_is_repeated_until_it_is_done() {
        let cancel = Cancel::new();
        let asked = Arc::new(AtomicU64::new(0));
        let counter = asked.clone();
        let _kept = cancel.on_cancel(move || counter.fetch_add(1, Ordering::SeqCst) == 3);
        cancel.cancel();
        assert_eq!(asked.load(Ordering::SeqCst), 4);
    }

    #[test]
    fn a_pause_ends_when_cancelled() {
        let cancel = Cancel::new();
        assert_eq!(cancel.pause(Duration::from_millis(5)), Ok(()));
        let sleeper = {
            let cancel = cancel.clone();
            thread::spawn(move || cancel.pause(Duration::from_secs(60)))
        };
        cancel.cancel();
        assert_eq!(sleeper.join().unwrap(), Err(TransportError::Cancelled));
    }

    #[test]
    fn a_dropped_registration_is_not_called() {
        let cancel = Cancel::new();
        let asked = Arc::new(AtomicBool::new(false));
        let flag = asked.clone();
        drop(cancel.on_cancel(move || {
            flag.store(true, Ordering::SeqCst);
            true
        }));
        cancel.cancel();
        assert!(!asked.load(Ordering::SeqCst));
    }
}
