use super::{Finding, PAGE, readable};
use crate::chain::{self, GENESIS, Link};
use crate::{JournalRow, Store, StoreError};
use fiado_core::account::{Book, Entry, LedgerAccount, postings};
use fiado_core::identity::AccountKey;
use fiado_core::money::Balance;
use std::collections::BTreeMap;

/// An account made again from its journal.
#[derive(Debug)]
pub(super) struct Replay {
    /// What the journal makes of the account and its rows.
    pub(super) book: Book,
    /// The last link of the chain, as it is stored.
    pub(super) link: Link,
    /// How many entries were read.
    pub(super) entries: u64,
    /// Whether every entry was there and could be read; else the book is not what it would be.
    pub(super) is_complete: bool,
    last: u64,
    ledger: BTreeMap<LedgerAccount, Balance>,
}

impl Replay {
    /// Replays an account's journal up to an entry, and reports what is wrong with it.
    pub(super) fn run(
        store: &dyn Store,
        key: &AccountKey,
        until: u64,
        find: &mut dyn FnMut(Finding),
    ) -> Result<Replay, StoreError> {
        let mut replay = Replay {
            book: Book::default(),
            link: GENESIS,
            entries: 0,
            is_complete: true,
            last: 0,
            ledger: BTreeMap::new(),
        };
        while replay.last < until {
            let Some(rows) = readable(store.journal(key, replay.last, PAGE), find)? else {
                replay.is_complete = false;
                break;
            };
            let before = replay.last;
            for row in rows.iter().filter(|row| row.sequence <= until) {
                replay.follow(row, find);
            }
            if replay.last == before {
                replay.miss(until, find);
            }
        }
        Ok(replay)
    }

    fn follow(&mut self, row: &JournalRow, find: &mut dyn FnMut(Finding)) {
        let sequence = row.sequence;
        if sequence != self.last.saturating_add(1) {
            self.miss(sequence.saturating_sub(1), find);
        } else if chain::link(&self.link, &row.key, sequence, &row.body) != row.hash {
            find(Finding::LinkBroken { sequence });
        }
        self.link = row.hash;
        self.last = sequence;
        self.entries = self.entries.saturating_add(1);
        match serde_json::from_slice(&row.body) {
            Ok(entry) => {
                check_label(row, &entry, find);
                self.replay(sequence, &entry, find);
            }
            Err(_) => {
                self.is_complete = false;
                find(Finding::EntryUnreadable { sequence });
            }
        }
    }

    /// The entries from the last one on are missing, up to `until`.
    fn miss(&mut self, until: u64, find: &mut dyn FnMut(Finding)) {
        self.is_complete = false;
        find(Finding::EntriesMissing { first: self.last.saturating_add(1), last: until });
        self.last = until;
    }

    fn replay(&mut self, sequence: u64, entry: &Entry, find: &mut dyn FnMut(Finding)) {
        if entry.sequence != sequence {
            find(Finding::EntryMisplaced { sequence, says: entry.sequence });
        }
        let mut sum = Balance::ZERO;
        for posting in postings(&entry.event) {
            sum = sum.plus(posting.value);
            let account = self.ledger.entry(posting.account).or_default();
            *account = account.plus(posting.value);
        }
        if sum != Balance::ZERO {
            find(Finding::Unbalanced { sequence });
        }
        self.book.replay(entry);
    }

    /// What an account of the general ledger has come to; a debit is positive.
    pub(super) fn ledger(&self, account: LedgerAccount) -> Balance {
        self.ledger.get(&account).copied().unwrap_or_default()
    }
}

/// What is kept beside an entry, to be looked for, is what the entry says.
fn check_label(row: &JournalRow, entry: &Entry, find: &mut dyn FnMut(Finding)) {
    if row.at != entry.at || row.kind != entry.event.word() {
        find(Finding::EntryMislabelled { sequence: row.sequence });
    }
}
