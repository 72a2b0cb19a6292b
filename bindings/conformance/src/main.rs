//! The conformance run of the bindings.

fn main() {
    println!("chipid-conformance {}", env!("CARGO_PKG_VERSION"));
}
