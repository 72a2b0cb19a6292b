//! One list of cases, every language, one comparison: the conformance run of the bindings.
//!
//! `README.md` beside this crate says what passes between the program and a member; `cases.json` is the list. Everything
//! here is for tests: people, states and keys are invented, and nobody is given any of it.

pub mod blocks;
pub mod cases;
pub mod compare;
pub mod error;
pub mod frames;
pub mod members;
pub mod overhead;
pub mod process;
pub mod reference;
pub mod run;
pub mod serve;
pub mod server;
pub mod shelf;
pub mod table;
pub mod workshop;

pub use error::Error;
