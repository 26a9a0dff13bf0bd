//! The generated documents in openapi/: written by one command, and compared so that a stale one is
//! noticed.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::fiado;
use crate::shell;
use crate::trouble::{Outcome, Trouble};
use crate::workspace::{self, Workspace};

/// The faces that have a document, by the name `fiado openapi` knows them by.
const FACES: [&str; 2] = ["facade", "vtex"];

/// Writes every document as the server prints it.
pub(crate) fn write(workspace: &Workspace) -> Outcome {
    let program = fiado::build_for_tests(workspace)?;
    for face in FACES {
        let committed = committed(workspace, face);
        workspace::write(&committed, printed(&program, face)?)?;
        println!("wrote {}", committed.display());
    }
    Ok(())
}

/// Fails when a committed document is not what the server prints.
pub(crate) fn check(workspace: &Workspace) -> Outcome {
    let program = fiado::build_for_tests(workspace)?;
    for face in FACES {
        let committed = committed(workspace, face);
        // A document that was never written is as stale as an old one.
        if workspace::read(&committed).unwrap_or_default() != printed(&program, face)? {
            return Err(Trouble::failed(format!(
                "openapi/{face}.json is not what the server prints; `cargo xtask openapi` writes it anew"
            )));
        }
        println!("openapi/{face}.json is what the server prints");
    }
    Ok(())
}

fn committed(workspace: &Workspace, face: &str) -> PathBuf {
    workspace.path("openapi").join(face).with_extension("json")
}

fn printed(program: &Path, face: &str) -> Outcome<String> {
    let document = shell::capture(Command::new(program).args(["openapi", face]))?;
    Ok(format!("{}\n", document.trim_end()))
}
