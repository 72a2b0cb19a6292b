//! The names of what `inspect` finds in a file, and of what it says itself, in Vietnamese; in English they are the keys
//! of the JSON with blanks for underscores. What stands in the file is never translated.

use super::Lang;
use super::report_keys::REPORT_KEYS;

/// The name of an entry, as a person reads it.
pub(crate) fn key(name: &str, lang: Lang) -> String {
    match (lang, find(KEYS, name).or_else(|| find(REPORT_KEYS, name))) {
        (Lang::Vi, Some(text)) => text.to_owned(),
        _ => name.replace('_', " "),
    }
}

/// A word that the program itself says: what kind of file it is, what is empty.
pub(crate) fn word(word: &str, lang: Lang) -> &str {
    match lang {
        Lang::Vi => find(WORDS, word).unwrap_or(word),
        Lang::En => word,
    }
}

fn find(table: &'static [(&str, &str)], name: &str) -> Option<&'static str> {
    table
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

const WORDS: &[(&str, &str)] = &[
    ("yes", "có"),
    ("no", "không"),
    ("none", "không có"),
    ("content", "nội dung"),
    ("unknown", "không rõ"),
    ("fatal", "nghiêm trọng"),
    ("doubt", "nghi ngờ"),
    ("note", "ghi nhận"),
    (
        "LFW, all pairs (29.6 million impostor), no cohort: ageing, phone cameras and Vietnamese faces not measured",
        "bộ ảnh LFW, mọi cặp (29,6 triệu cặp khác người), không theo nhóm: chưa đo với ảnh cũ nhiều năm, máy ảnh điện thoại và khuôn mặt người Việt",
    ),
    ("certificate", "chứng thư"),
    ("signed data", "dữ liệu đã ký"),
    ("master list", "danh sách chứng thư (master list)"),
    ("revocation list", "danh sách thu hồi (CRL)"),
    ("machine readable zone", "dòng MRZ"),
    ("QR text", "nội dung mã QR"),
    (
        "QR text of a Vietnamese card",
        "nội dung mã QR của thẻ Việt Nam",
    ),
];

const KEYS: &[(&str, &str)] = &[
    (
        "active_authentication_hash",
        "hàm băm của Active Authentication",
    ),
    ("address", "địa chỉ"),
    ("anchors", "chứng thư tin cậy"),
    ("applications", "ứng dụng"),
    ("begins", "bắt đầu bằng"),
    ("birth", "ngày sinh"),
    ("birth_yymmdd", "ngày sinh (YYMMDD)"),
    ("bytes", "số byte"),
    ("bytes_behind_the_file", "số byte sau phần tệp"),
    ("cancelled_number", "số đã hủy"),
    ("capabilities", "khả năng"),
    ("certificates", "chứng thư"),
    ("chip_authentication", "Chip Authentication"),
    ("chip_authentication_keys", "khóa Chip Authentication"),
    ("cipher", "mã hóa"),
    ("command_chaining", "nối lệnh"),
    ("content", "nội dung"),
    ("content_bytes", "số byte nội dung"),
    ("countries", "các nước"),
    ("country_codes", "số mã nước"),
    ("custody", "người giám hộ"),
    ("data_groups", "nhóm dữ liệu"),
    ("deviations", "điểm khác chuẩn"),
    ("digest", "hàm băm"),
    ("digests", "mã băm"),
    ("document_code", "mã loại giấy tờ"),
    ("document_codes", "mã loại giấy tờ"),
    ("document_number", "số giấy tờ"),
    ("document_types", "loại giấy tờ"),
    ("encoding", "cách mã hóa"),
    ("endorsements", "ghi chú"),
    ("ends_in_garbage", "cuối tệp có phần thừa"),
    ("entries", "số mục"),
    ("ethnicity", "dân tộc"),
    ("expires", "có giá trị đến"),
    ("expiry_yymmdd", "có giá trị đến (YYMMDD)"),
    ("extended_length", "lệnh dài"),
    ("father", "họ tên cha"),
    ("features", "đặc điểm nhận dạng"),
    ("file", "tệp"),
    ("files", "các tệp"),
    ("format", "định dạng"),
    ("from", "từ"),
    ("front", "mặt trước"),
    ("full_name", "họ và tên"),
    ("further_fields", "các trường sau đó"),
    ("generation", "thế hệ thẻ"),
    ("group", "nhóm"),
    ("height", "chiều cao"),
    ("holds_other_bytes", "có phần khác"),
    ("identifier", "mã nhận diện"),
    ("images", "ảnh"),
    ("instances", "mẫu"),
    ("is_tlv", "là TLV"),
    ("issued", "ngày cấp"),
    ("issuer", "bên cấp"),
    ("issuing_authority", "nơi cấp"),
    ("issuing_state", "nước cấp"),
    ("key", "khóa"),
    ("key_id", "mã khóa"),
    ("key_usage", "công dụng của khóa"),
    ("known_as", "được biết là"),
    ("label", "nhãn"),
    ("layout", "kiểu MRZ"),
    ("lds_version", "phiên bản LDS"),
    ("left_out", "số mục bỏ qua"),
    ("lists", "danh sách chứng thư"),
    ("longest_command", "lệnh dài nhất"),
    ("longest_response", "câu trả lời dài nhất"),
    ("malformed", "sai dạng"),
    ("mapping", "phép ánh xạ"),
    ("mother", "họ tên mẹ"),
    ("name", "họ và tên"),
    ("nationality", "quốc tịch"),
    ("next_update", "lần cập nhật sau"),
    ("not_after", "có giá trị đến"),
    ("not_before", "có giá trị từ"),
    ("notes", "ghi nhận"),
    ("number", "số định danh"),
    ("objects", "đối tượng"),
    ("old_number", "số cũ"),
    ("optional_data", "dữ liệu tùy chọn"),
    ("origin", "quê quán"),
    ("other_documents", "giấy tờ khác"),
    ("other_fields", "số trường khác"),
    ("other_name", "họ tên khác"),
    ("other_names", "tên khác"),
    ("other_objects", "đối tượng khác"),
    ("other_persons", "người khác"),
    ("pace", "PACE"),
    ("parameter_id", "mã tham số"),
    ("personal_number", "số cá nhân"),
    ("personalisation_system", "hệ thống ghi thẻ"),
    ("personalised", "ghi thẻ lúc"),
    ("persons", "những người"),
    ("place_of_birth", "nơi sinh"),
    ("private_key_usage", "thời gian dùng khóa riêng"),
    ("profession", "nghề nghiệp"),
    ("proof_of_citizenship", "chứng minh quốc tịch"),
    ("rear", "mặt sau"),
    ("recorded", "ghi ngày"),
    ("religion", "tôn giáo"),
    ("residence", "nơi thường trú"),
    ("revocation_lists", "danh sách thu hồi"),
    ("revoked", "số chứng thư bị thu hồi"),
    ("schema", "khuôn dạng"),
    ("scope", "phạm vi"),
    ("select_by_full_name", "chọn theo tên đầy đủ"),
    ("self_signed", "tự ký"),
    ("serial", "số sê-ri"),
    ("sex", "giới tính"),
    ("sha256", "SHA-256"),
    ("short_file_identifiers", "mã tệp ngắn"),
    ("signature", "chữ ký"),
    ("signer", "người ký"),
    ("signers", "người ký"),
    ("signing_time", "ký lúc"),
    ("source", "nguồn"),
    ("spouse", "họ tên vợ/chồng"),
    ("state", "tình trạng"),
    ("stated", "số lượng được ghi"),
    ("states", "các nước"),
    ("subject", "chủ thể"),
    ("subtype", "loại con"),
    ("summary", "tóm tắt"),
    ("tag", "thẻ dữ liệu (tag)"),
    ("tax_or_exit", "thuế hoặc xuất cảnh"),
    ("telephone", "điện thoại"),
    ("terminal_authentication", "Terminal Authentication"),
    ("test", "thử"),
    ("test_marker", "dấu của chứng thư thử"),
    ("this_update", "cập nhật lúc"),
    ("title", "danh xưng"),
    ("to", "đến"),
    ("trouble", "trục trặc"),
    ("version", "phiên bản"),
    ("vouched_by", "được bảo đảm bởi"),
    ("width", "chiều rộng"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    /// Keys of a JSON that no person reads as a list: of schemas, and of what is printed in sentences.
    const NOT_LISTED: &[&str] = &["kind", "odd", "verified", "what", "which", "danger"];

    #[test]
    fn every_entry_that_inspect_lists_has_a_vietnamese_name() {
        let commands = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands");
        let mut files = vec![commands.join("inspect.rs"), commands.join("trust.rs")];
        for entry in fs::read_dir(commands.join("inspect")).unwrap() {
            files.push(entry.unwrap().path());
        }
        let mut keys = BTreeSet::new();
        for file in files {
            let text = fs::read_to_string(file).unwrap();
            for part in text.split("\":").collect::<Vec<_>>().iter().rev().skip(1) {
                let name = part.rsplit('"').next().unwrap();
                let is_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                if !name.is_empty() && name.chars().all(is_key) {
                    keys.insert(name.to_owned());
                }
            }
        }
        assert!(keys.len() > 80, "{keys:?}");
        let missing: Vec<&String> = keys
            .iter()
            .filter(|key| find(KEYS, key).is_none() && !NOT_LISTED.contains(&key.as_str()))
            .collect();
        assert!(
            missing.is_empty(),
            "give these a name in lang/keys.rs: {missing:?}"
        );
    }

    #[test]
    fn a_key_stands_once() {
        for table in [KEYS, WORDS, REPORT_KEYS] {
            let names: BTreeSet<_> = table.iter().map(|(name, _)| name).collect();
            assert_eq!(names.len(), table.len());
        }
        let basis = chipid::default_thresholds();
        assert_ne!(word(basis.basis(), Lang::Vi), basis.basis());
        assert_eq!(key("place_of_birth", Lang::Vi), "nơi sinh");
        assert_eq!(key("place_of_birth", Lang::En), "place of birth");
    }
}
