//! Accounts as this server has last seen them: another one may have changed them since.
//!
//! A batch that wants accounts which are all remembered, and beside them nothing but to know that its orders
//! and the keys of its answers are new, is decided without the database being asked. All of that is looked
//! at where the batch is written, behind the locks; where any of it is not so, nothing is written, and the
//! batch is decided again on what the database says, which is then remembered. So what is remembered may be
//! old, and never does harm.

use super::fold::Left;
use super::load::{Stand, Start};
use crate::known::Known;
use crate::{Loaded, Wanted};
use fiado_core::account::{Account, Book, InvoiceNeed, Needs};
use fiado_core::calendar::Instant;
use fiado_core::identity::AccountKey;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many batches at most are decided on what the database says, one after the other, before it is tried
/// again without asking: where several servers write to the same accounts, what is remembered is mostly old.
const LONGEST_DISTRUST: u32 = 64;

/// What a server remembers.
pub(in crate::postgres) struct Memory(Mutex<State>);

/// An account, and where it stood.
type Seen = (Arc<Account>, Stand);

struct State {
    accounts: Known<Seen>,
    /// No entry of what is remembered is later.
    newest: Option<Instant>,
    distrust: Distrust,
}

/// How often it was wrong of late.
#[derive(Default)]
struct Distrust {
    /// So many batches are not decided on what is remembered.
    left: u32,
    /// And so many the next time.
    next: u32,
}

impl Memory {
    /// Of at most so many accounts: those that were used last.
    pub(in crate::postgres) fn new(most: NonZeroUsize) -> Memory {
        let (accounts, distrust) = (Known::new(most), Distrust::default());
        Memory(Mutex::new(State { accounts, newest: None, distrust }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a batch wants, where all of it is remembered.
    pub(super) fn start(&self, wanted: &[Wanted]) -> Option<Start> {
        let (found, newest) = self.find(wanted)?;
        let mut start = Start { loaded: Loaded { newest, ..Loaded::default() }, stands: BTreeMap::new() };
        for (key, (account, stand)) in found {
            let book = Book { account: Arc::unwrap_or_clone(account), ..Book::default() };
            start.loaded.books.insert(key.clone(), book);
            start.stands.insert(key.clone(), stand);
        }
        Some(start)
    }

    /// The accounts of a batch, and the newest instant.
    fn find<'a>(&self, wanted: &'a [Wanted]) -> Option<(BTreeMap<&'a AccountKey, Seen>, Option<Instant>)> {
        let mut state = self.state();
        if wanted.is_empty() || !state.distrust.lets_try() {
            return None;
        }
        let mut found = BTreeMap::new();
        for Wanted { key, needs, .. } in wanted {
            let seen = state.accounts.get(key)?;
            if !can_be_assumed(needs, &seen.0) {
                return None;
            }
            found.insert(key, seen.clone());
        }
        Some((found, state.newest))
    }

    /// Remembers what was found behind locks.
    pub(super) fn take(&self, start: &Start) {
        let there = start.stands.iter().filter(|(_, stand)| stand.is_there());
        let seen: Vec<(&AccountKey, Seen)> = there
            .filter_map(|(key, stand)| {
                let book = start.loaded.books.get(key)?;
                Some((key, (Arc::new(book.account.clone()), stand.clone())))
            })
            .collect();
        let mut state = self.state();
        state.newest = state.newest.max(start.loaded.newest);
        seen.into_iter().for_each(|(key, seen)| state.accounts.keep(key, seen));
    }

    /// Remembers how a batch has left its accounts.
    pub(super) fn follow(&self, left: &Left<'_>, newest: Option<Instant>) {
        let mut state = self.state();
        state.newest = state.newest.max(newest);
        for (key, growing) in &left.accounts {
            state.accounts.keep(key, (Arc::clone(growing.account), growing.stand()));
        }
    }

    /// What was remembered has served.
    pub(super) fn was_right(&self) {
        self.state().distrust.next /= 2;
    }

    /// What was remembered, or what was assumed, was not so.
    pub(super) fn was_wrong(&self) {
        self.state().distrust.grow();
    }
}

impl Distrust {
    fn lets_try(&mut self) -> bool {
        let is_over = self.left == 0;
        self.left = self.left.saturating_sub(1);
        is_over
    }

    fn grow(&mut self) {
        self.next = self.next.saturating_mul(2).clamp(1, LONGEST_DISTRUST);
        self.left = self.next;
    }
}

/// Whether a command needs nothing of its account but the account itself, and that its order is new. Of an
/// account of which nothing is held no hold can expire.
fn can_be_assumed(needs: &Needs, account: &Account) -> bool {
    let Needs {
        order: _,
        transaction: None,
        payment: None,
        holder: None,
        adjustment: None,
        expired_by,
        invoices: InvoiceNeed::None,
    } = needs
    else {
        return false;
    };
    expired_by.is_none() || account.totals.held.is_zero()
}
