//! From what the crate was compiled to, to pkg/dist: what the entries import is written into
//! pkg/generated, and the entries are built with it.

use std::path::Path;
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::pkg::glue::Glue;
use crate::pkg::scripted::Scripted;
use crate::shell;
use crate::trouble::{Outcome, Trouble};
use crate::workspace::{self, Workspace};

/// What wasm-bindgen gives each class besides, in a type that a compiler knows only where it is asked to
/// (TypeScript's `esnext.disposable`).
const DISPOSAL: &str = "    [Symbol.dispose](): void;\n";

/// How the glue is told of a module that another script has started.
const START_TYPES: &str = "export function __wbg_set_wasm(exports: object): void;\n";

/// What is made of a crate that an entry needs: its glue with the module, and both as scripts.
pub(super) struct Generated {
    /// How its files are called.
    pub(super) name: &'static str,
    /// The glue of the module.
    pub(super) glue: Glue,
    /// The module.
    pub(super) module: Vec<u8>,
    /// The same without WebAssembly.
    pub(super) scripted: Scripted,
}

/// Writes what the entries import; the sources of TypeScript can be checked from then on.
pub(super) fn write_generated(workspace: &Workspace, all: &[Generated]) -> Outcome {
    let generated = workspace.path("pkg/generated");
    start_from_nothing(&generated)?;
    for Generated { name, glue, module, scripted } in all {
        let folder = generated.join(name);
        let file = |end: &str| folder.join(format!("{name}{end}"));
        workspace::write(&file(".js"), workspace::read(&glue.script)?)?;
        workspace::write(&file(".d.ts"), workspace::read(&glue.types)?.replace(DISPOSAL, ""))?;
        workspace::write(&folder.join("module.js"), inlined(module))?;
        workspace::write(&folder.join("module.d.ts"), "export declare const module: string;\n")?;
        let types = format!("{}{START_TYPES}", workspace::read(&scripted.types)?.replace(DISPOSAL, ""));
        workspace::write(&file("_bg.js"), workspace::read(&scripted.glue)?)?;
        workspace::write(&file("_bg.d.ts"), types)?;
        workspace::write(&folder.join("script.js"), &scripted.module)?;
        workspace::write(&folder.join("script.d.ts"), "export {};\n")?;
    }
    Ok(())
}

/// Makes pkg/dist of the entries, and puts beside them what a page loads as it is.
pub(super) fn build(workspace: &Workspace, all: &[Generated]) -> Outcome {
    let dist = workspace.path("pkg/dist");
    run(workspace, "types")?;
    run(workspace, "check")?;
    start_from_nothing(&dist)?;
    run(workspace, "build")?;
    for Generated { name, module, .. } in all {
        workspace::write(&dist.join(format!("{name}_bg.wasm")), module)?;
    }
    workspace::write(&dist.join("LICENSE"), workspace::read_bytes(&workspace.path("LICENSE"))?)
}

/// Runs a script of pkg/package.json.
fn run(workspace: &Workspace, script: &str) -> Outcome {
    shell::run(Command::new("npm").args(["run", "--silent", script]).current_dir(workspace.path("pkg")))
}

/// The module as text, so that the default entry needs no request and no file.
fn inlined(module: &[u8]) -> String {
    format!("export const module = '{}';\n", STANDARD.encode(module))
}

/// Starts from nothing, so that a file that is no longer made does not stay.
fn start_from_nothing(folder: &Path) -> Outcome {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|error| Trouble::with_file(folder, &error))?;
    }
    workspace::make_folder(folder)
}
