//! Pictures decoded: what comes out, and what hostile bytes come to.

use chipid_face::{
    FaceError, Format, LIVE_PIXEL_LIMIT, PORTRAIT_PIXEL_LIMIT, Rgb, decode_live, decode_portrait,
};
use std::time::{Duration, Instant};

const COLOUR_JP2: &[u8] = include_bytes!("data/drawn-colour.jp2");
const GREY_J2K: &[u8] = include_bytes!("data/drawn-grey.j2k");
const TILED_J2K: &[u8] = include_bytes!("data/drawn-tiled.j2k");
const COLOUR_JPG: &[u8] = include_bytes!("data/drawn-colour.jpg");
const GREY_JPG: &[u8] = include_bytes!("data/drawn-grey.jpg");
const PROGRESSIVE_JPG: &[u8] = include_bytes!("data/drawn-progressive.jpg");
const CMYK_JPG: &[u8] = include_bytes!("data/drawn-cmyk.jpg");
const EXIF_6_JPG: &[u8] = include_bytes!("data/drawn-exif-6.jpg");
const COLOUR_PNG: &[u8] = include_bytes!("data/drawn-colour.png");

const ALL: [&[u8]; 9] = [
    COLOUR_JP2,
    GREY_J2K,
    TILED_J2K,
    COLOUR_JPG,
    GREY_JPG,
    PROGRESSIVE_JPG,
    CMYK_JPG,
    EXIF_6_JPG,
    COLOUR_PNG,
];
const PORTRAITS: [&[u8]; 5] = [COLOUR_JP2, GREY_J2K, TILED_J2K, COLOUR_JPG, GREY_JPG];

/// Wall, hair and coat of the drawing, each at its place, in parts of width and height.
const SPOTS: [(f32, f32, [u8; 3]); 3] = [
    (0.04, 0.03, [190, 205, 220]),
    (0.5, 0.26, [50, 35, 25]),
    (0.5, 0.93, [40, 60, 110]),
];

fn assert_is_the_drawing(image: &Rgb, grey: bool, name: &str) {
    for (x, y, colour) in SPOTS {
        let at = |part: f32, side: u32| (part * side as f32) as u32;
        let found = image
            .pixel(at(x, image.width()), at(y, image.height()))
            .expect("inside");
        let [red, green, blue] = colour.map(f32::from);
        let luma = (0.299 * red + 0.587 * green + 0.114 * blue) as u8;
        let expected = if grey { [luma; 3] } else { colour };
        let worst = found.iter().zip(expected).map(|(a, b)| a.abs_diff(b)).max();
        assert!(
            worst <= Some(14),
            "{name}: {found:?} instead of {expected:?}"
        );
    }
}

#[test]
fn every_portrait_format_gives_the_drawing() {
    let cases = [
        ("colour.jp2", COLOUR_JP2, (240, 320), false),
        ("grey.j2k", GREY_J2K, (240, 320), true),
        ("tiled.j2k", TILED_J2K, (60, 80), false),
        ("colour.jpg", COLOUR_JPG, (240, 320), false),
        ("grey.jpg", GREY_JPG, (240, 320), true),
    ];
    for (name, bytes, size, grey) in cases {
        let image = decode_portrait(bytes).expect(name);
        assert_eq!((image.width(), image.height()), size, "{name}");
        assert_is_the_drawing(&image, grey, name);
    }
}

#[test]
fn every_live_format_gives_the_drawing() {
    for (name, bytes) in [
        ("png", COLOUR_PNG),
        ("progressive", PROGRESSIVE_JPG),
        ("tiled j2k", TILED_J2K),
        ("cmyk", CMYK_JPG),
    ] {
        let image = decode_live(bytes).expect(name);
        assert_eq!((image.width(), image.height()), (60, 80), "{name}");
        assert_is_the_drawing(&image, false, name);
    }
}

#[test]
fn alpha_is_dropped_and_cmyk_in_jpeg_2000_is_refused() {
    let alpha = decode_portrait(include_bytes!("data/drawn-alpha.jp2")).expect("decodes");
    assert_is_the_drawing(&alpha, false, "alpha");
    let grey = decode_portrait(include_bytes!("data/drawn-grey-alpha.jp2")).expect("decodes");
    assert_is_the_drawing(&grey, true, "grey and alpha");
    let cmyk = decode_portrait(include_bytes!("data/drawn-cmyk.jp2")).map(|_| ());
    assert_eq!(
        cmyk,
        Err(FaceError::ImageUnsupported {
            format: Format::Jp2
        })
    );
}

#[test]
fn exif_turns_a_live_image_and_not_a_portrait() {
    let live = decode_live(EXIF_6_JPG).expect("a JPEG");
    assert_eq!((live.width(), live.height()), (60, 80));
    assert_is_the_drawing(&live, false, "turned");
    let portrait = decode_portrait(EXIF_6_JPG).expect("a JPEG");
    assert_eq!((portrait.width(), portrait.height()), (80, 60));
}

#[test]
fn a_portrait_may_stand_behind_a_header_and_before_padding() {
    for bytes in PORTRAITS {
        let plain = decode_portrait(bytes).expect("decodes");
        for (before, after, padding) in [
            (0, 300, 0),
            (14, 0, 0),
            (46, 1000, 0),
            (1000, 7, 0xFF),
            (0, 1, 0x90),
        ] {
            let mut file = vec![0x11; before];
            file.extend_from_slice(bytes);
            file.resize(file.len() + after, padding);
            let found = decode_portrait(&file).expect("decodes");
            assert!(
                found.pixels() == plain.pixels(),
                "{before} before, {after} of {padding} after"
            );
        }
        let mut far = vec![0x11; 1024];
        far.extend_from_slice(bytes);
        assert_eq!(
            decode_portrait(&far).map(|_| ()),
            Err(FaceError::NotAnImage)
        );
    }
}

#[test]
fn what_is_no_image_is_said_to_be_none() {
    for bytes in [
        &b""[..],
        b"\xFF",
        b"\xFF\xD8",
        b"GIF89a\0\0\0",
        b"%PDF-1.7",
        &[0; 5000],
    ] {
        assert_eq!(decode_live(bytes).map(|_| ()), Err(FaceError::NotAnImage));
        assert_eq!(
            decode_portrait(bytes).map(|_| ()),
            Err(FaceError::NotAnImage)
        );
    }
    // A chip holds no PNG, and a live image begins at its first byte.
    assert_eq!(
        decode_portrait(COLOUR_PNG).map(|_| ()),
        Err(FaceError::NotAnImage)
    );
    assert_eq!(
        decode_live(&[&[0], COLOUR_JPG].concat()).map(|_| ()),
        Err(FaceError::NotAnImage)
    );
}

#[test]
fn one_pixel_and_one_row_decode() {
    for (width, height) in [(1, 1), (1, 3000), (3000, 1)] {
        let image = decode_live(&png(width, height)).expect("a PNG");
        assert_eq!((image.width(), image.height()), (width, height));
    }
}

#[test]
fn too_many_pixels_are_refused_from_the_header_alone() {
    let before = peak_kilobytes();
    for side in [10_000, 65_535] {
        let start = Instant::now();
        for (bytes, format) in [
            (jpeg_claiming(side), Format::Jpeg),
            (
                codestream_claiming(GREY_J2K, side),
                Format::Jpeg2000Codestream,
            ),
            (codestream_claiming(COLOUR_JP2, side), Format::Jp2),
            (png_claiming(side), Format::Png),
        ] {
            let live_limit = if matches!(format, Format::Jpeg | Format::Png) {
                LIVE_PIXEL_LIMIT
            } else {
                PORTRAIT_PIXEL_LIMIT
            };
            let refused = |limit| {
                Err(FaceError::ImageTooLarge {
                    format,
                    width: side,
                    height: side,
                    limit,
                })
            };
            assert_eq!(decode_live(&bytes).map(|_| ()), refused(live_limit));
            if format != Format::Png {
                assert_eq!(
                    decode_portrait(&bytes).map(|_| ()),
                    refused(PORTRAIT_PIXEL_LIMIT)
                );
            }
        }
        assert!(start.elapsed() < Duration::from_secs(1));
    }
    // 100 million pixels would be 300 MB; other tests of this file run beside this one.
    assert!(
        peak_kilobytes() - before < 150_000,
        "{before} -> {} kB",
        peak_kilobytes()
    );
}

#[test]
fn a_portrait_over_four_million_pixels_is_refused_and_a_live_image_is_not() {
    let wide = png(2500, 1700);
    assert!(decode_live(&wide).is_ok());
    assert!(matches!(
        decode_portrait(&jpeg_claiming(2001)),
        Err(FaceError::ImageTooLarge { .. })
    ));
}

#[test]
fn structures_that_only_cost_memory_are_refused() {
    let siz = place_of(GREY_J2K, &[0xFF, 0x51]);
    let cod = place_of(GREY_J2K, &[0xFF, 0x52]);
    let changed = |place: usize, bytes: &[u8]| {
        let mut file = GREY_J2K.to_vec();
        file[place..place + bytes.len()].copy_from_slice(bytes);
        decode_portrait(&file)
            .map(|_| ())
            .map_err(|error| error.code())
    };
    let unsupported = Err(9004);
    assert_eq!(
        changed(siz + 22, &[0, 0, 0, 1, 0, 0, 0, 1]),
        unsupported,
        "tiles of one pixel"
    );
    assert_eq!(
        changed(siz + 38, &[0x40, 0]),
        unsupported,
        "16,384 components"
    );
    assert_eq!(
        changed(cod + 6, &[0xFF, 0xFF]),
        unsupported,
        "65,535 layers"
    );
    assert_eq!(changed(cod + 9, &[33]), unsupported, "33 levels");
    assert_eq!(
        changed(cod + 10, &[0, 0]),
        unsupported,
        "code blocks of 4 x 4"
    );
    let damaged = Err(9002);
    assert_eq!(changed(siz + 22, &[0; 8]), damaged, "tiles of no pixel");
    assert_eq!(
        changed(siz + 14, &[0, 0, 0xFF, 0xFF]),
        damaged,
        "an image area that begins behind its end"
    );
    assert_eq!(changed(siz + 6, &[0; 4]), damaged, "no width");
    assert_eq!(changed(siz + 38, &[0, 0]), damaged, "no component");
}

#[test]
fn tiny_precincts_are_refused_and_usual_ones_are_not() {
    let cod = place_of(GREY_J2K, &[0xFF, 0x52]);
    let levels = usize::from(GREY_J2K[cod + 9]);
    let with_precincts = |exponents: u8| {
        let mut file = GREY_J2K.to_vec();
        file[cod + 4] |= 1;
        file.splice(cod + 14..cod + 14, vec![exponents; levels + 1]);
        file[cod + 3] += u8::try_from(levels + 1).expect("few levels");
        decode_portrait(&file)
            .map(|_| ())
            .map_err(|error| error.code())
    };
    assert_eq!(with_precincts(0x00), Err(9004));
    assert_eq!(with_precincts(0x11), Err(9004));
    assert_ne!(with_precincts(0x77), Err(9004));
}

#[test]
fn two_codestreams_in_one_file_are_refused() {
    let start = place_of(COLOUR_JP2, b"jp2c") - 4;
    let twice = {
        let codestream = &COLOUR_JP2[start + 8..];
        let length = u32::try_from(codestream.len() + 8)
            .expect("short")
            .to_be_bytes();
        let one = [&length[..], b"jp2c", codestream].concat();
        [&COLOUR_JP2[..start], &one, &one].concat()
    };
    assert_eq!(
        decode_portrait(&twice).map(|_| ()),
        Err(FaceError::ImageDamaged {
            format: Format::Jp2
        })
    );
}

#[test]
fn a_file_cut_at_any_byte_is_a_picture_or_an_error() {
    for bytes in ALL {
        for length in 0..bytes.len() {
            assert_image_error(decode_portrait(&bytes[..length]));
            assert_image_error(decode_live(&bytes[..length]));
        }
    }
}

#[test]
fn changed_bytes_give_a_picture_or_an_error_and_no_hang() {
    // Hundreds per file in a second or two; a longer run raises the number.
    let rounds = std::env::var("CHIPID_MUTATIONS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(700_u32);
    let mut random = Lcg(1);
    for bytes in ALL {
        let deadline = Instant::now() + Duration::from_secs(120);
        for _ in 0..rounds {
            let mut file = bytes.to_vec();
            for _ in 0..=random.below(4) {
                // Half of the changes fall on the headers, where the sizes are.
                let reach = if random.below(2) == 0 {
                    file.len().min(160)
                } else {
                    file.len()
                };
                let place = random.below(reach);
                file[place] = random.below(256) as u8;
            }
            let start = Instant::now();
            assert_image_error(decode_portrait(&file));
            assert_image_error(decode_live(&file));
            assert!(start.elapsed() < Duration::from_secs(10), "slow picture");
            assert!(Instant::now() < deadline, "slow pictures");
        }
    }
}

fn assert_image_error(result: Result<Rgb, FaceError>) {
    match result {
        Ok(image) => assert!(
            image.width() > 0 && image.pixels().len() as u64 <= u64::from(LIVE_PIXEL_LIMIT) * 3
        ),
        Err(error) => assert!((9001..=9004).contains(&error.code()), "{error}"),
    }
}

struct Lcg(u64);

impl Lcg {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    image::RgbImage::from_pixel(width, height, image::Rgb([9, 8, 7]))
        .write_to(
            &mut std::io::Cursor::new(&mut bytes),
            image::ImageFormat::Png,
        )
        .expect("encodes");
    bytes
}

fn place_of(bytes: &[u8], pattern: &[u8]) -> usize {
    bytes
        .windows(pattern.len())
        .position(|window| window == pattern)
        .expect("the pattern is there")
}

fn jpeg_claiming(side: u32) -> Vec<u8> {
    let mut file = COLOUR_JPG.to_vec();
    let frame = place_of(&file, &[0xFF, 0xC0]);
    let side = u16::try_from(side)
        .expect("JPEG sides have 16 bits")
        .to_be_bytes();
    file[frame + 5..frame + 7].copy_from_slice(&side);
    file[frame + 7..frame + 9].copy_from_slice(&side);
    file
}

fn codestream_claiming(bytes: &[u8], side: u32) -> Vec<u8> {
    let mut file = bytes.to_vec();
    let siz = place_of(&file, &[0xFF, 0x4F, 0xFF, 0x51]) + 2;
    for at in [6, 10, 22, 26] {
        file[siz + at..siz + at + 4].copy_from_slice(&side.to_be_bytes());
    }
    file
}

/// The IHDR's checksum must hold, or the size is never believed.
fn png_claiming(side: u32) -> Vec<u8> {
    let mut file = COLOUR_PNG.to_vec();
    file[16..20].copy_from_slice(&side.to_be_bytes());
    file[20..24].copy_from_slice(&side.to_be_bytes());
    let mut crc = u32::MAX;
    for byte in &file[12..29] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
        }
    }
    file[29..33].copy_from_slice(&(!crc).to_be_bytes());
    file
}

#[cfg(target_os = "linux")]
fn peak_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .expect("VmHWM");
    line.split_whitespace()
        .nth(1)
        .and_then(|number| number.parse().ok())
        .expect("a number")
}

#[cfg(not(target_os = "linux"))]
fn peak_kilobytes() -> u64 {
    0
}
