//! Whether web/dist/console was made from the sources that are here now.
//!
//! The mark lies in that folder itself, so that it goes when the folder goes; the server has no
//! address for it.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;

use crate::trouble::Outcome;
use crate::workspace::{self, Workspace};

/// Where the sources are; what the checkout has is shared with the console.
const FOLDERS: [&str; 2] = ["web/console", "web/checkout"];

/// What the build itself is made by; the lock file stands for the packages.
const FILES: [&str; 4] =
    ["web/package.json", "web/package-lock.json", "web/tsconfig.json", "web/vite.config.ts"];

/// A mark of all that web/dist/console is made of.
pub(super) struct Stamp {
    mark: String,
    path: PathBuf,
}

impl Stamp {
    /// The mark of the sources as they are now.
    pub(super) fn of(workspace: &Workspace) -> Outcome<Self> {
        let mut sources: Vec<PathBuf> = FILES.map(|file| workspace.path(file)).into();
        for folder in FOLDERS {
            sources.extend(workspace::files_below(&workspace.path(folder))?);
        }
        // Folders are listed in another order on another machine.
        sources.sort();
        let root = workspace.path("");
        let mut hasher = DefaultHasher::new();
        for source in sources {
            source.strip_prefix(&root).unwrap_or(&source).hash(&mut hasher);
            workspace::read_bytes(&source)?.hash(&mut hasher);
        }
        let mark = format!("{:016x}\n", hasher.finish());
        Ok(Self { mark, path: workspace.path("web/dist/console/.stamp") })
    }

    /// Whether the pages that are there were made of the same.
    pub(super) fn is_fresh(&self) -> bool {
        workspace::read(&self.path).is_ok_and(|last| last == self.mark)
    }

    /// Marks the pages as made of this, once every file of them is written.
    pub(super) fn keep(&self) -> Outcome {
        workspace::write(&self.path, &self.mark)
    }
}
