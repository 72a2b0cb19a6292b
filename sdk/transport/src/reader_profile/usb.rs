//! The id of a USB device: idVendor and idProduct of its device descriptor (USB 2.0, 9.6.1).

use std::fmt;
use std::str::FromStr;

/// Which product a USB device is, as `076b:5022`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UsbId {
    /// idVendor.
    pub vendor: u16,
    /// idProduct.
    pub product: u16,
}

impl UsbId {
    /// The product `product` of the maker `vendor`.
    #[must_use]
    pub const fn new(vendor: u16, product: u16) -> Self {
        Self { vendor, product }
    }
}

impl fmt::Display for UsbId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04x}:{:04x}", self.vendor, self.product)
    }
}

impl fmt::Debug for UsbId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is not four hexadecimal digits, a colon, and four more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAUsbId;

impl fmt::Display for NotAUsbId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a USB id")
    }
}

impl std::error::Error for NotAUsbId {}

impl FromStr for UsbId {
    type Err = NotAUsbId;

    fn from_str(text: &str) -> Result<Self, NotAUsbId> {
        let (vendor, product) = text.split_once(':').ok_or(NotAUsbId)?;
        let number = |digits: &str| match digits.len() == 4 && !digits.starts_with('+') {
            true => u16::from_str_radix(digits, 16).map_err(|_| NotAUsbId),
            false => Err(NotAUsbId),
        };
        Ok(Self::new(number(vendor)?, number(product)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_is_written_as_it_is_read() {
        for text in ["076b:5022", "0000:ffff"] {
            assert_eq!(text.parse::<UsbId>().unwrap().to_string(), text);
        }
        assert_eq!("076B:5022".parse(), Ok(UsbId::new(0x076b, 0x5022)));
        for text in [
            "",
            "076b",
            "76b:5022",
            "+76b:5022",
            "076b:502g",
            "076b:50220",
        ] {
            assert_eq!(text.parse::<UsbId>(), Err(NotAUsbId), "{text}");
        }
    }
}
