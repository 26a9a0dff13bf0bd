use super::beside;
use crate::chain::Link;
use crate::head::{Head, Listed, check_commit};
use crate::sqlite::known::Known;
use crate::sqlite::rows;
use crate::sqlite::tables::accounts;
use crate::sqlite::tables::invoice_totals;
use crate::sqlite::tables::tail::{self, Tail};
use crate::sqlite::tables::{answers, journal, ladder, refusals};
use crate::tally::Tally;
use crate::{Changes, Commit, StoreError};
use fiado_core::account::Account;
use fiado_core::calendar::Day;
use fiado_core::identity::{AccountKey, OrganizationId};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

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

/// An account that is changed: how it stood, how far its journal has grown, and what is to be written
/// once at the end.
struct Growing<'a> {
    before: Head,
    version: u64,
    link: Link,
    account: &'a Account,
    due_days: BTreeSet<Day>,
    tally: Tally,
}

/// Writes all that these batches have done, one after the other, inside a transaction; how the accounts
/// stand in the end is written once.
pub(in crate::sqlite) fn write(
    connection: &Connection,
    heads: &mut Known<Head>,
    batches: &[Changes],
    care: Care,
) -> Result<(), StoreError> {
    let mut tail = tail::read(connection)?;
    let mut accounts: BTreeMap<&AccountKey, Growing<'_>> = BTreeMap::new();
    for changes in batches {
        for commit in &changes.commits {
            if !accounts.contains_key(&commit.key) {
                accounts.insert(&commit.key, begin(connection, heads, commit)?);
            }
            if let Some(growing) = accounts.get_mut(&commit.key) {
                write_commit(connection, commit, growing, &mut tail, care)?;
            }
        }
        for refusal in &changes.refusals {
            refusals::insert(connection, refusal, tail.advance(refusal.at))?;
        }
        for (key, answer) in &changes.answers {
            care.take(answers::insert(connection, key, answer))?;
        }
        tail.batches = tail.batches.saturating_add(1);
    }
    save_accounts(connection, heads, accounts)?;
    tail::save(connection, &tail)
}

/// Writes how the accounts stand in the end, and what that makes of their organizations' totals.
fn save_accounts(
    connection: &Connection,
    heads: &mut Known<Head>,
    accounts: BTreeMap<&AccountKey, Growing<'_>>,
) -> Result<(), StoreError> {
    let mut tallies: BTreeMap<&OrganizationId, Tally> = BTreeMap::new();
    for (key, growing) in accounts {
        let Growing { before, version, link, account, due_days, tally } = growing;
        accounts::save(connection, key, account, &before, &link, &tally)?;
        ladder::save(connection, key, account, due_days)?;
        heads.keep(key, Head { version, link, listed: Listed::of(account) });
        tallies.entry(&key.organization).or_default().join(&tally);
    }
    for (organization, tally) in tallies {
        invoice_totals::change(connection, organization, &tally)?;
    }
    Ok(())
}

/// Where the journal of a commit's account stands before.
fn begin<'a>(
    connection: &Connection,
    heads: &mut Known<Head>,
    commit: &'a Commit,
) -> Result<Growing<'a>, StoreError> {
    let before = match heads.get(&commit.key) {
        Some(head) => head.clone(),
        None => accounts::head(connection, &commit.key)?.unwrap_or_default(),
    };
    Ok(Growing {
        version: before.version,
        link: before.link,
        before,
        account: &commit.account,
        due_days: BTreeSet::new(),
        tally: Tally::default(),
    })
}

fn write_commit<'a>(
    connection: &Connection,
    commit: &'a Commit,
    growing: &mut Growing<'a>,
    tail: &mut Tail,
    care: Care,
) -> Result<(), StoreError> {
    growing.version = check_commit(commit, growing.version)?;
    for entry in &commit.entries {
        let position = tail.advance(entry.at);
        growing.link = journal::append(connection, &commit.key, entry, position, &growing.link, &commit.rows)?;
        growing.due_days.extend(entry.event.due_days());
    }
    growing.account = &commit.account;
    for row in &commit.rows {
        care.take(rows::write(connection, &commit.key, row, &mut growing.tally))?;
    }
    care.take(beside::write(connection, commit))
}
