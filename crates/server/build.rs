//! The pages are embedded into the binary; a page that is new or changed makes a new binary.

fn main() {
    println!("cargo::rerun-if-changed=../../web");
    println!("cargo::rerun-if-changed=../../pkg/dist");
}
