//! What `readers` prints.

use super::texts;

texts! {
    READER_EMPTY: "không có thẻ", "no card";
    READER_CARD: "có thẻ", "a card";
    READER_MUTE: "có thẻ nhưng thẻ không trả lời", "a card that does not answer";
    READER_HELD: ", chương trình khác đang giữ", ", held by another program";
    READER_IN_USE: ", đang được dùng", ", in use";
    SLOT_ANTENNA: "ăng-ten đọc thẻ không tiếp xúc",
        "an antenna";
    SLOT_CONTACTS: "khe tiếp xúc: bỏ qua, trừ khi ghi rõ --reader",
        "contacts: passed over, unless --reader names it";
    SLOT_SAM: "khe mô-đun bảo mật của đầu đọc: bỏ qua, trừ khi ghi rõ --reader",
        "the reader's own security module: passed over, unless --reader names it";
    SLOT_OPEN: "tên không cho biết loại khe: ATR của thẻ sẽ cho biết",
        "its name leaves the kind of slot open: the ATR of a card will tell";
    SLOT_ANTENNA_BY_ATR: "ăng-ten, theo ATR của thẻ",
        "an antenna, by the ATR of the card";
    SLOT_CONTACTS_BY_ATR: "khe tiếp xúc, theo ATR của thẻ: bỏ qua, trừ khi ghi rõ --reader",
        "contacts, by the ATR of the card: passed over, unless --reader names it";
    READER_NEVER_TRIED: "{0} ({1}), chưa từng thử ở đây",
        "{0} ({1}), never tried here";
    READER_TRIED: "{0} ({1}), đã đọc được giấy tờ thật",
        "{0} ({1}), has read a real document";
    READER_WITHOUT_PROFILE: "{0}: chưa có thông tin về đầu đọc này",
        "{0}: nothing is known of this reader";
    READER_UNNAMED: "trình điều khiển không cho biết đây là đầu đọc nào",
        "the driver does not tell which reader it is";
    READER_VIRTUAL: "đầu đọc ảo của vpcd, chỉ để thử",
        "vpcd's virtual reader, for tests";
    READER_NOT_ASKED: "không hỏi được trình điều khiển: {0}",
        "the driver could not be asked: {0}";
    LIMITS: "lệnh tối đa {0} byte, trả lời tối đa {1} byte, {2}",
        "commands of {0} bytes at most, responses of {1}, {2}";
    NO_LIMITS: "không rõ giới hạn độ dài, {0}",
        "no limit of length is known, {0}";
    LIMITS_OF_DRIVER: "theo trình điều khiển",
        "by its driver";
    LIMITS_OF_PROFILE: "theo thông tin công khai về đầu đọc",
        "by what is public of this reader";
    LIMITS_OF_VIRTUAL_READER: "vì là đầu đọc ảo",
        "as it is virtual";
    LIMITS_OF_UNKNOWN_READER: "vì không biết gì về đầu đọc này",
        "since nothing is known of it";
    LIMITS_LOWERED: "; đã giảm vì lỗi {0}",
        "; lowered for the fault {0}";
    EVENT_SERVICE_AWAY: "dịch vụ thẻ không trả lời: {0}",
        "no card service: {0}";
    EVENT_NO_READER: "không có đầu đọc",
        "no reader";
    EVENT_READER_READY: "{0}: sẵn sàng, chờ thẻ",
        "{0}: ready for a card";
    EVENT_CARD_IN_FIELD: "{0}: có thẻ",
        "{0}: a card";
    EVENT_CARD_MUTE: "{0}: có thẻ nhưng thẻ không trả lời",
        "{0}: a card that does not answer";
    EVENT_CARD_MOVED: "{0}: thẻ bị nhấc ra hoặc xê dịch",
        "{0}: the card moved";
    EVENT_READER_GONE: "{0}: đầu đọc bị rút ra",
        "{0}: unplugged";
    EVENT_DONE: "{0}: xong, lấy thẻ ra",
        "{0}: done, take the card";
}
