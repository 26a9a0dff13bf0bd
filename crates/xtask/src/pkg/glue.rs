//! wasm-bindgen, as a library: its version is locked with all the others, and nobody has to install
//! it.

use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::trouble::{Outcome, Trouble};

/// The name of what wasm-bindgen makes: fiado.js and fiado_bg.wasm.
const NAME: &str = "fiado";

/// What wasm-bindgen made of the compiled crate.
pub(super) struct Glue {
    /// The JavaScript between the page and the module.
    pub(super) script: PathBuf,
    /// The TypeScript types of the exports, and of the loading.
    pub(super) types: PathBuf,
    /// The module, with the exports the script calls.
    pub(super) module: PathBuf,
}

/// Makes the script, its types and the module in a folder.
///
/// The `web` target fits Node as well: it loads nothing by itself, so an entry of ours can hand it
/// the module.
pub(super) fn generate(compiled: &Path, folder: &Path) -> Outcome<Glue> {
    Bindgen::new()
        .input_path(compiled)
        .out_name(NAME)
        .web(true)
        .and_then(|bindgen| {
            bindgen.typescript(true).remove_name_section(true).remove_producers_section(true).generate(folder)
        })
        .map_err(|error| Trouble::failed(format!("wasm-bindgen could not read the module: {error:#}")))?;
    Ok(Glue {
        script: folder.join(NAME).with_extension("js"),
        types: folder.join(NAME).with_extension("d.ts"),
        module: folder.join(format!("{NAME}_bg.wasm")),
    })
}
