//! Bytes that go out.

use uniffi::deps::anyhow::bail;
use uniffi::{FfiConverter, MetadataBuffer, RustBuffer, TypeId};
use zeroize::Zeroizing;

/// Bytes for the caller. In the other languages they are that language's own bytes.
///
/// UniFFI writes a `Vec<u8>` byte by byte into a buffer that grows. Here the buffer has its length from the beginning.
pub struct Bytes(Zeroizing<Vec<u8>>);

impl Bytes {
    pub(crate) fn of(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bytes({})", self.0.len())
    }
}

// SAFETY: what is written is what UniFFI writes for a `Vec<u8>`, whose type this says that it is: the count in four bytes, big-endian,
// and the bytes.
unsafe impl FfiConverter<crate::UniFfiTag> for Bytes {
    type FfiType = RustBuffer;

    fn lower(bytes: Self) -> RustBuffer {
        let mut buffer = Vec::new();
        <Self as FfiConverter<crate::UniFfiTag>>::write(bytes, &mut buffer);
        RustBuffer::from_vec(buffer)
    }

    /// No function takes them: the caller's bytes come as a slice.
    fn try_lift(buffer: RustBuffer) -> uniffi::Result<Self> {
        buffer.destroy();
        bail!("bytes come as a slice")
    }

    fn write(bytes: Self, buffer: &mut Vec<u8>) {
        // No file or APDU is near this length; one that were would be cut, and its digest not match.
        let count = i32::try_from(bytes.0.len()).unwrap_or(i32::MAX);
        let within = usize::try_from(count).unwrap_or_default();
        buffer.reserve_exact(4 + within);
        buffer.extend_from_slice(&count.to_be_bytes());
        buffer.extend(bytes.0.iter().take(within));
    }

    fn try_read(_: &mut &[u8]) -> uniffi::Result<Self> {
        bail!("bytes come as a slice")
    }

    const TYPE_ID_META: MetadataBuffer = <Vec<u8> as TypeId<crate::UniFfiTag>>::TYPE_ID_META;
}

uniffi::derive_ffi_traits!(local Bytes);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_as_uniffi_writes_a_vector() {
        let lower = |bytes: &[u8]| {
            let ours = <Bytes as FfiConverter<crate::UniFfiTag>>::lower(Bytes::of(bytes.to_vec()));
            let theirs = <Vec<u8> as uniffi::Lower<crate::UniFfiTag>>::lower(bytes.to_vec());
            (ours.destroy_into_vec(), theirs.destroy_into_vec())
        };
        for bytes in [&b""[..], b"\x90\x00", &[7; 300]] {
            let (ours, theirs) = lower(bytes);
            assert_eq!(ours, theirs);
            assert_eq!(ours.capacity(), ours.len(), "it never grew");
        }
    }
}
