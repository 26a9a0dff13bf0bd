use super::load::{INVOICE, TRANSACTION, invoices_of, transaction};
use crate::cells::{Cells, cells};
use crate::postgres::connection::{Connection, Request};
use crate::postgres::unnest::{Rows, each_of, statements};
use crate::stored::{Stored, TWICE, columns};
use crate::{Changes, StoreError};
use fiado_core::account::{Book, Hold, Holder, Invoice, Row, Usage};
use fiado_core::identity::{AccountKey, ChildId, InvoiceId, TransactionId};
use fiado_core::profile::{Contact, Notes};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Rows that a batch changes, as they stand before it; those that it makes itself are not among them.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// The rows of each account.
    pub(super) books: BTreeMap<AccountKey, Book>,
    /// The contacts that change.
    pub(super) contacts: BTreeMap<AccountKey, Contact>,
    /// The notes that change.
    pub(super) notes: BTreeMap<(AccountKey, InvoiceId), Notes>,
}

/// Which rows a batch changes.
#[derive(Default)]
struct Wanted<'a> {
    usages: BTreeSet<(&'a AccountKey, &'a TransactionId)>,
    invoices: BTreeSet<(&'a AccountKey, &'a InvoiceId)>,
    holds: BTreeSet<(&'a AccountKey, &'a TransactionId)>,
    holders: BTreeSet<(&'a AccountKey, ChildId)>,
    contacts: BTreeSet<&'a AccountKey>,
    notes: BTreeSet<(&'a AccountKey, &'a InvoiceId)>,
}

const NOTED: &str = "organization text, customer text, transaction_id text, installment smallint";

statements! {
    USAGES = each_of(columns!(usages), "usages", TRANSACTION);
    INVOICES = invoices_of(INVOICE, " AND installment = wanted.installment");
    HOLDS = each_of(columns!(holds), "holds", "organization text, customer text, transaction_id text");
    HOLDERS = each_of(columns!(holders), "holders", "organization text, customer text, holder_id text");
    CONTACTS = each_of(columns!(contacts), "contacts", "organization text, customer text");
    NOTES = each_of(concat!("transaction_id, installment, ", columns!(invoice_notes)), "invoice_notes", NOTED);
}

/// Loads the rows that a batch changes.
pub(super) fn load(connection: &Connection, changes: &Changes) -> Result<Touched, StoreError> {
    let wanted = Wanted::of(changes);
    let mut touched = Touched::default();
    let requests = wanted.requests();
    if requests.iter().all(Option::is_none) {
        return Ok(touched);
    }
    let (places, requests): (Vec<usize>, Vec<Request<'_>>) =
        (0..).zip(requests).filter_map(|(place, request)| Some((place, request?))).unzip();
    for (place, reply) in places.into_iter().zip(connection.ask(&requests)?) {
        reply.read(|cells| touched.take(place, cells))?;
    }
    Ok(touched)
}

impl<'a> Wanted<'a> {
    fn of(changes: &'a Changes) -> Wanted<'a> {
        let mut wanted = Wanted::default();
        for commit in &changes.commits {
            let key = &commit.key;
            commit.rows.iter().for_each(|row| wanted.add(key, row));
            if commit.beside.contact.is_some() {
                wanted.contacts.insert(key);
            }
            wanted.notes.extend(commit.beside.notes.iter().map(|notes| (key, &notes.invoice)));
        }
        let rows = |commit: &'a crate::Commit| commit.rows.iter().map(move |row| (&commit.key, row));
        for (key, row) in changes.commits.iter().flat_map(rows) {
            wanted.forget(key, row);
        }
        wanted
    }

    fn add(&mut self, key: &'a AccountKey, row: &'a Row) {
        match row {
            Row::UsageChanged { transaction, .. } => {
                self.usages.insert((key, transaction));
            }
            Row::InvoicePaid { invoice, .. }
            | Row::InvoiceChanged { invoice, .. }
            | Row::InvoiceCancelled { invoice, .. } => {
                self.invoices.insert((key, invoice));
                self.usages.insert((key, &invoice.transaction));
            }
            Row::InvoicePostponed { invoice, .. } | Row::InvoiceAnnotated { invoice, .. } => {
                self.invoices.insert((key, invoice));
            }
            Row::HoldChanged { transaction, .. } | Row::HoldEnded { transaction, .. } => {
                self.holds.insert((key, transaction));
            }
            Row::HolderRemoved { holder, .. } => {
                self.holders.insert((key, *holder));
            }
            _ => {}
        }
    }

    /// What the batch makes itself is not there before it.
    fn forget(&mut self, key: &'a AccountKey, made: &'a Row) {
        match made {
            Row::Usage(usage) => {
                self.usages.remove(&(key, &usage.transaction));
            }
            Row::Invoice(invoice) => {
                self.invoices.remove(&(key, &invoice.id));
            }
            Row::Hold(hold) => {
                self.holds.remove(&(key, &hold.transaction));
            }
            Row::Holder(holder) => {
                self.holders.remove(&(key, holder.id));
            }
            _ => {}
        }
    }

    /// A statement for each kind of row that is wanted, in the order in which [`Touched::take`] knows
    /// them.
    fn requests(&self) -> [Option<Request<'_>>; 6] {
        let (mut usages, mut invoices, mut holds) = (Rows::default(), Rows::default(), Rows::default());
        let (mut holders, mut contacts, mut notes) = (Rows::default(), Rows::default(), Rows::default());
        for (key, id) in &self.usages {
            usages.push(cells![key.organization, key.customer].into_iter().chain(transaction(id)));
        }
        for (key, id) in &self.invoices {
            let purchase =
                cells![key.organization, key.customer].into_iter().chain(transaction(&id.transaction));
            invoices.push(purchase.chain(cells![id.installment]));
        }
        for (key, id) in &self.holds {
            holds.push(cells![key.organization, key.customer, **id]);
        }
        for (key, id) in &self.holders {
            holders.push(cells![key.organization, key.customer, *id]);
        }
        for key in &self.contacts {
            contacts.push(cells![key.organization, key.customer]);
        }
        for (key, id) in &self.notes {
            notes.push(cells![key.organization, key.customer, id.transaction, id.installment]);
        }
        let rows = [usages, invoices, holds, holders, contacts, notes];
        let sql: [&LazyLock<String>; 6] = [&USAGES, &INVOICES, &HOLDS, &HOLDERS, &CONTACTS, &NOTES];
        let mut statements = rows.into_iter().zip(sql);
        [(); 6].map(|()| {
            let (rows, sql) = statements.next()?;
            (!rows.is_empty()).then(|| rows.bound_to(sql))
        })
    }
}

/// No other row of its name has been found before.
fn once<Row>(before: Option<Row>) -> Result<(), StoreError> {
    if before.is_none() { Ok(()) } else { Err(StoreError::Damaged(TWICE.to_owned())) }
}

impl Touched {
    fn take(&mut self, place: usize, cells: &mut Cells<'_>) -> Result<(), StoreError> {
        let key = AccountKey { organization: cells.next()?, customer: cells.next()? };
        match place {
            0 => {
                let usage = Usage::read(cells)?;
                once(self.book(key).usages.insert(usage.transaction.clone(), usage))?;
            }
            1 => {
                let invoice = Invoice::read(cells)?;
                once(self.book(key).invoices.insert(invoice.id.clone(), invoice))?;
            }
            2 => {
                let hold = Hold::read(cells)?;
                self.book(key).holds.insert(hold.transaction.clone(), hold);
            }
            3 => {
                let holder = Holder::read(cells)?;
                self.book(key).holders.insert(holder.id, holder);
            }
            4 => {
                self.contacts.insert(key, Contact::read(cells)?);
            }
            _ => {
                let invoice = InvoiceId { transaction: cells.next()?, installment: cells.next()? };
                self.notes.insert((key, invoice), Notes::read(cells)?);
            }
        }
        Ok(())
    }

    fn book(&mut self, key: AccountKey) -> &mut Book {
        self.books.entry(key).or_default()
    }
}
