//! Whether pkg/dist was made from the sources that are here now.
//!
//! The mark lies in pkg/dist itself, so that it goes when the folder goes; it is never published.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;

use crate::trouble::Outcome;
use crate::workspace::{self, Workspace};

/// The steps themselves: a package made by other steps is another package.
const STEPS: [&str; 5] = [
    include_str!("entries.rs"),
    include_str!("glue.rs"),
    include_str!("plans.rs"),
    include_str!("scripted.rs"),
    include_str!("shrink.rs"),
];

/// What the entries are built by; the lock file stands for the packages.
const FILES: [&str; 7] = [
    "pkg/package.json",
    "pkg/package-lock.json",
    "pkg/scripts/facadeTypes.js",
    "pkg/tsconfig.json",
    "pkg/tsdown.config.js",
    "openapi/facade.json",
    "LICENSE",
];

/// A mark of all that pkg/dist is made of.
pub(super) struct Stamp {
    mark: String,
    path: PathBuf,
}

impl Stamp {
    /// The mark of the sources as they are now.
    pub(super) fn of(workspace: &Workspace, compiled: &[PathBuf]) -> Outcome<Self> {
        let mut hasher = DefaultHasher::new();
        STEPS.hash(&mut hasher);
        let root = workspace.path("");
        for source in sources(workspace, compiled)? {
            source.strip_prefix(&root).unwrap_or(&source).hash(&mut hasher);
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

/// Every file that the package is made of.
fn sources(workspace: &Workspace, compiled: &[PathBuf]) -> Outcome<Vec<PathBuf>> {
    let mut sources: Vec<PathBuf> = FILES.map(|file| workspace.path(file)).into();
    sources.extend(workspace::files_below(&workspace.path("pkg/src"))?);
    sources.extend_from_slice(compiled);
    Ok(sources)
}
