//! What `policy show` prints.

use super::texts;

texts! {
    POLICY_SERVES: "Quy định", "Rule";
    POLICY_CONFIDENCE: "Mức chắc chắn", "Confidence";
    POLICY_CONFIRMED: "đã đọc chính văn bản", "confirmed: the rule's own text was read";
    POLICY_PRESS: "theo báo chí và bài viết của người khác; chưa đọc chính văn bản",
        "press: newspapers and others say so; the rule's own text was not read";
    POLICY_UNKNOWN: "chưa rõ: không tìm thấy văn bản", "unknown: no text was found";
    POLICY_CAPTURES: "Ảnh chụp nhận từ", "Live images are taken from";
    POLICY_LIVENESS_AGE: "Kết quả kiểm tra người sống có giá trị trong {0} giây",
        "A liveness result counts for {0} seconds";
    POLICY_ONLINE_AGE: "Xác nhận trực tuyến có giá trị trong {0} giây",
        "An online confirmation counts for {0} seconds";
    POLICY_REQUIRES: "Bắt buộc", "Requires";
    POLICY_LOWERED: "Khác với mặc định", "Other than the default";
    POLICY_FACES: "Khuôn mặt", "Faces";
    POLICY_FACES_MATCH: "khớp từ", "a match from";
    POLICY_FACES_DIFFER: "khác nếu dưới", "another person under";
    POLICY_SESSION: "khóa phiên sau số lần không khớp / số giây",
        "the session locks after failed attempts / seconds";
    POLICY_PORTRAITS: "Ảnh trong chip: nghi là quá cũ từ {0} năm; chụp khi chưa đủ {1} tuổi thì từ {2} năm",
        "Portraits: a doubt from {0} years on; of somebody under {1}, from {2} years on";
    POLICY_KINSHIP: "Quan hệ giám hộ: chấp nhận căn cứ {0}",
        "Guardians: the evidence of kinship that is taken is {0}";
    POLICY_NO_KINSHIP: "Quan hệ giám hộ: không chấp nhận căn cứ nào",
        "Guardians: no evidence of kinship is taken";
    POLICY_RULE: "Có phát hiện nghiêm trọng: từ chối. Có nghi ngờ, hoặc thiếu kiểm tra bắt buộc: chưa đủ cơ sở kết luận. Còn lại: chấp nhận.",
        "Anything fatal rejects. Any doubt, or a required check that is missing, leaves it undecided. Else it accepts.";
}
