//! By what a document and a face are judged.

use crate::assessment::Assessment;
use crate::edge::{Failure, call};
use crate::verdict::Verdict;
use chipid::Policy as CorePolicy;
use std::sync::Arc;

/// By what a document and a face are judged, for any number of threads at once.
#[derive(uniffi::Object)]
pub struct Policy(CorePolicy);

#[uniffi::export]
impl Policy {
    /// A built-in policy: counter, transfer, one-stop, document-only, data-cleaning, reading-only, demo.
    #[uniffi::constructor]
    pub fn built_in(name: String) -> Result<Self, Failure> {
        call(|| Ok(Self(CorePolicy::built_in(&name)?)))
    }

    /// A policy of one's own, as TOML.
    #[uniffi::constructor]
    pub fn from_toml(toml: String) -> Result<Self, Failure> {
        call(|| Ok(Self(CorePolicy::from_toml(&toml)?)))
    }

    /// Decides. The assessment cannot be changed while the verdict lives.
    pub fn decide(&self, assessment: &Assessment) -> Result<Verdict, Failure> {
        call(|| {
            let assessed = assessment.held().read()?;
            Ok(Verdict::new(
                self.0.decide(&assessed.assessment),
                Arc::clone(&assessed.assessment),
                assessed.time_given,
            ))
        })
    }
}
