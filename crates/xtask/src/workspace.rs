//! Where the repository is, where cargo builds, and reading and writing the files in both.
//!
//! Every path of a task starts here, so that a task does the same from any folder it is called in.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell;
use crate::trouble::{Outcome, Trouble};

/// The repository and its build folder.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// The workspace this program belongs to.
    pub(crate) fn find() -> Outcome<Self> {
        let root = crate_folder()
            .ancestors()
            .nth(2)
            .ok_or_else(|| Trouble::failed("xtask is not two folders below the repository's root"))?
            .to_path_buf();
        let target = target_folder(&root)?;
        Ok(Self { root, target })
    }

    /// A path in the repository.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A path in cargo's build folder.
    pub(crate) fn built(&self, relative: &str) -> PathBuf {
        self.target.join(relative)
    }

    /// A cargo command in the repository, by the cargo that started this program.
    pub(crate) fn cargo(&self) -> Command {
        self.in_root(cargo_program())
    }

    /// Any other command, started in the repository's root.
    pub(crate) fn in_root(&self, program: impl Into<OsString>) -> Command {
        let mut command = Command::new(program.into());
        command.current_dir(&self.root);
        command
    }
}

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| Trouble::with_file(path, &error))
}

/// Reads a file of bytes.
pub(crate) fn read_bytes(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| Trouble::with_file(path, &error))
}

/// Writes a file, making the folders above it.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Outcome {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    fs::write(path, content).map_err(|error| Trouble::with_file(path, &error))
}

/// Makes a folder and the ones above it.
pub(crate) fn make_folder(path: &Path) -> Outcome {
    fs::create_dir_all(path).map_err(|error| Trouble::with_file(path, &error))
}

/// The files directly in a folder, sorted, so that what is made of them is the same on every
/// machine.
pub(crate) fn files_in(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let trouble = |error| Trouble::with_file(folder, &error);
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(trouble)? {
        let path = entry.map_err(trouble)?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The files in a folder and in every folder below it, sorted.
pub(crate) fn files_below(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = files_in(folder)?;
    let trouble = |error| Trouble::with_file(folder, &error);
    for entry in fs::read_dir(folder).map_err(trouble)? {
        let path = entry.map_err(trouble)?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        }
    }
    files.sort();
    Ok(files)
}

/// Cargo says where this crate is. What was true when it was compiled may not be any more: clones can
/// be moved, and two of them can share a build folder.
fn crate_folder() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()).into()
}

/// Cargo itself knows best: an environment variable and several configuration files can move its
/// build folder.
fn target_folder(root: &Path) -> Outcome<PathBuf> {
    let metadata = shell::capture(
        Command::new(cargo_program()).args(["metadata", "--format-version=1", "--no-deps"]).current_dir(root),
    )?;
    serde_json::from_str::<serde_json::Value>(&metadata)
        .ok()
        .and_then(|metadata| Some(PathBuf::from(metadata.get("target_directory")?.as_str()?)))
        .ok_or_else(|| Trouble::failed("`cargo metadata` does not say where cargo builds"))
}

fn cargo_program() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
