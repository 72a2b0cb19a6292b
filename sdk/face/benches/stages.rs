//! Milliseconds of a face comparison by stage: `cargo bench -p chipid-face --bench stages`.
//!
//! Needs the models and photographs in `models/files/` (`scripts/fetch_models.py`); says so when they are missing.

use chipid_face::{FaceEngine, Models, Outcome, decode_live, decode_portrait};
use criterion::Criterion;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

fn main() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/files");
    let photograph = |name| std::fs::read(directory.join(name));
    let (Ok(reference), Ok(live)) = (photograph("obama.jpg"), photograph("obama2.jpg")) else {
        println!("left out: no photographs in models/files (scripts/fetch_models.py fetches them)");
        return;
    };
    let models = match Models::from_dir(&directory) {
        Ok(models) => models,
        Err(error) => {
            println!("left out: {error} (scripts/fetch_models.py fetches it)");
            return;
        }
    };
    let faces = FaceEngine::load(&models).expect("the models load");
    let (portrait, photo) = (
        decode_live(&reference).expect("a JPEG"),
        decode_live(&live).expect("a JPEG"),
    );
    let face = *faces
        .detect(&portrait)
        .expect("detects")
        .first()
        .expect("one face");
    let other = *faces
        .detect(&photo)
        .expect("detects")
        .first()
        .expect("one face");
    let (holder, person) = (
        faces.embed(&portrait, &face).expect("embeds"),
        faces.embed(&photo, &other).expect("embeds"),
    );
    let jp2 = include_bytes!("../tests/data/drawn-colour.jp2");

    let mut criterion = Criterion::default()
        .sample_size(20)
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    criterion.bench_function("load models and engine", |b| {
        b.iter(|| FaceEngine::load(black_box(&models)).expect("the models load"));
    });
    criterion.bench_function("decode JPEG 910 x 1137", |b| {
        b.iter(|| decode_live(black_box(&reference)))
    });
    criterion.bench_function("decode JP2 240 x 320", |b| {
        b.iter(|| decode_portrait(black_box(jp2)))
    });
    criterion.bench_function("detect", |b| b.iter(|| faces.detect(black_box(&portrait))));
    criterion.bench_function("refine landmarks", |b| {
        b.iter(|| faces.refine(&portrait, black_box(&face)))
    });
    criterion.bench_function("align and embed", |b| {
        b.iter(|| faces.embed(&portrait, black_box(&face)))
    });
    criterion.bench_function("compare embeddings", |b| {
        b.iter(|| holder.similarity(black_box(&person)))
    });
    criterion.bench_function("compare two pictures", |b| {
        b.iter(|| faces.compare(&portrait, black_box(&photo)))
    });
    criterion.final_summary();

    if let Ok(Outcome::Compared(comparison)) = faces.compare(&portrait, &photo) {
        println!(
            "one comparison of two pictures, by stage: {:.2?}",
            comparison.times
        );
    }
}
