//! The list of cases, `cases.json`, and how an entry becomes a block of the text that members read.

use crate::blocks::Block;
use crate::error::Error;
use crate::workshop::Workshop;
use crate::workshop::recipes::{Goods, IssuerRecipe};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The format's name.
pub const SCHEMA: &str = "chipid/conformance/1";

/// The whole list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// The format's name.
    pub schema: String,
    /// The time of the check of cases that do not say otherwise, in seconds since 1970.
    pub at: i64,
    /// Authorities by name.
    #[serde(default)]
    pub issuers: BTreeMap<String, IssuerRecipe>,
    /// Cards by name: [`crate::workshop::recipes::CardRecipe`], after what they have from others.
    pub cards: BTreeMap<String, Map<String, Value>>,
    /// Files by name.
    #[serde(default)]
    pub goods: BTreeMap<String, Goods>,
    /// What the languages' own suites find beside the card server.
    pub shown: Vec<String>,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its name, `GROUP/NAME`.
    pub id: String,
    /// Why it is there.
    pub because: String,
    /// Lines of the result that hang on what card and reader draw, and are not compared.
    #[serde(default)]
    pub varies: BTreeSet<String>,
    /// What the member is given: the keys of the text, with placeholders; a list stands for a key that repeats.
    pub give: Map<String, Value>,
    /// What must come of it.
    pub expect: Expect,
}

/// What must come of a case, whatever the languages agree on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expect {
    /// The answer.
    pub verdict: Option<String>,
    /// The code of the error that it ends with.
    pub error: Option<u16>,
    /// The codes of all grounds worse than a note.
    pub grounds: Option<BTreeSet<String>>,
    /// The codes of notes that must be there.
    pub notes: BTreeSet<String>,
    /// Lines of the result that must be there, by key; null: that there is no such line.
    pub lines: BTreeMap<String, Option<String>>,
}

impl List {
    /// Reads a list.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::List`].
    pub fn load(file: &Path) -> Result<Self, Error> {
        let bytes = std::fs::read(file).map_err(|e| Error::io(file, &e))?;
        let wrong = |why: String| Error::List {
            file: file.to_path_buf(),
            why,
        };
        let list: Self = serde_json::from_slice(&bytes).map_err(|e| wrong(e.to_string()))?;
        if list.schema != SCHEMA {
            return Err(wrong(format!("the schema is not {SCHEMA}")));
        }
        let mut seen = BTreeSet::new();
        for case in &list.cases {
            if !seen.insert(&case.id) {
                return Err(wrong(format!("the case {} stands twice", case.id)));
            }
        }
        Ok(list)
    }
}

impl Case {
    /// The group of the case: what stands before the `/`.
    #[must_use]
    pub fn group(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// The block that a member reads.
    ///
    /// # Errors
    /// [`Error::NoModels`] where the case needs what is not on this machine; [`Error::Unknown`] and the errors of making
    /// cards and files.
    pub fn resolved(&self, workshop: &Workshop) -> Result<Block, Error> {
        let mut block = Block::new();
        block.push("id", self.id.clone());
        for (key, value) in &self.give {
            let values = match value {
                Value::Array(values) => values.as_slice(),
                single => std::slice::from_ref(single),
            };
            for value in values {
                let text = match value {
                    Value::String(text) => workshop.resolved(text)?,
                    // The system's clock.
                    Value::Null => continue,
                    other => other.to_string(),
                };
                let text = match key.as_str() {
                    // What becomes of the card is this case's own.
                    "card" => format!("{text}/{}", self.id),
                    _ => text,
                };
                block.push(key.clone(), text);
            }
        }
        let judged = ["policy", "policy_file"]
            .iter()
            .any(|k| block.first(k).is_some())
            || block.beginning("trust.").next().is_some();
        if judged && !self.give.contains_key("at") {
            block.push("at", workshop.at().to_string());
        }
        Ok(block)
    }
}
