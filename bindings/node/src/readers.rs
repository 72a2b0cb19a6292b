//! Readers of this machine, through PC/SC. Waiting is done on threads of one's own: libuv's few are for reckoning.

use crate::edge::{Trouble, call};
use chipid::emrtd::card_transport::CardTransport;
use chipid::pcsc::{self, CardState, ConnectOptions, PcscCard, Reader};
use chipid::{Misuse, TransportError, block};
use napi::Env;
use napi::bindgen_prelude::{Object, ToNapiValue, Uint8Array};
use napi_derive::napi;
use serde_json::{Value, json};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Stops a wait for a card, and every command after it.
#[napi]
#[derive(Default)]
pub struct Cancel {
    cancel: chipid::transport::cancel::Cancel,
}

#[napi]
impl Cancel {
    /// A canceller that nobody has used.
    #[napi(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops what runs under it. The wait's end, which may take a moment, is awaited by nobody.
    #[napi]
    pub fn cancel(&self) {
        let cancel = self.cancel.clone();
        // Without a thread the next command still finds it cancelled.
        drop(thread::Builder::new().spawn(move || cancel.cancel()));
    }
}

/// The readers as JSON.
#[napi]
pub fn readers(env: &Env) -> napi::Result<Object<'_>> {
    on_thread(env, || {
        let readers: Value = pcsc::readers()?
            .iter()
            .map(|reader| json!({"name": reader.name, "card": reader.card != CardState::Absent}))
            .collect();
        Ok(readers.to_string())
    })
}

/// Waits for a card and connects to it: on the reader of that name, or of the only one with it in its name; with none, on any
/// contactless reader.
#[napi]
pub fn connect<'env>(
    env: &'env Env,
    name: String,
    wait_ms: u32,
    cancel: &Cancel,
) -> napi::Result<Object<'env>> {
    let cancel = cancel.cancel.clone();
    on_thread(env, move || {
        let wait = Some(Duration::from_millis(wait_ms.into()));
        let reader = if name.is_empty() {
            pcsc::wait_for_card(wait, &cancel)?
        } else {
            let reader = Reader::named(&name)?;
            reader.wait_for_card(wait, &cancel)?;
            reader
        };
        let card = reader.connect_with(&ConnectOptions::new().cancel(&cancel))?;
        Card::of(card)
    })
}

/// A card on a reader, with the thread that speaks with it.
#[napi]
pub struct Card {
    orders: Mutex<Option<Sender<Order>>>,
    command: Option<u32>,
    response: Option<u32>,
}

type Order = Box<dyn FnOnce(&mut PcscCard) + Send>;

impl Card {
    fn of(mut card: PcscCard) -> Result<Self, Trouble> {
        let limits = card.limits();
        let bytes = |known: Option<usize>| known.and_then(|bytes| u32::try_from(bytes).ok());
        let (orders, incoming) = channel::<Order>();
        // It ends, and lets go of the card, when there is nobody left who could order anything.
        let speaking = thread::Builder::new().spawn(move || {
            for order in incoming {
                order(&mut card);
            }
        });
        speaking.map_err(|_| no_thread())?;
        Ok(Self {
            orders: Mutex::new(Some(orders)),
            command: bytes(limits.command),
            response: bytes(limits.response),
        })
    }
}

#[napi]
impl Card {
    /// The longest command that its reader carries, where that is known.
    #[napi]
    #[must_use]
    pub const fn command_limit(&self) -> Option<u32> {
        self.command
    }

    /// The longest response, where that is known.
    #[napi]
    #[must_use]
    pub const fn response_limit(&self) -> Option<u32> {
        self.response
    }

    /// Carries a command.
    #[napi]
    pub fn transmit<'env>(&self, env: &'env Env, command: &[u8]) -> napi::Result<Object<'env>> {
        let orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        let orders = orders
            .as_ref()
            .ok_or(Trouble::from(Misuse::ForeignHandle))?;
        let (deferred, promise) = env.create_deferred()?;
        let command = command.to_vec();
        let order: Order =
            Box::new(
                move |card| match call(|| Ok(block(card.transmit(&command))??)) {
                    Ok(response) => deferred.resolve(move |_| Ok(Uint8Array::new(response))),
                    Err(error) => deferred.reject(error),
                },
            );
        // The thread lives for as long as the sender does.
        drop(orders.send(order));
        Ok(promise)
    }

    /// Lets go of the card.
    #[napi]
    pub fn close(&self) {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        drop(orders.take());
    }
}

fn on_thread<T: ToNapiValue + Send + 'static>(
    env: &Env,
    work: impl FnOnce() -> Result<T, Trouble> + Send + 'static,
) -> napi::Result<Object<'_>> {
    let (deferred, promise) = env.create_deferred()?;
    let waiting = thread::Builder::new().spawn(move || match call(work) {
        Ok(value) => deferred.resolve(move |_| Ok(value)),
        Err(error) => deferred.reject(error),
    });
    waiting.map_err(|_| no_thread())?;
    Ok(promise)
}

fn no_thread() -> Trouble {
    TransportError::Failed.into()
}
