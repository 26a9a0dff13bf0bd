use super::beside;
use crate::chain::Link;
use crate::head::{Head, Listed, check_commit};
use crate::known::Known;
use crate::sqlite::rows::{self, Written};
use crate::sqlite::tables::accounts;
use crate::sqlite::tables::invoice_totals;
use crate::sqlite::tables::tail::{self, Tail};
use crate::sqlite::tables::{answers, journal, refusals};
use crate::tally::Tally;
use crate::{Answer, AnswerKey, Changes, Commit, StoreError, numbers};
use fiado_core::account::Account;
use fiado_core::identity::{AccountKey, OrganizationId};
use rusqlite::Connection;
use std::collections::BTreeMap;

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

/// Something that a batch has done, and the number of its account.
struct Deed<'a> {
    account: i64,
    key: &'a AccountKey,
    what: What<'a>,
}

enum What<'a> {
    /// With where journal and refusals ended before it.
    Commit(&'a Commit, Tail),
    /// With its number.
    Answer(i64, &'a AnswerKey, &'a Answer),
}

/// What was done to an account, as it is written once all of it is known.
struct Grown<'a> {
    key: &'a AccountKey,
    before: Head,
    version: u64,
    link: Link,
    account: &'a Account,
    written: Written,
}

/// Writes all that these batches have done, inside a transaction, and calls `passed` behind each command.
///
/// It goes account by account in the order of their numbers, with which the indices begin that a purchase
/// would else change all over the file: what stands on one page is written together. Positions are those of
/// the order in which it was done.
pub(in crate::sqlite) fn write(
    connection: &Connection,
    heads: &mut Known<Head>,
    batches: &[Changes],
    care: Care,
    passed: &mut dyn FnMut(),
) -> Result<(), StoreError> {
    let mut tail = tail::read(connection)?;
    let mut deeds = Vec::new();
    for changes in batches {
        deeds.extend(changes.commits.iter().map(|commit| Deed::of_commit(commit, &mut tail)));
        for refusal in &changes.refusals {
            refusals::insert(connection, refusal, tail.advance(refusal.at))?;
            passed();
        }
        deeds.extend(changes.answers.iter().map(|(key, answer)| Deed::of_answer(key, answer)));
        tail.batches = tail.batches.saturating_add(1);
    }
    // What was done to one account stays in its order.
    deeds.sort_by_key(Deed::place);
    let mut grown = Vec::new();
    for deeds in deeds.chunk_by(|one, other| one.key == other.key) {
        grown.extend(write_deeds(connection, heads, deeds, care, passed)?);
    }
    save(connection, heads, grown)?;
    tail::save(connection, &tail)
}

impl<'a> Deed<'a> {
    fn of_commit(commit: &'a Commit, tail: &mut Tail) -> Deed<'a> {
        let (key, before) = (&commit.key, *tail);
        for entry in &commit.entries {
            tail.advance(entry.at);
        }
        Deed { account: numbers::of_account(key), key, what: What::Commit(commit, before) }
    }

    fn of_answer(key: &'a AnswerKey, answer: &'a Answer) -> Deed<'a> {
        let (account, number) = (numbers::of_account(&key.account), numbers::of_answer(key));
        Deed { account, key: &key.account, what: What::Answer(number, key, answer) }
    }

    /// Where it belongs among the others: commits of an account in their order, before its answers.
    fn place(&self) -> (i64, &'a AccountKey, Option<i64>) {
        let number = match self.what {
            What::Commit(..) => None,
            What::Answer(number, ..) => Some(number),
        };
        (self.account, self.key, number)
    }
}

/// Writes what was done to one account, but how it stands in the end.
fn write_deeds<'a>(
    connection: &Connection,
    heads: &mut Known<Head>,
    deeds: &[Deed<'a>],
    care: Care,
    passed: &mut dyn FnMut(),
) -> Result<Option<Grown<'a>>, StoreError> {
    let mut grown = None;
    for deed in deeds {
        match deed.what {
            What::Commit(commit, mut tail) => {
                let growing = match &mut grown {
                    Some(growing) => growing,
                    none => none.insert(Grown::begin(connection, heads, commit)?),
                };
                growing.write(connection, commit, &mut tail, care)?;
                passed();
            }
            What::Answer(_, key, answer) => care.take(answers::insert(connection, key, answer))?,
        }
    }
    Ok(grown)
}

impl<'a> Grown<'a> {
    fn begin(
        connection: &Connection,
        heads: &mut Known<Head>,
        commit: &'a Commit,
    ) -> Result<Grown<'a>, StoreError> {
        let before = match heads.get(&commit.key) {
            Some(head) => head.clone(),
            None => accounts::head(connection, &commit.key)?.unwrap_or_default(),
        };
        Ok(Grown {
            key: &commit.key,
            version: before.version,
            link: before.link,
            before,
            account: &commit.account,
            written: Written::default(),
        })
    }

    fn write(
        &mut self,
        connection: &Connection,
        commit: &'a Commit,
        tail: &mut Tail,
        care: Care,
    ) -> Result<(), StoreError> {
        self.version = check_commit(commit, self.version)?;
        for entry in &commit.entries {
            let position = tail.advance(entry.at);
            self.link = journal::append(connection, self.key, entry, position, &self.link, &commit.rows)?;
        }
        self.account = &commit.account;
        for row in &commit.rows {
            care.take(rows::write(connection, self.key, row, &mut self.written))?;
        }
        care.take(beside::write(connection, commit))
    }
}

/// Writes how accounts stand, in order of their keys, and what that makes of their organizations' totals.
fn save(
    connection: &Connection,
    heads: &mut Known<Head>,
    mut grown: Vec<Grown<'_>>,
) -> Result<(), StoreError> {
    grown.sort_by_key(|grown| grown.key);
    let mut tallies: BTreeMap<&OrganizationId, Tally> = BTreeMap::new();
    for Grown { key, before, version, link, account, written } in grown {
        accounts::save(connection, key, account, &before, &link, &written.tally)?;
        heads.keep(key, Head { version, link, listed: Listed::of(account) });
        tallies.entry(&key.organization).or_default().join(&written.tally);
    }
    let mut tallies = tallies.into_iter();
    tallies.try_for_each(|(shop, tally)| invoice_totals::change(connection, shop, &tally))
}
