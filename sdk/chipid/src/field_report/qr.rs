//! The text of the QR code: which fields it has, and of what form those are whose order nobody published.

use super::text_form::TextForm;
use super::value_free::facts;
use chipid_vietnam::qr::{Condition, QrText};

facts! {
    /// The QR code.
    pub struct QrFacts {
        /// How the text came through: `plain`, `encoding_repaired`, `garbled`.
        pub condition: &'static str,
        /// The second field.
        pub old_number: Option<TextForm>,
        /// Whether the sixth field says something.
        pub has_residence: bool,
        /// What follows the seventh field.
        pub extras: Vec<TextForm>,
    }
}

impl QrFacts {
    /// Of this text.
    #[must_use]
    pub fn of(qr: &QrText) -> Self {
        let form =
            |text: &chipid_vietnam::private::PrivateText| TextForm::of(text.as_str().as_bytes());
        Self {
            condition: match qr.condition {
                Condition::Plain => "plain",
                Condition::EncodingRepaired => "encoding_repaired",
                _ => "garbled",
            },
            old_number: qr.old_number.as_ref().map(form),
            has_residence: qr.residence.is_some(),
            extras: qr.extras.iter().map(form).collect(),
        }
    }
}
