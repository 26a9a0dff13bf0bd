//! The store in PostgreSQL: one database, any number of servers.
//!
//! It promises that what a call has written is durable when the call returns, that readers never
//! wait for a writer, and that of two servers which decide on one account at once, the second decides
//! again on what the first has written. It never rewrites what holds more than one thing, and asks for a
//! batch of any size in a fixed number of statements.
//!
//! Any thread may call it, also one that runs asynchronous tasks: whoever waits for an answer drives its
//! connection meanwhile.

mod address;
mod batch;
mod cells;
mod connect;
mod connection;
mod connections;
mod doubt;
mod error;
mod migrations;
mod moving;
#[cfg(test)]
mod plans;
mod probe;
mod record;
#[cfg(test)]
mod remembered;
#[cfg(test)]
mod rivals;
mod searched;
mod session;
mod tables;
#[cfg(test)]
mod unconfirmed;
mod unnest;
mod waiting;

use crate::known::USUALLY_CACHED;
use crate::moving::{Arrival, Departure};
use crate::search;
use crate::{
    AccountFilter, AccountRecord, ApiKey, Changes, EntryRecord, HolderRecord, InvoiceFilter, InvoiceRecord,
    InvoiceTotals, JournalRow, ListedAccount, ListedUsage, Loaded, Organization, Page, PageRequest, Range,
    RequestRecord, RuleRecord, Setbacks, Store, StoreError, Stretch, Wanted,
};
use address::Address;
use batch::Memory;
use connections::Connections;
use fiado_core::account::{Book, Hold, Invoice, InvoiceState, Needs, Payment, StatementLine, Status};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, InvoiceId, OrganizationId, RuleId, TransactionId};
use fiado_core::profile::Email;
use std::num::NonZeroUsize;
use tables::{
    accounts, answers, credentials, holders, holds, invoices, journal, organizations, payment_rules,
    payments, shoppers, statement, totals, usages,
};

/// A store in a PostgreSQL database.
pub struct Postgres {
    connections: Connections,
    memory: Memory,
    is_new: bool,
}

impl Postgres {
    /// How many connections a store has at most, where nobody says otherwise.
    pub const USUAL_CONNECTIONS: usize = 8;

    /// Opens the store in the database at this URL
    /// (`postgres://user:password@host1,host2/database?target_session_attrs=read-write`), with at most
    /// so many connections, and makes it if the database is empty: with the organization
    /// `org_default` and a secret of its own to sign tokens with. With `sslmode=require` the server
    /// must show a certificate that this machine trusts.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where the database cannot be reached, would not keep what it is
    /// given, is another program's, or was made by a newer version of this one;
    /// [`StoreError::ImportUnfinished`]. No error holds the password.
    pub fn open(url: &str, connections: usize) -> Result<Postgres, StoreError> {
        let connections = Connections::new(Address::parse(url)?, connections)?;
        let is_new = connections.write(migrations::bring_up_to_date)?;
        connections.read(moving::check_is_finished)?;
        Ok(Postgres { connections, memory: Memory::new(USUALLY_CACHED), is_new })
    }

    /// The same, but makes no store where there is none.
    ///
    /// # Errors
    /// As [`Postgres::open`], and [`StoreError::Unavailable`] where the database has no store.
    pub fn open_existing(url: &str, connections: usize) -> Result<Postgres, StoreError> {
        let looking = Connections::new(Address::parse(url)?, 1)?;
        if looking.read(migrations::is_empty)? {
            return Err(StoreError::Unavailable("there is no store in this database".to_owned()));
        }
        Postgres::open(url, connections)
    }

    /// Begins to fill the store in the database at this URL, which is made if the database is empty,
    /// with what an export holds. Where an import was begun there before, what came of it is removed.
    ///
    /// # Errors
    /// [`StoreError::NotNew`] where it holds anything that a new store does not, and as
    /// [`Postgres::open`].
    pub fn fill(url: &str) -> Result<Box<dyn Arrival>, StoreError> {
        Ok(Box::new(moving::Filling::begin(url)?))
    }

    /// The same, with at most so many accounts in memory: those that were used last.
    pub fn caching(self, accounts: NonZeroUsize) -> Postgres {
        Postgres { memory: Memory::new(accounts), ..self }
    }

    /// Whether opening it has made it.
    pub fn is_new(&self) -> bool {
        self.is_new
    }
}

impl Store for Postgres {
    fn batch(&self, wanted: &[Wanted], work: &mut dyn FnMut(Loaded) -> Changes) -> Result<(), StoreError> {
        batch::run(&self.connections, &self.memory, wanted, work)
    }

    fn batches_at_once(&self) -> usize {
        self.connections.batches_at_once()
    }

    fn can_write(&self) -> Result<(), StoreError> {
        probe::commits(&self.connections)
    }

    fn setbacks(&self) -> Setbacks {
        self.connections.setbacks()
    }

    fn forget_answers(&self, before: Instant, most: usize) -> Result<usize, StoreError> {
        self.connections.write(|transaction| answers::forget(transaction, before, most))
    }

    fn organization(&self, id: &OrganizationId) -> Result<Option<Organization>, StoreError> {
        self.connections.look(|moment| organizations::find(moment, id))
    }

    fn organization_or_new(&self, id: &OrganizationId) -> Result<(Organization, bool), StoreError> {
        match self.organization(id)? {
            Some(organization) => Ok((organization, false)),
            None => self.connections.write(|transaction| organizations::find_or_make(transaction, id)),
        }
    }

    fn change_organization(
        &self,
        id: &OrganizationId,
        change: &mut dyn FnMut(&mut Organization),
    ) -> Result<Organization, StoreError> {
        self.connections.write(|transaction| organizations::change(transaction, id, change))
    }

    fn rules(&self, organization: &OrganizationId) -> Result<Vec<RuleRecord>, StoreError> {
        self.connections.look(|moment| payment_rules::list(moment, organization))
    }

    fn add_rule(
        &self,
        organization: &OrganizationId,
        rule: &RuleRecord,
        most: usize,
    ) -> Result<bool, StoreError> {
        self.connections.write(|transaction| payment_rules::add(transaction, organization, rule, most))
    }

    fn replace_rule(&self, organization: &OrganizationId, rule: &RuleRecord) -> Result<bool, StoreError> {
        self.connections.write(|transaction| payment_rules::replace(transaction, organization, rule))
    }

    fn remove_rule(&self, organization: &OrganizationId, rule: &RuleId) -> Result<bool, StoreError> {
        self.connections.write(|transaction| payment_rules::remove(transaction, organization, rule))
    }

    fn add_key(&self, key: &ApiKey) -> Result<(), StoreError> {
        self.connections.write(|transaction| credentials::add_key(transaction, key))
    }

    fn key(&self, app_key: &str) -> Result<Option<ApiKey>, StoreError> {
        self.connections.look(|moment| credentials::find_key(moment, app_key))
    }

    fn signing_key(&self) -> Result<[u8; 32], StoreError> {
        self.connections.look(credentials::signing_key)
    }

    fn account(&self, key: &AccountKey, now: Instant) -> Result<Option<AccountRecord>, StoreError> {
        self.connections.look(|moment| record::find(moment, key, now))
    }

    fn book_for(&self, key: &AccountKey, needs: &Needs) -> Result<Option<Book>, StoreError> {
        self.connections.read(|moment| batch::load_one(moment, key, needs))
    }

    fn live_holds(&self, key: &AccountKey, now: Instant, most: usize) -> Result<Vec<Hold>, StoreError> {
        self.connections.look(|moment| holds::live(moment, key, now, most))
    }

    fn accounts(
        &self,
        organization: &OrganizationId,
        filter: &AccountFilter,
        range: &Range,
        now: Instant,
    ) -> Result<(Vec<ListedAccount>, u64), StoreError> {
        self.connections.read(|moment| {
            let (customers, count) = search::accounts::find(moment, organization, filter, range)?;
            Ok((record::list(moment, organization, customers, now)?, count))
        })
    }

    fn account_of_shopper(
        &self,
        organization: &OrganizationId,
        email: &Email,
    ) -> Result<Option<AccountKey>, StoreError> {
        self.connections.look(|moment| {
            let customer = shoppers::find(moment, organization, email)?;
            Ok(customer.map(|customer| AccountKey { organization: organization.clone(), customer }))
        })
    }

    fn accounts_with_expired_holds(&self, now: Instant, most: usize) -> Result<Vec<AccountKey>, StoreError> {
        self.connections.look(|moment| holds::accounts_with_expired(moment, now, most))
    }

    fn holders(&self, key: &AccountKey) -> Result<Vec<HolderRecord>, StoreError> {
        self.connections.look(|moment| holders::list(moment, key))
    }

    fn requests(
        &self,
        organization: &OrganizationId,
        status: Option<Status>,
        page: &PageRequest,
    ) -> Result<Page<RequestRecord>, StoreError> {
        self.connections.read(|moment| accounts::requests(moment, organization, status, page))
    }

    fn usages(&self, key: &AccountKey, page: &PageRequest) -> Result<Page<ListedUsage>, StoreError> {
        self.connections.read(|moment| usages::list(moment, key, page))
    }

    fn invoices_of(&self, key: &AccountKey, transaction: &TransactionId) -> Result<Vec<Invoice>, StoreError> {
        self.connections.look(|moment| invoices::of_purchase(moment, key, transaction))
    }

    fn invoice(&self, key: &AccountKey, id: &InvoiceId) -> Result<Option<InvoiceRecord>, StoreError> {
        self.connections.look(|moment| invoices::find_present(moment, key, id))
    }

    fn find_invoices(
        &self,
        organization: &OrganizationId,
        filter: &InvoiceFilter,
        range: &Range,
    ) -> Result<(Vec<InvoiceRecord>, InvoiceTotals), StoreError> {
        self.connections.read(|moment| search::invoices::find(moment, organization, filter, range))
    }

    fn invoices(
        &self,
        key: &AccountKey,
        state: Option<InvoiceState>,
        page: &PageRequest,
    ) -> Result<Page<Invoice>, StoreError> {
        self.connections.read(|moment| invoices::list(moment, key, state, page))
    }

    fn payments(&self, key: &AccountKey, page: &PageRequest) -> Result<Page<Payment>, StoreError> {
        self.connections.read(|moment| payments::list(moment, key, page))
    }

    fn statement(&self, key: &AccountKey, page: &PageRequest) -> Result<Page<StatementLine>, StoreError> {
        self.connections.read(|moment| statement::list(moment, key, page))
    }

    fn statement_stretch(
        &self,
        key: &AccountKey,
        from: Option<Instant>,
        before: Option<Instant>,
        most: usize,
    ) -> Result<Stretch, StoreError> {
        self.connections.read(|moment| {
            let account = accounts::find(moment, key)?.map(|(account, _)| account);
            let Some(life) = account.and_then(|account| account.life) else {
                return Ok(Stretch::default());
            };
            statement::stretch(moment, key, life.began, (from, before), most)
        })
    }

    fn entries(&self, key: &AccountKey, page: &PageRequest) -> Result<Page<EntryRecord>, StoreError> {
        self.connections.read(|moment| journal::list(moment, key, page))
    }

    fn newest_instant(&self) -> Result<Option<Instant>, StoreError> {
        self.connections.look(totals::newest_at)
    }

    fn account_keys(&self, after: Option<&AccountKey>, most: usize) -> Result<Vec<AccountKey>, StoreError> {
        self.connections.look(|moment| accounts::keys(moment, after, most))
    }

    fn journal(&self, key: &AccountKey, after: u64, most: usize) -> Result<Vec<JournalRow>, StoreError> {
        self.connections.look(|moment| journal::after(moment, key, after, most))
    }

    fn book(&self, key: &AccountKey) -> Result<Option<(Book, [u8; 32])>, StoreError> {
        self.connections.read(|moment| record::book(moment, key))
    }

    fn departure(&self) -> Result<Box<dyn Departure + '_>, StoreError> {
        Ok(Box::new(moving::leave(&self.connections)?))
    }
}
