//! The elementary files of the logical data structure.
//!
//! Doc 9303-10.

pub mod sod;
