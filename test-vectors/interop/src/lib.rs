//! Other people's eMRTD readers against chipid's virtual card, and chipid's own reader beside them on the same card.
//!
//! Doc 9303-10 and 9303-11. The virtual card and chipid's reader come from one house: a mistake that both make would
//! cancel itself out. A reader that others wrote from the same standard does not know that mistake.

mod cards;
mod metered;
mod readers;

pub use cards::{TestCard, noon, rng};
pub use metered::{Meter, Metered};
pub use readers::{
    Failure, Files, chipid_reading, dmrtd_document_key, dmrtd_open, dmrtd_reads, wrong_can,
};
