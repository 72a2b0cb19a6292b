//! Reading a chip one step at a time: the wrapper carries each command by the caller's promise, so that no function of
//! JavaScript is ever called from another thread, and a caller that hangs holds nothing.

use crate::document::Document;
use crate::edge::{Trouble, call, transport_error};
use crate::keys::Keys;
use crate::place::{Alone, Taken};
use crate::work::{Work, in_pool};
use chipid::emrtd::card_transport::TransportLimits;
use chipid::given_keys::Beside;
use chipid::{DataGroup, FileId, Misuse, NextStep, Phase, Progress, StepperError, Steps};
use napi::bindgen_prelude::{AsyncTask, Uint8Array};
use napi_derive::napi;
use std::sync::{Arc, Mutex, PoisonError};

/// One reading of one card.
#[napi]
pub struct Reading {
    session: Alone<Session>,
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

    /// What the way to the card is known to carry; nothing where it is not known.
    #[napi]
    pub fn set_limits(&self, command: Option<u32>, response: Option<u32>) -> napi::Result<()> {
        let bytes = |known: Option<u32>| known.and_then(|bytes| usize::try_from(bytes).ok());
        call(|| {
            self.session
                .take()?
                .value()?
                .steps
                .set_limits(TransportLimits {
                    command: bytes(command),
                    response: bytes(response),
                });
            Ok(())
        })
    }

    /// Begins, or goes on after an error.
    #[napi]
    pub fn begin(&self) -> napi::Result<AsyncTask<Work<Wanted>>> {
        let session = self.session.take()?;
        Ok(in_pool(move || step(session, Steps::begin)))
    }

    /// Hands a response over, or with a code other than 0 why there is none; on this thread.
    #[napi]
    pub fn next(&self, response: &[u8], code: u32) -> napi::Result<Wanted> {
        call(|| {
            let heard = heard(response, code);
            step(self.session.take()?, |steps| steps.next(heard))
        })
    }

    /// The same in libuv's pool.
    #[napi]
    pub fn next_in_pool(
        &self,
        response: &[u8],
        code: u32,
    ) -> napi::Result<AsyncTask<Work<Wanted>>> {
        let (session, heard) = (self.session.take()?, heard(response, code));
        Ok(in_pool(move || step(session, |steps| steps.next(heard))))
    }

    /// Gives up the command that waits for its response.
    #[napi]
    pub fn stop(&self) -> napi::Result<()> {
        call(|| match self.session.take()?.value()?.steps.stop() {
            true => Ok(()),
            false => Err(Misuse::Busy.into()),
        })
    }

    /// Wipes it.
    #[napi]
    pub fn close(&self) {
        self.session.close();
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

fn step(
    mut session: Taken<Session>,
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
