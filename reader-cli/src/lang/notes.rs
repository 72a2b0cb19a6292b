//! What is said beside the data while the program works.

use super::texts;

texts! {
    ERROR: "lỗi", "error";
    HINT: "gợi ý", "hint";
    NOTE: "lưu ý", "note";

    OWN_CAN: "dùng chính số CAN của thẻ ảo: {0}",
        "the virtual card's own CAN, {0}, is used";
    OWN_MRZ: "thẻ ảo không có số CAN; dùng chính dòng MRZ của nó",
        "the virtual card has no CAN; its own MRZ is used";
    MRZ_REPAIRED: "{0} ký tự của dòng MRZ đọc nhầm đã được sửa theo các chữ số kiểm tra; MRZ chỉ dùng làm khóa",
        "{0} misread characters of the machine readable zone were put right by its check digits; it serves for the key alone";
    QR_ENCODING_REPAIRED: "nội dung mã QR bị sai bảng mã và đã được khôi phục",
        "the text of the QR code was in the wrong encoding and was put right";
    QR_GARBLED: "chữ trong mã QR bị hỏng (thường do bộ gõ tiếng Việt hoặc máy quét): số và ngày vẫn dùng được, họ tên thì không so; hãy tắt bộ gõ khi quét",
        "the letters of the QR text are garbled (by a Vietnamese keyboard program or the scanner, mostly): number and days serve, the name is not compared; switch the program off while scanning";
    SAVED_IN: "đã lưu vào {0}", "saved in {0}";
    LAY_CHILD: "đặt thẻ của trẻ lên đầu đọc", "lay the child's card on the reader";
    LAY_GUARDIAN: "nhấc thẻ của trẻ ra, rồi đặt thẻ của người giám hộ lên đầu đọc",
        "take the child's card off, then lay the guardian's on the reader";
    PARTLY_KEPT: "phần đã đọc được lưu trong {0}", "what was read is kept in {0}";
    CARD_MOVED: "thẻ bị xê dịch: đặt lại và giữ yên; máy đọc tiếp từ chỗ đang dở",
        "the card moved: lay it back and hold it still; the reading goes on where it was";
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
    PASSED_OVER: "{0} có thẻ nhưng không phải trên ăng-ten nên bị bỏ qua; muốn đọc thì ghi rõ --reader",
        "a card lies in {0}, which is no antenna and is passed over; --reader takes it all the same";
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
    UNKNOWN_READER: "không biết gì về đầu đọc này: chỉ dùng lệnh ngắn, đọc chậm hơn",
        "nothing is known of this reader: short commands alone, which read more slowly";
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
    SPEED_SET: "đầu đọc nhận tốc độ tối đa {0} kbit/s, thẻ vẫn trả lời",
        "the reader took {0} kbit/s as its highest rate, and the card is still there";
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
    SPEED_UNKNOWN_READER: "không tăng tốc: không biết đây là đầu đọc nào",
        "no speed-up: it is not known which reader this is";
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
    SPEED_NOT_DOCUMENTED: "không tăng tốc: không tài liệu công khai nào nói cách làm với đầu đọc này",
        "no speed-up: no public document says how with this reader";
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
    SPEED_CLOSED: "không tăng tốc: trình điều khiển không cho gửi lệnh riêng của đầu đọc",
        "no speed-up: the driver lets no command to the reader itself through";
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
    SPEED_REFUSED: "không tăng tốc: đầu đọc từ chối",
        "no speed-up: the reader refused";
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
    SPEED_IN_PART: "đầu đọc nhận {0} kbit/s cho một loại thẻ và từ chối loại kia; nó giữ cài đặt này, thẻ vẫn trả lời",
        "the reader took {0} kbit/s for one type of card and refused it for the other; it keeps that, and the card is still there";
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
    SPEED_CARD_LOST: "tăng tốc làm mất thẻ: nhấc thẻ ra rồi đặt lại, lần sau không dùng --speed-up",
        "the speed-up lost the card: lay it again, and leave --speed-up out";
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
    WAITING: "đang chờ thẻ, tối đa {0} giây", "waiting for a card, {0} seconds at most";
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
    WAITING_ON: "đang chờ thẻ trên đầu đọc {0}, tối đa {1} giây",
        "waiting for a card on {0}, {1} seconds at most";
    VPCD_IS_OPEN: "ai kết nối được vào cổng của vpcd cũng đặt được thẻ lên đầu đọc: chỉ dùng trên máy thử",
        "vpcd lets everybody who reaches its port lay a card on the reader: for test machines only";
    VPCD_CONNECTED: "thẻ {0} đã nằm trên đầu đọc của vpcd (\"Virtual PCD 00 00\"); bấm Ctrl-C để nhấc ra",
        "{0} lies on vpcd's reader (\"Virtual PCD 00 00\"); Ctrl-C takes it off";
    VPCD_WAITS: "mỗi câu trả lời mất đúng thời gian mà mô hình sóng vô tuyến {0} kbit/s tính ra (theo mô hình, không phải số đo)",
        "every answer takes the time that a radio link of {0} kbit/s is modelled to take (modelled, not measured)";
    VPCD_WAITED: "theo mô hình, {0} lệnh mất {1} ms", "{0} commands took {1} ms by the model";
    VPCD_DISCONNECTED: "thẻ đã được nhấc khỏi đầu đọc", "the card is off the reader";
    MODELS_MISSING: "`chipid models fetch` tải những tệp còn thiếu; tệp nào đã bị thay đổi thì xoá trước",
        "`chipid models fetch` fetches what is missing; remove what is changed first";
}
