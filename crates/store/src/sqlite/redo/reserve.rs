//! Room for records that are to come.
//!
//! Where a file grows, syncing it takes its new length to the disk as well, which costs as much again or
//! far more. So its bytes are written before there is anything to stand in them. It never writes where a
//! record may be.

use super::{StoreError, open, records, unavailable};
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The file's bytes, beside whoever writes records.
pub(in crate::sqlite) struct Reserve {
    path: PathBuf,
    state: Mutex<(File, u64)>,
}

impl Reserve {
    /// That of a file as long as it is; its header is not in it.
    pub(super) fn of(path: &Path) -> Result<Reserve, StoreError> {
        let file = open(path).map_err(unavailable(path))?;
        let length = file.metadata().map_err(unavailable(path))?.len().max(records::HEADER);
        Ok(Reserve { path: path.to_owned(), state: Mutex::new((file, length)) })
    }

    /// Takes all bytes from the file.
    pub(super) fn clear(&self) -> Result<(), StoreError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, length) = &mut *state;
        file.set_len(0).map_err(unavailable(&self.path))?;
        *length = records::HEADER;
        Ok(())
    }

    /// Has the disk take so many bytes more, where it does not have them up to `wanted`.
    pub(in crate::sqlite) fn grow_towards(&self, wanted: u64, more: usize) -> Result<(), StoreError> {
        let length = self.state.lock().unwrap_or_else(PoisonError::into_inner).1;
        self.up_to(wanted.min(length.saturating_add(1)), more).map(drop)
    }

    /// Sees to it that the disk has the bytes up to `least`, and so many more where it has not; says how
    /// far it has them.
    pub(in crate::sqlite) fn up_to(&self, least: u64, more: usize) -> Result<u64, StoreError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, length) = &mut *state;
        while *length < least {
            let zeros = vec![0; more];
            let written = file.seek(SeekFrom::Start(*length)).and_then(|_| file.write_all(&zeros));
            written.and_then(|()| file.sync_data()).map_err(unavailable(&self.path))?;
            *length = length.saturating_add(more as u64);
        }
        Ok(*length)
    }
}
