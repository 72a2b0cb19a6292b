//! The names of what stands in a field report, in Vietnamese, beside those of [`keys`](super::keys).

/// By the key of the JSON.
pub(super) const REPORT_KEYS: &[(&str, &str)] = &[
    ("access", "mở chip"),
    ("access_ms", "mở chip (ms)"),
    ("active_authentication", "Active Authentication"),
    ("agreement", "kiểu thỏa thuận khóa"),
    ("answer", "trả lời"),
    ("apdus_at_most", "số APDU, không quá"),
    ("apdus_besides_reading", "số APDU không kể đọc tệp"),
    ("architecture", "bộ xử lý"),
    ("as_type_b", "đọc theo chip kiểu B"),
    ("assumed", "dùng hồ sơ dựng sẵn"),
    ("atr", "ATR"),
    ("atr_info", "EF.ATR/INFO"),
    ("ats", "ATS"),
    ("attempts", "số khóa đã thử"),
    ("birth_has_fillers", "ngày sinh có phần không rõ"),
    ("bit_rate", "tốc độ bit (kbit/s)"),
    ("bits", "số bit"),
    ("by_answer", "theo trả lời"),
    ("card_access", "EF.CardAccess"),
    ("card_security", "EF.CardSecurity"),
    ("category", "nhóm"),
    ("chain", "chuỗi chứng thư"),
    ("check_byte_holds", "byte kiểm tra đúng"),
    ("checks", "kiểm tra"),
    ("chip_authentication_mapping", "PACE-CAM"),
    ("chip_genuine", "chip thật"),
    ("chip_proofs_ms", "chip tự chứng minh (ms)"),
    ("code", "mã"),
    ("com", "EF.COM"),
    ("command", "lệnh"),
    ("commands", "từng lệnh"),
    ("condition", "tình trạng"),
    ("count", "số lần"),
    ("country", "quốc gia"),
    ("curve", "đường cong"),
    ("detail", "chi tiết"),
    ("dg1", "DG1"),
    ("dg2", "DG2"),
    ("dg11", "DG11"),
    ("dg12", "DG12"),
    ("dg13", "DG13"),
    ("dg14", "DG14"),
    ("dg15", "DG15"),
    ("dir", "EF.DIR"),
    ("error", "lỗi"),
    ("exchanges", "lệnh và trả lời"),
    ("extended", "độ dài mở rộng"),
    ("extras", "các trường sau trường thứ bảy"),
    ("field", "trường số"),
    ("fields", "các trường"),
    ("files_ms", "từng tệp (ms)"),
    ("findings", "ghi nhận"),
    ("form", "dạng"),
    ("frame_size", "khung dài nhất (byte)"),
    ("from_year", "hiệu lực từ năm"),
    ("has_number", "có số thứ tự"),
    ("has_optional_data", "có dữ liệu tùy chọn"),
    ("has_optional_data_2", "có dữ liệu tùy chọn ở dòng hai"),
    ("has_residence", "có nơi cư trú"),
    ("has_signing_time", "có thời điểm ký"),
    ("historical_bytes", "historical bytes"),
    ("historical_length", "số historical byte"),
    ("holds_identifier", "kèm số nhận dạng của chip"),
    ("in_com", "có trong EF.COM"),
    ("in_sod", "có trong EF.SOD"),
    ("in_steps_of", "làm tròn theo"),
    ("iso_14443_4", "theo ISO/IEC 14443-4"),
    ("issuer_country", "quốc gia của bên cấp"),
    ("issuer_parts", "các phần trong tên bên cấp"),
    ("issuer_signature", "chữ ký của bên cấp"),
    ("keys", "các khóa công khai (chỉ loại)"),
    ("keys_refused", "số khóa bị từ chối"),
    ("kind", "loại"),
    ("largest_block", "khối đọc lớn nhất (byte)"),
    ("learnt", "đã biết thêm về chip và đầu đọc"),
    ("least_ms", "nhanh nhất (ms)"),
    ("length", "độ dài"),
    ("limits_from", "giới hạn lấy từ"),
    ("lists_document_types", "liệt kê loại giấy tờ"),
    ("longest_command_at_most", "lệnh dài nhất, không quá (byte)"),
    (
        "longest_response_at_most",
        "trả lời dài nhất, không quá (byte)",
    ),
    ("max_command", "lệnh dài nhất (byte)"),
    ("max_response", "trả lời dài nhất (byte)"),
    ("median_ms", "trung vị (ms)"),
    ("modelled", "thời gian do mô hình"),
    ("most_ms", "chậm nhất (ms)"),
    ("names_key", "có chỉ rõ khóa"),
    ("offered", "chip đưa ra"),
    ("pace_domain_parameters", "số nhóm PACE ghi đầy đủ"),
    ("parameters", "cách ghi tham số"),
    ("part", "đang làm"),
    ("passed_over", "số đề nghị mạnh hơn không dùng được"),
    ("passive_authentication", "Passive Authentication"),
    ("password", "loại khóa"),
    ("pcsc", "có PC/SC"),
    ("profile", "hồ sơ đầu đọc"),
    ("program", "chương trình"),
    ("protected", "có bảo vệ"),
    ("protocol", "giao thức"),
    ("protocols", "các giao thức"),
    ("qr", "mã QR"),
    ("random", "ngẫu nhiên"),
    ("rates_from_chip", "tốc độ từ chip (kbit/s)"),
    ("rates_to_chip", "tốc độ tới chip (kbit/s)"),
    ("reader", "đầu đọc"),
    ("reading_beyond_end", "đọc quá cuối tệp được"),
    ("reason", "lý do"),
    ("record_version", "phiên bản bản ghi"),
    ("role", "vai trò của khe"),
    ("same_again", "lần sau vẫn vậy"),
    ("same_rate_both_ways", "hai chiều cùng tốc độ"),
    ("short_identifiers", "gọi tệp bằng mã ngắn"),
    ("size", "kích cỡ"),
    ("sod", "EF.SOD"),
    ("speed_up", "kết quả xin tăng tốc độ bit"),
    ("start_up_guard_integer", "SFGI"),
    ("status", "trạng thái"),
    ("subject_parts", "các phần trong tên bên ký"),
    ("system", "hệ điều hành"),
    ("tags", "nhãn"),
    ("takes_cid", "nhận CID"),
    ("text", "chữ"),
    ("times", "thời gian"),
    ("to_year", "hiệu lực đến năm"),
    ("total_ms", "tổng cộng (ms)"),
    ("uid", "UID"),
    ("unicode_version", "phiên bản Unicode"),
    ("usb_product", "mã sản phẩm USB"),
    ("usb_vendor", "mã hãng USB"),
    ("utf8", "đúng UTF-8"),
    ("values", "giá trị (chỉ dạng)"),
    ("waiting_time_integer", "FWI"),
    ("well_formed", "đúng khuôn dạng"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Lang, key};
    use serde_json::Value;
    use std::collections::BTreeSet;

    /// The names of the schema's properties.
    fn names(schema: &Value, found: &mut BTreeSet<String>) {
        match schema {
            Value::Object(map) => {
                if let Some(Value::Object(properties)) = map.get("properties") {
                    found.extend(properties.keys().cloned());
                }
                map.values().for_each(|value| names(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| names(item, found)),
            _ => {}
        }
    }

    #[test]
    fn every_entry_of_a_report_has_a_vietnamese_name() {
        let schema = chipid_test_vectors::read("schemas/field-report.schema.json");
        let mut found = BTreeSet::new();
        names(&serde_json::from_slice(&schema).unwrap(), &mut found);
        assert!(found.len() > 150, "{}", found.len());
        let english = |name: &&String| {
            key(name, Lang::Vi) == **name && !REPORT_KEYS.iter().any(|(known, _)| *known == **name)
        };
        let missing: Vec<&String> = found.iter().filter(english).collect();
        assert!(missing.is_empty(), "{missing:?}");
        for (name, _) in REPORT_KEYS {
            assert!(found.contains(*name), "no report has {name}");
        }
    }
}
