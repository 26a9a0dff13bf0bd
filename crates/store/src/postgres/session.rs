//! A session: what the database knows a connection by, also when nobody holds its other end any more.

use super::connection::Connection;
use crate::StoreError;
use crate::cells::cells;

const ITSELF: &str =
    "SELECT pid::bigint, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()";

/// The number of a process may belong to another one meanwhile.
macro_rules! of_session {
    ($what:literal) => {
        concat!(
            "SELECT ",
            $what,
            " FROM pg_stat_activity WHERE pid = $1::bigint::int AND backend_start::text = $2::text"
        )
    };
}

/// A session of the database. Another server does not know it, nor does the same one after a crash.
#[derive(Debug, Clone)]
pub(super) struct Session {
    process: i64,
    started: String,
}

impl Session {
    /// That of a connection.
    pub(super) fn of(connection: &Connection) -> Result<Session, StoreError> {
        let session = connection
            .first(ITSELF, [], |cells| Ok(Session { process: cells.next()?, started: cells.next()? }))?;
        session.ok_or_else(|| StoreError::Unavailable("a session that does not know itself".to_owned()))
    }

    /// Whether it is there. What it was about to commit may be committed until it has gone.
    pub(super) fn is_there(&self, connection: &Connection) -> Result<bool, StoreError> {
        self.ask(connection, of_session!("'it is there'"))
    }

    /// Stops what it is doing.
    pub(super) fn cancel(&self, connection: &Connection) -> Result<(), StoreError> {
        self.ask(connection, of_session!("pg_cancel_backend(pid)::text")).map(drop)
    }

    /// Ends it, which takes a moment.
    pub(super) fn end(&self, connection: &Connection) -> Result<(), StoreError> {
        self.ask(connection, of_session!("pg_terminate_backend(pid)::text")).map(drop)
    }

    fn ask(&self, connection: &Connection, sql: &str) -> Result<bool, StoreError> {
        Ok(connection.first(sql, cells![self.process, self.started], |_| Ok(()))?.is_some())
    }
}
