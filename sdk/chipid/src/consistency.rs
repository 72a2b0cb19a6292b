//! Whether the signed data agree among themselves, with what the clerk typed and with what the QR code says.

use crate::codes;
use crate::difference::{Difference, Source, Statement, Subject};
use crate::holder::Holder;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::finding::{Check, Code, Finding, Findings, codes as core};
use chipid_emrtd::mrz::{Mrz, Sex};
use chipid_emrtd::time::Date;
use chipid_emrtd::verification::AuthenticDocument;
use chipid_vietnam::age::Birth;
use chipid_vietnam::consistency::{
    self as vietnam, Difference as Found, MrzHolder, compare, compare_with_number,
};
use chipid_vietnam::dg13::{Dg13, Expiry};
use chipid_vietnam::keyboard::may_be_typed;
use chipid_vietnam::mrz_rules::number_in_optional_data;
use chipid_vietnam::name::{folds_alike, mrz_name_fits};
use chipid_vietnam::personal_number::PersonalNumber;
use chipid_vietnam::places::Place;
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

/// Where what was found goes: a finding without a value, and both values for whoever decides.
pub(crate) struct Told<'a> {
    pub(crate) findings: &'a mut Findings,
    pub(crate) differences: &'a mut Vec<Difference>,
}

impl Told<'_> {
    fn finding(&mut self, code: Code, file: Option<FileId>, detail: &'static str) {
        self.findings.push(Finding {
            code,
            file,
            detail: Some(detail),
        });
    }

    fn difference(
        &mut self,
        code: Code,
        file: Option<FileId>,
        subject: Subject,
        first: (Source, &str),
        second: (Source, &str),
    ) {
        self.finding(code, file, subject.name());
        self.differences.push(Difference {
            subject,
            first: Statement::new(first.0, first.1),
            second: Statement::new(second.0, second.1),
            code,
        });
    }
}

/// DG1 against DG13, and both against the digits of the number.
pub(crate) fn signed_data(
    document: &AuthenticDocument,
    dg13: Option<&Dg13>,
    told: &mut Told<'_>,
) -> Check<()> {
    let Some(dg13) = dg13 else {
        return Check::Passed(());
    };
    let mrz = document.mrz();
    let (number, birth, expiry) = (mrz.document_number(), mrz.birth(), mrz.expiry());
    let holder = MrzHolder {
        document_number: &number,
        optional_data: mrz.optional_data(),
        birth: birth.as_str(),
        sex: match mrz.sex() {
            Sex::Female => 'F',
            Sex::Male => 'M',
            Sex::Unspecified => '<',
        },
        expiry: expiry.as_str(),
        name: mrz.name_field(),
    };
    let mut check = Check::Passed(());
    let found = compare(&holder, dg13);
    for difference in &found {
        let (code, subject) = match difference {
            Found::Number => (core::HOLDER_MISMATCH, Subject::Number),
            Found::Birth => (core::HOLDER_MISMATCH, Subject::Birth),
            Found::Sex => (core::HOLDER_MISMATCH, Subject::Sex),
            Found::Name => (codes::NAME_MISMATCH, Subject::Name),
            Found::Expiry => (codes::EXPIRY_MISMATCH, Subject::Expiry),
            Found::NotComparable(subject) => {
                let detail = match subject {
                    vietnam::Subject::Number => "number",
                    vietnam::Subject::Birth => "birth",
                    vietnam::Subject::Sex => "sex",
                    vietnam::Subject::Expiry => "expiry",
                    _ => "name",
                };
                told.finding(codes::NOT_COMPARABLE, Some(FileId::DG13), detail);
                continue;
            }
            _ => continue,
        };
        let (zone, data) = (in_zone(mrz, subject), in_dg13(dg13, subject));
        told.difference(
            code,
            Some(FileId::DG13),
            subject,
            (Source::Dg1, &zone),
            (Source::Dg13, &data),
        );
        if code == core::HOLDER_MISMATCH {
            check = Check::Failed(code);
        }
    }
    if let Some(number) = dg13.number.present() {
        note_digits(number, dg13, told);
    }
    // Whose data these are must be tied to the zone by something: by the number, or by name and birth together.
    let missing = |subject| found.contains(&Found::NotComparable(subject));
    let untied = missing(vietnam::Subject::Number)
        && dg13.number.present().is_none()
        && (missing(vietnam::Subject::Birth)
            || missing(vietnam::Subject::Name)
            || found.contains(&Found::Name));
    if untied && check.passed().is_some() {
        return Check::NotPerformed(codes::NOT_COMPARABLE);
    }
    check
}

/// Corrections of sex and year of birth leave numbers behind that say otherwise: a note.
fn note_digits(
    number: &chipid_vietnam::personal_number::PersonalNumber,
    dg13: &Dg13,
    told: &mut Told<'_>,
) {
    let birth = dg13.birth.present().copied();
    let sex = dg13.sex.present().copied();
    for subject in compare_with_number(number, birth, sex) {
        let (subject, digits) = match subject {
            vietnam::Subject::Birth => (Subject::Birth, number.birth_year().to_string()),
            _ => (Subject::Sex, number.sex().mrz_letter().to_string()),
        };
        let data = in_dg13(dg13, subject);
        told.difference(
            codes::NUMBER_DIGITS_MISMATCH,
            Some(FileId::DG13),
            subject,
            (Source::Dg13, &data),
            (Source::NumberDigits, &digits),
        );
    }
}

fn in_zone(mrz: &Mrz, subject: Subject) -> Zeroizing<String> {
    match subject {
        Subject::Number => number_in_optional_data(mrz.optional_data()).map_or_else(
            || mrz.document_number(),
            |found| Zeroizing::new(found.number.as_str().to_owned()),
        ),
        Subject::Birth => Zeroizing::new(mrz.birth().as_str().to_owned()),
        Subject::Sex => Zeroizing::new(sex_letter(mrz.sex()).to_owned()),
        Subject::Expiry => Zeroizing::new(mrz.expiry().as_str().to_owned()),
        _ => mrz.name(),
    }
}

fn in_dg13(dg13: &Dg13, subject: Subject) -> Zeroizing<String> {
    let text = match subject {
        Subject::Number => dg13.number.present().map(|n| n.as_str().to_owned()),
        Subject::Birth => dg13.birth.present().map(Date::to_string),
        Subject::Sex => dg13.sex.present().map(|sex| sex.mrz_letter().to_string()),
        Subject::Expiry => dg13.expiry.present().map(|expiry| match expiry {
            Expiry::On(day) => day.to_string(),
            Expiry::NoExpiry => crate::holder_fields::NEVER.to_owned(),
        }),
        _ => dg13.name.present().map(|name| name.trimmed().to_owned()),
    };
    Zeroizing::new(text.unwrap_or_default())
}

const fn sex_letter(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "F",
        Sex::Male => "M",
        Sex::Unspecified => "X",
    }
}

/// The form against the chip. `known`: the birth, as far as the chip says it; only what is known can differ.
pub(crate) fn clerk_input(
    input: &ClerkInput,
    holder: &Holder,
    known: Option<Birth>,
    document: Option<&AuthenticDocument>,
    told: &mut Told<'_>,
) {
    let mut differs = |subject, chip: &str, typed: &str| {
        let (chip, typed) = ((Source::Chip, chip), (Source::Typed, typed));
        told.difference(codes::CLERK_INPUT_MISMATCH, None, subject, chip, typed);
    };
    if let Some(number) = &input.number {
        let digits: Zeroizing<String> =
            Zeroizing::new(number.chars().filter(|c| !c.is_whitespace()).collect());
        let known = [&holder.personal_number, &holder.document_number];
        if digits.is_empty() || known.iter().all(|known| **known != digits) {
            differs(Subject::Number, known_number(holder), number.trim());
        }
    }
    if let Some(name) = &input.name
        && !same_name(name, holder, document)
    {
        differs(Subject::Name, &holder.name, name.trim());
    }
    if let Some((known, birth)) = known.zip(input.birth)
        && !known.may_be(birth)
    {
        differs(Subject::Birth, &known.to_string(), &birth.to_string());
    }
    if input.birth.is_some() && known.and_then(Birth::day).is_none() {
        told.finding(codes::NOT_COMPARABLE, None, Subject::Birth.name());
    }
}

/// The QR code against the chip.
pub(crate) fn qr(
    qr: &QrText,
    holder: &Holder,
    known: Option<Birth>,
    document: Option<&AuthenticDocument>,
    told: &mut Told<'_>,
) {
    let dg13 = holder.vietnamese.as_ref().map(|data| data.dg13());
    let mut differs = |subject, chip: &str, code: &str| {
        let (chip, code) = ((Source::Chip, chip), (Source::Qr, code));
        told.difference(codes::QR_MISMATCH, None, subject, chip, code);
    };
    if qr.number.as_str() != holder.personal_number.as_str() {
        differs(Subject::Number, known_number(holder), qr.number.as_str());
    }
    if let Some(known) = known
        && (!known.agrees_with(qr.birth) || says_less(qr.birth, known))
    {
        differs(Subject::Birth, &known.to_string(), &qr.birth.to_string());
    }
    let sex = qr.sex.mrz_letter().to_string();
    if sex != holder.sex_letter() {
        differs(Subject::Sex, holder.sex_letter(), &sex);
    }
    let same_name = same_name(qr.name.as_str(), holder, document);
    // What a keyboard program makes of a name is no other name.
    let garbled = may_be_typed(qr.name.as_str(), &holder.name)
        || may_be_typed(qr.name.as_str(), &holder.name_mrz);
    if !same_name && !garbled {
        differs(Subject::Name, &holder.name, qr.name.trimmed());
    }
    // An earlier card of the same holder has another day of issue.
    if let Some(issue) = dg13.and_then(|d| d.issue.present())
        && *issue != qr.issue
    {
        differs(Subject::Issue, &issue.to_string(), &qr.issue.to_string());
    }
    if let Some(old) = dg13.and_then(|d| d.old_number.present())
        && let Some(in_qr) = &qr.old_number
        && old.trimmed() != in_qr.trimmed()
    {
        differs(Subject::OldNumber, old.trimmed(), in_qr.trimmed());
    }
    if !same_name && garbled {
        told.finding(codes::QR_TEXT_GARBLED, None, Subject::Name.name());
    }
    // The chip does not know the whole day of birth; scanner and keyboard garbled the letters of the name.
    if known.and_then(Birth::day).is_none() {
        told.finding(codes::NOT_COMPARABLE, None, Subject::Birth.name());
    }
}

/// Whether the code leaves out what the chip knows; the first of January stands for what nobody knows.
fn says_less(code: Birth, known: Birth) -> bool {
    let unknown = |day: Date| (day.month(), day.day()) == (1, 1);
    code.day().is_none() && known.day().is_some_and(|day| !unknown(day))
}

/// The zone that was given as key against that of the chip: what opens the chip, and nothing that a camera could have
/// misread unnoticed. Another key may have opened it.
pub(crate) fn zone(given: &Mrz, document: &AuthenticDocument, findings: &mut Findings) {
    if given.access_key() != document.mrz().access_key() {
        findings.push(Finding {
            code: codes::MRZ_MISMATCH,
            file: Some(FileId::DG1),
            detail: None,
        });
    }
}

/// The place of the personal number, for a note only: the rule of its making is no longer in force, and the codes of
/// countries are not published.
pub(crate) fn place_of_number(holder: &Holder, findings: &mut Findings) {
    let place = PersonalNumber::new(&holder.personal_number).map(|number| Place::of(&number));
    if place == Ok(Place::NotAProvince) {
        findings.push(Finding {
            code: codes::NUMBER_UNUSUAL,
            file: None,
            detail: Some("place"),
        });
    }
}

fn known_number(holder: &Holder) -> &str {
    if holder.personal_number.is_empty() {
        &holder.document_number
    } else {
        &holder.personal_number
    }
}

/// Names are the same where they fold to the same letters; the zone's may be cut off at 30 characters.
fn same_name(given: &str, holder: &Holder, document: Option<&AuthenticDocument>) -> bool {
    folds_alike(given, &holder.name)
        || folds_alike(given, &holder.name_mrz)
        // Only where the chip has no better than the zone's name does a cut-off one stand for the whole.
        || (*holder.name == *holder.name_mrz
            && document.is_some_and(|d| mrz_name_fits(d.mrz().name_field(), given)))
}
