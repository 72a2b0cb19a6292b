//! Which handles live. What a caller gives is looked up here before anybody looks behind it: a handle that was freed, one of another kind and
//! what is no handle at all are told apart without touching what they point to.
//!
//! A handle is an address within a front, a block of memory of its own; each life of a front has another address within it. A front that was
//! freed lives on under its next address, the last one first. After its last life it rests until 65,536 others have come to rest behind it,
//! and begins anew then. So a handle that was freed answers nobody again before sixteen million others were freed, and what is held for that
//! are sixteen megabytes at most, after as many handles.
//!
//! Handles are addresses, and the table below hides them, so that AddressSanitizer and valgrind find those that a program lost.

use std::any::Any;
use std::cell::UnsafeCell;
use std::collections::BTreeMap;
use std::ptr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

/// Those of this process.
pub(super) static REGISTRY: Registry = Registry::new(65_536);

/// How often a front lives: as often as it has addresses.
const LIVES: usize = 256;

/// Whatever stands behind a handle.
type Value = Box<dyn Any + Send + Sync>;

/// Stands before a value. Its memory is never given back: an address that was once a handle is never anything else.
#[repr(align(256))]
pub(super) struct Front {
    users: Users,
    value: UnsafeCell<Option<Value>>,
    waits: Mutex<Waits>,
}

const _: () = assert!(size_of::<Front>() == LIVES && align_of::<Front>() == LIVES);

// SAFETY: `value` is reached by those alone whom `users` let in, and may be sent and shared itself.
unsafe impl Sync for Front {}

/// What is known of a front that has no value. Fronts that wait hold each other, since a list of them would still hold the one that was
/// taken out of it, for whoever searches memory for what is lost.
struct Waits {
    life: usize,
    behind: Option<&'static Front>,
}

impl Front {
    /// The value: to be looked at by whoever was let in to read, to be changed by whoever was let in to change.
    pub(super) const fn value(&self) -> *mut Option<Value> {
        self.value.get()
    }

    pub(super) const fn users(&self) -> &Users {
        &self.users
    }

    fn waits(&self) -> MutexGuard<'_, Waits> {
        self.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn address(&'static self) -> usize {
        ptr::from_ref(self).expose_provenance()
    }
}

/// Who is at a value: many that read, or one that changes it. Nobody waits for another.
pub(super) struct Users(AtomicU32);

/// One that changes it.
const CHANGED: u32 = u32::MAX;
/// One that changed it panicked.
const BROKEN: u32 = u32::MAX - 1;

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// No handle of that kind lives there.
    Foreign,
    /// Another one is at it.
    Busy,
    /// Whoever changed it last panicked.
    Broken,
}

/// What somebody is let in for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum For {
    Reading,
    Changing,
    /// What broke is freed like anything else.
    Freeing,
}

impl Users {
    fn let_in(&self, what: For) -> Result<(), Refused> {
        let with_one_more = |users: u32| match (what, users) {
            (For::Reading, ..BROKEN) => Some(users + 1).filter(|users| *users != BROKEN),
            (For::Changing | For::Freeing, 0) | (For::Freeing, BROKEN) => Some(CHANGED),
            _ => None,
        };
        let before = self
            .0
            .fetch_update(Ordering::Acquire, Ordering::Relaxed, with_one_more);
        match before {
            Ok(_) => Ok(()),
            Err(BROKEN) => Err(Refused::Broken),
            Err(_) => Err(Refused::Busy),
        }
    }

    /// One who was let in to read is done.
    pub(super) fn read(&self) {
        self.0.fetch_sub(1, Ordering::Release);
    }

    /// The one who was let in to change is done; `broken` where that was by a panic.
    pub(super) fn changed(&self, broken: bool) {
        self.0
            .store(if broken { BROKEN } else { 0 }, Ordering::Release);
    }
}

pub(super) struct Registry(RwLock<Fronts>);

struct Fronts {
    /// By the complement of the front's address, which is no address.
    living: BTreeMap<usize, Life>,
    /// Fronts with lives left.
    ready: Option<&'static Front>,
    /// Fronts that had their last, in the order in which they had it.
    resting: Option<(&'static Front, &'static Front)>,
    resting_count: usize,
    resting_most: usize,
}

struct Life {
    number: usize,
    tag: u64,
}

impl Registry {
    const fn new(resting_most: usize) -> Self {
        Self(RwLock::new(Fronts {
            living: BTreeMap::new(),
            ready: None,
            resting: None,
            resting_count: 0,
            resting_most,
        }))
    }

    /// Puts a value behind a front: the handle.
    pub(super) fn add(&self, tag: u64, value: Value) -> usize {
        let mut fronts = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let front = fronts.vacant();
        let number = front.waits().life;
        // SAFETY: nobody is let in before the front is among the living ones.
        unsafe { *front.value() = Some(value) };
        let address = front.address();
        fronts.living.insert(!address, Life { number, tag });
        address + number
    }

    /// Finds the front of a handle of that kind and lets somebody in, who says when it is done, or removes it.
    pub(super) fn enter(
        &self,
        handle: usize,
        tag: u64,
        what: For,
    ) -> Result<&'static Front, Refused> {
        let (address, number) = (handle & !(LIVES - 1), handle & (LIVES - 1));
        let fronts = self.0.read().unwrap_or_else(PoisonError::into_inner);
        match fronts.living.get(&!address) {
            Some(life) if life.number == number && life.tag == tag => {}
            _ => return Err(Refused::Foreign),
        }
        // SAFETY: it is the address of a front, by `Front::address`, and no front is ever given back.
        let front: &'static Front = unsafe { &*ptr::with_exposed_provenance(address) };
        // Before the registry is given back: nobody frees it between.
        front.users.let_in(what)?;
        Ok(front)
    }

    /// Ends the life of a front that somebody was let in to free: the value.
    pub(super) fn remove(&self, front: &'static Front) -> Option<Value> {
        // SAFETY: whoever frees is alone.
        let value = unsafe { (*front.value()).take() };
        let mut fronts = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(life) = fronts.living.remove(&!front.address()) {
            front.users.changed(false);
            fronts.wait(front, life.number + 1);
        }
        value
    }
}

impl Fronts {
    fn vacant(&mut self) -> &'static Front {
        let Some(front) = self.ready else {
            let waits = Waits {
                life: 0,
                behind: None,
            };
            return Box::leak(Box::new(Front {
                users: Users(AtomicU32::new(0)),
                value: UnsafeCell::new(None),
                waits: Mutex::new(waits),
            }));
        };
        self.ready = front.waits().behind.take();
        front
    }

    fn wait(&mut self, front: &'static Front, life: usize) {
        if life < LIVES {
            return self.be_ready(front, life);
        }
        self.resting = match self.resting {
            None => Some((front, front)),
            Some((first, last)) => {
                last.waits().behind = Some(front);
                Some((first, front))
            }
        };
        self.resting_count += 1;
        if self.resting_count <= self.resting_most {
            return;
        }
        let Some((first, last)) = self.resting else {
            return;
        };
        let second = first.waits().behind.take();
        self.resting = second.map(|second| (second, last));
        self.resting_count -= 1;
        self.be_ready(first, 0);
    }

    fn be_ready(&mut self, front: &'static Front, life: usize) {
        *front.waits() = Waits {
            life,
            behind: self.ready.replace(front),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn freed(registry: &Registry, handle: usize) {
        let front = registry.enter(handle, 7, For::Freeing).unwrap();
        assert!(registry.remove(front).is_some());
    }

    #[test]
    fn no_handle_is_another_ones_before_as_many_lives_as_there_are_were_lived() {
        const MOST: usize = 3;
        let registry = Registry::new(MOST);
        let mut before = BTreeSet::new();
        // The one that lives, and as many as rest.
        for _ in 0..LIVES * (MOST + 1) {
            let handle = registry.add(7, Box::new(()));
            assert!(before.insert(handle), "the handle was another one's");
            freed(&registry, handle);
            for old in [handle, *before.first().unwrap()] {
                assert_eq!(
                    registry.enter(old, 7, For::Reading).err(),
                    Some(Refused::Foreign)
                );
            }
        }
        // No more fronts than that are ever made: the first one begins anew.
        let again = registry.add(7, Box::new(()));
        assert!(before.contains(&again));
        assert_eq!(registry.0.read().unwrap().resting_count, MOST);
        freed(&registry, again);
    }

    #[test]
    fn what_lives_beside_each_other_has_fronts_of_its_own() {
        let registry = Registry::new(2);
        let handles: Vec<usize> = (0..2000).map(|_| registry.add(7, Box::new(()))).collect();
        let fronts: BTreeSet<usize> = handles.iter().map(|handle| handle / LIVES).collect();
        assert_eq!(fronts.len(), handles.len());
        for handle in handles {
            freed(&registry, handle);
        }
        assert!(registry.0.read().unwrap().living.is_empty());
    }

    #[test]
    fn what_is_no_handle_is_not_looked_at() {
        let registry = Registry::new(2);
        let handle = registry.add(7, Box::new(()));
        for other in [
            1,
            handle + 1,
            handle ^ LIVES,
            handle - LIVES,
            !handle,
            usize::MAX,
            &raw const registry as usize,
        ] {
            let refused = registry.enter(other, 7, For::Changing).err();
            assert_eq!(refused, Some(Refused::Foreign), "{other:x}");
        }
        let refused = registry.enter(handle, 8, For::Reading).err();
        assert_eq!(refused, Some(Refused::Foreign));
        freed(&registry, handle);
    }

    #[test]
    fn many_read_one_changes_and_what_broke_is_only_freed() {
        let users = Users(AtomicU32::new(0));
        assert_eq!(users.let_in(For::Reading), Ok(()));
        assert_eq!(users.let_in(For::Reading), Ok(()));
        assert_eq!(users.let_in(For::Changing), Err(Refused::Busy));
        users.read();
        assert_eq!(users.let_in(For::Freeing), Err(Refused::Busy));
        users.read();
        assert_eq!(users.let_in(For::Changing), Ok(()));
        for what in [For::Reading, For::Changing, For::Freeing] {
            assert_eq!(users.let_in(what), Err(Refused::Busy));
        }
        users.changed(true);
        assert_eq!(users.let_in(For::Reading), Err(Refused::Broken));
        assert_eq!(users.let_in(For::Changing), Err(Refused::Broken));
        assert_eq!(users.let_in(For::Freeing), Ok(()));
        let full = Users(AtomicU32::new(BROKEN - 1));
        assert_eq!(full.let_in(For::Reading), Err(Refused::Busy));
    }
}
