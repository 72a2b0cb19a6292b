//! What hangs on an object of JavaScript, told to its garbage collector: to that it is a few bytes, and a program that closes nothing would grow
//! until it ends.

use napi::Env;
use std::cell::Cell;
use std::sync::atomic::{AtomicI64, Ordering};

/// What an object has beside what can be reckoned, in bytes.
const OWN: usize = 1024;

/// How many bytes the garbage collector was told of.
#[derive(Default)]
pub(crate) struct Weight(Cell<i64>);

impl Weight {
    /// Tells it that so many bytes hang on the object, and the object's own; of 0 that nothing does any longer.
    pub(crate) fn set(&self, env: &Env, bytes: usize) -> napi::Result<()> {
        let whole = if bytes == 0 {
            0
        } else {
            bytes.saturating_add(OWN)
        };
        let whole = i64::try_from(whole).unwrap_or(i64::MAX);
        let change = whole.saturating_sub(self.0.replace(whole));
        if change == 0 {
            return Ok(());
        }
        TOLD.fetch_add(change, Ordering::SeqCst);
        env.adjust_external_memory(change).map(drop)
    }

    /// As many more.
    pub(crate) fn add(&self, env: &Env, bytes: usize) -> napi::Result<()> {
        let before = usize::try_from(self.0.get()).unwrap_or_default();
        self.set(env, before.saturating_sub(OWN).saturating_add(bytes))
    }
}

/// What all objects weigh, in bytes: for tests.
pub(crate) fn told() -> i64 {
    TOLD.load(Ordering::SeqCst)
}

static TOLD: AtomicI64 = AtomicI64::new(0);

/// What weighs something when it becomes an object.
pub(crate) trait Weigh {
    /// Tells the garbage collector.
    fn weigh(&self, _env: &Env) -> napi::Result<()> {
        Ok(())
    }
}

impl Weigh for () {}

/// Objects that weigh nothing any longer when they are collected, because that closes them.
macro_rules! weighed {
    ($($kind:ty),* $(,)?) => {
        $(impl napi::bindgen_prelude::ObjectFinalize for $kind {
            fn finalize(self, env: napi::Env) -> napi::Result<()> {
                self.close(&env)
            }
        })*
    };
}

pub(crate) use weighed;
