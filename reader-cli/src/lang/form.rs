//! The customer form. Both languages stand on the printed page.

use super::texts;

texts! {
    FORM_TITLE: "PHIẾU THÔNG TIN KHÁCH HÀNG", "CUSTOMER FORM";
    FORM_FROM_CHIP: "Lấy từ chip của giấy tờ", "Taken from the document's chip";
    FORM_PORTRAIT: "Ảnh chân dung trên chip", "Portrait on the chip";
    FORM_NO_PORTRAIT: "Không có ảnh", "No portrait";
    FORM_PURPOSE: "Mục đích xử lý", "Purpose";
    FORM_CHECKED_AT: "Thời điểm kiểm tra", "Time of the check";
    FORM_POLICY: "Chính sách", "Policy";
    FORM_CHECKS: "Kết quả kiểm tra", "Checks";
    FORM_GROUNDS: "Lý do", "Grounds";
    FORM_PASSED: "đạt", "passed";
    FORM_FAILED: "KHÔNG ĐẠT", "FAILED";
    FORM_NOT_PERFORMED: "chưa làm", "not performed";
    FORM_CUSTOMER: "Khách hàng ký, ghi rõ họ tên", "Customer: signature and name";
    FORM_CLERK: "Giao dịch viên ký, ghi rõ họ tên", "Clerk: signature and name";

    FORM_PROVEN: "Dữ liệu do cơ quan cấp ký; chữ ký số đã được xác minh đến chứng thư tin cậy.",
        "The data are signed by the issuer; the signature is traced to a trusted certificate.";
    FORM_ISSUER_UNKNOWN: "CHƯA XÁC MINH ĐƯỢC NƠI CẤP: chữ ký số đúng, nhưng không ai bảo đảm cho người ký. Coi như lời tự khai.",
        "ISSUER NOT VERIFIED: the signature holds, but nobody vouches for the signer. Take it as a claim.";
    FORM_NOT_PROVEN: "CHƯA ĐƯỢC CHỨNG MINH: dữ liệu hoặc chữ ký số không đúng, hoặc chưa đọc được. Không in thông tin chủ thẻ.",
        "NOT PROVEN: the data or their signature do not hold, or were not read. Nothing of the holder is printed.";
    FORM_TEST_CARD: "THẺ THỬ: không cơ quan nào cấp. Không dùng cho khách thật.",
        "TEST CARD: no authority issued it. Never for a real customer.";
    FORM_MARK_NOT_PROVEN: "CHƯA ĐƯỢC CHỨNG MINH", "NOT PROVEN";
    FORM_MARK_TEST: "THẺ THỬ", "TEST CARD";
    FORM_MARK_REJECTED: "BỊ TỪ CHỐI", "REJECTED";

    FORM_OUT_KIND: "phiếu được ghi dưới dạng .json hoặc .html", "a form is written as .json or .html";
    FORM_GIVE_OUT: "dùng --out phieu.html để in, hoặc --out phieu.json cho chương trình khác",
        "give --out form.html to print it, or --out form.json for other programs";
}
