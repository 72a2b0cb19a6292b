//! A face comparison that another maker's engine made.

use crate::assessment::{Assessment, digests_of, time};
use crate::edge::call;
use crate::faces::capture_of;
use chipid::{Misuse, VendorComparison as CoreComparison, VendorMatch, clock};
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;

/// What another maker's engine said.
#[napi(object, object_to_js = false)]
pub struct VendorComparison {
    /// What came out.
    pub result: String,
    /// Whose engine.
    pub vendor: String,
    /// Which version of theirs.
    pub version: String,
    /// By what it is known to work.
    pub certificate: String,
    /// Where the images came from.
    pub capture: String,
    /// When, in seconds since 1970.
    pub at: f64,
    /// The portrait that was compared.
    pub portrait: Uint8Array,
    /// The images that it looked at.
    pub images: Vec<Uint8Array>,
}

#[napi]
impl Assessment {
    /// Takes a comparison by another maker's engine, as of now.
    #[napi]
    pub fn add_vendor_comparison(&self, given: VendorComparison) -> napi::Result<()> {
        call(|| {
            let results = [
                VendorMatch::Match,
                VendorMatch::Mismatch,
                VendorMatch::Uncertain,
            ];
            let result = results.into_iter().find(|r| r.name() == given.result);
            let comparison = CoreComparison {
                result: result.ok_or(Misuse::UnknownValue)?,
                vendor: given.vendor,
                version: given.version,
                certificate: given.certificate,
                capture: capture_of(&given.capture)?,
                at: time(given.at),
                portrait: given
                    .portrait
                    .as_ref()
                    .try_into()
                    .map_err(|_| Misuse::UnknownValue)?,
                images: digests_of(&given.images)?,
            };
            let mut assessed = self.assessed.take()?;
            let assessment = assessed.value()?.change()?;
            assessment.take_vendor_comparison(comparison, clock::now());
            Ok(())
        })
    }

    /// What ties such a comparison to this document's portrait.
    #[napi]
    pub fn portrait_digest(&self) -> napi::Result<Option<Uint8Array>> {
        call(|| {
            let mut assessed = self.assessed.take()?;
            let digest = assessed.value()?.assessment.portrait_digest();
            Ok(digest.map(|digest| Uint8Array::new(digest.to_vec())))
        })
    }
}
