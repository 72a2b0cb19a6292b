//! The holder as the signed data groups say.

use crate::validity::{self, Expiry};
use crate::vietnamese_data::VietnameseData;
use chipid_emrtd::mrz::Sex;
use chipid_emrtd::time::Date;
use chipid_emrtd::trust::states::same_state;
use chipid_emrtd::verification::{AuthenticDocument, IssuerTrust};
use chipid_vietnam::dg13::Field;
use chipid_vietnam::mrz_rules;
use std::fmt;
use zeroize::Zeroizing;

/// Who the document was issued to. Wiped on drop, hidden in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Holder {
    /// How far the signature over all this is traced.
    pub trust: IssuerTrust,
    /// The 12-digit number of a Vietnamese card; empty on other documents.
    pub personal_number: Zeroizing<String>,
    /// The name with its diacritics where the document has it, else as in the machine readable zone.
    pub name: Zeroizing<String>,
    /// The name of the machine readable zone.
    pub name_mrz: Zeroizing<String>,
    /// The day of birth, where all of it is known.
    pub birth: Option<Date>,
    /// The sex.
    pub sex: Sex,
    /// The nationality, three letters.
    pub nationality: String,
    /// The document number.
    pub document_number: Zeroizing<String>,
    /// The document code, as `ID` or `P`.
    pub document_type: String,
    /// Until when the document runs, where the zone says it.
    pub expires: Option<Expiry>,
    /// What a Vietnamese card says beyond the zone; `None` on other documents and where DG13 was not read.
    pub vietnamese: Option<VietnameseData>,
}

/// Whether this issuing state is Viet Nam, however the zone writes it (`VNM`, `VN`).
pub(crate) fn is_vietnamese(state: &str) -> bool {
    same_state(state, "VNM")
}

/// Whether this is a Vietnamese identity card, by its machine readable zone: an official travel document in the size of a
/// card (Doc 9303-5, 4.2.2: codes that begin with `I`, `A` or `C`; cards have `ID`).
#[must_use]
pub fn is_vietnamese_card(document: &AuthenticDocument) -> bool {
    is_vietnamese(document.mrz().issuing_state())
        && document.mrz().document_code().starts_with(['I', 'A', 'C'])
}

impl Holder {
    pub(crate) fn of(
        document: &AuthenticDocument,
        data: Option<&VietnameseData>,
        today: Date,
    ) -> Self {
        let mrz = document.mrz();
        let dg13 = data.map(VietnameseData::dg13);
        let name_mrz = mrz.name();
        let number = dg13
            .and_then(|d| d.number.present())
            .map(|n| Zeroizing::new(n.as_str().to_owned()))
            .or_else(|| {
                is_vietnamese_card(document)
                    .then(|| mrz_rules::number_in_optional_data(mrz.optional_data()))
                    .flatten()
                    .map(|n| Zeroizing::new(n.number.as_str().to_owned()))
            })
            .unwrap_or_default();
        Self {
            trust: document.trust(),
            personal_number: number,
            name: dg13.and_then(|d| d.name.present()).map_or_else(
                || name_mrz.clone(),
                |n| Zeroizing::new(n.trimmed().to_owned()),
            ),
            name_mrz,
            // DG13 writes the year out; the zone leaves the century to be guessed.
            birth: match dg13.map(|d| &d.birth) {
                Some(Field::Present(date)) => Some(*date),
                _ => mrz.birth().as_birth(today),
            },
            sex: mrz.sex(),
            nationality: mrz.nationality().to_owned(),
            document_number: mrz.document_number(),
            document_type: mrz.document_code().to_owned(),
            expires: validity::expiry(document, today),
            vietnamese: data.cloned(),
        }
    }

    /// `M`, `F` or `X`.
    #[must_use]
    pub const fn sex_letter(&self) -> &'static str {
        match self.sex {
            Sex::Female => "F",
            Sex::Male => "M",
            Sex::Unspecified => "X",
        }
    }
}

impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Holder({:?})", self.trust)
    }
}
