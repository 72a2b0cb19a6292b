//! What is wrong with a file, for somebody who looks into it: errors that have no number of their own.

use super::{Lang, Message, Said, errors, filled};
use chipid::ChipError;
use chipid::emrtd::asn1::{Asn1Error, Problem};
use chipid::emrtd::error::ParseError;
use chipid::emrtd::lds::card_security::CardSecurityError;
use chipid::emrtd::lds::sod::SodError;
use chipid::vietnam::qr::QrError;

/// A trouble with a file.
pub(crate) trait Trouble {
    /// In both languages.
    fn message(&self) -> Message;
}

impl Trouble for ParseError {
    fn message(&self) -> Message {
        errors::of_error(&ChipError::from(*self).into())
    }
}

impl Trouble for QrError {
    fn message(&self) -> Message {
        errors::of_error(&(*self).into())
    }
}

impl Trouble for Asn1Error {
    fn message(&self) -> Message {
        let vietnamese = match self.problem {
            Problem::Truncated => "ASN.1 kết thúc sớm ở byte {0}",
            Problem::TagUnsupported => "thẻ ASN.1 lạ ở byte {0}",
            Problem::LengthUnsupported => "độ dài ASN.1 không dùng được ở byte {0}",
            Problem::TooDeep => "ASN.1 lồng quá sâu ở byte {0}",
            Problem::UnexpectedTag { .. } => "thẻ ASN.1 khác với quy định ở byte {0}",
            Problem::TrailingBytes => "có phần thừa sau ASN.1, từ byte {0}",
            Problem::Value => "giá trị không hợp kiểu ở byte {0}",
            Problem::TooMany => "quá nhiều phần tử, từ byte {0}",
            Problem::Missing => "thiếu phần tử bắt buộc ở byte {0}",
            Problem::Version => "phiên bản hoặc loại nội dung lạ ở byte {0}",
            _ => "ASN.1 không hiểu được ở byte {0}",
        };
        Message::of(
            filled(vietnamese, &[self.offset.to_string()]),
            self.to_string(),
        )
    }
}

impl Trouble for SodError {
    fn message(&self) -> Message {
        let vietnamese = match self {
            Self::Malformed(error) => format!("EF_SOD: {}", error.message().said(Lang::Vi)),
            Self::ContentType => "EF_SOD: loại nội dung lạ".to_owned(),
            Self::DigestAlgorithm => "EF_SOD: hàm băm lạ".to_owned(),
            _ => "EF_SOD: không hiểu được".to_owned(),
        };
        Message::of(vietnamese, self.to_string())
    }
}

impl Trouble for CardSecurityError {
    fn message(&self) -> Message {
        let vietnamese = match self {
            Self::Malformed(error) => {
                format!("EF_CardSecurity: {}", error.message().said(Lang::Vi))
            }
            Self::ContentType => "EF_CardSecurity: loại nội dung lạ".to_owned(),
            _ => "EF_CardSecurity: không hiểu được".to_owned(),
        };
        Message::of(vietnamese, self.to_string())
    }
}
