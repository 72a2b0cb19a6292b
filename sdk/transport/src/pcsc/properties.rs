//! What a reader's driver says of it: features and properties of PC/SC part 10.

use crate::reader_profile::UsbId;
use pcsc::{Card, ctl_code};

/// Part 10, 2.2: the feature list is asked for with this code (CM_IOCTL_GET_FEATURE_REQUEST).
const GET_FEATURE_REQUEST: u32 = 3400;
/// Part 10, 2.3.
const FEATURE_GET_TLV_PROPERTIES: u8 = 0x12;
/// Part 10, 2.3. Absent where the driver keeps escape commands closed.
const FEATURE_CCID_ESC_COMMAND: u8 = 0x13;
/// Part 10, 2.6.14: dwMaxAPDUDataSize.
const MAX_APDU_DATA_SIZE: u8 = 0x0A;
/// Part 10, 2.6.14: wIdVendor.
const ID_VENDOR: u8 = 0x0B;
/// Part 10, 2.6.14: wIdProduct.
const ID_PRODUCT: u8 = 0x0C;

/// What the driver says. Many say nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// dwMaxAPDUDataSize.
    pub(super) data_size: Option<u32>,
    pub(super) usb: Option<UsbId>,
    /// The control code under which escape commands are taken.
    pub(super) escape: Option<u32>,
}

/// Asks the driver of the reader that `card` is a connection to.
pub(super) fn of_driver(card: &Card) -> Told {
    let mut buffer = [0; 258];
    let Ok(features) = card.control(ctl_code(GET_FEATURE_REQUEST.into()), &[], &mut buffer) else {
        return Told::default();
    };
    let mut told = Told {
        escape: control_code(features, FEATURE_CCID_ESC_COMMAND),
        ..Told::default()
    };
    if let Some(code) = control_code(features, FEATURE_GET_TLV_PROPERTIES) {
        let mut buffer = [0; 258];
        let properties = card.control(code.into(), &[], &mut buffer);
        told.read(properties.unwrap_or_default());
    }
    told
}

impl Told {
    /// Numbers among the properties are little endian.
    fn read(&mut self, properties: &[u8]) {
        let word = |tag| Some(u16::from_le_bytes(value(properties, tag)?.try_into().ok()?));
        self.usb = word(ID_VENDOR)
            .zip(word(ID_PRODUCT))
            .map(|(vendor, product)| UsbId::new(vendor, product));
        self.data_size = value(properties, MAX_APDU_DATA_SIZE)
            .and_then(|size| size.try_into().ok())
            .map(u32::from_le_bytes);
    }
}

/// Each feature is tag, length 4, control code in network order.
fn control_code(features: &[u8], tag: u8) -> Option<u32> {
    let code = value(features, tag)?;
    Some(u32::from_be_bytes(code.try_into().ok()?))
}

/// The value of `tag` in a list of tag, length, value with one byte each for tag and length.
fn value(mut list: &[u8], tag: u8) -> Option<&[u8]> {
    while let [found, length, rest @ ..] = list {
        let (value, after) = rest.split_at_checked(usize::from(*length))?;
        if *found == tag {
            return Some(value);
        }
        list = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(properties: &[u8]) -> Told {
        let mut told = Told::default();
        told.read(properties);
        told
    }

    #[test]
    fn size_and_id_are_read_from_the_properties() {
        let list = [
            0x01, 2, 9, 9, 0x0A, 4, 0, 0, 1, 0, 0x0B, 2, 0x6B, 0x07, 0x0C, 2, 0x22, 0x50,
        ];
        assert_eq!(
            told(&list),
            Told {
                data_size: Some(0x10000),
                usb: Some(UsbId::new(0x076b, 0x5022)),
                escape: None,
            }
        );
        // A vendor without a product is no id, and a number of another width none.
        assert_eq!(told(&list[..14]).usb, None);
        assert_eq!(told(&[0x0A, 2, 0, 1]), Told::default());
    }

    #[test]
    fn codes_are_in_network_order() {
        let features = [0x12, 4, 0x42, 0x33, 0, 0x12, 0x13, 4, 0x42, 0, 0x0D, 0xAC];
        assert_eq!(control_code(&features, 0x13), Some(0x4200_0DAC));
        assert_eq!(control_code(&features, 0x06), None);
    }

    #[test]
    fn broken_lists_end() {
        let list = [0x01, 0x02, 9, 9, 0x0A, 0x04, 0, 0, 1, 0];
        assert_eq!(value(&list, 0x0A), Some(&[0, 0, 1, 0][..]));
        assert_eq!(value(&list, 0x0B), None);
        assert_eq!(value(&list[..8], 0x0A), None);
        assert_eq!(value(&[0x0A], 0x0A), None);
    }
}
