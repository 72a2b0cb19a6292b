//! Reading a chip one step at a time: the wrapper carries each command by the caller's promise, so that no function of
//! JavaScript is ever called from another thread, and a caller that hangs holds nothing.

use crate::document::Document;
use crate::edge::{Trouble, call, transport_error, transport_limits};
use crate::keys::Keys;
use crate::place::{Alone, Taken};
use crate::weight::{Weigh, Weight, weighed};
use crate::work::{Work, in_pool};
use chipid::given_keys::Beside;
use chipid::{
    DataGroup, FileId, Misuse, NextStep, Phase, Progress, StepperError, Steps, TransportError,
};
use napi::Env;
use napi::bindgen_prelude::{AsyncTask, Uint8Array};
use napi_derive::napi;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// One reading of one card.
#[napi(custom_finalize)]
pub struct Reading {
    session: Alone<Session>,
    /// Of the step that is in libuv's pool, or was there last: whether nobody waits for it any longer.
    given_up: Mutex<Arc<AtomicBool>>,
    weight: Weight,
}

/// Steps, what came with the keys, and what was done since the last step.
struct Session {
    steps: Steps,
    beside: Beside,
    news: News,
}

type News = Arc<Mutex<Vec<Progress>>>;

/// What a reading did, as the types have it.
#[napi(object, object_from_js = false)]
pub struct Done {
    /// The phase's name.
    pub phase: &'static str,
    /// The file, where it is about one.
    pub file: Option<String>,
    /// Bytes of files read so far.
    pub bytes_done: u32,
    /// Bytes of all files whose length is known so far.
    pub bytes_known: u32,
}

/// What is wanted next: a command to carry, or nothing more.
#[napi(object, object_from_js = false)]
pub struct Wanted {
    /// The command to carry.
    pub command: Option<Uint8Array>,
    /// The document, where the reading has ended well.
    pub document: Option<Document>,
    /// What was done since the last step.
    pub progress: Vec<Done>,
    /// Whether the next step may take its time over a key agreement or a signature.
    pub heavy: bool,
}

weighed!(Reading);

impl Weigh for Wanted {
    fn weigh(&self, env: &Env) -> napi::Result<()> {
        self.document
            .as_ref()
            .map_or(Ok(()), |document| document.weigh(env))
    }
}

#[napi]
impl Reading {
    /// A reading with these keys.
    #[napi(constructor)]
    pub fn new(keys: &Keys) -> napi::Result<Self> {
        call(|| {
            let keys = keys.given.value()?;
            let news = News::default();
            let heard = Arc::clone(&news);
            let mut reading = chipid::Reading::with(keys.keys.clone());
            if keys.vietnamese {
                reading = reading.assume_vietnamese_card();
            }
            reading.on_progress(move |progress| {
                heard
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(progress);
            });
            Ok(Self {
                session: Alone::new(Session {
                    steps: Steps::new(reading),
                    beside: keys.beside.clone(),
                    news,
                }),
                given_up: Mutex::default(),
                weight: Weight::default(),
            })
        })
    }

    /// Reads only these data groups.
    #[napi]
    pub fn only(&self, groups: &[u8]) -> napi::Result<()> {
        call(|| {
            let groups: Option<Vec<DataGroup>> = groups
                .iter()
                .map(|number| DataGroup::new(*number))
                .collect();
            let groups = groups.ok_or(Misuse::UnknownValue)?;
            self.prepare(|reading| reading.only(&groups))
        })
    }

    /// A challenge for Active Authentication.
    #[napi]
    pub fn challenge(&self, challenge: &[u8]) -> napi::Result<()> {
        call(|| {
            let challenge = challenge.try_into().map_err(|_| Misuse::UnknownValue)?;
            self.prepare(|reading| reading.challenge(challenge))
        })
    }

    /// What the way to the card is known to carry; 0 where it is not known.
    #[napi]
    pub fn set_limits(&self, command: u32, response: u32) -> napi::Result<()> {
        let bytes = |known: u32| usize::try_from(known).unwrap_or(usize::MAX);
        call(|| {
            let limits = transport_limits(bytes(command), bytes(response))?;
            self.session.take()?.value()?.steps.set_limits(limits);
            Ok(())
        })
    }

    /// Begins, or goes on after an error.
    #[napi]
    pub fn begin(&self) -> napi::Result<AsyncTask<Work<Wanted>>> {
        self.in_pool(Steps::begin)
    }

    /// Hands a response over, or with a code other than 0 why there is none; on this thread.
    #[napi]
    pub fn next(&self, env: &Env, response: &[u8], code: u32) -> napi::Result<Wanted> {
        let wanted = call(|| {
            let heard = heard(response, code);
            step(&mut self.session.take()?, |steps| steps.next(heard))
        })?;
        wanted.weigh(env)?;
        Ok(wanted)
    }

    /// Hands a response over, in libuv's pool.
    #[napi]
    pub fn next_in_pool(&self, response: &[u8]) -> napi::Result<AsyncTask<Work<Wanted>>> {
        let heard = heard(response, 0);
        self.in_pool(|steps| steps.next(heard))
    }

    /// Says that nobody waits any longer for the step in the pool: it is not begun, or nothing comes of it, and the reading rests.
    #[napi]
    pub fn give_up(&self) {
        let given_up = self.given_up.lock();
        let given_up = given_up.unwrap_or_else(PoisonError::into_inner);
        given_up.store(true, Ordering::SeqCst);
    }

    /// Gives up the command that waits for its response.
    #[napi]
    pub fn stop(&self) -> napi::Result<()> {
        call(|| match self.session.take()?.value()?.steps.stop() {
            true => Ok(()),
            false => Err(Misuse::Busy.into()),
        })
    }

    /// Tells the garbage collector how much hangs on this object: what was read so far.
    #[napi]
    pub fn weigh(&self, env: &Env) -> napi::Result<()> {
        // What was closed, or is in use, is weighed another time.
        let Ok(mut session) = self.session.take() else {
            return Ok(());
        };
        let Some(reading) = session.value()?.steps.reading() else {
            return Ok(());
        };
        let files = reading.partial();
        self.weight
            .set(env, files.values().map(|bytes| bytes.len()).sum())
    }

    /// Wipes it.
    #[napi]
    pub fn close(&self, env: &Env) -> napi::Result<()> {
        self.session.close();
        self.weight.set(env, 0)
    }

    fn in_pool(
        &self,
        take: impl FnOnce(&mut Steps) -> Result<NextStep, StepperError> + Send + 'static,
    ) -> napi::Result<AsyncTask<Work<Wanted>>> {
        let session = self.session.take()?;
        let given_up = Arc::<AtomicBool>::default();
        let mut last = self.given_up.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Arc::clone(&given_up);
        Ok(in_pool(move || step_in_turn(session, &given_up, take)))
    }

    fn prepare(
        &self,
        change: impl FnOnce(chipid::Reading) -> chipid::Reading,
    ) -> Result<(), Trouble> {
        match self.session.take()?.value()?.steps.prepare(change) {
            true => Ok(()),
            false => Err(Misuse::Busy.into()),
        }
    }
}

type Heard = Result<Vec<u8>, chipid::TransportError>;

fn heard(response: &[u8], code: u32) -> Heard {
    match code {
        0 => Ok(response.to_vec()),
        code => Err(transport_error(code)),
    }
}

/// A step that may have waited for its turn, and that nobody may want any longer when it has come, or is done.
fn step_in_turn(
    mut session: Taken<Session>,
    given_up: &AtomicBool,
    take: impl FnOnce(&mut Steps) -> Result<NextStep, StepperError>,
) -> Result<Wanted, Trouble> {
    if !is_over(&mut session, given_up)? {
        let wanted = step(&mut session, take)?;
        if !is_over(&mut session, given_up)? {
            return Ok(wanted);
        }
    }
    Err(TransportError::Cancelled.into())
}

/// Whether nobody waits any longer; the reading rests then.
fn is_over(session: &mut Taken<Session>, given_up: &AtomicBool) -> Result<bool, Trouble> {
    if session.is_closed() {
        return Err(Misuse::ForeignHandle.into());
    }
    let over = given_up.load(Ordering::SeqCst);
    if over {
        session.value()?.steps.stop();
    }
    Ok(over)
}

fn step(
    session: &mut Taken<Session>,
    take: impl FnOnce(&mut Steps) -> Result<NextStep, StepperError>,
) -> Result<Wanted, Trouble> {
    let Session {
        steps,
        beside,
        news,
    } = session.value()?;
    let next = take(steps)?;
    let news = std::mem::take(&mut *news.lock().unwrap_or_else(PoisonError::into_inner));
    // A data group is a matter of microseconds. Before the first of them and behind DG14 there are key agreements.
    let quick = |phase| matches!(phase, Phase::File(FileId::DataGroup(group)) if group != DataGroup::SECURITY_OPTIONS);
    let heavy = !news.last().is_some_and(|progress| quick(progress.phase));
    let progress = news.into_iter().map(done).collect();
    Ok(match next {
        chipid::Step::Transmit(command) => Wanted {
            command: Some(Uint8Array::new(command)),
            document: None,
            progress,
            heavy,
        },
        chipid::Step::Done(document) => Wanted {
            command: None,
            document: Some(Document::of(document?, beside)),
            progress,
            heavy,
        },
    })
}

fn done(progress: Progress) -> Done {
    let (phase, file) = match progress.phase {
        Phase::Access => ("access", None),
        Phase::File(file) => ("file", Some(file.to_string())),
        Phase::ChipAuthentication => ("chip_authentication", None),
        Phase::ActiveAuthentication => ("active_authentication", None),
        Phase::Done => ("done", None),
        _ => ("other", None),
    };
    let bytes = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Done {
        phase,
        file,
        bytes_done: bytes(progress.bytes_done),
        bytes_known: bytes(progress.bytes_known),
    }
}
