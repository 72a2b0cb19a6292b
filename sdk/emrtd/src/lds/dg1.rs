//! DG1: the machine readable zone.
//!
//! Doc 9303-10, 4.7.1.

use crate::error::{ParseError, ParseErrorKind};
use crate::file_id::FileId;
use crate::mrz::Mrz;
use crate::tlv::outer;

/// Reads `61 { 5F1F zone }`.
///
/// # Errors
/// [`ParseError`] with the offset in the file; [`ParseErrorKind::CheckDigit`] where a check digit is wrong.
pub fn parse(bytes: &[u8]) -> Result<Mrz, ParseError> {
    let file = outer(bytes, FileId::DG1.tag()).map_err(|e| ParseError::of_tlv(FileId::DG1, e))?;
    let zone = file
        .children()
        .expect(0x5F1F)
        .map_err(|e| ParseError::of_tlv(FileId::DG1, e))?;
    let start = zone
        .offset
        .saturating_add(zone.raw.len().saturating_sub(zone.value.len()));
    let error = |offset: usize, kind| {
        ParseError::new(Some(FileId::DG1), start.saturating_add(offset), kind)
    };
    let text = core::str::from_utf8(zone.value)
        .map_err(|e| error(e.valid_up_to(), ParseErrorKind::Value))?;
    Mrz::parse(text).map_err(|e| error(e.offset, e.kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tlv::encode;

    const ZONE: &[u8] =
        b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10";

    #[test]
    fn the_zone_is_read() {
        let file = encode(0x61, &encode(0x5F1F, ZONE));
        assert_eq!(parse(&file).unwrap().issuing_state(), "UTO");
        let mut padded = file;
        padded.extend_from_slice(&[0; 7]);
        assert!(parse(&padded).is_ok());
    }

    #[test]
    fn errors_count_from_the_file() {
        let mut file = encode(0x61, &encode(0x5F1F, ZONE));
        file[5 + 53] = b'7';
        assert_eq!(
            parse(&file).unwrap_err(),
            ParseError::new(Some(FileId::DG1), 5 + 53, ParseErrorKind::CheckDigit)
        );
        file[5] = 0xFF;
        assert_eq!(parse(&file).unwrap_err().offset, 5);
    }
}
