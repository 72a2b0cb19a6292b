//! Trust: which certificates are believed to be a state's, and what they vouch for.
//!
//! Doc 9303-12 (the PKI of travel documents). Lists may be stale, hostile or a test's: an anchor is what whoever runs the
//! check gave as one, or what a master list covers whose signer an anchor or a given root vouches for. No state vouches
//! for another by being on a list.

mod builder;
pub mod certificate;
pub mod crl;
pub mod csca;
pub mod document_signer;
mod error;
mod listing;
pub mod master_list;
pub mod name;
mod pem;
pub mod states;
mod store;

pub use builder::TrustStoreBuilder;
pub use csca::{Anchor, Introduction, Scope};
pub use error::TrustError;
pub use listing::{Entry, EntryState, ListSummary, RevocationListSummary};
pub use store::{Chain, RevocationStatus, TrustStore, Vouching};

/// The extension that marks a test authority, and everything that it issues: the bytes of the object identifier
/// 2.25.300408359316146690462080764393694391415 (an arc of the UUID e2008ba4-41ec-41e2-864f-5337d85f6c77, ITU-T X.667).
/// Its value does not matter. A chain that ends in a certificate with it, or passes one, yields `test_issuer`.
pub const TEST_CSCA_MARKER: &[u8] = &[
    0x69, 0x83, 0xC4, 0x80, 0xC5, 0xE9, 0x88, 0x9E, 0xE2, 0x87, 0xC5, 0x86, 0xA7, 0xD4, 0xE6, 0xFD,
    0xC2, 0xFD, 0xD8, 0x77,
];
