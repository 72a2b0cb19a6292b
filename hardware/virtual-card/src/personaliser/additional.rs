//! What an invented holder's DG11, DG12 and DG16 say.

use core::fmt;
use serde::{Deserialize, Serialize};

/// Additional details of holder and document. `None` is an element that the card does not have. `Debug` shows nothing of it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AdditionalDetails {
    /// 5F0E: the full name, `<<` between its two parts.
    pub full_name: Option<String>,
    /// 5F0F.
    pub other_names: Vec<String>,
    /// 5F10.
    pub personal_number: Option<String>,
    /// 5F11: `<` between its fields.
    pub place_of_birth: Option<String>,
    /// 5F42: `<` between its fields.
    pub address: Option<String>,
    /// 5F12.
    pub telephone: Option<String>,
    /// 5F13.
    pub profession: Option<String>,
    /// 5F14.
    pub title: Option<String>,
    /// 5F15.
    pub summary: Option<String>,
    /// 5F17: `<` between the numbers.
    pub other_documents: Option<String>,
    /// 5F18.
    pub custody: Option<String>,
    /// 5F19.
    pub issuing_authority: Option<String>,
    /// 5F1A.
    pub other_persons: Vec<String>,
    /// 5F1B.
    pub endorsements: Option<String>,
    /// 5F1C.
    pub tax_or_exit: Option<String>,
    /// 5F55: YYYYMMDDhhmmss.
    pub personalised: Option<String>,
    /// 5F56.
    pub personalisation_system: Option<String>,
    /// DG16.
    pub persons_to_notify: Vec<Notified>,
}

/// A person of DG16.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Notified {
    /// 5F50: YYYYMMDD.
    pub recorded: String,
    /// 5F51: `<<` between its two parts.
    pub name: String,
    /// 5F52.
    pub telephone: String,
    /// 5F53: `<` between its fields.
    pub address: String,
}

impl fmt::Debug for AdditionalDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AdditionalDetails(redacted)")
    }
}

impl fmt::Debug for Notified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Notified(redacted)")
    }
}
