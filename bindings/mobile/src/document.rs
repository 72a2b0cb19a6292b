//! A document as it was read, believed by nobody yet.

use crate::bytes::Bytes;
use crate::confirmation::ActiveAuthentication;
use crate::edge::{Failure, call};
use crate::files::file_of;
use crate::held::Held;
use chipid::emrtd::active_authentication::ActiveAuthenticationEvidence;
use chipid::emrtd::document::Files;
use chipid::emrtd::error::LimitError;
use chipid::emrtd::file::MAX_FILE_LEN;
use chipid::given_keys::Beside;
use chipid::{Error, Misuse, UnverifiedDocument, files as folders};
use std::path::Path;

/// A document's files, unverified: an [`Assessment`](crate::assessment::Assessment) says what they are worth. Wiped when nobody holds
/// it any more.
#[derive(uniffi::Object)]
pub struct Document(Held<Read>);

/// A document, and what came with the key that opened it.
pub(crate) struct Read {
    pub(crate) unverified: UnverifiedDocument,
    pub(crate) beside: Beside,
    /// Whether it is put together by hand, and takes files.
    filling: bool,
}

#[uniffi::export]
impl Document {
    /// A document from a folder that [`save`](Self::save) or the program wrote.
    #[uniffi::constructor]
    pub fn load(folder: String) -> Result<Self, Failure> {
        call(|| {
            let unverified = folders::load(Path::new(&folder))?;
            Ok(Self::of(unverified, Beside::default()))
        })
    }

    /// A document without files, to be filled with [`add`](Self::add).
    #[uniffi::constructor]
    #[allow(
        clippy::new_without_default,
        reason = "it is made from other languages"
    )]
    pub fn new() -> Self {
        Self(Held::new(Read {
            unverified: UnverifiedDocument::from_files([], None),
            beside: Beside::default(),
            filling: true,
        }))
    }

    /// Adds a saved file by its number (0x0101 for DG1, 0x011D for EF.SOD), or puts it in the place of an earlier one. Only to a
    /// document that was made empty: what a chip or a folder gave is not added to (8902).
    pub fn add(&self, file: u32, data: &[u8]) -> Result<(), Failure> {
        call(|| {
            let mut read = self.0.change()?;
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
        })
    }

    /// Adds what Active Authentication gave when the files were read: the challenge of eight bytes, and the chip's answer. Only to a
    /// document that was made empty (8902).
    pub fn add_active_authentication(
        &self,
        challenge: &[u8],
        signature: &[u8],
    ) -> Result<(), Failure> {
        call(|| {
            let mut read = self.0.change()?;
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

    /// What Active Authentication gave, for keeping it. None where it was not done.
    pub fn active_authentication(&self) -> Result<Option<ActiveAuthentication>, Failure> {
        call(|| {
            let read = self.0.read()?;
            Ok(read
                .unverified
                .active_authentication()
                .map(ActiveAuthentication::of))
        })
    }

    /// Says which challenge of eight bytes the caller itself chose for the Active Authentication whose answer was saved with the
    /// document. Without it such an answer may be of any day, and is doubted.
    pub fn challenged_with(&self, challenge: &[u8]) -> Result<(), Failure> {
        call(|| {
            let mut read = self.0.change()?;
            let challenge = challenge.try_into().map_err(|_| Misuse::UnknownValue)?;
            read.unverified = read.unverified.clone().challenged_with(challenge);
            Ok(())
        })
    }

    /// A raw file, believed by nobody: for keeping it. None where the document has none of that number.
    pub fn danger_unverified_file(&self, file: u32) -> Result<Option<Bytes>, Failure> {
        call(|| {
            let read = self.0.read()?;
            let bytes = read.unverified.danger_unverified().get(&file_of(file)?);
            Ok(bytes.map(|bytes| Bytes::of(bytes.to_vec())))
        })
    }

    /// Saves the raw files, readable by their owner alone, in a folder that is made, or holds no document yet.
    pub fn save(&self, folder: String) -> Result<(), Failure> {
        call(|| {
            let read = self.0.read()?;
            let unverified = &read.unverified;
            let evidence = unverified.active_authentication();
            Ok(folders::save(
                Path::new(&folder),
                unverified.danger_unverified(),
                evidence,
            )?)
        })
    }
}

impl Document {
    pub(crate) const fn of(unverified: UnverifiedDocument, beside: Beside) -> Self {
        Self(Held::new(Read {
            unverified,
            beside,
            filling: false,
        }))
    }

    pub(crate) const fn held(&self) -> &Held<Read> {
        &self.0
    }
}
