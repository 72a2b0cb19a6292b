//! What each permanent code means to a person, and what to do about it.

use super::Text;

/// A code in words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    /// What was found.
    pub(crate) what: Text,
    /// What to do now; empty where nothing is to be done.
    pub(crate) next: Text,
}

/// The words for a code; `None` for one that this table does not have.
pub(crate) fn words(code: &str) -> Option<Words> {
    TABLE
        .iter()
        .find(|(known, ..)| *known == code)
        .map(|(_, what, next)| Words {
            what: *what,
            next: *next,
        })
}

/// The words for a piece of advice (`move_closer`, `take_photograph`); `None` for an unknown one.
pub(crate) fn advice(code: &str) -> Option<Text> {
    ADVICE
        .iter()
        .find(|(known, _)| *known == code)
        .map(|(_, text)| *text)
}

const NOTHING: Text = Text("", "");
const STOP: Text = Text(
    "không phục vụ; giữ lại theo quy trình và báo người phụ trách",
    "do not serve; follow your procedure for suspect documents and tell whoever is in charge",
);
const READ_AGAIN: Text = Text(
    "đặt thẻ lại và đọc lần nữa",
    "lay the card on again and read once more",
);
const LOOK: Text = Text(
    "đối chiếu giấy tờ và người bằng mắt, rồi để người có thẩm quyền quyết định",
    "compare document and person by eye, then let a person decide",
);
const GET_TRUST: Text = Text(
    "nạp chứng thư CSCA của nước cấp bằng --trust",
    "give the issuing state's CSCA certificate with --trust",
);
const SET_CLOCK: Text = Text(
    "chỉnh đồng hồ máy (hoặc --at) rồi kiểm tra lại",
    "set this machine's clock (or --at), and check again",
);
const TWO_CARDS: Text = Text(
    "đặt thẻ của người giám hộ lên đầu đọc, không phải thẻ của trẻ",
    "lay the guardian's own card on the reader, not the child's again",
);
const ASK_GUARDIAN: Text = Text(
    "xem giấy khai sinh hoặc giấy tờ chứng minh quan hệ giám hộ, rồi để người có thẩm quyền quyết định",
    "look at the birth certificate or other proof of guardianship, then let a person decide",
);
const NEW_PHOTO: Text = Text("chụp ảnh khác", "take another photograph");

/// A macro, so that each code keeps its few lines: Vietnamese, English, and the next step.
macro_rules! table {
    ($($code:literal: $vi:literal, $en:literal => $next:expr;)*) => {
        &[$(($code, Text($vi, $en), $next)),*]
    };
}

const TABLE: &[(&str, Text, Text)] = table! {
    "anchor_not_scoped":
        "không ai xác nhận chứng thư CSCA này dùng cho thẻ căn cước (Việt Nam có CSCA riêng cho hộ chiếu)",
        "nobody said that this CSCA certificate is for identity cards (Viet Nam has another one for passports)" => Text(
            "nạp chứng thư CSCA của thẻ căn cước bằng --trust-id",
            "give the CSCA certificate of the identity cards with --trust-id",
        );
    "digest_mismatch":
        "dữ liệu trên chip đã bị thay đổi sau khi ký",
        "data on the chip were changed after signing" => STOP;
    "security_object_unreadable":
        "không đọc được chữ ký số của giấy tờ",
        "the document's signature cannot be read" => STOP;
    "signature_invalid":
        "chữ ký số của giấy tờ không đúng",
        "the document's signature is wrong" => STOP;
    "issuer_signature_invalid":
        "người ký mạo danh nước cấp",
        "the signer claims a state that did not sign for it" => STOP;
    "signer_revoked":
        "chứng thư người ký đã bị thu hồi",
        "the signer's certificate was revoked" => STOP;
    "chip_not_genuine":
        "chip không chứng minh được là thật: có thể là bản sao",
        "the chip failed to prove itself: it may be a copy" => STOP;
    "document_expired":
        "giấy tờ đã hết hạn",
        "the document has expired" => Text("yêu cầu giấy tờ còn hạn", "ask for a valid document");
    "issuer_state_mismatch":
        "nước cấp trên giấy tờ, người ký và CSCA không khớp",
        "document, signer and CSCA name different states" => STOP;
    "signer_document_type_mismatch":
        "chứng thư người ký không dành cho loại giấy tờ này",
        "the signer's certificate is not for this kind of document" => LOOK;
    "holder_mismatch":
        "dữ liệu đã ký tự mâu thuẫn",
        "signed data contradict each other" => STOP;
    "face_mismatch":
        "khuôn mặt không phải của chủ thẻ",
        "the face is not the holder's" => STOP;
    "comparison_foreign":
        "kết quả đối chiếu khuôn mặt thuộc giấy tờ khác",
        "the face comparison belongs to another document" => STOP;
    "test_issuer":
        "thẻ thử, không phải do nhà nước cấp",
        "a test card: no state issued it" => Text("không dùng cho khách thật; để trình diễn dùng --policy demo", "never for a real customer; to try the program use --policy demo");
    "clock_implausible":
        "thời điểm kiểm tra không thể đúng (đồng hồ sai)",
        "the time of the check cannot be right (the clock is wrong)" => SET_CLOCK;
    "signed_in_future":
        "giấy tờ được ký sau thời điểm kiểm tra",
        "the document was signed after the time of the check" => SET_CLOCK;
    "issuer_unknown":
        "chữ ký số đúng, nhưng nước cấp không nằm trong số được tin cậy",
        "the signature holds, but the issuer is not among those trusted" => GET_TRUST;
    "trust_store_empty":
        "chưa có chứng thư tin cậy nào",
        "no trusted certificate was given" => GET_TRUST;
    "signer_outside_validity":
        "chứng thư người ký không còn hạn lúc ký",
        "the signer's certificate was not valid when it signed" => LOOK;
    "csca_outside_validity":
        "chứng thư CSCA không còn hạn lúc ký",
        "the CSCA was not valid when the document was signed" => LOOK;
    "chip_not_proven":
        "chip có thể chứng minh là thật nhưng đã không làm",
        "the chip could prove itself, and did not" => READ_AGAIN;
    "chip_proof_not_fresh":
        "bằng chứng của chip lấy từ tệp: không biết của ngày nào",
        "the chip's proof comes from saved files: it may be of any day" => Text("đọc lại chính thẻ đó", "read the card itself");
    "terminal_not_authenticated":
        "thiết bị đọc không được chip cho xem vân tay, mống mắt",
        "the chip did not let this terminal see fingers and irises" => NOTHING;
    "chip_proof_refused":
        "chip từ chối một cách chứng minh, cách khác đã đạt",
        "the chip refused one proof of itself, another one passed" => NOTHING;
    "clone_protection_absent":
        "loại giấy tờ này không thể chứng minh chip là thật",
        "this kind of document cannot prove its chip" => LOOK;
    "access_downgraded":
        "chip có cách mở mạnh hơn nhưng đã dùng cách yếu",
        "a stronger way of opening the chip was offered, a weaker one used" => READ_AGAIN;
    "data_group_withheld":
        "chip không đưa ra một phần dữ liệu đã ký",
        "the chip did not hand over part of its signed data" => READ_AGAIN;
    "data_group_unreadable":
        "một phần dữ liệu đã ký không đọc hiểu được",
        "part of the signed data cannot be decoded" => LOOK;
    "data_group_protected":
        "vân tay, mống mắt được khóa: bình thường",
        "fingerprints and irises are locked: as it should be" => NOTHING;
    "expiry_mismatch":
        "hai phần dữ liệu ghi ngày hết hạn khác nhau",
        "two parts of the data give different days of expiry" => LOOK;
    "number_digits_mismatch":
        "số định danh ứng với năm sinh hoặc giới tính khác (có thể do đã cải chính hộ tịch)",
        "the personal number stands for another year of birth or sex (as after a correction)" => NOTHING;
    "expiry_unknown":
        "không đọc được ngày hết hạn",
        "the expiry date cannot be read" => LOOK;
    "clerk_input_mismatch":
        "thông tin đã nhập khác với chip",
        "what was typed differs from the chip" => Text("kiểm tra lại thông tin đã nhập", "check what was typed");
    "qr_mismatch":
        "mã QR khác với chip",
        "the QR code differs from the chip" => LOOK;
    "qr_text_garbled":
        "chữ trong mã QR bị bộ gõ hoặc máy quét làm sai, nhưng ứng với dữ liệu trên chip",
        "a keyboard program or scanner garbled the QR code's letters, and they fit the chip's" => NOTHING;
    "number_unusual":
        "ba chữ số đầu của số định danh không phải mã tỉnh nào (có thể là mã nước ngoài)",
        "the personal number begins with no province's code (perhaps a country's)" => NOTHING;
    "mrz_mismatch":
        "vùng MRZ đã nhập khác với MRZ trên chip (số, ngày sinh hoặc ngày hết hạn)",
        "the zone that was given differs from the chip's in number, birth or expiry" => LOOK;
    "name_mismatch":
        "họ tên ở hai phần dữ liệu khác nhau",
        "two parts of the data give different names" => LOOK;
    "not_comparable":
        "một giá trị không có để so",
        "one value has nothing to be compared with" => NOTHING;
    "face_uncertain":
        "chưa chắc có phải chủ thẻ",
        "whether it is the holder is not certain" => NEW_PHOTO;
    "face_not_compared":
        "chưa đối chiếu khuôn mặt",
        "no face was compared" => Text("chụp ảnh người trước quầy và thêm --live", "photograph the person and give --live");
    "session_locked":
        "đã thử quá nhiều lần hoặc quá lâu",
        "too many attempts, or the session is too old" => Text("bắt đầu lại phiên mới với người có thẩm quyền", "begin a new session, with a person in charge");
    "required_check_missing":
        "thiếu một kiểm tra bắt buộc",
        "a required check is missing" => Text("xem dòng tương ứng ở mục Kiểm tra", "see its line among the checks");
    "live_image_from_file":
        "ảnh chụp lấy từ tệp, không phải từ máy ảnh của chương trình",
        "the live image came from a file, not from a camera of the program" => NOTHING;
    "live_image_is_portrait":
        "ảnh chụp chính là ảnh chân dung trên chip, không phải ảnh chụp người thật",
        "the live image is the chip's own portrait, not a photograph of a person" => NEW_PHOTO;
    "capture_not_accepted":
        "chính sách không nhận ảnh từ nguồn này",
        "the policy does not take live images from this source" => Text("chụp bằng máy ảnh hoặc thiết bị mà chính sách nhận", "capture with a camera or station that the policy takes");
    "face_vendor_not_accepted":
        "chính sách không nhận kết quả so khuôn mặt của hãng này với chứng nhận này",
        "the policy does not take face comparisons of this vendor with this certificate" => Text("so khuôn mặt bằng bộ so mà chính sách nhận", "compare the face with an engine that the policy takes");
    "face_vendor_unbound":
        "kết quả so khuôn mặt của hãng khác không thuộc ảnh này, hoặc không phải của lúc này",
        "the vendor's face comparison is not of these images, or not of now" => Text("chụp và so khuôn mặt lại", "capture and compare once more");
    "liveness_failed":
        "kiểm tra người sống: không phải người thật",
        "the liveness check says: no living person" => STOP;
    "liveness_uncertain":
        "kiểm tra người sống chưa kết luận được",
        "the liveness check could not say" => Text("chụp và kiểm tra người sống lại", "capture once more, with the liveness check");
    "liveness_unbound":
        "kết quả kiểm tra người sống không thuộc ảnh đã so, hoặc không phải của lúc này",
        "the liveness result is not of the images compared, or not of now" => Text("chụp và kiểm tra người sống lại trên chính ảnh đem so", "capture once more, with the liveness check on the very images compared");
    "issuer_denies":
        "cơ quan cấp trả lời: không xác nhận giấy tờ này",
        "the issuer does not confirm this document" => STOP;
    "unbound_confirmation":
        "xác nhận trực tuyến không gắn với giấy tờ này và lần hỏi này",
        "the confirmation does not belong to this document and this request" => Text("gửi yêu cầu xác nhận mới", "ask for a confirmation again");
    "online_unreachable":
        "không nhận được trả lời từ dịch vụ xác nhận",
        "the confirmation service gave no answer" => NOTHING;
    "no_live_image":
        "không có ảnh chụp",
        "no live image was given" => Text("thêm --live ẢNH", "give --live IMAGE");
    "no_face":
        "không thấy khuôn mặt trong ảnh chụp",
        "no face in the live image" => NEW_PHOTO;
    "several_faces":
        "có nhiều khuôn mặt trong ảnh",
        "several faces in the image" => NEW_PHOTO;
    "poor_quality":
        "ảnh không đủ tốt để đối chiếu",
        "the image is not fit to be compared" => NEW_PHOTO;
    "no_face_on_chip":
        "chip không có ảnh chân dung dùng được để đối chiếu",
        "the chip holds no portrait that could be compared" => LOOK;
    "portrait_outdated":
        "ảnh trên chip chụp đã quá lâu",
        "the portrait on the chip is too old" => LOOK;
    "portrait_age_unknown":
        "không rõ ảnh trên chip chụp từ bao giờ",
        "how old the portrait on the chip is, is not known" => NOTHING;
    "portrait_age_unbounded":
        "thẻ không thời hạn, không rõ ảnh chụp từ bao giờ",
        "the card runs without end, and how old its portrait is, is not known" => NOTHING;
    "holder_under_14":
        "chủ thẻ chưa đủ 14 tuổi",
        "the holder is under 14" => NOTHING;
    "holder_under_6":
        "chủ thẻ chưa đủ 6 tuổi: không so khuôn mặt",
        "the holder is under 6: no face is compared" => NOTHING;
    "birth_partly_unknown":
        "không rõ đủ ngày, tháng, năm sinh",
        "the date of birth is known in part only" => NOTHING;
    "guardian_is_child":
        "hai thẻ là của cùng một người",
        "both cards belong to one person" => TWO_CARDS;
    "cards_not_together":
        "thẻ của trẻ và thẻ của người giám hộ không được kiểm tra trong cùng một phiên",
        "the child's card and the guardian's were not checked in one session" => Text(
            "đọc lại cả hai thẻ",
            "read both cards again",
        );
    "guardian_under_age":
        "người giám hộ chưa đủ 18 tuổi, hoặc không rõ tuổi",
        "the guardian is not of age, or perhaps not" => ASK_GUARDIAN;
    "ward_of_age":
        "người được giám hộ đã đủ 18 tuổi, hoặc không rõ tuổi",
        "whoever is brought as a child is of age, or perhaps" => ASK_GUARDIAN;
    "kinship_missing":
        "không có gì cho thấy quan hệ giám hộ",
        "nothing says that the one is the other's guardian" => ASK_GUARDIAN;
    "kinship_insufficient":
        "có căn cứ về quan hệ, nhưng chính sách không chấp nhận căn cứ này",
        "there is evidence of the relation, and the policy does not take it" => ASK_GUARDIAN;
    "kinship_contradicted":
        "dữ liệu trên hai thẻ trái với quan hệ đã khai",
        "the two cards speak against the relation" => ASK_GUARDIAN;
    "kinship_spelt_differently":
        "tên cha, mẹ trên thẻ con khác dấu với tên trên thẻ người giám hộ",
        "the parent's name on the child's card has other diacritics than on the guardian's" => ASK_GUARDIAN;
    "kinship_by_name":
        "quan hệ cha, mẹ và con chỉ khớp theo họ tên; có thể trùng tên",
        "the relation rests on the name alone, which others may bear too" => NOTHING;
    "revocation_unknown":
        "không có danh sách thu hồi của nước cấp",
        "no revocation list of the issuer was at hand" => NOTHING;
    "weak_algorithm":
        "thuật toán đã yếu",
        "an algorithm that is weak today" => NOTHING;
    "com_sod_difference":
        "hai danh sách tệp trên chip khác nhau",
        "two lists of files on the chip differ" => NOTHING;
    "encoding_deviation":
        "chip viết hơi khác chuẩn, vô hại",
        "the chip departs from the standard in a harmless way" => NOTHING;
    "access_unprotected":
        "chip không đòi khóa: ai cũng đọc được",
        "the chip asks for no key: anybody can read it" => NOTHING;
    "chip_deviation":
        "chip hoặc đầu đọc trả lời hơi khác chuẩn, đã xử lý được",
        "the chip or the reader departs from the standard in a known way" => NOTHING;
    "access_profile_assumed":
        "dùng cấu hình thẻ có sẵn trong chương trình",
        "a built-in card profile was assumed" => NOTHING;
    "not_requested":
        "không yêu cầu",
        "not asked for" => NOTHING;
    "no_chip":
        "đọc từ tệp, không có chip",
        "from saved files, without the chip" => NOTHING;
    "not_authenticated":
        "phụ thuộc kiểm tra khác chưa đạt",
        "rests on another check that did not pass" => NOTHING;
    "not_on_document":
        "giấy tờ không có",
        "the document has nothing for it" => NOTHING;
};

const ADVICE: &[(&str, Text)] = &[
    (
        "take_photograph",
        Text(
            "chụp ảnh người trước quầy (--live)",
            "photograph the person (--live)",
        ),
    ),
    (
        "take_another_photograph",
        Text(
            "chụp ảnh khác; nếu vẫn vậy, để người quyết định",
            "take another photograph; if it stays so, a person decides",
        ),
    ),
    (
        "compare_by_eye",
        Text("đối chiếu bằng mắt", "compare by eye"),
    ),
    (
        "show_face",
        Text(
            "để khuôn mặt vào giữa ảnh",
            "bring the face into the picture",
        ),
    ),
    (
        "one_person_only",
        Text("chỉ một người trong ảnh", "one person only in the picture"),
    ),
    ("move_closer", Text("đứng gần hơn", "move closer")),
    (
        "show_whole_face",
        Text("lấy trọn khuôn mặt", "show the whole face"),
    ),
    (
        "look_straight",
        Text("nhìn thẳng", "look straight into the camera"),
    ),
    ("more_light", Text("thêm ánh sáng", "more light")),
    ("less_light", Text("bớt ánh sáng", "less light")),
    ("even_light", Text("ánh sáng đều", "even light")),
    ("hold_still", Text("giữ yên", "hold still")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words_in_both_languages() {
        for code in chipid::codes::all() {
            let words = words(code.name()).unwrap_or_else(|| panic!("{code} has no words"));
            assert!(!words.what.0.is_empty() && !words.what.1.is_empty());
            assert_eq!(words.next.0.is_empty(), words.next.1.is_empty(), "{code}");
            let doubtful = code.severity() > chipid::Severity::Note;
            assert_eq!(
                !words.next.1.is_empty(),
                doubtful,
                "{code}: a next step where one is needed"
            );
        }
    }
}
