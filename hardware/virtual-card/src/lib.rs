//! A software ICAO chip of chipid's own, and the personaliser that fills it: for tests, demonstrations and attacks.
//!
//! [`VirtualCard`] answers command APDUs in process (it is a `CardTransport`) or behind pcscd through [`vpcd`].
//! It shares with the reader only primitives (TLV, block ciphers, key derivation, curves); its protocols are written
//! from Doc 9303-11 a second time, so that one mistake cannot cancel itself out on both sides.
//!
//! [`LinkedCard`] puts it at the end of a radio [`Link`] and tells in virtual time what a reading would take;
//! [`RealTimeCard`] lets that time pass.
//!
//! Everything here is invented: the people, the states' signers, the keys. Nothing here is safe for real documents.

mod algorithm;
mod behaviour;
mod card_data;
mod chip;
mod der;
mod error;
mod explicit_parameters;
mod issuer;
mod link;
mod personaliser;
mod portrait;
mod rsa_key;
mod storage;
mod terminal_pki;
pub mod vpcd;

pub use algorithm::{ActiveAuthenticationAlgorithm, SigningAlgorithm};
pub use behaviour::{
    Behaviour, CardAccess, Deviation, EndOfFile, Fault, FaultKind, ForgedAnswer, LengthLie, Proof,
};
pub use card_data::{
    ActiveAuthenticationKey, CardData, ChipAuthenticationKey, ChipAuthenticationSuite, PaceMapping,
    PaceSuite, Passwords,
};
pub use chip::VirtualCard;
pub use error::VirtualCardError;
pub use issuer::{Algorithms, Issuer, Period, Validity};
pub use link::{
    BitRate, Cost, Exchange, FieldLoss, FullRead, Link, LinkTimes, LinkedCard, OpenedBy, Part,
    PartTimes, RealTimeCard, SignalType, Sleeper,
};
pub use personaliser::{
    AdditionalDetails, CanRule, ChipAuthenticationProfile, DataGroupDeviation, Dg13Form,
    DocumentForm, Empties, FaceEncoding, Holder, Notified, ParentsNesting, Personaliser, Profile,
    VietnameseDetails, VietnameseForm, WrittenBirth,
};
pub use portrait::{drawn_portrait, drawn_portrait_of};
pub use rsa_key::RsaKey;
pub use storage::{CSCA_FILE, portrait_file};
pub use terminal_pki::{CertificateHolder, CertificateTerms, Grant, TerminalTrust};
