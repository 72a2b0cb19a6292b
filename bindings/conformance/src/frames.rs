//! Frames on the wire between a member and the card server: four bytes of length, big-endian, and as many bytes.

use std::io::{Error, ErrorKind, Read, Write};

/// No command and no response APDU is longer (ISO/IEC 7816-4, 5.1: header, extended Lc and Le, 65 535 bytes; and two bytes
/// of status behind 65 536).
pub const MAX_APDU: usize = 65_544;

/// Reads a frame; `None` where the other side has closed before its first byte.
///
/// # Errors
/// What the stream says; [`ErrorKind::InvalidData`] for a frame that is longer than `most`, before a byte of it is read.
pub fn read(from: &mut impl Read, most: usize) -> Result<Option<Vec<u8>>, Error> {
    let mut header = [0; 4];
    let mut have = 0;
    while have < header.len() {
        match from.read(&mut header[have..]) {
            Ok(0) if have == 0 => return Ok(None),
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(more) => have += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let length = usize::try_from(u32::from_be_bytes(header)).unwrap_or(usize::MAX);
    if length > most {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

/// Writes a frame, in one piece: a header on its own would wait for an acknowledgement.
///
/// # Errors
/// What the stream says; [`ErrorKind::InvalidInput`] for more than 4 GB.
pub fn write(to: &mut impl Write, bytes: &[u8]) -> Result<(), Error> {
    let length = u32::try_from(bytes.len()).map_err(|_| ErrorKind::InvalidInput)?;
    let mut frame = Vec::with_capacity(bytes.len() + 4);
    frame.extend(length.to_be_bytes());
    frame.extend(bytes);
    to.write_all(&frame)?;
    to.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_and_long_ones_are_refused_unread() {
        let mut wire = Vec::new();
        write(&mut wire, b"vn").unwrap();
        write(&mut wire, b"").unwrap();
        let mut from = wire.as_slice();
        assert_eq!(read(&mut from, 8).unwrap().unwrap(), b"vn");
        assert_eq!(read(&mut from, 8).unwrap().unwrap(), b"");
        assert!(read(&mut from, 8).unwrap().is_none());
        let huge = [0xFF; 4];
        let refused = read(&mut huge.as_slice(), MAX_APDU).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::InvalidData);
        let cut = read(&mut [0, 0, 0, 2, 1].as_slice(), 8).unwrap_err();
        assert_eq!(cut.kind(), ErrorKind::UnexpectedEof);
    }
}
