//! The place where an answer of the worker thread is put down and fetched: by a thread that waits or a task that awaits.
//!
//! The channels of the standard library wake a thread or nothing; this one also wakes a task, a canceller, and
//! tells the worker when nobody wants the answer any more.

use crate::cancel::{Cancel, Registration};
use chipid_emrtd::card_transport::TransportError;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Instant;

/// A promise of one answer and the hand that waits for it.
pub(super) fn promise<T: Send + 'static>(cancel: &Cancel) -> (Promise<T>, Awaited<T>) {
    let slot = Arc::new(Slot::default());
    let registration = {
        let slot = slot.clone();
        cancel.on_cancel(move || {
            slot.finish(Err(TransportError::Cancelled));
            true
        })
    };
    if cancel.is_cancelled() {
        slot.finish(Err(TransportError::Cancelled));
    }
    let promise = Promise { slot: slot.clone() };
    let awaited = Awaited {
        slot,
        _registration: registration,
    };
    (promise, awaited)
}

/// The worker's side. Dropped without an answer (the worker ended), it answers [`TransportError::Failed`].
pub(super) struct Promise<T> {
    slot: Arc<Slot<T>>,
}

impl<T> Promise<T> {
    /// Whether anybody still waits.
    pub(super) fn wanted(&self) -> bool {
        let state = self.slot.lock();
        !state.abandoned && state.answer.is_none()
    }

    pub(super) fn keep(self, answer: Result<T, TransportError>) {
        self.slot.finish(answer);
    }
}

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        self.slot.finish(Err(TransportError::Failed));
    }
}

/// The caller's side. Dropped, it tells the worker that nobody waits.
pub(super) struct Awaited<T> {
    slot: Arc<Slot<T>>,
    _registration: Registration,
}

impl<T> Awaited<T> {
    /// Waits on this thread, until `deadline` if there is one.
    pub(super) fn wait(self, deadline: Option<Instant>) -> Result<T, TransportError> {
        let mut state = self.slot.lock();
        loop {
            if let Some(answer) = state.answer.take() {
                return answer;
            }
            state = match deadline {
                None => self
                    .slot
                    .ready
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return Err(TransportError::Timeout);
                    }
                    self.slot
                        .ready
                        .wait_timeout(state, left)
                        .unwrap_or_else(PoisonError::into_inner)
                        .0
                }
            };
        }
    }

    /// Asks from a task, which is woken when there is an answer.
    pub(super) fn poll(&self, context: &Context<'_>) -> Poll<Result<T, TransportError>> {
        let mut state = self.slot.lock();
        match state.answer.take() {
            Some(answer) => Poll::Ready(answer),
            None => {
                state.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl<T> Drop for Awaited<T> {
    fn drop(&mut self) {
        self.slot.lock().abandoned = true;
    }
}

struct Slot<T> {
    state: Mutex<State<T>>,
    ready: Condvar,
}

struct State<T> {
    answer: Option<Result<T, TransportError>>,
    answered: bool,
    waker: Option<Waker>,
    abandoned: bool,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        let state = State {
            answer: None,
            answered: false,
            waker: None,
            abandoned: false,
        };
        Self {
            state: Mutex::new(state),
            ready: Condvar::new(),
        }
    }
}

impl<T> Slot<T> {
    /// The first answer stands.
    fn finish(&self, answer: Result<T, TransportError>) {
        let waker = {
            let mut state = self.lock();
            if state.answered {
                return;
            }
            state.answered = true;
            state.answer = Some(answer);
            state.waker.take()
        };
        self.ready.notify_all();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;
    use std::time::Duration;

    #[test]
    fn answer_of_another_thread_arrives() {
        let (promise, awaited) = promise(&Cancel::new());
        let worker = thread::spawn(move || promise.keep(Ok(7)));
        assert_eq!(awaited.wait(None), Ok(7));
        worker.join().unwrap();
    }

    #[test]
    fn worker_that_ends_without_an_answer_is_a_failure() {
        let (promise, awaited) = promise::<u8>(&Cancel::new());
        drop(promise);
        assert_eq!(awaited.wait(None), Err(TransportError::Failed));
    }

    #[test]
    fn deadline_and_cancel_end_the_wait() {
        let (_late, awaited) = promise::<u8>(&Cancel::new());
        let deadline = Instant::now() + Duration::from_millis(10);
        assert_eq!(awaited.wait(Some(deadline)), Err(TransportError::Timeout));

        let cancel = Cancel::new();
        let (_late, awaited) = promise::<u8>(&cancel);
        let canceller = thread::spawn(move || cancel.cancel());
        assert_eq!(awaited.wait(None), Err(TransportError::Cancelled));
        canceller.join().unwrap();
    }

    #[test]
    fn nothing_is_wanted_after_cancel_or_drop() {
        let cancel = Cancel::new();
        let (first, awaited) = promise::<u8>(&cancel);
        assert!(first.wanted());
        drop(awaited);
        assert!(!first.wanted());
        let (second, _awaited) = promise::<u8>(&cancel);
        cancel.cancel();
        assert!(!second.wanted());
        let (third, awaited) = promise::<u8>(&cancel);
        assert!(!third.wanted());
        assert_eq!(awaited.wait(None), Err(TransportError::Cancelled));
    }
}
