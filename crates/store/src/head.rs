//! Where an account's journal stands, beside the account itself.
//!
//! It promises that an account is never read whose columns say something else than its state does,
//! and that entries are only ever written right behind the journal's last one.

use crate::cells::Cells;
use crate::chain::{GENESIS, Link};
use crate::{Commit, StoreError};
use fiado_core::account::{Account, Entry, Ladder, Standing, Status};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::AccountKey;
use fiado_core::money::Amount;

/// Where an account's journal stands, and what its lists are made by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    /// The sequence of its last entry; 0: there is none.
    pub(crate) version: u64,
    /// The last link of its chain.
    pub(crate) link: Link,
    pub(crate) listed: Listed,
}

impl Default for Head {
    fn default() -> Head {
        Head { version: 0, link: GENESIS, listed: Listed::default() }
    }
}

impl Head {
    /// Reads the columns before the state and the ladder.
    pub(crate) fn read(cells: &mut Cells<'_>) -> Result<Head, StoreError> {
        Ok(Head {
            version: cells.next()?,
            link: cells.next()?,
            listed: Listed {
                status: cells.next()?,
                requested_at: cells.next()?,
                is_open: cells.next()?,
                updated_at: cells.next()?,
            },
        })
    }
}

/// What the lists of accounts are ordered and chosen by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Listed {
    pub(crate) status: Option<Status>,
    pub(crate) requested_at: Option<Instant>,
    /// Whether it has a line, or had one; `None`: there was none in this life.
    pub(crate) is_open: Option<bool>,
    pub(crate) updated_at: Option<Instant>,
}

impl Listed {
    pub(crate) fn of(account: &Account) -> Listed {
        let life = account.life.as_ref();
        Listed {
            status: life.map(|life| life.status()),
            requested_at: life.map(|life| life.requested_at),
            is_open: account.line().and(life).map(|life| life.status() != Status::Cancelled),
            updated_at: life.map(|life| life.updated_at),
        }
    }
}

/// Reads the columns of an account: its ladder included, and its head.
pub(crate) fn read(cells: &mut Cells<'_>) -> Result<(Account, Head), StoreError> {
    let head = Head::read(cells)?;
    let mut account: Account = cells.next_json()?;
    if account.version != head.version || Listed::of(&account) != head.listed {
        return Err(StoreError::Damaged("an account's columns do not say what its state says".to_owned()));
    }
    account.ladder = ladder(cells.next_json()?)?;
    Ok((account, head))
}

fn ladder(rungs: Vec<(i32, Amount)>) -> Result<Ladder, StoreError> {
    let rung = |(day, amount)| Some((Day::from_days_since_epoch(day)?, amount));
    let rungs: Option<Vec<_>> = rungs.into_iter().map(rung).collect();
    let unreadable = || StoreError::Damaged("what is owed by an account cannot be read".to_owned());
    Ok(Ladder::new(rungs.ok_or_else(unreadable)?))
}

/// What an account owes by due day, as it stands in JSON beside its state: days since 1970, earliest
/// first.
pub(crate) fn rungs(account: &Account) -> Vec<(i32, Amount)> {
    account.ladder.rungs().map(|(day, amount)| (day.days_since_epoch(), amount)).collect()
}

/// An entry follows its journal when it is the very next: a later one leaves a gap, an earlier one
/// was written by somebody else meanwhile.
pub(crate) fn check_follows(key: &AccountKey, version: u64, entry: &Entry) -> Result<(), StoreError> {
    let next = version.saturating_add(1);
    match entry.sequence {
        sequence if sequence == next => Ok(()),
        sequence if sequence > next => Err(StoreError::Gap(key.clone())),
        _ => Err(StoreError::Conflict(key.clone())),
    }
}

/// Checks that all of a commit's entries follow a version, and that the account is as the last of them
/// leaves it; says the version after it.
pub(crate) fn check_commit(commit: &Commit, mut version: u64) -> Result<u64, StoreError> {
    for entry in &commit.entries {
        check_follows(&commit.key, version, entry)?;
        version = entry.sequence;
    }
    if commit.entries.is_empty() || commit.account.version != version {
        return Err(StoreError::Gap(commit.key.clone()));
    }
    Ok(version)
}

/// What was read, or nothing where it is damaged.
pub(crate) fn readable<T>(read: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(StoreError::Damaged(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The entry whose remark belongs to how an account stands: the decision that rejected, suspended or
/// ended it.
pub(crate) fn decision_to_remark(account: &Account) -> Option<u64> {
    match account.life.as_ref().map(|life| &life.standing)? {
        Standing::Rejected(decision)
        | Standing::Suspended(_, decision)
        | Standing::Cancelled(_, decision) => Some(decision.sequence),
        Standing::Pending | Standing::Approved(_) => None,
    }
}
