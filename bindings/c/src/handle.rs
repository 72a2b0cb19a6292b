//! What stands behind an opaque handle: a value of one kind, read by many calls at a time or changed by one.

use crate::edge::{Trouble, stopped};
use chipid::Misuse;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError};

/// Tells kinds of handles apart, and freed ones from living ones as far as that can be told.
pub(crate) trait Kind: Sized {
    /// The value within.
    type Value: Send + Sync;
    /// A number that no other kind has.
    const TAG: u64;
}

/// Behind every handle.
#[repr(C)]
pub(crate) struct Handle<K: Kind> {
    tag: AtomicU64,
    value: RwLock<K::Value>,
}

/// Put over the tag when a handle is freed.
const FREED: u64 = 0xDEAD_0000_C41B_1D00;

/// Moves a value behind a new handle.
pub(crate) fn new<K: Kind>(value: K::Value) -> *mut K {
    Box::into_raw(Box::new(Handle::<K> {
        tag: AtomicU64::new(K::TAG),
        value: RwLock::new(value),
    }))
    .cast()
}

/// # Safety
/// `handle` is null, or points to a living handle of whatever kind of this library.
unsafe fn find<'a, K: Kind + 'a>(handle: *const K) -> Result<&'a Handle<K>, Trouble> {
    let handle: *const Handle<K> = handle.cast();
    if handle.is_null() {
        return Err(Misuse::NullArgument.into());
    }
    if !handle.is_aligned() {
        return Err(Misuse::ForeignHandle.into());
    }
    // SAFETY: every handle begins with its tag, whatever its kind, and by the caller's word it lives.
    let tag = unsafe { &*std::ptr::addr_of!((*handle).tag) };
    if tag.load(Ordering::Acquire) != K::TAG {
        return Err(Misuse::ForeignHandle.into());
    }
    // SAFETY: the tag says that this is a `Handle<K>`, made by `new`.
    Ok(unsafe { &*handle })
}

/// The value behind a handle, to be read for as long as the call lasts; others may read it at the same time.
///
/// # Safety
/// `handle` is null, or points to a living handle of whatever kind of this library.
pub(crate) unsafe fn read<'a, K: Kind + 'a>(
    handle: *const K,
) -> Result<RwLockReadGuard<'a, K::Value>, Trouble> {
    // SAFETY: the caller's word is handed on.
    match unsafe { find(handle) }?.value.try_read() {
        Ok(guard) => Ok(guard),
        Err(TryLockError::WouldBlock) => Err(Misuse::Busy.into()),
        // A panic in an earlier call that changed it, which was answered with 9999: what it left cannot be relied on.
        Err(TryLockError::Poisoned(_)) => Err(Trouble::Panic(None)),
    }
}

/// The value behind a handle, to be changed for as long as the call lasts.
///
/// # Safety
/// As [`read`].
pub(crate) unsafe fn change<'a, K: Kind + 'a>(
    handle: *const K,
) -> Result<RwLockWriteGuard<'a, K::Value>, Trouble> {
    // SAFETY: the caller's word is handed on.
    match unsafe { find(handle) }?.value.try_write() {
        Ok(guard) => Ok(guard),
        Err(TryLockError::WouldBlock) => Err(Misuse::Busy.into()),
        Err(TryLockError::Poisoned(_)) => Err(Trouble::Panic(None)),
    }
}

/// Frees the handle at `place` and sets the place to null. Null, or a place with null, is nothing to free. A handle of another
/// kind, or one in use, is left as it is.
///
/// # Safety
/// As [`read`], for what stands at `place`; nobody begins to use that handle any more.
pub(crate) unsafe fn free<K: Kind>(place: *mut *mut K) {
    if place.is_null() {
        return;
    }
    // SAFETY: by the caller's word the place can be read and written.
    let handle = unsafe { place.read() };
    // SAFETY: by the caller's word the handle lives.
    let Ok(found) = (unsafe { find(handle) }) else {
        return;
    };
    // Nobody uses it, and of two that free at once one is the first.
    let guard = match found.value.try_write() {
        Ok(guard) => guard,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => return,
    };
    let first = found
        .tag
        .compare_exchange(K::TAG, FREED, Ordering::AcqRel, Ordering::Acquire);
    if first.is_err() {
        return;
    }
    // The lock is not given back: whoever tries for it meanwhile finds it taken.
    std::mem::forget(guard);
    // SAFETY: as above.
    unsafe { place.write(std::ptr::null_mut()) };
    // SAFETY: it was made by `Box::into_raw` in `new`, and the exchange was won once.
    let owned = unsafe { Box::from_raw(handle.cast::<Handle<K>>()) };
    // What a value does when it is dropped is not to cross into C.
    let _ = stopped(|| drop(owned));
}

/// Says what stands behind an opaque type of C. The type itself is written out, for the header.
macro_rules! kind {
    ($name:ident, $value:ty, $tag:literal) => {
        impl crate::handle::Kind for $name {
            type Value = $value;
            const TAG: u64 = $tag;
        }
    };
}
pub(crate) use kind;

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;

    static DROPPED: AtomicUsize = AtomicUsize::new(0);

    struct Counted;
    impl Drop for Counted {
        fn drop(&mut self) {
            DROPPED.fetch_add(1, Ordering::SeqCst);
        }
    }
    struct One;
    struct Other;
    kind!(One, Counted, 1);
    kind!(Other, Counted, 2);

    #[test]
    fn a_handle_is_freed_once_by_its_own_kind_and_not_while_it_is_used() {
        let mut handle = new::<One>(Counted);
        let kept = handle;
        // SAFETY: the handle lives until it is freed below.
        unsafe {
            let mut mistaken: *mut Other = handle.cast();
            free(&mut mistaken);
            assert!(!mistaken.is_null());
            assert!(matches!(
                read::<Other>(handle.cast()),
                Err(Trouble::Misuse(Misuse::ForeignHandle))
            ));
            let reading = read(handle).unwrap();
            assert!(read(handle).is_ok());
            assert!(matches!(change(handle), Err(Trouble::Misuse(Misuse::Busy))));
            free(&mut handle);
            assert_eq!((handle, DROPPED.load(Ordering::SeqCst)), (kept, 0));
            drop(reading);
            free(&mut handle);
            assert!(handle.is_null());
            free(&mut handle);
        }
        assert_eq!(DROPPED.load(Ordering::SeqCst), 1);
    }
}
