//! The holder's data field by field, under permanent names, each with what the law and decency ask for: who needs a
//! field asks for it.
//!
//! Law 91/2025/QH15 and Decree 356/2025/NĐ-CP count ethnicity and religion among sensitive personal data; the names of
//! relatives are other people's data.

use crate::holder::Holder;
use chipid_vietnam::dg13::{Dg13, Expiry as CardExpiry, Field as CardField, FieldId, FieldState};
use chipid_vietnam::private::PrivateText;
use std::fmt;
use zeroize::Zeroizing;

/// One thing that can be said of the holder or the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Field {
    /// The 12-digit number of a Vietnamese card.
    PersonalNumber,
    /// The name, with its diacritics where the document has it so.
    Name,
    /// The name of the machine readable zone.
    NameMrz,
    /// The day of birth, `YYYY-MM-DD`.
    Birth,
    /// `M`, `F` or `X`.
    Sex,
    /// The nationality, three letters.
    Nationality,
    /// The document number.
    DocumentNumber,
    /// The document code, as `ID` or `P`.
    DocumentType,
    /// A second name in DG13.
    OtherName,
    /// The day of issue, `YYYY-MM-DD`.
    Issued,
    /// The last day of validity, `YYYY-MM-DD`, or `never`.
    Expiry,
    /// The place of origin (quê quán).
    Origin,
    /// The residence.
    Residence,
    /// The number of the identity card of old, nine digits, or an earlier number of twelve.
    OldNumber,
    /// `cccd` or `can_cuoc`, derived from the day of issue.
    Generation,
    /// What is printed at the head of the card, derived from the day of issue.
    CardTitle,
    /// Who issued the card, derived from the day of issue.
    IssuingAuthority,
    /// The ethnicity.
    Ethnicity,
    /// The religion.
    Religion,
    /// Identifying features.
    Features,
    /// The father's name.
    Father,
    /// The mother's name.
    Mother,
    /// The spouse's name.
    Spouse,
    /// The opaque serial of DG13, probably of the chip.
    Serial,
}

/// How much a field asks to be left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Sensitivity {
    /// Says who the holder is: given unless a narrower choice is made.
    Basic,
    /// Names other people: only when asked for.
    Relatives,
    /// Sensitive by law, or telling of the body: only when asked for.
    Sensitive,
    /// Follows the card wherever it is read and says nothing to a person: only when asked for.
    Identifier,
}

impl Sensitivity {
    /// A permanent name in snake_case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Relatives => "relatives",
            Self::Sensitive => "sensitive",
            Self::Identifier => "identifier",
        }
    }
}

/// Why a field has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Missing {
    /// The field is there and empty: nothing to say about this holder.
    Empty,
    /// The data do not have the field.
    Absent,
    /// Cards of this generation do not have the field: nothing follows about the holder.
    NotOnThisGeneration,
    /// The field is there and was not understood.
    Unreadable,
    /// Documents of this kind do not have the field, or the part with it was not read.
    NotOnThisDocument,
}

impl Missing {
    /// A permanent name in snake_case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Absent => "absent",
            Self::NotOnThisGeneration => "not_on_this_generation",
            Self::Unreadable => "unreadable",
            Self::NotOnThisDocument => "not_on_this_document",
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Field {
    /// The fields that are given of a holder: those asked for, else those that are given unasked and that such a
    /// document has. In the order of [`Field::ALL`].
    #[must_use]
    pub fn selected(holder: &Holder, asked: &[Self]) -> Vec<Self> {
        Self::ALL
            .into_iter()
            .filter(|field| match asked {
                [] => {
                    field.is_default()
                        && (field.is_on_every_document() || holder.vietnamese.is_some())
                }
                asked => asked.contains(field),
            })
            .collect()
    }

    /// Every field, in the order in which they are shown.
    pub const ALL: [Self; 24] = [
        Self::PersonalNumber,
        Self::Name,
        Self::NameMrz,
        Self::Birth,
        Self::Sex,
        Self::Nationality,
        Self::DocumentNumber,
        Self::DocumentType,
        Self::OtherName,
        Self::Issued,
        Self::Expiry,
        Self::Origin,
        Self::Residence,
        Self::OldNumber,
        Self::Generation,
        Self::CardTitle,
        Self::IssuingAuthority,
        Self::Ethnicity,
        Self::Religion,
        Self::Features,
        Self::Father,
        Self::Mother,
        Self::Spouse,
        Self::Serial,
    ];

    /// The permanent name in snake_case, the key in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PersonalNumber => "personal_number",
            Self::Name => "name",
            Self::NameMrz => "name_mrz",
            Self::Birth => "birth",
            Self::Sex => "sex",
            Self::Nationality => "nationality",
            Self::DocumentNumber => "document_number",
            Self::DocumentType => "document_type",
            Self::OtherName => "other_name",
            Self::Issued => "issued",
            Self::Expiry => "expiry",
            Self::Origin => "origin",
            Self::Residence => "residence",
            Self::OldNumber => "old_number",
            Self::Generation => "generation",
            Self::CardTitle => "card_title",
            Self::IssuingAuthority => "issuing_authority",
            Self::Ethnicity => "ethnicity",
            Self::Religion => "religion",
            Self::Features => "features",
            Self::Father => "father",
            Self::Mother => "mother",
            Self::Spouse => "spouse",
            Self::Serial => "serial",
        }
    }

    /// The field with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// How much it asks to be left alone.
    #[must_use]
    pub const fn sensitivity(self) -> Sensitivity {
        match self {
            Self::Father | Self::Mother | Self::Spouse => Sensitivity::Relatives,
            Self::Ethnicity | Self::Religion | Self::Features => Sensitivity::Sensitive,
            Self::Serial => Sensitivity::Identifier,
            _ => Sensitivity::Basic,
        }
    }

    /// Whether it is given where nobody chose.
    #[must_use]
    pub fn is_default(self) -> bool {
        self.sensitivity() == Sensitivity::Basic
    }

    /// Whether the value is concluded from another one and stands nowhere on the chip.
    #[must_use]
    pub const fn is_derived(self) -> bool {
        matches!(
            self,
            Self::Generation | Self::CardTitle | Self::IssuingAuthority
        )
    }

    /// Whether every document has it, not only the Vietnamese card.
    #[must_use]
    pub const fn is_on_every_document(self) -> bool {
        matches!(
            self,
            Self::PersonalNumber
                | Self::Name
                | Self::NameMrz
                | Self::Birth
                | Self::Sex
                | Self::Nationality
                | Self::DocumentNumber
                | Self::DocumentType
        )
    }
}

impl Holder {
    /// What the signed data say in this field, as text: names and places verbatim, days as `YYYY-MM-DD`.
    ///
    /// # Errors
    /// [`Missing`]: why they say nothing.
    pub fn value(&self, field: Field) -> Result<Zeroizing<String>, Missing> {
        let plain = |text: &str| Ok(Zeroizing::new(text.to_owned()));
        match field {
            Field::PersonalNumber if self.personal_number.is_empty() => {
                self.of_card(FieldId::Number, |_| None)
            }
            Field::PersonalNumber => plain(&self.personal_number),
            Field::Name => plain(&self.name),
            Field::NameMrz => plain(&self.name_mrz),
            Field::Birth => match self.birth {
                Some(birth) => Ok(Zeroizing::new(birth.to_string())),
                None => Err(Missing::Unreadable),
            },
            Field::Sex => plain(self.sex_letter()),
            Field::Nationality => plain(&self.nationality),
            Field::DocumentNumber => plain(&self.document_number),
            Field::DocumentType => plain(&self.document_type),
            Field::OtherName => self.of_card(FieldId::OtherName, |d| text(&d.other_name)),
            Field::Issued => self.of_card(FieldId::Issue, |d| {
                d.issue.present().map(|day| Zeroizing::new(day.to_string()))
            }),
            Field::Expiry => self.expiry_text(),
            Field::Origin => self.of_card(FieldId::Origin, |d| text(&d.origin)),
            Field::Residence => self.of_card(FieldId::Residence, |d| text(&d.residence)),
            Field::OldNumber => self.of_card(FieldId::OldNumber, |d| text(&d.old_number)),
            Field::Generation => self.of_card(FieldId::Issue, |d| derived(d.generation()?.name())),
            Field::CardTitle => {
                self.of_card(FieldId::Issue, |d| derived(d.generation()?.card_title()))
            }
            Field::IssuingAuthority => self.of_card(FieldId::Issue, |d| {
                derived(d.generation()?.issuing_authority())
            }),
            Field::Ethnicity => self.of_card(FieldId::Ethnicity, |d| text(&d.ethnicity)),
            Field::Religion => self.of_card(FieldId::Religion, |d| text(&d.religion)),
            Field::Features => self.of_card(FieldId::Features, |d| text(&d.features)),
            Field::Father => self.of_card(FieldId::Father, |d| text(&d.father)),
            Field::Mother => self.of_card(FieldId::Mother, |d| text(&d.mother)),
            Field::Spouse => self.of_card(FieldId::Spouse, |d| text(&d.spouse)),
            Field::Serial => self.of_card(FieldId::Serial, |d| text(&d.serial)),
        }
    }

    fn of_card(
        &self,
        field: FieldId,
        read: impl FnOnce(&Dg13) -> Option<Zeroizing<String>>,
    ) -> Result<Zeroizing<String>, Missing> {
        let Some(data) = &self.vietnamese else {
            return Err(Missing::NotOnThisDocument);
        };
        read(data.dg13()).ok_or_else(|| match data.dg13().state(field) {
            FieldState::Empty => Missing::Empty,
            FieldState::NotOnThisGeneration => Missing::NotOnThisGeneration,
            FieldState::Unreadable => Missing::Unreadable,
            _ => Missing::Absent,
        })
    }

    /// DG13 where it says it, else the machine readable zone; both are signed.
    fn expiry_text(&self) -> Result<Zeroizing<String>, Missing> {
        let on_card = self
            .vietnamese
            .as_ref()
            .and_then(|data| data.dg13().expiry.present());
        match (on_card, self.expires) {
            (Some(CardExpiry::On(day)), _) => Ok(Zeroizing::new(day.to_string())),
            (Some(CardExpiry::NoExpiry), _) => Ok(Zeroizing::new(NEVER.to_owned())),
            (None, Some(expiry)) => Ok(Zeroizing::new(expiry.to_string())),
            (None, None) => Err(Missing::Unreadable),
        }
    }
}

/// The value of [`Field::Expiry`] for a card without end.
pub const NEVER: &str = "never";

fn text(field: &CardField<PrivateText>) -> Option<Zeroizing<String>> {
    let text = field.present()?;
    Some(Zeroizing::new(text.trimmed().to_owned()))
}

// The signature is that of the other readers of a field.
#[allow(clippy::unnecessary_wraps)]
fn derived(text: &str) -> Option<Zeroizing<String>> {
    Some(Zeroizing::new(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_lead_back() {
        let names: BTreeSet<_> = Field::ALL.into_iter().map(Field::name).collect();
        assert_eq!(names.len(), Field::ALL.len());
        for field in Field::ALL {
            assert_eq!(Field::named(field.name()), Some(field));
        }
        assert_eq!(Field::named("Name"), None);
    }

    #[test]
    fn ethnicity_religion_features_relatives_and_serial_are_given_only_when_asked_for() {
        let withheld: Vec<_> = Field::ALL
            .into_iter()
            .filter(|field| !field.is_default())
            .map(Field::name)
            .collect();
        assert_eq!(
            withheld,
            [
                "ethnicity",
                "religion",
                "features",
                "father",
                "mother",
                "spouse",
                "serial"
            ]
        );
    }

    #[test]
    fn the_card_of_2021_says_everything_and_that_of_2024_says_what_it_lacks() {
        let assessed = crate::support::assess(&crate::support::card("vn-2021"));
        let holder = assessed.holder().unwrap();
        assert_eq!(*holder.value(Field::Generation).unwrap(), "cccd");
        assert_eq!(
            *holder.value(Field::CardTitle).unwrap(),
            "Căn cước công dân"
        );
        assert!(holder.value(Field::Religion).is_ok());
        assert_eq!(holder.value(Field::OtherName), Err(Missing::Absent));

        let assessed = crate::support::assess(&crate::support::card("vn-2024"));
        let holder = assessed.holder().unwrap();
        assert_eq!(*holder.value(Field::Generation).unwrap(), "can_cuoc");
        assert_eq!(
            *holder.value(Field::IssuingAuthority).unwrap(),
            "Bộ Công an"
        );
        assert_eq!(
            holder.value(Field::Religion),
            Err(Missing::NotOnThisGeneration)
        );
        assert!(holder.value(Field::Issued).is_ok());
        assert!(holder.value(Field::Expiry).is_ok());
    }

    #[test]
    fn a_passport_has_no_vietnamese_fields() {
        let assessed = crate::support::assess(&crate::support::card("passport-p256"));
        let holder = assessed.holder().unwrap();
        for field in Field::ALL {
            let expected = match field {
                Field::PersonalNumber => false,
                Field::Expiry => true,
                other => other.is_on_every_document(),
            };
            assert_eq!(holder.value(field).is_ok(), expected, "{field:?}");
        }
        assert_eq!(holder.value(Field::Spouse), Err(Missing::NotOnThisDocument));
    }
}
