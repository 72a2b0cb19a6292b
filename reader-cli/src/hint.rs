//! The next step for everything that can go wrong: one for each kind, since each is another person's to solve.

use crate::exit::Failure;
use crate::key::KeySource;
use crate::lang::{self, Text, hint};
use crate::system::System;
use chipid::emrtd::error::AccessError;
use chipid::processing::ProcessingError;
use chipid::qr_image::QrImageError;
use chipid::{ChipError, Error, FaceError, PolicyError, TransportError, TrustError};
use chipid_virtual_card::VirtualCardError;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let next = match &error {
            Error::Chip(e) => chip(e),
            Error::Trust(e) => trust(e),
            Error::Face(e) => face(e),
            Error::Policy(e) => policy(e),
            Error::Qr(_) => hint::QR,
            Error::QrImage(e) => qr_image(*e),
            Error::MrzRepair(_) => hint::MRZ_TEXT,
            Error::PersonalNumber(_) => hint::PERSONAL_NUMBER,
            Error::File { .. } => lang::CHECK_READ_AND_WRITE,
            Error::NoDocumentFiles { .. } => hint::NO_DOCUMENT_FILES,
            Error::FolderTaken { .. } => hint::FOLDER_TAKEN,
            Error::Processing(e) => processing(*e),
            Error::NotProven => hint::NOT_PROVEN,
            Error::ConsentId => hint::CONSENT_ID,
            Error::Randomness => hint::RANDOMNESS,
            _ => hint::ASK_HELP,
        };
        Self::new(lang::of_error(&error), next)
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        Self::new(lang::of_error(&error.into()), transport(error))
    }
}

impl From<TrustError> for Failure {
    fn from(error: TrustError) -> Self {
        Error::from(error).into()
    }
}

impl From<FaceError> for Failure {
    fn from(error: FaceError) -> Self {
        Error::from(error).into()
    }
}

impl From<PolicyError> for Failure {
    fn from(error: PolicyError) -> Self {
        Error::from(error).into()
    }
}

impl From<VirtualCardError> for Failure {
    fn from(error: VirtualCardError) -> Self {
        let next = match error {
            VirtualCardError::ProfileUnknown => hint::LIST_PROFILES,
            VirtualCardError::NotLoopback => hint::LOOPBACK_ONLY,
            VirtualCardError::Protocol => hint::NOT_VPCD,
            VirtualCardError::CardFile { .. } | VirtualCardError::FileTooLarge => hint::CARD_FOLDER,
            VirtualCardError::Io { .. } => lang::CHECK_READ_AND_WRITE,
            _ => hint::ASK_HELP,
        };
        Self::new(lang::of_virtual_card(error), next)
    }
}

/// A reading that failed, with the next step for whoever gave this kind of key.
pub(crate) fn of_key(error: Error, source: KeySource) -> Failure {
    let next = match (&error, source) {
        (
            Error::Chip(ChipError::Access(AccessError::WrongKey { .. })),
            KeySource::QrText | KeySource::QrImage,
        ) => Some(hint::NOT_THIS_QR),
        (
            Error::Chip(ChipError::Access(AccessError::WrongKey { .. })),
            KeySource::Number | KeySource::NumberAndDays,
        ) => Some(hint::NOT_THIS_NUMBER),
        (Error::Chip(ChipError::Access(AccessError::NoUsableKey)), KeySource::Number) => {
            Some(hint::NUMBER_NEEDS_DAYS)
        }
        _ => None,
    };
    let failure = Failure::from(error);
    match next {
        Some(next) => failure.with_hint(next),
        None => failure,
    }
}

fn qr_image(error: QrImageError) -> Text {
    match error {
        QrImageError::SeveralCards { .. } => hint::ONE_CARD_PICTURE,
        QrImageError::OtherCodes { .. } => hint::OTHER_QR,
        _ => hint::BETTER_QR_PICTURE,
    }
}

fn chip(error: &ChipError) -> Text {
    match error {
        ChipError::Transport(e) => transport(*e),
        ChipError::Access(e) => match e {
            AccessError::WrongKey { .. } => hint::WRONG_KEY,
            AccessError::TriesNearlyExhausted { .. } | AccessError::TryBudgetSpent => {
                hint::NO_MORE_TRIES
            }
            AccessError::NoUsableKey => hint::USE_MRZ,
            AccessError::NotAnEmrtd { .. } => hint::LAY_DOCUMENT,
            AccessError::AnotherCard => hint::SAME_CARD,
            _ => hint::TRY_MRZ,
        },
        ChipError::Chip(_) | ChipError::SecureMessaging(_) => hint::LAY_FLAT_OR_BROKEN,
        ChipError::Parse(_) | ChipError::Limit(_) => hint::DAMAGED_DATA,
        ChipError::Unsupported(_) => hint::UNSUPPORTED,
        ChipError::Input(_) => hint::INPUT,
        _ => hint::ASK_HELP,
    }
}

fn transport(error: TransportError) -> Text {
    match error {
        TransportError::CardRemoved => hint::LEAVE_CARD,
        TransportError::ReaderRemoved => hint::PLUG_AGAIN,
        TransportError::NoReader => hint::PLUG_READER,
        TransportError::NoCard | TransportError::Timeout => hint::LAY_FLAT,
        TransportError::ServiceUnavailable => start_service(System::here()),
        TransportError::AccessDenied => allow_reader(System::here()),
        TransportError::SharingViolation => hint::CLOSE_OTHER,
        TransportError::CardReset => hint::CLOSE_INTRUDER,
        TransportError::CardMute => hint::TURN_CARD,
        TransportError::Cancelled => hint::CANCELLED,
        TransportError::TooLong => hint::SHORT_COMMANDS,
        TransportError::Malformed | TransportError::Failed => hint::OTHER_READER,
        _ => hint::ASK_HELP,
    }
}

/// What makes the smart card service answer.
fn start_service(system: System) -> Text {
    match system {
        System::Unix => hint::START_PCSCD,
        System::Windows => hint::START_SCARDSVR,
        // macOS starts its own when somebody asks.
        System::Mac => hint::PLUG_AGAIN,
    }
}

/// What lets this person use the reader.
fn allow_reader(system: System) -> Text {
    match system {
        System::Unix => hint::POLKIT,
        System::Windows | System::Mac => hint::LOCAL_SESSION,
    }
}

fn processing(error: ProcessingError) -> Text {
    match error {
        ProcessingError::PurposeUnknown => hint::PURPOSES,
        ProcessingError::LogFailed { .. } => hint::LOG,
        ProcessingError::Randomness => hint::RANDOMNESS,
        _ => hint::LABEL,
    }
}

fn trust(error: &TrustError) -> Text {
    match error {
        TrustError::MasterListRefused { .. } => hint::TRUST_ROOT,
        TrustError::RootNotCertificate { .. } => hint::ROOT_IS_CERTIFICATE,
        _ => hint::TRUST_FILES,
    }
}

fn face(error: &FaceError) -> Text {
    match error {
        FaceError::ModelMissing { .. } => hint::FETCH,
        FaceError::ModelReplaced { .. } | FaceError::ModelUnreadable { .. } => hint::WRONG_MODEL,
        FaceError::NotAnImage
        | FaceError::ImageDamaged { .. }
        | FaceError::ImageTooLarge { .. }
        | FaceError::FrameTooLarge { .. }
        | FaceError::ImageUnsupported { .. } => hint::GIVE_PHOTOGRAPH,
        _ => hint::FETCH,
    }
}

fn policy(error: &PolicyError) -> Text {
    match error {
        PolicyError::Unknown { .. } => hint::LIST_POLICIES,
        _ => hint::SHOW_POLICY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_system_is_told_another_ones_commands() {
        let of_linux = ["sudo", "systemctl", "pcscd", "polkit", "apt-get"];
        let of_windows = ["net start", "SCardSvr", "Windows"];
        for next in [start_service, allow_reader] {
            let says = |system, words: &[&str]| {
                let Text(vi, en) = next(system);
                words.iter().any(|w| vi.contains(w) || en.contains(w))
            };
            assert!(says(System::Unix, &of_linux));
            assert!(!says(System::Unix, &of_windows));
            assert!(!says(System::Windows, &of_linux));
            assert!(!says(System::Mac, &of_linux) && !says(System::Mac, &of_windows));
        }
        assert!(
            start_service(System::Windows)
                .1
                .contains("net start SCardSvr")
        );
    }
}
