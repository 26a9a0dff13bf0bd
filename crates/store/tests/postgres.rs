//! The PostgreSQL store does what every store must.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use fiado_store::moving::Arrival;
use fiado_store::postgres::Postgres;
use fiado_store::{Store, StoreError};
use fiado_tests::postgres::{Cluster, Database as Empty};
use std::sync::LazyLock;

/// How many connections a store has here: two that write would be one.
const CONNECTIONS: usize = 4;

/// A store that nothing has happened in: copied, it is made faster.
static NEW: LazyLock<Empty> = LazyLock::new(|| {
    let database = Cluster::shared().database();
    drop(Postgres::open(database.url(), CONNECTIONS).unwrap());
    database
});

/// A new database of a case's own.
struct Database(Empty);

impl Database {
    fn fresh() -> Database {
        Database(Cluster::shared().copy_of(&NEW))
    }

    fn open(&self) -> Box<dyn Store> {
        self.try_open().unwrap()
    }

    fn try_open(&self) -> Result<Box<dyn Store>, StoreError> {
        Ok(Box::new(Postgres::open(self.0.url(), CONNECTIONS)?))
    }

    fn fill(&self) -> Result<Box<dyn Arrival>, StoreError> {
        Postgres::fill(self.0.url())
    }
}

fiado_store::conformance!(Database::fresh);
