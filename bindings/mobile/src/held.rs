//! What stands behind an object: a value read by many calls at a time or changed by one.

use crate::edge::Trouble;
use chipid::Misuse;
use std::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError};

/// A value of which no call waits for another.
pub(crate) struct Held<T>(RwLock<T>);

impl<T> Held<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(RwLock::new(value))
    }

    /// To be read for as long as the call lasts; others may read it at the same time.
    pub(crate) fn read(&self) -> Result<RwLockReadGuard<'_, T>, Trouble> {
        self.0.try_read().map_err(trouble)
    }

    /// To be changed for as long as the call lasts.
    pub(crate) fn change(&self) -> Result<RwLockWriteGuard<'_, T>, Trouble> {
        self.0.try_write().map_err(trouble)
    }
}

fn trouble<G>(error: TryLockError<G>) -> Trouble {
    match error {
        TryLockError::WouldBlock => Misuse::Busy.into(),
        // A panic in an earlier call that changed it, which was answered with 9999: what it left cannot be relied on.
        TryLockError::Poisoned(_) => Trouble::Panic(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::call;

    #[test]
    fn one_changes_or_many_read_and_what_a_panic_left_is_of_no_use() {
        let held = Held::new(1);
        let reading = held.read().unwrap();
        assert!(held.read().is_ok());
        assert!(matches!(held.change(), Err(Trouble::Misuse(Misuse::Busy))));
        drop(reading);
        let broken = call(|| -> Result<(), Trouble> {
            let _guard = held.change()?;
            panic!("within")
        });
        assert!(broken.is_err());
        assert!(matches!(held.read(), Err(Trouble::Panic(None))));
    }
}
