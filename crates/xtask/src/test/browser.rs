//! Tests that drive a Chromium, which is installed like any other program and never downloaded by a test
//! tool.

use std::env;
use std::path::PathBuf;

use crate::install;
use crate::test::kind::Kind;
use crate::test::node;
use crate::test::tally::Counts;
use crate::trouble::{Outcome, Trouble};
use crate::workspace::Workspace;

/// Names a Chromium that lies somewhere else; the tests read the same variable.
const VARIABLE: &str = "FIADO_CHROMIUM";

/// What distributions call it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Runs a folder's tests, as `node::test` does, with a Chromium.
pub(super) fn test(workspace: &Workspace, kind: Kind, folder: &str) -> Outcome<Counts> {
    let chromium = find_or_install()?;
    node::test(workspace, kind, folder, &[(VARIABLE, &chromium)])
}

fn find_or_install() -> Outcome<PathBuf> {
    if let Some(chromium) = find() {
        return Ok(chromium);
    }
    install::debian_packages("Chromium is not installed", &["chromium"])?;
    find().ok_or_else(|| {
        Trouble::missing("Debian's package chromium is installed, but has no program `chromium`")
    })
}

fn find() -> Option<PathBuf> {
    let named = env::var_os(VARIABLE).map(PathBuf::from);
    named.or_else(|| NAMES.into_iter().find_map(install::find_program))
}
