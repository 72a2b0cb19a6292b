//! A document's files in a folder: saved by one machine, verified by another, years later.

use crate::error::Error;
use chipid_emrtd::active_authentication::ActiveAuthenticationEvidence;
use chipid_emrtd::document::{Files, UnverifiedDocument};
use chipid_emrtd::file::MAX_FILE_LEN;
use chipid_emrtd::file_id::FileId;
use std::fs;
use std::path::Path;

/// The challenge of Active Authentication, saved beside the files.
const CHALLENGE_FILE: &str = "AA_challenge.bin";
/// The chip's answer to it.
const SIGNATURE_FILE: &str = "AA_signature.bin";

/// The name that a file is saved under: `EF_SOD.bin`, `DG1.bin`.
#[must_use]
pub fn file_name(file: FileId) -> String {
    format!("{file}.bin")
}

/// Reads a document from a folder that [`save`] wrote (or another program, under the same names).
///
/// # Errors
/// [`Error::File`], [`Error::NoDocumentFiles`].
pub fn load(folder: &Path) -> Result<UnverifiedDocument, Error> {
    let mut files = Vec::new();
    for file in candidates() {
        if let Some(bytes) = read_if_there(&folder.join(file_name(file)))? {
            files.push((file, bytes));
        }
    }
    if files.is_empty() {
        // Tells a folder that is not there from one that holds something else.
        fs::read_dir(folder).map_err(|e| Error::file(folder, &e))?;
        return Err(Error::NoDocumentFiles {
            path: folder.to_path_buf(),
        });
    }
    let challenge = read_if_there(&folder.join(CHALLENGE_FILE))?;
    let signature = read_if_there(&folder.join(SIGNATURE_FILE))?;
    let evidence = challenge
        .and_then(|c| c.try_into().ok())
        .zip(signature)
        .map(|(challenge, signature)| ActiveAuthenticationEvidence {
            challenge,
            signature,
        });
    Ok(UnverifiedDocument::from_files(files, evidence))
}

/// Every file that a document may have.
fn candidates() -> impl Iterator<Item = FileId> {
    FileId::all()
}

/// Saves raw files, each under its name, readable by their owner alone. The folder is made where it is missing. One that
/// holds a document's files already is refused: two persons' files would lie side by side.
///
/// # Errors
/// [`Error::File`], [`Error::FolderTaken`].
pub fn save(
    folder: &Path,
    files: &Files,
    evidence: Option<&ActiveAuthenticationEvidence>,
) -> Result<(), Error> {
    let names = candidates().map(file_name);
    let mut names = names.chain([CHALLENGE_FILE.to_owned(), SIGNATURE_FILE.to_owned()]);
    if names.any(|name| folder.join(name).exists()) {
        return Err(Error::FolderTaken {
            path: folder.to_path_buf(),
        });
    }
    fs::create_dir_all(folder).map_err(|e| Error::file(folder, &e))?;
    for (file, bytes) in files {
        write_private(&folder.join(file_name(*file)), bytes)?;
    }
    if let Some(evidence) = evidence {
        write_private(&folder.join(CHALLENGE_FILE), &evidence.challenge)?;
        write_private(&folder.join(SIGNATURE_FILE), &evidence.signature)?;
    }
    Ok(())
}

/// Writes a file that only its owner may read: it holds a person's data.
///
/// Windows has no such bits: there the file has the rights that its folder hands down. Those of a user's own profile are
/// the user's, the system's and the administrators'; a folder elsewhere may let everybody read.
///
/// # Errors
/// [`Error::File`].
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    use std::io::Write;
    let mut options = private();
    options.create(true);
    // Opening a pipe would wait for whoever reads from it, and a device's permissions are not this program's.
    let stranger = fs::metadata(path).is_ok_and(|metadata| !metadata.is_file());
    (if stranger {
        Err(no_file())
    } else {
        options.open(path)
    })
    .and_then(|mut file| {
        if !file.metadata()?.is_file() {
            return Err(no_file());
        }
        // A file that was there before keeps the permissions that it had; until they are set it keeps its bytes, too.
        #[cfg(unix)]
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        file.set_len(0)?;
        file.write_all(bytes)
    })
    .map_err(|e| Error::file(path, &e))
}

/// Writes a file of the same kind where there is none: whatever stands at `path`, a link to nowhere too, stays as it is.
///
/// # Errors
/// [`Error::File`], of the kind `AlreadyExists` where something stands there.
pub fn write_new_private(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    use std::io::Write;
    private()
        .create_new(true)
        .open(path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(|e| Error::file(path, &e))
}

fn private() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn no_file() -> std::io::Error {
    std::io::ErrorKind::InvalidInput.into()
}

/// The file's bytes; `None` where there is no such file. A file that is longer than any EF is cut there: its digest will
/// not match.
fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    use std::io::Read;
    match fs::metadata(path) {
        // Opening a pipe would wait for whoever writes into it.
        Ok(metadata) if !metadata.is_file() => {
            return Err(Error::File {
                path: path.to_path_buf(),
                kind: std::io::ErrorKind::InvalidInput,
            });
        }
        Ok(_) => {}
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Error::file(path, &e)),
    }
    let file = fs::File::open(path).map_err(|e| Error::file(path, &e))?;
    // As long as the file from the beginning: a vector that grows leaves unwiped pieces behind.
    let len = file.metadata().map_or(0, |m| m.len());
    let len = usize::try_from(len).map_or(MAX_FILE_LEN, |len| len.min(MAX_FILE_LEN));
    let mut bytes = Vec::with_capacity(len);
    file.take(MAX_FILE_LEN as u64)
        .read_to_end(&mut bytes)
        .map_err(|e| Error::file(path, &e))?;
    Ok(Some(bytes))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_file_that_everybody_could_read_is_private_once_it_holds_a_person() {
        let path = std::env::temp_dir().join(format!("chipid-private-{}", std::process::id()));
        fs::write(&path, b"before").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        write_private(&path, b"a person").unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert_eq!((mode & 0o777, bytes.as_slice()), (0o600, &b"a person"[..]));
    }

    #[test]
    fn what_is_no_file_is_left_alone() {
        use std::io::ErrorKind::{AlreadyExists, InvalidInput};
        let kind = |result: Result<(), Error>| match result {
            Err(Error::File { kind, .. }) => kind,
            other => panic!("{other:?}"),
        };
        let null = Path::new("/dev/null");
        let before = fs::metadata(null).unwrap().permissions().mode();
        assert_eq!(kind(write_private(null, b"a person")), InvalidInput);
        assert_eq!(kind(write_new_private(null, b"a person")), AlreadyExists);
        assert_eq!(fs::metadata(null).unwrap().permissions().mode(), before);
        let folder = std::env::temp_dir().join(format!("chipid-new-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let [file, link, nowhere] = ["file", "link", "nowhere"].map(|name| folder.join(name));
        write_new_private(&file, b"first").unwrap();
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::os::unix::fs::symlink(&file, &link).unwrap();
        std::os::unix::fs::symlink(folder.join("not there"), &nowhere).unwrap();
        for taken in [&file, &link, &nowhere] {
            assert_eq!(kind(write_new_private(taken, b"second")), AlreadyExists);
        }
        assert_eq!(fs::read(&file).unwrap(), b"first");
        assert!(!folder.join("not there").exists());
        fs::remove_dir_all(&folder).unwrap();
    }
}
