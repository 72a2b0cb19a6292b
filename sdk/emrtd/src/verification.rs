//! Deciding what of a document is proven: the only maker of the types that say so.
//!
//! Doc 9303-11, 5.1 and 6. Passive authentication first; then, with keys that it covers, what the chip showed of
//! itself; then, and only from signed bytes, the holder's data.

mod access;
mod chip;
mod details;
mod mapping;

use crate::crypto::hash::HashAlgorithm;
use crate::document::{Absence, AccessOutcome, UnverifiedDocument, Wanted};
use crate::file_id::{DataGroup, FileId};
use crate::finding::{Check, Finding, Findings, codes};
use crate::lds::com::Com;
use crate::lds::dg2::FaceImage;
use crate::lds::{dg1, dg2};
use crate::mrz::Mrz;
use crate::passive_authentication::{
    self, ChainState, DataGroupStatus, Evidence, PassiveAuthentication, SignedDataGroups,
};
use crate::time::UnixTime;
use crate::trust::TrustStore;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
pub use chip::{ChipProof, GenuineChip};
use core::fmt;
use details::Details;
use zeroize::Zeroizing;

/// Everything that can be said of a document from its bytes and its chip's answers.
#[derive(Debug)]
pub struct Verification {
    /// Digests, signature, chain.
    pub passive_authentication: PassiveAuthentication,
    /// Whether the chip is the one that the state personalised.
    pub chip_genuine: Check<GenuineChip>,
    /// The chip authentication mapping of PACE by itself, with a key of the signed EF.CardSecurity.
    pub chip_authentication_mapping: Check<()>,
    /// Chip Authentication by itself, with a key that EF.SOD covers.
    pub chip_authentication: Check<()>,
    /// Active Authentication by itself, with a key that EF.SOD covers.
    pub active_authentication: Check<()>,
    /// How the chip was opened; `None` for saved files.
    pub access: Option<AccessOutcome>,
    /// What was noticed beside passive authentication: see [`all_findings`](Self::all_findings).
    pub findings: Findings,
    /// The proven data; `None` where digests or signature do not hold, or DG1 does not parse.
    pub document: Option<AuthenticDocument>,
    /// The time that everything was checked at.
    pub checked_at: UnixTime,
    source: UnverifiedDocument,
}

impl Verification {
    /// The document that all this was concluded from, byte for byte: for saving it, or for handing it to whoever
    /// confirms it. Nothing of it is believed for being here.
    #[must_use]
    pub const fn source(&self) -> &UnverifiedDocument {
        &self.source
    }

    /// Every finding, those of passive authentication first, each once.
    #[must_use]
    pub fn all_findings(&self) -> Findings {
        let mut all = Findings::new();
        all.extend(self.passive_authentication.findings().copied());
        all.extend(self.findings.iter().copied());
        all
    }
}

/// Data groups whose digests are signed, decoded. Who signed them: [`trust`](Self::trust).
pub struct AuthenticDocument {
    mrz: Mrz,
    portrait: Option<AuthenticPortrait>,
    details: Details,
    data_groups: BTreeMap<DataGroup, Zeroizing<Vec<u8>>>,
    trust: IssuerTrust,
}

/// How far a document's signature is traced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssuerTrust {
    /// To a trusted CSCA of the state that the document names.
    IssuerVerified,
    /// The signature holds, and nobody vouches for who made it: as good as a claim.
    SignatureOnly,
}

impl IssuerTrust {
    /// `issuer_verified` or `signature_only`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::IssuerVerified => "issuer_verified",
            Self::SignatureOnly => "signature_only",
        }
    }
}

/// The face that the document was signed with, and the digest that ties a comparison to it.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthenticPortrait {
    images: Vec<FaceImage>,
    digest: [u8; 32],
}

impl AuthenticDocument {
    /// The machine readable zone.
    #[must_use]
    pub const fn mrz(&self) -> &Mrz {
        &self.mrz
    }

    /// The face; `None` where DG2 was not read, is not signed, does not parse or holds no image.
    #[must_use]
    pub const fn portrait(&self) -> Option<&AuthenticPortrait> {
        self.portrait.as_ref()
    }

    /// The signed bytes of a data group, tag and length included.
    #[must_use]
    pub fn data_group(&self, dg: DataGroup) -> Option<&[u8]> {
        self.data_groups.get(&dg).map(|bytes| bytes.as_slice())
    }

    /// How far the signature is traced.
    #[must_use]
    pub const fn trust(&self) -> IssuerTrust {
        self.trust
    }
}

impl fmt::Debug for AuthenticDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuthenticDocument({:?})", self.trust)
    }
}

impl AuthenticPortrait {
    /// The first image: JPEG or JPEG 2000, still compressed.
    #[must_use]
    pub fn image(&self) -> Option<&FaceImage> {
        self.images.first()
    }

    /// All images, in the order of the file.
    #[must_use]
    pub fn images(&self) -> &[FaceImage] {
        &self.images
    }

    /// SHA-256 over DG2: what a comparison carries, so that it cannot be laid beside another document.
    #[must_use]
    pub const fn digest(&self) -> [u8; 32] {
        self.digest
    }
}

impl fmt::Debug for AuthenticPortrait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuthenticPortrait({} images)", self.images.len())
    }
}

impl UnverifiedDocument {
    /// Verifies the document against `trust` as of `now`. Needs no chip: what the live chip could prove was kept as
    /// evidence.
    #[must_use]
    pub fn verify(self, trust: &TrustStore, now: UnixTime) -> Verification {
        let empty = Vec::new();
        let sod = self.files.get(&FileId::Sod).map_or(&empty[..], |b| &b[..]);
        let mut evidence = Evidence::new(sod);
        for (file, bytes) in &self.files {
            if let FileId::DataGroup(dg) = file {
                evidence = evidence.with(*dg, bytes);
            }
        }
        for (file, absence) in &self.absences {
            if let (FileId::DataGroup(dg), Absence::Protected) = (file, absence) {
                evidence = evidence.protected(*dg);
            }
        }
        let verified = passive_authentication::verify(&evidence, trust, now);
        let mut passive = verified.report;
        let mut findings = Findings::new();

        let signed = verified.data_groups.as_ref();
        let mrz = signed.and_then(|s| decode(s, DataGroup::MRZ, &mut findings, dg1::parse));
        if let Some(mrz) = &mrz {
            passive.check_states(mrz.document_code(), mrz.issuing_state());
        }
        self.note_absences(&passive, &mut findings);
        self.note_file_list(&passive, &mut findings);
        let card_security = self.card_security(mrz.as_ref(), &passive, trust, now, &mut findings);
        self.note_access(signed, card_security.as_ref(), &mut findings);
        for note in &self.chip_notes {
            findings.push(Finding::of_the_chip(note));
        }

        chip::note_terminal(&self.terminal_authentication, &mut findings);
        let mapping = self.judge_mapping(card_security.as_ref(), &mut findings);
        let chip = chip::judge(&self, signed, mapping, &passive, &mut findings);
        let trusted = passive.check().passed().is_some();
        let believable = !matches!(passive.chain(), ChainState::IssuerSignatureInvalid);
        let document = match (signed, mrz) {
            (Some(signed), Some(mrz)) if believable => Some(AuthenticDocument {
                mrz,
                portrait: portrait(signed, &mut findings),
                details: Details::decode(signed, &mut findings),
                data_groups: signed
                    .iter()
                    .map(|(dg, bytes)| (dg, Zeroizing::new(bytes.to_vec())))
                    .collect(),
                trust: if trusted {
                    IssuerTrust::IssuerVerified
                } else {
                    IssuerTrust::SignatureOnly
                },
            }),
            _ => None,
        };
        let newest = trust.newest_evidence().max(passive.newest_evidence());
        if newest.is_some_and(|newest| now < newest) {
            findings.add(codes::CLOCK_IMPLAUSIBLE);
        }
        Verification {
            chip_genuine: chip.genuine(trusted),
            chip_authentication_mapping: chip.chip_authentication_mapping,
            chip_authentication: chip.chip_authentication,
            active_authentication: chip.active_authentication,
            passive_authentication: passive,
            access: self.access.clone(),
            findings,
            document,
            checked_at: now,
            source: self,
        }
    }

    /// Data groups that EF.SOD covers and that were wanted, but are not there.
    fn note_absences(&self, passive: &PassiveAuthentication, findings: &mut Findings) {
        for (file, absence) in &self.absences {
            let FileId::DataGroup(dg) = file else {
                continue;
            };
            if !passive.covers(*dg) {
                continue;
            }
            let for_access_rights = *absence == Absence::Protected && matches!(dg.number(), 3 | 4);
            if for_access_rights {
                findings.add_in(codes::DATA_GROUP_PROTECTED, *file);
            } else {
                findings.add_in(codes::DATA_GROUP_WITHHELD, *file);
            }
        }
        // A chip that leaves a data group out of its lists is withholding it as well.
        if self.live {
            for (dg, status) in passive.data_groups() {
                let file = FileId::DataGroup(*dg);
                let wanted = self.wanted.includes(*dg) || is_always_read(*dg);
                if *status == DataGroupStatus::NotRead
                    && wanted
                    && !self.absences.contains_key(&file)
                {
                    findings.add_in(codes::DATA_GROUP_WITHHELD, file);
                }
            }
        }
    }

    fn note_file_list(&self, passive: &PassiveAuthentication, findings: &mut Findings) {
        let Some(bytes) = self.files.get(&FileId::Com) else {
            if self.live && self.wanted == Wanted::Everything {
                findings.push(Finding::deviation(FileId::Com, "ef_com_unreadable"));
            }
            return;
        };
        match Com::parse(bytes) {
            Ok(com) => {
                let differs =
                    DataGroup::all().any(|dg| com.data_groups.contains(&dg) != passive.covers(dg));
                if differs {
                    findings.add_in(codes::COM_SOD_DIFFERENCE, FileId::Com);
                }
            }
            Err(_) => findings.push(Finding::deviation(FileId::Com, "ef_com_unreadable")),
        }
    }
}

fn is_always_read(dg: DataGroup) -> bool {
    dg == DataGroup::SECURITY_OPTIONS || dg == DataGroup::ACTIVE_AUTHENTICATION_KEY
}

fn portrait(signed: &SignedDataGroups<'_>, findings: &mut Findings) -> Option<AuthenticPortrait> {
    let bytes = signed.bytes(DataGroup::FACE)?;
    let faces = decode(signed, DataGroup::FACE, findings, dg2::parse)?;
    note_deviations(DataGroup::FACE, &faces.deviations, findings);
    if faces.images.is_empty() {
        return None;
    }
    let digest = HashAlgorithm::Sha256.digest(bytes);
    Some(AuthenticPortrait {
        images: faces.images,
        digest: digest.try_into().ok()?,
    })
}

/// Decodes a signed data group, or notes that it does not parse.
fn decode<T, E>(
    signed: &SignedDataGroups<'_>,
    dg: DataGroup,
    findings: &mut Findings,
    parse: impl FnOnce(&[u8]) -> Result<T, E>,
) -> Option<T> {
    match parse(signed.bytes(dg)?) {
        Ok(value) => Some(value),
        Err(_) => {
            findings.add_in(codes::DATA_GROUP_UNREADABLE, FileId::DataGroup(dg));
            None
        }
    }
}

fn note_deviations(dg: DataGroup, names: &[&'static str], findings: &mut Findings) {
    for name in names {
        findings.push(Finding::deviation(FileId::DataGroup(dg), name));
    }
}

impl Wanted {
    /// Every data group whose number is in `numbers`; other numbers are left out.
    #[must_use]
    pub fn numbers(numbers: &[u8]) -> Self {
        Self::Only(numbers.iter().filter_map(|n| DataGroup::new(*n)).collect())
    }
}
