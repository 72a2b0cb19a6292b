//! The files of the logical data structure, decoded.
//!
//! Doc 9303-10, section 4 (LDS1). A file is decoded only after its digest was compared with EF.SOD; the exceptions are
//! the files that reading itself needs (EF.CardAccess, EF.COM, DG14, DG15), and nothing shown as the holder's comes
//! from those.

pub mod atr_info;
pub mod card_security;
pub mod com;
pub mod dg1;
pub mod dg14;
pub mod dg15;
pub mod dg2;
pub mod dir;
pub mod sod;
