//! Python and the packages that a requirements file pins, in a virtual environment of their own in
//! cargo's build folder. Nothing is installed into the machine's Python.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::install;
use crate::shell;
use crate::trouble::{Outcome, Trouble};
use crate::workspace::{self, Workspace};

/// What Debian calls Python with its virtual environments.
const PACKAGES: [&str; 2] = ["python3", "python3-venv"];

/// A Python that has what a requirements file pins.
pub(crate) fn with_pinned(workspace: &Workspace, requirements: &Path) -> Outcome<PathBuf> {
    let folder = workspace.built("xtask/python");
    let python = folder.join("bin/python");
    let wanted = workspace::read(requirements)?;
    let installed = folder.join("requirements.txt");
    if fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    println!("installing the packages that {} names", requirements.display());
    make_environment(&folder)?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    shell::run(pip.arg(requirements))?;
    // Written last, so that what was only begun is begun anew.
    workspace::write(&installed, wanted)?;
    Ok(python)
}

/// A new environment; Debian's Python lacks what makes one until its package is there.
fn make_environment(folder: &Path) -> Outcome {
    if create(folder) {
        return Ok(());
    }
    install::debian_packages("Python cannot make virtual environments", &PACKAGES)?;
    if create(folder) {
        return Ok(());
    }
    Err(Trouble::missing("Python is installed, but `python3 -m venv` still fails"))
}

fn create(folder: &Path) -> bool {
    shell::succeeds(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder))
}
