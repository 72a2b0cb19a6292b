//! The primitives that the protocols are made of. The mathematics is that of well-kept crates; what stands here
//! is the choice, the names and the checks.

pub mod agreement;
pub mod cipher;
pub mod dh;
pub mod ec;
pub mod hash;
pub mod iso9796;
pub mod kdf;
pub mod mac;
pub mod rsa;
pub mod signature;
mod wiped;
