//! SELECT and READ BINARY.
//!
//! Doc 9303-10, 3.6.1 to 3.6.3; ISO/IEC 7816-4, 11.2.2 and 11.3.3.

use super::apdu::{Command, Response, Status};
use super::files::{self, Directory};
use super::{APPLICATION, EXTENDED_MAX, SHORT_MAX, VirtualCard};
use crate::behaviour::{Deviation, EndOfFile};
use crate::link::Part;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::tlv;

impl VirtualCard {
    pub(super) fn select(&mut self, command: &Command) -> Result<Response, Status> {
        let information = match command.p2 {
            0x0C => None,
            0x04 => Some(0x62),
            0x00 => Some(0x6F),
            _ => return Err(Status::WRONG_P1P2),
        };
        if self.behaviour.has(Deviation::Row3ExpectedLengthRefused) && command.expected.is_some() {
            return Err(Status::WRONG_LENGTH);
        }
        let description = match (command.p1, &*command.data) {
            (0x04, name) => {
                self.work.part = Part::Access;
                if name != APPLICATION || self.behaviour.has(Deviation::Row20OtherApplication) {
                    return Err(Status::FILE_NOT_FOUND);
                }
                self.directory = Directory::Application;
                self.current = None;
                tlv::encode(0x84, &APPLICATION)
            }
            (0x00, []) if self.behaviour.has(Deviation::Row7ImplicitMasterFileIgnored) => {
                Vec::new()
            }
            (0x00, [] | [0x3F, 0x00]) => {
                self.work.part = Part::Access;
                let refusal = self.behaviour.find(|deviation| match deviation {
                    Deviation::Row6MasterFileRefused(word) => Some(Status(word)),
                    _ => None,
                });
                if let Some(status) = refusal {
                    return Err(status);
                }
                if self.behaviour.without_master_file_select {
                    return Err(Status::INS_UNKNOWN);
                }
                self.directory = Directory::MasterFile;
                self.current = None;
                tlv::encode(0x83, &[0x3F, 0x00])
            }
            (0x00 | 0x02, &[hi, lo]) => {
                let identifier = u16::from_be_bytes([hi, lo]);
                if self.selects_trust_points(identifier) {
                    return Ok(Status::OK.into());
                }
                if let Some(file) =
                    FileId::from_identifier(identifier, self.directory == Directory::MasterFile)
                {
                    self.work.part = Part::File(file);
                }
                let file = self
                    .reader()
                    .select(identifier, &self.card, &self.behaviour)?;
                self.current = Some(file);
                let len = files::contents(file, &self.card, &self.behaviour)
                    .map_or(0, |bytes| bytes.len());
                let len = u16::try_from(len).unwrap_or(u16::MAX);
                [
                    tlv::encode(0x80, &len.to_be_bytes()),
                    tlv::encode(0x82, &[0x01]),
                    tlv::encode(0x83, &[hi, lo]),
                    tlv::encode(0x88, &[file.short_identifier() << 3]),
                ]
                .concat()
            }
            (0x00 | 0x02, _) => return Err(Status::WRONG_LENGTH),
            _ => return Err(Status::WRONG_P1P2),
        };
        Ok(Response::data(match (information, command.expected) {
            (Some(tag), Some(_)) => tlv::encode(tag, &description),
            _ => Vec::new(),
        }))
    }

    pub(super) fn read_binary(
        &mut self,
        command: &Command,
        room: usize,
    ) -> Result<Response, Status> {
        if let Some(trust_points) = self.read_trust_points(command) {
            return Ok(trust_points);
        }
        let offset = if command.p1 & 0x80 == 0 {
            usize::from(command.p1p2())
        } else {
            self.select_short(command.p1 & 0x1F)?;
            usize::from(command.p2)
        };
        let wanted = command.expected.ok_or(Status::WRONG_LENGTH)?;
        let (data, status) = self.read(offset, wanted, room)?;
        Ok(Response { data, status })
    }

    /// INS B1: the offset comes in a DO 54, the data goes in a DO 53.
    pub(super) fn read_binary_odd(
        &mut self,
        command: &Command,
        room: usize,
    ) -> Result<Response, Status> {
        match command.p1p2() {
            0 => {}
            short @ 1..=0x1E => self.select_short(short as u8)?,
            identifier => {
                let file = self
                    .reader()
                    .select(identifier, &self.card, &self.behaviour)?;
                self.current = Some(file);
            }
        }
        let object = tlv::outer(&command.data, 0x54).map_err(|_| Status::WRONG_DATA)?;
        if object.value.is_empty() || object.value.len() > 4 {
            return Err(Status::WRONG_DATA);
        }
        let offset = object
            .value
            .iter()
            .fold(0usize, |offset, byte| offset << 8 | usize::from(*byte));
        let wanted = command.expected.ok_or(Status::WRONG_LENGTH)?;
        // Le and the room count the DO's own header too: two to four bytes.
        let header = |len: usize| match len {
            0..=0x81 => 2,
            0x82..=0x102 => 3,
            _ => 4,
        };
        let (data, status) = self.read(
            offset,
            wanted.saturating_sub(header(wanted)),
            room.saturating_sub(header(room)),
        )?;
        Ok(Response {
            data: if data.is_empty() {
                data
            } else {
                tlv::encode(0x53, &data)
            },
            status,
        })
    }

    fn select_short(&mut self, short: u8) -> Result<(), Status> {
        self.leave_trust_points();
        let identifier = 0x0100 | u16::from(short);
        let file = self
            .reader()
            .select(identifier, &self.card, &self.behaviour)?;
        self.current = Some(file);
        Ok(())
    }

    /// Up to `wanted` bytes from `offset` on, and never more than `room` or the behaviour allows.
    fn read(
        &mut self,
        offset: usize,
        wanted: usize,
        room: usize,
    ) -> Result<(Vec<u8>, Status), Status> {
        let file = self.current.ok_or(if self.is_authenticated() {
            Status::NO_CURRENT_FILE
        } else {
            Status::SECURITY_STATUS
        })?;
        self.work.part = Part::File(file);
        self.refuse(file, wanted)?;
        let behaviour = &self.behaviour;
        if let Some(true) = behaviour.find(|deviation| match deviation {
            Deviation::Row28EmptyFrom(len) => Some(wanted >= usize::from(len)),
            _ => None,
        }) {
            return Ok((Vec::new(), Status::OK));
        }
        let bytes = files::contents(file, &self.card, behaviour).ok_or(Status::FILE_NOT_FOUND)?;
        let rest = bytes.get(offset..).unwrap_or_default();
        let allowed = wanted.min(room).min(self.most_at_once());
        let mut data = rest.get(..allowed).unwrap_or(rest).to_vec();
        if behaviour.has(Deviation::Row26ZerosBeyondEnd) {
            data.resize(allowed, 0);
            return Ok((data, Status::OK));
        }
        if rest.len() < wanted && behaviour.has(Deviation::Row24BeyondEndKillsSession) {
            self.session_over = true;
            return Err(Status::SM_OBJECT_INCORRECT);
        }
        if rest.is_empty() {
            return Err(Status::WRONG_OFFSET);
        }
        if let Some(status) = self.at_the_end(rest.len(), wanted)? {
            if behaviour.has(Deviation::Row25bMisplacedPadding) {
                let block = self.channel.as_ref().map_or(1, |c| c.block_len());
                // Zeros up to the last byte of a block, which the padding's 80 then takes.
                data.resize((data.len() / block + 1) * block - 1, 0);
            }
            return Ok((data, status));
        }
        if let Some(part) = behaviour.find(|deviation| match deviation {
            Deviation::Row29RestOnRequest(len) => Some(usize::from(len)),
            _ => None,
        }) && data.len() > part
        {
            self.held_back = data.split_off(part);
            return Ok((data, Status::more(self.held_back.len())));
        }
        Ok((data, Status::OK))
    }

    /// Whether READ BINARY is refused whatever the file holds.
    fn refuse(&self, file: FileId, wanted: usize) -> Result<(), Status> {
        let refusal = self.behaviour.find(|deviation| match deviation {
            Deviation::Row36ReadRefused {
                file: refused,
                status,
            } if refused == file => Some(Status(status)),
            Deviation::Row23LargestLength(max) if wanted > usize::from(max) => {
                Some(Status::WRONG_LENGTH)
            }
            _ => None,
        });
        if let Some(status) = refusal {
            return Err(status);
        }
        if self.behaviour.max_le.is_some_and(|max| wanted > max) {
            return Err(Status::WRONG_LENGTH);
        }
        Ok(())
    }

    fn most_at_once(&self) -> usize {
        let by_row = self.behaviour.find(|deviation| match deviation {
            Deviation::Row27AtMost(len) => Some(usize::from(len)),
            _ => None,
        });
        by_row.or(self.behaviour.max_read).unwrap_or(usize::MAX)
    }

    /// What a chip makes of a command that reaches the end of the file, where it makes anything of it.
    fn at_the_end(&self, left: usize, wanted: usize) -> Result<Option<Status>, Status> {
        let behaviour = &self.behaviour;
        if left <= wanted && behaviour.has(Deviation::Row25bMisplacedPadding) {
            return Ok(Some(Status::END_OF_FILE));
        }
        if left >= wanted {
            return Ok(None);
        }
        let right = u8::try_from(left).map_or(Status::WRONG_LENGTH, Status::right_le);
        for deviation in &behaviour.deviations {
            match deviation {
                Deviation::Row24BeyondEndRefused => return Err(Status::WRONG_OFFSET),
                Deviation::Row25WarningWithData => return Ok(Some(Status::END_OF_FILE)),
                Deviation::Row25WarningWithoutData => return Err(Status::END_OF_FILE),
                Deviation::Row29RightLengthTold => return Err(right),
                _ => {}
            }
        }
        // A bare 00 asks for "as much as there is": nothing ran over the end then.
        if matches!(wanted, SHORT_MAX | EXTENDED_MAX) {
            return Ok(None);
        }
        match behaviour.end_of_file {
            EndOfFile::Shortened => Ok(None),
            EndOfFile::Warning => Ok(Some(Status::END_OF_FILE)),
            EndOfFile::WrongLength => Err(right),
        }
    }

    /// GET RESPONSE: what READ BINARY held back.
    pub(super) fn more_of_the_file(&mut self, room: usize) -> Response {
        let mut data = core::mem::take(&mut self.held_back);
        self.held_back = data.split_off(room.min(data.len()));
        Response {
            data,
            status: match self.held_back.len() {
                0 => Status::OK,
                left => Status::more(left),
            },
        }
    }
}
