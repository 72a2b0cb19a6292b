//! Headings, labels and short sentences.

use super::Text;
use chipid::holder_fields::Missing;

pub(crate) const ACCEPT: Text = Text("CHẤP NHẬN", "ACCEPT");
pub(crate) const REJECT: Text = Text("TỪ CHỐI", "REJECT");
pub(crate) const UNDECIDED: Text = Text("CHƯA ĐỦ CƠ SỞ KẾT LUẬN", "UNDECIDED");

pub(crate) const ACCEPT_MEANS: Text = Text(
    "Mọi điều kiện của chính sách đều đạt.",
    "Everything that the policy demands holds.",
);
pub(crate) const REJECT_MEANS: Text = Text(
    "Không phục vụ trên cơ sở giấy tờ này.",
    "Do not serve on the strength of this document.",
);
pub(crate) const UNDECIDED_MEANS: Text = Text(
    "Máy không quyết định được: làm theo các bước dưới đây, hoặc để người có thẩm quyền quyết định.",
    "The machine cannot say: do what stands below, or let a person decide.",
);

pub(crate) const POLICY: Text = Text("chính sách", "policy");
pub(crate) const TIME: Text = Text("thời điểm kiểm tra", "time of the check");
pub(crate) const TIME_GIVEN: Text = Text("được cho", "given");

pub(crate) const HOLDER: Text = Text("Chủ thẻ", "Holder");
pub(crate) const HOLDER_SIGNATURE_ONLY: Text = Text(
    "Chữ ký đúng nhưng không ai bảo đảm cho người ký: coi như lời tự khai.",
    "The signature holds, but nobody vouches for the signer: take it as a claim.",
);
pub(crate) const HOLDER_WITHHELD: Text = Text(
    "Không hiển thị: dữ liệu hoặc chữ ký không đúng.",
    "Not shown: the data or their signature do not hold.",
);
pub(crate) const HOLDER_NOT_READ: Text = Text(
    "Không hiển thị: chưa đọc DG1.",
    "Not shown: DG1 was not read.",
);
pub(crate) const DANGER_UNVERIFIED: Text = Text(
    "ĐỌC ĐƯỢC NHƯNG CHƯA KIỂM CHỨNG - có thể là giả",
    "READ BUT NOT VERIFIED - may be forged",
);
pub(crate) const DIFFERENCES: Text = Text("Thông tin khác nhau", "What differs");
pub(crate) const CHECKS: Text = Text("Kiểm tra", "Checks");
pub(crate) const GROUNDS: Text = Text("Lý do", "Grounds");
pub(crate) const NEXT: Text = Text("làm gì:", "do:");

pub(crate) const CHILD: Text = Text("Thẻ của trẻ", "The child's card");
pub(crate) const GUARDIAN: Text = Text("Thẻ của người giám hộ", "The guardian's card");
pub(crate) const KINSHIP: Text = Text("Quan hệ giám hộ", "Kinship");
pub(crate) const KINSHIP_NONE: Text = Text("không có căn cứ nào", "no evidence");
pub(crate) const BY_CHIP_NAME: Text = Text(
    "theo họ tên trong chip thẻ của trẻ (có chữ ký của nhà nước)",
    "by the name in the chip of the child's card, signed by the state",
);
pub(crate) const BY_QR_NAME: Text = Text(
    "theo họ tên trong mã QR trên thẻ của trẻ (không có chữ ký)",
    "by the name in the QR code on the child's card, signed by nobody",
);
pub(crate) const BY_DECLARATION: Text = Text(
    "theo lời khai, không thẻ nào xác nhận",
    "as declared; no card says so",
);

/// Who the guardian is to the child.
pub(crate) fn relation(name: &str) -> Option<Text> {
    Some(match name {
        "father" => Text("cha", "father"),
        "mother" => Text("mẹ", "mother"),
        "parent" => Text("cha hoặc mẹ", "father or mother"),
        "grandparent" => Text("ông hoặc bà", "grandparent"),
        "sibling" => Text("anh, chị", "brother or sister"),
        "appointed" => Text("người giám hộ được cử hoặc chỉ định", "appointed guardian"),
        "other" => Text("người khác", "somebody else"),
        _ => return None,
    })
}

/// The details of grounds that are neither checks nor codes.
pub(crate) fn detail(word: &str) -> Option<Text> {
    Some(match word {
        "perhaps" => Text("có thể", "perhaps"),
        "unknown" => Text("không rõ", "not known"),
        "child" => Text("ảnh chụp khi chưa trưởng thành", "taken of a child"),
        "adult" => Text("ảnh chụp khi đã trưởng thành", "taken of a grown-up"),
        "no_expiry" => Text("thẻ không thời hạn", "a card without end"),
        "day" => Text("ngày", "the day"),
        "day_and_month" => Text("ngày và tháng", "day and month"),
        "all" => Text("cả ngày, tháng, năm", "all of it"),
        "chip" => BY_CHIP_NAME,
        "qr_unsigned" => BY_QR_NAME,
        "declared" => BY_DECLARATION,
        "sex" => Text("giới tính", "sex"),
        "age" => Text("tuổi", "age"),
        "chip_names_another" => Text(
            "chip ghi cha, mẹ là người khác",
            "the chip names other parents",
        ),
        _ => return None,
    })
}

pub(crate) const PORTRAIT: Text = Text("ảnh trong chip", "portrait in the chip");
pub(crate) const LIVE: Text = Text("ảnh chụp", "live photograph");

pub(crate) const ACCESS: Text = Text("Mở chip", "Opening the chip");
pub(crate) const PASSIVE_AUTHENTICATION: Text =
    Text("Dữ liệu do nhà nước ký", "Data signed by the state");
pub(crate) const CHIP_GENUINE: Text =
    Text("Chip thật, không phải bản sao", "Chip genuine, not a copy");
pub(crate) const DOCUMENT_VALIDITY: Text = Text("Giấy tờ còn hạn", "Document still valid");
pub(crate) const CONSISTENCY: Text = Text("Dữ liệu khớp nhau", "Data agree with each other");
pub(crate) const FACE: Text = Text("Khuôn mặt khớp", "Face matches");
pub(crate) const LIVENESS: Text = Text("Người thật trước máy ảnh", "Living person at the camera");
pub(crate) const ONLINE: Text = Text("Xác nhận trực tuyến", "Online confirmation");

pub(crate) const BY_CA: Text = Text(
    "chứng minh bằng Chip Authentication",
    "proven by Chip Authentication",
);
pub(crate) const BY_AA: Text = Text(
    "chứng minh bằng Active Authentication",
    "proven by Active Authentication",
);
pub(crate) const UNTIL: Text = Text("đến hết ngày", "to the end of");
pub(crate) const NEVER_EXPIRES: Text = Text("không thời hạn", "never expires");
pub(crate) const SIMILARITY: Text = Text("độ giống", "similarity");
pub(crate) const THRESHOLD: Text = Text("ngưỡng", "threshold");

pub(crate) const LINK: Text = Text(
    "Thời gian qua sóng vô tuyến (mô hình, không đo)",
    "Time over the radio link (modelled, not measured)",
);
pub(crate) const LINK_TYPE: Text = Text("kiểu", "type");
pub(crate) const LINK_ASSUMED: Text = Text("giả định", "assumed");
pub(crate) const LINK_PART: Text = Text("phần", "part");
pub(crate) const LINK_COMMANDS: Text = Text("lệnh / sàn", "APDUs / bound");
pub(crate) const LINK_TIME: Text = Text("thời gian, ms", "time, ms");
pub(crate) const LINK_FLOOR: Text = Text("sàn, ms", "floor, ms");
pub(crate) const LINK_ALL: Text = Text("tất cả", "all");
pub(crate) const LINK_ACTIVATION: Text = Text("Tìm thấy chip", "Finding the chip");
pub(crate) const LINK_BITS: Text = Text("trên sóng", "on the air");
pub(crate) const LINK_FRAMES: Text = Text("khung", "frames");
pub(crate) const LINK_CHIP: Text = Text("chip", "chip");
pub(crate) const LINK_HOST: Text = Text("máy", "host");
pub(crate) const LINK_ABOVE: Text = Text("trên sàn:", "above the floor:");

/// The holder's fields: the key in JSON, and the label.
pub(crate) const FIELDS: [(&str, Text); 24] = [
    ("personal_number", Text("Số định danh", "Personal number")),
    ("name", Text("Họ và tên", "Name")),
    ("name_mrz", Text("Tên trong MRZ", "Name in the MRZ")),
    ("birth", Text("Ngày sinh", "Born")),
    ("sex", Text("Giới tính", "Sex")),
    ("nationality", Text("Quốc tịch", "Nationality")),
    ("document_number", Text("Số giấy tờ", "Document number")),
    ("document_type", Text("Loại giấy tờ", "Document type")),
    ("other_name", Text("Họ tên khác", "Other name")),
    ("issued", Text("Ngày cấp", "Issued")),
    ("expiry", Text("Có giá trị đến", "Valid until")),
    ("origin", Text("Quê quán", "Place of origin")),
    ("residence", Text("Nơi thường trú", "Residence")),
    ("old_number", Text("Số cũ (CMND)", "Old number")),
    ("generation", Text("Thế hệ thẻ", "Generation")),
    ("card_title", Text("Tên thẻ", "Card")),
    ("issuing_authority", Text("Nơi cấp", "Issued by")),
    ("ethnicity", Text("Dân tộc", "Ethnicity")),
    ("religion", Text("Tôn giáo", "Religion")),
    ("features", Text("Đặc điểm nhận dạng", "Features")),
    ("father", Text("Họ tên cha", "Father")),
    ("mother", Text("Họ tên mẹ", "Mother")),
    ("spouse", Text("Họ tên vợ/chồng", "Spouse")),
    ("serial", Text("Số sê-ri chip", "Chip serial")),
];

/// Said of a value that is concluded from another one.
pub(crate) const DERIVED: Text = Text("suy từ ngày cấp", "from the day of issue");

/// Why a field has no value.
pub(crate) fn missing(why: Missing) -> Option<Text> {
    Some(match why {
        Missing::Empty => Text("để trống trên thẻ", "empty on the card"),
        Missing::Absent => Text("không có trên thẻ", "not on the card"),
        Missing::NotOnThisGeneration => Text(
            "thẻ thế hệ này không ghi",
            "not on cards of this generation",
        ),
        Missing::Unreadable => Text("không đọc hiểu được", "cannot be read"),
        Missing::NotOnThisDocument => Text(
            "loại giấy tờ này không có, hoặc chưa đọc",
            "not on this kind of document, or not read",
        ),
        _ => return None,
    })
}

pub(crate) const SAME_PERSON: Text = Text("CÙNG MỘT NGƯỜI", "SAME PERSON");
pub(crate) const DIFFERENT_PERSON: Text = Text("NGƯỜI KHÁC NHAU", "DIFFERENT PERSONS");
pub(crate) const UNCERTAIN: Text = Text(
    "KHÔNG CHẮC: chụp ảnh khác, rồi để người quyết định",
    "UNCERTAIN: take another photograph, then let a person decide",
);
pub(crate) const NOT_COMPARED: Text = Text("KHÔNG SO SÁNH ĐƯỢC", "NOT COMPARED");

/// The label of a check, by its key in JSON.
pub(crate) fn check_label(key: &str) -> Option<Text> {
    Some(match key {
        "access" => ACCESS,
        "passive_authentication" => PASSIVE_AUTHENTICATION,
        "chip_genuine" => CHIP_GENUINE,
        "document_validity" => DOCUMENT_VALIDITY,
        "consistency" => CONSISTENCY,
        "face" => FACE,
        "liveness" => LIVENESS,
        "online" => ONLINE,
        _ => return None,
    })
}
