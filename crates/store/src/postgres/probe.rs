//! Whether the database takes a commit now.
//!
//! Answering a read says nothing of that: a standby reads, and so does a primary whose commits wait for
//! a standby that is gone.

use super::connection::{Connection, RECORD};
use super::connections::{Connections, Failed, Uncommitted, Writing};
use crate::StoreError;
use crate::cells::cells;
use std::time::Duration;

/// How long a commit may take.
const LONGEST_COMMIT: Duration = Duration::from_secs(5);

const ITSELF: &str =
    "SELECT pid::bigint, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()";

/// The number of a process may belong to another one meanwhile.
const CANCEL: &str = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity
     WHERE pid = $1::bigint::int AND backend_start::text = $2::text";

/// Commits a record that nobody reads. A commit that does not come to its end is given up, so that no
/// session is left waiting for each time that somebody asked.
pub(super) fn commits(connections: &Connections) -> Result<(), StoreError> {
    let writing = connections.writing().map_err(Failed::into_error)?;
    let session = match prepare(&writing) {
        Ok(session) => session,
        Err(error) => return Err(writing.undo(error).into_error()),
    };
    match writing.commit() {
        Ok(()) => Ok(()),
        Err(Uncommitted::Not(failed)) => Err(failed.into_error()),
        Err(Uncommitted::Unknown(error)) => {
            connections.read(|connection| session.cancel(connection))?;
            Err(error)
        }
    }
}

fn prepare(writing: &Writing<'_>) -> Result<Session, StoreError> {
    let connection = writing.connection().map_err(Failed::into_error)?;
    connection.waits_at_most(LONGEST_COMMIT);
    let session = connection
        .first(ITSELF, [], |cells| Ok(Session { process: cells.next()?, started: cells.next()? }))?;
    connection.script(RECORD)?;
    session.ok_or_else(|| StoreError::Unavailable("a session that does not know itself".to_owned()))
}

/// A session of the database.
struct Session {
    process: i64,
    started: String,
}

impl Session {
    fn cancel(&self, connection: &Connection) -> Result<(), StoreError> {
        connection.first(CANCEL, cells![self.process, self.started], |_| Ok(()))?;
        Ok(())
    }
}
