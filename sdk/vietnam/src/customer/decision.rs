//! From the three relations to one outcome: the table of `docs/reference/customer-records.md`, row by row.

use super::{Action, CardHolder, Comparison, CustomerRecord, Outcome, Reason};
use super::{birth, name, number};
use crate::dg13::Expiry;
use crate::sex::Sex;
use alloc::vec::Vec;
use birth::{Day, Relation as Birth};
use name::Relation as Name;
use number::Relation as Number;

pub(super) fn decide(record: &CustomerRecord, card: &CardHolder<'_>) -> Comparison {
    let mut reasons = Vec::new();
    let number = number::relate(record, card, &mut reasons);
    let name = name::relate(record, card, &mut reasons);
    let birth = birth::relate(record, card, &mut reasons);
    let mut outcome = outcome(number, name, birth);
    if sex_differs(record, card) {
        reasons.push(Reason::SexDiffers);
        // One letter was mistyped, or somebody else stands in the record: a person looks.
        if is_same(outcome) {
            outcome = Outcome::RecordIncomplete;
        }
    }
    note_document(record, card, &mut reasons);
    reasons.sort_unstable();
    reasons.dedup();
    if outcome == Outcome::Same && reasons.iter().any(|r| r.action() == Action::UpdateRecord) {
        outcome = Outcome::SameSpeltDifferently;
    }
    Comparison {
        outcome,
        action: action(outcome, &reasons),
        reasons,
    }
}

fn outcome(number: Number, name: Name, birth: Birth) -> Outcome {
    use Outcome::{AnotherPerson, RecordIncomplete, Same, SameNumberChanged, SameSpeltDifferently};
    match (number, name, birth) {
        // Another name is another person, unless nothing else is known of the record's person at all.
        (_, Name::Different, _) => AnotherPerson,
        (Number::Different, _, Birth::Different) => AnotherPerson,

        // The whole number, which nobody shares.
        (Number::Same, Name::Same, Birth::Same) => Same,
        (
            Number::Same,
            Name::Same | Name::Spelling,
            Birth::Same | Birth::Compatible | Birth::Near,
        )
        | (Number::Same, Name::Near, Birth::Same) => SameSpeltDifferently,
        (Number::Same, Name::Near, Birth::Different) => AnotherPerson,

        // A part of the number: no slip is forgiven beside it.
        (Number::SamePart, Name::Same | Name::Spelling, Birth::Same) => SameSpeltDifferently,
        (Number::SamePart, Name::Near, Birth::Different) => AnotherPerson,

        // Numbers of old were given out twice here and there, so name and birth have to hold.
        (Number::Changed, Name::Same | Name::Spelling | Name::Near, Birth::Same) => {
            SameNumberChanged
        }
        (Number::ChangedWeakly, Name::Same | Name::Spelling, Birth::Same) => SameNumberChanged,
        (
            Number::Changed | Number::ChangedWeakly | Number::ChangedByQr,
            Name::Near,
            Birth::Different,
        ) => AnotherPerson,

        // Without a number, or with another one, a name and a birth are those of many people: never the same.
        (
            Number::Unknown | Number::Near,
            Name::Same | Name::Spelling | Name::Near,
            Birth::Different,
        )
        | (
            Number::Different,
            Name::Same | Name::Spelling | Name::Near,
            Birth::Near | Birth::Compatible | Birth::Unknown,
        )
        | (Number::Different, Name::Unknown, Birth::Near | Birth::Compatible | Birth::Unknown) => {
            AnotherPerson
        }
        _ => RecordIncomplete,
    }
}

const fn is_same(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Same | Outcome::SameSpeltDifferently | Outcome::SameNumberChanged
    )
}

fn sex_differs(record: &CustomerRecord, card: &CardHolder<'_>) -> bool {
    let Some((text, card)) = record.sex.as_ref().zip(card.sex) else {
        return false;
    };
    let found = match crate::name::fold(text.as_str()).as_str() {
        "NAM" | "M" | "MALE" | "ONG" => Some(Sex::Male),
        "NU" | "F" | "FEMALE" | "BA" => Some(Sex::Female),
        // 0, 1 and 2 mean one thing here and another there.
        _ => None,
    };
    found.is_some_and(|found| found != card)
}

/// What the record says of the document: worth bringing up to date, and nothing about the person.
fn note_document(record: &CustomerRecord, card: &CardHolder<'_>, reasons: &mut Vec<Reason>) {
    let day =
        |text: &Option<crate::private::PrivateText>| match birth::parse(text.as_ref()?.as_str()) {
            Some(Day::Whole(date)) => Some(date),
            _ => None,
        };
    if let Some((found, issue)) = day(&record.issue).zip(card.issue) {
        match found.cmp(&issue) {
            core::cmp::Ordering::Less => reasons.push(Reason::CardNewer),
            core::cmp::Ordering::Greater => reasons.push(Reason::CardOlder),
            core::cmp::Ordering::Equal => {}
        }
    }
    let expiry = match card.expiry {
        Some(Expiry::On(date)) => Some(date),
        _ => None,
    };
    if let Some((found, expiry)) = day(&record.expiry).zip(expiry)
        && found != expiry
    {
        reasons.push(Reason::ExpiryDiffers);
    }
    if let Some((found, residence)) = record.residence.as_ref().zip(card.residence)
        && !name::same_place(found.as_str(), residence)
    {
        reasons.push(Reason::ResidenceDiffers);
    }
}

/// The most urgent step that a reason asks for, within what the outcome allows.
fn action(outcome: Outcome, reasons: &[Reason]) -> Action {
    let most = |from: Action, to: Action| {
        reasons
            .iter()
            .map(|reason| reason.action())
            .filter(|action| (from..=to).contains(action))
            .max()
            .unwrap_or(from)
    };
    match outcome {
        Outcome::AnotherPerson => Action::KeepApart,
        // There is a whole record: nothing is to be filled in.
        Outcome::Same | Outcome::SameSpeltDifferently => {
            most(Action::Nothing, Action::AskForNewerCard)
        }
        Outcome::SameNumberChanged => most(Action::UpdateNumber, Action::AskForNewerCard),
        Outcome::RecordIncomplete => most(Action::CompleteRecord, Action::ReviewByPerson),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;
    use std::string::String;

    const NUMBERS: [(Number, &str); 8] = [
        (Number::Same, "the same number"),
        (
            Number::SamePart,
            "the nine digits of the machine readable zone",
        ),
        (Number::Changed, "an earlier number that signed data name"),
        (
            Number::ChangedWeakly,
            "an earlier number that signed data name, after a lost zero was put back",
        ),
        (
            Number::ChangedByQr,
            "an earlier number that the QR code alone names",
        ),
        (Number::Unknown, "no number that can be compared"),
        (Number::Near, "a number one digit away"),
        (Number::Different, "another number"),
    ];
    const NAMES: [(Name, &str); 5] = [
        (Name::Same, "same"),
        (Name::Spelling, "spelling"),
        (Name::Near, "near"),
        (Name::Unknown, "unknown"),
        (Name::Different, "different"),
    ];
    const BIRTHS: [(Birth, &str); 5] = [
        (Birth::Same, "same"),
        (Birth::Compatible, "compatible"),
        (Birth::Near, "near"),
        (Birth::Unknown, "unknown"),
        (Birth::Different, "different"),
    ];

    fn table() -> String {
        let mut out = String::new();
        for (number, heading) in NUMBERS {
            writeln!(out, "\n### {heading}\n").unwrap();
            out += "| name \\ birth |";
            for (_, birth) in BIRTHS {
                write!(out, " {birth} |").unwrap();
            }
            out += "\n|---|---|---|---|---|---|\n";
            for (name, text) in NAMES {
                write!(out, "| {text} |").unwrap();
                for (birth, _) in BIRTHS {
                    write!(out, " {} |", outcome(number, name, birth)).unwrap();
                }
                out.push('\n');
            }
        }
        out
    }

    #[test]
    fn the_table_of_the_documentation_is_the_table_of_the_program() {
        let page = include_str!("../../../../docs/reference/customer-records.md");
        let table = table();
        assert!(page.contains(&table), "{table}");
        for outcome in Outcome::ALL {
            assert!(page.contains(&std::format!("| `{outcome}` |")), "{outcome}");
        }
        for action in Action::ALL {
            assert!(page.contains(&std::format!("| `{action}` |")), "{action}");
        }
        for reason in Reason::ALL {
            let row = std::format!("| `{reason}` |");
            let line = page.lines().find(|line| line.starts_with(&row));
            let step = std::format!("`{}` |", reason.action());
            assert!(
                line.is_some_and(|line| line.ends_with(&step)),
                "{row} {step}"
            );
        }
    }

    #[test]
    fn same_needs_number_name_and_birth_and_forgives_one_slip() {
        for (number, _) in NUMBERS {
            for (name, _) in NAMES {
                for (birth, _) in BIRTHS {
                    if !is_same(outcome(number, name, birth)) {
                        continue;
                    }
                    assert!(!matches!(
                        number,
                        Number::ChangedByQr | Number::Unknown | Number::Near | Number::Different
                    ));
                    assert!(!matches!(name, Name::Unknown | Name::Different));
                    assert!(!matches!(birth, Birth::Unknown | Birth::Different));
                    let slips = [
                        number != Number::Same,
                        name == Name::Near,
                        birth != Birth::Same,
                    ];
                    let slips = slips.iter().filter(|slip| **slip).count();
                    assert!(slips <= 1 || (number, name) == (Number::Changed, Name::Near));
                }
            }
        }
    }

    #[test]
    fn knowing_less_never_makes_two_people_one() {
        for (number, _) in NUMBERS {
            for (name, _) in NAMES {
                for (birth, _) in BIRTHS {
                    if is_same(outcome(number, name, birth)) {
                        continue;
                    }
                    // Taking a value away from a record that is not the same never makes it the same.
                    for (number, name, birth) in [
                        (Number::Unknown, name, birth),
                        (number, Name::Unknown, birth),
                        (number, name, Birth::Unknown),
                    ] {
                        assert!(!is_same(outcome(number, name, birth)));
                    }
                }
            }
        }
    }
}
