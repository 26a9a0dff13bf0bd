//! The npm package: from the crate `fiado-wasm` and the files in pkg/src to pkg/dist.
//!
//! What is made here runs in Node and in a browser as it is, without a bundler and without a
//! dependency. Nothing is made again while its sources are the same. The entries are TypeScript,
//! built with the packages that pkg/package-lock.json names, and never written here.

mod compiler;
mod entries;
mod glue;
mod plans;
mod scripted;
mod shrink;
mod stamp;

use std::path::{Path, PathBuf};

use crate::node;
use crate::pkg::compiler::Compiler;
use crate::pkg::entries::Generated;
use crate::pkg::stamp::Stamp;
use crate::trouble::Outcome;
use crate::workspace::Workspace;

/// The crates that entries load with wasm-bindgen's glue, and how their files are called: what previews, and
/// what stands behind a form.
const ENGINES: [(&str, &str); 2] = [("fiado-wasm", "fiado"), ("fiado-forms", "forms")];
/// The crate of the schedules alone.
const PLANS: &str = "fiado-plans";

/// Builds pkg/dist, or leaves it when it is fresh.
pub(crate) fn build(workspace: &Workspace) -> Outcome {
    let folder = workspace.path("pkg");
    node::install_locked(&folder)?;

    let compiler = Compiler::find()?;
    let plans = compiler.compile(workspace, PLANS)?;
    let engines = ENGINES.map(|(package, _)| compiler.compile(workspace, package));
    let engines = engines.into_iter().collect::<Outcome<Vec<PathBuf>>>()?;
    let stamp = Stamp::of(workspace, &[engines.as_slice(), std::slice::from_ref(&plans)].concat())?;
    if stamp.is_fresh() {
        println!("pkg/dist is fresh");
        return Ok(());
    }

    let made = ENGINES.iter().zip(&engines).map(|((_, name), compiled)| make(workspace, name, compiled));
    let made = made.collect::<Outcome<Vec<Generated>>>()?;
    entries::write_generated(workspace, &made)?;
    plans::generate(workspace, &plans)?;
    entries::build(workspace, &made)?;
    stamp.keep()?;
    for Generated { name, module, .. } in &made {
        println!("pkg/dist is ready: the module {name} has {} bytes", module.len());
    }
    Ok(())
}

/// Makes glue, module and scripts of a compiled crate.
fn make(workspace: &Workspace, name: &'static str, compiled: &Path) -> Outcome<Generated> {
    let folder = workspace.path("pkg");
    let glue = glue::generate(compiled, &workspace.built("xtask/glue"), name)?;
    let module = shrink::shrink(&folder, &glue.module)?;
    let scripted = scripted::generate(&folder, compiled, &workspace.built("xtask/scripted"), name)?;
    Ok(Generated { name, glue, module, scripted })
}
