use super::beside;
use super::load::Heads;
use crate::chain::Link;
use crate::head::{Head, Listed, check_follows};
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

/// An account that a batch changes: how it stood, how far its journal has grown, and what is to
/// be written once at the end.
struct Growing<'a> {
    before: Head,
    version: u64,
    link: Link,
    account: &'a Account,
    due_days: BTreeSet<Day>,
    tally: Tally,
}

/// Writes all that a batch has done; says which batch it is.
pub(super) fn write(
    connection: &Connection,
    known: &mut Known,
    changes: &Changes,
    mut heads: Heads,
) -> Result<u64, StoreError> {
    let mut tail = tail::read(connection)?;
    let mut accounts: BTreeMap<&AccountKey, Growing<'_>> = BTreeMap::new();
    for commit in &changes.commits {
        if !accounts.contains_key(&commit.key) {
            let growing = begin(connection, commit, heads.remove(&commit.key))?;
            accounts.insert(&commit.key, growing);
        }
        if let Some(growing) = accounts.get_mut(&commit.key) {
            write_commit(connection, commit, growing, &mut tail)?;
        }
    }
    save_accounts(connection, known, accounts)?;
    for refusal in &changes.refusals {
        refusals::insert(connection, refusal, tail.advance(refusal.at))?;
    }
    for (key, answer) in &changes.answers {
        answers::insert(connection, key, answer)?;
    }
    tail.batches = tail.batches.saturating_add(1);
    tail::save(connection, &tail)?;
    Ok(tail.batches)
}

/// Writes how the accounts stand in the end, and what that makes of their organizations' totals.
fn save_accounts(
    connection: &Connection,
    known: &mut Known,
    accounts: BTreeMap<&AccountKey, Growing<'_>>,
) -> Result<(), StoreError> {
    let mut tallies: BTreeMap<&OrganizationId, Tally> = BTreeMap::new();
    for (key, growing) in accounts {
        let Growing { before, version, link, account, due_days, tally } = growing;
        accounts::save(connection, key, account, &before, &link, &tally)?;
        ladder::save(connection, key, account, due_days)?;
        known.keep(key, account.clone(), Head { version, link, listed: Listed::of(account) });
        tallies.entry(&key.organization).or_default().join(&tally);
    }
    for (organization, tally) in tallies {
        invoice_totals::change(connection, organization, &tally)?;
    }
    Ok(())
}

/// Where the journal of a commit's account stands before the batch: as it was loaded, or, where
/// nobody wanted the account, as it is stored.
fn begin<'a>(
    connection: &Connection,
    commit: &'a Commit,
    loaded: Option<Head>,
) -> Result<Growing<'a>, StoreError> {
    let before = match loaded {
        Some(head) => head,
        None => accounts::find(connection, &commit.key)?.map(|(_, head)| head).unwrap_or_default(),
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
) -> Result<(), StoreError> {
    for entry in &commit.entries {
        check_follows(&commit.key, growing.version, entry)?;
        let position = tail.advance(entry.at);
        growing.link = journal::append(connection, &commit.key, entry, position, &growing.link)?;
        growing.version = entry.sequence;
        growing.due_days.extend(entry.event.due_days());
    }
    if commit.entries.is_empty() || commit.account.version != growing.version {
        return Err(StoreError::Gap(commit.key.clone()));
    }
    growing.account = &commit.account;
    for row in &commit.rows {
        rows::write(connection, &commit.key, row, &mut growing.tally)?;
    }
    beside::write(connection, commit)
}
