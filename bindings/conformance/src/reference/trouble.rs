//! Why a case came to no result, and the lines that say so.

use crate::blocks::Block;
use chipid::{Error, ErrorFacts, FaceError, Misuse, PolicyError, TransportError, TrustError};

/// Why a case came to no result.
#[derive(Debug)]
pub(super) enum Trouble {
    Work(Box<Error>),
    Misuse(Misuse),
    /// The case asks for what nobody has described.
    Unsupported(String),
}

impl Trouble {
    /// The transport's part of it.
    pub(super) fn transport(&self) -> Option<TransportError> {
        match self {
            Self::Work(error) => error.transport(),
            _ => None,
        }
    }

    pub(super) fn write(&self, result: &mut Block) {
        let (code, facts) = match self {
            Self::Work(error) => (error.code(), error.facts()),
            Self::Misuse(misuse) => (misuse.code(), ErrorFacts::default()),
            Self::Unsupported(why) => return result.push("unsupported", why.clone()),
        };
        result.push("error.code", code.to_string());
        if let Some(file) = facts.file {
            result.push("error.file", file.to_string());
        }
        if let Some(offset) = facts.offset {
            result.push("error.offset", offset.to_string());
        }
        if let Some(status) = facts.status {
            result.push("error.status_word", format!("{:04X}", status.0));
        }
        if let Some(tries) = facts.tries_left {
            result.push("error.tries_left", tries.to_string());
        }
    }
}

impl From<Misuse> for Trouble {
    fn from(misuse: Misuse) -> Self {
        Self::Misuse(misuse)
    }
}

macro_rules! work {
    ($($error:ty),* $(,)?) => {
        $(impl From<$error> for Trouble {
            fn from(error: $error) -> Self {
                Self::Work(Box::new(error.into()))
            }
        })*
    };
}

work!(Error, FaceError, PolicyError, TransportError, TrustError);
