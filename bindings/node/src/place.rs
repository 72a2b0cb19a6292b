//! Where an object of JavaScript keeps its value: shared by calls that only read it, or taken out by the one that changes it.

use crate::edge::Trouble;
use chipid::Misuse;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread;

/// A value that nobody changes, until it is closed.
pub(crate) struct Shared<T>(Mutex<Option<Arc<T>>>);

impl<T> Shared<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Mutex::new(Some(Arc::new(value))))
    }

    /// The value, for as long as a call lasts: closing lets it go when the last call has ended.
    pub(crate) fn value(&self) -> Result<Arc<T>, Trouble> {
        let value = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        value.clone().ok_or_else(|| Misuse::ForeignHandle.into())
    }

    pub(crate) fn close(&self) {
        drop(self.emptied());
    }

    fn emptied(&self) -> Option<Arc<T>> {
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
    Here(T),
    Taken,
    /// A panic left it half changed.
    Broken,
    Closed,
}

impl<T> Alone<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Arc::new(Mutex::new(Place::Here(value))))
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
    value: Option<T>,
    home: Arc<Mutex<Place<T>>>,
}

impl<T> Taken<T> {
    /// The value, which is there until the guard is dropped.
    pub(crate) fn value(&mut self) -> Result<&mut T, Trouble> {
        self.value.as_mut().ok_or(Trouble::BROKEN)
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
