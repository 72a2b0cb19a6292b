//! Whom to believe: certificates of states, their master lists and revocation lists.

use crate::edge::Trouble;
use crate::place::Shared;
use crate::weight::{Weight, weighed};
use crate::work::{Work, in_pool};
use chipid::emrtd::trust::TrustStoreBuilder;
use chipid::{Misuse, TrustStore, issuer_scope};
use napi::Env;
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use std::sync::{Arc, Mutex, MutexGuard};

/// Filled until it is first used.
pub(crate) enum Anchors {
    Filling(Box<TrustStoreBuilder>),
    Filled(Arc<TrustStore>),
    /// Something was refused: nothing is believed by half a store.
    Broken,
}

/// Trust anchors.
#[napi(custom_finalize)]
pub struct Trust {
    pub(crate) anchors: Shared<Mutex<Anchors>>,
    weight: Weight,
}

weighed!(Trust);

#[napi]
impl Trust {
    /// An empty store.
    #[napi(constructor)]
    #[must_use]
    #[allow(clippy::new_without_default)] // Made from JavaScript alone.
    pub fn new() -> Self {
        Self {
            anchors: Shared::new(Mutex::new(Anchors::Filling(Box::new(
                issuer_scope::builder(),
            )))),
            weight: Weight::default(),
        }
    }

    /// Adds an anchor or a list; `kind` is its name in the types.
    #[napi]
    pub fn add(
        &self,
        env: &Env,
        data: &[u8],
        name: String,
        kind: String,
    ) -> napi::Result<AsyncTask<Work<()>>> {
        let anchors = self.anchors.value()?;
        let data = data.to_vec();
        self.weight.add(env, data.len())?;
        Ok(in_pool(move || {
            let mut anchors = lock(&anchors)?;
            let builder = match std::mem::replace(&mut *anchors, Anchors::Broken) {
                Anchors::Filling(builder) => *builder,
                Anchors::Filled(store) => {
                    *anchors = Anchors::Filled(store);
                    return Err(Misuse::Busy.into());
                }
                Anchors::Broken => return Err(Misuse::ForeignHandle.into()),
            };
            let filled = match kind.as_str() {
                "any" => builder.add(&data, &name)?,
                "identity_cards" => {
                    builder.add_scoped(&data, &name, issuer_scope::identity_cards())?
                }
                "list_root" => builder.root(&data, &name)?,
                _ => return Err(Misuse::UnknownValue.into()),
            };
            *anchors = Anchors::Filling(Box::new(filled));
            Ok(())
        }))
    }

    /// Lets it go.
    #[napi]
    pub fn close(&self, env: &Env) -> napi::Result<()> {
        self.anchors.close();
        self.weight.set(env, 0)
    }
}

/// The store, which takes nothing more from now on. Where two threads use it first, one waits for the other.
pub(crate) fn store(anchors: &Mutex<Anchors>) -> Result<Arc<TrustStore>, Trouble> {
    let mut anchors = lock(anchors)?;
    let store = match std::mem::replace(&mut *anchors, Anchors::Broken) {
        Anchors::Filling(builder) => Arc::new(builder.build()?),
        Anchors::Filled(store) => store,
        Anchors::Broken => return Err(Misuse::ForeignHandle.into()),
    };
    *anchors = Anchors::Filled(Arc::clone(&store));
    Ok(store)
}

fn lock(anchors: &Mutex<Anchors>) -> Result<MutexGuard<'_, Anchors>, Trouble> {
    anchors.lock().map_err(|_| Trouble::BROKEN)
}
