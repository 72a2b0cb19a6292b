//! What another maker's check or engine says beside its result: who made it, by what it is known to work, and of which images it speaks.

use crate::edge::{Trouble, slice, text};
use crate::face::capture_of;
use chipid::{Capture, Misuse, UnixTime};
use std::ffi::c_char;

/// As a structure of the caller's has it: texts and their lengths.
pub(crate) struct Given {
    pub(crate) vendor: (*const c_char, usize),
    pub(crate) version: (*const c_char, usize),
    /// Its certificate or test report.
    pub(crate) basis: (*const c_char, usize),
    pub(crate) capture: u32,
    pub(crate) at: i64,
    /// Digests, 32 bytes each, and how many.
    pub(crate) images: (*const u8, usize),
}

/// The same, as it is kept.
pub(crate) struct Maker {
    pub(crate) vendor: String,
    pub(crate) version: String,
    pub(crate) basis: String,
    pub(crate) capture: Capture,
    pub(crate) at: UnixTime,
    pub(crate) images: Vec<[u8; 32]>,
}

impl Given {
    /// # Safety
    /// The texts and images point to as many bytes as they say.
    pub(crate) unsafe fn kept(self) -> Result<Maker, Trouble> {
        let (images, count) = self.images;
        let length = count.checked_mul(32).ok_or(Misuse::UnknownValue)?;
        // SAFETY: the caller's word is handed on.
        let (vendor, version, basis, images) = unsafe {
            (
                text(self.vendor.0, self.vendor.1)?,
                text(self.version.0, self.version.1)?,
                text(self.basis.0, self.basis.1)?,
                slice(images, length)?,
            )
        };
        Ok(Maker {
            vendor: vendor.to_owned(),
            version: version.to_owned(),
            basis: basis.to_owned(),
            capture: capture_of(self.capture)?,
            at: UnixTime(self.at),
            images: images.as_chunks().0.to_vec(),
        })
    }
}
