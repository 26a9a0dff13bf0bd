//! Whether what is stored agrees with itself: every journal is replayed and held against its
//! chain and its account's rows.
//!
//! It promises to find any entry, link, row or figure that was changed, lost or added by anything
//! but the engine, except by somebody who has written the whole rest of an account's chain anew.
//! It never changes anything, and may run beside a server that writes: an account is read as it
//! is at one moment, and its journal, which only grows, up to the version of that moment.

mod compare;
mod difference;
mod replay;

pub use difference::{Difference, Fault, Figure, Finding};

use crate::{InvoiceFilter, InvoiceTotals, Range, Store, StoreError};
use compare::compare;
use fiado_core::account::Book;
use fiado_core::identity::AccountKey;
use replay::Replay;
use std::num::NonZeroUsize;
use std::thread;

/// How many rows are read at once.
const PAGE: usize = 500;

/// How many accounts are looked at before anything is reported, by as many threads as there are
/// processors.
const ACCOUNTS: usize = 2_000;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// How many accounts.
    pub accounts: u64,
    /// How many entries of their journals.
    pub entries: u64,
    /// How many differences were reported.
    pub differences: u64,
}

/// Replays the journal of every account and reports what differs from what is stored.
///
/// # Errors
/// [`StoreError::Unavailable`] where the store cannot be read, [`StoreError::Damaged`] where not
/// even its accounts' keys can be. Whatever else cannot be understood is a difference.
pub fn verify(store: &dyn Store, report: &mut dyn FnMut(Difference)) -> Result<Summary, StoreError> {
    let mut summary = Summary::default();
    let mut last: Option<AccountKey> = None;
    loop {
        let keys = store.account_keys(last.as_ref(), ACCOUNTS)?;
        for (entries, differences) in verify_accounts(store, &keys)? {
            summary.accounts = summary.accounts.saturating_add(1);
            summary.entries = summary.entries.saturating_add(entries);
            for difference in differences {
                summary.differences = summary.differences.saturating_add(1);
                report(difference);
            }
        }
        match keys.into_iter().last() {
            Some(key) => last = Some(key),
            None => return Ok(summary),
        }
    }
}

/// How many entries an account has, and what was found of it.
type Verified = (u64, Vec<Difference>);

/// Verifies accounts, each part of them on a thread of its own; what was found is in their order.
fn verify_accounts(store: &dyn Store, keys: &[AccountKey]) -> Result<Vec<Verified>, StoreError> {
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    thread::scope(|scope| {
        let parts = keys.chunks(keys.len().div_ceil(threads).max(1));
        let parts: Vec<_> = parts.map(|part| scope.spawn(move || verify_part(store, part))).collect();
        let stopped = |_| vec![Err(StoreError::Unavailable("a thread stopped".to_owned()))];
        parts.into_iter().flat_map(|part| part.join().unwrap_or_else(stopped)).collect()
    })
}

fn verify_part(store: &dyn Store, keys: &[AccountKey]) -> Vec<Result<Verified, StoreError>> {
    let verified = keys.iter().map(|key| {
        let mut differences = Vec::new();
        let mut find = |finding| differences.push(Difference { key: key.clone(), finding });
        let entries = verify_account(store, key, &mut find)?;
        Ok((entries, differences))
    });
    verified.collect()
}

/// Verifies one account; says how many entries its journal has.
fn verify_account(
    store: &dyn Store,
    key: &AccountKey,
    find: &mut dyn FnMut(Finding),
) -> Result<u64, StoreError> {
    let (stored, head) = match readable(store.book(key), find)? {
        Some(Some(found)) => found,
        Some(None) => {
            find(Finding::AccountMissing);
            return Ok(0);
        }
        None => return Ok(0),
    };
    let replay = Replay::run(store, key, stored.account.version, find)?;
    if replay.is_complete {
        if replay.link != head {
            find(Finding::HeadDiffers);
        }
        compare(&stored, &replay, find);
        check_totals(store, key, &stored, find)?;
    }
    check_end(store, key, stored.account.version, find)?;
    Ok(replay.entries)
}

/// The kept totals of an account are those of its invoices, unless a server has written to it
/// since it was read.
fn check_totals(
    store: &dyn Store,
    key: &AccountKey,
    stored: &Book,
    find: &mut dyn FnMut(Finding),
) -> Result<(), StoreError> {
    let Some(updated_at) = stored.account.life.as_ref().map(|life| life.updated_at) else {
        return Ok(());
    };
    let filter = InvoiceFilter { customer: Some(key.customer.clone()), ..InvoiceFilter::default() };
    let none = Range { first: u64::MAX, last: u64::MAX };
    let Some((_, kept)) = readable(store.find_invoices(&key.organization, &filter, &none), find)? else {
        return Ok(());
    };
    let now = readable(store.account(key, updated_at), find)?.flatten();
    let is_as_it_was = now.is_some_and(|now| now.account.version == stored.account.version);
    if is_as_it_was && kept != totals(stored) {
        find(Finding::TotalsDiffer);
    }
    Ok(())
}

/// What the invoices of the present life come to.
fn totals(book: &Book) -> InvoiceTotals {
    let mut totals = InvoiceTotals::default();
    for invoice in book.invoices.values().filter(|invoice| !invoice.past) {
        let total = totals.of_mut(invoice.state);
        total.count = total.count.saturating_add(1);
        total.minor = total.minor.saturating_add(u128::from(invoice.value.minor()));
    }
    totals
}

/// The journal ends where the account does, unless a server has written to both meanwhile.
fn check_end(
    store: &dyn Store,
    key: &AccountKey,
    version: u64,
    find: &mut dyn FnMut(Finding),
) -> Result<(), StoreError> {
    let beyond = readable(store.journal(key, version, 1), find)?;
    let Some(row) = beyond.and_then(|rows| rows.into_iter().next()) else {
        return Ok(());
    };
    let now = readable(store.account(key, row.at), find)?.flatten();
    if now.is_none_or(|now| now.account.version <= version) {
        find(Finding::JournalGoesOn { version });
    }
    Ok(())
}

/// What was read; nothing, and a finding, where it is there but makes no sense.
fn readable<T>(read: Result<T, StoreError>, find: &mut dyn FnMut(Finding)) -> Result<Option<T>, StoreError> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(StoreError::Damaged(why)) => {
            find(Finding::Unreadable(why));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
