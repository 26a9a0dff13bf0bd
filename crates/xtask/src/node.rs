//! Node.js and the packages that pkg/ and tests/ lock. Never a package that a lock file does not
//! name.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::install;
use crate::shell;
use crate::trouble::{Outcome, Trouble};

/// The oldest Node.js that everything here runs on.
const OLDEST: u32 = 20;

/// Makes sure of a Node.js that is new enough, with npm.
pub(crate) fn require() -> Outcome {
    if is_new_enough() {
        return Ok(());
    }
    let purpose = format!("Node.js {OLDEST} or newer is not installed");
    install::debian_packages(&purpose, &["nodejs", "npm"])?;
    if is_new_enough() {
        return Ok(());
    }
    Err(Trouble::missing(format!(
        "{purpose}, and this system's packages have an older one; https://nodejs.org/en/download has the command for it"
    )))
}

/// Installs what a folder's package-lock.json names, unless it is there already.
pub(crate) fn install_locked(folder: &Path) -> Outcome {
    require()?;
    if is_installed(folder) {
        return Ok(());
    }
    println!("installing the packages that {} names", folder.join("package-lock.json").display());
    shell::run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(folder))
}

fn is_new_enough() -> bool {
    let version = Command::new("node").arg("--version").output();
    let major = version.ok().and_then(|output| major_version(&String::from_utf8_lossy(&output.stdout)));
    major.is_some_and(|major| major >= OLDEST) && install::find_program("npm").is_some()
}

/// The 20 of `v20.20.2`.
fn major_version(printed: &str) -> Option<u32> {
    printed.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// npm writes its own copy of the lock file last, so that copy's age is the installation's.
fn is_installed(folder: &Path) -> bool {
    let wanted = changed_at(&folder.join("package-lock.json"));
    let installed = changed_at(&folder.join("node_modules/.package-lock.json"));
    installed.is_some() && installed >= wanted
}

fn changed_at(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::major_version;

    #[test]
    fn reads_the_major_version() {
        for (printed, expected) in [("v20.20.2\n", Some(20)), ("v8.0.0", Some(8)), ("", None), ("20.1", None)]
        {
            assert_eq!(major_version(printed), expected, "{printed:?}");
        }
    }
}
