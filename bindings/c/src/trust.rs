//! Whom to believe: certificates of states, their master lists and revocation lists.

use crate::edge::{Trouble, call, make, slice, text};
use crate::error::chipid_error;
use crate::handle::{self, kind};
use chipid::emrtd::trust::{TrustError, TrustStoreBuilder};
use chipid::{Error, Misuse, TrustStore, issuer_scope};
use std::ffi::c_char;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// No certificate, master list or revocation list is longer.
const MAX_LEN: u64 = 64 << 20;

/// Filled until it is first used.
pub(crate) enum Trust {
    Filling(TrustStoreBuilder),
    Filled(Arc<TrustStore>),
    /// Something was refused: nothing is believed by half a store.
    Broken,
}

/// Trust anchors. It is filled first, and used then, by as many threads as like: after its first use nothing can be added.
pub struct chipid_trust {
    _opaque: [u8; 0],
}

kind!(chipid_trust, Mutex<Trust>, 0xC41B_1D00_0000_0004);

/// What an anchor is taken for.
#[repr(C)]
#[derive(Clone, Copy)]
pub enum chipid_anchor {
    /// A CSCA certificate, a master list or a revocation list, DER or PEM.
    CHIPID_ANCHOR_ANY = 0,
    /// A CSCA certificate that is trusted for identity cards alone, as Vietnamese cards ask for.
    CHIPID_ANCHOR_IDENTITY_CARDS = 1,
    /// A certificate that may vouch for the signers of master lists, and for nothing else.
    CHIPID_ANCHOR_LIST_ROOT = 2,
}

/// An empty store.
///
/// # Safety
/// `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_trust_new(
    out: *mut *mut chipid_trust,
    error: *mut *mut chipid_error,
) -> i32 {
    // SAFETY: the caller's word is handed on.
    unsafe {
        make(out, error, || {
            Ok(Mutex::new(Trust::Filling(issuer_scope::builder())))
        })
    }
}

/// Adds an anchor or a list. `name` says where it is from, for the report. `anchor` is one of chipid_anchor. After an error the
/// store is of no more use. What only shows when all is together (a list whose signer nobody vouches for) is an error of the first
/// chipid_assessment_new.
///
/// # Safety
/// `trust` is null or lives; `data` and `name` point to as many bytes as their lengths say; `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_trust_add(
    trust: *const chipid_trust,
    data: *const u8,
    length: usize,
    name: *const c_char,
    name_length: usize,
    anchor: u32,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let handle = handle::read(trust)?;
        fill(&handle, |builder| {
            // SAFETY: the caller's word is handed on.
            let (bytes, name) = unsafe { (slice(data, length)?, text(name, name_length)?) };
            added(builder, bytes, name, anchor)
        })
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// As chipid_trust_add, of a file. `path` is UTF-8; the report has the file's name, not where it lies.
///
/// # Safety
/// `trust` is null or lives; `path` points to `length` bytes; `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_trust_add_file(
    trust: *const chipid_trust,
    path: *const c_char,
    length: usize,
    anchor: u32,
    error: *mut *mut chipid_error,
) -> i32 {
    let work = || {
        let handle = handle::read(trust)?;
        fill(&handle, |builder| {
            // SAFETY: the caller's word is handed on.
            let path = Path::new(unsafe { text(path, length) }?);
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            added(builder, &content(path, &name)?, &name, anchor)
        })
    };
    // SAFETY: as above.
    unsafe { call(error, work) }
}

/// Fills a store further. It is broken from the first look at what is added, and whole again when that is in it: whoever passes over an
/// error, for a file that is not there as for one that is no list, goes on with no store, and never with one that lacks the file.
fn fill(
    handle: &Mutex<Trust>,
    add: impl FnOnce(TrustStoreBuilder) -> Result<TrustStoreBuilder, Trouble>,
) -> Result<(), Trouble> {
    let mut trust = handle.lock().map_err(|_| Trouble::Panic(None))?;
    match std::mem::replace(&mut *trust, Trust::Broken) {
        Trust::Filling(builder) => *trust = Trust::Filling(add(builder)?),
        Trust::Filled(store) => {
            *trust = Trust::Filled(store);
            return Err(Misuse::Busy.into());
        }
        Trust::Broken => return Err(Misuse::ForeignHandle.into()),
    }
    Ok(())
}

fn added(
    builder: TrustStoreBuilder,
    bytes: &[u8],
    name: &str,
    anchor: u32,
) -> Result<TrustStoreBuilder, Trouble> {
    Ok(match anchor {
        0 => builder.add(bytes, name)?,
        1 => builder.add_scoped(bytes, name, issuer_scope::identity_cards())?,
        2 => builder.root(bytes, name)?,
        _ => return Err(Misuse::UnknownValue.into()),
    })
}

/// A file's bytes. One that is longer than any list is refused: cut between two blocks of PEM, it would be taken without those behind.
fn content(path: &Path, name: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(MAX_LEN + 1).read_to_end(&mut bytes)) {
        Ok(_) if bytes.len() as u64 > MAX_LEN => Err(Error::Trust(TrustError::TooLarge {
            source: name.to_owned(),
        })),
        Ok(_) => Ok(bytes),
        Err(error) => Err(Error::File {
            path: path.to_owned(),
            kind: error.kind(),
        }),
    }
}

/// The store of a handle, which takes nothing more from now on. Where two threads use it first, one waits for the other.
pub(crate) fn store(trust: *const chipid_trust) -> Result<Arc<TrustStore>, Trouble> {
    let handle = handle::read(trust)?;
    let mut trust = handle.lock().map_err(|_| Trouble::Panic(None))?;
    let store = match std::mem::replace(&mut *trust, Trust::Broken) {
        Trust::Filling(builder) => Arc::new(builder.build()?),
        Trust::Filled(store) => store,
        Trust::Broken => return Err(Misuse::ForeignHandle.into()),
    };
    *trust = Trust::Filled(Arc::clone(&store));
    Ok(store)
}

/// Frees it and sets its place to null.
///
/// # Safety
/// `trust` is null or the place of a store that lives, or of null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_trust_free(trust: *mut *mut chipid_trust) {
    // SAFETY: the caller's word is handed on.
    unsafe { handle::free(trust) };
}
