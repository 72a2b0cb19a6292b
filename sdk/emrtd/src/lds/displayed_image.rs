//! The displayed image templates of DG5 to DG7.
//!
//! Doc 9303-10, 4.7.5 and 4.7.7.

use super::data_element::Oddities;
use super::image::Image;
use crate::error::{ParseError, ParseErrorKind};
use crate::file_id::DataGroup;
use crate::tlv::outer;
use alloc::vec::Vec;

/// Table 60: one to nine; and more than any document carries.
const MAX_IMAGES: usize = 16;

/// The images of DG5 or DG7.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DisplayedImages {
    /// In the order of the file.
    pub images: Vec<Image>,
    /// What departs from the standard, by name.
    pub deviations: Vec<&'static str>,
}

pub(super) fn parse(
    bytes: &[u8],
    group: DataGroup,
    tag: u32,
) -> Result<DisplayedImages, ParseError> {
    let tlv = |e| ParseError::of_tlv(group.into(), e);
    let file = outer(bytes, group.tag()).map_err(tlv)?;
    let mut oddities = Oddities::default();
    let mut images = Vec::new();
    let mut stated = None;
    for object in file.children() {
        let object = object.map_err(tlv)?;
        match object.tag.0 {
            0x02 => stated = object.value.last().map(|n| usize::from(*n)),
            found if found == tag && images.len() >= MAX_IMAGES => {
                let kind = ParseErrorKind::Value;
                return Err(ParseError::new(Some(group.into()), object.offset, kind));
            }
            found if found == tag => images.push(Image::of(object.value, &mut oddities)),
            0 => oddities.note("filled_up_with_zeros"),
            _ => oddities.note("unknown_data_object"),
        }
    }
    if stated != Some(images.len()) {
        oddities.note("count_of_instances_differs");
    }
    Ok(DisplayedImages {
        images,
        deviations: oddities.0,
    })
}

#[cfg(test)]
mod tests {
    use crate::lds::image::ImageFormat;
    use crate::lds::{dg5, dg7};
    use crate::tlv::{encode, encode_all};
    use alloc::vec::Vec;

    const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 0xFF, 0xD9];

    /// Doc 9303-10, A.4: a template with one image.
    fn portrait(count: u8, images: usize) -> Vec<u8> {
        let image = encode(0x5F40, JPEG).repeat(images);
        encode_all(0x65, &[&encode(0x02, &[count]), &image])
    }

    #[test]
    fn images_and_their_number() {
        let found = dg5::parse(&portrait(1, 1)).unwrap();
        assert_eq!(*found.images[0].data, JPEG);
        assert_eq!(found.images[0].format, ImageFormat::Jpeg);
        assert!(found.deviations.is_empty());
        let found = dg5::parse(&portrait(1, 2)).unwrap();
        assert_eq!(found.images.len(), 2);
        assert_eq!(found.deviations, ["count_of_instances_differs"]);
        assert!(dg5::parse(&portrait(17, 17)).is_err());
        let signature = encode_all(0x67, &[&encode(0x02, &[1]), &encode(0x5F43, JPEG)]);
        assert_eq!(*dg7::parse(&signature).unwrap().images[0].data, JPEG);
        assert!(dg7::parse(&portrait(1, 1)).is_err());
    }

    #[test]
    fn every_cut_and_flip_is_survived() {
        let good = portrait(1, 1);
        for i in 0..good.len() {
            assert!(dg5::parse(&good[..i]).is_err());
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[i] ^= 1 << bit;
                let _ = dg5::parse(&bad);
            }
        }
    }
}
