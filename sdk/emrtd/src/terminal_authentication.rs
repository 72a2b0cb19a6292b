//! Terminal Authentication, version 1: the terminal proves that it may read the guarded data groups (DG3, DG4).
//!
//! Doc 9303-11, 7.1 (protocol), 7.1.5 (application interface); BSI TR-03110-1, 3.5 and BSI TR-03110-3, B.2 and B.3.
//!
//! The private key stays with whoever holds it: a [`TerminalSigner`] gets the bytes and gives the signature, at once or
//! after asking a security module over a network. The signature binds the terminal to the channel that Chip
//! Authentication opened, so that must have been done before.

use crate::apdu::{Command, Response};
use crate::card_transport::CardTransport;
use crate::crypto::signature::SignatureAlgorithm;
use crate::cv_certificate::{CvCertificate, KeyReference};
use crate::error::{ChipError, Error, SecureMessagingError, StatusWord};
use crate::secure_messaging::{SecureMessaging, send};
use crate::tlv::encode;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use zeroize::Zeroizing;

/// Bytes of the chip's challenge.
const CHALLENGE_LEN: usize = 8;
/// Bytes of EF.CVCA (BSI TR-03110-3, A.1.2).
const TRUST_POINTS_LEN: usize = 36;
/// The identifier of EF.CVCA in the application, where DG14 names no other.
const EF_CVCA: [u8; 2] = [0x01, 0x1C];

/// What is to be signed, and with which key.
#[derive(Clone, Copy)]
pub struct SigningRequest<'a> {
    /// The key, by the reference in the terminal's certificate.
    pub holder: &'a KeyReference,
    /// How: ECDSA signatures are due in plain format.
    pub algorithm: SignatureAlgorithm,
    /// The whole message, not yet hashed: identifier of the chip, its challenge, the terminal's ephemeral key.
    pub message: &'a [u8],
}

impl fmt::Debug for SigningRequest<'_> {
    /// Without the message: where BAC opened the chip, it begins with the document number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningRequest")
            .field("holder", &self.holder)
            .field("algorithm", &self.algorithm)
            .field("message_len", &self.message.len())
            .finish()
    }
}

/// The signer did not sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignerRefused;

impl fmt::Display for SignerRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the terminal's signer did not sign")
    }
}

impl core::error::Error for SignerRefused {}

/// A signature to come.
pub type PendingSignature<'a> =
    Pin<Box<dyn Future<Output = Result<Vec<u8>, SignerRefused>> + Send + 'a>>;

/// Whoever holds the terminal's private key. Any function `FnMut(SigningRequest) -> Result<Vec<u8>, SignerRefused>` is
/// one; what has to wait implements the trait.
pub trait TerminalSigner: Send {
    /// Signs the request's message.
    fn sign<'a>(&'a mut self, request: SigningRequest<'a>) -> PendingSignature<'a>;
}

impl<F> TerminalSigner for F
where
    F: FnMut(SigningRequest<'_>) -> Result<Vec<u8>, SignerRefused> + Send,
{
    fn sign<'a>(&'a mut self, request: SigningRequest<'a>) -> PendingSignature<'a> {
        let signature = self(request);
        Box::pin(core::future::ready(signature))
    }
}

/// A step of the protocol, as the standard names its command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// MSE:Set DST: the chip does not know the key that signed the next certificate.
    SetAuthority,
    /// PSO: Verify Certificate.
    VerifyCertificate,
    /// MSE:Set AT: the chip does not know the terminal's key.
    SetTerminal,
    /// GET CHALLENGE.
    Challenge,
    /// EXTERNAL AUTHENTICATE: the signature.
    Signature,
}

impl Step {
    /// As a finding's detail names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SetAuthority => "authority_unknown_to_the_chip",
            Self::VerifyCertificate => "certificate_refused",
            Self::SetTerminal => "terminal_unknown_to_the_chip",
            Self::Challenge => "challenge_refused",
            Self::Signature => "signature_refused",
        }
    }
}

/// How far the protocol came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Performed {
    /// To its end.
    Done,
    /// The chip refused a step.
    Refused { step: Step, status: StatusWord },
    /// The signer did not sign.
    NotSigned,
}

/// The names of the keys that the chip trusts, from EF.CVCA; none where the chip does not show the file.
///
/// # Errors
/// Those of transport and channel.
pub(crate) async fn read_trust_points<T: CardTransport>(
    card: &mut T,
    channel: &mut Option<SecureMessaging>,
) -> Result<Vec<KeyReference>, Error> {
    let select = Command::new(0, 0xA4, 0x02, 0x0C).data(&EF_CVCA);
    if !send(card, channel, &select).await?.status.is_ok() {
        return Ok(Vec::new());
    }
    let read = Command::new(0, 0xB0, 0, 0).expecting(TRUST_POINTS_LEN);
    let response = send(card, channel, &read).await?;
    Ok(KeyReference::of_trust_points(&response.data))
}

/// Shows `path` to the chip and proves the key at its end. `identity` is what the chip is called (ID_IC), `own_key` the
/// compressed ephemeral key of Chip Authentication.
///
/// # Errors
/// Those of transport and channel. A refusal of the chip is none.
pub(crate) async fn perform<T: CardTransport>(
    card: &mut T,
    channel: &mut Option<SecureMessaging>,
    path: &[&CvCertificate],
    identity: &[u8],
    own_key: &[u8],
    signer: &mut dyn TerminalSigner,
) -> Result<Performed, Error> {
    let Some(terminal) = path.last() else {
        return Ok(Performed::NotSigned);
    };
    let mut chip = Chip { card, channel };
    for certificate in path {
        let authority = encode(0x83, certificate.authority().as_bytes());
        let set = Command::new(0, 0x22, 0x81, 0xB6).data(&authority);
        if let Err(refusal) = chip.ask(Step::SetAuthority, &set).await? {
            return Ok(refusal);
        }
        let verify = Command::new(0, 0x2A, 0x00, 0xBE).data(&certificate.for_chip());
        if let Err(refusal) = chip.ask(Step::VerifyCertificate, &verify).await? {
            return Ok(refusal);
        }
    }
    let set = Command::new(0, 0x22, 0x81, 0xA4).data(&encode(0x83, terminal.holder().as_bytes()));
    if let Err(refusal) = chip.ask(Step::SetTerminal, &set).await? {
        return Ok(refusal);
    }
    let challenge = Command::new(0, 0x84, 0, 0).expecting(CHALLENGE_LEN);
    let challenge = match chip.ask(Step::Challenge, &challenge).await? {
        Ok(response) if response.data.len() == CHALLENGE_LEN => response,
        Ok(_) => return Err(ChipError::ShortAnswer { instruction: 0x84 }.into()),
        Err(refusal) => return Ok(refusal),
    };
    let message = Zeroizing::new([identity, &challenge.data, own_key].concat());
    let request = SigningRequest {
        holder: terminal.holder(),
        algorithm: terminal.key().algorithm(),
        message: &message,
    };
    let Ok(signature) = signer.sign(request).await else {
        return Ok(Performed::NotSigned);
    };
    let authenticate = Command::new(0, 0x82, 0, 0).data(&signature);
    Ok(match chip.ask(Step::Signature, &authenticate).await? {
        Ok(_) => Performed::Done,
        Err(refusal) => refusal,
    })
}

struct Chip<'a, T> {
    card: &'a mut T,
    channel: &'a mut Option<SecureMessaging>,
}

impl<T: CardTransport> Chip<'_, T> {
    async fn ask(
        &mut self,
        step: Step,
        command: &Command,
    ) -> Result<Result<Response, Performed>, Error> {
        let status = match send(self.card, self.channel, command).await {
            Ok(response) if response.status.is_ok() => return Ok(Ok(response)),
            Ok(response) => response.status,
            // In the clear: the channel is over as well, and whoever reads on will notice.
            Err(Error::SecureMessaging(SecureMessagingError::Dropped { status }))
                if !status.is_ok() =>
            {
                status
            }
            Err(other) => return Err(other),
        };
        Ok(Err(Performed::Refused { step, status }))
    }
}
