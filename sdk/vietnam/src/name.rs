//! Names with and without diacritics: DG13 and the QR code keep them, the MRZ cannot.
//!
//! Doc 9303-3, 4.6 (names in the MRZ) and section 6 (transliteration); Doc 9303-5, 4.2.3 (truncation in TD1).

use crate::private::trim;
use alloc::string::String;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use zeroize::Zeroizing;

/// Upper case without diacritics, words parted by one space: "Lê Thử Nghiệm" becomes "LE THU NGHIEM".
///
/// Apostrophes and hyphens of minority names are dropped. A letter that has no Latin base letter is kept, so that it
/// makes a difference instead of vanishing.
#[must_use]
pub fn fold(text: &str) -> Zeroizing<String> {
    // Room for the worst growth, so that no half-built copy is left behind by a reallocation.
    let mut folded = Zeroizing::new(String::with_capacity(text.len().saturating_mul(3)));
    for word in trim(text).split_whitespace() {
        let before = folded.len();
        if before > 0 {
            folded.push(' ');
        }
        let start = folded.len();
        let letters = word.nfd().filter(|c| !is_combining_mark(*c));
        for upper in letters.flat_map(char::to_uppercase) {
            match upper {
                // Letters with a stroke have no decomposition. U+00D0 (eth) is what some keyboards give for Đ.
                'Đ' | 'Ð' => folded.push('D'),
                'Ƀ' => folded.push('B'),
                '\'' | '’' | '‘' | 'ʼ' | '`' | '-' | '‐' | '\0' => {}
                other => folded.push(other),
            }
        }
        // A hyphen that stands alone is no word, and leaves no second space behind.
        if folded.len() == start {
            folded.truncate(before);
        }
    }
    folded
}

/// Whether two names are the same once diacritics, case, spaces, hyphens and apostrophes are left aside.
///
/// So are names of different people: "Thủy" and "Thùy" fold alike. It is what a form filled in without diacritics can
/// be held against, and no more.
#[must_use]
pub fn folds_alike(a: &str, b: &str) -> bool {
    let (a, b) = (letters(&fold(a)), letters(&fold(b)));
    !a.is_empty() && a == b
}

/// Whether `mrz_name`, the name field of a TD1 MRZ (`LE<<THU<NGHIEM<<<…`), can be that of a holder called `name`.
///
/// Only letters are compared, for what becomes of a hyphen in the MRZ is not known for this card: dropped or a filler.
/// A field that is filled to its end may have been truncated, and is then compared as a beginning.
#[must_use]
pub fn mrz_name_fits(mrz_name: &str, name: &str) -> bool {
    let in_mrz = letters(mrz_name);
    let in_full = letters(&fold(name));
    if in_mrz.is_empty() || in_full.is_empty() {
        return in_mrz.is_empty() == in_full.is_empty();
    }
    if *in_mrz == *in_full {
        return true;
    }
    may_be_truncated(mrz_name) && in_full.starts_with(in_mrz.as_str())
}

/// Characters of the name field of a TD1 MRZ.
const FIELD_LEN: usize = 30;

/// The 30th character may itself be the filler between two words, hence one less.
fn may_be_truncated(mrz_name: &str) -> bool {
    mrz_name.trim_end_matches('<').len() >= FIELD_LEN - 1
}

fn letters(text: &str) -> Zeroizing<String> {
    let mut letters = Zeroizing::new(String::with_capacity(text.len()));
    letters.extend(text.chars().filter(|c| *c != '<' && !c.is_whitespace()));
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vietnamese_letter_folds_to_its_base() {
        for (letters, base) in [
            ("aàáảãạăằắẳẵặâầấẩẫậ", 'A'),
            ("eèéẻẽẹêềếểễệĕ", 'E'),
            ("iìíỉĩịĭ", 'I'),
            ("oòóỏõọôồốổỗộơờớởỡợŏ", 'O'),
            ("uùúủũụưừứửữựŭ", 'U'),
            ("yỳýỷỹỵ", 'Y'),
            ("dđĐÐð", 'D'),
            ("nñ", 'N'),
            ("cč", 'C'),
            ("bƀ", 'B'),
        ] {
            for letter in letters.chars() {
                let mut buffer = [0; 4];
                assert_eq!(
                    fold(letter.encode_utf8(&mut buffer))
                        .chars()
                        .collect::<std::vec::Vec<_>>(),
                    [base],
                    "{letter}"
                );
            }
        }
    }

    #[test]
    fn both_normal_forms_fold_alike() {
        let composed = "Nguyễn Thị Đượm";
        let decomposed: String = composed.nfd().collect();
        assert_ne!(composed, decomposed);
        assert_eq!(*fold(composed), "NGUYEN THI DUOM");
        assert_eq!(fold(composed), fold(&decomposed));
    }

    #[test]
    fn apostrophes_and_hyphens_are_dropped_and_spaces_collapse() {
        assert_eq!(*fold("  Y’ Bu-Rah\u{a0}  K'Thử "), "Y BURAH KTHU");
    }

    #[test]
    fn a_mark_that_stands_alone_leaves_no_second_space() {
        assert_eq!(*fold("Y Bu - Rah ' "), "Y BU RAH");
        assert_eq!(*fold("- '"), "");
    }

    #[test]
    fn a_letter_of_another_script_makes_a_difference() {
        assert!(!mrz_name_fits("LE<<THU", "Lê Thử Ж"));
    }

    #[test]
    fn names_that_fold_alike() {
        assert!(folds_alike("Y Bu-Rah", "y bu rah"));
        assert!(folds_alike("Đặng Thị Thủy", "DANG THI THUY"));
        assert!(!folds_alike("Đặng Thị Thủy", "DANG THI THU"));
        assert!(!folds_alike("", ""));
        assert!(!folds_alike("-", ""));
    }

    #[test]
    fn mrz_names_that_fit() {
        assert!(mrz_name_fits(
            "LE<<THU<NGHIEM<<<<<<<<<<<<<<<<",
            "Lê Thử Nghiệm"
        ));
        assert!(mrz_name_fits("LE<<THU<NGHIEM", "LÊ THỬ NGHIỆM"));
        assert!(mrz_name_fits("Y<<BU<RAH<<<<<<<<<<<<<<<<<<<<<", "Y Bu-Rah"));
        assert!(mrz_name_fits("Y<<BURAH<<<<<<<<<<<<<<<<<<<<<<", "Y Bu-Rah"));
    }

    #[test]
    fn mrz_names_that_do_not_fit() {
        assert!(!mrz_name_fits(
            "LE<<THU<NGHIEM<<<<<<<<<<<<<<<<",
            "Lê Thử Nghi"
        ));
        assert!(!mrz_name_fits(
            "LE<<THU<NGHI<<<<<<<<<<<<<<<<<<",
            "Lê Thử Nghiệm"
        ));
        assert!(!mrz_name_fits(
            "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
            "Lê Thử Nghiệm"
        ));
    }

    #[test]
    fn a_truncated_mrz_name_is_a_beginning() {
        let long = "Công Tằng Tôn Nữ Thử Nghiệm Mẫu Dài";
        assert!(mrz_name_fits("CONG<<TANG<TON<NU<THU<NGHIEM<M", long));
        // Cut at the filler between two words.
        let other = "Công Tằng Tôn Nữ Thử Nghiệmm Mẫu";
        assert!(mrz_name_fits("CONG<<TANG<TON<NU<THU<NGHIEMM<", other));
        assert!(!mrz_name_fits("CONG<<TANG<TON<NU<THU<NGHIEM<X", long));
        // Not filled to the end: nothing was cut, so the rest must not be missing.
        assert!(!mrz_name_fits("CONG<<TANG<TON<NU<THU<NG<<<<<<", long));
    }

    proptest::proptest! {
        #[test]
        fn any_text_never_panics_and_fits_itself(text: String) {
            let folded = fold(&text);
            let again = fold(&folded);
            proptest::prop_assert_eq!(&*again, &*folded);
            proptest::prop_assert!(mrz_name_fits(&again, &folded));
        }
    }
}
