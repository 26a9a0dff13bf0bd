//! How long the disk takes to confirm a write: what no durable answer can do without.

use crate::machine::rest;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What is written at once: a page.
const PAGE: usize = 4_096;
/// How often the sync is timed.
const REPEATS: u64 = 200;

/// The disk below a folder, asked again and again between what is measured.
pub(crate) struct Disk {
    path: PathBuf,
    file: File,
}

impl Disk {
    /// The one that this folder is on. Like a database's log that is used again, the file has its whole
    /// length from the start: what is synced is data, and not a new length.
    pub(crate) fn below(folder: &Path) -> Disk {
        let path = folder.join("probe");
        let file = OpenOptions::new().write(true).create(true).truncate(true).open(&path).unwrap();
        let pages = usize::try_from(REPEATS).unwrap();
        file.write_all_at(&vec![1; pages * PAGE], 0).unwrap();
        file.sync_all().unwrap();
        Disk { path, file }
    }

    /// Writes a page and syncs it, many times, once the machine is at rest; says the median in nanoseconds.
    pub(crate) fn probe_ns(&self) -> u64 {
        rest();
        let mut times: Vec<u64> = (0..REPEATS).map(|repeat| self.sync(repeat)).collect();
        times.sort_unstable();
        times[times.len() / 2]
    }

    fn sync(&self, repeat: u64) -> u64 {
        let page = [u8::try_from(repeat % 251).unwrap(); PAGE];
        let begun = Instant::now();
        self.file.write_all_at(&page, repeat * PAGE as u64).unwrap();
        self.file.sync_data().unwrap();
        u64::try_from(begun.elapsed().as_nanos()).unwrap()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // What is left of it is of no use to anybody.
        drop(std::fs::remove_file(&self.path));
    }
}
