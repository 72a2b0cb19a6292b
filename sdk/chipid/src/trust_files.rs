//! Trust anchors from files and folders.

use crate::error::Error;
use chipid_emrtd::trust::{Scope, TrustError, TrustStore, TrustStoreBuilder};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder's own word on what its anchors may vouch for.
const SCOPES_FILE: &str = "scopes.toml";
/// No certificate, list of states or revocation list is longer.
const MAX_LEN: u64 = 64 << 20;

/// `scopes.toml` of a trust folder: by file name, the states and document codes that an anchor is trusted for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeEntry {
    #[serde(default)]
    states: Vec<String>,
    #[serde(default)]
    document_codes: Vec<String>,
}

/// Loads certificates, master lists and revocation lists, DER or PEM, from files and folders (all files of a folder, not
/// of folders in it). `roots` vouch for signers of master lists and for nothing else.
///
/// A folder may hold `scopes.toml`, which says by file name what an anchor is trusted for:
///
/// ```toml
/// ["csca-id-cards.der"]
/// states = ["VNM"]
/// document_codes = ["I"]
/// ```
///
/// # Errors
/// [`Error::File`], [`Error::Trust`].
pub fn load(paths: &[PathBuf], roots: &[PathBuf]) -> Result<TrustStore, Error> {
    let mut builder = TrustStore::builder();
    for root in roots {
        builder = builder.root(&read(root)?, &label(root))?;
    }
    for path in paths {
        builder = if path.is_dir() {
            add_folder(builder, path)?
        } else {
            builder.add(&read(path)?, &label(path))?
        };
    }
    Ok(builder.build()?)
}

fn add_folder(mut builder: TrustStoreBuilder, folder: &Path) -> Result<TrustStoreBuilder, Error> {
    let scopes = scopes(&folder.join(SCOPES_FILE))?;
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .and_then(|entries| entries.map(|e| e.map(|e| e.path())).collect())
        .map_err(|e| Error::file(folder, &e))?;
    files.sort();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if name == SCOPES_FILE || name.starts_with('.') || !file.is_file() {
            continue;
        }
        let bytes = read(&file)?;
        builder = match scopes.get(name.as_ref()) {
            Some(scope) => builder.add_scoped(&bytes, &label(&file), scope.clone())?,
            None => builder.add(&bytes, &label(&file))?,
        };
    }
    Ok(builder)
}

fn scopes(path: &Path) -> Result<BTreeMap<String, Scope>, Error> {
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    let unreadable = || {
        Error::Trust(TrustError::Unrecognised {
            source: label(path),
        })
    };
    let text = String::from_utf8(read(path)?).map_err(|_| unreadable())?;
    let entries: BTreeMap<String, ScopeEntry> = toml::from_str(&text).map_err(|_| unreadable())?;
    Ok(entries
        .into_iter()
        .map(|(file, entry)| {
            let scope = Scope {
                states: entry.states,
                document_codes: entry.document_codes,
            };
            (file, scope)
        })
        .collect())
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    use std::io::Read;
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(MAX_LEN).read_to_end(&mut bytes))
        .map_err(|e| Error::file(path, &e))?;
    Ok(bytes)
}

fn label(path: &Path) -> String {
    path.display().to_string()
}
