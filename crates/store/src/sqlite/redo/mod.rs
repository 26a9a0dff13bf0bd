//! Batches that are durable before their rows are: the file beside the database, `…-redo`.
//!
//! The rows of a batch lie on pages all over the database, and writing those pages for every batch
//! is most of what a purchase costs. So whoever has a store to itself writes here what a batch has done,
//! one record behind the other, and syncs it before anybody is answered; the database gets many batches
//! at a time. What a crash takes from it is done again from the records behind the last batch that it
//! holds.
//!
//! The file has two parts: where one is full, and the disk has in the database all that the other says, the
//! next record goes to the front of that, and nobody waits.
//!
//! It promises that a record is found again whole or not at all. Whether somebody has the store to
//! itself is told by the file's lock, which everybody shares who has the store open. It never holds
//! anything that the database will not.

mod record;
mod records;
mod reserve;

pub(super) use record::Record;
pub(super) use reserve::Reserve;

use super::open::PATIENCE;
use crate::StoreError;
use records::Found;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// What tells one database from another, so that no record is done again in one that it is not of.
pub(super) type Mark = [u8; 16];

/// How much room is made at once where there is none for a record, in bytes.
const STEP: usize = 256 * 1024;

/// How long a part is, in bytes: more than is answered while the turns of the other one are written and the
/// disk takes them.
const PART: u64 = 256 * 1024 * 1024;

/// How long parts are, or were in earlier versions.
const PARTS: [u64; 2] = [PART, 128 * 1024 * 1024];

/// The file, with its lock.
pub(super) struct Redo {
    path: PathBuf,
    file: File,
    mark: Mark,
    /// How long a part is, in bytes.
    size: u64,
    /// Which of the two parts is written.
    part: u64,
    /// Where in it the next record begins; 0: at its front, behind a header.
    end: u64,
    /// The number of its last record, and of the last one of the other part; 0: there is none.
    last: u64,
    last_of_other: u64,
    /// How far the disk has the file's bytes, as far as we know.
    room: u64,
    reserve: Arc<Reserve>,
    is_alone: bool,
}

impl Redo {
    /// Opens the file of a database, which is made if there is none, for its owner alone. Waits for
    /// whoever has the store to itself.
    pub(super) fn of(database: &Path) -> Result<Redo, StoreError> {
        let mut path = database.as_os_str().to_owned();
        path.push("-redo");
        let path = PathBuf::from(path);
        loop {
            let file = open(&path).map_err(unavailable(&path))?;
            share(&file, &path).map_err(unavailable(&path))?;
            if is_at(&file, &path) {
                keep_name(&file, &path).map_err(unavailable(&path))?;
                let reserve = Arc::new(Reserve::of(&path)?);
                return Ok(Redo {
                    path,
                    file,
                    mark: Mark::default(),
                    size: PART,
                    part: 0,
                    end: 0,
                    last: 0,
                    last_of_other: 0,
                    room: 0,
                    reserve,
                    is_alone: false,
                });
            }
        }
    }

    /// Whether it may have records: whoever closed the store well has removed it.
    pub(super) fn has_records(&self) -> Result<bool, StoreError> {
        let length = self.file.metadata().map_err(unavailable(&self.path))?.len();
        Ok(length > records::HEADER)
    }

    /// What is to be done again in the database of this mark, which holds all batches up to a number:
    /// a crash has taken it from there.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the records are of another database, or of a later state of it, and
    /// [`StoreError::Unavailable`] where a newer program has written them.
    pub(super) fn records_after(
        &self,
        number: u64,
        mark: &Mark,
    ) -> Result<impl Iterator<Item = Result<Record<'static>, StoreError>>, StoreError> {
        let open = || Ok(BufReader::new(File::open(&self.path)?));
        if open().and_then(records::is_newer).map_err(unavailable(&self.path))? {
            let path = self.path.display();
            let newer = format!("{path} was written by a newer version of the program, which has to open it");
            return Err(StoreError::Unavailable(newer));
        }
        let found = records::in_order(open, &PARTS).map_err(unavailable(&self.path))?;
        let mut last = number;
        Ok(found.filter_map(move |found| self.missing(found, number, mark, &mut last).transpose()))
    }

    /// A record that was found, if it comes after a number; it has to follow on the last one that does.
    fn missing(
        &self,
        found: io::Result<Found>,
        number: u64,
        mark: &Mark,
        last: &mut u64,
    ) -> Result<Option<Record<'static>>, StoreError> {
        let found = found.map_err(unavailable(&self.path))?;
        if found.mark != *mark {
            return Err(self.is_of_another());
        }
        if found.number <= number {
            return Ok(None);
        }
        if found.number != last.saturating_add(1) {
            return Err(self.does_not_follow());
        }
        *last = found.number;
        Record::parse(&found.record).map(Some)
    }

    fn is_of_another(&self) -> StoreError {
        let path = self.path.display();
        StoreError::Damaged(format!(
            "{path} holds what was done in another database; without it this one opens as it is"
        ))
    }

    fn does_not_follow(&self) -> StoreError {
        let path = self.path.display();
        StoreError::Damaged(format!(
            "{path} holds what was done in a later state of the database, or was damaged; keep it, and put it \
             beside the database that it belongs to; without it this one opens as it is"
        ))
    }

    /// Begins anew at the front: the database of this mark holds what all records say, durably.
    pub(super) fn begin_anew(&mut self, mark: Mark) {
        self.mark = mark;
        (self.part, self.end, self.last, self.last_of_other) = (0, 0, 0, 0);
    }

    /// Has no records any more, and no room for any: the database holds what they all said, durably, and
    /// whoever opens it need not read them.
    pub(super) fn clear(&mut self) -> Result<(), StoreError> {
        self.begin_anew(self.mark);
        self.room = 0;
        self.reserve.clear()
    }

    /// Sees to it that there is room for a record of the usual size, in the other part if this one is full and
    /// the database holds durably what that says, which is so up to a number; says whether there is.
    pub(super) fn has_room(&mut self, durable: u64) -> bool {
        if self.end < self.full() {
            return true;
        }
        let is_free = self.last_of_other <= durable;
        if is_free {
            (self.part, self.end) = (1 - self.part, 0);
            (self.last, self.last_of_other) = (0, self.last);
        }
        is_free
    }

    /// Writes a record behind the others, durably.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it could not be written, and [`StoreError::SyncFailed`] where
    /// nobody knows.
    pub(super) fn append(&mut self, number: u64, record: &Record) -> Result<(), StoreError> {
        let mut bytes = records::seal(number, record)?;
        if self.end == 0 {
            bytes.splice(0..0, records::header(&self.mark, self.size));
        }
        let end = self.end.saturating_add(bytes.len() as u64);
        if end > self.size {
            return Err(StoreError::Unavailable("the batch is too long for a record".to_owned()));
        }
        let begin = self.place();
        let all = begin.saturating_add(bytes.len() as u64);
        if all > self.room {
            self.room = self.reserve.up_to(all, STEP)?;
        }
        let written = self.file.seek(SeekFrom::Start(begin)).and_then(|_| self.file.write_all(&bytes));
        written.map_err(unavailable(&self.path))?;
        (self.end, self.last) = (end, number);
        self.file.sync_data().map_err(|error| StoreError::SyncFailed(error.to_string()))
    }

    /// Where the next record begins in the file.
    fn place(&self) -> u64 {
        self.part.saturating_mul(self.size).saturating_add(self.end)
    }

    /// Whether there is a record since they began anew.
    pub(super) fn has_grown(&self) -> bool {
        self.end > 0 || self.last_of_other > 0
    }

    /// How far room will soon be wanted, where so much is to be behind the last record: in the other part too,
    /// where half of this one is full.
    pub(super) fn wanted(&self, behind: u64) -> u64 {
        let wanted = self.place().saturating_add(behind);
        let is_enough = self.end < self.size / 2;
        if is_enough { wanted } else { wanted.max(self.size.saturating_add(behind)) }
    }

    /// From here on a part is full. What is left is longer than the records of the largest batches that the
    /// program makes; one that does not fit is refused.
    fn full(&self) -> u64 {
        self.size / 4 * 3
    }

    /// Has parts that are soon full.
    #[cfg(test)]
    pub(super) fn has_parts_of(&mut self, size: u64) {
        self.size = size;
    }

    /// The room behind them.
    pub(super) fn reserve(&self) -> Arc<Reserve> {
        Arc::clone(&self.reserve)
    }

    /// Whether nobody else may have the store open.
    pub(super) fn is_alone(&self) -> bool {
        self.is_alone
    }

    /// Tries to have the store to itself; says whether that is so. Only whoever may write to the
    /// database at this moment may ask: the shared lock is let go of before the other is taken, and
    /// two that did so at once would wait for each other.
    pub(super) fn try_to_be_alone(&mut self) -> Result<bool, StoreError> {
        self.file.unlock().map_err(unavailable(&self.path))?;
        match self.file.try_lock() {
            Ok(()) => self.is_alone = true,
            Err(_) => self.let_others_in()?,
        }
        Ok(self.is_alone)
    }

    /// Whether somebody waits to be let in.
    pub(super) fn is_knocked_at(&self) -> bool {
        knocker(&self.path).exists()
    }

    /// Ends having the store to itself.
    ///
    /// # Errors
    /// [`StoreError::SyncFailed`] where it is not even shared any more: nothing may be written then.
    pub(super) fn let_others_in(&mut self) -> Result<(), StoreError> {
        self.is_alone = false;
        let shared = self.file.unlock().and_then(|()| share(&self.file, &self.path));
        let lost =
            |error| StoreError::SyncFailed(format!("{}: its lock is lost: {error}", self.path.display()));
        shared.map_err(lost)
    }

    /// Removes the file, where nobody else has the store open. It must have nothing to say, and whoever
    /// asks must be the one who may write, as for [`Redo::try_to_be_alone`].
    pub(super) fn remove_if_alone(&mut self) -> Result<(), StoreError> {
        if self.try_to_be_alone()? {
            fs::remove_file(&self.path).map_err(unavailable(&self.path))?;
        }
        Ok(())
    }
}

fn open(path: &Path) -> Result<File, io::Error> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Has the disk take that there is a new file of this name: what is synced in it is of no use without.
#[cfg(unix)]
fn keep_name(file: &File, path: &Path) -> Result<(), io::Error> {
    if file.metadata()?.len() > 0 {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Has the disk take that there is a file of this name: the system does so by itself.
#[cfg(not(unix))]
fn keep_name(_: &File, _: &Path) -> Result<(), io::Error> {
    Ok(())
}

/// Whether this is the file of that name still: whoever closes the store last removes it.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    let number = |of: io::Result<fs::Metadata>| of.map(|of| std::os::unix::fs::MetadataExt::ino(&of)).ok();
    number(file.metadata()) == number(fs::metadata(path))
}

/// Whether this is the file of that name still: no open file can be removed here.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Shares the file's lock. Whoever has it alone hears the knock and lets others in.
fn share(file: &File, path: &Path) -> Result<(), io::Error> {
    const PAUSE: Duration = Duration::from_millis(1);
    let (start, knocker) = (Instant::now(), knocker(path));
    let shared = loop {
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => {
                let _ = open(&knocker);
                thread::sleep(PAUSE);
            }
            Err(TryLockError::WouldBlock) => break Err(io::ErrorKind::WouldBlock.into()),
            Err(TryLockError::Error(error)) => break Err(error),
            Ok(()) => break Ok(()),
        }
    };
    // Where others wait too, they knock again; and nothing is wrong with a knock too many.
    let _ = fs::remove_file(&knocker);
    shared
}

/// The file that is there while somebody waits to be let in.
fn knocker(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-knock");
    PathBuf::from(name)
}

fn unavailable(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    move |error| StoreError::Unavailable(format!("{}: {error}", path.display()))
}
