//! What the machine lacks, from Debian's packages. Only root installs; anybody else is told the
//! command.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::shell;
use crate::trouble::{Outcome, Trouble};

/// Installs Debian packages, or says why it cannot and which command would. `purpose` begins the
/// sentence.
pub(crate) fn debian_packages(purpose: &str, packages: &[&str]) -> Outcome {
    let names = packages.join(" ");
    if find_program("apt-get").is_none() {
        return Err(Trouble::missing(format!(
            "{purpose}, and this system has no apt-get to install {names} with"
        )));
    }
    let by_hand = format!("{purpose}; `sudo apt-get install {names}` installs it");
    if !rustix::process::geteuid().is_root() {
        return Err(Trouble::missing(by_hand));
    }
    println!("{purpose}: installing {names} from Debian's packages");
    install(packages).map_err(|trouble| Trouble::missing(format!("{by_hand} ({trouble})")))
}

/// Whether Debian says that all these packages are installed.
pub(crate) fn has_debian_packages(packages: &[&str]) -> bool {
    packages.iter().all(|package| shell::succeeds(Command::new("dpkg").args(["--status", package])))
}

/// Where a program is, as the shell would find it.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn install(packages: &[&str]) -> Outcome {
    shell::run(apt_get().arg("update"))?;
    shell::run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
