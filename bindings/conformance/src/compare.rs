//! Whether two results are one, and whether a result is what the list expects.

use crate::blocks::Block;
use crate::cases::Expect;
use std::collections::{BTreeMap, BTreeSet};

/// The one line that is compared as a number.
const NUMBER: &str = "face.similarity";
/// It may differ by so much.
const TOLERANCE: f64 = 1e-6;

/// What a member wrote, against the cases that it was given.
#[derive(Debug, Default)]
pub struct Sorted {
    /// The first result of each case.
    pub results: BTreeMap<String, Block>,
    /// What is wrong with the file as a whole: blocks without a name, of no case, of a case twice.
    pub wrong: Vec<String>,
}

/// Sorts a member's results by case.
#[must_use]
pub fn sorted(blocks: Vec<Block>, cases: &[Block]) -> Sorted {
    let known: BTreeSet<&str> = cases.iter().filter_map(|case| case.first("id")).collect();
    let mut sorted = Sorted::default();
    for block in blocks {
        match block.lines.first() {
            Some((key, id)) if key == "id" => {
                if !known.contains(id.as_str()) {
                    sorted.wrong.push(format!("{id}: there is no such case"));
                } else if sorted.results.contains_key(id) {
                    sorted.wrong.push(format!("{id}: a second result"));
                } else {
                    sorted.results.insert(id.clone(), block);
                }
            }
            _ => sorted.wrong.push("a result without id".to_owned()),
        }
    }
    sorted
}

/// Every way in which a result differs from the reference's; none where it is the same.
#[must_use]
pub fn differences(reference: &Block, result: &Block) -> Vec<String> {
    let (mut ours, mut theirs) = (by_key(reference), by_key(result));
    // How far a reading came that ended in an error is not compared: a cancellation may be a command late.
    if ours.contains_key("error.code") && theirs.contains_key("error.code") {
        ours.remove("apdus");
        theirs.remove("apdus");
    }
    let keys: BTreeSet<&str> = ours.keys().chain(theirs.keys()).copied().collect();
    let mut found = Vec::new();
    for key in keys {
        let ours = ours.get(key).cloned().unwrap_or_default();
        let theirs = theirs.get(key).cloned().unwrap_or_default();
        let same =
            ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(a, b)| alike(key, a, b));
        if !same {
            found.push(format!(
                "{key}: reference {}, here {}",
                shown(&ours),
                shown(&theirs)
            ));
        }
    }
    found
}

/// Every way in which a result is not what the list expects.
#[must_use]
pub fn unexpected(expect: &Expect, result: &Block) -> Vec<String> {
    let mut found = Vec::new();
    let mut must = |key: &str, expected: Option<&str>| {
        let there: Vec<&str> = result.all(key).collect();
        let holds = match expected {
            None => there.is_empty(),
            Some(expected) => there.iter().any(|value| alike(key, value, expected)),
        };
        if !holds {
            let expected = expected.unwrap_or("no such line");
            found.push(format!(
                "{key}: expected {expected}, here {}",
                shown(&there)
            ));
        }
    };
    must("verdict", expect.verdict.as_deref());
    let error = expect.error.map(|code| code.to_string());
    must("error.code", error.as_deref());
    must("unsupported", None);
    for (key, value) in &expect.lines {
        must(key, value.as_deref());
    }
    let grounds = |worse: bool| -> BTreeSet<String> {
        let grounds = result.all("ground").filter_map(|ground| {
            let (code, rest) = ground.split_once('|')?;
            (rest.starts_with("note|") != worse).then(|| code.to_owned())
        });
        grounds.collect()
    };
    if let Some(expected) = &expect.grounds {
        let there = grounds(true);
        if there != *expected {
            found.push(format!("grounds: expected {expected:?}, here {there:?}"));
        }
    }
    let notes = grounds(false);
    for note in expect.notes.difference(&notes) {
        found.push(format!("the note {note} is missing among {notes:?}"));
    }
    found
}

fn by_key(block: &Block) -> BTreeMap<&str, Vec<&str>> {
    let mut keys: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (key, value) in &block.lines {
        keys.entry(key).or_default().push(value);
    }
    keys
}

/// Letter by letter, but for numbers that languages write in their own ways.
fn alike(key: &str, one: &str, other: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    match (key, number(one), number(other)) {
        (NUMBER, Some(one), Some(other)) => (one - other).abs() <= TOLERANCE,
        _ => one == other,
    }
}

fn shown(values: &[&str]) -> String {
    match values {
        [] => "no such line".to_owned(),
        values => values.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(lines: &[(&str, &str)]) -> Block {
        let mut block = Block::new();
        lines
            .iter()
            .for_each(|(key, value)| block.push(*key, *value));
        block
    }

    #[test]
    fn the_order_of_keys_is_nothing_and_that_of_one_key_counts() {
        let reference = block(&[
            ("id", "a"),
            ("ground", "x|note|-"),
            ("ground", "y|note|-"),
            ("verdict", "accept"),
        ]);
        let turned = block(&[
            ("id", "a"),
            ("verdict", "accept"),
            ("ground", "x|note|-"),
            ("ground", "y|note|-"),
        ]);
        assert!(differences(&reference, &turned).is_empty());
        let swapped = block(&[
            ("id", "a"),
            ("verdict", "accept"),
            ("ground", "y|note|-"),
            ("ground", "x|note|-"),
        ]);
        assert_eq!(differences(&reference, &swapped).len(), 1);
        let more = block(&[
            ("id", "a"),
            ("verdict", "accept"),
            ("ground", "x|note|-"),
            ("ground", "y|note|-"),
            ("holder.name", ""),
        ]);
        assert_eq!(differences(&reference, &more).len(), 1);
        assert_eq!(differences(&more, &reference).len(), 1);
    }

    #[test]
    fn a_similarity_is_compared_as_a_number_and_nothing_else_is() {
        let of = |value| block(&[("face.similarity", value)]);
        assert!(differences(&of("0.5121"), &of("0.51210000004")).is_empty());
        assert!(differences(&of("1"), &of("1.0")).is_empty());
        assert!(!differences(&of("0.5121"), &of("0.5122")).is_empty());
        assert!(!differences(&of("0.5"), &of("NaN")).is_empty());
        assert!(!differences(&of("inf"), &of("infinity")).is_empty());
        let length = |value| block(&[("portrait.length", value)]);
        assert!(!differences(&length("1"), &length("1.0")).is_empty());
    }

    #[test]
    fn what_the_list_expects_is_not_what_all_agree_on() {
        let result = block(&[
            ("verdict", "reject"),
            ("ground", "digest_mismatch|fatal|DG1"),
            ("ground", "x|note|-"),
        ]);
        let mut expect = Expect {
            verdict: Some("reject".into()),
            grounds: Some(["digest_mismatch".to_owned()].into()),
            notes: ["x".to_owned()].into(),
            ..Expect::default()
        };
        assert!(unexpected(&expect, &result).is_empty());
        expect.lines.insert("holder.name".into(), None);
        assert!(unexpected(&expect, &result).is_empty());
        expect.lines.insert("verdict".into(), None);
        expect.notes.insert("y".into());
        expect.grounds = Some(BTreeSet::new());
        assert_eq!(unexpected(&expect, &result).len(), 3);
        let accepted = Expect {
            verdict: Some("accept".into()),
            ..Expect::default()
        };
        assert_eq!(unexpected(&accepted, &result).len(), 1);
        let failed = Expect {
            error: Some(1001),
            ..Expect::default()
        };
        assert_eq!(unexpected(&failed, &result).len(), 2);
    }

    #[test]
    fn strangers_and_repetitions_are_told() {
        let cases = [block(&[("id", "a")]), block(&[("id", "b")])];
        let results = vec![
            block(&[("id", "a")]),
            block(&[("id", "a"), ("verdict", "accept")]),
            block(&[("id", "c")]),
            block(&[("verdict", "accept")]),
        ];
        let sorted = sorted(results, &cases);
        assert_eq!((sorted.results.len(), sorted.wrong.len()), (1, 3));
    }
}
