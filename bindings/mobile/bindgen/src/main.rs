//! Makes the Kotlin, Swift and Python of the library's own description of itself; with `--check` says whether they are what would be
//! made. Its arguments: the folder bindings/mobile, and the library, built with whatever features.

use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;
use std::fs;
use std::process::ExitCode;
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate_with_bindgen_paths};
use uniffi_bindgen::{BindgenPaths, BindgenPathsLayer};

/// Each language's place under bindings/mobile.
const PLACES: [(TargetLanguage, &str); 3] = [
    (TargetLanguage::Kotlin, "kotlin/generated"),
    (TargetLanguage::Swift, "swift/generated"),
    (TargetLanguage::Python, "python/src/chipid/_generated"),
];

fn main() -> ExitCode {
    let (flags, places): (Vec<_>, Vec<_>) = std::env::args()
        .skip(1)
        .partition(|argument| argument.starts_with("--"));
    let check = flags.iter().any(|flag| flag == "--check");
    let [mobile, library] = places.as_slice() else {
        eprintln!(
            "usage: chipid-mobile-bindgen [--check] bindings/mobile PATH/libchipid_mobile.so"
        );
        return ExitCode::from(2);
    };
    let mobile = Utf8Path::new(mobile);
    let made_in = Utf8PathBuf::from_path_buf(std::env::temp_dir()).expect("a path of UTF-8");
    let made_in = made_in.join(format!("chipid-bindgen-{}", std::process::id()));
    let mut stale = Vec::new();
    for (language, place) in PLACES {
        let out = made_in.join(place);
        make(mobile, library, language, &out);
        let (made, there) = (files(&out), files(&mobile.join(place)));
        if made == there {
            continue;
        }
        stale.push(place);
        if !check {
            for (name, text) in &made {
                let path = mobile.join(place).join(name);
                fs::create_dir_all(path.parent().expect("a folder")).expect("folders can be made");
                fs::write(&path, text).expect("files can be written");
            }
            for name in there.keys().filter(|name| !made.contains_key(*name)) {
                fs::remove_file(mobile.join(place).join(name)).expect("files can be removed");
            }
        }
    }
    fs::remove_dir_all(&made_in).expect("what was made is there");
    for place in &stale {
        let says = if check {
            "is not what the library says: bindings/mobile/generate"
        } else {
            "made"
        };
        eprintln!("bindings/mobile/{place}: {says}");
    }
    if check && !stale.is_empty() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

fn make(mobile: &Utf8Path, library: &str, language: TargetLanguage, out: &Utf8Path) {
    let mut paths = BindgenPaths::default();
    paths.add_layer(Root(mobile.to_owned()));
    let options = GenerateOptions {
        languages: vec![language],
        source: library.into(),
        out_dir: out.to_owned(),
        ..GenerateOptions::default()
    };
    generate_with_bindgen_paths(options, paths).expect("a library with a description of itself");
}

/// Where the settings (uniffi.toml) are.
struct Root(Utf8PathBuf);

impl BindgenPathsLayer for Root {
    fn get_crate_root(&self, _: &str) -> Option<Utf8PathBuf> {
        Some(self.0.clone())
    }
}

/// The generated files below a folder, by name. What else lies there (a compiled library, caches) is not looked at.
fn files(folder: &Utf8Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in next.read_dir_utf8().into_iter().flatten().flatten() {
            let path = entry.into_path();
            let generated = path.file_name() != Some("__init__.py")
                && matches!(
                    path.extension(),
                    Some("kt" | "swift" | "h" | "modulemap" | "py")
                );
            if path.is_dir() {
                folders.push(path);
            } else if generated {
                let text = fs::read_to_string(&path).expect("a text");
                // Generators leave blanks at the ends of lines.
                let text: String = text
                    .lines()
                    .map(|line| line.trim_end().to_owned() + "\n")
                    .collect();
                let name = path
                    .strip_prefix(folder)
                    .expect("below it")
                    .as_str()
                    .to_owned();
                found.insert(name, text);
            }
        }
    }
    found
}
