//! Trust anchors from files and folders.

use crate::error::Error;
use crate::issuer_scope;
use chipid_emrtd::trust::{Scope, TrustError, TrustStore, TrustStoreBuilder};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
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
/// Every name in it must be that of a file in the folder.
///
/// # Errors
/// [`Error::File`], [`Error::Trust`].
pub fn load(paths: &[PathBuf], roots: &[PathBuf]) -> Result<TrustStore, Error> {
    load_with_cards(paths, &[], roots)
}

/// As [`load`], with certificates in `cards` that are trusted for the identity cards of their own states and for nothing
/// else. A Vietnamese identity card asks for such an anchor: see [`issuer_scope`].
///
/// # Errors
/// [`Error::File`], [`Error::Trust`]; a master list among `cards` is one.
pub fn load_with_cards(
    paths: &[PathBuf],
    cards: &[PathBuf],
    roots: &[PathBuf],
) -> Result<TrustStore, Error> {
    let mut builder = issuer_scope::builder();
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
    for card in cards {
        builder = builder.add_scoped(&read(card)?, &label(card), issuer_scope::identity_cards())?;
    }
    Ok(builder.build()?)
}

fn add_folder(mut builder: TrustStoreBuilder, folder: &Path) -> Result<TrustStoreBuilder, Error> {
    let mut scopes = scopes(&folder.join(SCOPES_FILE))?;
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .and_then(|entries| entries.map(|e| e.map(|e| e.path())).collect())
        .map_err(|e| Error::file(folder, &e))?;
    files.sort();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if name == SCOPES_FILE || name.starts_with('.') {
            continue;
        }
        // A link to a list that is not there any more is no folder to be passed over.
        let told = fs::metadata(&file).map_err(|e| Error::file(&file, &e))?;
        if !told.is_file() {
            continue;
        }
        let bytes = read(&file)?;
        builder = match scopes.remove(name.as_ref()) {
            Some(scope) => builder.add_scoped(&bytes, &label(&file), scope)?,
            None => builder.add(&bytes, &label(&file))?,
        };
    }
    // A misspelt name would leave the anchor that it means without its restriction.
    if let Some(missing) = scopes.keys().next() {
        return Err(Error::File {
            path: folder.join(missing),
            kind: ErrorKind::NotFound,
        });
    }
    Ok(builder)
}

fn scopes(path: &Path) -> Result<BTreeMap<String, Scope>, Error> {
    let text = match read(path) {
        Ok(text) => text,
        Err(Error::File {
            kind: ErrorKind::NotFound,
            ..
        }) => return Ok(BTreeMap::new()),
        // A restriction that cannot be read is not one that is not there.
        Err(error) => return Err(error),
    };
    let unreadable = || {
        Error::Trust(TrustError::Unrecognised {
            source: label(path),
        })
    };
    let text = String::from_utf8(text).map_err(|_| unreadable())?;
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

/// A file's bytes. One that is too long is refused: cut between two blocks of PEM, it would be taken without those behind.
fn read(path: &Path) -> Result<Vec<u8>, Error> {
    use std::io::Read;
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(MAX_LEN + 1).read_to_end(&mut bytes))
        .map_err(|e| Error::file(path, &e))?;
    if bytes.len() as u64 > MAX_LEN {
        return Err(Error::Trust(TrustError::TooLarge {
            source: label(path),
        }));
    }
    Ok(bytes)
}

fn label(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support;
    use pem_rfc7468::LineEnding;

    fn folder(name: &str, scopes: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("chipid-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let csca = support::issuer("vn-2021").csca_certificate().to_vec();
        fs::write(folder.join("csca.der"), csca).unwrap();
        fs::write(folder.join(SCOPES_FILE), scopes).unwrap();
        folder
    }

    #[test]
    fn a_scope_reaches_the_anchor_of_its_file() {
        let folder = folder("scope", "[\"csca.der\"]\nstates = [\"VNM\"]\n");
        let store = load(std::slice::from_ref(&folder), &[]);
        fs::remove_dir_all(&folder).unwrap();
        let scope = store.unwrap().anchors()[0].scope.clone().unwrap();
        assert_eq!(scope.states, ["VNM"]);
    }

    #[test]
    fn a_scope_for_a_file_that_is_not_there_is_refused_and_trusts_nobody_for_everything() {
        let folder = folder("misspelt-scope", "[\"csca.pem\"]\nstates = [\"VNM\"]\n");
        let error = load(std::slice::from_ref(&folder), &[]).map(|_| ());
        fs::remove_dir_all(&folder).unwrap();
        assert!(
            matches!(&error, Err(Error::File { path, kind: ErrorKind::NotFound }) if path.ends_with("csca.pem")),
            "{error:?}"
        );
    }
    #[cfg(unix)]
    #[test]
    fn a_link_to_a_list_that_is_gone_is_refused_and_not_passed_over() {
        let folder = folder("dangling", "");
        fs::create_dir_all(folder.join("a folder")).unwrap();
        let before = load(std::slice::from_ref(&folder), &[]);
        std::os::unix::fs::symlink("gone.crl", folder.join("vn.crl")).unwrap();
        let error = load(std::slice::from_ref(&folder), &[]).map(|_| ());
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(before.unwrap().anchors().len(), 1);
        assert!(
            matches!(&error, Err(Error::File { path, kind: ErrorKind::NotFound }) if path.ends_with("vn.crl")),
            "{error:?}"
        );
    }

    /// Blank lines fill what the first block leaves of the longest file that is taken; the second block begins behind it.
    #[test]
    fn a_bundle_that_is_too_long_by_one_block_is_refused_and_not_cut() {
        let csca = support::issuer("vn-2021");
        let block =
            pem_rfc7468::encode_string("CERTIFICATE", LineEnding::LF, csca.csca_certificate())
                .unwrap();
        let mut bundle = block.clone().into_bytes();
        bundle.resize(usize::try_from(MAX_LEN).unwrap(), b'\n');
        let path = std::env::temp_dir().join(format!("chipid-bundle-{}.pem", std::process::id()));
        fs::write(&path, &bundle).unwrap();
        let longest = load(std::slice::from_ref(&path), &[]);
        bundle.extend_from_slice(block.as_bytes());
        fs::write(&path, &bundle).unwrap();
        let too_long = load(std::slice::from_ref(&path), &[]).map(|_| ());
        fs::remove_file(&path).unwrap();
        assert_eq!(longest.unwrap().anchors().len(), 1);
        assert!(
            matches!(too_long, Err(Error::Trust(TrustError::TooLarge { .. }))),
            "{too_long:?}"
        );
    }
}
