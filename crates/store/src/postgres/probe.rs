//! Whether the database takes a commit now.
//!
//! Answering a read says nothing of that: a standby reads, and so does a primary whose commits wait for
//! a standby that is gone.

use super::connection::RECORD;
use super::connections::{Connections, Failed, Uncommitted, Writing};
use super::session::Session;
use crate::StoreError;
use std::time::Duration;

/// How long a commit may take.
const LONGEST_COMMIT: Duration = Duration::from_secs(5);

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
    connection.script(RECORD)?;
    Ok(connection.session().clone())
}
