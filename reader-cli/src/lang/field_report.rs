//! What is said of a field report.

use super::texts;

texts! {
    REPORT: "Báo cáo kỹ thuật của một lần đọc", "Field report of one reading";
    REPORT_HOLDS: "Báo cáo chỉ nói thẻ được làm thế nào và chip, đầu đọc đã trả lời ra sao: giao thức, kích cỡ, nhãn, mã trạng thái,\n\
                   mức thời gian, mã lỗi. Không có họ tên, ngày sinh, số, ảnh, khóa hay mã băm dữ liệu nào. Chương trình không gửi báo\n\
                   cáo đi đâu cả: hãy xem hết rồi tự quyết định có gửi hay không.",
        "It says how the card is made and how chip and reader answered: protocols, sizes, tags, status words, classes of times,\n\
         error codes. No name, birth, number, picture, key or digest of data is in it. The program sends it nowhere: look through\n\
         it, and decide yourself whether to send it.";
    REPORT_WRITTEN: "đã ghi báo cáo vào {0}; chương trình không gửi đi đâu",
        "the report is in {0}; the program sends it nowhere";
    REPORT_TAKEN: "tên này đã có; báo cáo không ghi đè lên gì cả",
        "exists already; a report replaces nothing";
    GIVE_NEW_NAME: "chọn tên tệp khác với --out, hoặc xoá tệp cũ trước",
        "give --out the name of a new file, or remove the old one first";
    NO_REPORT_OF_FILES: "tệp đã lưu không cho biết chip và đầu đọc đã trả lời ra sao",
        "saved files do not tell how chip and reader answered";
    GIVE_CARD: "đặt thẻ lên đầu đọc, hoặc chọn thẻ ảo với --card", "lay a card on a reader, or name a virtual one with --card";
}
