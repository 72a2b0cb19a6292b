//! Model files that are missing, swapped or unreadable. Needs no model.

use chipid_face::models::{DETECTOR, RECOGNISER};
use chipid_face::{FaceError, Models};
use std::path::PathBuf;

/// A directory of this test, removed when dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("scratch directory");
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_missing_model_is_named() {
    let scratch = Scratch::new("missing");
    let missing = Models::from_dir(&scratch.0).map(|_| ());
    assert_eq!(
        missing,
        Err(FaceError::ModelMissing {
            file: DETECTOR.file
        })
    );
    assert_eq!(missing.map_err(|error| error.code()), Err(9006));
}

#[test]
fn a_swapped_model_is_refused_with_what_was_found() {
    let scratch = Scratch::new("swapped");
    std::fs::write(scratch.0.join(DETECTOR.file), b"abc").expect("writes");
    let error = Models::from_dir(&scratch.0)
        .map(|_| ())
        .expect_err("swapped");
    assert_eq!(error.code(), 9008);
    // SHA-256 of "abc", FIPS 180-2, B.1.
    assert_eq!(
        error.to_string(),
        "model file face_detection_yunet_2023mar.onnx is not the one of the manifest: \
         SHA-256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

#[test]
fn a_huge_file_is_not_read_to_its_end() {
    let scratch = Scratch::new("huge");
    let file = std::fs::File::create(scratch.0.join(DETECTOR.file)).expect("creates");
    // Sparse: nothing is written.
    file.set_len(1 << 40).expect("a sparse file");
    assert_eq!(
        Models::from_dir(&scratch.0)
            .map(|_| ())
            .map_err(|error| error.code()),
        Err(9008)
    );
}

#[test]
fn a_directory_in_place_of_a_model_cannot_be_read() {
    let scratch = Scratch::new("directory");
    std::fs::create_dir(scratch.0.join(DETECTOR.file)).expect("creates");
    let error = Models::from_dir(&scratch.0)
        .map(|_| ())
        .expect_err("no file");
    assert!(
        matches!(error, FaceError::ModelUnreadable { file, .. } if file == DETECTOR.file),
        "{error}"
    );
}

#[test]
fn bytes_that_are_no_model_are_refused() {
    for bytes in [vec![], vec![0; DETECTOR.bytes], vec![0; RECOGNISER.bytes]] {
        assert_eq!(
            Models::from_bytes(bytes.clone(), bytes)
                .map(|_| ())
                .map_err(|error| error.code()),
            Err(9008)
        );
    }
}
