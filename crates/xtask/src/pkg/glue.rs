//! wasm-bindgen, as a library: its version is locked with all the others, and nobody has to install
//! it.

use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::trouble::{Outcome, Trouble};

/// What wasm-bindgen made of the compiled crate.
pub(super) struct Glue {
    /// The JavaScript between the page and the module.
    pub(super) script: PathBuf,
    /// The TypeScript types of the exports, and of the loading.
    pub(super) types: PathBuf,
    /// The module, with the exports the script calls.
    pub(super) module: PathBuf,
}

/// Makes the script, its types and the module in a folder: with the name `fiado`, fiado.js, fiado.d.ts and
/// fiado_bg.wasm.
///
/// The `web` target fits Node as well: it loads nothing by itself, so an entry of ours can hand it
/// the module. Without a path of its own in the script, no bundler takes the file along for an entry
/// that does not ask for it.
pub(super) fn generate(compiled: &Path, folder: &Path, name: &str) -> Outcome<Glue> {
    Bindgen::new()
        .input_path(compiled)
        .out_name(name)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(true)
                .omit_default_module_path(true)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate(folder)
        })
        .map_err(trouble_with_module)?;
    Ok(Glue {
        script: folder.join(name).with_extension("js"),
        types: folder.join(name).with_extension("d.ts"),
        module: folder.join(format!("{name}_bg.wasm")),
    })
}

/// What wasm-bindgen says, with all its causes.
pub(super) fn trouble_with_module(error: impl std::fmt::Display) -> Trouble {
    Trouble::failed(format!("wasm-bindgen could not read the module: {error:#}"))
}
