//! The reference: carries a case out through the crate `chipid`, as a program in Rust would.
//!
//! `README.md` says in which order, and what is written of it; every other member does the same through its own surface.

mod card;
mod faces;
mod given;
mod lines;
mod trouble;

use crate::blocks::Block;
use chipid::emrtd::document::Files;
use chipid::emrtd::error::LimitError;
use chipid::emrtd::file::MAX_FILE_LEN;
use chipid::given_keys::Beside;
use chipid::holder_fields::Field;
use chipid::{
    Assessment, Attempts, ClerkInput, Error, FileId, Misuse, Policy, UnixTime, UnverifiedDocument,
    clock, files, issuer_scope,
};
use faces::Faces;
use std::path::{Path, PathBuf};
use std::time::Duration;
use trouble::Trouble;

/// Carries cases out, one after the other.
#[derive(Debug)]
pub struct Reference {
    port: u16,
    /// Where documents are saved.
    folder: PathBuf,
    faces: Faces,
}

/// A document, and what came with the key that opened it.
struct Read {
    unverified: UnverifiedDocument,
    beside: Beside,
}

/// What was made so far, in the order in which it is made.
#[derive(Default)]
struct Done {
    keys: bool,
    models: bool,
    images: Option<Vec<[u8; 32]>>,
    apdus: Option<usize>,
    document: bool,
    policy: bool,
}

impl Reference {
    /// Reads cards at this port, and saves documents in a folder that is there.
    #[must_use]
    pub fn new(port: u16, folder: &Path) -> Self {
        Self {
            port,
            folder: folder.to_path_buf(),
            faces: Faces::default(),
        }
    }

    /// The result of a case.
    pub fn carry_out(&mut self, case: &Block) -> Block {
        let mut result = Block::new();
        result.push("id", case.first("id").unwrap_or_default());
        if let Err(trouble) = self.steps(case, &mut result) {
            result.lines.truncate(1);
            trouble.write(&mut result);
        }
        result
    }

    fn steps(&mut self, case: &Block, result: &mut Block) -> Result<(), Trouble> {
        lines::known(case)?;
        let mut done = Done::default();
        let keys = case.beginning("key.").next().map(given::keys).transpose()?;
        done.keys = keys.is_some();
        let read = match (case.first("card"), keys) {
            (Some(card), Some(keys)) => {
                let (read, apdus) = card::read(self.port, card, &keys, case)?;
                done.apdus = Some(apdus);
                Some(read)
            }
            (Some(_), None) => return Err(Trouble::Unsupported("a card without a key".into())),
            (None, _) => given_document(case)?,
        };
        done.document = read.is_some();
        let read = match (read, case.first("save")) {
            (Some(read), Some(_)) => Some(self.saved(&read, case)?),
            (read, _) => read,
        };
        let read = match (read, case.first("challenged_with")) {
            (Some(read), Some(hex)) => Some(Read {
                unverified: read.unverified.challenged_with(given::challenge(hex)?),
                ..read
            }),
            (read, _) => read,
        };
        let judged = ["policy", "policy_file"]
            .iter()
            .any(|key| case.first(key).is_some());
        let trusting = case.beginning("trust.").next().is_some();
        let mut assessment = match read {
            Some(read) if judged || trusting => Some(assess(&read, case)?),
            _ => None,
        };
        if let Some(assessment) = &mut assessment {
            compare(assessment, case)?;
        }
        self.faces.compare(case, assessment.as_mut(), &mut done)?;
        let images = done.images.clone().unwrap_or_default();
        if let Some(assessment) = &mut assessment {
            given::answers(assessment, &images, case)?;
            attempts(assessment, case)?;
        }
        let policy = policy(case)?;
        match (assessment, policy) {
            (Some(assessment), Some(policy)) => {
                let verdict = policy.decide(&assessment);
                let fields = case.first("fields").map(fields).transpose()?;
                lines::verdict(&assessment, &verdict, &fields.unwrap_or_default(), result);
                lines::portrait(&assessment, result);
                lines::apdus(&done, result);
            }
            (assessment, policy) => {
                done.policy = policy.is_some();
                lines::without_verdict(assessment.as_ref(), &done, result);
            }
        }
        Ok(())
    }

    fn saved(&self, read: &Read, case: &Block) -> Result<Read, Trouble> {
        let name = case.first("id").unwrap_or_default().replace('/', "-");
        let folder = self.folder.join(name);
        let raw = read.unverified.danger_unverified();
        files::save(&folder, raw, read.unverified.active_authentication())?;
        let unverified = files::load(&folder)?;
        Ok(Read {
            unverified,
            beside: Beside::default(),
        })
    }
}

/// A saved document, or one that is put together from files.
fn given_document(case: &Block) -> Result<Option<Read>, Trouble> {
    let unverified = if let Some(folder) = case.first("folder") {
        files::load(Path::new(folder))?
    } else if case.beginning("file.").next().is_some() {
        let mut files = Files::new();
        for (identifier, path) in case.beginning("file.") {
            let file = file_of(identifier)?;
            let bytes = given::bytes(path)?;
            if bytes.len() > MAX_FILE_LEN {
                let says = bytes.len();
                return Err(Error::Chip(LimitError::FileTooLarge { file, says }.into()).into());
            }
            files.insert(file, bytes.into());
        }
        let files = files
            .into_iter()
            .map(|(file, bytes)| (file, bytes.to_vec()));
        UnverifiedDocument::from_files(files, None)
    } else {
        return Ok(None);
    };
    Ok(Some(Read {
        unverified,
        beside: Beside::default(),
    }))
}

fn file_of(identifier: &str) -> Result<FileId, Misuse> {
    let number = u16::from_str_radix(identifier, 16).map_err(|_| Misuse::UnknownValue)?;
    FileId::from_identifier(number, false)
        .or_else(|| FileId::from_identifier(number, true))
        .ok_or(Misuse::UnknownValue)
}

fn assess(read: &Read, case: &Block) -> Result<Assessment, Trouble> {
    let mut builder = issuer_scope::builder();
    for (kind, path) in case.beginning("trust.") {
        let bytes = given::bytes(path)?;
        builder = match kind {
            "any" => builder.add(&bytes, path),
            "identity_cards" => builder.add_scoped(&bytes, path, issuer_scope::identity_cards()),
            "list_root" => builder.root(&bytes, path),
            _ => return Err(Trouble::Unsupported(format!("trust.{kind}"))),
        }?;
    }
    let now = match case.first("at") {
        None => clock::now(),
        Some(at) => UnixTime(given::number(at)?),
    };
    let verification = read.unverified.clone().verify(&builder.build()?, now);
    Ok(Assessment::new(verification).with_given(&read.beside))
}

fn compare(assessment: &mut Assessment, case: &Block) -> Result<(), Trouble> {
    for given in case.beginning("compare.") {
        assessment.compare_given(&given::keys(given)?.beside);
    }
    let typed = |key| case.first(key).map(|text| text.to_owned().into());
    let birth = case.first("typed.birth").map(given::number).transpose()?;
    let input = ClerkInput {
        name: typed("typed.name"),
        number: typed("typed.number"),
        birth: birth.map(chipid::edge::day).transpose()?,
    };
    if input.name.is_some() || input.number.is_some() || input.birth.is_some() {
        assessment.compare_typed(&input);
    }
    Ok(())
}

fn attempts(assessment: &mut Assessment, case: &Block) -> Result<(), Trouble> {
    let Some(text) = case.first("attempts") else {
        return Ok(());
    };
    let [made, failed, seconds] = given::parts(text)?;
    assessment.set_attempts(Attempts {
        made: given::number(made)?,
        failed_before: given::number(failed)?,
        session_age: Duration::from_secs(given::number(seconds)?),
    });
    Ok(())
}

fn policy(case: &Block) -> Result<Option<Policy>, Trouble> {
    Ok(match (case.first("policy"), case.first("policy_file")) {
        (Some(name), _) => Some(Policy::built_in(name)?),
        (None, Some(path)) => {
            let text = String::from_utf8(given::bytes(path)?).map_err(|_| Misuse::NotText)?;
            Some(Policy::from_toml(&text)?)
        }
        (None, None) => None,
    })
}

fn fields(text: &str) -> Result<Vec<Field>, Misuse> {
    text.split(',')
        .map(|name| Field::named(name).ok_or(Misuse::UnknownValue))
        .collect()
}
