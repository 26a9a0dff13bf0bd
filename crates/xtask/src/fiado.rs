//! The program `fiado`, as the tasks use it: built first, then started by its path.

use std::path::PathBuf;

use crate::shell;
use crate::trouble::Outcome;
use crate::workspace::Workspace;

/// Builds the program the tests use, with the features that `cargo test --workspace` selects, so
/// that the two share what they compile.
pub(crate) fn build_for_tests(workspace: &Workspace) -> Outcome<PathBuf> {
    shell::run(workspace.cargo().args(["build", "--workspace", "--bin", "fiado"]))?;
    Ok(for_tests(workspace))
}

/// Where `build_for_tests` leaves the program.
pub(crate) fn for_tests(workspace: &Workspace) -> PathBuf {
    workspace.built("debug/fiado")
}

/// Builds the program as it is delivered.
pub(crate) fn build_release(workspace: &Workspace) -> Outcome<PathBuf> {
    shell::run(workspace.cargo().args(["build", "--release", "--bin", "fiado"]))?;
    Ok(workspace.built("release/fiado"))
}
