//! Where the program keeps and finds its things.

use crate::exit::Failure;
use std::env;
use std::fs::File;
use std::io::{ErrorKind, Read};
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
        .ok_or_else(|| {
            Failure::new(
                "there is no place for the program's data",
                "set CHIPID_HOME to a folder of yours",
            )
        })
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
    let trouble = |what: &dyn std::fmt::Display| {
        Failure::new(
            format!("{}: {what}", path.display()),
            "check the path, and that you may read there",
        )
    };
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes))
        .map_err(|e| trouble(&said(e.kind())))?;
    if bytes.len() as u64 > limit {
        return Err(trouble(&"the file is too large"));
    }
    Ok(bytes)
}

/// What the system says, in plainer words where it has them.
pub(crate) fn said(kind: ErrorKind) -> String {
    match kind {
        ErrorKind::NotFound => "no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "not permitted".to_owned(),
        ErrorKind::IsADirectory => "is a folder".to_owned(),
        other => other.to_string(),
    }
}
