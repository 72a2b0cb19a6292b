//! The face: is the person in front of us the one on the chip's portrait?
//!
//! [`decode_portrait`] and [`decode_live`] make pixels of files, [`Models`] checks the model files, [`FaceEngine`]
//! finds the one face in each picture and compares them, [`Thresholds`] say what the similarity means.
//! A picture without a usable face is an [`Outcome`], not an error.
//!
//! No network, no file but the models, nothing logged. Pixels and embeddings that this crate owns are wiped on drop;
//! the working memory of the decoders and of the ONNX engine is theirs, and is freed without being wiped.
//!
//! Panics of foreign decoders are caught, so a program must not be built with `panic = "abort"`.
//!
//! ```no_run
//! use chipid_face::{Decision, FaceEngine, Models, Outcome, Thresholds, decode_live, decode_portrait};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let faces = FaceEngine::load(&Models::from_dir("models/files".as_ref())?)?;
//! let portrait = decode_portrait(&std::fs::read("portrait.jp2")?)?;
//! let live = decode_live(&std::fs::read("live.jpg")?)?;
//! match faces.compare(&portrait, &live)? {
//!     Outcome::Compared(comparison) => match Thresholds::default().decide(&comparison.fused) {
//!         Decision::Match => println!("the same person, similarity {:.2}", comparison.similarity()),
//!         Decision::Uncertain => println!("another photograph, please"),
//!         Decision::Mismatch => println!("somebody else"),
//!     },
//!     Outcome::NotCompared(why) => println!("{}: {}", why.code(), why.advice()),
//! }
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

mod alignment;
pub mod camera;
mod comparison;
mod decode;
mod detector;
mod embedding;
pub mod engine;
mod error;
mod fusion;
mod jpeg2000;
pub mod models;
pub mod quality;
mod raster;
mod rgb;
mod scaling;
mod thresholds;

pub use comparison::{
    Comparison, FaceEngine, NotCompared, Outcome, Reason, SECOND_FACE_AREA, Side, Sight, StageTimes,
};
pub use decode::{Format, LIVE_PIXEL_LIMIT, PORTRAIT_PIXEL_LIMIT, decode_live, decode_portrait};
pub use detector::{Detection, MIN_SCORE};
pub use embedding::{Embedding, Similarity};
pub use error::FaceError;
pub use fusion::{Fused, fuse};
pub use models::{ModelFile, Models};
pub use quality::Defect;
pub use rgb::Rgb;
pub use thresholds::{Decision, Thresholds};
