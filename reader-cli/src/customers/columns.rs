//! The columns of a list, by the names that banks give them.

use super::{Record, Shown, Trouble};
use chipid::vietnam::customer::CustomerRecord;
use chipid::vietnam::name::fold;
use zeroize::Zeroizing;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Id,
    Number,
    OldNumber,
    Name,
    Birth,
    Sex,
    Issue,
    Expiry,
    Residence,
    Files,
    Qr,
}

impl Column {
    /// By its name in English or Vietnamese, whatever the case, the diacritics and what stands between the words.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let folded = fold(name);
        let letters: String = folded.chars().filter(char::is_ascii_alphanumeric).collect();
        Some(match letters.as_str() {
            "ID" | "CUSTOMER" | "CUSTOMERID" | "MA" | "MAKH" | "MAKHACHHANG" | "CIF" => Self::Id,
            "NUMBER" | "PERSONALNUMBER" | "SO" | "SOGIAYTO" | "SODINHDANH" | "SOCCCD" | "CCCD" => {
                Self::Number
            }
            "OLDNUMBER" | "OLDNUMBERS" | "SOCU" | "SOGIAYTOCU" | "CMND" | "SOCMND" => {
                Self::OldNumber
            }
            "NAME" | "FULLNAME" | "HOTEN" | "HOVATEN" | "TEN" => Self::Name,
            "BIRTH" | "BIRTHDATE" | "DATEOFBIRTH" | "NGAYSINH" => Self::Birth,
            "SEX" | "GENDER" | "GIOITINH" => Self::Sex,
            "ISSUE" | "ISSUED" | "ISSUEDATE" | "NGAYCAP" => Self::Issue,
            "EXPIRY" | "EXPIRYDATE" | "NGAYHETHAN" | "COGIATRIDEN" => Self::Expiry,
            "RESIDENCE" | "ADDRESS" | "NOITHUONGTRU" | "DIACHI" => Self::Residence,
            "FILES" | "FOLDER" | "THUMUC" | "TEP" => Self::Files,
            "QR" | "MAQR" => Self::Qr,
            _ => return None,
        })
    }
}

/// A row that grows value by value.
#[derive(Default)]
pub(crate) struct Builder {
    pub(crate) id: Zeroizing<String>,
    record: Record,
    customer: CustomerRecord,
    too_long: bool,
}

/// No value of a record is longer, in bytes.
const MAX_VALUE: usize = 16 * 1024;

impl Builder {
    pub(crate) fn put(&mut self, column: Column, value: &str) {
        if value.len() > MAX_VALUE {
            self.too_long = true;
            return;
        }
        let customer = std::mem::take(&mut self.customer);
        let kept = || Zeroizing::new(value.trim().to_owned());
        self.customer = match column {
            Column::Number => {
                self.record.shown.number = kept();
                customer.number(value)
            }
            Column::OldNumber => customer.old_number(value),
            Column::Name => {
                self.record.shown.name = kept();
                customer.name(value)
            }
            Column::Birth => {
                self.record.shown.birth = kept();
                customer.birth(value)
            }
            Column::Sex => customer.sex(value),
            Column::Issue => customer.issue(value),
            Column::Expiry => customer.expiry(value),
            Column::Residence => customer.residence(value),
            other => {
                match other {
                    Column::Id => self.id = kept(),
                    Column::Files => self.record.files = kept(),
                    _ => self.record.qr = Some(kept()).filter(|text| !text.is_empty()),
                }
                customer
            }
        };
    }

    pub(crate) fn finish(mut self) -> Result<Record, Trouble> {
        if self.too_long {
            return Err(Trouble::RowTooLong);
        }
        self.record.customer = self.customer;
        Ok(self.record)
    }
}

/// Nothing of a person.
impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shown")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_by_the_names_that_people_give_them() {
        for (name, column) in [
            ("number", Column::Number),
            ("Số CCCD", Column::Number),
            ("Họ và tên", Column::Name),
            ("ho_ten", Column::Name),
            ("Ngày sinh", Column::Birth),
            (" FILES ", Column::Files),
            ("old_number", Column::OldNumber),
            ("Nơi thường trú", Column::Residence),
        ] {
            assert_eq!(Column::named(name), Some(column), "{name}");
        }
        assert_eq!(Column::named("phone"), None);
        assert_eq!(Column::named(""), None);
    }
}
