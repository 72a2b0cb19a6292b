//! By what a document and a face are judged.

use crate::assessment::Assessment;
use crate::edge::{call, text};
use crate::place::Shared;
use crate::verdict::Verdict;
use napi::Env;
use napi_derive::napi;

/// A policy.
#[napi]
pub struct Policy {
    policy: Shared<chipid::Policy>,
}

#[napi]
impl Policy {
    /// By its name.
    #[napi(factory)]
    pub fn built_in(name: String) -> napi::Result<Self> {
        call(|| {
            Ok(Self {
                policy: Shared::new(chipid::Policy::built_in(&name)?),
            })
        })
    }

    /// One's own.
    #[napi(factory)]
    pub fn from_toml(toml: &[u8]) -> napi::Result<Self> {
        call(|| {
            Ok(Self {
                policy: Shared::new(chipid::Policy::from_toml(text(toml)?)?),
            })
        })
    }

    /// Its name.
    #[napi]
    pub fn name(&self) -> napi::Result<String> {
        call(|| Ok(self.policy.value()?.name().to_owned()))
    }

    /// Decides.
    #[napi]
    pub fn decide(&self, env: &Env, assessment: &Assessment) -> napi::Result<Verdict> {
        let (verdict, mut assessed) = call(|| {
            let policy = self.policy.value()?;
            let mut assessed = assessment.assessed.take()?;
            let verdict = policy.decide(&assessed.value()?.assessment);
            Ok((verdict, assessed))
        })?;
        Verdict::of(env, verdict, assessed.value()?)
    }

    /// Lets it go.
    #[napi]
    pub fn close(&self) {
        self.policy.close();
    }
}
