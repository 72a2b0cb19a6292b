//! The authentication tokens.
//!
//! Doc 9303-11, 4.4.3.4 (token) and 9.4.5 (public key data object).

use crate::crypto::cipher::LengthError;
use crate::crypto::mac::MAC_LEN;
use crate::security_info::PaceInfo;
use crate::tlv::{encode, encode_all};

/// MAC over `7F49 { 06 protocol, 84 or 86 public key }`, the key as it crossed the wire.
pub(super) fn authentication_token(
    info: &PaceInfo,
    mac_key: &[u8],
    key_tag: u32,
    key: &[u8],
) -> Result<[u8; MAC_LEN], LengthError> {
    let data = encode_all(
        0x7F49,
        &[
            &encode(0x06, info.protocol.as_bytes()),
            &encode(key_tag, key),
        ],
    );
    info.cipher.mac(mac_key, &data)
}
