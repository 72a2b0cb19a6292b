//! Where an object of JavaScript keeps its value: shared by calls that only read it, or taken out by the one that changes it.

use crate::edge::Trouble;
use chipid::Misuse;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread;

/// How many values objects of JavaScript have, closed objects and calls under way included: for tests, which count leaks and do not guess them.
pub(crate) fn values() -> i64 {
    VALUES.load(Ordering::SeqCst)
}

static VALUES: AtomicI64 = AtomicI64::new(0);

/// A value that is counted for as long as it lives.
pub(crate) struct Counted<T>(T);

impl<T> Counted<T> {
    fn new(value: T) -> Self {
        VALUES.fetch_add(1, Ordering::SeqCst);
        Self(value)
    }
}

impl<T> Drop for Counted<T> {
    fn drop(&mut self) {
        VALUES.fetch_sub(1, Ordering::SeqCst);
    }
}

impl<T> Deref for Counted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Counted<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// A value that nobody changes, until it is closed.
pub(crate) struct Shared<T>(Mutex<Option<Arc<Counted<T>>>>);

impl<T> Shared<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Mutex::new(Some(Arc::new(Counted::new(value)))))
    }

    /// The value, for as long as a call lasts: closing lets it go when the last call has ended.
    pub(crate) fn value(&self) -> Result<Arc<Counted<T>>, Trouble> {
        let value = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        value.clone().ok_or_else(|| Misuse::ForeignHandle.into())
    }

    pub(crate) fn close(&self) {
        drop(self.emptied());
    }

    fn emptied(&self) -> Option<Arc<Counted<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl<T: Send + Sync + 'static> Shared<T> {
    /// As [`close`](Self::close), for what takes its time to go.
    pub(crate) fn close_elsewhere(&self) {
        if let Some(value) = self.emptied() {
            elsewhere(value);
        }
    }
}

/// A value that one call at a time has to itself.
pub(crate) struct Alone<T>(Arc<Mutex<Place<T>>>);

enum Place<T> {
    Here(Counted<T>),
    Taken,
    /// A panic left it half changed.
    Broken,
    Closed,
}

impl<T> Alone<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Arc::new(Mutex::new(Place::Here(Counted::new(value)))))
    }

    /// Takes the value out; it goes back when the guard is dropped, on whatever thread that is.
    pub(crate) fn take(&self) -> Result<Taken<T>, Trouble> {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match std::mem::replace(&mut *place, Place::Taken) {
            Place::Here(value) => Ok(Taken {
                value: Some(value),
                home: Arc::clone(&self.0),
            }),
            other => {
                let trouble = match other {
                    Place::Broken => Trouble::BROKEN,
                    Place::Closed => Misuse::ForeignHandle.into(),
                    Place::Here(_) | Place::Taken => Misuse::Busy.into(),
                };
                *place = other;
                Err(trouble)
            }
        }
    }

    /// Wipes the value now, or when the call that has it ends.
    pub(crate) fn close(&self) {
        drop(self.emptied());
    }

    fn emptied(&self) -> Place<T> {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *place, Place::Closed)
    }
}

impl<T: Send + 'static> Alone<T> {
    /// As [`close`](Self::close), for what takes its time to be wiped.
    pub(crate) fn close_elsewhere(&self) {
        if let Place::Here(value) = self.emptied() {
            elsewhere(value);
        }
    }
}

/// Lets go of a value on a thread that does nothing else: wiping a photograph of twelve megapixels takes twenty milliseconds, and
/// a collection of garbage may end a hundred of them.
fn elsewhere<T: Send + 'static>(value: T) {
    static GOING: LazyLock<Option<Sender<Box<dyn Send>>>> = LazyLock::new(|| {
        let (going, gone) = channel();
        let thread = thread::Builder::new().spawn(move || gone.into_iter().for_each(drop));
        thread.ok().map(|_| going)
    });
    // Without the thread it goes here.
    match &*GOING {
        Some(going) => drop(going.send(Box::new(value))),
        None => drop(value),
    }
}

/// A value on its way, and where it belongs.
pub(crate) struct Taken<T> {
    value: Option<Counted<T>>,
    home: Arc<Mutex<Place<T>>>,
}

impl<T> Taken<T> {
    /// The value, which is there until the guard is dropped.
    pub(crate) fn value(&mut self) -> Result<&mut T, Trouble> {
        self.value.as_deref_mut().ok_or(Trouble::BROKEN)
    }

    /// Whether its object was closed meanwhile: nothing more is to be done with it then.
    pub(crate) fn is_closed(&self) -> bool {
        let place = self.home.lock().unwrap_or_else(PoisonError::into_inner);
        matches!(*place, Place::Closed)
    }
}

impl<T> Drop for Taken<T> {
    fn drop(&mut self) {
        let mut place = self.home.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*place, Place::Taken) {
            *place = match self.value.take() {
                Some(value) if !thread::panicking() => Place::Here(value),
                _ => Place::Broken,
            };
        }
    }
}
