//! The embedded store: one file, one writer, readers beside it.
//!
//! It promises that what a call has written is on the disk when the call returns, that readers wait for
//! the writer only where they want to see what is not in the database yet, and that any number of
//! processes may use the same file, one writing at a time. It never rewrites what grows with an account's
//! history: its invoices, payments and the rest are rows, and each command touches its own.

mod ahead;
mod at_hand;
mod batch;
mod cells;
mod clerk;
#[cfg(test)]
mod crashes;
#[cfg(test)]
mod damage;
mod database;
mod desk;
mod error;
mod log;
mod migrations;
mod moving;
mod open;
#[cfg(test)]
mod paces;
#[cfg(test)]
mod plan;
mod query;
mod readers;
mod rebuild;
mod record;
mod redo;
mod rows;
mod scribe;
mod search;
mod tables;
mod turn;
mod writer;

use crate::known::USUALLY_CACHED;
use crate::moving::{Arrival, Departure};
use crate::{
    AccountFilter, AccountRecord, ApiKey, Changes, EntryRecord, HolderRecord, InvoiceFilter, InvoiceRecord,
    InvoiceTotals, JournalRow, ListedAccount, ListedUsage, Loaded, Organization, Page, PageRequest, Range,
    RequestRecord, RuleRecord, Store, StoreError, Stretch, Wanted,
};
use at_hand::Seen;
use fiado_core::account::{Book, Hold, Invoice, InvoiceState, Needs, Payment, StatementLine, Status};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, InvoiceId, OrganizationId, RuleId, TransactionId};
use fiado_core::profile::Email;
use readers::Readers;
use rusqlite::Connection;
use std::num::NonZeroUsize;
use std::path::Path;
use tables::{
    accounts, answers, contacts, credentials, holder_emails, holders, holds, invoices, journal,
    organizations, payment_rules, payments, statement, tail, usages,
};
use writer::{Pace, Writer};

/// A store in an SQLite file.
pub struct Sqlite {
    // Dropped first: whoever closes the file last empties its log, and a reader may not.
    readers: Readers,
    writer: Writer,
}

impl Sqlite {
    /// Opens the store in this file, and makes it if there is none: readable by its owner alone,
    /// with the organization `org_default` and a secret of its own to sign tokens with.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where the file cannot be opened, is not a store, was made by a
    /// newer version of this program, or where this SQLite may damage it;
    /// [`StoreError::Damaged`] where it is no database; [`StoreError::ImportUnfinished`].
    pub fn open(path: impl AsRef<Path>) -> Result<Sqlite, StoreError> {
        Sqlite::open_caching(path, USUALLY_CACHED)
    }

    /// The same, with at most so many accounts in memory: those that were used last.
    ///
    /// # Errors
    /// As [`Sqlite::open`].
    pub fn open_caching(path: impl AsRef<Path>, accounts: NonZeroUsize) -> Result<Sqlite, StoreError> {
        Sqlite::open_for(path.as_ref(), accounts, Pace::USUAL)
    }

    fn open_for(path: &Path, accounts: NonZeroUsize, pace: Pace) -> Result<Sqlite, StoreError> {
        open::check_version(rusqlite::version_number())?;
        open::create_file(path)?;
        let writer = Writer::open(path, accounts, pace)?;
        Ok(Sqlite { readers: Readers::new(path.to_owned()), writer })
    }

    /// Lets everybody read what has been answered, whatever they read it with.
    #[cfg(test)]
    fn show(&self) -> Result<(), StoreError> {
        self.writer.show()
    }

    /// Reads everything that has been answered.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.writer.show()?;
        self.readers.read(work)
    }

    /// Reads everything that has been answered of an account.
    fn read_of<T>(
        &self,
        key: &AccountKey,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match self.writer.at_hand().seen(key) {
            Seen::InDatabase => self.readers.read(work),
            Seen::Like(_) | Seen::NotYet => self.read(work),
        }
    }

    /// An account as far as it can be told without waiting for the scribe: how it stands is known where it
    /// was changed just now. `None`: it cannot.
    fn find_account(
        &self,
        key: &AccountKey,
        now: Instant,
    ) -> Result<Option<Option<AccountRecord>>, StoreError> {
        match self.writer.at_hand().seen(key) {
            Seen::InDatabase => record::read(&self.readers, key, now).map(Some),
            Seen::Like(account) if account.totals.held.is_zero() => {
                let version = account.version;
                let record = record::complete(&self.readers, key, account)?;
                match self.writer.at_hand().seen(key) {
                    Seen::Like(account) if account.version == version => Ok(Some(Some(record))),
                    // It has changed, and what stands beside it perhaps too.
                    _ => Ok(None),
                }
            }
            Seen::Like(_) | Seen::NotYet => Ok(None),
        }
    }

    /// The same, or with waiting for the scribe, of an account that is not in memory; kept for those who ask
    /// next.
    fn account_or(
        &self,
        key: &AccountKey,
        now: Instant,
        otherwise: impl FnOnce() -> Result<Option<Option<AccountRecord>>, StoreError>,
    ) -> Result<Option<Option<AccountRecord>>, StoreError> {
        let at_hand = self.writer.at_hand();
        let moment = at_hand.moment();
        let found = match self.find_account(key, now)? {
            Some(found) => Some(found),
            None => otherwise()?,
        };
        if let Some(Some(record)) = &found {
            at_hand.keep(key, record, moment);
        }
        Ok(found)
    }

    /// Begins to fill the store in this file, which is made if there is none, with what an export
    /// holds. Where an import was begun there before, what came of it is removed.
    ///
    /// # Errors
    /// [`StoreError::NotNew`] where it holds anything that a new store does not, and as
    /// [`Sqlite::open`].
    pub fn fill(path: impl AsRef<Path>) -> Result<Box<dyn Arrival>, StoreError> {
        // What a crash has left to be done is done by whoever opens it as a store.
        match Sqlite::open(&path) {
            Ok(_) | Err(StoreError::ImportUnfinished) => {}
            Err(error) => return Err(error),
        }
        Ok(Box::new(moving::Filling::begin(path.as_ref())?))
    }
}

impl Store for Sqlite {
    fn batch(&self, wanted: &[Wanted], work: &mut dyn FnMut(Loaded) -> Changes) -> Result<(), StoreError> {
        self.writer.batch(wanted, work)
    }

    fn can_write(&self) -> Result<(), StoreError> {
        self.writer.can_write()
    }

    fn account_at_hand(
        &self,
        key: &AccountKey,
        now: Instant,
    ) -> Result<Option<Option<AccountRecord>>, StoreError> {
        match self.writer.at_hand().record(key) {
            Some(record) => Ok(Some(Some(record))),
            None if self.readers.are_free() => self.account_or(key, now, || Ok(None)),
            None => Ok(None),
        }
    }

    fn forget_answers(&self, before: Instant, most: usize) -> Result<usize, StoreError> {
        self.writer.write(|transaction| answers::forget(transaction, before, most))
    }

    fn organization(&self, id: &OrganizationId) -> Result<Option<Organization>, StoreError> {
        self.readers.ask(|connection| organizations::find(connection, id))
    }

    fn organization_or_new(&self, id: &OrganizationId) -> Result<(Organization, bool), StoreError> {
        match self.organization(id)? {
            Some(organization) => Ok((organization, false)),
            None => self.writer.write(|transaction| organizations::find_or_make(transaction, id)),
        }
    }

    fn change_organization(
        &self,
        id: &OrganizationId,
        change: &mut dyn FnMut(&mut Organization),
    ) -> Result<Organization, StoreError> {
        // Its currency stays where it has accounts.
        self.writer.write_after_all(|transaction| organizations::change(transaction, id, change))
    }

    fn rules(&self, organization: &OrganizationId) -> Result<Vec<RuleRecord>, StoreError> {
        self.readers.ask(|connection| payment_rules::list(connection, organization))
    }

    fn add_rule(
        &self,
        organization: &OrganizationId,
        rule: &RuleRecord,
        most: usize,
    ) -> Result<bool, StoreError> {
        self.writer.write(|transaction| payment_rules::add(transaction, organization, rule, most))
    }

    fn replace_rule(&self, organization: &OrganizationId, rule: &RuleRecord) -> Result<bool, StoreError> {
        self.writer.write(|transaction| payment_rules::replace(transaction, organization, rule))
    }

    fn remove_rule(&self, organization: &OrganizationId, rule: &RuleId) -> Result<bool, StoreError> {
        self.writer.write(|transaction| payment_rules::remove(transaction, organization, rule))
    }

    fn add_key(&self, key: &ApiKey) -> Result<(), StoreError> {
        self.writer.write(|transaction| credentials::add_key(transaction, key))
    }

    fn key(&self, app_key: &str) -> Result<Option<ApiKey>, StoreError> {
        self.readers.ask(|connection| credentials::find_key(connection, app_key))
    }

    fn signing_key(&self) -> Result<[u8; 32], StoreError> {
        self.readers.ask(credentials::signing_key)
    }

    fn account(&self, key: &AccountKey, now: Instant) -> Result<Option<AccountRecord>, StoreError> {
        if let Some(record) = self.writer.at_hand().record(key) {
            return Ok(Some(record));
        }
        let find = || self.read_of(key, |moment| record::find(moment, key, now)).map(Some);
        Ok(self.account_or(key, now, find)?.flatten())
    }

    fn book_for(&self, key: &AccountKey, needs: &Needs) -> Result<Option<Book>, StoreError> {
        self.read_of(key, |moment| batch::load_one(moment, key, needs))
    }

    fn live_holds(&self, key: &AccountKey, now: Instant, most: usize) -> Result<Vec<Hold>, StoreError> {
        self.read_of(key, |moment| holds::live(moment, key, now, most))
    }

    fn accounts(
        &self,
        organization: &OrganizationId,
        filter: &AccountFilter,
        range: &Range,
        now: Instant,
    ) -> Result<(Vec<ListedAccount>, u64), StoreError> {
        self.read(|moment| {
            let (customers, count) = crate::search::accounts::find(moment, organization, filter, range)?;
            let keys = customers
                .into_iter()
                .map(|customer| AccountKey { organization: organization.clone(), customer });
            Ok((record::list(moment, keys, now)?, count))
        })
    }

    fn account_of_shopper(
        &self,
        organization: &OrganizationId,
        email: &Email,
    ) -> Result<Option<AccountKey>, StoreError> {
        self.read(|moment| {
            let own = |is_open| contacts::of_shopper(moment, organization, email, is_open);
            let customer = match own(true)? {
                Some(customer) => Some(customer),
                None => match holder_emails::of_shopper(moment, organization, email)? {
                    Some(customer) => Some(customer),
                    None => own(false)?,
                },
            };
            Ok(customer.map(|customer| AccountKey { organization: organization.clone(), customer }))
        })
    }

    fn accounts_with_expired_holds(&self, now: Instant, most: usize) -> Result<Vec<AccountKey>, StoreError> {
        // Asked again and again: what is not written yet has not to be for it, and is found the next time.
        self.readers.read(|moment| holds::accounts_with_expired(moment, now, most))
    }

    fn holders(&self, key: &AccountKey) -> Result<Vec<HolderRecord>, StoreError> {
        self.read_of(key, |moment| holders::list(moment, key))
    }

    fn requests(
        &self,
        organization: &OrganizationId,
        status: Option<Status>,
        page: &PageRequest,
    ) -> Result<Page<RequestRecord>, StoreError> {
        self.read(|moment| accounts::requests(moment, organization, status, page))
    }

    fn usages(&self, key: &AccountKey, page: &PageRequest) -> Result<Page<ListedUsage>, StoreError> {
        self.read_of(key, |moment| usages::list(moment, key, page))
    }

    fn invoices_of(&self, key: &AccountKey, transaction: &TransactionId) -> Result<Vec<Invoice>, StoreError> {
        self.read_of(key, |moment| invoices::of_purchase(moment, key, transaction))
    }

    fn invoice(&self, key: &AccountKey, id: &InvoiceId) -> Result<Option<InvoiceRecord>, StoreError> {
        self.read_of(key, |moment| invoices::find_present(moment, key, id))
    }

    fn find_invoices(
        &self,
        organization: &OrganizationId,
        filter: &InvoiceFilter,
        range: &Range,
    ) -> Result<(Vec<InvoiceRecord>, InvoiceTotals), StoreError> {
        self.read(|moment| crate::search::invoices::find(moment, organization, filter, range))
    }

    fn invoices(
        &self,
        key: &AccountKey,
        state: Option<InvoiceState>,
        page: &PageRequest,
    ) -> Result<Page<Invoice>, StoreError> {
        self.read_of(key, |moment| invoices::list(moment, key, state, page))
    }

    fn payments(&self, key: &AccountKey, page: &PageRequest) -> Result<Page<Payment>, StoreError> {
        self.read_of(key, |moment| payments::list(moment, key, page))
    }

    fn statement(&self, key: &AccountKey, page: &PageRequest) -> Result<Page<StatementLine>, StoreError> {
        self.read_of(key, |moment| statement::list(moment, key, page))
    }

    fn statement_stretch(
        &self,
        key: &AccountKey,
        from: Option<Instant>,
        before: Option<Instant>,
        most: usize,
    ) -> Result<Stretch, StoreError> {
        self.read_of(key, |moment| {
            let account = accounts::find(moment, key)?.map(|(account, _)| account);
            let Some(life) = account.and_then(|account| account.life) else {
                return Ok(Stretch::default());
            };
            statement::stretch(moment, key, life.began, (from, before), most)
        })
    }

    fn entries(&self, key: &AccountKey, page: &PageRequest) -> Result<Page<EntryRecord>, StoreError> {
        self.read_of(key, |moment| journal::list(moment, key, page))
    }

    fn newest_instant(&self) -> Result<Option<Instant>, StoreError> {
        self.read(|moment| Ok(tail::read(moment)?.newest_at))
    }

    fn account_keys(&self, after: Option<&AccountKey>, most: usize) -> Result<Vec<AccountKey>, StoreError> {
        self.read(|moment| accounts::keys(moment, after, most))
    }

    fn journal(&self, key: &AccountKey, after: u64, most: usize) -> Result<Vec<JournalRow>, StoreError> {
        self.read_of(key, |moment| journal::after(moment, key, after, most))
    }

    fn book(&self, key: &AccountKey) -> Result<Option<(Book, [u8; 32])>, StoreError> {
        self.read_of(key, |moment| record::book(moment, key))
    }

    fn departure(&self) -> Result<Box<dyn Departure + '_>, StoreError> {
        self.writer.show()?;
        Ok(Box::new(moving::leave(self.readers.path())?))
    }
}
