use super::beside;
use crate::chain::Link;
use crate::head::{Head, Listed, check_commit};
use crate::sqlite::known::Known;
use crate::sqlite::rows::{self, Written};
use crate::sqlite::tables::accounts;
use crate::sqlite::tables::invoice_totals;
use crate::sqlite::tables::tail::{self, Tail};
use crate::sqlite::tables::{answers, journal, refusals};
use crate::tally::Tally;
use crate::{Changes, Commit, StoreError};
use fiado_core::account::Account;
use fiado_core::identity::{AccountKey, OrganizationId};
use rusqlite::Connection;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

/// What is done about a row that does not fit those that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sqlite) enum Care {
    /// Nothing is written.
    All,
    /// It is left out, and so is an answer: their account was damaged before, the journal has what was
    /// done, and rows can be made again from it.
    WhatFits,
}

impl Care {
    /// What comes of a row.
    fn take(self, written: Result<(), StoreError>) -> Result<(), StoreError> {
        match written {
            Err(StoreError::Damaged(_) | StoreError::Conflict(_)) if self == Care::WhatFits => Ok(()),
            written => written,
        }
    }
}

/// What a transaction has done to accounts, of which their own rows are written at its end, once, however
/// many batches there were.
#[derive(Default)]
pub(in crate::sqlite) struct Growth(HashMap<AccountKey, Growing>);

/// How an account stood, how far its journal has grown, and what is to be written in the end.
struct Growing {
    before: Head,
    version: u64,
    link: Link,
    account: Account,
    written: Written,
}

/// Writes all that these batches have done, one after the other, inside a transaction; how the accounts
/// stand in the end is for [`Growth::save`] to write.
pub(in crate::sqlite) fn write(
    connection: &Connection,
    heads: &mut Known<Head>,
    growth: &mut Growth,
    batches: &[Changes],
    care: Care,
) -> Result<(), StoreError> {
    let mut tail = tail::read(connection)?;
    for changes in batches {
        for commit in &changes.commits {
            let growing = growth.of(connection, heads, commit)?;
            write_commit(connection, commit, growing, &mut tail, care)?;
        }
        for refusal in &changes.refusals {
            refusals::insert(connection, refusal, tail.advance(refusal.at))?;
        }
        for (key, answer) in &changes.answers {
            care.take(answers::insert(connection, key, answer))?;
        }
        tail.batches = tail.batches.saturating_add(1);
    }
    tail::save(connection, &tail)
}

impl Growth {
    /// An account that is changed, and where its journal stood before.
    fn of(
        &mut self,
        connection: &Connection,
        heads: &mut Known<Head>,
        commit: &Commit,
    ) -> Result<&mut Growing, StoreError> {
        match self.0.entry(commit.key.clone()) {
            Entry::Occupied(growing) => Ok(growing.into_mut()),
            Entry::Vacant(place) => {
                let before = match heads.get(&commit.key) {
                    Some(head) => head.clone(),
                    None => accounts::head(connection, &commit.key)?.unwrap_or_default(),
                };
                Ok(place.insert(Growing {
                    version: before.version,
                    link: before.link,
                    before,
                    account: Account::default(),
                    written: Written::default(),
                }))
            }
        }
    }

    /// Writes how the accounts stand, in order of their keys, and what that makes of their organizations'
    /// totals.
    pub(in crate::sqlite) fn save(
        &mut self,
        connection: &Connection,
        heads: &mut Known<Head>,
    ) -> Result<(), StoreError> {
        let mut accounts: Vec<(AccountKey, Growing)> = self.0.drain().collect();
        accounts.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut tallies: BTreeMap<&OrganizationId, Tally> = BTreeMap::new();
        for (key, Growing { before, version, link, account, written }) in &accounts {
            accounts::save(connection, key, account, before, link, &written.tally)?;
            heads.keep(key, Head { version: *version, link: *link, listed: Listed::of(account) });
            tallies.entry(&key.organization).or_default().join(&written.tally);
        }
        let mut tallies = tallies.into_iter();
        tallies.try_for_each(|(shop, tally)| invoice_totals::change(connection, shop, &tally))
    }

    /// Nothing of what was done is kept.
    pub(in crate::sqlite) fn forget(&mut self) {
        self.0.clear();
    }
}

fn write_commit(
    connection: &Connection,
    commit: &Commit,
    growing: &mut Growing,
    tail: &mut Tail,
    care: Care,
) -> Result<(), StoreError> {
    growing.version = check_commit(commit, growing.version)?;
    for entry in &commit.entries {
        let position = tail.advance(entry.at);
        growing.link =
            journal::append(connection, &commit.key, entry, position, &growing.link, &commit.rows)?;
    }
    growing.account.clone_from(&commit.account);
    for row in &commit.rows {
        care.take(rows::write(connection, &commit.key, row, &mut growing.written))?;
    }
    care.take(beside::write(connection, commit))
}
