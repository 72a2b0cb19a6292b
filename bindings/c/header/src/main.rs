//! Makes `include/chipid.h`; with `--check` says whether it is what would be made.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let config = cbindgen::Config::from_file(library.join("cbindgen.toml")).expect("bindings/c/cbindgen.toml");
    let made = cbindgen::Builder::new()
        .with_crate(&library)
        .with_config(config)
        .generate()
        .expect("the functions of bindings/c");
    let mut text = Vec::new();
    made.write(&mut text);
    let path = library.join("include/chipid.h");
    if std::env::args().any(|argument| argument == "--check") {
        if std::fs::read(&path).ok().as_deref() == Some(&text[..]) {
            return ExitCode::SUCCESS;
        }
        eprintln!("bindings/c/include/chipid.h is not what bindings/c/src says: make header");
        return ExitCode::FAILURE;
    }
    std::fs::write(path, text).expect("include/chipid.h can be written");
    ExitCode::SUCCESS
}
