//! The next step for the library's errors: one for each kind, since each is another person's to solve.

use super::texts;

texts! {
    ASK_HELP: "`chipid help` cho biết chương trình làm được gì", "`chipid help` says what there is";
    QR: "đưa nội dung mã QR của thẻ, bảy trường ngăn bằng dấu |; hoặc dùng --can hay --number",
        "give the text of the card's QR code, seven fields parted by |, or use --can or --number";
    NOT_THIS_QR: "mã QR này không phải của thẻ đang đặt trên đầu đọc, hoặc đó không phải thẻ căn cước Việt Nam: so mười hai chữ số với thẻ, rồi thử --mrz với ba dòng ở mặt sau",
        "this QR code is not that of the card on the reader, or that is no Vietnamese identity card: compare the twelve digits with the card, then try --mrz with the three lines on its back";
    NOT_THIS_NUMBER: "số này không phải của thẻ đang đặt trên đầu đọc, hoặc đó không phải thẻ căn cước Việt Nam: so mười hai chữ số với thẻ, rồi thử --mrz với ba dòng ở mặt sau",
        "this number is not that of the card on the reader, or that is no Vietnamese identity card: compare the twelve digits with the card, then try --mrz with the three lines on its back";
    NUMBER_NEEDS_DAYS: "chip này không mở được chỉ bằng số: thêm --birth và --issued (ngày sinh, ngày cấp), hoặc dùng --qr hay --mrz",
        "this chip does not open with the number alone: add --birth and --issued (day of birth, day of issue), or use --qr or --mrz";
    MRZ_TEXT: "nhập lại ba dòng ở mặt sau thẻ đúng như in, mỗi dòng 30 ký tự (hộ chiếu: hai dòng, mỗi dòng 44); hoặc dùng --qr hay --number",
        "type the three lines on the back of the card as they are printed, thirty characters each (passports: two lines of 44), or use --qr or --number";
    BETTER_QR_PICTURE: "chụp lại mã QR gần hơn, đủ sáng, không lóa, thấy trọn cả bốn góc; hoặc quét bằng máy và đưa nội dung: --qr CHUỖI",
        "photograph the QR code again: nearer, in good light, without glare, all four corners in the picture; or scan it and give its text: --qr TEXT";
    ONE_CARD_PICTURE: "chụp mỗi lần một thẻ", "photograph one card at a time";
    OTHER_QR: "chụp mã QR in trên thẻ căn cước (mặt trước của thẻ 2021, mặt sau của thẻ 2024)",
        "photograph the QR code of the identity card (on the front of cards of 2021, on the back of those of 2024)";
    PERSONAL_NUMBER: "số định danh có mười hai chữ số; trên thẻ, số nằm dưới dòng \"Số / No.\"",
        "the personal number has twelve digits; on the card it stands below \"Số / No.\"";
    NO_DOCUMENT_FILES: "chọn thư mục mà `chipid read --out` đã ghi: EF_SOD.bin, DG1.bin, v.v.",
        "give the folder that `chipid read --out` wrote: EF_SOD.bin, DG1.bin and so on";
    FOLDER_TAKEN: "chọn thư mục khác: không bao giờ để lẫn tệp của hai giấy tờ",
        "give another folder: files of two documents are never mixed";
    NOT_PROVEN: "`chipid verify` cho biết điều gì không đúng; để xuất cả dữ liệu chưa kiểm chứng, thêm --danger-unverified",
        "`chipid verify` says what does not hold; to export what is not proven, give --danger-unverified";
    CONSENT_ID: "ghi mã đồng ý như trong sổ của đơn vị, ví dụ --consent-id DY-2026-0001",
        "give the identifier as in your own records, as --consent-id C-2026-0001";
    RANDOMNESS: "máy này không có nguồn số ngẫu nhiên; không đọc được gì",
        "this system has no source of random numbers; nothing can be read";

    LIST_PROFILES: "`chipid card list` liệt kê các loại thẻ", "`chipid card list` names the profiles";
    LOOPBACK_ONLY: "vpcd chỉ dành cho máy thử: dùng địa chỉ của chính máy này, như 127.0.0.1:35963",
        "vpcd is for test machines: give an address of this machine, as 127.0.0.1:35963";
    NOT_VPCD: "nơi đó là chương trình khác, không phải vpcd", "something else than vpcd listens there";
    CARD_FOLDER: "chọn thư mục mà `chipid card new` đã ghi", "give a folder that `chipid card new` wrote";

    WRONG_KEY: "so từng chữ số với giấy tờ; số CAN không nằm trong MRZ, và MRZ đổi khi cấp giấy tờ mới",
        "compare each digit with the document; a CAN is not part of the MRZ, and the MRZ changes with a new document";
    NO_MORE_TRIES: "dừng ở đây: nhập sai nữa có thể khóa chip. Xem lại giấy tờ trước khi thử tiếp",
        "stop here: more wrong keys may block the chip. Look at the document again before the next try";
    USE_MRZ: "chip này mở bằng dòng MRZ: dùng --mrz, hoặc --document-number cùng --birth và --expiry",
        "this chip opens with the machine readable zone: use --mrz, or --document-number with --birth and --expiry";
    LAY_DOCUMENT: "đặt chính hộ chiếu hoặc thẻ lên đầu đọc, không đặt kèm thứ gì khác",
        "lay the passport or identity card itself on the reader, and nothing else";
    SAME_CARD: "để nguyên một thẻ trên đầu đọc cho đến khi xong",
        "leave one and the same card on the reader until the end";
    TRY_MRZ: "nhấc thẻ ra, đặt lại rồi đọc lần nữa; sau đó thử --mrz thay cho --can",
        "take the card off, lay it on again and repeat; then try --mrz instead of --can";
    LAY_FLAT_OR_BROKEN: "nhấc thẻ ra, đặt nằm phẳng trên đầu đọc rồi đọc lại; nếu vẫn vậy thì chip hỏng hoặc không phải chip thật",
        "take the card off, lay it flat on the reader and repeat; if it stays so, the chip is broken or not genuine";
    DAMAGED_DATA: "dữ liệu trên chip hỏng hoặc không phải của giấy tờ tùy thân; `chipid read --out THƯ_MỤC` giữ lại những gì đọc được",
        "the chip's data are damaged or not of a travel document; `chipid read --out DIR` keeps what there is";
    UNSUPPORTED: "chip này đòi một giao thức mà bản này chưa làm; hãy đối chiếu giấy tờ bằng mắt",
        "this chip wants a protocol that this release does not do; compare the document by eye";
    INPUT: "--can gồm sáu chữ số, --mrz là tất cả các dòng MRZ, --birth và --expiry viết YYMMDD (năm, tháng, ngày); `chipid verify --help`",
        "--can takes six digits, --mrz all lines of the zone, --birth and --expiry YYMMDD; `chipid verify --help`";

    LEAVE_CARD: "để yên thẻ trên đầu đọc cho đến khi xong, rồi đọc lại",
        "leave the card on the reader until the end, and repeat";
    PLUG_AGAIN: "cắm lại đầu đọc rồi đọc lại", "plug the reader in again, and repeat";
    PLUG_READER: "cắm đầu đọc vào; đã cắm mà vẫn vậy thì `chipid doctor` cho biết vì sao máy không thấy",
        "plug a reader in; if one is plugged in, `chipid doctor` says why the system does not see it";
    LAY_FLAT: "đặt thẻ nằm phẳng trên đầu đọc, bỏ bao đựng thẻ ra",
        "lay the card flat on the reader, and take its cover off";
    START_PCSCD: "khởi động dịch vụ thẻ thông minh: `sudo systemctl start pcscd`, hoặc `sudo pcscd --foreground` nếu không có systemd; vẫn không được thì `chipid doctor` cho biết vì sao",
        "start the smart card service: `sudo systemctl start pcscd`, or `sudo pcscd --foreground` without systemd; if it stays so, `chipid doctor` says why";
    POLKIT: "polkit chỉ cho phiên làm việc tại máy dùng đầu đọc: đăng nhập tại chính máy đó, hoặc cho phép org.debian.pcsc-lite.access_card; `chipid doctor` cho biết cách làm",
        "polkit lets only local sessions use readers: log in at the machine itself, or allow org.debian.pcsc-lite.access_card; `chipid doctor` says how";
    START_SCARDSVR: "cắm đầu đọc vào: Windows có thể dừng dịch vụ thẻ thông minh khi không có đầu đọc; nếu vẫn vậy, chạy `net start SCardSvr` với quyền quản trị",
        "plug a reader in: Windows may stop its smart card service while there is none; if it stays so, run `net start SCardSvr` as administrator";
    LOCAL_SESSION: "hệ thống không cho tài khoản này dùng đầu đọc: đăng nhập tại chính máy đó, không qua máy từ xa, bằng tài khoản được dùng thẻ thông minh",
        "the system keeps this account from the reader: log in at the machine itself, not remotely, with an account that may use smart cards";
    CLOSE_OTHER: "chương trình khác đang giữ thẻ: đóng nó lại (trình duyệt, scdaemon của gpg, phần mềm ký số), rồi đọc lại; `chipid doctor` gọi tên những chương trình hay giữ đầu đọc",
        "another program holds the card: close it (a browser, gpg's scdaemon, an e-signature agent), and repeat; `chipid doctor` names those that are known to hold readers";
    CLOSE_INTRUDER: "chương trình khác đã chen vào dùng thẻ: đóng nó lại rồi đọc lại",
        "another program got hold of the card: close it, and repeat";
    TURN_CARD: "lật mặt thẻ, đặt phẳng vào giữa đầu đọc, và cất các thẻ khác ra xa",
        "turn the card over, lay it flat in the middle of the reader, and take other cards away";
    CANCELLED: "chưa có kết luận nào; chạy lại khi sẵn sàng",
        "nothing was decided; run it again when you are ready";
    SHORT_COMMANDS: "đầu đọc này chỉ truyền được lệnh ngắn; thử đầu đọc khác",
        "this reader carries short commands only; try another reader";
    OTHER_READER: "nhấc thẻ ra, đặt lại rồi đọc lần nữa; sau đó chạy `chipid doctor`, rồi thử đầu đọc khác",
        "take the card off, lay it on again and repeat; then run `chipid doctor`, and try another reader";

    TRUST_ROOT: "dùng --trust-root với chứng thư gốc đã ký cho người ký danh sách này; không có gốc thì danh sách chỉ được ghi là chưa xác minh",
        "give the root that signs this list's signer with --trust-root; without any root it is listed as unverified";
    ROOT_IS_CERTIFICATE: "--trust-root nhận một chứng thư, dạng DER hoặc PEM",
        "--trust-root takes a certificate, DER or PEM";
    TRUST_FILES: "đưa chứng thư CSCA, danh sách chứng thư (master list) hoặc danh sách thu hồi (CRL), dạng DER hoặc PEM; `chipid inspect TỆP` cho biết tệp là gì",
        "give CSCA certificates, master lists or CRLs, DER or PEM; `chipid inspect FILE` says what a file is";

    PURPOSES: "các mục đích có sẵn: account-opening, transfer, one-stop, data-cleaning, age-check",
        "the purposes are account-opening, transfer, one-stop, data-cleaning, age-check";
    LABEL: "ghi mã của giao dịch viên, của lần đồng ý: chữ, số và - _ . : @ / + #, không dùng số của khách hàng",
        "give the clerk's or the consent's name: letters, digits and - _ . : @ / + #, never a customer's number";
    LOG: "nhật ký phải ghi được trước khi xử lý: kiểm tra đường dẫn, quyền ghi và chỗ trống",
        "the log must take the event before anything is processed: check its path, that you may write there, and the room left";

    /// What brings models and photographs.
    FETCH: "`chipid models fetch` tải các mô hình và ảnh dùng để trình diễn (`make demo` cũng vậy)",
        "`chipid models fetch` fetches the models and the photographs of the demonstration (`make demo` does so too)";
    WRONG_MODEL: "đây không phải mô hình trong danh mục: xoá tệp rồi chạy `chipid models fetch`",
        "this is not the model of the manifest: remove the file, then `chipid models fetch`";
    GIVE_PHOTOGRAPH: "đưa ảnh JPEG, PNG hoặc JPEG 2000, tối đa 50 triệu điểm ảnh",
        "give a photograph as JPEG, PNG or JPEG 2000, of at most 50 megapixels";

    LIST_POLICIES: "`chipid policy list` liệt kê các chính sách có sẵn; tên tệp chính sách kết thúc bằng .toml",
        "`chipid policy list` names the built-in ones; a file ends in .toml";
    SHOW_POLICY: "`chipid policy show counter` cho thấy một chính sách được viết những gì",
        "`chipid policy show counter` shows what a policy may say";
}
