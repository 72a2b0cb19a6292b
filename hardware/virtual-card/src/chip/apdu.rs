//! Command and response APDUs as the chip sees them.
//!
//! ISO/IEC 7816-3, 12.1 (cases 1 to 4, short and extended); ISO/IEC 7816-4, 5.6 (status words); Doc 9303-10, 3.6.

/// SW1 SW2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Status(pub(crate) u16);

impl Status {
    pub(crate) const OK: Self = Self(0x9000);
    pub(crate) const END_OF_FILE: Self = Self(0x6282);
    pub(crate) const FILE_INVALIDATED: Self = Self(0x6283);
    pub(crate) const AUTHENTICATION_FAILED: Self = Self(0x6300);
    pub(crate) const WRONG_LENGTH: Self = Self(0x6700);
    pub(crate) const LAST_OF_CHAIN_EXPECTED: Self = Self(0x6883);
    pub(crate) const CHAINING_UNSUPPORTED: Self = Self(0x6884);
    pub(crate) const SECURITY_STATUS: Self = Self(0x6982);
    pub(crate) const BLOCKED: Self = Self(0x6983);
    pub(crate) const CONDITIONS: Self = Self(0x6985);
    pub(crate) const NO_CURRENT_FILE: Self = Self(0x6986);
    pub(crate) const SM_OBJECT_MISSING: Self = Self(0x6987);
    pub(crate) const SM_OBJECT_INCORRECT: Self = Self(0x6988);
    pub(crate) const WRONG_DATA: Self = Self(0x6A80);
    pub(crate) const FILE_NOT_FOUND: Self = Self(0x6A82);
    pub(crate) const WRONG_P1P2: Self = Self(0x6A86);
    pub(crate) const PARAMETERS_INCONSISTENT: Self = Self(0x6A87);
    pub(crate) const REFERENCE_NOT_FOUND: Self = Self(0x6A88);
    pub(crate) const WRONG_OFFSET: Self = Self(0x6B00);
    pub(crate) const INS_UNKNOWN: Self = Self(0x6D00);
    pub(crate) const CLA_UNKNOWN: Self = Self(0x6E00);
    pub(crate) const FAILURE: Self = Self(0x6F00);

    /// 63Cx: wrong, and so many tries are left.
    pub(crate) const fn tries_left(tries: u8) -> Self {
        Self(0x63C0 | (tries & 0x0F) as u16)
    }

    /// 61xx: so many bytes are left (00: 256 or more).
    pub(crate) fn more(len: usize) -> Self {
        Self(0x6100 | u16::from(u8::try_from(len).unwrap_or(0)))
    }

    /// 6Cxx: wrong Le, this is the right one.
    pub(crate) const fn right_le(le: u8) -> Self {
        Self(0x6C00 | le as u16)
    }
}

/// What an instruction answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Response {
    pub(crate) data: Vec<u8>,
    pub(crate) status: Status,
}

impl Response {
    pub(crate) const fn data(data: Vec<u8>) -> Self {
        Self {
            data,
            status: Status::OK,
        }
    }

    /// Data, then SW1 SW2.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.data.clone();
        out.extend(self.status.0.to_be_bytes());
        out
    }
}

impl From<Status> for Response {
    fn from(status: Status) -> Self {
        Self {
            data: Vec::new(),
            status,
        }
    }
}

/// A command APDU, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Command {
    pub(crate) cla: u8,
    pub(crate) ins: u8,
    pub(crate) p1: u8,
    pub(crate) p2: u8,
    pub(crate) data: Vec<u8>,
    /// Ne: how many bytes of data are wanted at most; `None` where Le is absent.
    pub(crate) expected: Option<usize>,
    /// Whether Lc or Le came in the extended form.
    pub(crate) extended: bool,
}

impl Command {
    /// Whether CLA says that the command comes protected.
    pub(crate) const fn is_protected(&self) -> bool {
        self.cla & 0x0C == 0x0C
    }

    /// Whether CLA says that more commands of the chain follow.
    pub(crate) const fn is_chained(&self) -> bool {
        self.cla & 0x10 != 0
    }

    pub(crate) const fn p1p2(&self) -> u16 {
        (self.p1 as u16) << 8 | self.p2 as u16
    }

    /// Takes `bytes` apart; the status word to answer with where they are no command APDU.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Status> {
        let Some((&[cla, ins, p1, p2], body)) = bytes.split_first_chunk::<4>() else {
            return Err(Status::WRONG_LENGTH);
        };
        let (data, expected, extended) = match *body {
            [] => (&[][..], None, false),
            [le] => (&[][..], Some(short_le(le)), false),
            [0, hi, lo] => (&[][..], Some(extended_le(hi, lo)), true),
            [0, hi, lo, ref rest @ ..] => {
                let lc = usize::from(u16::from_be_bytes([hi, lo]));
                let (data, le) = rest.split_at_checked(lc).ok_or(Status::WRONG_LENGTH)?;
                match *le {
                    [] if lc > 0 => (data, None, true),
                    [hi, lo] if lc > 0 => (data, Some(extended_le(hi, lo)), true),
                    _ => return Err(Status::WRONG_LENGTH),
                }
            }
            [lc, ref rest @ ..] => {
                let (data, le) = rest
                    .split_at_checked(usize::from(lc))
                    .ok_or(Status::WRONG_LENGTH)?;
                match *le {
                    [] if lc > 0 => (data, None, false),
                    [le] if lc > 0 => (data, Some(short_le(le)), false),
                    _ => return Err(Status::WRONG_LENGTH),
                }
            }
        };
        Ok(Self {
            cla,
            ins,
            p1,
            p2,
            data: data.to_vec(),
            expected,
            extended,
        })
    }
}

const fn short_le(le: u8) -> usize {
    if le == 0 { 256 } else { le as usize }
}

const fn extended_le(hi: u8, lo: u8) -> usize {
    let le = u16::from_be_bytes([hi, lo]);
    if le == 0 { 65_536 } else { le as usize }
}

/// The number that a DO 97 carries: one byte as a short Le, two as an extended one.
pub(crate) const fn protected_le(value: &[u8]) -> Option<usize> {
    match *value {
        [le] => Some(short_le(le)),
        [hi, lo] => Some(extended_le(hi, lo)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(hex: &str) -> Result<(Vec<u8>, Option<usize>, bool), Status> {
        Command::parse(&hex::decode(hex).unwrap()).map(|c| (c.data, c.expected, c.extended))
    }

    #[test]
    fn the_seven_forms() {
        assert_eq!(parse("00A4000C"), Ok((vec![], None, false)));
        assert_eq!(parse("0084000008"), Ok((vec![], Some(8), false)));
        assert_eq!(parse("00B0000000"), Ok((vec![], Some(256), false)));
        assert_eq!(parse("00A4020C02011E"), Ok((vec![1, 0x1E], None, false)));
        assert_eq!(
            parse("00A4020C02011E00"),
            Ok((vec![1, 0x1E], Some(256), false))
        );
        assert_eq!(parse("00B00000000000"), Ok((vec![], Some(65_536), true)));
        assert_eq!(parse("00A4020C000002011E"), Ok((vec![1, 0x1E], None, true)));
        assert_eq!(
            parse("00A4020C000002011E0100"),
            Ok((vec![1, 0x1E], Some(256), true))
        );
    }

    #[test]
    fn what_is_no_command_is_a_wrong_length() {
        for hex in [
            "",
            "00A4",
            "00A4020C03011E",
            "00A4020C02011E0000",
            "00A4020C0000",
            "00A4020C00000201",
        ] {
            assert_eq!(parse(hex), Err(Status::WRONG_LENGTH), "{hex}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_never_panic(bytes: Vec<u8>) {
            if let Ok(command) = Command::parse(&bytes) {
                proptest::prop_assert!(command.data.len() <= bytes.len());
            }
        }
    }
}
