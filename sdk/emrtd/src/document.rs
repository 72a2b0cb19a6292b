//! What a reading yields before anything of it is believed.

use crate::access_key::PasswordKind;
use crate::active_authentication::{ActiveAuthenticationEvidence, CHALLENGE_LEN};
use crate::crypto::agreement::{DomainParameters, PublicKey};
use crate::crypto::cipher::CipherAlgorithm;
use crate::cv_certificate::KeyReference;
use crate::error::{Error, StatusWord};
use crate::file_id::FileId;
use crate::pace::ChipAuthenticationMapping;
use crate::security_info::{Mapping, PaceInfo};
use crate::terminal_authentication::Step;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use zeroize::Zeroizing;

/// The raw files of a document by name.
pub type Files = BTreeMap<FileId, Zeroizing<Vec<u8>>>;

/// A document as the chip (or a folder) handed it over. Nothing in it is believed: names and dates come from
/// [`verify`](Self::verify) alone.
#[derive(Clone)]
pub struct UnverifiedDocument {
    pub(crate) files: Files,
    pub(crate) absences: BTreeMap<FileId, Absence>,
    pub(crate) wanted: Wanted,
    pub(crate) access: Option<AccessOutcome>,
    pub(crate) chip_authentication: Outcome<ChipAuthenticationEvidence>,
    pub(crate) active_authentication: Outcome<ActiveAuthenticationEvidence>,
    /// What the chip or the reader did otherwise than the standard says.
    pub(crate) chip_notes: Vec<&'static str>,
    pub(crate) terminal_authentication: TerminalOutcome,
    pub(crate) live: bool,
    /// The challenge that whoever verifies chose, for evidence that was brought from elsewhere.
    pub(crate) own_challenge: Option<[u8; CHALLENGE_LEN]>,
}

/// Which data groups a reading is after. EF.COM, EF.SOD, DG14 and DG15 are always read where they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// Every data group that EF.SOD or EF.COM lists.
    #[default]
    Everything,
    /// These.
    Only(Vec<crate::file_id::DataGroup>),
}

impl Wanted {
    /// Whether `dg` is to be read.
    #[must_use]
    pub fn includes(&self, dg: crate::file_id::DataGroup) -> bool {
        match self {
            Self::Everything => true,
            Self::Only(list) => list.contains(&dg),
        }
    }
}

/// Why a file that was wanted is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// Behind access rights that the reader does not have (6982): DG3 and DG4 of most documents.
    Protected,
    /// The chip says that there is no such file (6A82).
    NotFound,
    /// The chip did not hand it over for another reason.
    Withheld(Error),
}

/// What became of a protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<T> {
    /// The chip does not offer it, or nobody asked.
    NotPerformed,
    /// The chip refused it with this answer.
    Refused(StatusWord),
    /// It ran to its end, and the chip's part was wrong.
    Failed,
    /// It ran to its end. What it is worth depends on the key, which passive authentication must cover.
    Done(T),
}

/// What became of Terminal Authentication. It says nothing of the document: only what the chip let the reader see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TerminalOutcome {
    /// Nobody asked, or Chip Authentication had not gone before.
    #[default]
    NotPerformed,
    /// No chain leads from a key that the chip trusts to a terminal's certificate.
    NoChain {
        /// The keys that the chip trusts.
        trusted: Vec<KeyReference>,
    },
    /// The signer did not sign.
    NotSigned,
    /// The chip refused a step.
    Refused {
        /// The step.
        step: Step,
        /// The chip's answer.
        status: StatusWord,
    },
    /// The chip knows the terminal, and grants what its certificates do.
    Done,
}

/// A channel whose keys only the holder of this key could compute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChipAuthenticationEvidence {
    /// The chip's public key.
    pub key: PublicKey,
    /// The cipher of the channel that was opened with it.
    pub cipher: CipherAlgorithm,
    /// Whether DG14 names no protocol for the key, and 3DES was inferred (deviations row 37).
    pub inferred: bool,
    /// How many stronger protocols of DG14 the chip refused before.
    pub passed_over: usize,
}

/// How the chip was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessOutcome {
    /// The protocol that opened it.
    pub protocol: AccessProtocol,
    /// The kind of key that fitted.
    /// `None` where the chip asked for none.
    pub password: Option<PasswordKind>,
    /// How many keys were tried, the one that fitted included.
    pub attempts: u8,
    /// Every PACE protocol that EF.CardAccess offers, also what chipid does not do or refuses.
    pub offered: Vec<PaceInfo>,
    /// What of it is stronger than the protocol that was used, and chipid could have done: the chip did not carry it
    /// through.
    pub passed_over: Vec<PaceInfo>,
    /// Whether an earlier channel, through which files came, was opened by weaker means.
    pub weaker_before: bool,
    /// Whether EF.CardAccess could not be read and a built-in profile stood in for it.
    pub assumed: bool,
    /// What the chip sent by the chip authentication mapping, where PACE was done with it.
    pub(crate) chip_authentication_mapping: Outcome<ChipAuthenticationMapping>,
}

/// An access protocol with its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccessProtocol {
    /// Password Authenticated Connection Establishment.
    Pace {
        /// The mapping.
        mapping: Mapping,
        /// The cipher of the channel.
        cipher: CipherAlgorithm,
        /// The group in which the keys were agreed.
        group: DomainParameters,
    },
    /// Basic Access Control (3DES).
    Bac,
    /// None: the chip hands its files to whoever asks, as the first ones did (deviations row 11).
    None,
}

impl AccessProtocol {
    /// `pace`, `bac` or `none`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pace { .. } => "pace",
            Self::Bac => "bac",
            Self::None => "none",
        }
    }

    /// The mapping of PACE.
    #[must_use]
    pub const fn mapping(self) -> Option<Mapping> {
        match self {
            Self::Pace { mapping, .. } => Some(mapping),
            Self::Bac | Self::None => None,
        }
    }

    /// The cipher of the channel that was opened; BAC knows one alone (Doc 9303-11, 4.3).
    #[must_use]
    pub const fn cipher(self) -> Option<CipherAlgorithm> {
        match self {
            Self::Pace { cipher, .. } => Some(cipher),
            Self::Bac => Some(CipherAlgorithm::Tdes),
            Self::None => None,
        }
    }

    /// The group in which PACE agreed the keys.
    #[must_use]
    pub const fn group(self) -> Option<DomainParameters> {
        match self {
            Self::Pace { group, .. } => Some(group),
            Self::Bac | Self::None => None,
        }
    }
}

impl AccessOutcome {
    /// The offered protocols as a person reads them: `pace-gm-aes-128`; BAC, which no file announces, stands last
    /// where it was used.
    #[must_use]
    pub fn offered_names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for info in &self.offered {
            let name = info.name();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if self.protocol == AccessProtocol::Bac {
            names.push(self.protocol.name().into());
        }
        names
    }

    /// The groups of the offered protocols, each once, by name: also those that chipid refuses (`P-192`), and `unknown`.
    #[must_use]
    pub fn offered_groups(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        for info in &self.offered {
            if !names.contains(&info.group_name()) {
                names.push(info.group_name());
            }
        }
        names
    }
}

impl UnverifiedDocument {
    /// A document from files that were saved, with the Active Authentication evidence that was saved beside them. What
    /// else a live chip can prove is gone.
    #[must_use]
    pub fn from_files(
        files: impl IntoIterator<Item = (FileId, Vec<u8>)>,
        evidence: Option<ActiveAuthenticationEvidence>,
    ) -> Self {
        Self {
            files: files
                .into_iter()
                .map(|(id, bytes)| (id, Zeroizing::new(bytes)))
                .collect(),
            absences: BTreeMap::new(),
            wanted: Wanted::Everything,
            access: None,
            chip_authentication: Outcome::NotPerformed,
            active_authentication: evidence.map_or(Outcome::NotPerformed, Outcome::Done),
            chip_notes: Vec::new(),
            terminal_authentication: TerminalOutcome::NotPerformed,
            live: false,
            own_challenge: None,
        }
    }

    /// Says which challenge the verifier itself chose (a server that let a phone read the chip). Saved evidence over
    /// another challenge may be of any day, and is doubted.
    #[must_use]
    pub const fn challenged_with(mut self, challenge: [u8; CHALLENGE_LEN]) -> Self {
        self.own_challenge = Some(challenge);
        self
    }

    /// How the chip was opened; `None` for saved files.
    #[must_use]
    pub const fn access(&self) -> Option<&AccessOutcome> {
        self.access.as_ref()
    }

    /// The chip's answer to the challenge of Active Authentication, for whoever wants to verify it elsewhere.
    #[must_use]
    pub const fn active_authentication(&self) -> Option<&ActiveAuthenticationEvidence> {
        match &self.active_authentication {
            Outcome::Done(evidence) => Some(evidence),
            _ => None,
        }
    }

    /// What became of Terminal Authentication.
    #[must_use]
    pub const fn terminal_authentication(&self) -> &TerminalOutcome {
        &self.terminal_authentication
    }

    /// What was wanted and not had, and why.
    #[must_use]
    pub const fn absences(&self) -> &BTreeMap<FileId, Absence> {
        &self.absences
    }

    /// The raw files, believed by nobody: for saving them, or for showing them to a person who knows that.
    #[must_use]
    pub const fn danger_unverified(&self) -> &Files {
        &self.files
    }
}

impl fmt::Debug for UnverifiedDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.files.iter().map(|(id, bytes)| (*id, bytes.len())))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_access_protocol_is_told_by_its_parts() {
        let told = |protocol: AccessProtocol| {
            (
                protocol.name(),
                protocol.mapping().map(Mapping::name),
                protocol.cipher().map(CipherAlgorithm::name),
                protocol.group().map(DomainParameters::name),
            )
        };
        let pace = AccessProtocol::Pace {
            mapping: Mapping::ChipAuthentication,
            cipher: CipherAlgorithm::Aes256,
            group: DomainParameters::from_standardized_id(13).expect("a group"),
        };
        let (mapping, group) = (Some("cam"), Some("brainpoolP256r1"));
        assert_eq!(told(pace), ("pace", mapping, Some("aes-256"), group));
        assert_eq!(told(AccessProtocol::Bac), ("bac", None, Some("3des"), None));
        assert_eq!(told(AccessProtocol::None), ("none", None, None, None));
    }
}
