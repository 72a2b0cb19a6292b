//! The next step for everything that can go wrong: one for each kind, since each is another person's to solve.

use crate::exit::Failure;
use crate::places;
use chipid::emrtd::error::AccessError;
use chipid::{ChipError, Error, FaceError, PolicyError, TransportError, TrustError};
use chipid_virtual_card::VirtualCardError;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let hint = match &error {
            Error::Chip(e) => chip(e),
            Error::Trust(e) => trust(e),
            Error::Face(e) => face(e),
            Error::Policy(e) => policy(e),
            Error::Qr(_) => {
                "give the text of the card's QR code, seven fields parted by |, or use --can or --number"
            }
            Error::PersonalNumber(_) => {
                "the personal number has twelve digits; on the card it stands below \"Số / No.\""
            }
            Error::File { .. } => "check the path, and that you may read and write there",
            Error::NoDocumentFiles { .. } => {
                "give the folder that `chipid read --out` wrote: EF_SOD.bin, DG1.bin and so on"
            }
            Error::FolderTaken { .. } => {
                "give another folder: files of two documents are never mixed"
            }
            Error::Randomness => "this system has no source of random numbers; nothing can be read",
            _ => ASK_HELP,
        };
        match &error {
            Error::File { path, kind } => {
                Self::new(format!("{}: {}", path.display(), places::said(*kind)), hint)
            }
            _ => Self::new(&error, hint),
        }
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        Self::new(error, transport(error))
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
        let hint = match error {
            VirtualCardError::ProfileUnknown => "`chipid card list` names the profiles",
            VirtualCardError::NotLoopback => {
                "vpcd is for test machines: give an address of this machine, as 127.0.0.1:35963"
            }
            VirtualCardError::Protocol => "something else than vpcd listens there",
            VirtualCardError::CardFile { .. } | VirtualCardError::FileTooLarge => {
                "give a folder that `chipid card new` wrote"
            }
            VirtualCardError::Io { .. } => "check the path, and that you may read and write there",
            _ => ASK_HELP,
        };
        Self::new(error, hint)
    }
}

const ASK_HELP: &str = "`chipid help` says what there is";

fn chip(error: &ChipError) -> &'static str {
    match error {
        ChipError::Transport(e) => transport(*e),
        ChipError::Access(e) => match e {
            AccessError::WrongKey { .. } => {
                "compare each digit with the document; a CAN is not part of the MRZ, and the MRZ changes with a new document"
            }
            AccessError::TriesNearlyExhausted { .. } | AccessError::TryBudgetSpent => {
                "stop here: more wrong keys may block the chip. Look at the document again before the next try"
            }
            AccessError::NoUsableKey => {
                "this chip opens with the machine readable zone: use --mrz, or --document-number with --birth and --expiry"
            }
            AccessError::NotAnEmrtd { .. } => {
                "lay the passport or identity card itself on the reader, and nothing else"
            }
            AccessError::AnotherCard => "leave one and the same card on the reader until the end",
            _ => "take the card off, lay it on again and repeat; then try --mrz instead of --can",
        },
        ChipError::Chip(_) | ChipError::SecureMessaging(_) => {
            "take the card off, lay it flat on the reader and repeat; if it stays so, the chip is broken or not genuine"
        }
        ChipError::Parse(_) | ChipError::Limit(_) => {
            "the chip's data are damaged or not of a travel document; `chipid read --out DIR` keeps what there is"
        }
        ChipError::Unsupported(_) => {
            "this chip wants a protocol that this release does not do; compare the document by eye"
        }
        ChipError::Input(_) => {
            "--can takes six digits, --mrz all lines of the zone, --birth and --expiry YYMMDD; `chipid verify --help`"
        }
        _ => ASK_HELP,
    }
}

fn transport(error: TransportError) -> &'static str {
    match error {
        TransportError::CardRemoved => "leave the card on the reader until the end, and repeat",
        TransportError::ReaderRemoved => "plug the reader in again, and repeat",
        TransportError::NoReader => {
            "plug a reader in; `chipid readers` lists those that the system sees"
        }
        TransportError::NoCard | TransportError::Timeout => {
            "lay the card flat on the reader, and take its cover off"
        }
        TransportError::ServiceUnavailable => {
            "start the smart card service: `sudo systemctl start pcscd`, or `sudo pcscd --foreground` without systemd"
        }
        TransportError::AccessDenied => {
            "polkit lets only local sessions use readers: log in at the machine itself, or allow org.debian.pcsc-lite.access_card"
        }
        TransportError::SharingViolation => {
            "another program holds the card: close it (a browser, gpg's scdaemon, an e-signature agent), and repeat"
        }
        TransportError::CardReset => "another program got hold of the card: close it, and repeat",
        TransportError::CardMute => {
            "turn the card over, lay it flat in the middle of the reader, and take other cards away"
        }
        TransportError::Cancelled => "nothing was decided; run it again when you are ready",
        TransportError::TooLong => "this reader carries short commands only; try another reader",
        TransportError::Malformed | TransportError::Failed => {
            "take the card off, lay it on again and repeat; then try another reader"
        }
        _ => ASK_HELP,
    }
}

fn trust(error: &TrustError) -> &'static str {
    match error {
        TrustError::MasterListRefused { .. } => {
            "give the root that signs this list's signer with --trust-root; without any root it is listed as unverified"
        }
        TrustError::RootNotCertificate { .. } => "--trust-root takes a certificate, DER or PEM",
        _ => {
            "give CSCA certificates, master lists or CRLs, DER or PEM; `chipid inspect FILE` says what a file is"
        }
    }
}

fn face(error: &FaceError) -> &'static str {
    match error {
        FaceError::ModelMissing { .. } => FETCH,
        FaceError::ModelReplaced { .. } | FaceError::ModelUnreadable { .. } => {
            "this is not the model of the manifest: remove the file, then `chipid models fetch`"
        }
        FaceError::NotAnImage
        | FaceError::ImageDamaged { .. }
        | FaceError::ImageTooLarge { .. }
        | FaceError::ImageUnsupported { .. } => {
            "give a photograph as JPEG, PNG or JPEG 2000, of at most 50 megapixels"
        }
        _ => FETCH,
    }
}

/// What brings models and photographs.
pub(crate) const FETCH: &str = "`chipid models fetch` fetches the models and the photographs of the demonstration (`make demo` does so too)";

fn policy(error: &PolicyError) -> &'static str {
    match error {
        PolicyError::Unknown { .. } => {
            "`chipid policy list` names the built-in ones; a file ends in .toml"
        }
        _ => "`chipid policy show counter` shows what a policy may say",
    }
}
