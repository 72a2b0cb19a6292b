//! Customers' records against cards, in words: `docs/reference/customer-records.md` has the permanent ones.

use super::{Text, texts};
use chipid::vietnam::customer::{Action, Outcome, Reason};

texts! {
    NO_COLUMNS: "danh sách không có dòng tên cột", "the list has no line of column names";
    NO_FILES_COLUMN: "danh sách thiếu cột files", "the list has no column files";
    COLUMN_TWICE: "danh sách có một cột ghi hai lần", "the list has one column twice";
    GIVE_RECORDS: "dòng đầu tiên ghi tên cột: id, number, name, birth, files…; `chipid customers --help`",
        "the first line names the columns: id, number, name, birth, files…; `chipid customers --help`";
    WORK_LIST_UNWRITABLE: "không ghi được danh sách việc", "the work list cannot be written";
    NO_ROWS: "Danh sách không có dòng nào.", "The list has no rows.";

    SETTLE_DOCUMENT: "Giải quyết vướng mắc về thẻ trước", "Settle what is the matter with the card first";
    DO_NOT_USE_CARD: "Không dùng dữ liệu của thẻ này", "Do not use this card's data";
    READ_CARD: "Đọc thẻ (lại)", "Read the card (again)";
    FIX_ROW: "Sửa dòng trong danh sách", "Put the row right";

    ROW_UNREADABLE: "dòng không đọc được (thừa dấu ngăn cách, hoặc sai định dạng)",
        "the row cannot be read (a delimiter too many, or broken)";
    ROW_TOO_LONG: "dòng quá dài (có thể thiếu dấu ngoặc kép đóng)",
        "the row is too long (a quotation mark may be open)";
    FILES_NOT_NAMED: "dòng không ghi thư mục của thẻ", "the row names no folder of a card";
    FILES_OUTSIDE: "thư mục nằm ngoài thư mục của danh sách", "the folder lies outside the list's folder";
    FILES_MISSING: "thư mục không có tệp của thẻ", "the folder holds no files of a card";
    FILES_UNREADABLE: "không đọc được tệp của thẻ", "the card's files cannot be read";
    NOT_AUTHENTICATED: "dữ liệu thẻ không chứng minh được", "the card's data are not proven";
    NOT_VIETNAMESE_CARD: "không phải thẻ căn cước Việt Nam", "not a Vietnamese identity card";
    QR_UNREADABLE: "nội dung mã QR không đọc được, đã bỏ qua",
        "the QR text cannot be read and was left out";
}

/// An outcome.
pub(crate) fn outcome(outcome: Outcome) -> Text {
    match outcome {
        Outcome::Same => Text("cùng một người", "the same person"),
        Outcome::SameSpeltDifferently => Text(
            "cùng một người, ghi khác cách",
            "the same person, written differently",
        ),
        Outcome::SameNumberChanged => Text(
            "cùng một người, số giấy tờ đã đổi",
            "the same person, the number changed",
        ),
        Outcome::RecordIncomplete => Text(
            "hồ sơ thiếu hoặc sai, chưa kết luận được",
            "the record is incomplete: nobody can say",
        ),
        Outcome::AnotherPerson => Text("người khác", "another person"),
        _ => Text("", ""),
    }
}

/// A next step.
pub(crate) fn action(action: Action) -> Text {
    match action {
        Action::Nothing => Text("Không cần làm gì", "Nothing to do"),
        Action::UpdateDocument => Text(
            "Cập nhật ngày cấp, hạn dùng, nơi thường trú theo thẻ",
            "Take day of issue, expiry and residence over from the card",
        ),
        Action::UpdateRecord => Text(
            "Sửa cách ghi trong hồ sơ theo thẻ",
            "Take the spelling over from the card",
        ),
        Action::UpdateNumber => Text(
            "Ghi số mới theo thẻ, giữ số cũ làm số trước đây",
            "Store the card's number, keep the old one as an earlier one",
        ),
        Action::AskForNewerCard => Text(
            "Hồ sơ theo thẻ mới hơn: yêu cầu khách đưa thẻ đó",
            "The record knows a later card: ask for it",
        ),
        Action::CompleteRecord => Text(
            "Bổ sung phần thiếu hoặc hỏng từ hồ sơ gốc, rồi so lại",
            "Fill in what is missing or garbled from the customer's file, then compare again",
        ),
        Action::AskForNumberHistory => Text(
            "Yêu cầu khách chứng minh số cũ (mã QR, thẻ cũ, VNeID), rồi so lại",
            "Ask for what shows the earlier number (QR code, old card, VNeID), then compare again",
        ),
        Action::ReviewByPerson => Text(
            "Cần người đối chiếu hồ sơ gốc với thẻ",
            "A person compares the customer's file with the card",
        ),
        Action::KeepApart => Text(
            "KHÔNG GỘP: hồ sơ của người khác; tìm đúng hồ sơ và báo người phụ trách",
            "KEEP APART: somebody else's record; find the right one and tell whoever is in charge",
        ),
        _ => Text("", ""),
    }
}

/// A reason.
pub(crate) fn reason(reason: Reason) -> Text {
    match reason {
        Reason::NumberMissing => Text("hồ sơ không có số giấy tờ", "the record has no number"),
        Reason::NumberScientific => Text(
            "số bị bảng tính đổi thành dạng 1.099E+09, mất chữ số",
            "a spreadsheet turned the number into 1.099E+09: digits are lost",
        ),
        Reason::NumberMalformed => Text("số giấy tờ sai dạng", "the number is malformed"),
        Reason::NumberOfOtherDocument => Text(
            "số của loại giấy tờ khác (như hộ chiếu)",
            "the number of another document, as a passport",
        ),
        Reason::CardNumberMissing => Text(
            "không đọc được số trên thẻ",
            "the card's number is not known",
        ),
        Reason::NumberLostZeros => Text(
            "số bị mất chữ số 0 ở đầu",
            "the number lost its leading zeros",
        ),
        Reason::NumberIsDocumentNumber => Text(
            "hồ sơ chỉ ghi chín số cuối (số trong MRZ)",
            "the record has the last nine digits alone",
        ),
        Reason::OldNumberOnCard => Text(
            "hồ sơ ghi số cũ, thẻ xác nhận",
            "the record has the old number that the card names",
        ),
        Reason::OldNumberLostZero => Text(
            "hồ sơ ghi số cũ bị mất số 0 ở đầu",
            "the record has the old number without its leading zero",
        ),
        Reason::OldNumberInQr => Text(
            "hồ sơ ghi số cũ có trong mã QR (không có chữ ký)",
            "the record has an old number of the QR code, which nobody signed",
        ),
        Reason::OldNumberShared => Text(
            "số đã đổi, hồ sơ và thẻ cùng ghi một số cũ",
            "the number changed; record and card name the same earlier one",
        ),
        Reason::CardNumberIsOlder => Text(
            "hồ sơ coi số trên thẻ là số cũ",
            "the record has the card's number as an earlier one",
        ),
        Reason::OldNumberNotOnCard => Text(
            "hồ sơ ghi số CMND mà thẻ không cho biết",
            "the record has an old number, and the card does not say which its holder had",
        ),
        Reason::OldNumberDiffers => Text(
            "số CMND khác với thẻ",
            "another old number than the card names",
        ),
        Reason::QrOfAnotherCard => Text("mã QR của thẻ khác", "the QR code is another card's"),
        Reason::NumberOneDigit => Text("số lệch một chữ số", "the number differs in one digit"),
        Reason::NumberDiffers => Text("số khác nhau", "the numbers differ"),
        Reason::NameMissing => Text("hồ sơ không có họ tên", "the record has no name"),
        Reason::NameUnreadable => Text(
            "họ tên hỏng phông chữ (TCVN3, VNI…)",
            "the name is garbled (an encoding of old)",
        ),
        Reason::NameForeignScript => Text(
            "họ tên lẫn chữ cái lạ trông giống chữ Việt",
            "the name has letters of another script",
        ),
        Reason::CardNameMissing => Text(
            "không đọc được họ tên trên thẻ",
            "the card's name is not known",
        ),
        Reason::NameInZoneAlone => Text(
            "chỉ so được với tên không dấu trong MRZ",
            "only the zone's name was there to compare with",
        ),
        Reason::NameCase => Text("khác chữ hoa, chữ thường", "capitals differ"),
        Reason::NameSpacing => Text("khác dấu cách hoặc gạch nối", "spaces or hyphens differ"),
        Reason::NameWithoutDiacritics => {
            Text("hồ sơ ghi không dấu", "the record has no diacritics")
        }
        Reason::NameTonePlace => Text(
            "khác chỗ đặt dấu thanh (hoà, hòa)",
            "the tone stands elsewhere (hoà, hòa)",
        ),
        Reason::NameIOrY => Text("khác i và y (Lí, Lý)", "i for y (Lí, Lý)"),
        Reason::NameWordOrder => Text("khác thứ tự họ và tên", "the words stand in another order"),
        Reason::NameIsOtherName => Text("là tên khác ghi trên thẻ", "it is the card's second name"),
        Reason::NameDiacriticsDiffer => {
            Text("khác dấu (Thủy, Thùy)", "other diacritics (Thủy, Thùy)")
        }
        Reason::NameOneLetter => Text("họ tên lệch một chữ cái", "the name differs in one letter"),
        Reason::NameWordMissing => Text(
            "thừa hoặc thiếu một chữ đệm",
            "one middle word too many or missing",
        ),
        Reason::NameAbbreviated => Text("họ tên viết tắt", "the name is abbreviated"),
        Reason::NameTruncated => Text("họ tên bị cắt cuối", "the name is cut off"),
        Reason::NameDiffers => Text("họ tên khác nhau", "the names differ"),
        Reason::BirthMissing => Text("hồ sơ không có ngày sinh", "the record has no birth"),
        Reason::BirthUnreadable => Text(
            "ngày sinh trong hồ sơ sai dạng",
            "the record's birth is no day",
        ),
        Reason::CardBirthMissing => Text(
            "không đọc được ngày sinh trên thẻ",
            "the card's birth is not known",
        ),
        Reason::BirthYearOnly => Text("chỉ biết năm sinh", "only the year of birth is known"),
        Reason::BirthTwoDigitYear => Text(
            "năm sinh ghi hai chữ số",
            "the year of birth has two digits",
        ),
        Reason::BirthSerial => Text(
            "ngày sinh ghi dạng số của bảng tính",
            "the birth is a spreadsheet's count",
        ),
        Reason::BirthDayMonthSwapped => {
            Text("đảo ngày và tháng sinh", "day and month changed places")
        }
        Reason::BirthOneDigit => Text(
            "ngày sinh lệch một chữ số",
            "the birth differs in one digit",
        ),
        Reason::BirthDiffers => Text("ngày sinh khác nhau", "the births differ"),
        Reason::SexDiffers => Text("giới tính khác nhau", "the sexes differ"),
        Reason::CardNewer => Text(
            "khách đã đổi thẻ mới",
            "the record was made from an earlier card",
        ),
        Reason::CardOlder => Text(
            "hồ sơ theo thẻ mới hơn",
            "the record was made from a later card",
        ),
        Reason::ExpiryDiffers => Text("ngày hết hạn khác nhau", "the days of expiry differ"),
        Reason::ResidenceDiffers => Text("nơi thường trú khác nhau", "the residences differ"),
        _ => Text("", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_action_and_reason_has_words() {
        let all = Outcome::ALL
            .iter()
            .map(|o| outcome(*o))
            .chain(Action::ALL.iter().map(|a| action(*a)))
            .chain(Reason::ALL.iter().map(|r| reason(*r)));
        let mut seen = std::collections::BTreeSet::new();
        for text in all {
            assert!(!text.0.is_empty() && !text.1.is_empty());
            assert!(seen.insert(text.0), "{} stands twice", text.0);
        }
    }
}
