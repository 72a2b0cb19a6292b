//! What `doctor` says: each code of `docs/reference/symptoms.md` in a line, with its cause and what mends it; what is looked
//! at; what the pieces of evidence are.

use super::{Text, texts};

texts! {
    DOCTOR_YES: "Đọc được thẻ ngay bây giờ.", "A card could be read now.";
    DOCTOR_YES_BUT: "Đọc được thẻ ngay bây giờ, nhưng chưa kết luận được: {0}.",
        "A card could be read now, but not judged: {0}.";
    DOCTOR_NO: "Bây giờ chưa đọc được thẻ: {0}.", "No card could be read now: {0}.";
    DOCTOR_NOT_ASKED: "chưa hỏi đầu đọc nào", "no reader was asked";
    DOCTOR_OK: "tốt", "ok";
    DOCTOR_WRONG: "LỖI", "WRONG";
    DOCTOR_LEFT: "chưa kiểm tra", "not looked at";
    DOCTOR_FIRST: "Việc cần làm trước", "First";
    DOCTOR_THEN: "Sau đó", "Then";
    DOCTOR_NOTES: "Nên biết", "Worth knowing";
    DOCTOR_CAUSE: "nguyên nhân", "cause";
    DOCTOR_MEND: "cách sửa", "what mends it";
    DOCTOR_SEEN: "đã thấy", "seen";
    DOCTOR_ONLY_A_SIGN: "đây là dấu hiệu, chưa phải bằng chứng", "a sign of it, and no proof";
    DOCTOR_MORE: "và {0} mục nữa", "and {0} more";
    DOCTOR_ERROR: "lỗi {0}", "error {0}";
    DOCTOR_NO_ROOT: "không có thư mục này", "there is no such folder";
    DOCTOR_GIVE_ROOT: "dùng --root với thư mục gốc của một hệ thống", "give --root the root folder of a system";
}

/// What is said of a code.
pub(crate) struct Words {
    /// What is wrong.
    pub(crate) what: Text,
    /// Why.
    pub(crate) cause: Text,
    /// What mends it; the command, where there is one, stands below.
    pub(crate) mend: Text,
}

/// What is said of a code; `None` for one that the catalogue does not have.
pub(crate) fn symptom(code: &str) -> Option<&'static Words> {
    SYMPTOMS
        .iter()
        .find(|(known, _)| *known == code)
        .map(|(_, words)| words)
}

/// What is looked at.
pub(crate) fn aspect(name: &str) -> Option<Text> {
    found(ASPECTS, name)
}

/// What a piece of evidence is.
pub(crate) fn evidence(name: &str) -> Option<Text> {
    found(EVIDENCE, name)
}

/// A word that stands for a value: the role of a slot, the state of a card.
pub(crate) fn value(word: &str) -> Option<Text> {
    found(VALUES, word)
}

fn found(table: &[(&str, Text)], name: &str) -> Option<Text> {
    table
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

const ASPECTS: &[(&str, Text)] = &[
    ("program", Text("chương trình", "program")),
    ("service", Text("dịch vụ thẻ", "card service")),
    ("access", Text("quyền dùng", "right to use it")),
    ("session", Text("phiên làm việc", "session")),
    ("drivers", Text("trình điều khiển", "drivers")),
    ("usb", Text("đầu đọc trên USB", "readers on USB")),
    ("kernel", Text("mô-đun nhân", "kernel modules")),
    ("firmware", Text("firmware đầu đọc", "firmware")),
    ("device_files", Text("tệp thiết bị", "device files")),
    ("readers", Text("đầu đọc và khe", "readers, slots")),
    (
        "other_programs",
        Text("chương trình khác", "other programs"),
    ),
    ("card", Text("thẻ", "card")),
    ("application", Text("ứng dụng hộ chiếu", "travel document")),
    ("card_access", Text("tệp EF.CardAccess", "EF.CardAccess")),
    ("lengths", Text("độ dài lệnh", "lengths")),
    ("speed", Text("tốc độ", "speed")),
    ("models", Text("mô hình khuôn mặt", "face models")),
    ("trust", Text("kho tin cậy", "trust store")),
    ("clock", Text("đồng hồ", "clock")),
];

const EVIDENCE: &[(&str, Text)] = &[
    ("found", Text("có", "there is")),
    ("missing", Text("không có", "there is no")),
    ("answer", Text("PC/SC trả lời", "PC/SC answers")),
    (
        "no_answer_within",
        Text("không trả lời trong", "no answer within"),
    ),
    ("process", Text("tiến trình", "process")),
    ("account", Text("tài khoản", "account")),
    ("system", Text("hệ thống", "system")),
    ("reader", Text("đầu đọc", "reader")),
    ("role", Text("khe", "slot")),
    ("usb", Text("thiết bị USB", "USB device")),
    ("profile", Text("hồ sơ đầu đọc", "profile")),
    (
        "driver_list",
        Text("danh sách của trình điều khiển", "driver's list"),
    ),
    ("interface_driver", Text("đang bị giữ bởi", "held by")),
    ("module", Text("mô-đun nhân", "kernel module")),
    ("firmware", Text("firmware đầu đọc", "firmware")),
    (
        "least_firmware",
        Text("phiên bản firmware tối thiểu", "least firmware taken"),
    ),
    ("device_file", Text("tệp thiết bị", "device file")),
    ("setting", Text("thiết lập", "setting")),
    ("suspends", Text("số lần máy đã ngủ", "times asleep")),
    ("card", Text("thẻ", "card")),
    ("atr", Text("mã ATR", "ATR")),
    ("status", Text("mã trạng thái", "status word")),
    ("bytes", Text("số byte", "bytes")),
    ("longest_command", Text("lệnh dài nhất", "longest command")),
    ("longest_answer", Text("trả lời dài nhất", "longest answer")),
    ("extended_length", Text("độ dài mở rộng", "extended length")),
    ("round_trip", Text("một lệnh", "one command")),
    (
        "portrait",
        Text("ảnh 20 KiB cần khoảng", "20 KiB portrait, about"),
    ),
    ("folder", Text("thư mục", "folder")),
    ("count", Text("số lượng", "count")),
    ("now", Text("bây giờ là", "now")),
    ("not_before", Text("không thể sớm hơn", "not before")),
    ("newest", Text("mới nhất", "newest")),
    (
        "overdue",
        Text("danh sách thu hồi quá hạn", "revocation lists overdue"),
    ),
    ("not_given", Text("chưa đưa", "not given")),
];

const VALUES: &[(&str, Text)] = &[
    ("contactless", Text("ăng-ten", "antenna")),
    (
        "several",
        Text("nhiều loại khe cùng tên", "several kinds of slot"),
    ),
    ("unknown", Text("không rõ", "not known")),
    ("contact", Text("khe tiếp xúc", "contacts")),
    ("sam", Text("khe mô-đun bảo mật", "security module")),
    ("absent", Text("không có thẻ", "no card")),
    ("present", Text("có thẻ", "a card")),
    (
        "mute",
        Text("có thẻ nhưng không trả lời", "a card that does not answer"),
    ),
    ("exclusive", Text("bị giữ riêng", "held exclusively")),
];

const fn words(what: Text, cause: Text, mend: Text) -> Words {
    Words { what, cause, mend }
}

const SYMPTOMS: &[(&str, Words)] = &[
    (
        "program_without_readers",
        words(
            Text(
                "bản chipid này không có phần dùng đầu đọc",
                "this chipid was built without support for readers",
            ),
            Text(
                "khi biên dịch chương trình, máy chưa có thư viện PC/SC",
                "the library for PC/SC was not there when it was built",
            ),
            Text(
                "cài thư viện rồi biên dịch lại",
                "install the library and build again",
            ),
        ),
    ),
    (
        "service_not_installed",
        words(
            Text(
                "máy chưa cài dịch vụ thẻ thông minh pcscd",
                "the smart card service pcscd is not installed",
            ),
            Text(
                "chưa ai cài gói pcscd",
                "nobody has installed the package pcscd",
            ),
            Text(
                "cài pcscd và trình điều khiển đầu đọc",
                "install pcscd and the driver of readers",
            ),
        ),
    ),
    (
        "service_not_running",
        words(
            Text(
                "dịch vụ thẻ thông minh không chạy",
                "the smart card service does not run",
            ),
            Text(
                "dịch vụ chưa được bật hoặc đã dừng giữa chừng; trên Windows nó có thể dừng khi chưa cắm đầu đọc",
                "it is not enabled, or it died; on Windows it may stop while no reader is plugged in",
            ),
            Text("khởi động dịch vụ", "start it"),
        ),
    ),
    (
        "service_looks_elsewhere",
        words(
            Text(
                "pcscd tìm trình điều khiển ở chỗ không có gì",
                "pcscd looks for drivers where none are",
            ),
            Text(
                "pcscd đang chạy được biên dịch bằng tay và chỉ tìm trong thư mục riêng của nó",
                "the pcscd that runs was built by hand, and looks in a folder of its own",
            ),
            Text(
                "cài lại pcscd của hệ thống và gỡ bản kia",
                "install the system's pcscd again, and take the other away",
            ),
        ),
    ),
    (
        "reader_silent",
        words(
            Text(
                "dịch vụ thẻ hoặc đầu đọc không trả lời",
                "the card service or a reader does not answer",
            ),
            Text(
                "thẻ không phản hồi, hoặc trình điều khiển chờ mãi không dừng",
                "a mute card, or a driver that waits for ever",
            ),
            Text(
                "rút đầu đọc ra, khởi động lại dịch vụ rồi cắm lại",
                "unplug the reader, start the service anew, and plug it in again",
            ),
        ),
    ),
    (
        "processes_hidden_from_service",
        words(
            Text(
                "dịch vụ thẻ không thấy được chương trình nào đang hỏi nó",
                "the card service cannot see who asks it",
            ),
            Text(
                "/proc ẩn tiến trình của người khác, mà pcscd không chạy bằng root",
                "/proc hides the processes of others, and pcscd does not run as root",
            ),
            Text(
                "cho riêng nhóm của pcscd thấy các tiến trình (ghi cùng gid= đó vào /etc/fstab để giữ lâu dài)",
                "let the group of pcscd alone see them (for good: the same gid= in /etc/fstab)",
            ),
        ),
    ),
    (
        "polkit_unreachable",
        words(
            Text(
                "trong container này không ai cho phép dùng đầu đọc",
                "nobody in this container can allow the use of readers",
            ),
            Text(
                "trong container không có polkit hoặc D-Bus, hoặc polkit của máy chủ thấy một tài khoản lạ",
                "no polkit or D-Bus answers in it, or the host's sees a foreign account",
            ),
            Text(
                "trong container, chạy pcscd không hỏi polkit; nếu dùng pcscd của máy chủ thì thêm quy tắc polkit ở đó",
                "in the container, run a pcscd that does not ask; with the host's, add a rule of polkit there",
            ),
        ),
    ),
    (
        "polkit_denies",
        words(
            Text(
                "tài khoản này không được dùng đầu đọc",
                "this account may not use readers",
            ),
            Text(
                "polkit chỉ cho phép phiên đang làm việc tại chính máy này",
                "polkit allows only sessions that are active at the machine itself",
            ),
            Text(
                "đăng nhập tại máy; với dịch vụ không có người ngồi: thêm quy tắc polkit (hardware/polkit trong mã nguồn chipid) rồi chỉ đưa tài khoản của chương trình vào nhóm chipid",
                "log in at the machine; for a service: add a rule of polkit (hardware/polkit in a clone of chipid), and put the program's account alone into the group chipid",
            ),
        ),
    ),
    (
        "remote_session",
        words(
            Text("đây là phiên điều khiển từ xa", "this is a remote session"),
            Text(
                "màn hình từ xa cho thấy đầu đọc của máy mà người dùng đang ngồi, không phải của máy này",
                "a remote desktop shows the readers of the client, not those of this machine",
            ),
            Text(
                "cắm đầu đọc vào máy nơi người dùng ngồi, hoặc làm việc ngay tại máy này",
                "plug the reader in where the person sits, or work at the machine itself",
            ),
        ),
    ),
    (
        "smart_card_plug_and_play",
        words(
            Text(
                "Windows đi tìm trình điều khiển cho mọi thẻ lạ",
                "Windows looks for a driver for every unknown card",
            ),
            Text(
                "tính năng Smart Card Plug and Play đang bật, và nó nói chuyện với thẻ trong mấy giây đầu",
                "Smart Card Plug and Play is on, and talks to the card during the first seconds",
            ),
            Text(
                "tắt tính năng đó bằng quyền quản trị",
                "switch it off, as administrator",
            ),
        ),
    ),
    (
        "no_driver_installed",
        words(
            Text(
                "máy chưa có trình điều khiển đầu đọc nào",
                "no driver for readers is installed",
            ),
            Text(
                "pcscd được cài mà không kèm trình điều khiển",
                "pcscd came without one",
            ),
            Text("cài trình điều khiển libccid", "install the driver libccid"),
        ),
    ),
    (
        "apple_driver_refuses_long_commands",
        words(
            Text(
                "trình điều khiển của Apple có thể từ chối lệnh dài",
                "Apple's driver may refuse long commands",
            ),
            Text(
                "từ macOS 14, trình điều khiển riêng của Apple được dùng; một số đầu đọc gặp lỗi với nó",
                "Apple's own driver is used since macOS 14, and some readers fail with it",
            ),
            Text(
                "nếu lệnh dài bị lỗi: chuyển sang trình điều khiển cũ rồi cắm lại đầu đọc",
                "where long commands fail: take the older driver, then plug the reader in again",
            ),
        ),
    ),
    (
        "two_drivers_for_reader",
        words(
            Text(
                "hai trình điều khiển cùng nhận một đầu đọc",
                "two drivers list the same reader",
            ),
            Text(
                "libccid và acsccid đều có mã của nó; tên đầu đọc đổi tùy bên nào nhận",
                "both libccid and acsccid have its id, and its name depends on which takes it",
            ),
            Text(
                "nếu đầu đọc chạy tốt thì để yên; nếu không, chỉ giữ một trình điều khiển",
                "leave it where the reader works; else keep one driver",
            ),
        ),
    ),
    (
        "no_reader_plugged",
        words(
            Text("chưa cắm đầu đọc nào", "no reader is plugged in"),
            Text(
                "đầu đọc chưa cắm, dây hỏng, hoặc cổng USB không chạy",
                "it is not plugged in, its cable is broken, or the port is dead",
            ),
            Text(
                "cắm đầu đọc vào, hoặc đổi sang cổng khác",
                "plug the reader in, or take another port",
            ),
        ),
    ),
    (
        "reader_in_no_driver_list",
        words(
            Text(
                "không trình điều khiển nào nhận đầu đọc đang cắm",
                "no driver lists the reader that is plugged in",
            ),
            Text(
                "pcscd chỉ nhận những mã USB có trong danh sách của trình điều khiển",
                "pcscd takes only USB ids that stand in a driver's list",
            ),
            Text(
                "cài trình điều khiển của hãng, hoặc dùng đầu đọc khác (xem hardware/README.md)",
                "install the maker's driver, or take another reader (see hardware/README.md)",
            ),
        ),
    ),
    (
        "kernel_module_holds_reader",
        words(
            Text("nhân Linux đang giữ đầu đọc", "the kernel holds the reader"),
            Text(
                "mô-đun NFC pn533_usb của nhân đã chiếm thiết bị trước pcscd",
                "the kernel's NFC driver pn533_usb took the device before pcscd could",
            ),
            Text(
                "gỡ mô-đun đó và không cho nạp lại",
                "unload that module, and keep it from coming back",
            ),
        ),
    ),
    (
        "reader_firmware_too_old",
        words(
            Text(
                "firmware của đầu đọc quá cũ",
                "the reader's firmware is too old",
            ),
            Text(
                "trình điều khiển từ chối phiên bản đã biết là lỗi",
                "the driver refuses a version that is known to be faulty",
            ),
            Text(
                "cập nhật firmware của hãng, hoặc dùng đầu đọc khác",
                "take the maker's update, or another reader",
            ),
        ),
    ),
    (
        "reader_node_forbidden",
        words(
            Text(
                "dịch vụ thẻ không được mở đầu đọc",
                "the card service may not open the reader",
            ),
            Text(
                "pcscd không chạy bằng root, và tệp thiết bị của đầu đọc không thuộc nhóm pcscd",
                "pcscd does not run as root, and the reader's device file does not belong to its group",
            ),
            Text(
                "thêm quy tắc udev này, rồi cắm lại đầu đọc",
                "add this rule of udev, then plug the reader in again",
            ),
        ),
    ),
    (
        "reader_times_out",
        words(
            Text(
                "đầu đọc không trả lời hoặc dễ bị ngắt điện",
                "the reader does not answer, or may be put to sleep",
            ),
            Text(
                "firmware, nguồn USB yếu, hoặc máy tiết kiệm điện cho cổng USB",
                "firmware, a weak USB supply, or the system saves power at the port",
            ),
            Text(
                "cắm lại đầu đọc, tốt nhất qua hub có nguồn riêng; tắt tiết kiệm điện nếu có lệnh bên dưới",
                "plug the reader in again, best at a hub with its own supply; keep its power on where a command stands below",
            ),
        ),
    ),
    (
        "no_contactless_slot",
        words(
            Text("không khe nào có ăng-ten", "no slot has an antenna"),
            Text(
                "đây là đầu đọc tiếp xúc, hoặc trình điều khiển chung không cho thấy ăng-ten của nó",
                "this is a reader for contacts, or the common driver does not show its antenna",
            ),
            Text(
                "cài trình điều khiển của hãng, hoặc dùng đầu đọc không tiếp xúc",
                "install the maker's driver, or take a contactless reader",
            ),
        ),
    ),
    (
        "slot_always_occupied",
        words(
            Text("một khe luôn báo có thẻ", "a slot always shows a card"),
            Text(
                "mô-đun bảo mật nằm sẵn trong đầu đọc, hoặc khe báo sai",
                "a security module inside the reader, or a slot that always says so",
            ),
            Text(
                "không cần làm gì: khe đó được bỏ qua; nếu vẫn nhầm thì dùng --reader",
                "nothing: such slots are passed over; else give --reader",
            ),
        ),
    ),
    (
        "reader_held_by_other",
        words(
            Text(
                "chương trình khác đang giữ đầu đọc",
                "another program holds the reader",
            ),
            Text(
                "một chương trình (scdaemon của GnuPG, trình duyệt, phần mềm ký số) giữ riêng đầu đọc cho nó",
                "a program (GnuPG's scdaemon, a browser, an e-signature agent) keeps it for itself",
            ),
            Text("đóng chương trình đó", "close that program"),
        ),
    ),
    (
        "card_reset_by_other",
        words(
            Text(
                "chương trình khác khởi động lại thẻ giữa chừng",
                "another program reset the card",
            ),
            Text(
                "hai chương trình cùng dùng một đầu đọc",
                "two programs use the same reader",
            ),
            Text(
                "đóng chương trình kia rồi đặt lại thẻ",
                "close the other program, and lay the card down again",
            ),
        ),
    ),
    (
        "card_not_seen",
        words(
            Text(
                "chưa thấy thẻ nào trên đầu đọc",
                "no card is seen on any reader",
            ),
            Text(
                "chưa đặt thẻ, đặt sai chỗ, có kim loại hoặc thẻ khác ở gần",
                "none lies there, it lies in the wrong place, or metal or another card is near",
            ),
            Text(
                "đặt thẻ nằm phẳng giữa đầu đọc, không để vật khác gần đó; nếu vẫn không thấy thì cắm lại đầu đọc",
                "lay the card flat in the middle, nothing else near; if it stays unseen, plug the reader in again",
            ),
        ),
    ),
    (
        "stale_after_suspend",
        words(
            Text(
                "dịch vụ thẻ còn giữ trạng thái từ trước khi máy ngủ",
                "the card service keeps the state from before the machine slept",
            ),
            Text(
                "máy đã từng ngủ, pcscd báo có thẻ nhưng thẻ không trả lời",
                "the machine has slept, and pcscd shows a card that does not answer",
            ),
            Text("khởi động lại dịch vụ", "start the service anew"),
        ),
    ),
    (
        "card_silent",
        words(
            Text(
                "thẻ nằm đó nhưng không trả lời",
                "a card lies there and does not answer",
            ),
            Text(
                "thẻ đặt lệch, quá xa, có hai thẻ chồng nhau, hoặc chip hỏng",
                "it lies askew or too far, two cards lie there, or the chip is broken",
            ),
            Text(
                "đặt thẻ nằm phẳng và cất các thẻ khác ra xa",
                "lay it flat, and take other cards away",
            ),
        ),
    ),
    (
        "empty_answer",
        words(
            Text(
                "trình điều khiển báo xong nhưng không đưa byte nào",
                "the driver reports success and brings no byte",
            ),
            Text(
                "lỗi cũ của trình điều khiển có sẵn trong Windows với câu trả lời dài",
                "an old fault of Windows' own driver with long answers",
            ),
            Text(
                "cài trình điều khiển của hãng đầu đọc",
                "install the reader maker's driver",
            ),
        ),
    ),
    (
        "not_a_travel_document",
        words(
            Text(
                "thẻ này không phải hộ chiếu hay căn cước",
                "this card is no passport and no identity card",
            ),
            Text(
                "thẻ ngân hàng hoặc thẻ khác, hoặc giấy tờ dùng mã ứng dụng riêng",
                "a bank card or another one, or a document with an identifier of its own",
            ),
            Text(
                "đặt chính hộ chiếu hoặc thẻ căn cước lên đầu đọc",
                "lay the passport or identity card itself on the reader",
            ),
        ),
    ),
    (
        "card_access_withheld",
        words(
            Text(
                "thẻ không cho đọc EF.CardAccess",
                "the card does not give EF.CardAccess",
            ),
            Text(
                "thẻ không công bố thông tin PACE",
                "it publishes nothing about PACE",
            ),
            Text(
                "không cần làm gì: chương trình dùng hồ sơ có sẵn hoặc BAC",
                "nothing: a built-in profile or BAC is taken",
            ),
        ),
    ),
    (
        "long_command_refused",
        words(
            Text(
                "đầu đọc chỉ truyền được lệnh ngắn",
                "the reader carries short commands alone",
            ),
            Text(
                "đầu đọc hoặc trình điều khiển chỉ hỗ trợ APDU ngắn",
                "reader or driver know short APDUs only",
            ),
            Text(
                "không cần làm gì: chương trình dùng lệnh ngắn, chậm hơn một chút",
                "nothing: short commands are used, which takes a little longer",
            ),
        ),
    ),
    (
        "reading_slow",
        words(
            Text(
                "đọc thẻ sẽ mất hơn 10 giây",
                "a reading will take more than 10 seconds",
            ),
            Text(
                "tốc độ truyền 106 kbit/s mặc định, khối ngắn, hoặc chip chậm",
                "106 kbit/s from the factory, short blocks, or a slow chip",
            ),
            Text(
                "giữ yên thẻ cho đến khi xong; đầu đọc nhanh hơn: xem hardware/README.md",
                "leave the card where it lies until the end; faster readers: see hardware/README.md",
            ),
        ),
    ),
    (
        "models_missing",
        words(
            Text("thiếu mô hình khuôn mặt", "face models are missing"),
            Text("các tệp chưa được tải về", "they were never fetched"),
            Text("tải mô hình", "fetch them"),
        ),
    ),
    (
        "models_changed",
        words(
            Text(
                "một tệp mô hình khuôn mặt đã bị thay đổi",
                "a file of the face models was changed",
            ),
            Text(
                "tệp hỏng hoặc bị thay thế: giá trị băm khác danh mục",
                "it is damaged or was replaced: its digest is not that of the manifest",
            ),
            Text("tải lại để thay tệp đó", "fetch it again: it is replaced"),
        ),
    ),
    (
        "trust_store_empty",
        words(
            Text(
                "chưa có chứng thư tin cậy nào",
                "there is no certificate to trust",
            ),
            Text(
                "chưa đưa chứng thư CSCA, hoặc không tệp nào được đưa bảo đảm cho giấy tờ nào",
                "no CSCA certificate was given, or nothing that was given vouches for a document",
            ),
            Text(
                "lấy chứng thư CSCA của nước cấp và đưa bằng --trust",
                "get the issuing state's CSCA certificates, and give them with --trust",
            ),
        ),
    ),
    (
        "trust_store_stale",
        words(
            Text("kho tin cậy đã cũ", "the trust store is old"),
            Text(
                "lâu rồi chưa lấy danh sách mới: giấy tờ mới cấp có thể không rõ người ký",
                "lists were not renewed: new documents may have an unknown issuer",
            ),
            Text(
                "lấy danh sách mới; `chipid trust check` cho biết điểm bất thường",
                "fetch the lists anew; `chipid trust check` says what is odd",
            ),
        ),
    ),
    (
        "clock_implausible",
        words(
            Text("đồng hồ của máy sai", "the clock of this machine is wrong"),
            Text(
                "đồng hồ chỉ thời điểm trước khi có bản chipid này hoặc trước danh sách mới nhất: pin hết, hoặc chưa lấy giờ từ mạng",
                "it shows a time before this release, or before the newest list: a dead battery, or no network time",
            ),
            Text("chỉnh lại đồng hồ", "set the clock"),
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use chipid_doctor::{Aspect, Code, What};

    fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_code_has_cause_and_mend_in_both_languages() {
        assert_eq!(
            sorted(SYMPTOMS.iter().map(|(code, _)| *code)),
            sorted(Code::ALL.iter().map(|code| code.name())),
        );
        for (code, words) in SYMPTOMS {
            for text in [words.what, words.cause, words.mend] {
                assert!(text.0.len() > 5 && text.1.len() > 2, "{code}");
                assert_ne!(text.0, text.1, "{code}");
            }
        }
    }

    #[test]
    fn every_aspect_and_piece_of_evidence_has_a_name_in_both_languages() {
        assert_eq!(
            sorted(ASPECTS.iter().map(|(name, _)| *name)),
            sorted(Aspect::ALL.iter().map(|aspect| aspect.name())),
        );
        assert_eq!(
            sorted(EVIDENCE.iter().map(|(name, _)| *name)),
            sorted(What::ALL.iter().map(|what| what.name())),
        );
        for (name, text) in ASPECTS.iter().chain(EVIDENCE).chain(VALUES) {
            assert!(!text.0.is_empty() && text.0 != text.1, "{name}");
            assert!(
                text.0.chars().count() <= 30 && text.1.chars().count() <= 30,
                "{name}"
            );
        }
    }
}
