//! The verbs.

pub(crate) mod card;
pub(crate) mod compare;
pub(crate) mod customers;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod export;
pub(crate) mod field_report;
pub(crate) mod form;
pub(crate) mod guardian;
pub(crate) mod inspect;
pub(crate) mod models;
pub(crate) mod policy;
pub(crate) mod read;
pub(crate) mod readers;
pub(crate) mod trust;
pub(crate) mod verify;

use crate::lang::Lang;

/// What holds for every verb.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    /// One JSON object instead of text for people.
    pub(crate) json: bool,
    /// The language of what a person reads.
    pub(crate) lang: Lang,
}
