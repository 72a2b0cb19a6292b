//! Bytes that the library gives away: the caller frees them, and they are wiped then.

use crate::edge::Trouble;
use chipid::Misuse;
use zeroize::Zeroize;

/// Bytes of the library's. Text among them is UTF-8 and has a NUL behind it that `length` does not count.
#[repr(C)]
pub struct chipid_bytes {
    /// The first byte; null where there are none.
    pub data: *mut u8,
    /// How many.
    pub length: usize,
}

/// Gives bytes away.
///
/// # Safety
/// `out` is null or can be written.
pub(crate) unsafe fn give(out: *mut chipid_bytes, mut bytes: Vec<u8>) -> Result<(), Trouble> {
    if out.is_null() {
        bytes.zeroize();
        return Err(Misuse::NullArgument.into());
    }
    let length = bytes.len();
    // What grows a vector moves it, and leaves a copy behind.
    let mut owned = Vec::with_capacity(length + 1);
    owned.extend_from_slice(&bytes);
    owned.push(0);
    bytes.zeroize();
    let data = Box::into_raw(owned.into_boxed_slice()).cast();
    // SAFETY: by the caller's word the place can be written.
    unsafe { out.write(chipid_bytes { data, length }) };
    Ok(())
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
    let given = unsafe {
        bytes.replace(chipid_bytes {
            data: std::ptr::null_mut(),
            length: 0,
        })
    };
    if given.data.is_null() {
        return;
    }
    let whole = std::ptr::slice_from_raw_parts_mut(given.data, given.length.saturating_add(1));
    // SAFETY: `give` made it of a boxed slice of `length + 1` bytes.
    let mut owned = unsafe { Box::from_raw(whole) };
    owned.zeroize();
}
