//! Node.js and the packages that pkg/, web/ and tests/ lock. Never a package that a lock file does not
//! name.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::install;
use crate::shell;
use crate::trouble::{Outcome, Trouble};

/// The oldest Node.js that everything here runs on: Vite needs it.
const OLDEST: Version = Version { major: 20, minor: 19 };

/// A version of Node.js, as far as it matters.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Version {
    major: u32,
    minor: u32,
}

impl Version {
    /// The 20.20 of `v20.20.2`.
    fn of_printed(printed: &str) -> Option<Self> {
        let mut numbers = printed.trim().strip_prefix('v')?.split('.').map(str::parse);
        Some(Self { major: numbers.next()?.ok()?, minor: numbers.next()?.ok()? })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)
    }
}

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
    let version =
        version.ok().and_then(|output| Version::of_printed(&String::from_utf8_lossy(&output.stdout)));
    version.is_some_and(|version| version >= OLDEST) && install::find_program("npm").is_some()
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
    use super::Version;

    #[test]
    fn reads_what_node_prints() {
        let version = |major, minor| Some(Version { major, minor });
        for (printed, expected) in [
            ("v20.20.2\n", version(20, 20)),
            ("v8.0.0", version(8, 0)),
            ("", None),
            ("20.1", None),
            ("v20", None),
        ] {
            assert_eq!(Version::of_printed(printed), expected, "{printed:?}");
        }
        assert!(version(20, 18) < version(20, 19) && version(20, 19) < version(22, 0));
    }
}
