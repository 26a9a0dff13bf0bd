//! What a record says: what a batch has done, without what can be made again from its entries.

use crate::sqlite::tables::accounts;
use crate::{Answer, AnswerKey, Changes, Commit, Refusal, StoreError};
use fiado_core::account::{Account, Entry, evolve, project};
use fiado_core::identity::AccountKey;
use fiado_core::profile::Beside;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a batch has done.
#[derive(Serialize, Deserialize)]
pub(in crate::sqlite) struct Record<'a> {
    commits: Vec<Done<'a>>,
    refusals: Cow<'a, [Refusal]>,
    answers: Cow<'a, [(AnswerKey, Answer)]>,
}

/// What a command has done to an account.
#[derive(Serialize, Deserialize)]
struct Done<'a> {
    key: Cow<'a, AccountKey>,
    entries: Cow<'a, [Entry]>,
    beside: Cow<'a, Beside>,
}

impl<'a> Record<'a> {
    /// Of what a batch has done.
    pub(in crate::sqlite) fn of(changes: &'a Changes) -> Record<'a> {
        Record {
            commits: changes.commits.iter().map(Done::of).collect(),
            refusals: Cow::Borrowed(&changes.refusals),
            answers: Cow::Borrowed(&changes.answers),
        }
    }

    /// Writes it behind what is there.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) -> Result<(), StoreError> {
        serde_json::to_writer(bytes, self)
            .map_err(|error| StoreError::Damaged(format!("a record cannot be written: {error}")))
    }

    /// Reads one.
    pub(super) fn parse(bytes: &[u8]) -> Result<Record<'static>, StoreError> {
        serde_json::from_slice(bytes)
            .map_err(|error| StoreError::Damaged(format!("a record cannot be read: {error}")))
    }

    /// What the batch has done, on the accounts as they are in the database.
    pub(in crate::sqlite) fn changes(self, connection: &Connection) -> Result<Changes, StoreError> {
        let mut accounts = BTreeMap::new();
        let mut commits = Vec::with_capacity(self.commits.len());
        for done in self.commits {
            let key = done.key.into_owned();
            let before = match accounts.remove(&key) {
                Some(account) => account,
                None => Arc::new(
                    accounts::find(connection, &key)?.map(|(account, _)| account).unwrap_or_default(),
                ),
            };
            let commit = again(key, before, done.entries.into_owned(), done.beside.into_owned());
            accounts.insert(commit.key.clone(), Arc::clone(&commit.account));
            commits.push(commit);
        }
        Ok(Changes { commits, refusals: self.refusals.into_owned(), answers: self.answers.into_owned() })
    }
}

impl<'a> Done<'a> {
    fn of(commit: &'a Commit) -> Done<'a> {
        Done {
            key: Cow::Borrowed(&commit.key),
            entries: Cow::Borrowed(&commit.entries),
            beside: Cow::Borrowed(&commit.beside),
        }
    }
}

/// What entries do to an account, as when they were decided.
fn again(key: AccountKey, before: Arc<Account>, entries: Vec<Entry>, beside: Beside) -> Commit {
    let (mut account, mut rows) = (Arc::unwrap_or_clone(before), Vec::new());
    for entry in &entries {
        account = evolve(account, entry);
        rows.extend(project(&account, entry));
    }
    Commit { key, account: Arc::new(account), entries, rows, beside }
}
