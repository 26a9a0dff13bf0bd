//! wasm-opt, from npm's `binaryen`: the module made smaller, its behaviour the same.

use std::path::Path;
use std::process::Command;

use crate::shell;
use crate::trouble::Outcome;
use crate::workspace;

/// Size first, then the features that rustc uses on this target; wasm-opt refuses a module with any
/// other.
const OPTIONS: [&str; 8] = [
    "-Oz",
    // Below it lies the end of the stack, which nothing reaches.
    "--low-memory-unused",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Optimizes a module and returns its bytes. `package` is the folder whose lock file names
/// binaryen.
pub(super) fn shrink(package: &Path, module: &Path) -> Outcome<Vec<u8>> {
    let small = module.with_extension("small.wasm");
    println!("making the module small");
    shell::run(
        Command::new("node")
            .arg(package.join("node_modules/binaryen/bin/wasm-opt"))
            .arg(module)
            .args(OPTIONS)
            .arg("--output")
            .arg(&small),
    )?;
    workspace::read_bytes(&small)
}
