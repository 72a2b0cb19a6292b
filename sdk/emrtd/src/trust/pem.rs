//! PEM: base64 between lines of dashes (RFC 7468), several blocks to a file, with or without talk between them.

use alloc::vec::Vec;

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";

/// The contents of every block, whatever its label says. `None` where there is no block, or a broken one.
pub(super) fn blocks(text: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut blocks = Vec::new();
    let mut current: Option<Vec<u8>> = None;
    for line in text.split(|b| *b == b'\n') {
        let line = line.trim_ascii();
        if line.starts_with(BEGIN) {
            if current.replace(Vec::new()).is_some() {
                return None;
            }
        } else if line.starts_with(END) {
            blocks.push(base64(&current.take()?)?);
        } else if let Some(body) = &mut current {
            body.extend_from_slice(line);
        }
    }
    (current.is_none() && !blocks.is_empty()).then_some(blocks)
}

/// Whether the bytes hold a PEM block.
pub(super) fn is_pem(bytes: &[u8]) -> bool {
    bytes.first() != Some(&0x30) && bytes.windows(BEGIN.len()).any(|w| w == BEGIN)
}

/// Base64 with the standard alphabet (RFC 4648, 4).
fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let digits = text.iter().take_while(|b| **b != b'=').count();
    let (body, padding) = text.split_at_checked(digits)?;
    if !text.len().is_multiple_of(4) || padding.len() > 2 || padding.iter().any(|b| *b != b'=') {
        return None;
    }
    let mut bytes = Vec::with_capacity(body.len());
    let mut buffer = 0u32;
    let mut bits = 0u32;
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        buffer = (buffer & 0x00FF_FFFF) << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits & 0xFF) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648, 10.
    #[test]
    fn base64_vectors() {
        for (text, bytes) in [
            (&b""[..], &b""[..]),
            (b"Zg==", b"f"),
            (b"Zm8=", b"fo"),
            (b"Zm9v", b"foo"),
            (b"Zm9vYmFy", b"foobar"),
        ] {
            assert_eq!(base64(text).as_deref(), Some(bytes));
        }
        for broken in [&b"Zg"[..], b"Z===", b"Zm9v!A==", b"Zg=A"] {
            assert_eq!(base64(broken), None);
        }
    }

    #[test]
    fn blocks_with_talk_around() {
        let text = b"subject=x\r\n-----BEGIN A-----\r\nZm9v\r\nYmFy\r\n-----END A-----\nmore\n-----BEGIN B-----\nZg==\n-----END B-----";
        assert_eq!(
            blocks(text),
            Some(alloc::vec![b"foobar".to_vec(), b"f".to_vec()])
        );
        assert_eq!(blocks(b"-----BEGIN A-----\nZm9v"), None);
        assert_eq!(blocks(b"nothing"), None);
    }
}
