//! What stands behind an opaque handle: a value of one kind, used by one call at a time.

use crate::edge::Trouble;
use chipid::Misuse;
use std::sync::{Mutex, MutexGuard, TryLockError};

/// Tells kinds of handles apart, and freed ones from living ones as far as that can be told.
pub(crate) trait Kind: Sized {
    /// The value within.
    type Value: Send;
    /// A number that no other kind has.
    const TAG: u64;
}

/// Behind every handle.
#[repr(C)]
pub(crate) struct Handle<K: Kind> {
    tag: u64,
    value: Mutex<K::Value>,
}

/// Written over the tag when a handle is freed.
const FREED: u64 = 0xDEAD_0000_C41B_1D00;

/// Moves a value behind a new handle.
pub(crate) fn new<K: Kind>(value: K::Value) -> *mut K {
    Box::into_raw(Box::new(Handle::<K> {
        tag: K::TAG,
        value: Mutex::new(value),
    }))
    .cast()
}

/// The value behind a handle, for as long as the call lasts.
///
/// # Safety
/// `handle` is null, or points to a living handle of whatever kind of this library.
pub(crate) unsafe fn get<'a, K: Kind>(
    handle: *const K,
) -> Result<MutexGuard<'a, K::Value>, Trouble> {
    let handle: *const Handle<K> = handle.cast();
    if handle.is_null() {
        return Err(Misuse::NullArgument.into());
    }
    if !handle.is_aligned() {
        return Err(Misuse::ForeignHandle.into());
    }
    // SAFETY: every handle begins with its tag, whatever its kind, and by the caller's word it lives.
    if unsafe { std::ptr::addr_of!((*handle).tag).read() } != K::TAG {
        return Err(Misuse::ForeignHandle.into());
    }
    // SAFETY: the tag says that this is a `Handle<K>`, made by `new`.
    match unsafe { &*handle }.value.try_lock() {
        Ok(guard) => Ok(guard),
        Err(TryLockError::WouldBlock) => Err(Misuse::Busy.into()),
        // A panic in an earlier call, which was answered with 9999: what it left cannot be relied on.
        Err(TryLockError::Poisoned(_)) => Err(Trouble::panic()),
    }
}

/// Frees the handle at `place` and sets the place to null. Null, or a place with null, is nothing to free. A handle of another
/// kind, or one in use, is left as it is.
///
/// # Safety
/// As [`get`], for what stands at `place`; nobody uses that handle afterwards.
pub(crate) unsafe fn free<K: Kind>(place: *mut *mut K) {
    if place.is_null() {
        return;
    }
    // SAFETY: by the caller's word the place can be read and written.
    let handle = unsafe { place.read() };
    if handle.is_null() {
        return;
    }
    // SAFETY: by the caller's word the handle lives.
    match unsafe { get(handle) } {
        Ok(guard) => drop(guard),
        Err(trouble) if trouble.is_panic() => {}
        Err(_) => return,
    }
    let handle: *mut Handle<K> = handle.cast();
    // SAFETY: `get` found a living `Handle<K>` that nobody uses; it was made by `Box::into_raw` in `new`.
    unsafe {
        std::ptr::addr_of_mut!((*handle).tag).write_volatile(FREED);
        drop(Box::from_raw(handle));
        place.write(std::ptr::null_mut());
    }
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
