//! QR codes in photographs.

#[path = "support/qr_photograph.rs"]
mod qr_photograph;

use chipid::qr_image::{QrImageError, text};
use chipid::{Error, keys};
use qr_photograph::Photograph;

const CARD: &str = "001099000017|012345678|Lê Thử Nghiệm|15031999|Nam|Số 1 Phố Mẫu, Phường Thử Nghiệm, Quận Mẫu, Thành phố Hà Nội|10052021";
const OF_2024: &str = "001305000017||Trần Thị Mẫu Đượm|02012005|Nữ|Ấp Mẫu, Xã Thử, Huyện Nghiệm, Đắk Lắk|15072024||Trần Văn Cha|Lê Thị Mẹ|";

fn error(bytes: &[u8]) -> QrImageError {
    match text(bytes) {
        Err(Error::QrImage(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn photographs_of_every_kind() {
    let plain = Photograph::default();
    let mut read = 0;
    let kinds = [
        ("as it is", plain),
        (
            "PNG",
            Photograph {
                jpeg: None,
                ..plain
            },
        ),
        (
            "turned by 90",
            Photograph {
                angle: 90.0,
                ..plain
            },
        ),
        (
            "turned by 180",
            Photograph {
                angle: 180.0,
                ..plain
            },
        ),
        (
            "turned by 270",
            Photograph {
                angle: 270.0,
                ..plain
            },
        ),
        (
            "turned by 17",
            Photograph {
                angle: 17.0,
                ..plain
            },
        ),
        (
            "turned by 45",
            Photograph {
                angle: 45.0,
                module: 5.0,
                ..plain
            },
        ),
        (
            "three pixels a module",
            Photograph {
                module: 3.0,
                angle: 8.0,
                ..plain
            },
        ),
        (
            "two pixels a module",
            Photograph {
                module: 2.0,
                size: (300, 250),
                noise: 0,
                jpeg: Some(92),
                ..plain
            },
        ),
        (
            "blurred",
            Photograph {
                blur: 2,
                angle: 10.0,
                ..plain
            },
        ),
        (
            "much blurred",
            Photograph {
                blur: 4,
                angle: 10.0,
                ..plain
            },
        ),
        (
            "slanted",
            Photograph {
                slant: 0.2,
                angle: 20.0,
                ..plain
            },
        ),
        (
            "much slanted",
            Photograph {
                slant: 0.4,
                angle: 30.0,
                blur: 1,
                ..plain
            },
        ),
        (
            "noisy",
            Photograph {
                noise: 40,
                angle: 12.0,
                slant: 0.1,
                jpeg: Some(60),
                ..plain
            },
        ),
        (
            "compressed hard",
            Photograph {
                jpeg: Some(15),
                angle: 5.0,
                ..plain
            },
        ),
        (
            "a small part of a large one",
            Photograph {
                size: (4000, 3000),
                module: 5.0,
                angle: 33.0,
                blur: 1,
                ..plain
            },
        ),
        (
            "large and near",
            Photograph {
                size: (3000, 2600),
                module: 30.0,
                angle: 12.0,
                blur: 3,
                ..plain
            },
        ),
    ];
    for (name, photograph) in kinds {
        for card in [CARD, OF_2024] {
            let file = photograph.of(&[card]);
            match text(&file) {
                // Every letter, though nothing in the code says that it is UTF-8.
                Ok(found) => assert_eq!(*found, card, "{name}"),
                Err(error) => panic!("{name}: {error}"),
            }
            read += 1;
        }
    }
    println!("{read} photographs read");
}

#[test]
fn a_photograph_gives_the_keys_that_the_text_gives() {
    let file = Photograph {
        angle: 200.0,
        slant: 0.1,
        ..Photograph::default()
    }
    .of(&[CARD]);
    let (keys_of_picture, qr) = keys::from_qr_bytes(&file).unwrap();
    assert_eq!(keys_of_picture, keys::from_qr(CARD).unwrap().0);
    assert_eq!(qr.name.as_str(), "Lê Thử Nghiệm");
}

#[test]
fn the_card_among_other_codes_is_taken() {
    let wide = Photograph {
        size: (1600, 700),
        module: 5.0,
        ..Photograph::default()
    };
    let file = wide.of(&["https://example.org/menu", CARD]);
    assert_eq!(*text(&file).unwrap(), CARD);
    // The same card twice is one card.
    assert_eq!(*text(&wide.of(&[CARD, CARD])).unwrap(), CARD);
}

#[test]
fn two_cards_are_not_chosen_from() {
    let wide = Photograph {
        size: (1600, 700),
        module: 5.0,
        ..Photograph::default()
    };
    let found = error(&wide.of(&[CARD, OF_2024]));
    assert_eq!(found, QrImageError::SeveralCards { found: 2 });
    assert_eq!(found.code(), 8162);
}

#[test]
fn pictures_without_a_card() {
    let plain = Photograph::default();
    assert_eq!(error(&plain.of(&[])), QrImageError::NoCode);
    assert_eq!(
        error(&plain.of(&["https://example.org/menu"])),
        QrImageError::OtherCodes { found: 1 }
    );
    // Half of the code is outside of the picture.
    let cut = Photograph {
        size: (200, 700),
        ..plain
    };
    assert_eq!(error(&cut.of(&[CARD])), QrImageError::NoCode);
    let tiny = Photograph {
        size: (8, 8),
        ..plain
    };
    assert_eq!(error(&tiny.of(&[])), QrImageError::NoCode);
    assert!(matches!(text(b""), Err(Error::Face(_))));
    assert!(matches!(
        text(b"\x89PNG\r\n\x1A\nnothing"),
        Err(Error::Face(_))
    ));
}
