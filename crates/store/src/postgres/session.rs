//! A session: what the database knows a connection by, also when nobody holds its other end any more.
//!
//! It is known by a name that no other has, and that whoever hands a session on to somebody else, as poolers
//! do, takes off it: so nobody else's is ever ended. Some poolers add to it who has come.

use super::connection::Connection;
use crate::StoreError;
use crate::cells::cells;

/// PostgreSQL cuts longer names.
const LONGEST_NAME: usize = 63;

macro_rules! of_session {
    ($what:literal) => {
        concat!("SELECT ", $what, " FROM pg_stat_activity WHERE starts_with(application_name, $1)")
    };
}

/// A session of the database, by its `application_name`. Another server does not know it, nor does the same
/// one after a crash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Session(String);

impl Session {
    /// A new one of a program of this name.
    pub(super) fn new(program: &str) -> Result<Session, StoreError> {
        let random = getrandom::u64()
            .map_err(|error| StoreError::Unavailable(format!("no random numbers: {error}")))?;
        let own = format!("/{random:016x}");
        let plain = program.chars().filter(char::is_ascii_graphic);
        Ok(Session(plain.take(LONGEST_NAME.saturating_sub(own.len())).collect::<String>() + &own))
    }

    /// What it is to be known by.
    pub(super) fn name(&self) -> &str {
        &self.0
    }

    /// Whether that is what the database says it is known by.
    pub(super) fn is_known_as(&self, application_name: &str) -> bool {
        application_name.starts_with(&self.0)
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
        Ok(connection.first(sql, cells![self.0], |_| Ok(()))?.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_has_a_name_of_its_own_that_the_database_keeps_as_it_is() {
        for program in ["fiado", "", "ñandú 'x'", &"long".repeat(30)] {
            let [one, other] = [(); 2].map(|()| Session::new(program).unwrap());
            assert_ne!(one, other);
            assert!(one.name().len() <= LONGEST_NAME && one.name().is_ascii(), "{}", one.name());
        }
        let session = Session::new("fiado").unwrap();
        assert!(session.name().starts_with("fiado/"));
        assert!(session.is_known_as(&format!("{} - 10.0.0.1:35652", session.name())));
        assert!(!session.is_known_as("fiado") && !session.is_known_as("psql"));
    }
}
