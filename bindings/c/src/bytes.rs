//! Bytes that the library gives away: the caller frees them, and they are wiped then.

use zeroize::Zeroize;

/// Bytes of the library's. Text among them is UTF-8 and has a NUL behind it that `length` does not count.
#[repr(C)]
pub struct chipid_bytes {
    /// The first byte; null where there is nothing to give (no such file, no proven portrait).
    pub data: *mut u8,
    /// How many.
    pub length: usize,
}

impl chipid_bytes {
    pub(crate) const NONE: Self = Self {
        data: std::ptr::null_mut(),
        length: 0,
    };

    /// Bytes to be given away.
    pub(crate) fn of(mut bytes: Vec<u8>) -> Self {
        let length = bytes.len();
        // What grows a vector moves it, and leaves a copy behind.
        let mut owned = Vec::with_capacity(length + 1);
        owned.extend_from_slice(&bytes);
        owned.push(0);
        bytes.zeroize();
        Self {
            data: Box::into_raw(owned.into_boxed_slice()).cast(),
            length,
        }
    }
}

/// Wipes and frees bytes that the library gave, and sets them to none.
///
/// # Safety
/// `bytes` is null, or holds what the library wrote there, unchanged, or none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chipid_bytes_free(bytes: *mut chipid_bytes) {
    if bytes.is_null() {
        return;
    }
    // SAFETY: by the caller's word it can be read and written.
    let given = unsafe { bytes.replace(chipid_bytes::NONE) };
    if given.data.is_null() {
        return;
    }
    let whole = std::ptr::slice_from_raw_parts_mut(given.data, given.length.saturating_add(1));
    // SAFETY: `of` made it of a boxed slice of `length + 1` bytes.
    let mut owned = unsafe { Box::from_raw(whole) };
    owned.zeroize();
}
