//! Data groups that others published (test-vectors/cards/published-data-groups): read as what their makers meant.

use chipid_emrtd::lds::dg2::{FaceEncoding, ImageFormat};
use chipid_emrtd::lds::{dg2, dg11, dg12, dg16, dir};
use chipid_test_vectors as vectors;
use serde_json::Value;

struct Vectors(Value);

impl Vectors {
    fn load() -> Self {
        let name = format!("{}/vectors.json", vectors::PUBLISHED_DATA_GROUPS);
        Self(serde_json::from_slice(&vectors::read(&name)).unwrap())
    }

    fn hex(&self, name: &str, part: &str) -> Vec<u8> {
        hex::decode(self.0[name][part].as_str().unwrap()).unwrap()
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        self.hex(name, "bytes")
    }

    /// A DG2 with `picture` filled up to the published one's length in its place.
    fn face(&self, name: &str, picture: &[u8]) -> Vec<u8> {
        let len = self.0[name]["image_bytes"].as_u64().unwrap() as usize;
        let mut image = picture.to_vec();
        image.resize(len, 0);
        [
            self.hex(name, "before_image"),
            image,
            self.hex(name, "after_image"),
        ]
        .concat()
    }
}

/// The beginning and the end of a JPEG 2000 file: no picture of anybody.
const JP2: &[u8] = &[
    0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A, 7, 0xFF, 0xD9,
];

#[test]
fn icao_silver_datasets_of_iso_39794_5() {
    let vectors = Vectors::load();
    for (name, size) in [
        ("icao_silver_all_fields", (572, 731)),
        ("icao_silver_mandatory_fields", (0, 0)),
    ] {
        let faces = dg2::parse(&vectors.face(name, JP2)).unwrap();
        let [image] = &faces.images[..] else {
            panic!("{name}: one image");
        };
        assert_eq!(image.encoding, FaceEncoding::Iso39794);
        assert_eq!(image.format, ImageFormat::Jp2);
        assert_eq!(*image.data, JP2);
        assert_eq!((image.width, image.height), size, "{name}");
        // The filling is ours, and nothing else is odd.
        assert_eq!(faces.deviations, ["bytes_behind_the_image"]);
    }
}

#[test]
fn a_silver_dataset_broken_anywhere_is_survived() {
    let vectors = Vectors::load();
    let good = vectors.face("icao_silver_all_fields", JP2);
    let picture = 111..111 + 15_000;
    for at in (0..good.len()).filter(|at| !picture.contains(at)) {
        for bit in 0..8 {
            let mut bad = good.clone();
            bad[at] ^= 1 << bit;
            let _ = dg2::parse(&bad);
        }
        assert!(dg2::parse(&good[..at]).is_err(), "cut at {at}");
    }
}

#[test]
fn doc_9303_10_examples() {
    let vectors = Vectors::load();
    let details = dg11::parse(&vectors.bytes("doc_9303_10_a5")).unwrap();
    assert_eq!(*details.full_name.unwrap().joined(" "), "SMITH JOHN J");
    let persons = dg16::parse(&vectors.bytes("doc_9303_10_a6")).unwrap();
    assert_eq!(persons.persons.len(), 2);
    let applications = dir::Dir::parse(&vectors.bytes("doc_9303_10_table_31")).unwrap();
    assert_eq!(applications.applications.len(), 4);
}

#[test]
fn dg12_of_new_zealand_and_france() {
    let vectors = Vectors::load();
    let new_zealand = dg12::parse(&vectors.bytes("new_zealand_personalisation")).unwrap();
    assert_eq!(
        new_zealand.personalised.unwrap().to_string(),
        "2016-11-15 01:36:12"
    );
    assert_eq!(
        new_zealand.personalisation_system.unwrap().as_str(),
        "N-4962"
    );
    let france = dg12::parse(&vectors.bytes("france_authority_and_issue")).unwrap();
    assert_eq!(
        france.issuing_authority.unwrap().as_str(),
        "JAKARTA - AMBASSADE DE FRANCE EN INDONESIE"
    );
    assert_eq!(france.issued.unwrap().to_string(), "2017-09-05");
    for deviations in [&new_zealand.deviations, &france.deviations] {
        assert!(deviations.is_empty());
    }
}
