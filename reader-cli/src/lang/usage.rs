//! What is wrong with a command line.

use super::texts;

texts! {
    STRAY_WORD: "dòng lệnh thừa một từ", "a word too many on the command line";
    NO_SUCH_VERB: "không có lệnh này", "there is no such verb";
    NO_SUCH_OPTION: "không có tùy chọn '{0}'", "unexpected argument '{0}' found";
    INVALID_VALUE: "giá trị '{0}' không dùng được cho '{1}'", "invalid value '{0}' for '{1}'";
    INVALID_VALUE_OF: "giá trị '{0}' không dùng được cho '{1}' [chọn một trong: {2}]",
        "invalid value '{0}' for '{1}' [possible values: {2}]";
    INVALID_VALUE_BECAUSE: "giá trị '{0}' không dùng được cho '{1}': {2}",
        "invalid value '{0}' for '{1}': {2}";
    VALUE_MISSING: "sau '{0}' phải có một giá trị",
        "a value is required for '{0}' but none was supplied";
    REQUIRED_MISSING: "còn thiếu phần bắt buộc: {0}",
        "the following required arguments were not provided: {0}";
    CONFLICT: "không dùng '{0}' cùng với '{1}'", "the argument '{0}' cannot be used with '{1}'";
    GIVEN_TWICE: "'{0}' chỉ được ghi một lần", "the argument '{0}' cannot be used multiple times";
    VERB_MISSING: "thiếu lệnh con: {0}", "a verb is missing: {0}";
    NUMBER_OF_VALUES: "số giá trị sau '{0}' không đúng", "wrong number of values for '{0}'";
    NOT_UNDERSTOOD: "không hiểu được dòng lệnh ({0})", "the command line cannot be understood ({0})";

    HELP_OF_VERB: "`chipid {0} --help` hướng dẫn cách dùng", "`chipid {0} --help` says how it is used";
    HELP_OF_PROGRAM: "`chipid --help` cho biết chương trình làm được gì",
        "`chipid --help` says what there is";

    FIELDS_ARE: "các trường là {0}", "the fields are {0}";
    SOURCES_ARE: "nguồn là reader, reader:TÊN, card:TÊN hoặc files:THƯ_MỤC",
        "a source is reader, reader:NAME, card:NAME or files:DIR";
    RELATIONS_ARE: "quan hệ là parent (cha, mẹ), grandparent (ông, bà), sibling (anh, chị), appointed (được cử, chỉ định) hoặc other",
        "a relation is parent, grandparent, sibling, appointed or other";
    TYPED_DAY_FORM: "ngày viết theo dạng NN/TT/NNNN (ngày/tháng/năm)", "a day is written DD/MM/YYYY";
    DAY_FORM: "ngày viết theo dạng YYYY-MM-DD (năm-tháng-ngày)", "a day is written YYYY-MM-DD";
    DATA_GROUP_FORM: "các nhóm dữ liệu có tên từ dg1 đến dg16", "data groups are named dg1 to dg16";
    LINK_FORM: "tốc độ 106, 212, 424 hoặc 848, sau đó là dấu phẩy và bất kỳ mục nào trong type=a|b, fsd=BYTE, fsc=BYTE, cid, response=BYTE, command=MS, kib=MS, key=MS, host=MS, fwi=0..14, lost=LỆNH",
        "a bit rate of 106, 212, 424 or 848, then commas and any of type=a|b, fsd=BYTES, fsc=BYTES, cid, response=BYTES, command=MS, kib=MS, key=MS, host=MS, fwi=0..14, lost=COMMAND";
}
