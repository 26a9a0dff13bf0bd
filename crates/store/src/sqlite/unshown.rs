//! What has been answered and no other connection can read yet: the accounts that the writer's open
//! transaction has changed.

use crate::Changes;
use fiado_core::account::Account;
use fiado_core::identity::AccountKey;
use fiado_core::profile::Beside;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The accounts, each as it stands; `None`: so does something that is kept beside its journal.
#[derive(Default)]
pub(super) struct Unshown(Mutex<BTreeMap<AccountKey, Option<Account>>>);

/// What is known of an account without reading the database.
pub(super) enum Seen {
    /// The database says how it stands.
    InDatabase,
    /// It stands like this, and all the rest is in the database.
    Like(Box<Account>),
    /// The database does not say yet.
    NotYet,
}

impl Unshown {
    /// Adds what a batch has changed, which is durable.
    pub(super) fn add(&self, changes: &Changes) {
        let mut accounts = self.lock();
        for commit in &changes.commits {
            let is_all =
                commit.beside == Beside::default() && accounts.get(&commit.key).is_none_or(Option::is_some);
            accounts.insert(commit.key.clone(), is_all.then(|| commit.account.clone()));
        }
    }

    /// Everything can be read.
    pub(super) fn clear(&self) {
        self.lock().clear();
    }

    /// What is known of an account.
    pub(super) fn of(&self, key: &AccountKey) -> Seen {
        match self.lock().get(key) {
            None => Seen::InDatabase,
            Some(Some(account)) => Seen::Like(Box::new(account.clone())),
            Some(None) => Seen::NotYet,
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<AccountKey, Option<Account>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
