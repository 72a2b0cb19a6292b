//! Whether the signed data agree among themselves, with what the clerk typed and with what the QR code says.

use crate::codes;
use crate::holder::Holder;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::finding::{Check, Finding, Findings, codes as core};
use chipid_emrtd::mrz::Sex;
use chipid_emrtd::time::Date;
use chipid_emrtd::verification::AuthenticDocument;
use chipid_vietnam::consistency::{Difference, MrzHolder, Subject, compare};
use chipid_vietnam::dg13::Dg13;
use chipid_vietnam::name::fold;
use chipid_vietnam::qr::QrText;
use std::fmt;
use zeroize::Zeroizing;

/// What a clerk typed from the customer's form, to be compared with the chip. Absent values are not compared.
#[derive(Clone, Default)]
pub struct ClerkInput {
    /// The personal number or the document number.
    pub number: Option<Zeroizing<String>>,
    /// The name, with or without diacritics.
    pub name: Option<Zeroizing<String>>,
    /// The day of birth.
    pub birth: Option<Date>,
}

impl fmt::Debug for ClerkInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClerkInput")
    }
}

/// DG1 against DG13.
pub(crate) fn signed_data(
    document: &AuthenticDocument,
    dg13: Option<&Dg13>,
    findings: &mut Findings,
) -> Check<()> {
    let Some(dg13) = dg13 else {
        return Check::Passed(());
    };
    let mrz = document.mrz();
    let (number, birth) = (mrz.document_number(), mrz.birth());
    let holder = MrzHolder {
        document_number: &number,
        optional_data: mrz.optional_data(),
        birth: birth.as_str(),
        sex: match mrz.sex() {
            Sex::Female => 'F',
            Sex::Male => 'M',
            Sex::Unspecified => '<',
        },
        name: mrz.name_field(),
    };
    let mut check = Check::Passed(());
    for difference in compare(&holder, dg13) {
        let mut note = |code, detail| {
            findings.push(Finding {
                code,
                file: Some(FileId::DG13),
                detail: Some(detail),
            });
        };
        match difference {
            Difference::Number => note(core::HOLDER_MISMATCH, "number"),
            Difference::Birth => note(core::HOLDER_MISMATCH, "birth"),
            Difference::Sex => note(core::HOLDER_MISMATCH, "sex"),
            Difference::Name => note(codes::NAME_MISMATCH, "name"),
            Difference::NotComparable(subject) => note(
                codes::NOT_COMPARABLE,
                match subject {
                    Subject::Number => "number",
                    Subject::Birth => "birth",
                    Subject::Sex => "sex",
                    _ => "name",
                },
            ),
            _ => {}
        }
        if matches!(
            difference,
            Difference::Number | Difference::Birth | Difference::Sex
        ) {
            check = Check::Failed(core::HOLDER_MISMATCH);
        }
    }
    check
}

/// The form against the chip. One finding per value, none with a value in it.
pub(crate) fn clerk_input(input: &ClerkInput, holder: &Holder, findings: &mut Findings) {
    let mut differs = |detail| {
        findings.push(Finding {
            code: codes::CLERK_INPUT_MISMATCH,
            file: None,
            detail: Some(detail),
        });
    };
    if let Some(number) = &input.number {
        let number = number.trim();
        if number != holder.personal_number.as_str() && number != holder.document_number.as_str() {
            differs("number");
        }
    }
    if let Some(name) = &input.name
        && !same_name(name, holder)
    {
        differs("name");
    }
    if let Some(birth) = input.birth
        && holder.birth != Some(birth)
    {
        differs("birth");
    }
}

/// The QR code against the chip.
pub(crate) fn qr(qr: &QrText, holder: &Holder, findings: &mut Findings) {
    let mut differs = |detail| {
        findings.push(Finding {
            code: codes::QR_MISMATCH,
            file: None,
            detail: Some(detail),
        });
    };
    if qr.number.as_str() != holder.personal_number.as_str() {
        differs("number");
    }
    if holder.birth != Some(qr.birth) {
        differs("birth");
    }
    if qr.sex.mrz_letter() != holder.sex_letter().chars().next().unwrap_or_default() {
        differs("sex");
    }
    if !same_name(qr.name.as_str(), holder) {
        differs("name");
    }
}

/// Names are the same where they fold to the same letters; the zone's may be cut off at 30 characters.
fn same_name(given: &str, holder: &Holder) -> bool {
    let given = fold(given);
    *given == *fold(&holder.name) || *given == *fold(&holder.name_mrz)
}
