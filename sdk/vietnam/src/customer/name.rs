//! Names as records have them, against that of the card.

use super::spelling::{Garbled, Word, cleaned, garbled, may_be_garbled, words};
use super::{CardHolder, CustomerRecord, MAX_VALUE, Reason};
use crate::name::{fold, mrz_name_fits};
use crate::private::PrivateText;
use alloc::string::String;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// How the record's name stands to the card's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    /// The same.
    Same,
    /// The same name, written in another way.
    Spelling,
    /// A slip away, or a part of it; perhaps another name.
    Near,
    /// Nothing can be said.
    Unknown,
    /// Another name.
    Different,
}

pub(super) fn relate(
    record: &CustomerRecord,
    card: &CardHolder<'_>,
    reasons: &mut Vec<Reason>,
) -> Relation {
    let Some(text) = &record.name else {
        reasons.push(Reason::NameMissing);
        return Relation::Unknown;
    };
    let text = text.as_str();
    let trouble = match garbled(text) {
        _ if text.len() >= MAX_VALUE => Some(Reason::NameUnreadable),
        Some(Garbled::Encoding) => Some(Reason::NameUnreadable),
        Some(Garbled::Script) => Some(Reason::NameForeignScript),
        None if words(text).is_empty() => Some(Reason::NameMissing),
        None => None,
    };
    if let Some(trouble) = trouble {
        reasons.push(trouble);
        return Relation::Unknown;
    }
    let Some(name) = card.name else {
        let (relation, reason) = match card.name_in_zone {
            // As near as it gets: the zone cannot tell Thủy from Thùy.
            Some(zone) if mrz_name_fits(zone, &cleaned(text)) => {
                (Relation::Near, Reason::NameInZoneAlone)
            }
            Some(zone) if zone.bytes().any(|b| b != b'<') => {
                (Relation::Different, Reason::NameDiffers)
            }
            _ => (Relation::Unknown, Reason::CardNameMissing),
        };
        reasons.push(reason);
        return relation;
    };
    let (relation, why) = compare(text, name);
    if relation <= Relation::Spelling {
        reasons.extend(why);
        return relation;
    }
    if let Some(other) = card.other_name
        && compare(text, other).0 <= Relation::Spelling
    {
        reasons.push(Reason::NameIsOtherName);
        return Relation::Spelling;
    }
    if relation == Relation::Different && may_be_garbled(text) {
        reasons.push(Reason::NameUnreadable);
        return Relation::Unknown;
    }
    reasons.extend(why);
    relation
}

fn compare(text: &str, name: &str) -> (Relation, Vec<Reason>) {
    let text = cleaned(text);
    if PrivateText::new(&text).normalized() == PrivateText::new(name).normalized() {
        return (Relation::Same, Vec::new());
    }
    let (in_record, in_card) = (words(&text), words(name));
    let pairs: Vec<(&Word, &Word)> = in_record.iter().zip(&in_card).collect();
    if in_record.len() == in_card.len()
        && let Some(found) = judge_pairs(&pairs)
    {
        // Nothing about the words: then capitals, hyphens or the place of a space.
        return match found {
            (Relation::Same, _) => {
                let same_letters = *cleaned(&text.to_uppercase()) == *name.to_uppercase();
                let why = if same_letters || !has_marks_between(&text, name) {
                    Reason::NameCase
                } else {
                    Reason::NameSpacing
                };
                (Relation::Spelling, Vec::from([why]))
            }
            found => found,
        };
    }
    if let Some(found) = reordered(&in_record, &in_card) {
        return found;
    }
    let (joined, card_joined) = (join(&in_record), join(&in_card));
    if joined == card_joined {
        return joined_differently(&text, name);
    }
    let why = if one_edit(&joined, &card_joined) {
        Reason::NameOneLetter
    } else if word_missing(&in_record, &in_card) || word_missing(&in_card, &in_record) {
        Reason::NameWordMissing
    } else if abbreviated(&in_record, &in_card) {
        Reason::NameAbbreviated
    } else if joined.len() >= TRUNCATED && card_joined.starts_with(joined.as_str()) {
        Reason::NameTruncated
    } else {
        return (Relation::Different, Vec::from([Reason::NameDiffers]));
    };
    (Relation::Near, Vec::from([why]))
}

/// Fewer letters than this and a beginning is no name that was cut off.
const TRUNCATED: usize = 18;

/// Word by word; `None` if some word is another one.
fn judge_pairs(pairs: &[(&Word, &Word)]) -> Option<(Relation, Vec<Reason>)> {
    let (mut relation, mut reasons) = (Relation::Same, Vec::new());
    for (record, card) in pairs {
        let (found, reason) = judge_word(record, card)?;
        relation = relation.max(found);
        reasons.extend(reason);
    }
    reasons.sort_unstable();
    reasons.dedup();
    Some((relation, reasons))
}

fn judge_word(record: &Word, card: &Word) -> Option<(Relation, Option<Reason>)> {
    if record.base != card.base {
        let folded = |word: &Word| word.with_i().unwrap_or_else(|| word.clone());
        let (record, card) = (folded(record), folded(card));
        if record.base != card.base {
            return None;
        }
        return match judge_word(&record, &card)? {
            (relation @ (Relation::Same | Relation::Spelling), _) => {
                Some((relation.max(Relation::Spelling), Some(Reason::NameIOrY)))
            }
            other => Some(other),
        };
    }
    if record.marks_as_in(card) {
        return Some((Relation::Same, None));
    }
    Some(if record.sounds_like(card) {
        (Relation::Spelling, Some(Reason::NameTonePlace))
    } else if record.is_plain() || record.differs_in_stroke_alone(card) {
        (Relation::Spelling, Some(Reason::NameWithoutDiacritics))
    } else {
        (Relation::Near, Some(Reason::NameDiacriticsDiffer))
    })
}

/// The family name last, the family name moved to the front, or all words reversed. Any other order is another name.
fn reordered(record: &[Word], card: &[Word]) -> Option<(Relation, Vec<Reason>)> {
    if record.len() != card.len() || record.len() < 2 {
        return None;
    }
    let judge = |order: Vec<&Word>| {
        let pairs: Vec<_> = order.into_iter().zip(card).collect();
        judge_pairs(&pairs)
    };
    let mut last_first: Vec<&Word> = record.iter().collect();
    last_first.rotate_right(1);
    let mut first_last: Vec<&Word> = record.iter().collect();
    first_last.rotate_left(1);
    let reversed: Vec<&Word> = record.iter().rev().collect();
    let (relation, mut reasons) = judge(last_first)
        .or_else(|| judge(first_last))
        .or_else(|| judge(reversed))?;
    reasons.push(Reason::NameWordOrder);
    reasons.sort_unstable();
    Some((relation.max(Relation::Spelling), reasons))
}

/// The same letters, parted into other words.
fn joined_differently(text: &str, name: &str) -> (Relation, Vec<Reason>) {
    let without_spaces = |text: &str| {
        let mut joined = Zeroizing::new(String::with_capacity(text.len()));
        joined.extend(text.chars().filter(|c| c.is_alphabetic() || !c.is_ascii()));
        Word::new(&joined)
    };
    let (record, card) = (without_spaces(text), without_spaces(name));
    if record.sounds_like(&card) {
        (Relation::Spelling, Vec::from([Reason::NameSpacing]))
    } else if record.is_plain() {
        let why = [Reason::NameSpacing, Reason::NameWithoutDiacritics];
        (Relation::Spelling, Vec::from(why))
    } else {
        let why = [Reason::NameSpacing, Reason::NameDiacriticsDiffer];
        (Relation::Near, Vec::from(why))
    }
}

/// Whether hyphens, apostrophes or the places of spaces differ.
fn has_marks_between(text: &str, name: &str) -> bool {
    let between = |text: &str| -> Vec<char> {
        text.split_whitespace()
            .flat_map(|word| word.chars().chain([' ']))
            .filter(|c| !c.is_alphabetic() && c.is_ascii() || matches!(c, '’' | '‘' | 'ʼ' | '‐'))
            .collect()
    };
    between(text) != between(name)
}

fn join(words: &[Word]) -> Zeroizing<String> {
    let len = words
        .iter()
        .fold(0usize, |len, word| len.saturating_add(word.base.len()));
    let mut joined = Zeroizing::new(String::with_capacity(len));
    for word in words {
        joined.push_str(&word.base);
    }
    joined
}

/// One letter other, missing or too many, or two neighbours that changed places; short names are all alike.
fn one_edit(a: &str, b: &str) -> bool {
    const SHORT: usize = 6;
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if a.len() < SHORT {
        return false;
    }
    if a.len() == b.len() {
        return super::number::one_slip(a, b);
    }
    if a.len().saturating_add(1) != b.len() {
        return false;
    }
    let same = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    a.get(same..) == b.get(same.saturating_add(1)..)
}

/// `short` is `long` without one of its middle words.
fn word_missing(short: &[Word], long: &[Word]) -> bool {
    if short.len() < 2 || short.len().saturating_add(1) != long.len() {
        return false;
    }
    (1..short.len()).any(|missing| {
        let rest = long
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != missing)
            .map(|(_, word)| word);
        short
            .iter()
            .zip(rest)
            .all(|(a, b)| judge_word(a, b).is_some_and(|(r, _)| r <= Relation::Spelling))
    })
}

/// Some middle or first words are their first letters; the last one, which is the given name, is whole.
fn abbreviated(record: &[Word], card: &[Word]) -> bool {
    if record.len() != card.len() || record.len() < 2 {
        return false;
    }
    let whole = |a: &Word, b: &Word| judge_word(a, b).is_some_and(|(r, _)| r <= Relation::Spelling);
    let last = record.iter().zip(card).next_back();
    last.is_some_and(|(a, b)| whole(a, b))
        && record
            .iter()
            .zip(card)
            .all(|(a, b)| whole(a, b) || (a.base.len() == 1 && b.base.starts_with(a.base.as_str())))
}

/// Whether two residences are written alike; what else can be said of places that were merged and renamed is nothing.
pub(super) fn same_place(a: &str, b: &str) -> bool {
    let bare = |text: &str| {
        let folded = fold(text);
        let mut letters = Zeroizing::new(String::with_capacity(folded.len()));
        letters.extend(folded.chars().filter(|c| c.is_alphanumeric()));
        letters
    };
    bare(a) == bare(b)
}
