//! Accounts as they stand, in memory: those that were last bought from, paid for or changed.
//!
//! It promises that what it gives is what the database holds at that moment: it is asked by the writer
//! alone, inside a transaction, and forgets everything where a batch was not written or where anybody
//! else has written meanwhile.

use super::query;
use super::tables::accounts;
use crate::StoreError;
use crate::head::Head;
use fiado_core::account::Account;
use fiado_core::identity::AccountKey;
use lru::LruCache;
use rusqlite::Connection;
use std::num::NonZeroUsize;

/// The accounts, each with the head of its journal.
pub(super) struct Known {
    accounts: LruCache<AccountKey, (Account, Head)>,
    /// What SQLite says of the others' writing.
    written_by_others: Option<i64>,
}

impl Known {
    /// None yet, and never more than this.
    pub(super) fn new(most: NonZeroUsize) -> Known {
        Known { accounts: LruCache::new(most), written_by_others: None }
    }

    /// Forgets what others may have changed. To be asked where a transaction that may write has begun.
    pub(super) fn look_for_others(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let version = query::first(connection, "PRAGMA data_version", [], |cells| cells.next())?;
        if self.written_by_others != version {
            self.forget();
            self.written_by_others = version;
        }
        Ok(())
    }

    /// An account as it stands, if there is one.
    pub(super) fn find(
        &mut self,
        connection: &Connection,
        key: &AccountKey,
    ) -> Result<Option<(Account, Head)>, StoreError> {
        if let Some(known) = self.accounts.get(key) {
            return Ok(Some(known.clone()));
        }
        let found = accounts::find(connection, key)?;
        if let Some(found) = &found {
            self.accounts.put(key.clone(), found.clone());
        }
        Ok(found)
    }

    /// Keeps how an account stands now.
    pub(super) fn keep(&mut self, key: &AccountKey, account: Account, head: Head) {
        self.accounts.put(key.clone(), (account, head));
    }

    /// Forgets all.
    pub(super) fn forget(&mut self) {
        self.accounts.clear();
    }
}
