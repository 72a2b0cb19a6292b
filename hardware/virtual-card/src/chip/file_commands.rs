//! SELECT and READ BINARY.
//!
//! Doc 9303-10, 3.6.1 to 3.6.3; ISO/IEC 7816-4, 11.2.2 and 11.3.3.

use super::apdu::{Command, Response, Status};
use super::files::{self, Directory};
use super::{APPLICATION, SHORT_MAX, VirtualCard};
use crate::behaviour::EndOfFile;
use chipid_emrtd::tlv;

impl VirtualCard {
    pub(super) fn select(&mut self, command: &Command) -> Result<Response, Status> {
        let information = match command.p2 {
            0x0C => None,
            0x04 => Some(0x62),
            0x00 => Some(0x6F),
            _ => return Err(Status::WRONG_P1P2),
        };
        let description = match (command.p1, &*command.data) {
            (0x04, name) => {
                if name != APPLICATION {
                    return Err(Status::FILE_NOT_FOUND);
                }
                self.directory = Directory::Application;
                self.current = None;
                tlv::encode(0x84, &APPLICATION)
            }
            (0x00, [] | [0x3F, 0x00]) => {
                if self.behaviour.without_master_file_select {
                    return Err(Status::INS_UNKNOWN);
                }
                self.directory = Directory::MasterFile;
                self.current = None;
                tlv::encode(0x83, &[0x3F, 0x00])
            }
            (0x00 | 0x02, &[hi, lo]) => {
                let identifier = u16::from_be_bytes([hi, lo]);
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
        let identifier = 0x0100 | u16::from(short);
        let file = self
            .reader()
            .select(identifier, &self.card, &self.behaviour)?;
        self.current = Some(file);
        Ok(())
    }

    /// Up to `wanted` bytes from `offset` on, and never more than `room` or the behaviour allows.
    fn read(&self, offset: usize, wanted: usize, room: usize) -> Result<(Vec<u8>, Status), Status> {
        let file = self.current.ok_or(if self.is_authenticated() {
            Status::NO_CURRENT_FILE
        } else {
            Status::SECURITY_STATUS
        })?;
        let bytes =
            files::contents(file, &self.card, &self.behaviour).ok_or(Status::FILE_NOT_FOUND)?;
        if self.behaviour.max_le.is_some_and(|max| wanted > max) {
            return Err(Status::WRONG_LENGTH);
        }
        let rest = bytes
            .get(offset..)
            .filter(|rest| !rest.is_empty())
            .ok_or(Status::WRONG_OFFSET)?;
        let allowed = wanted
            .min(room)
            .min(self.behaviour.max_read.unwrap_or(usize::MAX));
        let data = rest.get(..allowed).unwrap_or(rest);
        // A bare 00 asks for "as much as there is": nothing ran over the end then.
        let over_the_end = rest.len() < wanted && !matches!(wanted, SHORT_MAX | 65_536);
        match self.behaviour.end_of_file {
            EndOfFile::Warning if over_the_end => Ok((data.to_vec(), Status::END_OF_FILE)),
            EndOfFile::WrongLength if over_the_end => {
                Err(u8::try_from(rest.len()).map_or(Status::WRONG_LENGTH, Status::right_le))
            }
            _ => Ok((data.to_vec(), Status::OK)),
        }
    }
}
