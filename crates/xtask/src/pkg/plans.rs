//! The module of the schedules alone: from the crate `fiado-plans` to what `pkg/src/plans/` imports.
//!
//! Nothing but numbers crosses its boundary, so nothing has to stand between: wasm-bindgen says what it
//! exports, and its own script is left out.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use crate::pkg::glue::trouble_with_module;
use crate::pkg::scripted::without_declarations;
use crate::shell;
use crate::trouble::Outcome;
use crate::workspace::{self, Workspace};

/// What wasm-bindgen makes: plans_bg.wasm, and plans_bg.wasm.d.ts beside it.
const NAME: &str = "plans";

/// Size first, and nothing of what the module may use but does not; then the features that rustc uses
/// on this target.
const OPTIONS: [&str; 6] = [
    "-Oz",
    "--strip-target-features",
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
];

/// Makes the module and its types in pkg/generated/plans.
pub(super) fn generate(workspace: &Workspace, compiled: &Path) -> Outcome {
    println!("making the module of the schedules small");
    let folder = workspace.built("xtask/plans");
    // wasm-bindgen gives a table of references to every module that may have one.
    let numbers_alone = without_declarations(workspace::read_bytes(compiled)?);
    Bindgen::new()
        .input_bytes(NAME, numbers_alone)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&folder)
        .map_err(trouble_with_module)?;

    let made = folder.join(format!("{NAME}_bg.wasm"));
    let small = made.with_extension("small.wasm");
    shell::run(
        Command::new("node")
            .arg(workspace.path("pkg/node_modules/binaryen/bin/wasm-opt"))
            .arg(&made)
            .args(OPTIONS)
            .arg("--output")
            .arg(&small),
    )?;

    let generated = workspace.path("pkg/generated/plans");
    let exports = workspace::read(&made.with_extension("wasm.d.ts"))?;
    workspace::write(&generated.join("exports.d.ts"), exports)?;
    workspace::write(&generated.join("module.js"), in_hexadecimal(&workspace::read_bytes(&small)?))?;
    workspace::write(&generated.join("module.d.ts"), "export declare const module: string;\n")
}

/// The module as text in which its bytes stay apart: what compresses it finds in it what it would find
/// in the bytes, and in base64 it does not.
fn in_hexadecimal(module: &[u8]) -> String {
    let mut digits = String::with_capacity(2 * module.len());
    for byte in module {
        // Writing to a text cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    format!("export const module = '{digits}';\n")
}

#[cfg(test)]
mod tests {
    use super::in_hexadecimal;

    #[test]
    fn every_byte_has_two_digits() {
        assert_eq!(in_hexadecimal(b"\0asm\x01"), "export const module = '0061736d01';\n");
    }
}
