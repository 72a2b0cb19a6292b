//! Words on the command line that open a chip: CAN, MRZ, numbers, QR text.
//!
//! A word that is given as such stands in the process list and in clap's own copy of the arguments, which is not wiped;
//! `-` (a line of standard input) and `@FILE` avoid both. What is held here is wiped, and hidden in `Debug`.

use crate::encoding::utf8;
use crate::exit::Failure;
use crate::lang::{self, Said};
use std::fmt;
use std::fs::File;
use std::io::{BufRead, ErrorKind, Read, stdin};
use std::path::Path;
use zeroize::Zeroizing;

/// No key is longer: a QR code holds 2,953 bytes. More than the parsers take, so that what is too long is refused and
/// not cut.
const MAX_LEN: u64 = 32_768;
/// No picture of a QR code is larger.
const MAX_PICTURE: u64 = 64 << 20;

/// A word as it was given: itself, `-` or `@FILE`.
#[derive(Clone)]
pub(crate) struct Secret(Zeroizing<String>);

impl From<String> for Secret {
    fn from(word: String) -> Self {
        Self(Zeroizing::new(word))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// The secret itself: one line of standard input for `-`; otherwise the word.
    pub(crate) fn line(&self) -> Result<Zeroizing<String>, Failure> {
        if self.0.as_str() != "-" {
            return Ok(self.0.clone());
        }
        let mut line = Zeroizing::new(Vec::new());
        stdin()
            .lock()
            .take(MAX_LEN)
            .read_until(b'\n', &mut line)
            .map_err(|e| not_read(&lang::STANDARD_INPUT, &e))?;
        decoded(&line, &lang::STANDARD_INPUT)
    }

    /// The secret itself, of several lines perhaps: all of standard input for `-`, a file's text for `@FILE`.
    pub(crate) fn text(&self) -> Result<Zeroizing<String>, Failure> {
        if self.0.as_str() == "-" {
            return read(stdin().lock(), &lang::STANDARD_INPUT);
        }
        match self.0.strip_prefix('@') {
            Some(path) => {
                let file = open(path).map_err(|e| not_read(&path, &e))?;
                read(file, &path)
            }
            None => Ok(self.0.clone()),
        }
    }

    /// The secret as text or, from a file or standard input, as bytes. A word that names a file whose first bytes
    /// `is_picture` knows is that file: nobody writes `@` before a picture.
    pub(crate) fn bytes(&self, is_picture: fn(&[u8]) -> bool) -> Result<Given, Failure> {
        if self.0.as_str() == "-" {
            return all_of(stdin().lock(), &lang::STANDARD_INPUT).map(Given::Bytes);
        }
        if let Some(path) = self.0.strip_prefix('@') {
            let file = open(path).map_err(|e| not_read(&path, &e))?;
            return all_of(file, &path).map(Given::Bytes);
        }
        let path = self.0.as_str();
        let mut start = Zeroizing::new(Vec::new());
        let read = open(path).and_then(|file| file.take(64).read_to_end(&mut start));
        if read.is_ok() && is_picture(&start) {
            let file = open(path).map_err(|e| not_read(&path, &e))?;
            return all_of(file, &path).map(Given::Bytes);
        }
        Ok(Given::Text(self.0.clone()))
    }
}

/// Opening a pipe would wait for whoever writes into it.
fn open(path: &str) -> std::io::Result<File> {
    let path = Path::new(path);
    if !std::fs::metadata(path)?.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    File::open(path)
}

/// A secret, as it was given.
pub(crate) enum Given {
    /// A word of the command line.
    Text(Zeroizing<String>),
    /// A file, or standard input: text of any encoding, or a picture.
    Bytes(Zeroizing<Vec<u8>>),
}

fn all_of(source: impl Read, name: &dyn Said) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut bytes = Zeroizing::new(Vec::new());
    source
        .take(MAX_PICTURE)
        .read_to_end(&mut bytes)
        .map_err(|e| not_read(name, &e))?;
    Ok(bytes)
}

fn not_read(name: &dyn Said, error: &std::io::Error) -> Failure {
    Failure::new(
        lang::ABOUT_FILE.with([name, &lang::of_kind(error.kind())]),
        lang::GIVE_SECRET,
    )
}

fn read(source: impl Read, name: &dyn Said) -> Result<Zeroizing<String>, Failure> {
    let mut bytes = Zeroizing::new(Vec::new());
    source
        .take(MAX_LEN)
        .read_to_end(&mut bytes)
        .map_err(|e| not_read(name, &e))?;
    decoded(&bytes, name)
}

fn decoded(bytes: &[u8], name: &dyn Said) -> Result<Zeroizing<String>, Failure> {
    let text = Zeroizing::new(utf8(bytes).into_owned());
    let text = str::from_utf8(&text).map_err(|_| not_read(name, &ErrorKind::InvalidData.into()))?;
    Ok(Zeroizing::new(text.to_owned()))
}
