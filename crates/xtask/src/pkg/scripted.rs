//! The same module as JavaScript, for pages whose policy forbids WebAssembly: by wasm2js, from npm's
//! `binaryen`.
//!
//! wasm2js knows WebAssembly as it was first published. Of what came later, the compiler only declares
//! that a page may have it, and everything else is put in the older words by wasm-opt.

use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use crate::pkg::glue::trouble_with_module;
use crate::shell;
use crate::trouble::{Outcome, Trouble};
use crate::workspace;

/// What the glue would make use of where the module says that it may.
const DECLARED: [&str; 2] = ["reference-types", "multivalue"];

/// Size first; then the features that rustc uses on this target, and how each is put in older words.
const OPTIONS: [&str; 8] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--llvm-memory-copy-fill-lowering",
    "--llvm-nontrapping-fptoint-lowering",
    "--signext-lowering",
];

/// What wasm-bindgen leaves out where values of JavaScript are kept by its glue and not in a table: where
/// the table's own entries end. There are none.
const TABLE: (&str, &str) = (
    "import * as __wbindgen_externref_xform__ from '__wbindgen_externref_xform__';",
    "const __wbindgen_externref_xform__ = { __wbindgen_externref_statics_end: () => 0 };",
);

/// Memory that grows in WebAssembly takes its bytes away from whoever looks at them, by which the glue knows
/// that it must look anew. wasm2js leaves the old bytes where they are.
const GROWTH: (&str, &str) =
    ("   buffer = newBuffer;", "   structuredClone(buffer, { transfer: [buffer] });\n   buffer = newBuffer;");

/// The engine without WebAssembly.
pub(super) struct Scripted {
    /// The JavaScript between the page and the engine.
    pub(super) glue: PathBuf,
    /// The TypeScript types of its exports.
    pub(super) types: PathBuf,
    /// What was the module, which imports the glue by the name that wasm-bindgen gave it.
    pub(super) module: String,
}

/// Makes the scripts in a folder. `package` is the folder whose lock file names binaryen.
pub(super) fn generate(package: &Path, compiled: &Path, folder: &Path, name: &str) -> Outcome<Scripted> {
    println!("making the module a script");
    let older = without_declarations(workspace::read_bytes(compiled)?);
    Bindgen::new()
        .input_bytes(name, older)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .map_err(trouble_with_module)?;

    let made = folder.join(format!("{name}_bg.wasm"));
    let small = made.with_extension("small.wasm");
    let script = made.with_extension("wasm.js");
    let tool = |tool: &str| {
        let mut command = Command::new("node");
        command.arg(package.join("node_modules/binaryen/bin").join(tool));
        command
    };
    shell::run(tool("wasm-opt").arg(&made).args(OPTIONS).arg("--output").arg(&small))?;
    shell::run(tool("wasm2js").arg(&small).arg("-O").arg("--output").arg(&script))?;
    Ok(Scripted {
        glue: folder.join(format!("{name}_bg.js")),
        types: folder.join(format!("{name}.d.ts")),
        module: mended(&workspace::read(&script)?)?,
    })
}

/// The script, made to do what a module does.
fn mended(script: &str) -> Outcome<String> {
    let (mut mended, mut lacking) = (script.to_owned(), None);
    for (told, meant) in [TABLE, GROWTH] {
        if mended.matches(told).count() != 1 {
            lacking = Some(told);
        }
        mended = mended.replace(told, meant);
    }
    lacking.map_or(Ok(mended), |told| {
        Err(Trouble::failed(format!(
            "wasm2js writes another script than it did: it has no `{}` any more",
            told.trim()
        )))
    })
}

/// In the section `target_features` each name has its length before it, and before that a `+` where the
/// feature may be used, a `-` where it must not.
pub(super) fn without_declarations(mut module: Vec<u8>) -> Vec<u8> {
    for feature in DECLARED {
        let length = u8::try_from(feature.len()).unwrap_or(u8::MAX);
        let declared = [&[b'+', length], feature.as_bytes()].concat();
        let at = module.windows(declared.len()).position(|bytes| bytes == declared);
        if let Some(sign) = at.and_then(|at| module.get_mut(at)) {
            *sign = b'-';
        }
    }
    module
}

#[cfg(test)]
mod tests {
    use super::{GROWTH, TABLE, mended, without_declarations};

    #[test]
    fn takes_back_what_the_glue_must_not_use() {
        let declared = b"\x0ftarget_features\x03+\x0amultivalue+\x0freference-types+\x08sign-ext".to_vec();
        let expected = b"\x0ftarget_features\x03-\x0amultivalue-\x0freference-types+\x08sign-ext";
        assert_eq!(without_declarations(declared), expected);
        assert_eq!(without_declarations(b"reference-types".to_vec()), b"reference-types");
    }

    #[test]
    fn mends_a_script_that_is_as_expected_and_no_other() {
        let script = format!("{}\n{}\n", TABLE.0, GROWTH.0);
        let expected = format!("{}\n{}\n", TABLE.1, GROWTH.1);
        assert_eq!(mended(&script).unwrap(), expected);
        assert!(mended(TABLE.0).is_err());
        assert!(mended(GROWTH.0).is_err());
    }
}
