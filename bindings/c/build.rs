//! Gives the shared library the name under which programs ask for it.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if matches!(target.as_str(), "linux" | "android" | "freebsd") {
        // Raised when a function or a structure changes so that a program built before would no longer run.
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libchipid_c.so.0");
    }
}
