//! The fault corpus: `faults/*.toml`, each a way in which real chips, readers or data depart from the standard, with the
//! outcome that a reading must have. `faults/README.md` describes the entries.
//!
//! What belongs to the virtual card (its behaviour, changes to a profile) stays TOML here: this crate knows files and
//! nothing of chips. For tests only: whatever is missing or unreadable is a panic that names the file.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Table;

/// One entry of the corpus.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FaultCase {
    /// The name of the file, without `.toml`; the test of the entry has the same, with underscores.
    #[serde(skip)]
    pub name: String,
    /// The row of `docs/reference/deviations.md`.
    pub row: String,
    /// Who issues such documents.
    pub who: String,
    /// What is otherwise.
    pub what: String,
    /// The virtual card.
    #[serde(default)]
    pub card: CardChange,
    /// How the chip behaves: each in turn, with the same outcome. None: one honest chip.
    #[serde(default)]
    pub behaviours: Vec<Table>,
    /// The reader, and how the chip is read.
    #[serde(default)]
    pub reader: ReaderConditions,
    /// What must come of it.
    pub expect: Expected,
}

/// The card, as a change to a built-in profile.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct CardChange {
    /// The profile.
    pub profile: String,
    /// Entries of the profile that are replaced, in the profile's own words.
    pub set: Table,
    /// Entries of the profile that are left out.
    pub unset: Vec<String>,
    /// Files in hexadecimal, by name. Data groups are signed like the others.
    pub files: BTreeMap<String, String>,
    /// SecurityInfos that are taken out of DG14 before it is signed: those whose object identifier begins with these
    /// bytes, in hexadecimal.
    pub dg14_without: Vec<String>,
    /// SecurityInfos that are put into DG14 before it is signed, in hexadecimal.
    pub dg14_with: Vec<String>,
    /// Files that the chip does not have although the security object covers them.
    pub withheld: Vec<String>,
    /// Bytes in hexadecimal that lie behind a file on the chip and are no part of it, by the file's name.
    pub appended: BTreeMap<String, String>,
    /// Bytes of the portrait; the drawn one where it is not given.
    pub portrait_len: Option<usize>,
}

impl Default for CardChange {
    fn default() -> Self {
        Self {
            profile: "passport-p256".to_owned(),
            set: Table::new(),
            unset: Vec::new(),
            files: BTreeMap::new(),
            dg14_without: Vec::new(),
            dg14_with: Vec::new(),
            withheld: Vec::new(),
            appended: BTreeMap::new(),
            portrait_len: None,
        }
    }
}

/// The reader, and how the chip is read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReaderConditions {
    /// The key: `own` (the CAN, else the MRZ), `mrz`, `wrong-can`.
    pub key: KeyChoice,
    /// Block lengths that the caller asks for, each in turn; 0 leaves it to the reading. None: leaves it.
    pub blocks: Vec<usize>,
    /// Commands longer than this get no answer.
    pub drops_commands_over: Option<usize>,
    /// The longest response that the reader says that it takes.
    pub largest_response: Option<usize>,
    /// Before which commands, counted from 0, the chip loses the field.
    pub loses_field_before: Vec<usize>,
    /// How often `run` is called at most; 1 where it is not given.
    pub runs: Option<usize>,
}

/// Which key is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyChoice {
    /// The card's CAN, or its MRZ where it has none.
    #[default]
    Own,
    /// The card's MRZ.
    Mrz,
    /// A CAN that is not the card's.
    WrongCan,
}

/// What must come of a reading, exactly.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Expected {
    /// The reading ends with the error of this number; nothing else is looked at then but `apdus`.
    pub error: Option<u16>,
    /// How the chip was opened: `pace-gm-aes-256`, `bac`, `none`.
    pub access: Option<String>,
    /// The files of the chip that must be missing. All others must be there, byte for byte; what only a terminal with
    /// rights may read (DG3, DG4) is left out of account, and so is EF.COM, which nothing needs.
    pub absent: Vec<String>,
    /// What became of Chip Authentication: `passed`, `failed`, `not_performed`.
    pub chip_authentication: Option<String>,
    /// What became of Active Authentication.
    pub active_authentication: Option<String>,
    /// The codes of all grounds worse than a note, but for `test_issuer`, which every virtual card brings.
    pub grounds: Vec<String>,
    /// Notes that must be there: `code` or `code: detail`.
    pub notes: Vec<String>,
    /// The verdict under the policy `reading-only`. `undecided` is the best that a test issuer brings.
    pub verdict: Option<String>,
    /// The most commands that all runs together may take.
    pub apdus: Option<usize>,
}

/// The whole corpus, by name.
///
/// # Panics
/// Where an entry cannot be read.
#[must_use]
pub fn all() -> Vec<FaultCase> {
    let folder = crate::path("faults");
    let entries =
        std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
        .collect();
    names.sort();
    names.iter().map(|name| load(name)).collect()
}

/// One entry.
///
/// # Panics
/// Where it cannot be read.
#[must_use]
pub fn load(name: &str) -> FaultCase {
    let text = String::from_utf8(crate::read(&format!("faults/{name}.toml")))
        .unwrap_or_else(|e| panic!("{name}: {e}"));
    let mut case: FaultCase = toml::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
    name.clone_into(&mut case.name);
    case
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `row-025b-…` is of row 25b.
    #[test]
    fn every_entry_is_named_by_its_row_and_expects_something() {
        let corpus = all();
        assert!(!corpus.is_empty());
        for case in corpus {
            let number = case.row.trim_end_matches(|c: char| c.is_ascii_lowercase());
            let padded = format!("row-{number:0>3}{}-", &case.row[number.len()..]);
            assert!(case.name.starts_with(&padded), "{}: {padded}", case.name);
            assert!(
                case.what.len() > 10 && !case.who.is_empty(),
                "{}",
                case.name
            );
            let expect = &case.expect;
            assert!(
                expect.error.is_some() != expect.access.is_some(),
                "{}: an error or a way in",
                case.name
            );
            assert!(
                expect.error.is_some() || expect.verdict.is_some(),
                "{}: no verdict",
                case.name
            );
        }
    }
}
