//! Work that would hold the event loop: in libuv's pool where it reckons, on a thread of its own where it waits for a device.

use crate::edge::{Trouble, call};
use crate::weight::Weigh;
use napi::bindgen_prelude::{AsyncTask, ToNapiValue, TypeName};
use napi::{Env, Task};

/// One piece of work, done once.
pub struct Work<T> {
    job: Option<Job<T>>,
}

type Job<T> = Box<dyn FnOnce() -> Result<T, Trouble> + Send>;

/// A promise of what `job` makes, in libuv's pool: it is made for reckoning, and its few threads are not to be held by waiting.
pub(crate) fn in_pool<T>(
    job: impl FnOnce() -> Result<T, Trouble> + Send + 'static,
) -> AsyncTask<Work<T>>
where
    T: ToNapiValue + TypeName + Weigh + Send + 'static,
{
    AsyncTask::new(Work {
        job: Some(Box::new(job)),
    })
}

impl<T: ToNapiValue + TypeName + Weigh + Send + 'static> Task for Work<T> {
    type Output = T;
    type JsValue = T;

    fn compute(&mut self) -> napi::Result<T> {
        let job = self.job.take();
        call(|| job.ok_or(Trouble::BROKEN)?())
    }

    fn resolve(&mut self, env: Env, output: T) -> napi::Result<T> {
        output.weigh(&env)?;
        Ok(output)
    }
}
