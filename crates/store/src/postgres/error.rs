//! What PostgreSQL's errors mean to a caller.

use crate::StoreError;
use std::error::Error as _;
use std::io;
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

/// What can be done after an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The connection is gone, or leads where nothing can be written: another one may do.
    Lost,
    /// Another transaction stood in the way: the same again may do.
    Again,
    /// There is a row with its key already.
    Taken,
    /// What was to be changed is not as it was.
    Changed,
    /// Anything else.
    Other,
}

impl Trouble {
    /// What an error means that a commit has met. Where the database does not say that it was refused,
    /// nobody knows.
    pub(super) fn of_commit(error: &Error) -> Trouble {
        if error.code().is_some() { Trouble::of(error) } else { Trouble::Lost }
    }

    pub(super) fn of(error: &Error) -> Trouble {
        let Some(code) = error.code() else {
            // What the server did not say came from the way there, or from ourselves.
            let came_from_the_way = error.source().is_some_and(|cause| cause.is::<io::Error>());
            return if error.is_closed() || came_from_the_way { Trouble::Lost } else { Trouble::Other };
        };
        match *code {
            SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => Trouble::Again,
            SqlState::UNIQUE_VIOLATION => Trouble::Taken,
            // How a statement says so that counts what it has changed or found.
            SqlState::DIVISION_BY_ZERO => Trouble::Changed,
            SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN
            | SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT
            // A server that was the primary and is a standby now.
            | SqlState::READ_ONLY_SQL_TRANSACTION
            // The schema was changed under a statement that is kept.
            | SqlState::FEATURE_NOT_SUPPORTED => Trouble::Lost,
            // The way there, and a server that stops.
            ref code if code.code().starts_with("08") || code.code().starts_with("57P0") => Trouble::Lost,
            _ => Trouble::Other,
        }
    }
}

/// What is said of an error. It names no parameter: those may be personal.
pub(super) fn said(error: &Error) -> StoreError {
    let text = match error.as_db_error() {
        Some(error) => format!("{} ({})", error.message(), error.code().code()),
        None => spoken(error),
    };
    match error.code() {
        Some(&SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED) => StoreError::Damaged(text),
        _ => StoreError::Unavailable(text),
    }
}

/// An error and what caused it.
pub(super) fn spoken(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", spoken(cause)),
        None => error.to_string(),
    }
}
