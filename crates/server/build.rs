//! The pages are embedded into the binary; a page that is new or changed makes a new binary.

fn main() {
    // Not the whole of web: the packages that build the console are there as well.
    println!("cargo::rerun-if-changed=../../web/index.html");
    println!("cargo::rerun-if-changed=../../web/checkout");
    println!("cargo::rerun-if-changed=../../web/dist");
    println!("cargo::rerun-if-changed=../../pkg/dist");
}
