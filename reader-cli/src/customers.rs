//! One row of a list of customers: the record, the card that was read, and what comes of laying one beside the other.

pub(crate) mod columns;
pub(crate) mod input;
pub(crate) mod output;

use chipid::vietnam::customer::{Action, CustomerRecord, Outcome, Reason};
use chipid::vietnam::qr::QrText;
use chipid::{
    Assessment, CustomerComparison, Error, Holder, Policy, Severity, TrustStore, UnixTime, Verdict,
    VerdictKind, compare_customer, files,
};
use std::path::{Component, Path, PathBuf};
use zeroize::Zeroizing;

/// A row as it was read.
pub(crate) struct Row {
    /// The line on which it begins, from 1.
    pub(crate) line: u64,
    /// What the list calls it.
    pub(crate) id: Zeroizing<String>,
    /// The values, or why there are none.
    pub(crate) record: Result<Record, Trouble>,
}

/// The values of a row.
#[derive(Default)]
pub(crate) struct Record {
    pub(crate) customer: CustomerRecord,
    /// The folder of the card's files, as it is written there.
    pub(crate) files: Zeroizing<String>,
    pub(crate) qr: Option<Zeroizing<String>>,
    /// Name, number and birth once more, to be shown where that is asked for.
    pub(crate) shown: Shown,
}

/// What may be shown of a person, and is not unless somebody asks.
#[derive(Clone, Default)]
pub(crate) struct Shown {
    pub(crate) number: Zeroizing<String>,
    pub(crate) name: Zeroizing<String>,
    pub(crate) birth: Zeroizing<String>,
}

/// What keeps a row from being compared, or the QR code from being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trouble {
    /// The row cannot be read.
    RowUnreadable,
    /// It is longer than any record.
    RowTooLong,
    /// It names no folder.
    FilesNotNamed,
    /// The folder lies elsewhere than beneath the list.
    FilesOutside,
    /// There are no files of a document.
    FilesMissing,
    /// They cannot be read.
    FilesUnreadable,
    /// Digests or signature do not hold, or DG1 was not read.
    NotAuthenticated,
    /// It is another kind of document.
    NotVietnameseCard,
    /// The QR text is none: it was not looked at.
    QrUnreadable,
}

impl Trouble {
    /// The permanent name in snake_case.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::RowUnreadable => "row_unreadable",
            Self::RowTooLong => "row_too_long",
            Self::FilesNotNamed => "files_not_named",
            Self::FilesOutside => "files_outside",
            Self::FilesMissing => "files_missing",
            Self::FilesUnreadable => "files_unreadable",
            Self::NotAuthenticated => "not_authenticated",
            Self::NotVietnameseCard => "not_vietnamese_card",
            Self::QrUnreadable => "qr_unreadable",
        }
    }
}

/// What to do with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// What the comparison says.
    Customer(Action),
    /// The policy is not satisfied with the document: its grounds come first.
    SettleDocument,
    /// The policy rejects the document: nothing of it may go into a record.
    DoNotUseCard,
    /// The card is to be read, or read again.
    ReadCard,
    /// The row is to be put right.
    FixRow,
}

impl Step {
    /// The permanent name in snake_case.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Customer(action) => action.name(),
            Self::SettleDocument => "settle_document",
            Self::DoNotUseCard => "do_not_use_card",
            Self::ReadCard => "read_card",
            Self::FixRow => "fix_row",
        }
    }

    /// The most urgent first.
    fn rank(self) -> usize {
        match self {
            Self::Customer(Action::KeepApart) => 0,
            Self::DoNotUseCard => 1,
            Self::SettleDocument => 2,
            Self::ReadCard => 3,
            Self::FixRow => 4,
            Self::Customer(action) => {
                let place = Action::ALL.iter().rev().position(|a| *a == action);
                5 + place.unwrap_or_default()
            }
        }
    }
}

/// What came of a row.
pub(crate) struct Judged {
    pub(crate) line: u64,
    pub(crate) id: Zeroizing<String>,
    pub(crate) step: Step,
    /// `None` where nothing was compared.
    pub(crate) comparison: Option<CustomerComparison>,
    /// The policy's answer on the document; `None` where there was none.
    pub(crate) verdict: Option<Verdict>,
    pub(crate) troubles: Vec<Trouble>,
    pub(crate) record: Shown,
    pub(crate) card: Shown,
}

impl Judged {
    pub(crate) fn outcome(&self) -> Option<Outcome> {
        self.comparison.as_ref().map(|c| c.comparison.outcome)
    }

    pub(crate) fn reasons(&self) -> &[Reason] {
        self.comparison
            .as_ref()
            .map_or(&[], |c| &c.comparison.reasons)
    }

    /// The codes of the grounds that stand in the way, the worst first, each once.
    pub(crate) fn grounds(&self) -> Vec<&'static str> {
        let mut codes: Vec<_> = self
            .verdict
            .iter()
            .flat_map(|verdict| &verdict.grounds)
            .filter(|ground| ground.severity > Severity::Note)
            .map(|ground| ground.code.name())
            .collect();
        codes.dedup();
        codes
    }

    /// By step, then by reason, then as in the list.
    pub(crate) fn order(&self) -> (usize, Vec<Reason>, Vec<Trouble>, u64) {
        let reasons = self.reasons().to_vec();
        (self.step.rank(), reasons, self.troubles.clone(), self.line)
    }
}

/// Reads the card's files, verifies them, and compares.
pub(crate) fn judge(
    row: Row,
    folder: &Path,
    trust: &TrustStore,
    now: UnixTime,
    policy: &Policy,
) -> Judged {
    let mut judged = Judged {
        line: row.line,
        id: row.id,
        step: Step::FixRow,
        comparison: None,
        verdict: None,
        troubles: Vec::new(),
        record: Shown::default(),
        card: Shown::default(),
    };
    let record = match row.record {
        Ok(record) => record,
        Err(trouble) => {
            judged.troubles.push(trouble);
            return judged;
        }
    };
    judged.record = record.shown.clone();
    let document = match place(folder, &record.files).and_then(|path| load(&path)) {
        Ok(document) => document,
        Err(trouble) => {
            judged.step = match trouble {
                Trouble::FilesMissing | Trouble::FilesUnreadable => Step::ReadCard,
                _ => Step::FixRow,
            };
            judged.troubles.push(trouble);
            return judged;
        }
    };
    let assessment = Assessment::new(document.verify(trust, now));
    let verdict = policy.decide(&assessment);
    let qr = record.qr.as_deref().and_then(|text| {
        let qr = QrText::parse(text).ok();
        if qr.is_none() {
            judged.troubles.push(Trouble::QrUnreadable);
        }
        qr
    });
    match compare_customer(&assessment, &record.customer, qr.as_ref()) {
        Ok(comparison) => {
            judged.card = assessment.holder().map(shown).unwrap_or_default();
            judged.step = match verdict.kind {
                VerdictKind::Accept => Step::Customer(comparison.comparison.action),
                VerdictKind::Undecided => Step::SettleDocument,
                VerdictKind::Reject => Step::DoNotUseCard,
            };
            judged.comparison = Some(comparison);
        }
        Err(chipid::NotProven::NotVietnameseCard) => {
            judged.step = Step::FixRow;
            judged.troubles.push(Trouble::NotVietnameseCard);
        }
        Err(_) => {
            judged.step = match verdict.kind {
                VerdictKind::Reject => Step::DoNotUseCard,
                _ => Step::ReadCard,
            };
            judged.troubles.push(Trouble::NotAuthenticated);
        }
    }
    judged.verdict = Some(verdict);
    judged
}

fn load(path: &Path) -> Result<chipid::UnverifiedDocument, Trouble> {
    files::load(path).map_err(|error| match error {
        Error::NoDocumentFiles { .. } => Trouble::FilesMissing,
        Error::File {
            kind: std::io::ErrorKind::NotFound,
            ..
        } => Trouble::FilesMissing,
        _ => Trouble::FilesUnreadable,
    })
}

/// A list that somebody else wrote must not make the program look elsewhere (on another machine's share, say).
fn place(folder: &Path, named: &str) -> Result<PathBuf, Trouble> {
    let named = named.trim();
    if named.is_empty() {
        return Err(Trouble::FilesNotNamed);
    }
    let path = Path::new(named);
    let beneath = path
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    // Where a backslash parts no folders, who wrote it meant that it did.
    let meant_elsewhere = cfg!(not(windows)) && named.contains('\\');
    if !beneath || named.contains('\0') || meant_elsewhere {
        return Err(Trouble::FilesOutside);
    }
    let place = folder.join(path);
    // A link beneath the list may lead anywhere.
    if let (Ok(real), Ok(root)) = (place.canonicalize(), real_folder(folder))
        && !real.starts_with(root)
    {
        return Err(Trouble::FilesOutside);
    }
    Ok(place)
}

/// The folder of a list that is named without one is where the program runs.
fn real_folder(folder: &Path) -> std::io::Result<PathBuf> {
    match folder.as_os_str().is_empty() {
        true => Path::new(".").canonicalize(),
        false => folder.canonicalize(),
    }
}

fn shown(holder: &Holder) -> Shown {
    Shown {
        number: holder.personal_number.clone(),
        name: holder.name.clone(),
        birth: Zeroizing::new(holder.birth.map(|b| b.to_string()).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_never_leads_out_of_its_folder() {
        let folder = Path::new("lists");
        assert_eq!(place(folder, "a/b"), Ok(PathBuf::from("lists/a/b")));
        assert_eq!(place(folder, " ./a "), Ok(PathBuf::from("lists/./a")));
        assert_eq!(place(folder, "  "), Err(Trouble::FilesNotNamed));
        let mut elsewhere = vec!["/etc", "../a", "a/../../b", "\\\\share\\a", "a\0b"];
        elsewhere.extend(["C:\\a", "\\a", "//share/a", "..\\a", "a\\..\\..\\b"]);
        if cfg!(windows) {
            assert_eq!(place(folder, "a\\b"), Ok(PathBuf::from("lists/a/b")));
            elsewhere.push("C:a");
        } else {
            elsewhere.push("a\\b");
        }
        for outside in elsewhere {
            assert_eq!(
                place(folder, outside),
                Err(Trouble::FilesOutside),
                "{outside}"
            );
        }
    }

    #[test]
    fn every_step_has_its_own_rank_and_name() {
        let mut steps: Vec<Step> = Action::ALL.iter().copied().map(Step::Customer).collect();
        steps.extend([
            Step::SettleDocument,
            Step::DoNotUseCard,
            Step::ReadCard,
            Step::FixRow,
        ]);
        let mut ranks: Vec<_> = steps.iter().map(|s| s.rank()).collect();
        let mut names: Vec<_> = steps.iter().map(|s| s.name()).collect();
        ranks.sort_unstable();
        ranks.dedup();
        names.sort_unstable();
        names.dedup();
        assert_eq!((ranks.len(), names.len()), (steps.len(), steps.len()));
        assert_eq!(Step::Customer(Action::KeepApart).rank(), 0);
    }
}
