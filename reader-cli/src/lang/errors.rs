//! The library's errors in Vietnamese, by their permanent codes (`docs/reference/error-codes.md`). Their English is
//! their own `Display`.

use super::{Lang, Message, Said, Text, failures, filled};
use chipid::emrtd::error::{
    AccessError, ChipError as Refusal, LimitError, ParseError, SecureMessagingError,
};
use chipid::processing::ProcessingError;
use chipid::qr_image::QrImageError;
use chipid::vietnam::mrz_repair::MrzRepairError;
use chipid::vietnam::personal_number::PersonalNumberError;
use chipid::vietnam::qr::QrError;
use chipid::{ChipError, Error, FaceError, PolicyError, TrustError};
use chipid_virtual_card::VirtualCardError;
use std::io::ErrorKind;

/// An error of the library, as a person reads it.
pub(crate) fn of_error(error: &Error) -> Message {
    match error {
        Error::File { path, kind } => failures::ABOUT_FILE.with([&path.display(), &of_kind(*kind)]),
        Error::Chip(ChipError::Access(AccessError::WrongKey {
            tries_left: Some(left),
        })) => Message::of(
            format!("{}; còn {left} lần thử", vietnamese(error.code(), &[])),
            error.to_string(),
        ),
        _ => Message::of(vietnamese(error.code(), &values(error)), error.to_string()),
    }
}

/// An error of a virtual card.
pub(crate) fn of_virtual_card(error: VirtualCardError) -> Message {
    match error {
        VirtualCardError::Io { kind } => failures::ABOUT_FILE.with([
            &Text("tệp hoặc kết nối của thẻ", "the card's files or socket"),
            &of_kind(kind),
        ]),
        VirtualCardError::CardFile { entry }
        | VirtualCardError::ProfileInvalid { entry }
        | VirtualCardError::HolderInvalid { entry } => Message::of(
            vietnamese(error.code(), &[entry.to_owned()]),
            error.to_string(),
        ),
        _ => Message::of(vietnamese(error.code(), &[]), error.to_string()),
    }
}

/// What the system says of a file, in plainer words where there are some.
pub(crate) fn of_kind(kind: ErrorKind) -> Message {
    use super::Sentence;
    match kind {
        ErrorKind::NotFound => failures::NO_SUCH_FILE.message(),
        ErrorKind::PermissionDenied => failures::NOT_PERMITTED.message(),
        ErrorKind::IsADirectory => failures::IS_A_FOLDER.message(),
        ErrorKind::NotADirectory => failures::IS_NO_FOLDER.message(),
        ErrorKind::AlreadyExists => failures::THERE_ALREADY.message(),
        ErrorKind::StorageFull => failures::DISK_FULL.message(),
        ErrorKind::ReadOnlyFilesystem => failures::READ_ONLY.message(),
        ErrorKind::InvalidData => failures::NOT_TEXT.message(),
        ErrorKind::ConnectionRefused => failures::CONNECTION_REFUSED.message(),
        other => failures::SYSTEM_SAYS.with([&other]),
    }
}

/// The sentence for a code, its places filled; the bare number for one that the table does not have.
pub(super) fn vietnamese(code: u16, values: &[String]) -> String {
    TABLE.iter().find(|(known, _)| *known == code).map_or_else(
        || format!("lỗi số {code}"),
        |(_, text)| filled(text, values),
    )
}

/// What fills the places of an error's sentence, in their order.
fn values(error: &Error) -> Vec<String> {
    match error {
        Error::Chip(e) => of_chip(e),
        Error::Trust(
            TrustError::Malformed { source, .. }
            | TrustError::TooLarge { source }
            | TrustError::Unrecognised { source }
            | TrustError::RootNotCertificate { source }
            | TrustError::ScopeOnList { source }
            | TrustError::MasterListRefused { source },
        ) => vec![source.clone()],
        Error::Face(e) => of_face(e),
        Error::Qr(QrError::TooLong { found } | QrError::TooFewFields { found }) => {
            vec![found.to_string()]
        }
        Error::Qr(QrError::Number(e)) => vec![vietnamese(e.code(), &of_number(*e))],
        Error::QrImage(
            QrImageError::OtherCodes { found } | QrImageError::SeveralCards { found },
        ) => vec![found.to_string()],
        Error::MrzRepair(MrzRepairError::TooLong { found } | MrzRepairError::Length { found }) => {
            vec![found.to_string()]
        }
        Error::MrzRepair(MrzRepairError::NotProven { position }) => {
            vec![position.saturating_add(1).to_string()]
        }
        Error::PersonalNumber(e) => of_number(*e),
        Error::Policy(e) => match e {
            PolicyError::Malformed { line } => {
                vec![line.map_or_else(String::new, |line| format!(", ở dòng {line}"))]
            }
            PolicyError::Unknown { name } | PolicyError::NameTaken { name } => vec![name.clone()],
            PolicyError::UnknownCode { code } => vec![code.clone()],
            PolicyError::FatalLowered { code } => vec![code.to_string()],
            _ => Vec::new(),
        },
        Error::Processing(ProcessingError::LogFailed { kind }) => {
            vec![of_kind(*kind).said(Lang::Vi)]
        }
        Error::NoDocumentFiles { path } | Error::FolderTaken { path } => {
            vec![path.display().to_string()]
        }
        _ => Vec::new(),
    }
}

fn of_chip(error: &ChipError) -> Vec<String> {
    let of_file = |e: &ParseError| {
        let file = e
            .file
            .map_or_else(|| "dữ liệu".to_owned(), |f| f.to_string());
        vec![file, e.offset.to_string()]
    };
    match error {
        ChipError::Access(AccessError::NotAnEmrtd { status } | AccessError::Refused { status }) => {
            vec![status.to_string()]
        }
        ChipError::Access(AccessError::TriesNearlyExhausted { tries_left }) => {
            vec![tries_left.to_string()]
        }
        ChipError::Chip(Refusal::Status {
            instruction,
            file,
            status,
        }) => vec![
            status.to_string(),
            format!("{instruction:02X}"),
            file.map_or_else(String::new, |file| format!(" với tệp {file}")),
        ],
        ChipError::Chip(Refusal::ShortAnswer { instruction }) => {
            vec![format!("{instruction:02X}")]
        }
        ChipError::Chip(Refusal::Protocol { step }) => vec![(*step).to_owned()],
        ChipError::SecureMessaging(SecureMessagingError::Dropped { status }) => {
            vec![status.to_string()]
        }
        ChipError::Parse(e) => of_file(e),
        ChipError::Limit(LimitError::FileTooLarge { file, says }) => {
            vec![file.to_string(), says.to_string()]
        }
        _ => Vec::new(),
    }
}

fn of_face(error: &FaceError) -> Vec<String> {
    match error {
        FaceError::ImageDamaged { format } | FaceError::ImageUnsupported { format } => {
            vec![format.to_string()]
        }
        FaceError::ImageTooLarge {
            format,
            width,
            height,
            limit,
        } => vec![
            format.to_string(),
            width.to_string(),
            height.to_string(),
            limit.to_string(),
        ],
        FaceError::WrongPixelCount {
            width,
            height,
            bytes,
        } => vec![bytes.to_string(), width.to_string(), height.to_string()],
        FaceError::FrameTooLarge {
            width,
            height,
            limit,
        } => vec![width.to_string(), height.to_string(), limit.to_string()],
        FaceError::ModelUnreadable { file, kind } => {
            vec![file.to_string(), of_kind(*kind).said(Lang::Vi)]
        }
        FaceError::ModelMissing { file }
        | FaceError::ModelReplaced { file, .. }
        | FaceError::ModelRefused { file }
        | FaceError::EngineFailed { file } => vec![file.to_string()],
        _ => Vec::new(),
    }
}

fn of_number(error: PersonalNumberError) -> Vec<String> {
    match error {
        PersonalNumberError::WrongLength { found } => vec![found.to_string()],
        PersonalNumberError::NotADigit { position } => vec![position.to_string()],
        #[allow(unreachable_patterns, reason = "the library may learn more")]
        _ => Vec::new(),
    }
}

pub(super) const TABLE: &[(u16, &str)] = &[
    (1001, "thẻ đã bị nhấc ra"),
    (1002, "đầu đọc đã bị rút ra"),
    (1003, "chưa cắm đầu đọc nào"),
    (1004, "không có thẻ trên đầu đọc"),
    (1005, "dịch vụ thẻ thông minh không trả lời"),
    (1006, "hệ thống không cho dùng đầu đọc"),
    (1007, "chương trình khác đang giữ đầu đọc"),
    (1008, "thẻ bị chương trình khác khởi động lại"),
    (1009, "thẻ không trả lời"),
    (1010, "thẻ không trả lời kịp"),
    (1011, "đã dừng theo yêu cầu"),
    (1012, "đầu đọc không truyền được lệnh dài như vậy"),
    (1013, "câu trả lời ngắn hơn một mã trạng thái"),
    (1014, "bản ghi có lệnh khác ở chỗ này"),
    (
        1015,
        "kênh truyền chưa sẵn sàng, mà chương trình không chờ được",
    ),
    (1016, "truyền dữ liệu với thẻ bị lỗi"),
    (
        2001,
        "thẻ này không có ứng dụng hộ chiếu hoặc căn cước ({0})",
    ),
    (2002, "khóa không mở được chip"),
    (2003, "chip chỉ còn {0} lần thử"),
    (2004, "đã thử năm khóa"),
    (2005, "chip không nhận loại khóa này"),
    (2006, "chip từ chối cho truy cập ({0})"),
    (2007, "đây không phải thẻ đã đọc lúc đầu"),
    (3001, "chip trả lời {0} cho lệnh {1}{2}"),
    (3002, "chip trả lời quá ngắn cho lệnh {0}"),
    (3003, "chip làm sai giao thức ở bước: {0}"),
    (3004, "mã xác thực của chip không đúng"),
    (3005, "chip gửi trả lại chính khóa của máy"),
    (4001, "kênh bảo mật đã kết thúc"),
    (4002, "chip đã rời kênh bảo mật ({0})"),
    (4003, "một câu trả lời của chip có mã MAC sai"),
    (4004, "một câu trả lời trong kênh bảo mật sai dạng"),
    (4005, "mã trạng thái bị sửa ở ngoài kênh bảo mật"),
    (4006, "một câu trả lời trong kênh bảo mật có phần đệm sai"),
    (5001, "{0} kết thúc sớm, ở byte {1}"),
    (
        5002,
        "{0} có thẻ dữ liệu (tag) khác với quy định, ở byte {1}",
    ),
    (5003, "{0} ghi độ dài không khớp, ở byte {1}"),
    (5004, "{0} có giá trị mà chuẩn không cho phép, ở byte {1}"),
    (5005, "{0} có chữ số kiểm tra sai, ở byte {1}"),
    (5101, "{0}: nội dung hỏng, không giải mã được"),
    (5130, "DG13: không giải mã được phần vỏ"),
    (5131, "DG13: không giải mã được phần thân"),
    (5132, "DG13: không giải mã được các trường"),
    (5133, "DG13: có quá nhiều trường"),
    (6001, "{0} tự ghi là dài {1} byte"),
    (6002, "chip gửi mãi không dứt"),
    (6003, "lệnh dài hơn một APDU cho phép"),
    (6101, "{0}: quá lớn"),
    (7001, "chưa hỗ trợ cách mở chip nào mà chip này có"),
    (7002, "chưa hỗ trợ đường cong hoặc nhóm của khóa này"),
    (7003, "chưa hỗ trợ thuật toán này"),
    (7201, "hệ thống không cho số ngẫu nhiên"),
    (
        7202,
        "hệ thống không cho số ngẫu nhiên để đánh số lần xử lý",
    ),
    (8001, "tiến trình đọc bị khởi động hai lần"),
    (8002, "tiến trình đọc nhận câu trả lời khi chưa khởi động"),
    (8003, "tiến trình đọc nhận câu trả lời khi đã kết thúc"),
    (8004, "giao thức đang chờ một thứ khác, không phải chip"),
    (8011, "số CAN gồm sáu chữ số"),
    (8012, "đây không phải dòng MRZ, hoặc có chữ số kiểm tra sai"),
    (8013, "đây không phải số giấy tờ"),
    (8014, "ngày viết bằng sáu chữ số, YYMMDD (năm, tháng, ngày)"),
    (8015, "chưa có khóa để mở chip"),
    (8016, "mã PIN gồm bốn đến mười hai chữ số"),
    (8017, "mã PUK gồm tám đến mười hai chữ số"),
    (
        8101,
        "{0}: không phải chứng thư, danh sách chứng thư hay danh sách thu hồi",
    ),
    (8102, "{0}: gốc tin cậy phải là một chứng thư"),
    (
        8103,
        "{0}: không gốc tin cậy nào đã cho bảo đảm danh sách chứng thư này",
    ),
    (
        8104,
        "{0}: phạm vi chỉ đặt cho chứng thư, không đặt cho danh sách chứng thư",
    ),
    (8130, "nội dung mã QR có {0} byte, quá dài"),
    (8131, "nội dung mã QR có {0} trường, ít hơn 7"),
    (8132, "trường 1 của mã QR: {0}"),
    (8133, "trường 3 của mã QR (họ tên) bị trống"),
    (8134, "trường 4 của mã QR không phải ngày sinh (ddmmyyyy)"),
    (8135, "trường 5 của mã QR không phải giới tính (Nam, Nữ)"),
    (8136, "trường 7 của mã QR không phải ngày cấp (ddmmyyyy)"),
    (8140, "số định danh có 12 chữ số, không phải {0}"),
    (
        8141,
        "ký tự ở vị trí {0} của số định danh không phải chữ số",
    ),
    (8151, "bản ghi: dòng {0} không bắt đầu bằng > < #"),
    (
        8152,
        "bản ghi: dòng {0} không phải các cặp chữ số thập lục phân",
    ),
    (8153, "bản ghi: dòng {0} là câu trả lời không có lệnh"),
    (
        8154,
        "bản ghi: dòng {0} lẽ ra là câu trả lời cho lệnh trước",
    ),
    (8160, "không đọc được mã QR nào trong ảnh"),
    (
        8161,
        "trong ảnh có {0} mã QR nhưng không mã nào là của thẻ căn cước Việt Nam",
    ),
    (8162, "trong ảnh có mã QR của {0} thẻ"),
    (8163, "ảnh có quá nhiều chi tiết giống một phần của mã QR"),
    (8170, "đoạn chữ dài {0} byte, dài hơn mọi dòng MRZ"),
    (8171, "{0} ký tự không tạo thành các dòng MRZ"),
    (
        8172,
        "chữ số kiểm tra của trường bắt đầu ở ký tự thứ {0} của MRZ không khớp, và không cách đọc nhầm thường gặp nào giải thích được",
    ),
    (8173, "có nhiều cách đọc MRZ cùng khớp các chữ số kiểm tra"),
    (8174, "quá nhiều ký tự của MRZ không rõ"),
    (8201, "không dùng được tệp hoặc thư mục"),
    (8202, "{0} không có tệp nào của giấy tờ"),
    (8203, "{0} đã chứa tệp của một giấy tờ"),
    (8204, "giá trị băm hoặc chữ ký của giấy tờ không đúng"),
    (
        8205,
        "mã đồng ý phải dài từ 1 đến 128 byte và không có ký tự điều khiển",
    ),
    (8301, "không đọc được chính sách{0}"),
    (8302, "không có chính sách nào tên {0}"),
    (8303, "chính sách nhắc đến một mã không có: {0}"),
    (
        8304,
        "chính sách hạ mức của {0}, là mã nghiêm trọng và phải giữ nguyên",
    ),
    (
        8305,
        "chính sách hạ mức của test_issuer, điều chỉ chính sách demo được làm",
    ),
    (8306, "chính sách không đòi passive_authentication"),
    (
        8307,
        "các ngưỡng của chính sách sai thứ tự, quá thấp, hoặc thiếu false_match_rate và basis, hoặc có hai mục này mà không có ngưỡng",
    ),
    (8308, "{0} là tên của một chính sách có sẵn"),
    (8309, "chính sách coi một tệp là ảnh chụp trực tiếp"),
    (
        8310,
        "chính sách chấp nhận kết quả kiểm tra người sống quá một giờ hoặc xác nhận quá một ngày",
    ),
    (
        8311,
        "chính sách nêu một hãng so khuôn mặt mà thiếu tên hoặc chứng nhận",
    ),
    (8601, "không có mục đích xử lý nào mang tên này"),
    (8602, "một tên ghi vào nhật ký xử lý bị trống"),
    (8603, "một tên ghi vào nhật ký xử lý dài quá 64 ký tự"),
    (
        8604,
        "tên ghi vào nhật ký xử lý chỉ gồm chữ, số, dấu cách và - _ . : @ / + #",
    ),
    (
        8605,
        "tên ghi vào nhật ký xử lý có chín chữ số liền nhau: có thể là số của một người",
    ),
    (8606, "không ghi được nhật ký xử lý: {0}"),
    (8801, "không dùng được tệp hoặc kết nối của thẻ"),
    (8802, "card.toml không dùng được ở mục `{0}`"),
    (8803, "một tệp của thẻ quá lớn"),
    (8804, "khóa không dùng được"),
    (8805, "không có loại thẻ nào mang tên này"),
    (8806, "loại thẻ tự mâu thuẫn ở mục `{0}`"),
    (8807, "không ghi được mục `{0}` của chủ thẻ"),
    (8808, "không phải ảnh JPEG hoặc JPEG 2000"),
    (8809, "thẻ ảo chỉ phục vụ trên chính máy này"),
    (8810, "bên kia không nói giao thức của vpcd"),
    (8901, "thiếu một tham số"),
    (8902, "đối tượng thuộc loại khác hoặc đã được giải phóng"),
    (8903, "đối tượng đang được một lời gọi khác dùng"),
    (8904, "các byte không phải UTF-8"),
    (8905, "giá trị không có nghĩa ở đây"),
    (9001, "không phải ảnh JPEG, PNG hoặc JPEG 2000"),
    (9002, "không giải mã được ảnh {0}"),
    (
        9003,
        "ảnh {0} quá lớn: {1} x {2} điểm ảnh, tối đa {3} điểm ảnh",
    ),
    (9004, "ảnh {0} có cấu trúc chưa hỗ trợ"),
    (9005, "{0} byte không thành {1} x {2} điểm ảnh"),
    (9006, "thiếu tệp mô hình {0}"),
    (9007, "không đọc được tệp mô hình {0}: {1}"),
    (
        9008,
        "tệp mô hình {0} không phải tệp trong danh mục (SHA-256 khác)",
    ),
    (9009, "không chuẩn bị được mô hình {0}"),
    (9010, "mô hình {0} bị lỗi khi chạy"),
    (9011, "các ngưỡng khuôn mặt không hợp lệ"),
    (9012, "độ giống không phải số trong khoảng [-1, 1]"),
    (
        9013,
        "khung hình của máy ảnh quá lớn: {0} x {1} điểm ảnh, giới hạn {2}",
    ),
    (9014, "bản dựng này không có bộ so khuôn mặt"),
];
