//! A value-free profile of one reading, for whoever tries chipid on a card that its makers have not seen.
//!
//! A [`FieldReport`] says how a card is made and how chip, reader and driver behaved: protocols, sizes, tags, status words,
//! time classes, error codes. It holds nothing of the holder, of the card's numbers or of keys, and no digest (which would
//! name the document): its types cannot, for they are numbers and this program's own words. It is made of a finished
//! reading, or of one that ended early, when it is most wanted.
//!
//! What is whose: lengths that people decide (a name's, a portrait's) are classes; counts and times that follow from them
//! are left out or are classes too. Two cards of one kind, of two people, give the same report, but for the times, where
//! their lengths fall in the same classes; what it differs in otherwise is listed in `docs/reference/field-report.md`.
//!
//! Nothing is sent anywhere. Which question a field answers is told in `docs/reference/field-report.md`.
//!
//! ```
//! use chipid::field_report::{FieldReport, Observation, ReaderReport};
//! use chipid::{AccessKey, CardTransport, Reading, TrustStore, block, clock};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use chipid_virtual_card::{Issuer, Personaliser, Profile, VirtualCard};
//! # let mut rng = getrandom::rand_core::UnwrapErr(getrandom::SysRng);
//! # let profile = Profile::builtin("passport-no-proof")?;
//! # let issuer = Issuer::for_profile(&profile, &mut rng)?;
//! # let data = Personaliser::new(profile).issuer(&issuer).build(&mut rng)?;
//! # let key = AccessKey::mrz(&data.mrz)?;
//! # let card = VirtualCard::new(data);
//! let mut reading = Reading::with(key);
//! let observation = Observation::of(&reading);
//! let mut card = observation.on(card);
//! let read = block(reading.run(&mut card))?;
//! let (document, error) = match read {
//!     Ok(document) => (document, None),
//!     Err(error) => (reading.unfinished(), Some(error)),
//! };
//! let verification = document.verify(&TrustStore::builder().build()?, clock::now());
//! let report = FieldReport::new(&reading, &verification, &observation)
//!     .reader(ReaderReport::of("reader", card.limits()))
//!     .error(error.as_ref(), &observation);
//! println!("{}", report.to_json());
//! # Ok(()) }
//! ```

mod card_files;
mod classes;
mod contactless;
mod data_groups;
mod dg13;
mod exchanges;
mod files;
mod outcomes;
mod protocol;
mod qr;
mod reader;
mod security_infos;
mod signature;
mod status;
mod text_form;
mod value_free;

pub use card_files::{AtrInfoFacts, ComFacts, DirFacts};
pub use classes::Size;
pub use contactless::{AtrFacts, AtsFacts, HistoricalBytes, TypeBFacts, UidFacts};
pub use data_groups::{ActiveAuthenticationKeyFacts, DetailFacts, FaceFacts, ImageFacts, MrzFacts};
pub use dg13::{Dg13Facts, FieldFacts, ValueFacts};
pub use exchanges::{AnswerTime, Answered, Exchanges, Observation, Observed};
pub use files::FileFacts;
pub use outcomes::{AccessFacts, CheckFacts, CheckResult, ErrorFacts, FindingFacts, LearntFacts};
pub use protocol::Protocol;
pub use qr::QrFacts;
pub use reader::ReaderReport;
pub use security_infos::{
    AgreementKeyFacts, ChipAuthenticationFacts, PaceFacts, SecurityInfoFacts,
};
pub use signature::{KeyFacts, SignerFacts, SodFacts};
pub use text_form::TextForm;

use crate::error::Error;
use crate::reading::{Reading, ReadingTimes};
use chipid_emrtd::file_id::{DataGroup, FileId};
use chipid_emrtd::lds::card_security::CardSecurity;
use chipid_emrtd::tlv::outer;
use chipid_emrtd::verification::Verification;
use chipid_vietnam::qr::QrText;
use classes::milliseconds;
use serde_json::Value;
use std::collections::BTreeMap;
use value_free::facts;

/// The format's name; a change that could break a reader makes it `/2`.
pub const SCHEMA: &str = "chipid/field-report/1";

facts! {
    /// The report, in the order in which it is written.
    pub struct FieldReport {
        /// The format: [`SCHEMA`].
        pub schema: &'static str,
        /// The program and the system.
        pub program: ProgramFacts,
        /// The reader.
        pub reader: ReaderReport,
        /// How the chip was opened; `None` where it was not.
        pub access: Option<AccessFacts>,
        /// What was learnt of chip and reader.
        pub learnt: LearntFacts,
        /// The files.
        pub files: Vec<FileFacts>,
        /// EF.CardAccess.
        pub card_access: Option<SecurityInfoFacts>,
        /// EF.CardSecurity.
        pub card_security: Option<SecurityInfoFacts>,
        /// EF.ATR/INFO.
        pub atr_info: Option<AtrInfoFacts>,
        /// EF.DIR.
        pub dir: Option<DirFacts>,
        /// EF.COM.
        pub com: Option<ComFacts>,
        /// EF.SOD.
        pub sod: Option<SodFacts>,
        /// DG1.
        pub dg1: Option<MrzFacts>,
        /// DG2.
        pub dg2: Option<FaceFacts>,
        /// DG11.
        pub dg11: Option<DetailFacts>,
        /// DG12.
        pub dg12: Option<DetailFacts>,
        /// DG13.
        pub dg13: Option<Dg13Facts>,
        /// DG14.
        pub dg14: Option<SecurityInfoFacts>,
        /// DG15.
        pub dg15: Option<ActiveAuthenticationKeyFacts>,
        /// The QR code, where the key came from it.
        pub qr: Option<QrFacts>,
        /// The checks.
        pub checks: CheckFacts,
        /// What was noticed.
        pub findings: Vec<FindingFacts>,
        /// The commands.
        pub exchanges: Exchanges,
        /// Why the reading ended early; `None` where it did not.
        pub error: Option<ErrorFacts>,
        /// How long it took: the only part that differs from reading to reading.
        pub times: TimeFacts,
    }

    /// The program and the system that it runs on.
    pub struct ProgramFacts {
        /// The version.
        pub version: &'static str,
        /// Whether it was built with PC/SC.
        pub pcsc: bool,
        /// The operating system.
        pub system: &'static str,
        /// The processor.
        pub architecture: &'static str,
    }

    /// Times in milliseconds, each the least of 1, 2, 5, 10, 20, 50 … that is no less.
    pub struct TimeFacts {
        /// Opening the chip.
        pub access_ms: u32,
        /// Chip and Active Authentication.
        pub chip_proofs_ms: u32,
        /// Each file.
        pub files_ms: BTreeMap<&'static str, u32>,
        /// All of it.
        pub total_ms: u32,
        /// Answers to single commands.
        pub commands: Vec<AnswerTime>,
    }
}

impl FieldReport {
    /// Of a reading that was observed, and what verifying its document came to; also of the unfinished document of a
    /// reading that ended early.
    #[must_use]
    pub fn new(reading: &Reading, verification: &Verification, observation: &Observation) -> Self {
        let document = verification.source();
        let files = document.danger_unverified();
        let file = |id: FileId| files.get(&id).map(|bytes| bytes.as_slice());
        let group = |group: DataGroup| file(group.into());
        Self {
            schema: SCHEMA,
            program: ProgramFacts::here(),
            reader: ReaderReport::default(),
            access: document.access().map(AccessFacts::of),
            learnt: LearntFacts::of(reading.learnt()),
            files: files::of(document),
            card_access: file(FileId::CardAccess).and_then(SecurityInfoFacts::of),
            card_security: file(FileId::CardSecurity).and_then(|bytes| {
                let signed = CardSecurity::from_file(bytes).ok()?.signed;
                SecurityInfoFacts::of(&signed.content)
            }),
            atr_info: file(FileId::AtrInfo).and_then(AtrInfoFacts::of),
            dir: file(FileId::Dir).and_then(DirFacts::of),
            com: file(FileId::Com).and_then(ComFacts::of),
            sod: file(FileId::Sod).and_then(|bytes| SodFacts::of(bytes, verification)),
            dg1: file(FileId::DG1).map(MrzFacts::of),
            dg2: file(FileId::DG2).map(FaceFacts::of),
            dg11: group(DataGroup::PERSONAL_DETAILS)
                .map(|bytes| DetailFacts::of(DataGroup::PERSONAL_DETAILS, bytes)),
            dg12: group(DataGroup::DOCUMENT_DETAILS)
                .map(|bytes| DetailFacts::of(DataGroup::DOCUMENT_DETAILS, bytes)),
            dg13: file(FileId::DG13).map(Dg13Facts::of),
            dg14: file(FileId::DG14).and_then(|bytes| {
                let content = outer(bytes, FileId::DG14.tag()).ok()?;
                SecurityInfoFacts::of(content.value)
            }),
            dg15: file(FileId::DG15).map(ActiveAuthenticationKeyFacts::of),
            qr: None,
            checks: CheckFacts::of(verification),
            findings: verification
                .all_findings()
                .iter()
                .map(FindingFacts::of)
                .collect(),
            exchanges: observation.exchanges(),
            error: None,
            times: TimeFacts::of(&reading.times(), observation),
        }
    }

    /// With what carried it.
    #[must_use]
    pub fn reader(mut self, reader: ReaderReport) -> Self {
        self.reader = reader;
        self
    }

    /// With the error that ended the reading, where one did.
    #[must_use]
    pub fn error(mut self, error: Option<&Error>, observation: &Observation) -> Self {
        self.error = error.map(|error| ErrorFacts::of(error, observation.part()));
        self
    }

    /// With the QR code that the key came from.
    #[must_use]
    pub fn qr(mut self, qr: &QrText) -> Self {
        self.qr = Some(QrFacts::of(qr));
        self
    }

    /// As JSON: `test-vectors/schemas/field-report.schema.json`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        // Numbers, truths and words alone: there is nothing that could fail.
        serde_json::to_value(self).unwrap_or_default()
    }
}

impl ProgramFacts {
    fn here() -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            pcsc: cfg!(feature = "pcsc"),
            system: std::env::consts::OS,
            architecture: std::env::consts::ARCH,
        }
    }
}

impl TimeFacts {
    fn of(times: &ReadingTimes, observation: &Observation) -> Self {
        Self {
            access_ms: milliseconds(times.access),
            chip_proofs_ms: milliseconds(times.chip_proofs),
            files_ms: times
                .files
                .iter()
                .map(|(file, time)| (files::name(*file), milliseconds(*time)))
                .collect(),
            total_ms: milliseconds(times.total),
            commands: observation.times(),
        }
    }
}
