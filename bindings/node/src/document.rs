//! A document as it was read, believed by nobody yet.

use crate::edge::{Trouble, call};
use crate::files::file_of;
use crate::place::{Counted, Shared};
use crate::weight::{Weigh, Weight, weighed};
use crate::work::{Work, in_pool};
use chipid::emrtd::active_authentication::ActiveAuthenticationEvidence;
use chipid::emrtd::document::Files;
use chipid::emrtd::error::LimitError;
use chipid::emrtd::file::MAX_FILE_LEN;
use chipid::given_keys::Beside;
use chipid::{Error, Misuse, UnverifiedDocument, files};
use napi::Env;
use napi::bindgen_prelude::{AsyncTask, Uint8Array};
use napi_derive::napi;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

/// A document's files, unverified.
#[napi(custom_finalize)]
pub struct Document {
    read: Shared<Mutex<Read>>,
    weight: Weight,
}

weighed!(Document);

impl Weigh for Document {
    fn weigh(&self, env: &Env) -> napi::Result<()> {
        // What was closed weighs nothing any longer.
        match self.snapshot_len() {
            Ok(bytes) => self.weight.set(env, bytes),
            Err(_) => Ok(()),
        }
    }
}

/// A document, and what came with the key that opened it.
#[derive(Clone)]
pub(crate) struct Read {
    pub(crate) unverified: UnverifiedDocument,
    pub(crate) beside: Beside,
    /// Whether it is put together by hand, and takes files.
    filling: bool,
}

impl Read {
    /// How many bytes it has.
    pub(crate) fn len(&self) -> usize {
        let files = self.unverified.danger_unverified().values();
        files.map(|bytes| bytes.len()).sum()
    }
}

impl Document {
    pub(crate) fn of(unverified: UnverifiedDocument, beside: &Beside) -> Self {
        Self::new(unverified, beside.clone(), false)
    }

    fn new(unverified: UnverifiedDocument, beside: Beside, filling: bool) -> Self {
        Self {
            read: Shared::new(Mutex::new(Read {
                unverified,
                beside,
                filling,
            })),
            weight: Weight::default(),
        }
    }

    /// The document as it is now: what is done to it later changes nothing of a verification under way.
    pub(crate) fn snapshot(&self) -> Result<Read, Trouble> {
        let read = self.read.value()?;
        Ok(lock(&read)?.clone())
    }

    fn snapshot_len(&self) -> Result<usize, Trouble> {
        let read = self.read.value()?;
        Ok(lock(&read)?.len())
    }
}

#[napi]
impl Document {
    /// From a folder.
    #[napi]
    pub fn load(folder: String) -> AsyncTask<Work<Document>> {
        in_pool(move || {
            let unverified = files::load(Path::new(&folder))?;
            Ok(Self::of(unverified, &Beside::default()))
        })
    }

    /// Without files, to be filled.
    #[napi(factory)]
    #[must_use]
    pub fn empty() -> Self {
        let unverified = UnverifiedDocument::from_files([], None);
        Self::new(unverified, Beside::default(), true)
    }

    /// Adds a saved file by its identifier, or puts it in the place of an earlier one.
    #[napi]
    pub fn add(&self, env: &Env, file: u32, data: &[u8]) -> napi::Result<()> {
        call(|| {
            let read = self.read.value()?;
            let mut read = lock(&read)?;
            if !read.filling {
                return Err(Misuse::ForeignHandle.into());
            }
            let file = file_of(file)?;
            if data.len() > MAX_FILE_LEN {
                let says = data.len();
                return Err(Error::Chip(LimitError::FileTooLarge { file, says }.into()).into());
            }
            let before: &Files = read.unverified.danger_unverified();
            let files = before.iter().map(|(file, bytes)| (*file, bytes.to_vec()));
            let files: Vec<_> = files.chain([(file, data.to_vec())]).collect();
            let evidence = read.unverified.active_authentication().cloned();
            read.unverified = UnverifiedDocument::from_files(files, evidence);
            Ok(())
        })?;
        self.weigh(env)
    }

    /// Adds what a chip answered to a challenge.
    #[napi]
    pub fn add_active_authentication(
        &self,
        challenge: &[u8],
        signature: &[u8],
    ) -> napi::Result<()> {
        call(|| {
            let read = self.read.value()?;
            let mut read = lock(&read)?;
            if !read.filling {
                return Err(Misuse::ForeignHandle.into());
            }
            let evidence = ActiveAuthenticationEvidence {
                challenge: challenge.try_into().map_err(|_| Misuse::UnknownValue)?,
                signature: signature.to_vec(),
            };
            let files = read.unverified.danger_unverified().iter();
            let files: Vec<_> = files.map(|(file, bytes)| (*file, bytes.to_vec())).collect();
            read.unverified = UnverifiedDocument::from_files(files, Some(evidence));
            Ok(())
        })
    }

    /// A challenge, and what the chip answered to it; empty where there was none.
    #[napi]
    pub fn active_authentication(&self) -> napi::Result<Vec<Uint8Array>> {
        call(|| {
            let read = self.read.value()?;
            let read = lock(&read)?;
            let evidence = read.unverified.active_authentication();
            let parts = |evidence: &ActiveAuthenticationEvidence| {
                [evidence.challenge.to_vec(), evidence.signature.clone()]
            };
            Ok(evidence
                .into_iter()
                .flat_map(parts)
                .map(Uint8Array::new)
                .collect())
        })
    }

    /// Says which challenge the caller chose for the Active Authentication that was saved.
    #[napi]
    pub fn challenged_with(&self, challenge: &[u8]) -> napi::Result<()> {
        call(|| {
            let challenge = challenge.try_into().map_err(|_| Misuse::UnknownValue)?;
            let read = self.read.value()?;
            let mut read = lock(&read)?;
            read.unverified = read.unverified.clone().challenged_with(challenge);
            Ok(())
        })
    }

    /// A raw file, believed by nobody.
    #[napi]
    pub fn unverified_file(&self, file: u32) -> napi::Result<Option<Uint8Array>> {
        call(|| {
            let read = self.read.value()?;
            let read = lock(&read)?;
            let bytes = read.unverified.danger_unverified().get(&file_of(file)?);
            Ok(bytes.map(|bytes| Uint8Array::new(bytes.to_vec())))
        })
    }

    /// Saves the raw files.
    #[napi]
    pub fn save(&self, folder: String) -> napi::Result<AsyncTask<Work<()>>> {
        let read = self.snapshot()?;
        Ok(in_pool(move || {
            let raw = read.unverified.danger_unverified();
            let evidence = read.unverified.active_authentication();
            Ok(files::save(Path::new(&folder), raw, evidence)?)
        }))
    }

    /// Wipes it.
    #[napi]
    pub fn close(&self, env: &Env) -> napi::Result<()> {
        self.read.close();
        self.weight.set(env, 0)
    }
}

fn lock(read: &Arc<Counted<Mutex<Read>>>) -> Result<MutexGuard<'_, Read>, Trouble> {
    read.lock().map_err(|_| Trouble::BROKEN)
}
