//! Who takes part: `members.toml`.

use crate::error::Error;
use serde::Deserialize;
use std::path::Path;

/// A member of the run.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The language's short name.
    pub name: String,
    /// What is run, from the root of the repository.
    #[serde(default)]
    pub command: Vec<String>,
    /// Whether it is the reference, which is a part of the program.
    #[serde(default)]
    pub inside: bool,
    /// Why it is never run.
    pub never_run: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Members {
    member: Vec<Member>,
}

/// The members of a file, or those of them that are named.
///
/// # Errors
/// [`Error::Io`], [`Error::List`]; [`Error::Unknown`] for a name that no member has.
pub fn load(file: &Path, only: &[String]) -> Result<Vec<Member>, Error> {
    let text = std::fs::read_to_string(file).map_err(|e| Error::io(file, &e))?;
    let Members { member: members } = toml::from_str(&text).map_err(|e| Error::List {
        file: file.to_path_buf(),
        why: e.to_string(),
    })?;
    for name in only {
        if !members.iter().any(|member| member.name == *name) {
            return Err(Error::Unknown {
                kind: "member",
                name: name.clone(),
            });
        }
    }
    // The reference is what the others are compared with, whoever is asked for.
    let wanted = |member: &Member| only.is_empty() || member.inside || only.contains(&member.name);
    Ok(members.into_iter().filter(wanted).collect())
}
