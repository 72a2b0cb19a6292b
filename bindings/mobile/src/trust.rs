//! Whom to believe: certificates of states, their master lists and revocation lists.

use crate::edge::{Failure, Trouble, call};
use chipid::emrtd::trust::TrustStoreBuilder;
use chipid::{Misuse, TrustStore, issuer_scope};
use std::sync::{Arc, Mutex};

/// Trust anchors. It is filled first, and used then, by as many threads as like: after its first use nothing can be added (8903).
#[derive(uniffi::Object)]
pub struct Trust(Mutex<State>);

/// Filled until it is first used.
enum State {
    Filling(TrustStoreBuilder),
    Filled(Arc<TrustStore>),
    /// Something was refused: nothing is believed by half a store.
    Broken,
}

/// What an anchor is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Anchor {
    /// A CSCA certificate, a master list or a revocation list, DER or PEM.
    Any,
    /// A CSCA certificate that is trusted for identity cards alone, as Vietnamese cards ask for.
    IdentityCards,
    /// A certificate that may vouch for the signers of master lists, and for nothing else.
    ListRoot,
}

#[uniffi::export]
impl Trust {
    /// An empty store.
    #[uniffi::constructor]
    #[allow(
        clippy::new_without_default,
        reason = "it is made from other languages"
    )]
    pub fn new() -> Self {
        Self(Mutex::new(State::Filling(issuer_scope::builder())))
    }

    /// Adds an anchor or a list. `name` says where it is from, for the report. After an error the store is of no more use. What only
    /// shows when all is together (a list whose signer nobody vouches for) is an error of the first assessment.
    pub fn add(&self, data: &[u8], name: String, anchor: Anchor) -> Result<(), Failure> {
        call(|| {
            let mut trust = self.0.lock().map_err(|_| Trouble::Panic(None))?;
            let builder = match std::mem::replace(&mut *trust, State::Broken) {
                State::Filling(builder) => builder,
                State::Filled(store) => {
                    *trust = State::Filled(store);
                    return Err(Misuse::Busy.into());
                }
                State::Broken => return Err(Misuse::ForeignHandle.into()),
            };
            let filled = match anchor {
                Anchor::Any => builder.add(data, &name),
                Anchor::IdentityCards => {
                    builder.add_scoped(data, &name, issuer_scope::identity_cards())
                }
                Anchor::ListRoot => builder.root(data, &name),
            };
            *trust = State::Filling(filled?);
            Ok(())
        })
    }
}

impl Trust {
    /// The store, which takes nothing more from now on. Where two threads use it first, one waits for the other.
    pub(crate) fn store(&self) -> Result<Arc<TrustStore>, Trouble> {
        let mut trust = self.0.lock().map_err(|_| Trouble::Panic(None))?;
        let store = match std::mem::replace(&mut *trust, State::Broken) {
            State::Filling(builder) => Arc::new(builder.build()?),
            State::Filled(store) => store,
            State::Broken => return Err(Misuse::ForeignHandle.into()),
        };
        *trust = State::Filled(Arc::clone(&store));
        Ok(store)
    }
}
