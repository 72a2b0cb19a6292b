//! Gives chipid.exe its manifest and its version, which Windows reads from the file itself. Elsewhere there is nothing to do.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const MANIFEST: &str = include_str!("windows/chipid.manifest");
const RESOURCES: &str = include_str!("windows/chipid.rc");

fn main() {
    println!("cargo::rerun-if-changed=windows");
    println!("cargo::rerun-if-env-changed=WINDRES");
    let target = |name: &str| env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    if target("OS") != "windows" {
        return;
    }
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names a folder"));
    let version = env::var("CARGO_PKG_VERSION").expect("cargo knows the version");
    let numbers = format!("{},0", version.replace('.', ","));
    let write = |name: &str, text: &str| {
        let text = text
            .replace("@VERSION@", &version)
            .replace("@NUMBERS@", &numbers);
        fs::write(folder.join(name), text).expect("cargo's folder can be written");
    };
    write("chipid.manifest", MANIFEST);
    write("chipid.rc", RESOURCES);
    if target("ENV") == "msvc" {
        link("/MANIFEST:EMBED");
        let manifest = folder.join("chipid.manifest");
        link(&format!("/MANIFESTINPUT:{}", manifest.display()));
    } else {
        let object = folder.join("chipid-resources.o");
        compile(&folder, &object);
        link(&object.display().to_string());
    }
}

/// With windres of the binutils: part of every compiler that links for windows-gnu.
fn compile(folder: &Path, object: &Path) {
    let architecture = env::var("CARGO_CFG_TARGET_ARCH").unwrap_or_default();
    let windres = match env::var("WINDRES") {
        Ok(program) => program,
        Err(_) if cfg!(windows) => "windres".to_owned(),
        Err(_) => format!("{architecture}-w64-mingw32-windres"),
    };
    let ran = Command::new(&windres)
        .current_dir(folder)
        .args([
            "--input",
            "chipid.rc",
            "--output-format",
            "coff",
            "--output",
        ])
        .arg(object)
        .status();
    assert!(
        ran.as_ref().is_ok_and(|status| status.success()),
        "{windres} did not compile the resources of chipid.exe ({ran:?}): WINDRES names another"
    );
}

fn link(argument: &str) {
    println!("cargo::rustc-link-arg-bins={argument}");
}
