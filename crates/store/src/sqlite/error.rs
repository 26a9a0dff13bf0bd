//! What SQLite's errors mean to a caller.

use crate::StoreError;
use fiado_core::identity::AccountKey;
use rusqlite::ErrorCode;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged(error.to_string())
            }
            _ => StoreError::Unavailable(error.to_string()),
        }
    }
}

/// What it means that a `COMMIT` failed.
///
/// A busy database, a full disk or a broken constraint stopped it before the log was synced, so
/// nothing was written. After anything else, the commit may or may not be found by a restart.
pub(super) fn of_commit(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::DiskFull
            | ErrorCode::ConstraintViolation,
        ) => error.into(),
        _ => StoreError::SyncFailed(error.to_string()),
    }
}

/// What it means that a new row could not be written: one with its key was there already, so
/// somebody else has changed the account.
pub(super) fn of_insert(error: rusqlite::Error, key: &AccountKey) -> StoreError {
    if is_taken(&error) { StoreError::Conflict(key.clone()) } else { error.into() }
}

/// Whether a new row could not be written because one with its key was there already.
pub(super) fn is_taken(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
    let code = error.sqlite_error().map(|error| error.extended_code);
    matches!(code, Some(SQLITE_CONSTRAINT_PRIMARYKEY | SQLITE_CONSTRAINT_UNIQUE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    fn failure(code: i32) -> rusqlite::Error {
        rusqlite::Error::SqliteFailure(ffi::Error::new(code), None)
    }

    #[test]
    fn a_commit_that_may_have_reached_the_disk_is_not_called_undone() {
        for code in [ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_IOERR] {
            assert!(matches!(of_commit(failure(code)), StoreError::SyncFailed(_)), "{code}");
        }
        for code in [ffi::SQLITE_BUSY, ffi::SQLITE_BUSY_SNAPSHOT, ffi::SQLITE_FULL] {
            assert!(matches!(of_commit(failure(code)), StoreError::Unavailable(_)), "{code}");
        }
    }

    #[test]
    fn a_damaged_file_is_told_from_a_busy_one() {
        for code in [ffi::SQLITE_CORRUPT, ffi::SQLITE_NOTADB] {
            assert!(matches!(failure(code).into(), StoreError::Damaged(_)), "{code}");
        }
        for code in [ffi::SQLITE_BUSY, ffi::SQLITE_CANTOPEN, ffi::SQLITE_IOERR_READ] {
            assert!(matches!(failure(code).into(), StoreError::Unavailable(_)), "{code}");
        }
    }
}
