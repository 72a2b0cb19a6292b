//! A bank's record against a card whose data are proven.

use crate::assessment::Assessment;
use chipid_emrtd::verification::IssuerTrust;
use chipid_vietnam::customer::{CardHolder, Comparison, CustomerRecord};
use chipid_vietnam::personal_number::PersonalNumber;
use chipid_vietnam::qr::QrText;
use chipid_vietnam::sex::Sex;
use std::fmt;

/// What comparing came to, and what it rests on. No value of a person stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CustomerComparison {
    /// Outcome, reasons and next step.
    pub comparison: Comparison,
    /// How far the signature over the card's data is traced: with `SignatureOnly` the outcome is as good as a claim.
    pub trust: IssuerTrust,
}

/// Why nothing was compared: the document's data are not proven (digests or signature do not hold, DG1 was not read), or
/// it is not a Vietnamese identity card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotProven {
    /// Digests or signature do not hold, or DG1 was not read.
    NotAuthenticated,
    /// The data are those of another kind of document.
    NotVietnameseCard,
}

impl NotProven {
    /// The permanent name in snake_case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotAuthenticated => "not_authenticated",
            Self::NotVietnameseCard => "not_vietnamese_card",
        }
    }
}

impl fmt::Display for NotProven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl std::error::Error for NotProven {}

/// Compares a customer's record with the card of an assessment: `docs/reference/customer-records.md`. `qr` is the QR
/// code of the same card, where one was scanned; nobody signed it, and it is asked for an earlier number alone.
///
/// The verdict on the document is another question: of a card that expired or that cannot prove its chip the data may
/// be the state's all the same.
///
/// # Errors
/// [`NotProven`].
pub fn compare_customer(
    assessment: &Assessment,
    record: &CustomerRecord,
    qr: Option<&QrText>,
) -> Result<CustomerComparison, NotProven> {
    let document = assessment
        .verification()
        .document
        .as_ref()
        .ok_or(NotProven::NotAuthenticated)?;
    let holder = assessment.holder().ok_or(NotProven::NotAuthenticated)?;
    if !crate::is_vietnamese_card(document) {
        return Err(NotProven::NotVietnameseCard);
    }
    let mut card = match &holder.vietnamese {
        Some(data) => CardHolder::of(data.dg13()),
        None => CardHolder::default(),
    };
    // What DG13 does not say the zone may; both are signed.
    if card.number.is_none() {
        card.number = PersonalNumber::new(&holder.personal_number).ok();
    }
    card.name_in_zone = Some(document.mrz().name_field());
    if card.birth.is_none() && card.birth_year.is_none() {
        card.birth = holder.birth;
    }
    if card.sex.is_none() {
        card.sex = match holder.sex_letter() {
            "F" => Some(Sex::Female),
            "M" => Some(Sex::Male),
            _ => None,
        };
    }
    if card.expiry.is_none() {
        card.expiry = match holder.expires {
            Some(crate::Expiry::On(day)) => Some(chipid_vietnam::dg13::Expiry::On(day)),
            Some(crate::Expiry::Never) => Some(chipid_vietnam::dg13::Expiry::NoExpiry),
            None => None,
        };
    }
    card.qr = qr;
    Ok(CustomerComparison {
        comparison: record.compare(&card),
        trust: holder.trust,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support;
    use chipid_vietnam::customer::{Action, Outcome, Reason};

    fn record(assessment: &Assessment) -> CustomerRecord {
        let holder = assessment.holder().expect("a holder");
        let birth = holder.birth.expect("a birth").to_string();
        CustomerRecord::new()
            .number(&holder.personal_number)
            .name(&holder.name)
            .birth(&birth)
    }

    #[test]
    fn the_outcome_carries_how_far_the_signature_is_traced() {
        let card = support::card("vn-2021");
        let known = support::assess(&card);
        let found = compare_customer(&known, &record(&known), None).expect("a comparison");
        assert_eq!(found.comparison.outcome, Outcome::Same);
        assert_eq!(found.comparison.action, Action::Nothing);
        assert_eq!(found.trust, IssuerTrust::IssuerVerified);

        let nobody = support::read(&card).verify(&support::trust(&[]), support::now());
        let unknown = Assessment::new(nobody);
        let found = compare_customer(&unknown, &record(&unknown), None).expect("a comparison");
        assert_eq!(found.trust, IssuerTrust::SignatureOnly);
    }

    #[test]
    fn only_proven_data_of_a_vietnamese_card_are_compared() {
        let mut forged = support::card("vn-2021");
        let whole = support::assess(&forged);
        if let Some(bytes) = forged.files.get_mut(&chipid_emrtd::file_id::FileId::DG13) {
            *bytes.last_mut().expect("a byte") ^= 1;
        }
        let found = compare_customer(&support::assess(&forged), &record(&whole), None);
        assert_eq!(found, Err(NotProven::NotAuthenticated));
        let passport = support::assess(&support::card("passport-p256"));
        let found = compare_customer(&passport, &CustomerRecord::new(), None);
        assert_eq!(found, Err(NotProven::NotVietnameseCard));
    }

    #[test]
    fn the_qr_code_tells_the_old_number_that_a_card_of_2024_leaves_out() {
        let assessment = support::assess(&support::card("vn-2024"));
        let holder = assessment.holder().expect("a holder");
        let birth = holder.birth.expect("a birth");
        let text = format!(
            "{}|012345678|{}|{:02}{:02}{}|{}||15072024|",
            *holder.personal_number,
            *holder.name,
            birth.day(),
            birth.month(),
            birth.year(),
            if holder.sex_letter() == "F" {
                "Nữ"
            } else {
                "Nam"
            },
        );
        let qr = QrText::parse(&text).expect("a QR text");
        let old = record(&assessment).number("012345678");
        let without = compare_customer(&assessment, &old, None).expect("a comparison");
        assert_eq!(without.comparison.outcome, Outcome::RecordIncomplete);
        assert_eq!(without.comparison.action, Action::AskForNumberHistory);
        let with = compare_customer(&assessment, &old, Some(&qr)).expect("a comparison");
        // Unsigned: a person looks, and nobody is joined.
        assert_eq!(with.comparison.outcome, Outcome::RecordIncomplete);
        assert_eq!(with.comparison.action, Action::ReviewByPerson);
        assert_eq!(with.comparison.reasons, [Reason::OldNumberInQr]);
    }

    #[test]
    fn a_card_that_knows_the_year_of_birth_alone() {
        let assessment = support::assess(&support::card("vn-birth-year-only"));
        let holder = assessment.holder().expect("a holder");
        assert_eq!(holder.birth, None);
        let year = |year: u16| {
            let record = CustomerRecord::new()
                .number(&holder.personal_number)
                .name(&holder.name)
                .birth(&format!("01/01/{year}"));
            compare_customer(&assessment, &record, None).expect("a comparison")
        };
        let number = PersonalNumber::new(&holder.personal_number).expect("a number");
        let same = year(number.birth_year());
        assert_eq!(same.comparison.outcome, Outcome::SameSpeltDifferently);
        assert_eq!(same.comparison.reasons, [Reason::BirthYearOnly]);
        let other = year(number.birth_year() + 20);
        assert_eq!(other.comparison.outcome, Outcome::RecordIncomplete);
    }

    #[test]
    fn without_dg13_the_zone_stands_in() {
        let card = support::card("vn-2021");
        let mut reading = crate::Reading::with(support::key(&card))
            .only(&[chipid_emrtd::file_id::DataGroup::MRZ]);
        let mut chip = chipid_virtual_card::VirtualCard::new(card.clone());
        let document = crate::block(reading.run(&mut chip))
            .expect("ready")
            .expect("a document");
        let zone = Assessment::new(document.verify(&support::trust(&[&card.csca]), support::now()));
        assert!(zone.vietnamese().is_none());
        let whole = support::assess(&card);
        let found = compare_customer(&zone, &record(&whole), None).expect("a comparison");
        assert_eq!(found.comparison.outcome, Outcome::SameSpeltDifferently);
        assert_eq!(found.comparison.reasons, [Reason::NameInZoneAlone]);
        assert_eq!(found.comparison.action, Action::Nothing);
    }
}
