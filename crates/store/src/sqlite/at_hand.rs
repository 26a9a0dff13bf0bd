//! What readers find without the database: accounts that were changed and are not written there yet, and
//! accounts that were asked for before.
//!
//! It promises that whoever finds an account here finds it as the newest batch has left it. Where others
//! have the store open too, which may change accounts, nothing that was asked for before is found.

use super::turn::Turn;
use crate::head::decision_to_remark;
use crate::known::Known;
use crate::{AccountRecord, Changes, Commit};
use fiado_core::account::Account;
use fiado_core::identity::AccountKey;
use fiado_core::profile::Beside;
use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(super) struct AtHand(Mutex<Shelf>);

struct Shelf {
    changed: HashMap<AccountKey, Change>,
    records: Known<AccountRecord>,
    /// Nobody else changes accounts.
    is_ours_alone: bool,
    /// How often what can be read in the database has changed.
    moment: u64,
}

/// How an account was changed.
struct Change {
    /// The number of the last batch that did.
    batch: u64,
    /// How it stands; `None`: so does something that is kept beside its journal.
    account: Option<Arc<Account>>,
}

/// What is known of an account without reading the database.
pub(super) enum Seen {
    /// The database says how it stands.
    InDatabase,
    /// It stands like this, and all the rest is in the database.
    Like(Arc<Account>),
    /// The database does not say yet.
    NotYet,
}

impl AtHand {
    /// Nothing yet; never more than so many accounts that were asked for.
    pub(super) fn new(most: NonZeroUsize) -> AtHand {
        let (changed, records) = (HashMap::new(), Known::new(most));
        AtHand(Mutex::new(Shelf { changed, records, is_ours_alone: false, moment: 0 }))
    }

    /// From now on, or not any more, nobody else changes accounts.
    pub(super) fn is_ours_alone(&self, is_ours_alone: bool) {
        let mut shelf = self.lock();
        shelf.is_ours_alone = is_ours_alone;
        shelf.forget();
    }

    /// Somebody has changed what nobody but us may change.
    pub(super) fn forget(&self) {
        self.lock().forget();
    }

    /// Adds what a batch has changed, which is durable.
    pub(super) fn add(&self, batch: u64, changes: &Changes) {
        let mut shelf = self.lock();
        for commit in &changes.commits {
            shelf.change(batch, commit);
        }
    }

    /// A turn can be read in the database, and all before it.
    pub(super) fn forget_written(&self, turn: &Turn) {
        self.lock().moment_has_passed();
        for batch in &turn.batches {
            // Nobody waits for all of them at once.
            let mut shelf = self.lock();
            for Commit { key, .. } in &batch.commits {
                if shelf.changed.get(key).is_some_and(|change| change.batch <= turn.last) {
                    shelf.changed.remove(key);
                }
            }
        }
    }

    /// What is known of an account.
    pub(super) fn seen(&self, key: &AccountKey) -> Seen {
        match self.lock().changed.get(key).map(|change| &change.account) {
            None => Seen::InDatabase,
            Some(Some(account)) => Seen::Like(Arc::clone(account)),
            Some(None) => Seen::NotYet,
        }
    }

    /// An account that was asked for before, as it stands.
    pub(super) fn record(&self, key: &AccountKey) -> Option<AccountRecord> {
        self.lock().records.get(key).cloned()
    }

    /// The moment before an account is looked for in the database, for [`AtHand::keep`].
    pub(super) fn moment(&self) -> u64 {
        self.lock().moment
    }

    /// Keeps an account that was found since a moment, unless it may have changed meanwhile. One whose
    /// holds end by themselves is not kept.
    pub(super) fn keep(&self, key: &AccountKey, record: &AccountRecord, since: u64) {
        let mut shelf = self.lock();
        let is_unchanged = match shelf.changed.get(key).map(|change| &change.account) {
            None => shelf.moment == since,
            Some(account) => {
                account.as_ref().is_some_and(|account| account.version == record.account.version)
            }
        };
        if shelf.is_ours_alone && is_unchanged && record.account.totals.held.is_zero() {
            shelf.records.keep(key, record.clone());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    /// What was asked for before, and is looked for just now, may not be so any more.
    fn forget(&mut self) {
        self.records.forget_all();
        self.moment_has_passed();
    }

    /// What is read in the database from now on may be different.
    fn moment_has_passed(&mut self) {
        self.moment = self.moment.wrapping_add(1);
    }

    fn change(&mut self, batch: u64, commit: &Commit) {
        let before = self.changed.get(&commit.key).map(|change| change.account.is_some());
        let is_all = commit.beside == Beside::default() && before.unwrap_or(true);
        let account = is_all.then(|| Arc::clone(&commit.account));
        self.changed.insert(commit.key.clone(), Change { batch, account });
        let Some(record) = self.records.get(&commit.key) else { return };
        let is_like_before = is_all
            && commit.account.totals.held.is_zero()
            && decision_to_remark(&record.account) == decision_to_remark(&commit.account);
        if is_like_before {
            record.account = Arc::clone(&commit.account);
        } else {
            self.records.forget(&commit.key);
        }
    }
}
