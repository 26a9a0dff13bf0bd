//! The benchmarks: a program of the crate `fiado-tests`, which measures the server from outside.
//!
//! What it can measure, and how, is told by that program alone: its arguments are passed on as they
//! are.

use std::ffi::OsString;

use crate::fiado;
use crate::shell;
use crate::trouble::Outcome;
use crate::workspace::Workspace;

/// Builds the server as it is delivered, and measures it.
pub(crate) fn bench(workspace: &Workspace, arguments: &[OsString]) -> Outcome {
    println!("building the server and the benchmarks");
    let program = fiado::build_release(workspace)?;
    let mut cargo = workspace.cargo();
    cargo.args(["bench", "--package", "fiado-tests", "--bench", "bench", "--"]);
    shell::run(cargo.args(arguments).env("FIADO_BIN", program))
}
