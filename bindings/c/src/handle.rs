//! What stands behind an opaque handle: a value of one kind, read by many calls at a time or changed by one.

mod registry;

use crate::edge::{Trouble, stopped};
use chipid::Misuse;
use registry::{For, Front, REGISTRY, Refused};
use std::ops::{Deref, DerefMut};
use std::ptr;

/// Tells kinds of handles apart.
pub(crate) trait Kind: Sized {
    /// The value within.
    type Value: Send + Sync + 'static;
    /// A number that no other kind has.
    const TAG: u64;
}

/// Moves a value behind a new handle.
pub(crate) fn new<K: Kind>(value: K::Value) -> *mut K {
    ptr::without_provenance_mut(REGISTRY.add(K::TAG, Box::new(value)))
}

/// The value behind a handle, to be read for as long as the call lasts; others may read it at the same time. The handle may be whatever a
/// caller takes for one.
pub(crate) fn read<K: Kind>(handle: *const K) -> Result<Read<K>, Trouble> {
    let front = enter(handle, For::Reading)?;
    // SAFETY: whoever was let in to read may look at it.
    let value = unsafe { &*front.value() };
    match value.as_ref().and_then(|value| value.downcast_ref()) {
        Some(value) => Ok(Read { front, value }),
        None => {
            front.users().read();
            Err(Misuse::ForeignHandle.into())
        }
    }
}

/// The value behind a handle, to be changed for as long as the call lasts.
pub(crate) fn change<K: Kind>(handle: *const K) -> Result<Change<K>, Trouble> {
    let front = enter(handle, For::Changing)?;
    // SAFETY: whoever was let in to change is alone.
    let value = unsafe { &mut *front.value() };
    match value.as_mut().and_then(|value| value.downcast_mut()) {
        Some(value) => Ok(Change {
            front,
            value,
            panicked_before: std::thread::panicking(),
        }),
        None => {
            front.users().changed(false);
            Err(Misuse::ForeignHandle.into())
        }
    }
}

/// Frees the handle at `place` and sets the place to null. Null, or a place with null, is nothing to free. A handle that was freed, one of
/// another kind, or one in use, is left as it is.
///
/// # Safety
/// `place` is null, or can be read and written.
pub(crate) unsafe fn free<K: Kind>(place: *mut *mut K) {
    if place.is_null() {
        return;
    }
    // SAFETY: by the caller's word the place can be read.
    let handle = unsafe { place.read() };
    // Of two that free at once one is let in.
    let Ok(front) = enter(handle, For::Freeing) else {
        return;
    };
    let value = REGISTRY.remove(front);
    // SAFETY: by the caller's word the place can be written.
    unsafe { place.write(ptr::null_mut()) };
    // What a value does when it is dropped is not to cross into C.
    let _ = stopped(|| drop(value));
}

fn enter<K: Kind>(handle: *const K, what: For) -> Result<&'static Front, Trouble> {
    if handle.is_null() {
        return Err(Misuse::NullArgument.into());
    }
    REGISTRY
        .enter(handle.addr(), K::TAG, what)
        .map_err(|refused| match refused {
            Refused::Foreign => Misuse::ForeignHandle.into(),
            Refused::Busy => Misuse::Busy.into(),
            // It was answered with 9999; what it left cannot be relied on.
            Refused::Broken => Trouble::Panic(None),
        })
}

/// A value that is read.
pub(crate) struct Read<K: Kind> {
    front: &'static Front,
    value: *const K::Value,
}

impl<K: Kind> Deref for Read<K> {
    type Target = K::Value;

    fn deref(&self) -> &K::Value {
        // SAFETY: nobody is let in to change or free it before this is dropped.
        unsafe { &*self.value }
    }
}

impl<K: Kind> Drop for Read<K> {
    fn drop(&mut self) {
        self.front.users().read();
    }
}

/// A value that is changed.
pub(crate) struct Change<K: Kind> {
    front: &'static Front,
    value: *mut K::Value,
    panicked_before: bool,
}

impl<K: Kind> Deref for Change<K> {
    type Target = K::Value;

    fn deref(&self) -> &K::Value {
        // SAFETY: nobody else is let in before this is dropped.
        unsafe { &*self.value }
    }
}

impl<K: Kind> DerefMut for Change<K> {
    fn deref_mut(&mut self) -> &mut K::Value {
        // SAFETY: as above.
        unsafe { &mut *self.value }
    }
}

impl<K: Kind> Drop for Change<K> {
    fn drop(&mut self) {
        let broken = std::thread::panicking() && !self.panicked_before;
        self.front.users().changed(broken);
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    static DROPPED: AtomicUsize = AtomicUsize::new(0);

    struct Counted;
    impl Drop for Counted {
        fn drop(&mut self) {
            DROPPED.fetch_add(1, Ordering::SeqCst);
        }
    }
    struct One;
    struct Other;
    struct Number;
    kind!(One, Counted, 1);
    kind!(Other, Counted, 2);
    kind!(Number, usize, 3);

    #[test]
    fn a_handle_is_freed_once_by_its_own_kind_and_not_while_it_is_used() {
        let mut handle = new::<One>(Counted);
        let (kept, mut copy) = (handle, handle);
        let foreign = |of: Result<Read<One>, Trouble>| {
            matches!(of, Err(Trouble::Misuse(Misuse::ForeignHandle)))
        };
        // SAFETY: the places can be read and written.
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
            assert_eq!(DROPPED.load(Ordering::SeqCst), 1);
            // Its copy is nobody's, whatever is made afterwards.
            let mut others: Vec<*mut One> = (0..10).map(|_| new::<One>(Counted)).collect();
            assert!(foreign(read(copy)));
            free(&mut copy);
            assert_eq!((copy, DROPPED.load(Ordering::SeqCst)), (kept, 1));
            for other in &mut others {
                assert_ne!(*other, kept);
                free(other);
            }
        }
        assert_eq!(DROPPED.load(Ordering::SeqCst), 11);
    }

    #[test]
    fn a_panic_in_a_change_is_remembered() {
        let mut handle = new::<Number>(7);
        let panicked = stopped(|| {
            *change(handle).unwrap() = 8;
            let _held = change(handle).unwrap();
            panic!("in the midst of it");
        });
        assert!(panicked.is_none());
        assert!(matches!(read(handle), Err(Trouble::Panic(None))));
        // SAFETY: the place can be read and written.
        unsafe { free(&mut handle) };
        assert!(handle.is_null());
    }

    #[test]
    fn threads_that_free_and_use_one_handle_never_see_another_ones() {
        const ROUNDS: usize = 2000;
        let place = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    loop {
                        let handle =
                            ptr::without_provenance_mut::<Number>(place.load(Ordering::SeqCst));
                        if handle.addr() == 1 {
                            break;
                        }
                        if let Ok(number) = read(handle) {
                            assert_eq!(*number, handle.addr());
                        }
                        let mut own = handle;
                        // SAFETY: the place is this thread's.
                        unsafe { free(&mut own) };
                    }
                });
            }
            for _ in 0..ROUNDS {
                let mut handle = new::<Number>(0);
                *change(handle).unwrap() = handle.addr();
                place.store(handle.addr(), Ordering::SeqCst);
                // SAFETY: the place is this thread's.
                unsafe { free(&mut handle) };
            }
            place.store(1, Ordering::SeqCst);
        });
    }
}
