//! What could not be done, as the program itself finds it, and the next step.

use super::texts;

texts! {
    CHALLENGE_DIGITS: "một thử thách là 16 chữ số thập lục phân", "a challenge is 16 hexadecimal digits";
    /// A file or folder, and what is the matter with it.
    ABOUT_FILE: "{0}: {1}", "{0}: {1}";
    STANDARD_INPUT: "đầu vào chuẩn", "standard input";
    STANDARD_OUTPUT: "đầu ra chuẩn", "standard output";
    NO_SUCH_FILE: "không có tệp hoặc thư mục này", "no such file or folder";
    NOT_PERMITTED: "không có quyền", "not permitted";
    IS_A_FOLDER: "đây là thư mục", "is a folder";
    IS_NO_FOLDER: "đây không phải là thư mục", "is not a folder";
    THERE_ALREADY: "đã có sẵn", "is there already";
    DISK_FULL: "ổ đĩa đã đầy", "the disk is full";
    READ_ONLY: "chỉ cho đọc, không ghi được", "can be read only";
    NOT_TEXT: "không phải văn bản UTF-8", "is not UTF-8 text";
    CONNECTION_REFUSED: "bị từ chối kết nối", "connection refused";
    SYSTEM_SAYS: "hệ thống báo lỗi ({0})", "{0}";
    FILE_TOO_LARGE: "tệp quá lớn", "the file is too large";

    #[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
    CARD_STILL_THERE: "thẻ thứ nhất vẫn nằm trên đầu đọc", "the first card is still on the reader";
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
    TAKE_CARD_OFF: "nhấc thẻ thứ nhất ra rồi làm lại từ đầu",
        "take the first card off, and begin again";

    CHECK_READABLE: "kiểm tra đường dẫn và quyền đọc ở đó",
        "check the path, and that you may read there";
    CHECK_READ_AND_WRITE: "kiểm tra đường dẫn và quyền đọc, ghi ở đó",
        "check the path, and that you may read and write there";
    MAKE_ROOM: "dọn bớt chỗ trống, hoặc ghi ra nơi khác",
        "make room, or give another place to write to";
    GIVE_A_FILE: "hãy đưa một tệp thay vì đầu vào chuẩn", "give a file instead";
    GIVE_OUT_FOLDER: "dùng --out với thư mục ghi được",
        "give --out a folder that you may write to";
    GIVE_SECRET: "đưa thẳng nội dung, @TỆP cho tệp văn bản, hoặc - để nhập từ đầu vào chuẩn",
        "give the text itself, @FILE for a text file, or - for standard input";

    NO_PLACE_FOR_DATA: "không có nơi để dữ liệu của chương trình",
        "there is no place for the program's data";
    SET_HOME: "đặt biến CHIPID_HOME là một thư mục của bạn", "set CHIPID_HOME to a folder of yours";
    SET_WRITABLE_HOME: "đặt biến CHIPID_HOME là một thư mục ghi được",
        "set CHIPID_HOME to a folder that you may write to";

    NO_KEY: "chưa có khóa để mở chip", "no key was given that opens the chip";
    GIVE_KEY: "dùng --can, --mrz, --document-number cùng --birth và --expiry, --qr hoặc --number; muốn thử mà không có thẻ: --card demo",
        "give --can, --mrz, --document-number with --birth and --expiry, --qr or --number; to try without a card: --card demo";
    BIRTH_ALONE: "có --number và --birth nhưng thiếu ngày thứ hai", "--number and --birth were given without a second day";
    GIVE_ISSUED: "thêm --issued (ngày cấp) hoặc --expiry (có giá trị đến); hoặc bỏ --birth",
        "add --issued (day of issue) or --expiry (last day of validity); or leave --birth out";
    NOT_A_DAY: "đó không phải một ngày", "that is not a day";
    WRITE_DAY: "viết ngày dạng YYYY-MM-DD hoặc DD/MM/YYYY; --birth cũng nhận YYMMDD",
        "write a day as YYYY-MM-DD or DD/MM/YYYY; --birth takes YYMMDD too";

    #[cfg_attr(feature = "pcsc", allow(dead_code, reason = "said where readers are missing"))]
    NO_PCSC: "bản chipid này được dựng không có phần dùng đầu đọc (PC/SC)",
        "this chipid was built without support for readers (PC/SC)";
    #[cfg_attr(feature = "pcsc", allow(dead_code, reason = "said where readers are missing"))]
    BUILD_WITH_PCSC: "cài libpcsclite-dev rồi `make build` (cargo build --features pcsc); --card và --files vẫn dùng được",
        "install libpcsclite-dev, then `make build` (cargo build --features pcsc); --card and --files work without";
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
    NO_SUCH_READER: "không có đầu đọc nào, hoặc có nhiều hơn một, mang tên {0}",
        "no reader, or more than one, is named {0}";
    #[cfg_attr(not(feature = "pcsc"), allow(dead_code, reason = "said of readers"))]
    LIST_READERS: "`chipid readers` liệt kê các đầu đọc; hãy ghi rõ hơn phần tên",
        "`chipid readers` lists the readers; give more of the name";

    NO_SUCH_CARD: "không có thẻ ảo nào tên {0}", "there is no virtual card named {0}";
    LIST_CARDS: "`chipid card list` liệt kê các thẻ đi kèm; `chipid card new THƯ_MỤC` tạo thẻ mới",
        "`chipid card list` names the bundled ones; `chipid card new DIR` makes one";
    REMOVE_CARD: "xoá {0}: lần dùng sau thẻ sẽ được tạo lại",
        "remove {0}: the card is made anew on its next use";
    FOLDER_IS_THERE: "{0} đã có sẵn", "{0} is there already";
    GIVE_NEW_FOLDER: "chọn thư mục chưa có, hoặc còn trống",
        "give a folder that does not exist, or is empty";
    NO_CTRL_C: "không bắt được Ctrl-C: {0}", "Ctrl-C cannot be caught: {0}";
    ANOTHER_TERMINAL: "thử lại ở một cửa sổ dòng lệnh khác", "try in another terminal";
    VPCD_SILENT: "vpcd không trả lời tại {0}: cài pcscd và vsmartcard-vpcd, rồi chạy `pcscd --foreground`",
        "vpcd does not answer at {0}: install pcscd and vsmartcard-vpcd, and start `pcscd --foreground`";
    VPCD_SILENT_ELSEWHERE: "vpcd không trả lời tại {0}: chạy trình đọc thẻ ảo vpcd trên máy này",
        "vpcd does not answer at {0}: start the virtual reader vpcd on this machine";

    TWO_IMAGES: "cần hai ảnh", "two images are needed";
    COMPARE_HELP: "`chipid compare --help` hướng dẫn cách dùng",
        "`chipid compare --help` says how it is used";
    NO_COLUMN: "không có cột {0}", "there is no column {0}";
    GIVE_PAIRS: "đưa tệp CSV có dòng đầu ghi tên hai cột reference và live",
        "give a CSV file whose first line names the columns reference and live";
    NOT_A_TABLE: "không đọc được như bảng CSV, ở dòng {0}",
        "cannot be read as a CSV table, at line {0}";
    GIVE_LIVE: "đưa cho --live một ảnh JPEG, PNG hoặc JPEG 2000, tối đa 50 triệu điểm ảnh",
        "give --live a photograph as JPEG, PNG or JPEG 2000, of at most 50 megapixels";
    MODELS_NOT_LOADED: "không nạp được các mô hình khuôn mặt", "the face models could not be loaded";
    NO_PHOTOGRAPH: "chưa có ảnh {0} của phần trình diễn",
        "the photograph {0} of the demonstration is not there";
    PHOTOGRAPH_UNREADABLE: "không giải mã được ảnh {0}", "the photograph {0} cannot be decoded";

    CANNOT_RUN: "không chạy được {0}: {1}", "{0} cannot be run: {1}";
    NEEDS_PYTHON: "cần python3 (3.11 trở lên) có pip; trên Debian: apt-get install python3 python3-pip",
        "it needs python3 (3.11 or newer) with pip; on Debian: apt-get install python3 python3-pip";
    NEEDS_PYTHON_WINDOWS: "cần Python 3.11 trở lên có pip, theo bộ cài của python.org; hoặc chép các tệp từ máy khác đã có vào thư mục mà `chipid models check` nêu",
        "it needs Python 3.11 or newer with pip, as the installer of python.org brings it; or copy the files of a machine that has them into the folder that `chipid models check` names";
    GIVE_MODELS_FOLDER: "dùng --models với thư mục ghi được",
        "give --models a folder that you may write to";
    NOT_ALL_FETCHED: "chưa tải được hết", "not everything could be fetched";
    FETCH_AGAIN: "những gì còn thiếu ghi ở trên; pip cần có mạng, hoặc một thư mục gói do PIP_FIND_LINKS chỉ ra",
        "what is missing stands above; pip needs the network, or a folder of packages named by PIP_FIND_LINKS";
    OWN_MANIFEST: "không đọc được danh mục của chính chương trình",
        "the program's own manifest cannot be read";
    BUILD_ANEW: "dựng lại chương trình", "build the program anew";
}
