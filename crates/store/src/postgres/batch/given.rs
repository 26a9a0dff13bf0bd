//! The answers that a batch gives: what keeps two from being given under one key.
//!
//! Behind the lock on an account's row nobody else answers for it, so that an answer which is looked for
//! there, and not found, is new: before a batch is decided, or, where its accounts are remembered, as it is
//! written. Where there is no row to lock, or nobody has looked, the number of the
//! account is locked before anything is written, and the answer is looked for once more. Whoever makes an
//! account locks its number too: so nobody answers for a customer without one while somebody else, who
//! would find the account, answers under the same key.

use super::load::{Stand, Stands};
use crate::postgres::tables::answers;
use crate::{Answer, AnswerKey, Changes, StoreError, Wanted, numbers};
use fiado_core::identity::AccountKey;
use std::collections::BTreeSet;

/// The answers of a batch.
pub(super) struct Given<'a> {
    /// In the order of their keys.
    pub(super) all: Vec<AnswerRow<'a>>,
    /// Those that may have been given meanwhile.
    pub(super) to_be_sought: Vec<&'a AnswerKey>,
    /// The accounts that are not there yet, unless somebody has made them meanwhile.
    pub(super) of_nobody: BTreeSet<&'a AccountKey>,
    /// What is to be locked, in this order.
    pub(super) locks: BTreeSet<i64>,
}

/// An answer with the number that it is found by.
pub(super) struct AnswerRow<'a> {
    pub(super) number: i64,
    pub(super) key: &'a AnswerKey,
    pub(super) answer: &'a Answer,
}

impl<'a> Given<'a> {
    /// The answers of a batch whose accounts stand so, and that wanted these things.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where two are under one key.
    pub(super) fn of(
        changes: &'a Changes,
        wanted: &[Wanted],
        stands: &Stands,
    ) -> Result<Given<'a>, StoreError> {
        let is_there = |key: &AccountKey| stands.get(key).is_some_and(Stand::is_there);
        let asked: BTreeSet<&AnswerKey> = wanted.iter().filter_map(|wanted| wanted.answer.as_ref()).collect();
        let mut keys = BTreeSet::new();
        let mut given = Given {
            all: Vec::new(),
            to_be_sought: Vec::new(),
            of_nobody: BTreeSet::new(),
            locks: BTreeSet::new(),
        };
        for (key, answer) in &changes.answers {
            if !keys.insert(key) {
                return Err(StoreError::Conflict(key.account.clone()));
            }
            let of_nobody = !is_there(&key.account);
            if of_nobody || !asked.contains(key) {
                given.to_be_sought.push(key);
                given.locks.insert(numbers::of_account(&key.account));
            }
            if of_nobody && stands.contains_key(&key.account) {
                given.of_nobody.insert(&key.account);
            }
            given.all.push(AnswerRow { number: answers::number(key), key, answer });
        }
        for commit in changes.commits.iter().filter(|commit| !is_there(&commit.key)) {
            given.locks.insert(numbers::of_account(&commit.key));
            // It is made here, and nobody else can have made it.
            given.of_nobody.remove(&commit.key);
        }
        given.all.sort_by_key(|row| row.key);
        Ok(given)
    }
}
