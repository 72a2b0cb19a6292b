//! The files of a machine, below a root that may be another one's: read as if they were hostile.
//!
//! Only regular files are opened, without waiting (a pipe would hang us); no more than a limit is read; links are
//! followed by ourselves, within the root and a bounded number of times, so that neither a circle nor a link to
//! somewhere else leads out of it.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// Links followed on the way to one file, as Linux has it.
const MOST_LINKS: usize = 40;
/// Entries of one folder that are looked at.
const MOST_ENTRIES: usize = 16_384;

/// A root folder. `/` for the machine itself.
#[derive(Clone, Debug)]
pub struct Files {
    root: PathBuf,
}

/// Whom a file belongs to, and what it lets whom do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rights {
    pub(crate) user: u32,
    pub(crate) group: u32,
    /// The permission bits alone.
    pub(crate) mode: u32,
}

impl Rights {
    /// `/dev/bus/usb/001/005 0:46 664`
    pub(crate) fn in_words(self, path: &str) -> String {
        format!("{path} {}:{} {:o}", self.user, self.group, self.mode)
    }
}

impl Files {
    /// Those of this machine.
    #[must_use]
    pub fn of_this_machine() -> Self {
        Self::below("/")
    }

    /// Those of the machine whose root is this folder.
    #[must_use]
    pub fn below(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The text of a regular file of at most `limit` bytes; what is not UTF-8 in it is replaced.
    pub(crate) fn text(&self, path: &str, limit: u64) -> Option<String> {
        self.bytes(path, limit)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// A short text on one line, as sysfs has them.
    pub(crate) fn line(&self, path: &str) -> Option<String> {
        self.text(path, 4096).map(|text| text.trim().to_owned())
    }

    /// The bytes of a regular file of at most `limit` bytes.
    pub(crate) fn bytes(&self, path: &str, limit: u64) -> Option<Vec<u8>> {
        let file = open(&self.resolved(path)?)?;
        // Asked again of what was opened: the path may lead elsewhere by now.
        if !file.metadata().ok()?.is_file() {
            return None;
        }
        let mut bytes = Vec::new();
        file.take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .ok()?;
        (bytes.len() as u64 <= limit).then_some(bytes)
    }

    /// The names in a folder, sorted; empty where it is none.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let Some(entries) = self
            .resolved(folder)
            .and_then(|path| fs::read_dir(path).ok())
        else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .take(MOST_ENTRIES)
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        names.sort_unstable();
        names
    }

    /// Whether anything is there.
    pub(crate) fn is_there(&self, path: &str) -> bool {
        self.resolved(path)
            .is_some_and(|path| path.symlink_metadata().is_ok())
    }

    /// Whether a folder is there.
    pub(crate) fn is_folder(&self, path: &str) -> bool {
        self.resolved(path).is_some_and(|path| path.is_dir())
    }

    /// The text of a link, wherever it leads.
    pub(crate) fn link(&self, path: &str) -> Option<String> {
        let (folder, name) = path.rsplit_once('/')?;
        let target = fs::read_link(self.resolved(folder)?.join(name)).ok()?;
        Some(target.to_string_lossy().into_owned())
    }

    /// Owner and mode; `None` where nothing is there, or the system has no such thing.
    pub(crate) fn rights(&self, path: &str) -> Option<Rights> {
        rights(&fs::metadata(self.resolved(path)?).ok()?)
    }

    /// Where a path leads within the root, every link followed.
    fn resolved(&self, path: &str) -> Option<PathBuf> {
        let mut ahead = reversed(Path::new(path));
        let mut resolved = self.root.clone();
        let mut depth = 0_usize;
        let mut links = 0_usize;
        while let Some(step) = ahead.pop() {
            match step {
                Step::Up if depth == 0 => {}
                Step::Up => {
                    resolved.pop();
                    depth -= 1;
                }
                Step::Root => {
                    resolved.clone_from(&self.root);
                    depth = 0;
                }
                Step::Into(name) => {
                    resolved.push(name);
                    depth += 1;
                    if let Ok(target) = fs::read_link(&resolved) {
                        links += 1;
                        if links > MOST_LINKS {
                            return None;
                        }
                        resolved.pop();
                        depth -= 1;
                        ahead.extend(reversed(&target));
                    }
                }
            }
        }
        Some(resolved)
    }
}

enum Step {
    Root,
    Up,
    Into(OsString),
}

/// The steps of a path, the first one last.
fn reversed(path: &Path) -> Vec<Step> {
    path.components()
        .rev()
        .filter_map(|component| match component {
            Component::RootDir | Component::Prefix(_) => Some(Step::Root),
            Component::CurDir => None,
            Component::ParentDir => Some(Step::Up),
            Component::Normal(name) => Some(Step::Into(name.to_owned())),
        })
        .collect()
}

#[cfg(unix)]
fn open(path: &Path) -> Option<File> {
    use std::os::unix::fs::OpenOptionsExt;
    /// O_NONBLOCK: opening a pipe must not wait for its other end.
    const AT_ONCE: i32 = if cfg!(target_os = "linux") { 0o4000 } else { 4 };
    if !path.symlink_metadata().ok()?.is_file() {
        return None;
    }
    OpenOptions::new()
        .read(true)
        .custom_flags(AT_ONCE)
        .open(path)
        .ok()
}

#[cfg(not(unix))]
fn open(path: &Path) -> Option<File> {
    if !path.symlink_metadata().ok()?.is_file() {
        return None;
    }
    OpenOptions::new().read(true).open(path).ok()
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
fn rights(metadata: &fs::Metadata) -> Option<Rights> {
    use std::os::unix::fs::MetadataExt;
    Some(Rights {
        user: metadata.uid(),
        group: metadata.gid(),
        mode: metadata.mode() & 0o7777,
    })
}

#[cfg(not(unix))]
fn rights(_: &fs::Metadata) -> Option<Rights> {
    None
}
