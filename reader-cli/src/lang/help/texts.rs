//! The texts of the help: the English that stands in the code, and its Vietnamese.

/// Sentences.
pub(super) const TEXTS: &[(&str, &str)] = &[
    // The program and its verbs.
    (
        "Is this the genuine card, issued by the state, and is the person in front of us its holder?",
        "Thẻ này có thật, có đúng do nhà nước cấp, và người trước mặt có đúng là chủ thẻ không?",
    ),
    (
        "Lists the readers and what is on them",
        "Liệt kê các đầu đọc và thẻ đang đặt trên đó",
    ),
    (
        "Says whether a card could be read now, and if not, why and what mends it",
        "Cho biết bây giờ có đọc được thẻ không; nếu không thì vì sao và sửa thế nào",
    ),
    (
        "Exit code: 0 a card could be read now, 1 not now: the answer says why, 2 could not be done.",
        "Mã thoát: 0 đọc được thẻ ngay bây giờ, 1 chưa đọc được (câu trả lời nói vì sao), 2 không làm được.",
    ),
    (
        "With --trust the question is whether a card could be read and judged: then models, trust and clock count too.",
        "Có --trust thì câu hỏi là có đọc và kết luận được không: khi đó mô hình, kho tin cậy và đồng hồ cũng được tính.",
    ),
    (
        "It changes nothing on the machine. With a card on the reader nothing of its holder is read; the card is reset.",
        "Lệnh này không thay đổi gì trên máy. Có thẻ trên đầu đọc thì cũng không đọc gì về chủ thẻ; thẻ được khởi động lại.",
    ),
    (
        "The files of another system, below this folder: its readers are not asked",
        "Tệp của một hệ thống khác, nằm dưới thư mục này: không hỏi đầu đọc của nó",
    ),
    ("Reads a chip", "Đọc chip"),
    (
        "Reads a chip, proves it genuine, compares the face, and decides",
        "Đọc chip, kiểm tra chip thật, đối chiếu khuôn mặt và kết luận",
    ),
    (
        "Decodes a file of a chip, a certificate, a list, an MRZ or a QR text",
        "Giải mã một tệp của chip, chứng thư, danh sách chứng thư, dòng MRZ hoặc nội dung mã QR",
    ),
    (
        "Compares two faces, or a list of pairs",
        "Đối chiếu hai khuôn mặt, hoặc cả danh sách các cặp ảnh",
    ),
    (
        "Lays a list of customers' records beside the cards that were read from them",
        "So danh sách hồ sơ khách hàng với thẻ đã đọc của họ",
    ),
    (
        "Says what a trust store holds, and what is odd in it",
        "Cho biết kho tin cậy có những chứng thư nào và điểm gì bất thường",
    ),
    (
        "Fetches and checks the face models",
        "Tải và kiểm tra các mô hình khuôn mặt",
    ),
    ("Shows the built-in policies", "Xem các chính sách có sẵn"),
    (
        "Makes, lists and serves virtual cards",
        "Tạo, liệt kê và chạy thẻ ảo",
    ),
    (
        "Does the main job on a virtual card: no reader, no card, no network",
        "Làm trọn công việc chính với một thẻ ảo: không cần đầu đọc, thẻ hay mạng",
    ),
    (
        "Print this message or the help of the given subcommand(s)",
        "Xem hướng dẫn này, hoặc hướng dẫn của một lệnh",
    ),
    (
        "Print help (see more with '--help')",
        "Xem hướng dẫn (đầy đủ hơn với '--help')",
    ),
    ("Print version", "Xem phiên bản"),
    (
        "Makes the customer form from a chip: JSON for programs, a page to print",
        "Lập phiếu thông tin khách hàng từ chip: JSON cho chương trình khác, trang để in",
    ),
    (
        "Makes a profile of one reading without anybody's data in it, to send back",
        "Lập báo cáo kỹ thuật của một lần đọc, không có dữ liệu của ai, để gửi lại",
    ),
    (
        "The new file to write the report to, readable by you alone; what exists already is left as it is [default: standard output]",
        "Tệp mới để ghi báo cáo, chỉ bạn đọc được; không ghi đè lên gì đã có [mặc định: đầu ra chuẩn]",
    ),
    (
        "Also gives the historical bytes of the ATR, which name the kind of card; a maker may put a serial number there: look at them before you send the report",
        "Ghi thêm historical bytes của ATR, cho biết đó là loại thẻ nào; nhà sản xuất có thể ghi số sê-ri vào đó: hãy xem trước khi gửi báo cáo",
    ),
    (
        "Judges a child's card and a guardian's as one case",
        "Kiểm tra thẻ của trẻ cùng thẻ của người giám hộ trong một lần",
    ),
    // A child and a guardian.
    (
        "Where the child's card is: reader, reader:NAME, card:NAME (a virtual card) or files:DIR",
        "Thẻ của trẻ ở đâu: reader (đầu đọc), reader:TÊN, card:TÊN (thẻ ảo) hoặc files:THƯ_MỤC",
    ),
    (
        "The card access number of the child's card; - reads it from standard input",
        "Số CAN trên thẻ của trẻ; ghi - thì đọc từ đầu vào chuẩn",
    ),
    (
        "The machine readable zone of the child's card: text, @FILE or -",
        "Các dòng MRZ trên thẻ của trẻ: chuỗi, @TỆP hoặc -",
    ),
    (
        "The child's personal number, twelve digits; - reads it from standard input",
        "Số định danh của trẻ, mười hai chữ số; ghi - thì đọc từ đầu vào chuẩn",
    ),
    (
        "The text of the QR code on the child's card: text, @FILE or -; it may name the parents, and nobody signs it",
        "Nội dung mã QR trên thẻ của trẻ: chuỗi, @TỆP hoặc -; có thể ghi họ tên cha, mẹ, nhưng không ai ký",
    ),
    (
        "Where the guardian's card is, as for the child's",
        "Thẻ của người giám hộ ở đâu, ghi như với thẻ của trẻ",
    ),
    (
        "The card access number of the guardian's card; - reads it from standard input",
        "Số CAN trên thẻ của người giám hộ; ghi - thì đọc từ đầu vào chuẩn",
    ),
    (
        "The machine readable zone of the guardian's card: text, @FILE or -",
        "Các dòng MRZ trên thẻ của người giám hộ: chuỗi, @TỆP hoặc -",
    ),
    (
        "The guardian's personal number, twelve digits; - reads it from standard input",
        "Số định danh của người giám hộ, mười hai chữ số; ghi - thì đọc từ đầu vào chuẩn",
    ),
    (
        "The text of the QR code on the guardian's card: text, @FILE or -",
        "Nội dung mã QR trên thẻ của người giám hộ: chuỗi, @TỆP hoặc -",
    ),
    (
        "What the guardian says to be, where no card says it: parent, grandparent, sibling, appointed or other",
        "Người giám hộ khai là gì, khi không thẻ nào ghi: parent (cha, mẹ), grandparent (ông, bà), sibling (anh, chị), appointed (được cử, chỉ định) hoặc other",
    ),
    (
        "A photograph of the guardian, JPEG, PNG or JPEG 2000; several are fused. The child needs none",
        "Ảnh chụp người giám hộ, JPEG, PNG hoặc JPEG 2000; nhiều ảnh thì gộp lại. Trẻ không cần ảnh",
    ),
    // Source.
    (
        "A reader, by its name or a part of it [default: the first reader with a card]",
        "Đầu đọc, ghi tên hoặc một phần tên [mặc định: đầu đọc đầu tiên có thẻ]",
    ),
    (
        "A virtual card in process: a bundled one (`chipid card list`), or a folder",
        "Thẻ ảo chạy ngay trong chương trình: thẻ đi kèm (`chipid card list`) hoặc một thư mục",
    ),
    (
        "Files that `read --out` saved",
        "Các tệp mà `read --out` đã lưu",
    ),
    (
        "How long to wait for a card on the reader",
        "Chờ thẻ trên đầu đọc bao lâu",
    ),
    (
        "Raises the bit rate between reader and card, where a public document says how; never tried on a real reader",
        "Tăng tốc độ giữa đầu đọc và thẻ, nếu có tài liệu công khai nói cách làm; chưa từng thử trên đầu đọc thật",
    ),
    (
        "Tells what happens at the readers, a line for each event, until Ctrl-C",
        "Báo những gì xảy ra ở các đầu đọc, mỗi việc một dòng, cho đến khi nhấn Ctrl-C",
    ),
    (
        "Puts the virtual card behind a radio link of 106, 212, 424 or 848 kbit/s, and tells what the reading would take",
        "Đặt thẻ ảo sau sóng vô tuyến 106, 212, 424 hoặc 848 kbit/s, và cho biết đọc mất bao lâu",
    ),
    (
        "How often the reading goes on by itself after the card moved",
        "Tự đọc tiếp bao nhiêu lần khi thẻ bị xê dịch",
    ),
    (
        "Also reads EF.ATR/INFO and EF.DIR, what the card says of itself",
        "Đọc thêm EF.ATR/INFO và EF.DIR, là những gì thẻ tự giới thiệu",
    ),
    (
        "Reads only these data groups",
        "Chỉ đọc những nhóm dữ liệu này",
    ),
    // Key.
    (
        "The card access number, six digits; - reads it from standard input",
        "Số CAN, sáu chữ số; - để nhập từ đầu vào chuẩn",
    ),
    (
        "The holder's PIN; - reads it from standard input. A few wrong ones block it, so no other key stands in for it",
        "Mã PIN của chủ thẻ; - để nhập từ đầu vào chuẩn. Sai vài lần là bị khóa, nên không khóa nào khác dùng thay",
    ),
    (
        "The number that unblocks the PIN; - reads it from standard input",
        "Mã PUK để mở khóa PIN; - để nhập từ đầu vào chuẩn",
    ),
    (
        "The whole machine readable zone: text, @FILE or -. What a camera confused (O for 0) is put right where check digits prove it",
        "Toàn bộ các dòng MRZ: nội dung, @TỆP hoặc -. Ký tự máy ảnh đọc nhầm (O thay cho 0) được sửa khi các chữ số kiểm tra chứng minh được",
    ),
    (
        "The document number, with --birth and --expiry",
        "Số giấy tờ, dùng cùng --birth và --expiry",
    ),
    (
        "The day of birth, with --document-number or --number",
        "Ngày sinh, dùng cùng --document-number hoặc --number",
    ),
    (
        "The last day of validity, with --document-number or --number",
        "Ngày hết hạn, dùng cùng --document-number hoặc --number",
    ),
    (
        "The day of issue, with --number and --birth: the last day of validity is reckoned from it",
        "Ngày cấp, dùng cùng --number và --birth: từ đó tính ra ngày hết hạn",
    ),
    (
        "The QR code of a Vietnamese card: its text, a picture of it, @FILE with either, or -",
        "Mã QR trên thẻ Việt Nam: nội dung, ảnh chụp, @TỆP chứa một trong hai, hoặc -",
    ),
    (
        "The personal number of a Vietnamese card, twelve digits; - reads it from standard input. Where the chip has no PACE, --birth and --issued are needed too",
        "Số định danh trên thẻ Việt Nam, mười hai chữ số; - để nhập từ đầu vào chuẩn. Chip không có PACE thì cần thêm --birth và --issued",
    ),
    // Trust.
    (
        "A CSCA certificate, master list or CRL, DER or PEM; a folder is all of its files",
        "Chứng thư CSCA, danh sách chứng thư hoặc CRL, dạng DER hoặc PEM; thư mục nghĩa là mọi tệp trong đó",
    ),
    (
        "A certificate that may vouch for the signer of a master list, and for nothing else",
        "Chứng thư chỉ dùng để bảo đảm cho người ký danh sách chứng thư",
    ),
    (
        "The time of the check: noon UTC of this day [default: now]",
        "Thời điểm kiểm tra: 12 giờ trưa (UTC) của ngày này [mặc định: bây giờ]",
    ),
    (
        "A built-in policy (`chipid policy list`), or a file",
        "Chính sách có sẵn (`chipid policy list`), hoặc một tệp",
    ),
    (
        "A CSCA certificate that is trusted for identity cards alone, as Vietnamese cards ask for",
        "Chứng thư CSCA chỉ dùng để tin thẻ căn cước, như thẻ Việt Nam đòi hỏi",
    ),
    // Processing.
    (
        "Why the data are processed: account-opening, transfer, one-stop, data-cleaning or age-check; gives the fields that this needs",
        "Mục đích xử lý: account-opening (mở tài khoản), transfer (chuyển tiền), one-stop (một cửa), data-cleaning (làm sạch dữ liệu) hoặc age-check (kiểm tra tuổi); chỉ đưa ra những trường cần cho mục đích đó",
    ),
    (
        "Appends who did what, when and why to this file, never a value; needs --operator and --purpose",
        "Ghi thêm vào tệp này: ai đã làm gì, lúc nào, vì sao; không bao giờ ghi nội dung. Cần --operator và --purpose",
    ),
    (
        "Who does it, for the log: the clerk's name or number within the organisation",
        "Người thực hiện, để ghi nhật ký: tên hoặc mã của giao dịch viên trong đơn vị",
    ),
    (
        "With which consent of the holder, for the log",
        "Mã lần đồng ý của chủ thẻ, để ghi nhật ký",
    ),
    // Face.
    (
        "A photograph of the person, JPEG, PNG or JPEG 2000; several are fused",
        "Ảnh chụp người tại quầy, JPEG, PNG hoặc JPEG 2000; nhiều ảnh thì gộp kết quả",
    ),
    (
        "The folder of the face models",
        "Thư mục chứa các mô hình khuôn mặt",
    ),
    // Output.
    ("Prints one JSON object", "In ra một đối tượng JSON"),
    (
        "The language of what a person reads [default: the system's]",
        "Ngôn ngữ của phần cho người đọc [mặc định: theo hệ thống]",
    ),
    ("Tiếng Việt", "Tiếng Việt"),
    ("English", "Tiếng Anh"),
    (
        "Saves each file as its raw bytes, and the portrait as an image",
        "Lưu nguyên từng tệp của chip, và ảnh chân dung thành tệp ảnh",
    ),
    (
        "What of the holder is printed: personal_number, name, name_mrz, birth, sex, nationality, document_number, document_type, other_name, issued, expiry, origin, residence, old_number, generation, card_title, issuing_authority [default: these]; ethnicity, religion, features, father, mother, spouse, serial only when asked",
        "In ra những trường nào của chủ thẻ: personal_number, name, name_mrz, birth, sex, nationality, document_number, document_type, other_name, issued, expiry, origin, residence, old_number, generation, card_title, issuing_authority [mặc định: các trường này]; ethnicity (dân tộc), religion (tôn giáo), features (đặc điểm nhận dạng), father (cha), mother (mẹ), spouse (vợ/chồng), serial (số sê-ri chip) chỉ khi gọi đích danh",
    ),
    (
        "Prints what was read even where it is not proven",
        "In ra cả những gì đọc được mà chưa được chứng minh",
    ),
    ("Draws the faces", "Vẽ các khuôn mặt"),
    (
        "Where standard output is a terminal",
        "Khi đầu ra chuẩn là cửa sổ dòng lệnh",
    ),
    // Behind the options.
    (
        "The records: CSV with a line of column names, or one JSON object in each line",
        "Danh sách hồ sơ: CSV có dòng tên cột, hoặc mỗi dòng một đối tượng JSON",
    ),
    (
        "Writes the work list into this file, which its owner alone may read",
        "Ghi danh sách việc vào tệp này, chỉ chủ tệp đọc được",
    ),
    ("How the work list is written", "Dạng của danh sách việc"),
    (
        "Also writes what record and card say of name, number and birth",
        "Ghi cả họ tên, số và ngày sinh theo hồ sơ và theo thẻ",
    ),
    ("For spreadsheets", "Cho bảng tính"),
    ("For the eye", "Để xem"),
    (
        "One JSON object in each line",
        "Mỗi dòng một đối tượng JSON",
    ),
    (
        "Columns: id, number, old_number, name, birth, sex, issue, expiry, residence, files (the folder that `chipid read --out` wrote, beneath the list's own), qr.",
        "Các cột: id, number, old_number, name, birth, sex, issue, expiry, residence, files (thư mục mà `chipid read --out` đã ghi, nằm trong thư mục của danh sách), qr.",
    ),
    (
        "The name on the customer's form, with or without diacritics; - reads it from standard input",
        "Họ tên trên phiếu của khách, có dấu hoặc không dấu; - để nhập từ đầu vào chuẩn",
    ),
    (
        "The number on the customer's form; - reads it from standard input",
        "Số giấy tờ trên phiếu của khách; - để nhập từ đầu vào chuẩn",
    ),
    (
        "The day of birth on the customer's form",
        "Ngày sinh trên phiếu của khách",
    ),
    ("Example:", "Ví dụ:"),
    ("Examples:", "Ví dụ:"),
    (
        "Example, which needs neither reader nor card:",
        "Ví dụ, không cần đầu đọc hay thẻ:",
    ),
    (
        "  chipid verify --can - --trust csca.der --live photo.jpg   (the CAN comes from standard input)",
        "  chipid verify --can - --trust csca.der --live photo.jpg   (số CAN nhập từ đầu vào chuẩn)",
    ),
    (
        "  chipid field-report --can - --card-files --out report.json   (the CAN comes from standard input)",
        "  chipid field-report --can - --card-files --out report.json   (số CAN nhập từ đầu vào chuẩn)",
    ),
    (
        "The report is shown before it is written. It is sent nowhere: whoever wants to sends it.",
        "Báo cáo hiện ra trước khi được ghi. Chương trình không gửi đi đâu: ai muốn thì tự gửi.",
    ),
    (
        "Exit code: 0 accept, 1 reject, 3 undecided, 2 could not be done.",
        "Mã thoát: 0 chấp nhận, 1 từ chối, 3 chưa đủ cơ sở kết luận, 2 không làm được.",
    ),
    (
        "  chipid guardian --child-number - --guardian-number -   (one reader: first the child's card, then the guardian's)",
        "  chipid guardian --child-number - --guardian-number -   (một đầu đọc: thẻ của trẻ trước, rồi thẻ của người giám hộ)",
    ),
    (
        "Exit code: as `chipid verify`.",
        "Mã thoát: như `chipid verify`.",
    ),
    (
        "Says what was read and what of it is proven; whether to accept it is the question of `chipid verify`.",
        "Cho biết đã đọc được gì và phần nào đã được chứng minh; có chấp nhận hay không là việc của `chipid verify`.",
    ),
    (
        "Exit code: 0 the same person by the threshold, 1 not, 2 could not be done. With --pairs: 0.",
        "Mã thoát: 0 cùng một người theo ngưỡng, 1 không phải, 2 không làm được. Với --pairs: 0.",
    ),
    (
        "Nothing is verified here: what a file says of its holder may be forged.",
        "Ở đây không xác minh gì: những gì tệp ghi về chủ thẻ có thể là giả.",
    ),
    (
        "Exit code: 0 all are there, 1 something is missing or changed.",
        "Mã thoát: 0 có đủ, 1 có tệp thiếu hoặc bị thay đổi.",
    ),
    (
        "Example, with pcscd and vsmartcard-vpcd running:",
        "Ví dụ, khi pcscd và vsmartcard-vpcd đang chạy:",
    ),
    (
        "In another terminal: chipid verify --reader \"Virtual PCD 00 00\" --can …",
        "Ở cửa sổ dòng lệnh khác: chipid verify --reader \"Virtual PCD 00 00\" --can …",
    ),
    (
        "Exit code: 0 the form is made, whatever the verdict on it; 1 nothing of the holder is proven, so nothing of him stands on it; 2 could not be done.",
        "Mã thoát: 0 đã lập phiếu, dù kết luận ghi trên phiếu là gì; 1 không có gì của chủ thẻ được chứng minh nên phiếu không ghi gì; 2 không làm được.",
    ),
    // Of one verb each.
    (
        "Writes the bytes that a confirmation service may ask for, verbatim",
        "Xuất nguyên văn các tệp mà dịch vụ xác nhận có thể cần",
    ),
    (
        "Exit code: 0 exported; 2 could not be done, or nothing of the document is proven.",
        "Mã thoát: 0 đã xuất; 2 không làm được, hoặc giấy tờ chưa được chứng minh.",
    ),
    (
        "The folder for the files: one that holds no document's files yet",
        "Thư mục ghi các tệp: chưa chứa tệp của giấy tờ nào",
    ),
    (
        "The holder's consent, as your own records name it",
        "Sự đồng ý của chủ thẻ, theo mã trong sổ của đơn vị",
    ),
    (
        "Exports what nothing proves as well",
        "Xuất cả dữ liệu chưa được chứng minh",
    ),
    (
        "The challenge of Active Authentication, 16 hexadecimal digits, where a server chose it; with --files, the one that it chose",
        "Thử thách của Active Authentication, 16 chữ số thập lục phân, do máy chủ chọn; với --files là thử thách máy chủ đã chọn",
    ),
    (
        "What of the holder stands on the form, by name; else what the purpose needs (`chipid verify --help` names the fields)",
        "Những trường của chủ thẻ in trên phiếu, gọi đích danh; nếu không thì theo mục đích (`chipid verify --help` kể tên các trường)",
    ),
    (
        "Writes the form to this file, .html to print it, .json for programs; else JSON on standard output",
        "Ghi phiếu vào tệp này, .html để in, .json cho chương trình khác; nếu không có thì in JSON ra đầu ra chuẩn",
    ),
    (
        "Files to decode; - for standard input",
        "Các tệp cần giải mã; - là đầu vào chuẩn",
    ),
    ("A portrait", "Ảnh chân dung"),
    ("A photograph", "Ảnh chụp"),
    (
        "A table with the columns reference and live; comes back with score and reason",
        "Bảng có hai cột reference và live; kết quả thêm cột score (điểm) và reason (lý do)",
    ),
    (
        "What a trust store holds, by country",
        "Kho tin cậy có những gì, theo từng nước",
    ),
    (
        "What is odd in it: expired, weak, a test's, unverified",
        "Điểm bất thường: hết hạn, khóa yếu, chứng thư thử, chưa xác minh",
    ),
    (
        "Certificates, master lists, CRLs, DER or PEM; a folder is all of its files",
        "Chứng thư, danh sách chứng thư, CRL, dạng DER hoặc PEM; thư mục nghĩa là mọi tệp trong đó",
    ),
    (
        "A certificate that may vouch for the signer of a master list",
        "Chứng thư dùng để bảo đảm cho người ký danh sách chứng thư",
    ),
    (
        "Fetches the models, and the photographs of the demonstration, through pip",
        "Tải các mô hình và ảnh trình diễn, bằng pip",
    ),
    (
        "Says which are there, by their hashes",
        "Cho biết đã có những tệp nào, theo mã băm",
    ),
    ("The built-in policies", "Các chính sách có sẵn"),
    ("What a policy demands", "Một chính sách đòi hỏi những gì"),
    (
        "A built-in policy, or a file",
        "Chính sách có sẵn, hoặc một tệp",
    ),
    (
        "Makes a card: an invented holder, test keys, a test issuer of its own",
        "Tạo một thẻ: chủ thẻ bịa ra, khóa thử, cơ quan cấp thử của riêng nó",
    ),
    (
        "Where to; the folder must not exist, or be empty",
        "Nơi ghi; thư mục chưa có, hoặc còn trống",
    ),
    (
        "What kind of document (`chipid card list`)",
        "Loại giấy tờ nào (`chipid card list`)",
    ),
    (
        "The portrait, JPEG or PNG, made as small as a chip's [default: a drawing]",
        "Ảnh chân dung, JPEG hoặc PNG, được thu nhỏ như ảnh trong chip [mặc định: ảnh vẽ]",
    ),
    (
        "Lists the bundled cards with what opens them; makes those that are not there yet",
        "Liệt kê các thẻ đi kèm và khóa mở từng thẻ; thẻ nào chưa có thì tạo",
    ),
    (
        "Serves a card to pcscd through vpcd, for test machines only; ends with Ctrl-C",
        "Đưa thẻ ảo cho pcscd qua vpcd, chỉ trên máy thử; bấm Ctrl-C để dừng",
    ),
    (
        "Lets every answer take the time that a radio link of 106, 212, 424 or 848 kbit/s is modelled to take: what a person would wait",
        "Mỗi câu trả lời mất đúng thời gian mà mô hình sóng vô tuyến 106, 212, 424 hoặc 848 kbit/s tính ra: người thật phải chờ bao lâu",
    ),
    (
        "A bundled card, or the folder of one",
        "Thẻ đi kèm, hoặc thư mục của một thẻ",
    ),
    (
        "Where vpcd listens, on this machine",
        "Địa chỉ mà vpcd đang nghe, trên chính máy này",
    ),
];

/// Headings and the placeholders of values.
pub(super) const NAMES: &[(&str, &str)] = &[
    ("Source", "Nguồn"),
    ("Child", "Thẻ của trẻ"),
    ("Guardian", "Thẻ của người giám hộ"),
    ("SOURCE", "NGUỒN"),
    ("RELATION", "QUAN_HỆ"),
    ("Key", "Khóa mở chip"),
    ("Trust", "Tin cậy"),
    ("Face", "Khuôn mặt"),
    ("Output", "Đầu ra"),
    ("Form", "Phiếu của khách"),
    ("RECORDS", "DANH_SÁCH"),
    ("FORMAT", "DẠNG"),
    ("DD/MM/YYYY", "NN/TT/NNNN"),
    ("Processing", "Xử lý dữ liệu"),
    ("HEX", "SỐ_HEX"),
    ("ID", "MÃ"),
    ("DIGITS", "CHỮ_SỐ"),
    ("DIR", "THƯ_MỤC"),
    ("FILE", "TỆP"),
    ("FILE.csv", "TỆP.csv"),
    ("HOST:PORT", "MÁY:CỔNG"),
    ("IMAGE", "ẢNH"),
    ("N", "SỐ"),
    ("NAME", "TÊN"),
    ("NAME|DIR", "TÊN|THƯ_MỤC"),
    ("NAME|FILE", "TÊN|TỆP"),
    ("PATH", "ĐƯỜNG_DẪN"),
    ("RATE[,…]", "TỐC_ĐỘ[,…]"),
    ("SECONDS", "GIÂY"),
    ("TEXT", "CHUỖI"),
    ("TEXT|IMAGE", "CHUỖI|ẢNH"),
    ("TIMES", "LẦN"),
    ("WHEN", "KHI_NÀO"),
    ("YYMMDD", "YYMMDD"),
    ("YYYY-MM-DD", "YYYY-MM-DD"),
    ("a,b", "a,b"),
    ("dg1,dg2", "dg1,dg2"),
    ("vi|en", "vi|en"),
    ("COMMAND", "LỆNH"),
    ("REFERENCE", "ẢNH_CHÂN_DUNG"),
    ("LIVE", "ẢNH_CHỤP"),
];
