//! Is this the genuine card, issued by the state, and is the person in front of us its holder?
//!
//! chipid reads the chip of an ICAO 9303 passport or identity card, proves the data and the chip genuine, compares the
//! portrait with a live face, and gives one verdict with its grounds.
//!
//! ```
//! use chipid::{AccessKey, Assessment, Policy, Reading, TrustStore, VerdictKind, block, clock};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use chipid_virtual_card::{Issuer, Personaliser, Profile, VirtualCard};
//! # let mut rng = getrandom::rand_core::UnwrapErr(getrandom::SysRng);
//! # let profile = Profile::builtin("vn-2021")?;
//! # let issuer = Issuer::for_profile(&profile, &mut rng)?;
//! # let data = Personaliser::new(profile).issuer(&issuer).build(&mut rng)?;
//! # let (csca, can) = (data.csca.clone(), data.passwords.can.clone().ok_or("no CAN")?);
//! # let mut card = VirtualCard::new(data);
//! let trust = TrustStore::builder().add(&csca, "csca.der")?.build()?;
//! let mut reading = Reading::with(AccessKey::can(&can)?);
//! let document = block(reading.run(&mut card))??;
//! let verification = document.verify(&trust, clock::now());
//! let verdict = Policy::counter().decide(&Assessment::new(verification));
//! // No live image, and a test issuer: nobody is accepted.
//! assert_eq!(verdict.kind, VerdictKind::Undecided);
//! # Ok(()) }
//! ```
#![cfg_attr(
    not(test),
    warn(
        clippy::indexing_slicing,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::unreachable
    )
)]

#[cfg(test)]
extern crate self as chipid;

mod assessment;
mod attempts;
pub mod clock;
pub mod codes;
mod confidence;
mod consistency;
mod customers;
pub mod difference;
pub mod edge;
mod error;
mod face;
pub mod field_report;
pub mod files;
pub mod given_keys;
pub mod guardian;
mod holder;
pub mod holder_fields;
pub mod issuer_scope;
pub mod keys;
mod liveness;
mod misuse;
pub mod online;
mod policy;
pub mod processing;
pub mod purpose;
pub mod qr_image;
mod reading;
pub mod report;
pub mod special_holders;
mod steps;
pub mod trust_files;
mod validity;
mod vendor_comparison;
mod verdict;
mod vietnamese_data;

#[cfg(test)]
#[path = "../tests/support/mod.rs"]
mod support;

pub use assessment::Assessment;
pub use attempts::Attempts;
pub use clock::RELEASED;
pub use confidence::Confidence;
pub use consistency::ClerkInput;
pub use customers::{CustomerComparison, NotProven, compare_customer};
pub use difference::Difference;
pub use error::{Error, ErrorFacts, PANIC};
pub use face::{
    Capture, Comparison, FaceComparer, FaceOutcome, FaceTimes, LiveImages, NotCompared,
    default_thresholds,
};
pub use given_keys::GivenKeys;
pub use guardian::{GuardianCheck, GuardianVerdict};
pub use holder::{Holder, is_vietnamese_card};
pub use liveness::{Liveness, LivenessResult};
pub use misuse::Misuse;
pub use policy::{Policy, PolicyError, Requirement, Rule};
pub use reading::{Reading, ReadingTimes};
pub use special_holders::SpecialHolder;
pub use steps::{NextStep, Steps};
pub use validity::Expiry;
pub use vendor_comparison::{VendorComparison, VendorMatch};
pub use verdict::{
    FaceJudgement, Ground, LivenessJudgement, OnlineJudgement, Verdict, VerdictKind,
};
pub use vietnamese_data::VietnameseData;

pub use chipid_emrtd as emrtd;
pub use chipid_emrtd::access_key::{AccessKey, AccessKeys};
pub use chipid_emrtd::card_transport::{CardTransport, TransportError};
pub use chipid_emrtd::document::UnverifiedDocument;
pub use chipid_emrtd::drivers::{Step, Stepper, StepperError, block};
pub use chipid_emrtd::error::Error as ChipError;
pub use chipid_emrtd::file_id::{DataGroup, FileId};
pub use chipid_emrtd::finding::{Check, Code, Finding, Findings, Severity};
pub use chipid_emrtd::reading::{Phase, Progress};
pub use chipid_emrtd::time::{Date, UnixTime};
pub use chipid_emrtd::trust::{TrustError, TrustStore};
pub use chipid_emrtd::verification::{
    AuthenticDocument, AuthenticPortrait, ChipProof, GenuineChip, IssuerTrust, Verification,
};
pub use chipid_face as face_engine;
pub use chipid_face::{FaceError, Models, Outcome, Similarity, Thresholds};
pub use chipid_transport as transport;
#[cfg(feature = "pcsc")]
pub use chipid_transport::pcsc;
pub use chipid_vietnam as vietnam;
