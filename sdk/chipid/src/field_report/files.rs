//! Which files there are, how large, and how the chip refused the others.

use super::classes::Size;
use super::status;
use super::value_free::facts;
use chipid_emrtd::document::{Absence, UnverifiedDocument};
use chipid_emrtd::error::StatusWord;
use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::lds::com::Com;
use chipid_emrtd::lds::sod::SecurityObject;
use std::collections::BTreeSet;

facts! {
    /// One file.
    pub struct FileFacts {
        /// Its name: `EF_COM`, `DG13`.
        pub file: &'static str,
        /// `read`, `protected`, `not_found`, `withheld`, or `not_read` where it is listed and nobody came so far.
        pub state: &'static str,
        /// The chip's refusal, where it was one.
        pub status: Option<&'static str>,
        /// The code of the error that kept it from being read, where it is another.
        pub error: Option<u16>,
        /// How large it is.
        pub size: Option<Size>,
        /// Whether EF.COM lists it.
        pub in_com: bool,
        /// Whether EF.SOD lists it.
        pub in_sod: bool,
    }
}

/// Every file that was read, refused or listed, in the order of their names.
pub(super) fn of(document: &UnverifiedDocument) -> Vec<FileFacts> {
    let files = document.danger_unverified();
    let (com, sod) = (listed_by_com(document), listed_by_sod(document));
    let mut facts = Vec::new();
    for file in FileId::all() {
        let absence = document.absences().get(&file);
        let (in_com, in_sod) = (com.contains(&file), sod.contains(&file));
        let bytes = files.get(&file);
        if bytes.is_none() && absence.is_none() && !in_com && !in_sod {
            continue;
        }
        let (state, status, error) = match (bytes, absence) {
            (Some(_), _) => ("read", None, None),
            (None, Some(absence)) => refused(*absence),
            (None, None) => ("not_read", None, None),
        };
        facts.push(FileFacts {
            file: name(file),
            state,
            status,
            error,
            size: bytes.map(|bytes| Size::of(file, bytes.len())),
            in_com,
            in_sod,
        });
    }
    facts
}

fn refused(absence: Absence) -> (&'static str, Option<&'static str>, Option<u16>) {
    let of = |StatusWord(status)| Some(status::name(status));
    match absence {
        Absence::Protected => ("protected", of(StatusWord::SECURITY_STATUS), None),
        Absence::NotFound => ("not_found", of(StatusWord::NOT_FOUND), None),
        Absence::Withheld(error) => ("withheld", status::of_error(&error), Some(error.code())),
    }
}

fn listed_by_com(document: &UnverifiedDocument) -> BTreeSet<FileId> {
    let com = document.danger_unverified().get(&FileId::Com);
    let listed = com.and_then(|bytes| Com::parse(bytes).ok());
    let groups = listed.map(|com| com.data_groups).unwrap_or_default();
    groups.into_iter().map(FileId::from).collect()
}

fn listed_by_sod(document: &UnverifiedDocument) -> BTreeSet<FileId> {
    let sod = document.danger_unverified().get(&FileId::Sod);
    let object = sod.and_then(|bytes| SecurityObject::from_file(bytes).ok());
    let groups = object.map(|object| object.lds.digests).unwrap_or_default();
    groups.into_keys().map(FileId::from).collect()
}

/// The program's word for a file.
pub(super) const fn name(file: FileId) -> &'static str {
    match file {
        FileId::AtrInfo => "EF_ATR",
        FileId::Dir => "EF_DIR",
        FileId::CardAccess => "EF_CardAccess",
        FileId::CardSecurity => "EF_CardSecurity",
        FileId::Com => "EF_COM",
        FileId::Sod => "EF_SOD",
        FileId::DataGroup(group) => group_name(group),
        _ => "other",
    }
}

const fn group_name(group: DataGroup) -> &'static str {
    match group.number() {
        1 => "DG1",
        2 => "DG2",
        3 => "DG3",
        4 => "DG4",
        5 => "DG5",
        6 => "DG6",
        7 => "DG7",
        8 => "DG8",
        9 => "DG9",
        10 => "DG10",
        11 => "DG11",
        12 => "DG12",
        13 => "DG13",
        14 => "DG14",
        15 => "DG15",
        _ => "DG16",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_files() {
        for file in FileId::all() {
            assert_eq!(name(file), file.to_string());
        }
    }
}
