//! Where the program keeps and finds its things.

use crate::exit::Failure;
use crate::lang::{self, Message, Sentence};
use std::env;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The models in a clone of the repository.
const MODELS_OF_THE_REPOSITORY: &str = "models/files";

/// The program's own folder: `$CHIPID_HOME`, else the platform's place for data. It need not exist yet.
pub(crate) fn data() -> Result<PathBuf, Failure> {
    let of = |name: &str| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    of("CHIPID_HOME")
        .or_else(|| {
            let data = if cfg!(windows) {
                of("LOCALAPPDATA")
            } else {
                of("XDG_DATA_HOME").or_else(|| of("HOME").map(|home| home.join(".local/share")))
            };
            data.map(|data| data.join("chipid"))
        })
        .ok_or_else(|| Failure::new(lang::NO_PLACE_FOR_DATA, lang::SET_HOME))
}

/// The folder of the face models: `given`, else `$CHIPID_MODELS`, else that of the repository where there is one, else
/// `models` in the program's own folder.
pub(crate) fn models(given: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(given) = given {
        return Ok(given.to_path_buf());
    }
    if let Some(models) = env::var_os("CHIPID_MODELS").filter(|value| !value.is_empty()) {
        return Ok(models.into());
    }
    let repository = PathBuf::from(MODELS_OF_THE_REPOSITORY);
    if repository.is_dir() {
        return Ok(repository);
    }
    Ok(data()?.join("models"))
}

/// A file's bytes, `limit` at most; a longer file is refused.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let trouble = |what: Message| Failure::about(path.display(), what, lang::CHECK_READABLE);
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes))
        .map_err(|e| trouble(lang::of_kind(e.kind())))?;
    if bytes.len() as u64 > limit {
        return Err(trouble(lang::FILE_TOO_LARGE.message()));
    }
    Ok(bytes)
}
