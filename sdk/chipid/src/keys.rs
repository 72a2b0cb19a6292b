//! Access keys from whatever is at hand.

use crate::error::Error;
use chipid_emrtd::access_key::{AccessKey, AccessKeys};
use chipid_vietnam::personal_number::PersonalNumber;
use chipid_vietnam::qr::QrText;

/// The key of a Vietnamese card from its 12-digit personal number: the last six digits are its CAN.
///
/// # Errors
/// [`Error::PersonalNumber`].
pub fn from_personal_number(number: &str) -> Result<AccessKeys, Error> {
    let number = PersonalNumber::new(number.trim())?;
    Ok(AccessKey::can(number.can())?.into())
}

/// The key of a Vietnamese card from the text of its QR code, and the text itself, to be compared with the signed data
/// ([`Assessment::with_qr`](crate::Assessment::with_qr)). The QR code is not signed: nothing in it is believed.
///
/// # Errors
/// [`Error::Qr`].
pub fn from_qr(text: &str) -> Result<(AccessKeys, QrText), Error> {
    let qr = QrText::parse(text)?;
    let keys = AccessKey::can(qr.number.can())?.into();
    Ok((keys, qr))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_lead_to_the_same_can() {
        let can: AccessKeys = AccessKey::can("000017").unwrap().into();
        assert_eq!(from_personal_number("001099000017").unwrap(), can);
        let (keys, _) =
            from_qr("001099000017||Lê Thử Nghiệm|15031999|Nam|Số 1 Phố Mẫu, Hà Nội|10052021")
                .unwrap();
        assert_eq!(keys, can);
        assert!(from_personal_number("00109900001").is_err());
        assert!(from_qr("nonsense").is_err());
    }
}
