//! The pages that are built: from web/console to web/dist/console, which the server embeds.
//!
//! TypeScript checks the sources, Vite puts them together. Nothing is made again while its sources
//! are the same.

mod stamp;

use std::process::Command;

use crate::node;
use crate::shell;
use crate::trouble::Outcome;
use crate::web::stamp::Stamp;
use crate::workspace::Workspace;

/// Builds web/dist/console, or leaves it when it is fresh.
pub(crate) fn build(workspace: &Workspace) -> Outcome {
    let stamp = Stamp::of(workspace)?;
    if stamp.is_fresh() {
        println!("web/dist is fresh");
        return Ok(());
    }
    let folder = workspace.path("web");
    node::install_locked(&folder)?;
    shell::run(Command::new("npm").args(["run", "build"]).current_dir(&folder))?;
    stamp.keep()
}
