//! One error for applications: the errors of every part, each with its permanent numeric code.

use chipid_emrtd::card_transport::TransportError;
use chipid_emrtd::error::{
    AccessError, ChipError, Error as CoreError, InputError, LimitError, SecureMessagingError,
    StatusWord,
};
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::trust::TrustError;
use chipid_face::FaceError;
use std::fmt;
use std::path::PathBuf;

/// Work that could not be done. What is wrong with a document is never an error: see the findings.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Reading the chip.
    Chip(CoreError),
    /// A trust anchor, master list or revocation list.
    Trust(TrustError),
    /// An image or a model.
    Face(FaceError),
    /// The QR text.
    Qr(chipid_vietnam::qr::QrError),
    /// The picture of a QR code.
    QrImage(crate::qr_image::QrImageError),
    /// The text of a machine readable zone.
    MrzRepair(chipid_vietnam::mrz_repair::MrzRepairError),
    /// The personal number.
    PersonalNumber(chipid_vietnam::personal_number::PersonalNumberError),
    /// The policy file.
    Policy(crate::policy::PolicyError),
    /// A purpose, a name for the processing log, or the log itself.
    Processing(crate::processing::ProcessingError),
    /// A file or folder of the caller's.
    File {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        kind: std::io::ErrorKind,
    },
    /// A folder that should hold a document's files holds none.
    NoDocumentFiles {
        /// The folder.
        path: PathBuf,
    },
    /// A folder that is to take a document's files holds some already.
    FolderTaken {
        /// The folder.
        path: PathBuf,
    },
    /// What is to be confirmed is not proven: the document's digests or its signature do not hold.
    NotProven,
    /// A consent identifier that is empty, longer than 128 bytes, or holds control characters.
    ConsentId,
    /// The system gives no random numbers.
    Randomness,
}

/// The code of a panic that was stopped at the edge of a language. It says that chipid has a fault; nothing of what was
/// being done can be relied on.
pub const PANIC: u16 = 9999;

/// What an error says beside its code. Nothing of the holder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ErrorFacts {
    /// The file that it is about.
    pub file: Option<FileId>,
    /// The offset of the trouble in the file, in bytes.
    pub offset: Option<usize>,
    /// The chip's answer.
    pub status: Option<StatusWord>,
    /// How many tries the chip says are left.
    pub tries_left: Option<u8>,
}

impl Error {
    /// The permanent numeric code.
    #[must_use]
    pub fn code(&self) -> u16 {
        match self {
            Self::Chip(e) => e.code(),
            Self::Trust(e) => e.code(),
            Self::Face(e) => e.code(),
            Self::Qr(e) => e.code(),
            Self::QrImage(e) => e.code(),
            Self::MrzRepair(e) => e.code(),
            Self::PersonalNumber(e) => e.code(),
            Self::Policy(e) => e.code(),
            Self::Processing(e) => e.code(),
            Self::File { .. } => 8201,
            Self::NoDocumentFiles { .. } => 8202,
            Self::FolderTaken { .. } => 8203,
            Self::NotProven => 8204,
            Self::ConsentId => 8205,
            Self::Randomness => 7201,
        }
    }

    /// What the error says beside its code: for languages whose errors have fields.
    #[must_use]
    pub const fn facts(&self) -> ErrorFacts {
        let mut facts = ErrorFacts {
            file: None,
            offset: None,
            status: None,
            tries_left: None,
        };
        let Self::Chip(error) = self else {
            return facts;
        };
        match error {
            CoreError::Access(
                AccessError::NotAnEmrtd { status } | AccessError::Refused { status },
            )
            | CoreError::SecureMessaging(SecureMessagingError::Dropped { status }) => {
                facts.status = Some(*status);
            }
            CoreError::Access(AccessError::WrongKey { tries_left }) => {
                facts.tries_left = *tries_left;
            }
            CoreError::Access(AccessError::TriesNearlyExhausted { tries_left }) => {
                facts.tries_left = Some(*tries_left);
            }
            CoreError::Chip(ChipError::Status { file, status, .. }) => {
                facts.file = *file;
                facts.status = Some(*status);
            }
            CoreError::Parse(error) => {
                facts.file = error.file;
                facts.offset = Some(error.offset);
            }
            CoreError::Limit(LimitError::FileTooLarge { file, .. }) => facts.file = Some(*file),
            _ => {}
        }
        facts
    }

    /// The transport's part of the error, where it is the transport's.
    #[must_use]
    pub const fn transport(&self) -> Option<TransportError> {
        match self {
            Self::Chip(CoreError::Transport(e)) => Some(*e),
            _ => None,
        }
    }

    pub(crate) fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::File {
            path: path.to_path_buf(),
            kind: error.kind(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chip(e) => e.fmt(f),
            Self::Trust(e) => e.fmt(f),
            Self::Face(e) => e.fmt(f),
            Self::Qr(e) => e.fmt(f),
            Self::QrImage(e) => e.fmt(f),
            Self::MrzRepair(e) => e.fmt(f),
            Self::PersonalNumber(e) => e.fmt(f),
            Self::Policy(e) => e.fmt(f),
            Self::Processing(e) => e.fmt(f),
            Self::File { path, kind } => write!(f, "{}: {kind}", path.display()),
            Self::NoDocumentFiles { path } => {
                write!(f, "{} holds no files of a document", path.display())
            }
            Self::FolderTaken { path } => {
                write!(f, "{} holds a document's files already", path.display())
            }
            Self::NotProven => f.write_str("the document's digests or its signature do not hold"),
            Self::ConsentId => {
                f.write_str("a consent identifier is 1 to 128 bytes without control characters")
            }
            Self::Randomness => f.write_str("the system gives no random numbers"),
        }
    }
}

impl std::error::Error for Error {}

macro_rules! into_error {
    ($($variant:ident($inner:ty)),* $(,)?) => {
        $(impl From<$inner> for Error {
            fn from(e: $inner) -> Self {
                Self::$variant(e)
            }
        })*
    };
}

into_error!(
    Chip(CoreError),
    Trust(TrustError),
    Face(FaceError),
    Qr(chipid_vietnam::qr::QrError),
    QrImage(crate::qr_image::QrImageError),
    MrzRepair(chipid_vietnam::mrz_repair::MrzRepairError),
    PersonalNumber(chipid_vietnam::personal_number::PersonalNumberError),
    Policy(crate::policy::PolicyError),
    Processing(crate::processing::ProcessingError),
);

impl From<TransportError> for Error {
    fn from(e: TransportError) -> Self {
        Self::Chip(e.into())
    }
}

impl From<InputError> for Error {
    fn from(e: InputError) -> Self {
        Self::Chip(e.into())
    }
}
