//! The files of pkg/dist: the committed entries, and beside them what they import.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::pkg::api;
use crate::pkg::glue::Glue;
use crate::trouble::Outcome;
use crate::workspace::{self, Workspace};

/// Writes every file of the package but package.json and README.md, which lie beside dist.
pub(super) fn write(workspace: &Workspace, glue: &Glue, module: &[u8]) -> Outcome {
    let dist = workspace.path("pkg/dist");
    let script = workspace::read(&glue.script)?;

    workspace::write(&dist.join("api.js"), api::script(&script)?)?;
    workspace::write(&dist.join("api.d.ts"), api::types(&workspace::read(&glue.types)?)?)?;
    workspace::write(&dist.join("fiado.js"), script)?;
    workspace::write(&dist.join("fiado_bg.wasm"), module)?;
    workspace::write(&dist.join("module.js"), inlined(module))?;
    for entry in workspace::files_in(&workspace.path("pkg/src"))? {
        copy_into(&dist, &entry)?;
    }
    copy_into(&dist, &workspace.path("LICENSE"))
}

/// The module as text, so that the default entry needs no request and no file.
fn inlined(module: &[u8]) -> String {
    format!("export const module = '{}';\n", STANDARD.encode(module))
}

fn copy_into(folder: &Path, file: &Path) -> Outcome {
    let name = file.file_name().unwrap_or_default();
    workspace::write(&folder.join(name), workspace::read_bytes(file)?)
}
