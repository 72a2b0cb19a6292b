//! The files of the logical data structure, decoded.
//!
//! Doc 9303-10, 3.11 (common files) and section 4 (LDS1). A file is decoded only after its digest was compared with EF.SOD;
//! the exceptions are the files that reading itself needs (those of the master file, EF.COM, DG14, DG15), and nothing
//! shown as the holder's comes from those.

pub mod atr_info;
pub mod biometric_templates;
pub mod card_security;
pub mod com;
pub mod data_element;
pub mod dg1;
pub mod dg11;
pub mod dg12;
pub mod dg13;
pub mod dg14;
pub mod dg15;
pub mod dg16;
pub mod dg2;
pub mod dg5;
pub mod dg7;
pub mod dir;
pub mod displayed_image;
pub mod feature_templates;
pub mod image;
pub mod sod;
