//! The npm package: from the crate `fiado-wasm` and the files in pkg/src to pkg/dist.
//!
//! What is made here runs in Node and in a browser as it is, without a bundler and without a
//! dependency. Nothing is made again while its sources are the same. The committed entries are
//! copied, never written here.

mod api;
mod compiler;
mod entries;
mod glue;
mod shrink;
mod stamp;

use crate::node;
use crate::pkg::compiler::Compiler;
use crate::pkg::stamp::Stamp;
use crate::trouble::{Outcome, Trouble};
use crate::workspace::{self, Workspace};

/// Builds pkg/dist, or leaves it when it is fresh.
pub(crate) fn build(workspace: &Workspace) -> Outcome {
    let folder = workspace.path("pkg");
    node::install_locked(&folder)?;

    let compiled = Compiler::find()?.compile(workspace)?;
    let stamp = Stamp::of(workspace, &compiled)?;
    if stamp.is_fresh() {
        println!("pkg/dist is fresh");
        return Ok(());
    }

    let glue = glue::generate(&compiled, &workspace.built("xtask/glue"))?;
    let small = shrink::shrink(&folder, &glue.module)?;
    replace_dist(workspace)?;
    entries::write(workspace, &glue, &small)?;
    stamp.keep()?;
    println!("pkg/dist is ready: the module has {} bytes", small.len());
    Ok(())
}

/// Starts from nothing, so that a file that is no longer made does not stay in the package.
fn replace_dist(workspace: &Workspace) -> Outcome {
    let dist = workspace.path("pkg/dist");
    if dist.exists() {
        std::fs::remove_dir_all(&dist).map_err(|error| Trouble::with_file(&dist, &error))?;
    }
    workspace::make_folder(&dist)
}
