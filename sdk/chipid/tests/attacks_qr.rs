//! Attacks with what a Vietnamese card has beside its chip: QR codes and pictures of them. `make attacks` prints the table.

mod support;

#[path = "support/qr_photograph.rs"]
mod qr_photograph;

use chipid::emrtd::error::AccessError;
use chipid::{Assessment, ChipError, Error, Policy, Reading, VerdictKind, block, codes, keys};
use chipid_virtual_card::VirtualCard;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use qr_photograph::Photograph;
use std::time::{Duration, Instant};

fn refused(attack: &str, by: &str) {
    println!("{attack:<78} refused by {by}");
}

fn qr_of(name: &str) -> String {
    support::profile(name).qr_text().expect("a QR text")
}

fn error_of(bytes: &[u8]) -> Error {
    keys::from_qr_bytes(bytes)
        .map(|_| ())
        .expect_err("an error")
}

#[test]
fn another_persons_qr_code() {
    let (keys, _) = keys::from_qr(&qr_of("vn-2024")).expect("keys");
    let mut chip = VirtualCard::new(support::card("vn-2021"));
    let result = block(Reading::with(keys).run(&mut chip)).expect("ready");
    assert!(matches!(
        result,
        Err(Error::Chip(ChipError::Access(AccessError::WrongKey { .. })))
    ));
    refused("another person's QR code", "the chip: wrong key");
}

/// Two people may share the last six digits: the code of one opens the card of the other.
#[test]
fn the_qr_code_of_somebody_with_the_same_six_digits() {
    let card = support::card("vn-2021");
    let number = card.number.clone().expect("a number");
    let other = qr_of("vn-2024").replacen(
        support::card("vn-2024")
            .number
            .as_deref()
            .expect("a number"),
        &format!("079195{}", &number[6..]),
        1,
    );
    let (keys, qr) = keys::from_qr(&other).expect("keys");
    let mut chip = VirtualCard::new(card.clone());
    let document = block(Reading::with(keys).run(&mut chip))
        .expect("ready")
        .expect("the chip opens");
    let verification = document.verify(&support::trust(&[&card.csca]), support::now());
    let verdict = Policy::demo().decide(&Assessment::new(verification).with_qr(&qr));
    assert_eq!(verdict.kind, VerdictKind::Undecided);
    for detail in ["number", "birth", "sex", "name"] {
        assert!(
            verdict
                .grounds
                .iter()
                .any(|g| g.code == codes::QR_MISMATCH && g.detail == Some(detail)),
            "{detail}: {verdict:?}"
        );
    }
    refused(
        "the QR code of somebody whose number ends alike",
        "qr_mismatch",
    );
}

/// A code with the holder's number and another name: the letters of a keyboard program excuse no other name.
#[test]
fn a_qr_code_with_another_name() {
    let card = support::card("vn-2021");
    let text = qr_of("vn-2021").replace("Lê Thử Nghiệm", "Lê Thử Mẫu");
    let (keys, qr) = keys::from_qr(&text).expect("keys");
    let mut chip = VirtualCard::new(card.clone());
    let document = block(Reading::with(keys).run(&mut chip))
        .expect("ready")
        .expect("the chip opens");
    let verification = document.verify(&support::trust(&[&card.csca]), support::now());
    let verdict = Policy::demo().decide(&Assessment::new(verification).with_qr(&qr));
    assert!(
        verdict
            .grounds
            .iter()
            .any(|g| g.code == codes::QR_MISMATCH && g.detail == Some("name"))
    );
    refused(
        "a printed QR code with the holder's number and another name",
        "qr_mismatch",
    );
}

#[test]
fn a_qr_text_of_ten_kilobytes() {
    let long = format!("{}{}", qr_of("vn-2021"), "|x".repeat(5_000));
    assert_eq!(error_of(long.as_bytes()).code(), 8130);
    refused("a QR text of ten kilobytes", "its length");
}

/// The header of a PNG says 60,000 by 60,000 pixels; nothing is allocated for them.
#[test]
fn a_picture_of_huge_dimensions() {
    let mut file = Vec::new();
    PngEncoder::new(&mut file)
        .write_image(&[0; 64], 8, 8, ExtendedColorType::L8)
        .expect("a picture");
    for (at, side) in [(16, 60_000u32), (20, 60_000)] {
        file[at..at + 4].copy_from_slice(&side.to_be_bytes());
    }
    let crc = crc32(&file[12..29]);
    file[29..33].copy_from_slice(&crc.to_be_bytes());
    let began = Instant::now();
    assert_eq!(error_of(&file).code(), 9003);
    assert!(began.elapsed() < Duration::from_secs(1));
    refused(
        "a picture of 60,000 by 60,000 pixels in a file of 100 bytes",
        "its dimensions",
    );
}

/// Corners of QR codes without end: what the reader's work grows with.
#[test]
fn a_picture_full_of_corners() {
    for (module, side) in [(1usize, 1200usize), (2, 1200), (2, 2400), (4, 2400)] {
        let cell = module * 9;
        let pixels: Vec<u8> = (0..side * side)
            .map(|at| {
                let (x, y) = (at % side % cell / module, at / side % cell / module);
                let ring = [x, y, 6usize.wrapping_sub(x), 6usize.wrapping_sub(y)]
                    .into_iter()
                    .min()
                    .unwrap_or(0);
                let dark = x < 7 && y < 7 && ring != 1;
                if dark { 20 } else { 230 }
            })
            .collect();
        let mut file = Vec::new();
        PngEncoder::new(&mut file)
            .write_image(&pixels, side as u32, side as u32, ExtendedColorType::L8)
            .expect("a picture");
        let began = Instant::now();
        let code = error_of(&file).code();
        let took = began.elapsed();
        assert!([8160, 8163].contains(&code), "{code}");
        assert!(took < Duration::from_secs(30), "{module} {side}: {took:?}");
        println!("{side} by {side} with corners of {module}: {code} after {took:?}");
    }
    refused("a picture full of corners of QR codes", "their number");
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & 0u32.wrapping_sub(crc & 1))
        })
    })
}

/// A photograph with the holder's card and somebody else's beside it: nobody chooses for the clerk.
#[test]
fn two_cards_in_one_picture() {
    let wide = Photograph {
        size: (1600, 700),
        module: 5.0,
        ..Photograph::default()
    };
    let file = wide.of(&[&qr_of("vn-2021"), &qr_of("vn-2024")]);
    assert_eq!(error_of(&file).code(), 8162);
    refused("a photograph of two cards", "several cards");
}
