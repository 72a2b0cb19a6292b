//! Reading a card of the server's, with the troubles that the case asks for.

use super::trouble::Trouble;
use super::{Read, given};
use crate::blocks::Block;
use crate::frames::{self, MAX_APDU};
use chipid::edge::transport_limits;
use chipid::emrtd::card_transport::TransportLimits;
use chipid::{CardTransport, DataGroup, GivenKeys, Misuse, Reading, TransportError};
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpStream};

/// The document, and how many commands it took.
pub(super) fn read(
    port: u16,
    card: &str,
    keys: &GivenKeys,
    case: &Block,
) -> Result<(Read, usize), Trouble> {
    let mut reading = Reading::with(keys.keys.clone());
    if keys.vietnamese {
        reading = reading.assume_vietnamese_card();
    }
    if let Some(groups) = case.first("only") {
        let groups: Option<Vec<DataGroup>> = groups
            .split(',')
            .map(|number| DataGroup::new(number.parse().ok()?))
            .collect();
        reading = reading.only(&groups.ok_or(Misuse::UnknownValue)?);
    }
    if let Some(hex) = case.first("challenge") {
        reading = reading.challenge(given::challenge(hex)?);
    }
    let mut carrier = Carrier::new(port, card, case)?;
    let mut resumes: usize = case.first("resumes").map_or(Ok(0), given::number)?;
    loop {
        let trouble = match chipid::block(reading.run(&mut carrier))? {
            Ok(unverified) => {
                let beside = keys.beside.clone();
                return Ok((Read { unverified, beside }, carrier.asked));
            }
            Err(error) => Trouble::from(error),
        };
        match trouble.transport() {
            None | Some(TransportError::Cancelled) => return Err(trouble),
            Some(_) if resumes == 0 => return Err(trouble),
            Some(_) => resumes -= 1,
        }
    }
}

/// Carries commands to the server, but for those that it is to fail at.
pub(super) struct Carrier {
    port: u16,
    card: String,
    stream: Option<TcpStream>,
    limits: TransportLimits,
    fails: BTreeMap<usize, TransportError>,
    throws_at: Option<usize>,
    cancels_after: Option<usize>,
    asked: usize,
}

impl Carrier {
    fn new(port: u16, card: &str, case: &Block) -> Result<Self, Trouble> {
        let mut limits = TransportLimits::default();
        if let Some(text) = case.first("limits") {
            let [command, response] = given::parts(text)?;
            limits = transport_limits(given::number(command)?, given::number(response)?)?;
        }
        let mut fails = BTreeMap::new();
        for (at, code) in case.beginning("fail.") {
            let code: u16 = given::number(code)?;
            let error = TransportError::ALL.into_iter().find(|e| e.code() == code);
            fails.insert(given::number(at)?, error.unwrap_or(TransportError::Failed));
        }
        let optional = |key| case.first(key).map(given::number).transpose();
        Ok(Self {
            port,
            card: card.to_owned(),
            stream: None,
            limits,
            fails,
            throws_at: optional("throw_at")?,
            cancels_after: optional("cancel_after")?,
            asked: 0,
        })
    }

    fn carry(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        // What was carried before is one less than what was asked for.
        if self.cancels_after.is_some_and(|after| self.asked >= after) {
            return Err(TransportError::Cancelled);
        }
        self.asked += 1;
        if let Some(error) = self.fails.get(&self.asked) {
            return Err(*error);
        }
        if self.throws_at == Some(self.asked) {
            return Err(TransportError::Failed);
        }
        let answer = self.exchange(command).ok().flatten();
        if answer.is_none() {
            self.stream = None;
        }
        answer.ok_or(TransportError::CardRemoved)
    }

    fn exchange(&mut self, command: &[u8]) -> Result<Option<Vec<u8>>, std::io::Error> {
        if self.stream.is_none() {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
            stream.set_nodelay(true)?;
            frames::write(&mut stream, self.card.as_bytes())?;
            self.stream = Some(stream);
        }
        let Some(stream) = self.stream.as_mut() else {
            return Ok(None);
        };
        frames::write(stream, command)?;
        frames::read(stream, MAX_APDU)
    }
}

impl CardTransport for Carrier {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        // What is no response APDU is told as such, as every language's own road does.
        self.carry(command)
            .and_then(chipid::transport::response_apdu)
    }

    fn limits(&self) -> TransportLimits {
        self.limits
    }
}
