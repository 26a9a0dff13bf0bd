//! What became of a commit whose confirmation never came.
//!
//! It promises that nothing is said to be written that is not, and nothing is written twice. The
//! journal itself tells: an entry of the batch is there with its link, or none of the batch is. It
//! is asked only once the session that was to write it has gone, and where it cannot be asked, nobody
//! pretends to know.

use super::connection::{Connection, RECORD};
use super::connections::Connections;
use super::session::Session;
use crate::cells::cells;
use crate::chain::Link;
use crate::{StoreError, numbers};
use fiado_core::identity::AccountKey;
use std::thread;
use std::time::{Duration, Instant};

/// How long a database is asked that does not answer: long enough for a standby to take over.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a session is left to end what it was asked for. Where the way to it was cut, it may not know for
/// hours that nobody waits for it any more.
const PATIENCE_WITH_SESSION: Duration = Duration::from_secs(10);

/// How long to wait before it is asked again.
const PAUSE: Duration = Duration::from_millis(200);

const ENTRY: &str = "SELECT 1::bigint FROM journal WHERE account = $1 AND sequence = $2 AND organization = $3 AND customer = $4 \
     AND hash = $5";

/// What a batch leaves to be recognized by.
pub(super) struct Doubt {
    /// Who was to write it.
    pub(super) session: Session,
    /// Its first entry, if it has one. A batch without one has only refusals and answers: those are
    /// the same when they are given again.
    pub(super) mark: Option<Mark>,
}

/// An entry with its link, which no other entry has.
pub(super) struct Mark {
    pub(super) key: AccountKey,
    pub(super) sequence: u64,
    pub(super) link: Link,
}

impl Doubt {
    /// Whether the batch was written.
    ///
    /// # Errors
    /// [`StoreError::SyncFailed`] where that cannot be found out.
    pub(super) fn resolve(&self, connections: &Connections) -> Result<bool, StoreError> {
        connections.commit_is_in_doubt();
        let start = Instant::now();
        loop {
            let found = self.look(connections, start.elapsed() >= PATIENCE_WITH_SESSION);
            match found {
                Ok(Some(is_written)) => return Ok(is_written),
                Err(error) if start.elapsed() >= PATIENCE => {
                    return Err(StoreError::SyncFailed(error.to_string()));
                }
                Ok(None) if start.elapsed() >= PATIENCE => {
                    return Err(StoreError::SyncFailed("it has not come to its end".to_owned()));
                }
                Ok(None) | Err(_) => thread::sleep(PAUSE),
            }
        }
    }

    /// `None`: the session is still there. The entry is looked for as of a later moment, so that it is seen
    /// where the transaction was committed just now.
    ///
    /// All of it is said behind a commit of our own. What is seen may not be on the standby: the server may
    /// have crashed while it waited. And a standby, which takes no commit, does not know the session, and may
    /// not have come to the entry yet.
    pub(super) fn look(
        &self,
        connections: &Connections,
        ends_session: bool,
    ) -> Result<Option<bool>, StoreError> {
        connections.write(|connection| {
            if self.session.is_there(connection)? {
                if ends_session {
                    self.session.end(connection)?;
                }
                return Ok(None);
            }
            let is_there = self.is_there(connection)?;
            connection.script(RECORD)?;
            Ok(Some(is_there))
        })
    }

    fn is_there(&self, connection: &Connection) -> Result<bool, StoreError> {
        let Some(Mark { key, sequence, link }) = &self.mark else {
            return Ok(false);
        };
        let account = numbers::of_account(key);
        let parameters = cells![account, sequence, key.organization, key.customer, link];
        let found: Option<i64> = connection.first(ENTRY, parameters, |cells| cells.next())?;
        Ok(found.is_some())
    }
}
