//! The embedded store: one file, one writer, readers beside it.
//!
//! It promises that what a call has written is on the disk when the call returns, that readers
//! never wait for the writer, and that any number of processes may use the same file, one writing
//! at a time. It never rewrites what holds more than one thing: an account's invoices, ladder and
//! statement are rows, and each command touches its own.

mod batch;
mod cells;
#[cfg(test)]
mod damage;
mod error;
mod log;
mod migrations;
mod open;
mod paging;
#[cfg(test)]
mod plan;
mod query;
mod readers;
mod tables;
mod writer;

use crate::{
    AccountRecord, ApiKey, Changes, JournalRow, ListedUsage, Loaded, Organization, Page, PageRequest,
    RequestRecord, Store, StoreError, Wanted,
};
use fiado_core::account::{Book, Invoice, Payment, StatementLine, Status};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, ChildId, OrganizationId};
use readers::Readers;
use std::path::Path;
use tables::{
    accounts, answers, credentials, invoices, journal, organizations, payments, profiles, remarks, statement,
    tail, usages,
};
use writer::Writer;

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
    /// [`StoreError::Damaged`] where it is no database.
    pub fn open(path: impl AsRef<Path>) -> Result<Sqlite, StoreError> {
        let path = path.as_ref();
        open::check_version(rusqlite::version_number())?;
        open::create_file(path)?;
        Ok(Sqlite { readers: Readers::new(path.to_owned()), writer: Writer::open(path)? })
    }
}

impl Store for Sqlite {
    fn batch(&self, wanted: &[Wanted], work: &mut dyn FnMut(Loaded) -> Changes) -> Result<(), StoreError> {
        self.writer.write(|transaction| batch::run(transaction, wanted, work))
    }

    fn forget_answers(&self, before: Instant, most: usize) -> Result<usize, StoreError> {
        self.writer.write(|transaction| answers::forget(transaction, before, most))
    }

    fn organization(&self, id: &OrganizationId) -> Result<Option<Organization>, StoreError> {
        self.readers.read(|moment| organizations::find(moment, id))
    }

    fn organization_or_new(&self, id: &OrganizationId) -> Result<(Organization, bool), StoreError> {
        match self.organization(id)? {
            Some(organization) => Ok((organization, false)),
            None => self.writer.write(|transaction| organizations::find_or_make(transaction, id)),
        }
    }

    fn save_organization(&self, organization: &Organization) -> Result<(), StoreError> {
        self.writer.write(|transaction| organizations::save(transaction, organization))
    }

    fn add_key(&self, key: &ApiKey) -> Result<(), StoreError> {
        self.writer.write(|transaction| credentials::add_key(transaction, key))
    }

    fn key(&self, app_key: &str) -> Result<Option<ApiKey>, StoreError> {
        self.readers.read(|moment| credentials::find_key(moment, app_key))
    }

    fn signing_key(&self) -> Result<[u8; 32], StoreError> {
        self.readers.read(credentials::signing_key)
    }

    fn account(&self, key: &AccountKey) -> Result<Option<AccountRecord>, StoreError> {
        self.readers.read(|moment| {
            let Some((account, _)) = accounts::find(moment, key)? else {
                return Ok(None);
            };
            Ok(Some(AccountRecord {
                profile: profiles::find(moment, key)?,
                remark: remarks::of_standing(moment, key, &account)?,
                account,
            }))
        })
    }

    fn requests(
        &self,
        organization: &OrganizationId,
        status: Option<Status>,
        page: &PageRequest,
    ) -> Result<Page<RequestRecord>, StoreError> {
        self.readers.read(|moment| accounts::requests(moment, organization, status, page))
    }

    fn usages(&self, key: &AccountKey, page: &PageRequest) -> Result<Page<ListedUsage>, StoreError> {
        self.readers.read(|moment| usages::list(moment, key, page))
    }

    fn invoices_of(&self, key: &AccountKey, transaction: ChildId) -> Result<Vec<Invoice>, StoreError> {
        self.readers.read(|moment| invoices::of_purchase(moment, key, transaction))
    }

    fn invoices(
        &self,
        key: &AccountKey,
        open: Option<bool>,
        page: &PageRequest,
    ) -> Result<Page<Invoice>, StoreError> {
        self.readers.read(|moment| invoices::list(moment, key, open, page))
    }

    fn payments(&self, key: &AccountKey, page: &PageRequest) -> Result<Page<Payment>, StoreError> {
        self.readers.read(|moment| payments::list(moment, key, page))
    }

    fn statement(&self, key: &AccountKey, page: &PageRequest) -> Result<Page<StatementLine>, StoreError> {
        self.readers.read(|moment| statement::list(moment, key, page))
    }

    fn newest_instant(&self) -> Result<Option<Instant>, StoreError> {
        self.readers.read(|moment| Ok(tail::read(moment)?.newest_at))
    }

    fn account_keys(&self, after: Option<&AccountKey>, most: usize) -> Result<Vec<AccountKey>, StoreError> {
        self.readers.read(|moment| accounts::keys(moment, after, most))
    }

    fn journal(&self, key: &AccountKey, after: u64, most: usize) -> Result<Vec<JournalRow>, StoreError> {
        self.readers.read(|moment| journal::after(moment, key, after, most))
    }

    fn book(&self, key: &AccountKey) -> Result<Option<(Book, [u8; 32])>, StoreError> {
        self.readers.read(|moment| {
            let Some((account, head)) = accounts::find(moment, key)? else {
                return Ok(None);
            };
            let by_id = |usage: fiado_core::account::Usage| (usage.transaction, usage);
            let book = Book {
                account,
                usages: usages::all(moment, key)?.into_iter().map(by_id).collect(),
                invoices: invoices::all(moment, key)?
                    .into_iter()
                    .map(|invoice| (invoice.id, invoice))
                    .collect(),
                payments: payments::all(moment, key)?
                    .into_iter()
                    .map(|payment| (payment.id, payment))
                    .collect(),
                statement: statement::all(moment, key)?,
            };
            Ok(Some((book, head.link)))
        })
    }
}
