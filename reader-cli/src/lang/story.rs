//! What `demo` tells, step by step.

use super::texts;

texts! {
    DEMO_TITLE: "Trình diễn: thẻ ảo, không đầu đọc, không mạng.",
        "Demonstration: a virtual card, no reader, no network.";
    DEMO_OPENED: "Mở chip bằng {0} với số CAN", "The chip was opened by {0} with the CAN";
    DEMO_READ: "Đọc xong {0} lệnh APDU, {1} byte, {2} ms", "Everything was read: {0} APDUs, {1} bytes, {2} ms";
    DEMO_SIGNED: "Dữ liệu do {0} ký (cơ quan thử, chỉ chính sách demo chấp nhận)",
        "The data are signed by {0} (a test issuer, which only the policy demo lets pass)";
    DEMO_PROVED: "Chip tự chứng minh là thật ({0})", "The chip proved itself genuine ({0})";
    DEMO_NOT_PROVED: "Chip KHÔNG chứng minh được", "The chip did NOT prove itself";
    DEMO_COMPARED: "Đối chiếu khuôn mặt với ảnh {0}: độ giống {1}, ngưỡng {2}",
        "The face was compared with {0}: similarity {1}, threshold {2}";
    DEMO_NOT_COMPARED: "KHÔNG đối chiếu được khuôn mặt với ảnh {0}",
        "The face could NOT be compared with {0}";
    DEMO_WARNING: "Chính sách demo chỉ để trình diễn: nó chấp nhận thẻ thử. Với khách thật, dùng chính sách counter và CSCA của nước cấp.",
        "The policy demo is for demonstrations: it lets test cards pass. For real customers: the policy counter, with the state's CSCA.";
}
