use super::*;
use std::vec::Vec;

fn typed(text: &str) -> Vec<Zeroizing<String>> {
    Program::ALL
        .iter()
        .map(|program| program.type_text(text))
        .collect()
}

/// The simulator itself: what the programs are known to do.
#[test]
fn programs_do_what_they_are_known_to_do() {
    let telex = Program {
        method: Method::Telex,
        bar_ends_word: true,
    };
    let vni = Program {
        method: Method::Vni,
        bar_ends_word: true,
    };
    for (keys, text) in [
        ("Nguyeenx Thij Ddoom", "Nguyễn Thị Đôm"),
        ("Hoas", "Hoá"),
        ("Ksor", "Ksỏ"),
        ("uwow", "ươ"),
        ("wen", "ưen"),
        ("Hana", "Hân"),
        ("aaa", "aa"),
        ("Namss", "Nams"),
        ("B1 A1|12", "B1 A1|12"),
    ] {
        assert_eq!(*telex.type_text(keys), text, "{keys}");
    }
    for (keys, text) in [
        ("Nguye6n4 Thi5 D9o6m", "Nguyễn Thị Đôm"),
        ("A1", "Á"),
        ("B1", "B1"),
        ("15031999|Nam|So6 1", "15031999|Nam|Sô 1"),
    ] {
        assert_eq!(*vni.type_text(keys), text, "{keys}");
    }
    // A program to which the bar ends no word goes on behind it.
    let harsh = Program {
        method: Method::Vni,
        bar_ends_word: false,
    };
    assert_eq!(*harsh.type_text("Ma|15"), "Mạ|");
}

#[test]
fn names_through_every_program_are_recognised() {
    for name in [
        "Lê Thử Nghiệm",
        "Nguyễn Thị Xoan",
        "LÊ VĂN SỬU",
        "Hoas Wen Data",
        "Ksor H'Wen",
        "Rơ Châm Jut",
        "Trần Văn Mẫu",
        "Y Bu-Rah",
    ] {
        for typed in typed(name) {
            assert!(may_be_typed(&typed, name), "{typed:?} of {name}");
        }
        // The keystrokes themselves, where no program was on.
        let keys = programs::keystrokes(name, Method::Telex);
        assert!(may_be_typed(&keys, name), "{keys:?} of {name}");
        let keys = programs::keystrokes(name, Method::Vni);
        assert!(may_be_typed(&keys, name), "{keys:?} of {name}");
    }
}

#[test]
fn letters_that_the_scanner_left_out() {
    assert!(may_be_typed("L Th Nghim", "Lê Thử Nghiệm"));
    assert!(may_be_typed("L? Th? Nghi?m", "Lê Thử Nghiệm"));
    assert!(may_be_typed(
        "L\u{fffd} Th\u{fffd} Nghi\u{fffd}m",
        "Lê Thử Nghiệm"
    ));
}

#[test]
fn other_names_are_others() {
    for (typed, printed) in [
        ("Trần Văn Mẫu", "Lê Thử Nghiệm"),
        ("Nguyễn Văn Minh", "Nguyễn Văn Mạnh"),
        ("Nguyễn Thị Hà", "Nguyễn Thị Hằng"),
        ("Trần Thị Hà", "Trần Thị Hồ"),
        ("", "Lê Thử Nghiệm"),
        ("Lê", ""),
        ("??", "Ê Ơ"),
        // What programs take for keys of their own, and no program made of the other.
        ("Trần Văn Trung", "Trần Văn Tùng"),
        ("Tran Van Trung", "Trần Văn Tùng"),
        ("Lê Thị Trang", "Lê Thị Tang"),
        ("Nguyễn Thị Xoan", "Nguyễn Thị Oan"),
        ("Lê Thị Hoa", "Lê Thị Hoà"),
    ] {
        assert!(!may_be_typed(typed, printed), "{typed:?} of {printed}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_never_panics_and_is_itself(text: String) {
        proptest::prop_assert!(may_be_typed(&text, &text) || letters(&plainly(&text)) < FEWEST_LETTERS);
    }

    #[test]
    fn any_plain_name_through_every_program(name in "[A-Z][a-z]{0,6}( [A-Z][a-z]{1,6}){1,3}") {
        for typed in typed(&name) {
            let enough = letters(&plainly(&typed)) >= FEWEST_LETTERS;
            proptest::prop_assert!(!enough || may_be_typed(&typed, &name), "{typed:?} of {name}");
        }
    }
}
