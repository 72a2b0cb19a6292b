//! A number used once: what ties an answer to its question.

use crate::error::Error;
use getrandom::SysRng;
use getrandom::rand_core::TryRng;
use std::fmt;

/// Sixteen random bytes. Not `Clone`: a request takes it, and one answer takes the request.
#[derive(PartialEq, Eq)]
pub struct Nonce([u8; 16]);

impl Nonce {
    /// A new one.
    ///
    /// # Errors
    /// [`Error::Randomness`].
    pub fn new() -> Result<Self, Error> {
        let mut bytes = [0; 16];
        SysRng
            .try_fill_bytes(&mut bytes)
            .map_err(|_| Error::Randomness)?;
        Ok(Self(bytes))
    }

    /// One that was made before, by [`new`](Self::new) or by the service, and kept: that it is used once is then the
    /// caller's to see to.
    #[must_use]
    pub const fn kept(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonce")
    }
}
