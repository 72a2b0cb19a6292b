//! Headings, labels and short sentences.

use super::{Text, texts};
use chipid::difference::Source;
use chipid::holder_fields::Missing;

texts! {
    ACCEPT: "CHẤP NHẬN", "ACCEPT";
    REJECT: "TỪ CHỐI", "REJECT";
    UNDECIDED: "CHƯA ĐỦ CƠ SỞ KẾT LUẬN", "UNDECIDED";
    ACCEPT_MEANS: "Mọi điều kiện của chính sách đều đạt.",
        "Everything that the policy demands holds.";
    REJECT_MEANS: "Không phục vụ trên cơ sở giấy tờ này.",
        "Do not serve on the strength of this document.";
    UNDECIDED_MEANS: "Máy không quyết định được: làm theo các bước dưới đây, hoặc để người có thẩm quyền quyết định.",
        "The machine cannot say: do what stands below, or let a person decide.";
    POLICY: "chính sách", "policy";
    TIME: "thời điểm kiểm tra", "time of the check";
    TIME_GIVEN: "được cho", "given";
    HOLDER: "Chủ thẻ", "Holder";
    HOLDER_SIGNATURE_ONLY: "Chữ ký đúng nhưng không ai bảo đảm cho người ký: coi như lời tự khai.",
        "The signature holds, but nobody vouches for the signer: take it as a claim.";
    HOLDER_WITHHELD: "Không hiển thị: dữ liệu hoặc chữ ký không đúng.",
        "Not shown: the data or their signature do not hold.";
    HOLDER_NOT_READ: "Không hiển thị: chưa đọc DG1.", "Not shown: DG1 was not read.";
    DANGER_UNVERIFIED: "ĐỌC ĐƯỢC NHƯNG CHƯA XÁC MINH - có thể là giả",
        "READ BUT NOT VERIFIED - may be forged";
    DIFFERENCES: "Thông tin khác nhau", "What differs";
    CHECKS: "Kiểm tra", "Checks";
    GROUNDS: "Lý do", "Grounds";
    NEXT: "làm gì:", "do:";
    CHILD: "Thẻ của trẻ", "The child's card";
    GUARDIAN: "Thẻ của người giám hộ", "The guardian's card";
    KINSHIP: "Quan hệ giám hộ", "Kinship";
    KINSHIP_NONE: "không có căn cứ nào", "no evidence";
    BY_CHIP_NAME: "theo họ tên trong chip thẻ của trẻ, có chữ ký của nhà nước",
        "by the name in the chip of the child's card, signed by the state";
    BY_QR_NAME: "theo họ tên trong mã QR trên thẻ của trẻ, không ai ký",
        "by the name in the QR code on the child's card, signed by nobody";
    BY_DECLARATION: "theo lời khai, không thẻ nào xác nhận", "as declared; no card says so";
    PORTRAIT: "ảnh chân dung trên chip", "portrait in the chip";
    LIVE: "ảnh chụp tại quầy", "live photograph";
    ACCESS: "Mở chip", "Opening the chip";
    PASSIVE_AUTHENTICATION: "Dữ liệu do nhà nước ký", "Data signed by the state";
    CHIP_GENUINE: "Chip thật, không phải bản sao", "Chip genuine, not a copy";
    DOCUMENT_VALIDITY: "Giấy tờ còn hạn", "Document still valid";
    CONSISTENCY: "Dữ liệu khớp nhau", "Data agree with each other";
    FACE: "Khuôn mặt khớp", "Face matches";
    CAPTURE: "Nguồn ảnh chụp được chấp nhận", "Live image from a known camera";
    LIVENESS: "Người thật trước máy ảnh", "Living person at the camera";
    ONLINE: "Xác nhận trực tuyến", "Online confirmation";
    BY_CA: "chứng minh bằng Chip Authentication", "proven by Chip Authentication";
    BY_AA: "chứng minh bằng Active Authentication", "proven by Active Authentication";
    UNTIL: "đến hết ngày", "to the end of";
    NEVER_EXPIRES: "không thời hạn", "never expires";
    SIMILARITY: "độ giống", "similarity";
    THRESHOLD: "ngưỡng", "threshold";
    LINK: "Thời gian qua sóng vô tuyến (mô hình, không đo)",
        "Time over the radio link (modelled, not measured)";
    LINK_TYPE: "kiểu", "type";
    LINK_ASSUMED: "giả định", "assumed";
    LINK_PART: "phần", "part";
    LINK_COMMANDS: "lệnh / tối thiểu", "APDUs / bound";
    LINK_TIME: "thời gian, ms", "time, ms";
    LINK_FLOOR: "tối thiểu, ms", "floor, ms";
    LINK_ALL: "tất cả", "all";
    LINK_ACTIVATION: "Tìm thấy chip", "Finding the chip";
    LINK_BITS: "trên sóng", "on the air";
    LINK_FRAMES: "khung", "frames";
    LINK_CHIP: "chip", "chip";
    LINK_HOST: "máy", "host";
    LINK_ABOVE: "cao hơn mức tối thiểu:", "above the floor:";
    /// Said of a value that is concluded from another one.
    DERIVED: "suy từ ngày cấp", "from the day of issue";
    SAME_PERSON: "CÙNG MỘT NGƯỜI", "SAME PERSON";
    DIFFERENT_PERSON: "NGƯỜI KHÁC NHAU", "DIFFERENT PERSONS";
    UNCERTAIN: "KHÔNG CHẮC: chụp ảnh khác, rồi để người quyết định",
        "UNCERTAIN: take another photograph, then let a person decide";
    NOT_COMPARED: "KHÔNG ĐỐI CHIẾU ĐƯỢC", "NOT COMPARED";
}

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
        "chip" => Text("trong chip", "in the chip"),
        "nothing_compared" => Text("chưa so ảnh nào", "no image was compared"),
        "other_image" => Text("của ảnh khác", "of another image"),
        "other_capture" => Text("từ nguồn ảnh khác", "from another source of images"),
        "stale" => Text("quá cũ", "too old"),
        "future" => Text("thời điểm ở tương lai", "of a time to come"),
        "not_authentic" => Text("chữ ký của dịch vụ không đúng", "not signed by the service"),
        "nothing_to_confirm" => Text(
            "giấy tờ chưa được chứng minh",
            "nothing of the document is proven",
        ),
        "other_request" => Text("của lần hỏi khác", "of another request"),
        "other_number" => Text("của số khác", "of another number"),
        "other_signer" => Text("của người ký khác", "of another document signer"),
        "other_nonce" => Text("mã ngẫu nhiên khác", "another nonce"),
        "before_request" => Text("trả lời trước khi hỏi", "answered before it was asked"),
        "no_connection" => Text("không kết nối được", "no connection"),
        "timed_out" => Text("quá thời gian chờ", "no answer in time"),
        "refused" => Text("dịch vụ từ chối", "the service refused"),
        "unreadable" => Text("không hiểu trả lời", "the answer cannot be understood"),
        "camera" => Text("máy ảnh", "a camera"),
        "station" => Text("trạm chụp", "a station"),
        "external" => Text("thiết bị của bên khác", "another maker's capture"),
        "qr_unsigned" => Text(
            "trong mã QR, không ai ký",
            "in the QR code, signed by nobody",
        ),
        "declared" => Text("lời khai", "a declaration"),
        "number" => Text("số", "number"),
        "old_number" => Text("số cũ", "earlier number"),
        "name" => Text("họ tên", "name"),
        "birth" => Text("ngày sinh", "birth"),
        "expiry" => Text("ngày hết hạn", "expiry"),
        "issue" => Text("ngày cấp", "day of issue"),
        "sex" => Text("giới tính", "sex"),
        "age" => Text("tuổi", "age"),
        "chip_names_another" => Text(
            "chip ghi cha, mẹ là người khác",
            "the chip names other parents",
        ),
        _ => return None,
    })
}

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

/// The sex, of `M`, `F` or `X`.
pub(crate) fn sex(letter: &str) -> Text {
    match letter {
        "M" => Text("Nam", "Male"),
        "F" => Text("Nữ", "Female"),
        _ => Text("không ghi", "not stated"),
    }
}

/// Where a value that is compared comes from.
pub(crate) const fn source(source: Source) -> Text {
    match source {
        Source::Dg1 => Text("MRZ (DG1)", "zone (DG1)"),
        Source::Dg13 => Text("phần Việt Nam (DG13)", "Vietnamese part (DG13)"),
        Source::NumberDigits => Text("theo số định danh", "by the personal number"),
        Source::Qr => Text("mã QR", "QR code"),
        Source::Typed => Text("đã nhập", "typed"),
        _ => Text("chip", "chip"),
    }
}

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

/// The label of a check, by its key in JSON.
pub(crate) fn check_label(key: &str) -> Option<Text> {
    Some(match key {
        "access" => ACCESS,
        "passive_authentication" => PASSIVE_AUTHENTICATION,
        "chip_genuine" => CHIP_GENUINE,
        "document_validity" => DOCUMENT_VALIDITY,
        "consistency" => CONSISTENCY,
        "face" => FACE,
        "capture" => CAPTURE,
        "liveness" => LIVENESS,
        "online" => ONLINE,
        _ => return None,
    })
}
