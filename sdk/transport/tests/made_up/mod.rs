//! A pcscd's configuration of readers that do not exist (`made_up_driver/driver.c`).

use std::path::{Path, PathBuf};
use std::process::Command;

/// Compiles the driver, and writes a configuration of pcscd with these readers: name, and what the driver says.
pub(crate) fn configuration(folder: &str, readers: &[(&str, &str)]) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/made_up_driver/driver.c");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    let written = folder.join("reader.conf.d");
    std::fs::create_dir_all(&written).unwrap();
    let library = folder.join("driver.so");
    let flags = Command::new("pkg-config")
        .args(["--cflags", "libpcsclite"])
        .output();
    let flags = String::from_utf8(flags.unwrap().stdout).unwrap();
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-o"])
        .arg(&library)
        .arg(&source)
        .args(flags.split_whitespace())
        .status();
    assert!(compiled.unwrap().success());
    let lines = readers.iter().enumerate().map(|(at, (name, says))| {
        let library = library.display();
        format!(
            "FRIENDLYNAME \"{name}\"\nDEVICENAME /dev/null:{says}\nLIBPATH {library}\nCHANNELID {at}\n\n"
        )
    });
    std::fs::write(written.join("made-up"), lines.collect::<String>()).unwrap();
    written
}
