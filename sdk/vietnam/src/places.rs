//! What the first three digits of the personal number stand for.
//!
//! The province in which the birth was registered, of the sixty-three that there were until July 2025; or the country,
//! for births registered abroad. The table is that of Circular 59/2021/TT-BCA, no longer in force, as ten public
//! sources give it; numbers keep their digits although provinces were merged in 2025. The codes of countries are in no
//! source that was read: a code that is not a province's may be a country's, and nothing is made of it.

use crate::personal_number::PersonalNumber;

/// What the place code of a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A province or a city under the central government.
    Province(&'static str),
    /// Not one of the sixty-three: perhaps the code of a country, of which no list is known.
    NotAProvince,
}

impl Place {
    /// The place of a number.
    #[must_use]
    pub fn of(number: &PersonalNumber) -> Self {
        province(number.place_code()).map_or(Self::NotAProvince, Self::Province)
    }
}

/// The province with this code of three digits.
#[must_use]
pub fn province(code: &str) -> Option<&'static str> {
    PROVINCES
        .iter()
        .find_map(|(known, name)| (*known == code).then_some(*name))
}

/// Code and name of the sixty-three provinces, in the order of their codes.
pub const PROVINCES: [(&str, &str); 63] = [
    ("001", "Hà Nội"),
    ("002", "Hà Giang"),
    ("004", "Cao Bằng"),
    ("006", "Bắc Kạn"),
    ("008", "Tuyên Quang"),
    ("010", "Lào Cai"),
    ("011", "Điện Biên"),
    ("012", "Lai Châu"),
    ("014", "Sơn La"),
    ("015", "Yên Bái"),
    ("017", "Hòa Bình"),
    ("019", "Thái Nguyên"),
    ("020", "Lạng Sơn"),
    ("022", "Quảng Ninh"),
    ("024", "Bắc Giang"),
    ("025", "Phú Thọ"),
    ("026", "Vĩnh Phúc"),
    ("027", "Bắc Ninh"),
    ("030", "Hải Dương"),
    ("031", "Hải Phòng"),
    ("033", "Hưng Yên"),
    ("034", "Thái Bình"),
    ("035", "Hà Nam"),
    ("036", "Nam Định"),
    ("037", "Ninh Bình"),
    ("038", "Thanh Hóa"),
    ("040", "Nghệ An"),
    ("042", "Hà Tĩnh"),
    ("044", "Quảng Bình"),
    ("045", "Quảng Trị"),
    ("046", "Thừa Thiên Huế"),
    ("048", "Đà Nẵng"),
    ("049", "Quảng Nam"),
    ("051", "Quảng Ngãi"),
    ("052", "Bình Định"),
    ("054", "Phú Yên"),
    ("056", "Khánh Hòa"),
    ("058", "Ninh Thuận"),
    ("060", "Bình Thuận"),
    ("062", "Kon Tum"),
    ("064", "Gia Lai"),
    ("066", "Đắk Lắk"),
    ("067", "Đắk Nông"),
    ("068", "Lâm Đồng"),
    ("070", "Bình Phước"),
    ("072", "Tây Ninh"),
    ("074", "Bình Dương"),
    ("075", "Đồng Nai"),
    ("077", "Bà Rịa–Vũng Tàu"),
    ("079", "TP.HCM"),
    ("080", "Long An"),
    ("082", "Tiền Giang"),
    ("083", "Bến Tre"),
    ("084", "Trà Vinh"),
    ("086", "Vĩnh Long"),
    ("087", "Đồng Tháp"),
    ("089", "An Giang"),
    ("091", "Kiên Giang"),
    ("092", "Cần Thơ"),
    ("093", "Hậu Giang"),
    ("094", "Sóc Trăng"),
    ("095", "Bạc Liêu"),
    ("096", "Cà Mau"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_three_codes_in_order() {
        assert!(PROVINCES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (code, name) in PROVINCES {
            assert!(code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit()));
            assert!(!name.is_empty());
            assert_eq!(province(code), Some(name));
        }
    }

    #[test]
    fn places_of_numbers() {
        let place = |number| Place::of(&PersonalNumber::new(number).unwrap());
        assert_eq!(place("001099000017"), Place::Province("Hà Nội"));
        assert_eq!(place("079199000017"), Place::Province("TP.HCM"));
        assert_eq!(place("096099000017"), Place::Province("Cà Mau"));
        for other in [
            "000099000017",
            "003099000017",
            "097099000017",
            "101099000017",
        ] {
            assert_eq!(place(other), Place::NotAProvince);
        }
    }
}
