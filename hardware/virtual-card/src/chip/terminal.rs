//! Terminal Authentication, the chip's side: who may read the guarded data groups.
//!
//! Doc 9303-11, 7.1 (protocol), 7.1.4.3 (certificate validation), 7.1.5 (commands).

use super::apdu::{Command, Response, Status};
use super::{VirtualCard, files::Directory};
use crate::terminal_pki::TerminalTrust;
use chipid_emrtd::crypto::ec::Curve;
use chipid_emrtd::crypto::ec::parameters::ParameterForm;
use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::crypto::rsa::RsaPublicKey;
use chipid_emrtd::crypto::signature::{Outcome, PublicKey, SignatureAlgorithm};
use chipid_emrtd::time::Date;
use chipid_emrtd::tlv::{self, Reader};

/// Bytes of EF.CVCA.
const EF_CVCA_LEN: usize = 36;
const ROOT: u8 = 3;
const TERMINAL: u8 = 0;

/// What the chip keeps for Terminal Authentication.
#[derive(Default)]
pub(super) struct TerminalState {
    /// For good: the roots and the day. `None`: the chip does not do it.
    roots: Vec<Imported>,
    today: Option<Date>,
    /// Of the session.
    session: Session,
}

#[derive(Default)]
struct Session {
    authority: Option<Vec<u8>>,
    /// The key of the last certificate that was not a root's.
    imported: Option<Imported>,
    terminal: Option<Imported>,
    challenge: Option<[u8; 8]>,
    /// The terminal's ephemeral key of Chip Authentication, compressed.
    terminal_key: Option<Vec<u8>>,
    /// The chip's own ephemeral key of PACE, compressed.
    chip_key: Option<Vec<u8>>,
    granted: u8,
    done: bool,
    reading_trust_points: bool,
}

#[derive(Clone)]
struct Imported {
    holder: Vec<u8>,
    key: PublicKey,
    algorithm: SignatureAlgorithm,
    role: u8,
    rights: u8,
    expires: Date,
}

impl TerminalState {
    pub(super) fn trusting(trust: &TerminalTrust) -> Self {
        let roots = trust
            .roots
            .iter()
            .filter_map(|root| {
                let certificate = tlv::outer(root, 0x7F21).ok()?;
                Some(Certificate::parse(certificate.value)?.import(None)?.0)
            })
            .collect();
        Self {
            roots,
            today: Some(trust.today),
            session: Session::default(),
        }
    }

    /// DG3 for bit 0, DG4 for bit 1.
    pub(super) const fn granted(&self) -> u8 {
        self.session.granted
    }

    pub(super) fn end_session(&mut self) {
        self.session = Session::default();
    }

    /// Another channel takes the place of the one whose rights these are.
    pub(super) fn chip_authenticated_with(&mut self, public_key: &[u8]) {
        let chip_key = self.session.chip_key.take();
        self.session = Session {
            chip_key,
            terminal_key: Some(compressed(public_key)),
            ..Session::default()
        };
    }

    /// The answer of PACE's third step holds the chip's ephemeral key; the last one then names the trust points.
    pub(super) fn see_pace_answer(&mut self, answer: &[u8]) {
        if let Ok(key) = tlv::outer(answer, 0x84) {
            self.session.chip_key = Some(compressed(key.value));
        }
    }

    pub(super) fn trust_points_after_pace(&self) -> Vec<u8> {
        let names = self.roots.iter().map(|root| &root.holder);
        let tags = [0x87, 0x88];
        tags.into_iter()
            .zip(names)
            .flat_map(|(tag, name)| tlv::encode(tag, name))
            .collect()
    }

    fn trust_point_file(&self) -> Vec<u8> {
        let mut file: Vec<u8> = self
            .roots
            .iter()
            .flat_map(|root| tlv::encode(0x42, &root.holder))
            .collect();
        file.resize(EF_CVCA_LEN, 0);
        file
    }
}

/// A point in plain form gives its x coordinate, a number its SHA-1 digest.
fn compressed(public_key: &[u8]) -> Vec<u8> {
    match public_key.split_first() {
        // A number of this length begins with 04 only by chance, and is even in length then.
        Some((0x04, coordinates)) if coordinates.len() % 2 == 0 && coordinates.len() < 140 => {
            coordinates
                .get(..coordinates.len() / 2)
                .unwrap_or_default()
                .to_vec()
        }
        _ => HashAlgorithm::Sha1.digest(public_key),
    }
}

impl VirtualCard {
    /// The same chip, doing Terminal Authentication.
    #[must_use]
    pub fn with_terminal_trust(mut self, trust: &TerminalTrust) -> Self {
        self.terminal = TerminalState::trusting(trust);
        self
    }

    /// SELECT of EF.CVCA in the application; any other selection ends its reading.
    pub(super) fn selects_trust_points(&mut self, identifier: u16) -> bool {
        let here = identifier == 0x011C
            && self.directory == Directory::Application
            && self.is_authenticated()
            && !self.terminal.roots.is_empty();
        self.terminal.session.reading_trust_points = here;
        here
    }

    /// Another file is selected, by its short identifier.
    pub(super) fn leave_trust_points(&mut self) {
        self.terminal.session.reading_trust_points = false;
    }

    pub(super) fn read_trust_points(&self, command: &Command) -> Option<Response> {
        if !self.terminal.session.reading_trust_points || command.p1 & 0x80 != 0 {
            return None;
        }
        let file = self.terminal.trust_point_file();
        let rest = file.get(usize::from(command.p1p2())..)?;
        let len = rest.len().min(command.expected?);
        Some(Response::data(rest.get(..len)?.to_vec()))
    }

    pub(super) fn set_authority(&mut self, name: &[u8]) -> Result<Response, Status> {
        let state = &mut self.terminal;
        let known = state.roots.iter().chain(&state.session.imported);
        if !known.map(|key| &key.holder).any(|holder| holder == name) {
            return Err(Status::REFERENCE_NOT_FOUND);
        }
        state.session.authority = Some(name.to_vec());
        Ok(Status::OK.into())
    }

    /// PSO: Verify Certificate.
    pub(super) fn verify_certificate(&mut self, command: &Command) -> Result<Response, Status> {
        if command.p1p2() != 0x00BE {
            return Err(Status::WRONG_P1P2);
        }
        let state = &mut self.terminal;
        let today = state.today.ok_or(Status::INS_UNKNOWN)?;
        let name = state.session.authority.take().ok_or(Status::CONDITIONS)?;
        let authority = state
            .roots
            .iter()
            .chain(&state.session.imported)
            .find(|key| key.holder == name)
            .cloned()
            .ok_or(Status::REFERENCE_NOT_FOUND)?;
        let certificate = Certificate::parse(&command.data).ok_or(Status::WRONG_DATA)?;
        if certificate.authority != name
            || !authority.verifies(certificate.body, certificate.signature)
        {
            return Err(Status::AUTHENTICATION_FAILED);
        }
        let (imported, effective) = certificate
            .import(Some(&authority))
            .ok_or(Status::WRONG_DATA)?;
        let in_place = match authority.role {
            ROOT => imported.role != TERMINAL,
            TERMINAL => false,
            _ => imported.role == TERMINAL,
        };
        if !in_place || (imported.role != ROOT && imported.expires < today) {
            return Err(Status::CONDITIONS);
        }
        // A root, a verifier and a domestic verifier's terminal tell the time.
        if authority.role != 1 && effective > today {
            state.today = Some(effective);
        }
        if imported.role == ROOT {
            state.roots.insert(0, imported);
            state.roots.truncate(2);
        } else {
            state.session.imported = Some(imported);
        }
        Ok(Status::OK.into())
    }

    pub(super) fn set_terminal(&mut self, name: &[u8]) -> Result<Response, Status> {
        let session = &mut self.terminal.session;
        let key = session
            .imported
            .clone()
            .filter(|key| key.holder == name && key.role == TERMINAL)
            .ok_or(Status::REFERENCE_NOT_FOUND)?;
        session.terminal = Some(key);
        Ok(Status::OK.into())
    }

    /// GET CHALLENGE in a channel: `None` where the chip does not do Terminal Authentication.
    pub(super) fn terminal_challenge(&mut self) -> Option<Response> {
        if self.channel.is_none() || self.terminal.today.is_none() {
            return None;
        }
        let mut challenge = [0; 8];
        self.rng.fill_bytes(&mut challenge);
        self.terminal.session.challenge = Some(challenge);
        Some(Response::data(challenge.to_vec()))
    }

    /// EXTERNAL AUTHENTICATE in a channel.
    pub(super) fn authenticate_terminal(&mut self, signature: &[u8]) -> Result<Response, Status> {
        let by_pace = self.terminal.session.chip_key.clone();
        let number = &self.card.passwords.mrz_information;
        // Birth and expiry, seven characters each, stand behind the document number.
        let number = number
            .len()
            .checked_sub(14)
            .and_then(|len| number.get(..len));
        let session = &mut self.terminal.session;
        let challenge = session.challenge.take().ok_or(Status::CONDITIONS)?;
        let terminal = session.terminal.clone().ok_or(Status::CONDITIONS)?;
        let (Some(own_key), false) = (&session.terminal_key, session.done) else {
            return Err(Status::SECURITY_STATUS);
        };
        let identity = match (by_pace, number) {
            (Some(key), _) => key,
            (None, Some(number)) => number.as_bytes().to_vec(),
            (None, None) => return Err(Status::CONDITIONS),
        };
        let message = [&identity[..], &challenge, own_key].concat();
        if !terminal.verifies(&message, signature) {
            return Err(Status::AUTHENTICATION_FAILED);
        }
        session.done = true;
        session.granted = terminal.rights;
        Ok(Status::OK.into())
    }
}

impl Imported {
    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.key.verify(self.algorithm, message, signature) == Outcome::Valid
    }
}

/// A certificate's parts, as far as the chip looks at them.
struct Certificate<'a> {
    body: &'a [u8],
    signature: &'a [u8],
    authority: &'a [u8],
    key: &'a [u8],
    holder: &'a [u8],
    grant: u8,
    effective: Date,
    expires: Date,
}

impl<'a> Certificate<'a> {
    /// From `7F4E` and `5F37` one behind the other.
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let body = reader.expect(0x7F4E).ok()?;
        let signature = reader.expect(0x5F37).ok()?.value;
        reader.finish().ok()?;
        let mut field = body.children();
        if field.expect(0x5F29).ok()?.value != [0] {
            return None;
        }
        let authority = field.expect(0x42).ok()?.value;
        let key = field.expect(0x7F49).ok()?.value;
        let holder = field.expect(0x5F20).ok()?.value;
        let template = field.expect(0x7F4C).ok()?;
        let &[grant] = template.child(0x53)?.value else {
            return None;
        };
        Some(Self {
            body: body.raw,
            signature,
            authority,
            key,
            holder,
            grant,
            effective: day(field.expect(0x5F25).ok()?.value)?,
            expires: day(field.expect(0x5F24).ok()?.value)?,
        })
    }

    /// The key with what it may do, which never exceeds what its authority may; and the day on which it was made.
    fn import(&self, authority: Option<&Imported>) -> Option<(Imported, Date)> {
        let (algorithm, key) = public_key(self.key, authority.and_then(Imported::curve))?;
        let (role, rights) = (self.grant >> 6, self.grant & 0x3F);
        let limit = match authority {
            Some(authority) if role != ROOT => authority.rights,
            _ => 0x3F,
        };
        let imported = Imported {
            holder: self.holder.to_vec(),
            key,
            algorithm,
            role,
            rights: rights & limit,
            expires: self.expires,
        };
        Some((imported, self.effective))
    }
}

impl Imported {
    const fn curve(&self) -> Option<Curve> {
        match self.key {
            PublicKey::Ec { curve, .. } => Some(curve),
            _ => None,
        }
    }
}

fn day(digits: &[u8]) -> Option<Date> {
    let &[y, yy, m, mm, d, dd] = digits else {
        return None;
    };
    let number = |tens: u8, ones: u8| {
        (tens < 10 && ones < 10).then(|| tens.saturating_mul(10).saturating_add(ones))
    };
    Date::new(
        2000 + u16::from(number(y, yy)?),
        number(m, mm)?,
        number(d, dd)?,
    )
}

fn public_key(objects: &[u8], inherited: Option<Curve>) -> Option<(SignatureAlgorithm, PublicKey)> {
    use HashAlgorithm::{Sha1, Sha224, Sha256, Sha384, Sha512};
    let object = |tag: u32| {
        Reader::new(objects)
            .map_while(Result::ok)
            .find(|o| o.tag.0 == tag)
            .map(|o| o.value)
    };
    let (family, arcs) = object(0x06)?.split_at_checked(8)?;
    if family != [0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x02] {
        return None;
    }
    let pss = |hash: HashAlgorithm| SignatureAlgorithm::RsaPss {
        hash,
        mgf: hash,
        salt_len: hash.output_len(),
    };
    let algorithm = match arcs {
        [1, 1] => SignatureAlgorithm::RsaPkcs1 { hash: Sha1 },
        [1, 2] => SignatureAlgorithm::RsaPkcs1 { hash: Sha256 },
        [1, 5] => SignatureAlgorithm::RsaPkcs1 { hash: Sha512 },
        [1, 3] => pss(Sha1),
        [1, 4] => pss(Sha256),
        [1, 6] => pss(Sha512),
        [2, n @ 1..=5] => {
            let hash = [Sha1, Sha224, Sha256, Sha384, Sha512]
                .into_iter()
                .nth(usize::from(*n) - 1)?;
            let own = match object(0x81) {
                Some(prime) => Some(Curve::from_numbers(
                    prime,
                    object(0x82)?,
                    object(0x83)?,
                    object(0x84)?,
                    object(0x85)?,
                )?),
                None => None,
            };
            let curve = own.or(inherited)?;
            let point = curve.point(object(0x86)?).ok()?.as_sec1().to_vec();
            let form = ParameterForm::Explicit;
            return Some((
                SignatureAlgorithm::EcdsaPlain { hash },
                PublicKey::Ec { curve, point, form },
            ));
        }
        _ => return None,
    };
    let key = RsaPublicKey::new(object(0x81)?, object(0x82)?).ok()?;
    Some((algorithm, PublicKey::Rsa(key)))
}
