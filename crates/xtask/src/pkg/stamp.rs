//! Whether pkg/dist was made from the sources that are here now.
//!
//! The mark lies in pkg/dist itself, so that it goes when the folder goes; it is never published.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::trouble::Outcome;
use crate::workspace::{self, Workspace};

/// The steps themselves: a package made by other steps is another package.
const STEPS: [&str; 4] =
    [include_str!("api.rs"), include_str!("entries.rs"), include_str!("glue.rs"), include_str!("shrink.rs")];

/// A mark of all that pkg/dist is made of.
pub(super) struct Stamp {
    mark: String,
    path: PathBuf,
}

impl Stamp {
    /// The mark of the sources as they are now.
    pub(super) fn of(workspace: &Workspace, compiled: &Path) -> Outcome<Self> {
        let mut hasher = DefaultHasher::new();
        STEPS.hash(&mut hasher);
        for source in sources(workspace, compiled)? {
            source.file_name().hash(&mut hasher);
            workspace::read_bytes(&source)?.hash(&mut hasher);
        }
        let mark = format!("{:016x}\n", hasher.finish());
        Ok(Self { mark, path: workspace.path("pkg/dist/.stamp") })
    }

    /// Whether the package that is there was made of the same.
    pub(super) fn is_fresh(&self) -> bool {
        workspace::read(&self.path).is_ok_and(|last| last == self.mark)
    }

    /// Marks the package as made of this, once every file of it is written.
    pub(super) fn keep(&self) -> Outcome {
        workspace::write(&self.path, &self.mark)
    }
}

/// Every file that the package is made of; the lock file stands for wasm-opt.
fn sources(workspace: &Workspace, compiled: &Path) -> Outcome<Vec<PathBuf>> {
    let mut sources = workspace::files_in(&workspace.path("pkg/src"))?;
    sources.push(workspace.path("pkg/package-lock.json"));
    sources.push(workspace.path("LICENSE"));
    sources.push(compiled.to_path_buf());
    Ok(sources)
}
