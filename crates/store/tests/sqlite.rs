//! The SQLite store does what every store must.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use fiado_store::moving::Arrival;
use fiado_store::sqlite::Sqlite;
use fiado_store::{Store, StoreError};
use tempfile::TempDir;

/// A new file in a directory of its own.
struct Database(TempDir);

impl Database {
    fn fresh() -> Database {
        Database(tempfile::tempdir().unwrap())
    }

    fn open(&self) -> Box<dyn Store> {
        self.try_open().unwrap()
    }

    fn try_open(&self) -> Result<Box<dyn Store>, StoreError> {
        Ok(Box::new(Sqlite::open(self.0.path().join("fiado.db"))?))
    }

    fn fill(&self) -> Result<Box<dyn Arrival>, StoreError> {
        Sqlite::fill(self.0.path().join("fiado.db"))
    }
}

fiado_store::conformance!(Database::fresh);
