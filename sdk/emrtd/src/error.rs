//! Why work could not be done, by who can act.
//!
//! An error is never about the document being false: that is a [`Finding`](crate::finding::Finding).
//! Facts, not sentences; nothing of the holder.

use crate::card_transport::TransportError;
use crate::file_id::FileId;
use crate::tlv::TlvError;
use core::fmt;

/// Work that could not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// No answer came back from the chip (1000s).
    Transport(TransportError),
    /// The chip did not let us in (2000s).
    Access(AccessError),
    /// The chip answered that it will not or cannot (3000s).
    Chip(ChipError),
    /// The protected channel broke (4000s).
    SecureMessaging(SecureMessagingError),
    /// Bytes are not of the form that the standard demands (5000s).
    Parse(ParseError),
    /// Something is larger than chipid is willing to take (6000s).
    Limit(LimitError),
    /// The chip asks for something that chipid does not do (7000s).
    Unsupported(UnsupportedError),
    /// The caller's input cannot be used (8000s).
    Input(InputError),
}

/// Why the chip did not let us in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccessError {
    /// There is no eMRTD application on the card.
    NotAnEmrtd {
        /// The chip's answer to the selection.
        status: StatusWord,
    },
    /// Every key candidate was tried, and none fits.
    WrongKey {
        /// How many tries the chip says are left, where it says so.
        tries_left: Option<u8>,
    },
    /// The chip has few tries left; chipid stops before it blocks.
    TriesNearlyExhausted {
        /// How many tries the chip says are left.
        tries_left: u8,
    },
    /// Five candidates were tried in this reading: it tries no more.
    TryBudgetSpent,
    /// No candidate is of a kind that the chip takes (a CAN, where the chip only speaks BAC).
    NoUsableKey,
    /// The chip refused access control for another reason than a wrong key.
    Refused {
        /// The chip's answer.
        status: StatusWord,
    },
    /// On a second run the chip holds another EF.SOD: it is not the card that the first run began with.
    AnotherCard,
}

/// A status word that ends the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChipError {
    /// The chip answered a command with an error.
    Status {
        /// The instruction byte of the command.
        instruction: u8,
        /// The file that it was about, where it was about one.
        file: Option<FileId>,
        /// The chip's answer.
        status: StatusWord,
    },
    /// The chip answered 9000 with fewer bytes than the command must yield.
    ShortAnswer {
        /// The instruction byte of the command.
        instruction: u8,
    },
    /// The chip's answer does not have the form that the protocol demands.
    Protocol {
        /// The step, as the standard names it.
        step: &'static str,
    },
    /// The chip's authentication token is wrong although it accepted ours: it does not know the key.
    TokenMismatch,
    /// The chip sent our own ephemeral key back.
    ReflectedKey,
}

/// Why a protected channel cannot go on. It is never used again after any of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecureMessagingError {
    /// An earlier command got no answer (or a broken one): the counters may differ.
    Ended,
    /// The chip answered in the clear.
    Dropped {
        /// The chip's answer.
        status: StatusWord,
    },
    /// The MAC of the response is wrong.
    MacMismatch,
    /// A data object is missing, doubled, unknown or in a wrong place.
    Malformed,
    /// The status word outside the channel differs from the one inside.
    StatusMismatch,
    /// The padding of the decrypted data is wrong.
    Padding,
}

/// Where bytes break the standard's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The file, where the bytes are of one.
    pub file: Option<FileId>,
    /// The offset of the trouble in the file, in bytes.
    pub offset: usize,
    /// What is wrong there.
    pub kind: ParseErrorKind,
}

/// What is wrong with bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// They end early.
    Truncated,
    /// Another tag is due here.
    UnexpectedTag,
    /// A length is of a form that cannot be read, or does not fit its surroundings.
    Length,
    /// A value is outside what the standard allows.
    Value,
    /// A check digit of the MRZ is wrong.
    CheckDigit,
}

/// What was larger than chipid takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LimitError {
    /// A file says that it is longer than the limit.
    FileTooLarge {
        /// The file.
        file: FileId,
        /// What its header says, in bytes.
        says: usize,
    },
    /// The chip goes on sending without an end.
    ResponseTooLarge,
    /// A command needs more data than an APDU holds.
    CommandTooLarge,
}

/// What chipid does not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnsupportedError {
    /// No PACE protocol that the chip offers, and BAC is not possible either.
    AccessProtocol,
    /// The curve or group of a key.
    DomainParameters,
    /// A cryptographic algorithm.
    Algorithm,
}

/// What is wrong with the caller's input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputError {
    /// A CAN is six digits.
    Can,
    /// A machine readable zone whose lines or check digits do not hold.
    Mrz,
    /// A document number of nought or more than 22 characters, or with characters that an MRZ cannot hold.
    DocumentNumber,
    /// A date is six digits, YYMMDD.
    Date,
    /// No key was given.
    NoKey,
    /// A PIN is four to twelve digits.
    Pin,
    /// A PUK is eight to twelve digits.
    Puk,
}

/// SW1 SW2 of a response APDU.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatusWord(pub u16);

impl StatusWord {
    /// 9000: done.
    pub const OK: Self = Self(0x9000);
    /// 6282: the end of the file came before Le bytes.
    pub const END_OF_FILE: Self = Self(0x6282);
    /// 6982: security status not satisfied.
    pub const SECURITY_STATUS: Self = Self(0x6982);
    /// 6A88: there is no such key or password.
    pub const REFERENCE_NOT_FOUND: Self = Self(0x6A88);
    /// 6A82: file or application not found.
    pub const NOT_FOUND: Self = Self(0x6A82);

    /// Whether the command was done.
    #[must_use]
    pub const fn is_ok(self) -> bool {
        self.0 == 0x9000
    }

    /// SW1.
    #[must_use]
    pub const fn sw1(self) -> u8 {
        (self.0 >> 8) as u8
    }

    /// SW2.
    #[must_use]
    pub const fn sw2(self) -> u8 {
        (self.0 & 0xFF) as u8
    }

    /// The tries left, where the word is 63Cx.
    #[must_use]
    pub const fn tries_left(self) -> Option<u8> {
        if self.0 & 0xFFF0 == 0x63C0 {
            Some((self.0 & 0x0F) as u8)
        } else {
            None
        }
    }
}

impl fmt::Display for StatusWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04X}", self.0)
    }
}

impl fmt::Debug for StatusWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error {
    /// The permanent numeric code.
    #[must_use]
    pub const fn code(&self) -> u16 {
        match self {
            Self::Transport(e) => e.code(),
            Self::Access(e) => match e {
                AccessError::NotAnEmrtd { .. } => 2001,
                AccessError::WrongKey { .. } => 2002,
                AccessError::TriesNearlyExhausted { .. } => 2003,
                AccessError::TryBudgetSpent => 2004,
                AccessError::NoUsableKey => 2005,
                AccessError::Refused { .. } => 2006,
                AccessError::AnotherCard => 2007,
            },
            Self::Chip(e) => match e {
                ChipError::Status { .. } => 3001,
                ChipError::ShortAnswer { .. } => 3002,
                ChipError::Protocol { .. } => 3003,
                ChipError::TokenMismatch => 3004,
                ChipError::ReflectedKey => 3005,
            },
            Self::SecureMessaging(e) => match e {
                SecureMessagingError::Ended => 4001,
                SecureMessagingError::Dropped { .. } => 4002,
                SecureMessagingError::MacMismatch => 4003,
                SecureMessagingError::Malformed => 4004,
                SecureMessagingError::StatusMismatch => 4005,
                SecureMessagingError::Padding => 4006,
            },
            Self::Parse(e) => match e.kind {
                ParseErrorKind::Truncated => 5001,
                ParseErrorKind::UnexpectedTag => 5002,
                ParseErrorKind::Length => 5003,
                ParseErrorKind::Value => 5004,
                ParseErrorKind::CheckDigit => 5005,
            },
            Self::Limit(e) => match e {
                LimitError::FileTooLarge { .. } => 6001,
                LimitError::ResponseTooLarge => 6002,
                LimitError::CommandTooLarge => 6003,
            },
            Self::Unsupported(e) => match e {
                UnsupportedError::AccessProtocol => 7001,
                UnsupportedError::DomainParameters => 7002,
                UnsupportedError::Algorithm => 7003,
            },
            Self::Input(e) => match e {
                InputError::Can => 8011,
                InputError::Mrz => 8012,
                InputError::DocumentNumber => 8013,
                InputError::Date => 8014,
                InputError::NoKey => 8015,
                InputError::Pin => 8016,
                InputError::Puk => 8017,
            },
        }
    }
}

impl ParseError {
    /// A parse error in `file`.
    #[must_use]
    pub const fn new(file: Option<FileId>, offset: usize, kind: ParseErrorKind) -> Self {
        Self { file, offset, kind }
    }

    /// What a TLV error means for a file.
    #[must_use]
    pub const fn of_tlv(file: FileId, e: TlvError) -> Self {
        let kind = match e {
            TlvError::Truncated { .. } => ParseErrorKind::Truncated,
            TlvError::TagTooLong { .. } | TlvError::UnexpectedTag { .. } => {
                ParseErrorKind::UnexpectedTag
            }
            TlvError::LengthUnsupported { .. } | TlvError::TrailingBytes { .. } => {
                ParseErrorKind::Length
            }
        };
        Self::new(Some(file), e.offset(), kind)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(e) => e.fmt(f),
            Self::Access(e) => e.fmt(f),
            Self::Chip(e) => e.fmt(f),
            Self::SecureMessaging(e) => e.fmt(f),
            Self::Parse(e) => e.fmt(f),
            Self::Limit(e) => e.fmt(f),
            Self::Unsupported(e) => e.fmt(f),
            Self::Input(e) => e.fmt(f),
        }
    }
}

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnEmrtd { status } => {
                write!(f, "the card has no passport or ID application ({status})")
            }
            Self::WrongKey {
                tries_left: Some(n),
            } => write!(f, "the access key does not fit the chip; {n} tries left"),
            Self::WrongKey { tries_left: None } => {
                f.write_str("the access key does not fit the chip")
            }
            Self::TriesNearlyExhausted { tries_left } => {
                write!(f, "the chip has only {tries_left} tries left")
            }
            Self::TryBudgetSpent => f.write_str("five access keys were tried"),
            Self::NoUsableKey => f.write_str("the chip does not take a key of this kind"),
            Self::Refused { status } => write!(f, "the chip refuses access control ({status})"),
            Self::AnotherCard => f.write_str("this is not the card that the reading began with"),
        }
    }
}

impl fmt::Display for ChipError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status {
                instruction,
                file: Some(file),
                status,
            } => write!(
                f,
                "the chip answered {status} to instruction {instruction:02X} on {file}"
            ),
            Self::Status {
                instruction,
                file: None,
                status,
            } => write!(
                f,
                "the chip answered {status} to instruction {instruction:02X}"
            ),
            Self::ShortAnswer { instruction } => write!(
                f,
                "the chip's answer to instruction {instruction:02X} is too short"
            ),
            Self::Protocol { step } => write!(f, "the chip breaks the protocol at: {step}"),
            Self::TokenMismatch => f.write_str("the chip's authentication token is wrong"),
            Self::ReflectedKey => f.write_str("the chip sent our own key back"),
        }
    }
}

impl fmt::Display for SecureMessagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ended => f.write_str("the protected channel has ended"),
            Self::Dropped { status } => {
                write!(f, "the chip left the protected channel ({status})")
            }
            Self::MacMismatch => f.write_str("a response of the chip has a wrong MAC"),
            Self::Malformed => f.write_str("a protected response is malformed"),
            Self::StatusMismatch => {
                f.write_str("the status word was changed outside the protected channel")
            }
            Self::Padding => f.write_str("a protected response is padded wrongly"),
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            ParseErrorKind::Truncated => "ends early",
            ParseErrorKind::UnexpectedTag => "holds another tag than is due",
            ParseErrorKind::Length => "holds a length that does not fit",
            ParseErrorKind::Value => "holds a value that the standard does not allow",
            ParseErrorKind::CheckDigit => "holds a wrong check digit",
        };
        match self.file {
            Some(file) => write!(f, "{file} {what}, at byte {}", self.offset),
            None => write!(f, "the data {what}, at byte {}", self.offset),
        }
    }
}

impl fmt::Display for LimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FileTooLarge { file, says } => {
                write!(f, "{file} says that it is {says} bytes long")
            }
            Self::ResponseTooLarge => f.write_str("the chip goes on sending"),
            Self::CommandTooLarge => f.write_str("the command is longer than an APDU can be"),
        }
    }
}

impl fmt::Display for UnsupportedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AccessProtocol => "no access protocol of the chip is supported",
            Self::DomainParameters => "the key's curve or group is not supported",
            Self::Algorithm => "the algorithm is not supported",
        })
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Can => "a CAN is six digits",
            Self::Mrz => "this is not a machine readable zone, or a check digit is wrong",
            Self::DocumentNumber => "this is not a document number",
            Self::Date => "a date is six digits, YYMMDD",
            Self::NoKey => "no access key was given",
            Self::Pin => "a PIN is four to twelve digits",
            Self::Puk => "a PUK is eight to twelve digits",
        })
    }
}

impl core::error::Error for Error {}
impl core::error::Error for AccessError {}
impl core::error::Error for ChipError {}
impl core::error::Error for SecureMessagingError {}
impl core::error::Error for ParseError {}
impl core::error::Error for LimitError {}
impl core::error::Error for UnsupportedError {}
impl core::error::Error for InputError {}

macro_rules! into_error {
    ($($variant:ident($inner:ty)),*) => {
        $(impl From<$inner> for Error {
            fn from(e: $inner) -> Self {
                Self::$variant(e)
            }
        })*
    };
}

into_error!(
    Transport(TransportError),
    Access(AccessError),
    Chip(ChipError),
    SecureMessaging(SecureMessagingError),
    Parse(ParseError),
    Limit(LimitError),
    Unsupported(UnsupportedError),
    Input(InputError)
);
