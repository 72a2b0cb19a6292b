//! What `trust`, `models`, `card` and `inspect` print.

use super::texts;

texts! {
    INSPECT_HEADING: "{0}: đã giải mã, chưa xác minh; có thể là giả",
        "{0}: decoded, not verified; may be forged";

    TRUST_UNVERIFIED: "chưa xác minh", "unverified";
    TRUST_TEST: "chứng thư thử", "test";
    TRUST_SCOPED: "có phạm vi", "scoped";
    TRUST_ENTRY: "  {0} {1} đến {2}, {3}", "  {0} {1} to {2}, {3}";
    TRUST_UNUSABLE_KEY: "khóa không dùng được", "unusable key";
    TRUST_CRL: "{0}: danh sách thu hồi của {1}, {2} mục, {3}", "{0}: revocation list of {1}, {2} entries, {3}";
    TRUST_CRL_VERIFIED: "đã xác minh", "verified";
    TRUST_CRL_UNVERIFIED: "chưa xác minh: không nói lên điều gì", "unverified: says nothing";
    TRUST_SUMMARY: "{0} chứng thư, {1} mã nước{2}", "{0} certificates, {1} country codes{2}";
    TRUST_SUMMARY_UNVERIFIED: ", trong đó {0} chưa xác minh: không dùng để tin cậy",
        ", {0} of them unverified: they anchor nothing";
    TRUST_LIST: "danh sách {0} chứng thư{1}, {2}, {3}", "master list of {0} certificates{1}, {2}, {3}";
    TRUST_LEFT_OUT: ", bỏ qua {0} mục không đọc được", ", {0} left out as unreadable";
    TRUST_SIGNATURE_VALID: "chữ ký đúng", "signature valid";
    TRUST_SIGNATURE_INVALID: "chữ ký sai", "signature invalid";
    TRUST_VOUCHED: "người ký được {0} bảo đảm", "signer vouched for by {0}";
    TRUST_NOT_VOUCHED: "chưa xác minh: không ai bảo đảm cho người ký (dùng --trust-root)",
        "unverified: nobody vouches for the signer (give --trust-root)";
    TRUST_NO_ANCHOR: "không chứng thư nào ở đây bảo đảm cho giấy tờ nào",
        "nothing in this store vouches for any document";
    TRUST_ODD: "{0} điểm bất thường", "{0} odd";
    ODD_TEST: "chứng thư thử", "test_marker";
    ODD_EXPIRED: "hết hạn", "expired";
    ODD_NOT_YET: "chưa đến hạn dùng", "not_yet_valid";
    ODD_KEY: "khóa yếu hoặc không dùng được", "weak_or_unusable_key";
    ODD_UNVERIFIED: "chưa xác minh", "unverified";
    ODD_LIST: "danh sách chưa xác minh", "unverified_list";
    ODD_ENTRIES: "mục không đọc được", "unreadable_entries";
    ODD_CRL: "danh sách thu hồi chưa xác minh", "unverified_revocation_list";
    ODD_STALE_CRL: "danh sách thu hồi quá hạn cập nhật", "stale_revocation_list";
    ODD_NO_ANCHOR: "không có chứng thư tin cậy", "no_anchor";

    MODEL: "mô hình", "model";
    PHOTOGRAPH: "ảnh", "photograph";
    MODEL_PRESENT: "có", "present";
    MODEL_MISSING: "thiếu", "missing";
    MODEL_CHANGED: "bị đổi", "changed";
    ONLY_TO_TRY: "{0}; chỉ để thử chương trình, xem models/manifest.toml",
        "{0}; only to try the program, see models/manifest.toml";

    CARD_NOTICE: "Mọi chủ thẻ, dữ liệu và khóa đều bịa ra; không cơ quan nào cấp các thẻ này.",
        "All holders, data and keys are invented; no authority issued these cards.";
    CARD_PHOTOGRAPH: "Ảnh trên thẻ demo là của {0} (ảnh chính thức của Nhà Trắng, chỉ để thử chương trình); tên và số liệu bên cạnh không phải của ông.",
        "The photograph on the card demo is of {0} (an official White House photograph, only to try the program); name and data beside it are not his.";

    PROGRESS_ACCESS: "mở chip", "PACE / BAC";
}
