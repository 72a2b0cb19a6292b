//! What a document is worth: its signatures, the chip's proofs, the face, and what the caller adds.

use crate::edge::{Trouble, call, text};
use crate::faces::capture_of;
use crate::keys::{Keys, day};
use crate::place::Alone;
use crate::weight::{Weigh, Weight, weighed};
use chipid::{Attempts, ClerkInput, IssuerTrust, LivenessResult, Misuse, UnixTime, clock};
use napi::Env;
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// Everything that is known of one document and one person.
#[napi(custom_finalize)]
pub struct Assessment {
    pub(crate) assessed: Alone<Assessed>,
    weight: Weight,
    bytes: usize,
}

weighed!(Assessment);

impl Weigh for Assessment {
    fn weigh(&self, env: &Env) -> napi::Result<()> {
        self.weight.set(env, self.bytes)
    }
}

/// An assessment, and what a report says of it.
pub(crate) struct Assessed {
    pub(crate) assessment: Arc<chipid::Assessment>,
    pub(crate) time_given: bool,
    /// How many bytes its document has.
    pub(crate) bytes: usize,
}

impl Assessment {
    pub(crate) fn of(assessed: Assessed) -> Self {
        Self {
            bytes: assessed.bytes,
            assessed: Alone::new(assessed),
            weight: Weight::default(),
        }
    }
}

impl Assessed {
    /// The assessment, to be changed. A verdict over it keeps what it was made of, so none must be open.
    pub(crate) fn change(&mut self) -> Result<&mut chipid::Assessment, Trouble> {
        Arc::get_mut(&mut self.assessment).ok_or_else(|| Misuse::Busy.into())
    }
}

/// What a liveness check of another maker's came to.
#[napi(object, object_to_js = false)]
pub struct Liveness {
    /// What came out.
    pub result: String,
    /// Who made the check.
    pub vendor: String,
    /// Which version of theirs.
    pub version: String,
    /// By what it is known to work.
    pub basis: String,
    /// Where the images came from.
    pub capture: String,
    /// When, in seconds since 1970.
    pub at: f64,
    /// The images that it looked at.
    pub images: Vec<Uint8Array>,
}

#[napi]
impl Assessment {
    /// Compares what came with a key with the signed data.
    #[napi]
    pub fn compare_keys(&self, keys: &Keys) -> napi::Result<()> {
        call(|| {
            let keys = keys.given.value()?;
            let mut assessed = self.assessed.take()?;
            assessed.value()?.change()?.compare_given(&keys.beside);
            Ok(())
        })
    }

    /// Compares what was typed with the signed data.
    #[napi]
    pub fn compare_typed(
        &self,
        name: Option<&[u8]>,
        number: Option<&[u8]>,
        birth: Option<&[u8]>,
    ) -> napi::Result<()> {
        call(|| {
            let given = |bytes: Option<&[u8]>| {
                let text = bytes.map(text).transpose()?;
                Ok::<_, Trouble>(text.map(|text| Zeroizing::new(text.to_owned())))
            };
            let input = ClerkInput {
                name: given(name)?,
                number: given(number)?,
                birth: birth.map(day).transpose()?,
            };
            let mut assessed = self.assessed.take()?;
            assessed.value()?.change()?.compare_typed(&input);
            Ok(())
        })
    }

    /// Takes a liveness check of another maker's.
    #[napi]
    pub fn add_liveness(&self, given: Liveness) -> napi::Result<()> {
        call(|| {
            let result = [
                LivenessResult::Passed,
                LivenessResult::Failed,
                LivenessResult::Uncertain,
            ];
            let result = result.into_iter().find(|r| r.name() == given.result);
            let liveness = chipid::Liveness {
                result: result.ok_or(Misuse::UnknownValue)?,
                vendor: given.vendor,
                version: given.version,
                basis: given.basis,
                capture: capture_of(&given.capture)?,
                at: time(given.at),
                images: digests_of(&given.images)?,
            };
            let mut assessed = self.assessed.take()?;
            assessed
                .value()?
                .change()?
                .take_liveness(liveness, clock::now());
            Ok(())
        })
    }

    /// Says what this session has seen.
    #[napi]
    pub fn set_attempts(&self, made: u32, failed_before: u32, seconds: f64) -> napi::Result<()> {
        call(|| {
            let session_age =
                Duration::try_from_secs_f64(seconds).map_err(|_| Misuse::UnknownValue)?;
            let mut assessed = self.assessed.take()?;
            assessed.value()?.change()?.set_attempts(Attempts {
                made,
                failed_before,
                session_age,
            });
            Ok(())
        })
    }

    /// The portrait, where its issuer is verified.
    #[napi]
    pub fn portrait(&self) -> napi::Result<Option<Uint8Array>> {
        call(|| {
            let mut assessed = self.assessed.take()?;
            let document = assessed
                .value()?
                .assessment
                .verification()
                .document
                .as_ref();
            let image = document
                .filter(|document| document.trust() == IssuerTrust::IssuerVerified)
                .and_then(|document| document.portrait())
                .and_then(|portrait| portrait.image());
            Ok(image.map(|image| Uint8Array::new(image.data.to_vec())))
        })
    }

    /// Wipes it.
    #[napi]
    pub fn close(&self, env: &Env) -> napi::Result<()> {
        self.assessed.close();
        self.weight.set(env, 0)
    }
}

/// Digests of images, 32 bytes each.
pub(crate) fn digests_of(images: &[Uint8Array]) -> Result<Vec<[u8; 32]>, Trouble> {
    let digests: Option<_> = images
        .iter()
        .map(|digest| digest.as_ref().try_into().ok())
        .collect();
    digests.ok_or_else(|| Misuse::UnknownValue.into())
}

/// Whole seconds; what no clock shows is the end of time.
pub(crate) fn time(seconds: f64) -> UnixTime {
    #[allow(clippy::cast_possible_truncation)] // Such a conversion saturates.
    UnixTime(seconds.floor() as i64)
}
