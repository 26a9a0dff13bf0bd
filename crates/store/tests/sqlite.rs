//! The SQLite store does what every store must.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use fiado_store::Store;
use fiado_store::sqlite::Sqlite;
use tempfile::TempDir;

/// A new file in a directory of its own.
struct Database(TempDir);

impl Database {
    fn fresh() -> Database {
        Database(tempfile::tempdir().unwrap())
    }

    fn open(&self) -> Box<dyn Store> {
        Box::new(Sqlite::open(self.0.path().join("fiado.db")).unwrap())
    }
}

fiado_store::conformance!(Database::fresh);
