use crate::known::Known;
use crate::sqlite::tables::accounts;
use crate::sqlite::tables::{adjustments, answers, holders, holds, invoices, journal, payments, usages};
use crate::sqlite::turn::{self, Turns};
use crate::union::{Union, unite};
use crate::{Answer, AnswerKey, StoreError, Wanted};
use fiado_core::account::{Account, Book, Invoice, InvoiceState, Needs, Row};
use fiado_core::identity::{AccountKey, InvoiceId};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where accounts, their items and answers are: in memory, in turns that are not written yet, and in the
/// database as it was before them.
pub(in crate::sqlite) struct Sources<'a> {
    /// Inside a transaction.
    pub(in crate::sqlite) connection: &'a Connection,
    pub(in crate::sqlite) turns: Turns<'a>,
    pub(in crate::sqlite) known: &'a mut Known<Arc<Account>>,
}

impl Sources<'_> {
    /// Every account that a batch wants, with the items it wants of it.
    pub(in crate::sqlite) fn books(
        &mut self,
        wanted: &[Wanted],
    ) -> Result<BTreeMap<AccountKey, Book>, StoreError> {
        let mut books = BTreeMap::new();
        for (key, union) in unite(wanted) {
            let book = match self.account(key)? {
                Some(account) => self.book(key, Arc::unwrap_or_clone(account), &union)?,
                None => Book::default(),
            };
            books.insert(key.clone(), book);
        }
        Ok(books)
    }

    /// The answers that are remembered.
    pub(in crate::sqlite) fn answers(
        &self,
        wanted: &[Wanted],
    ) -> Result<BTreeMap<AnswerKey, Answer>, StoreError> {
        let mut found = BTreeMap::new();
        for key in wanted.iter().filter_map(|wanted| wanted.answer.as_ref()) {
            found.extend(self.answer(key)?.map(|answer| (key.clone(), answer)));
        }
        Ok(found)
    }

    /// The answer that is remembered under a key.
    pub(in crate::sqlite) fn answer(&self, key: &AnswerKey) -> Result<Option<Answer>, StoreError> {
        match self.turns.answer(key) {
            Some(answer) => Ok(Some(answer.clone())),
            None => answers::find(self.connection, key),
        }
    }

    /// An account as it stands, if there is one.
    pub(in crate::sqlite) fn account(
        &mut self,
        key: &AccountKey,
    ) -> Result<Option<Arc<Account>>, StoreError> {
        if let Some(account) = self.known.get(key) {
            return Ok(Some(Arc::clone(account)));
        }
        let found = match self.turns.account(key) {
            Some(account) => Some(Arc::clone(account)),
            None => self.stored(key)?.map(Arc::new),
        };
        if let Some(account) = &found {
            self.known.keep(key, Arc::clone(account));
        }
        Ok(found)
    }

    /// An account as the database has it. Where its journal does not end with it, nothing more can be
    /// written of it.
    fn stored(&self, key: &AccountKey) -> Result<Option<Account>, StoreError> {
        let found = accounts::find(self.connection, key)?.map(|(account, _)| account);
        let version = found.as_ref().map_or(0, |account| account.version);
        if journal::last(self.connection, key)? == version {
            Ok(found)
        } else {
            Err(StoreError::Damaged("an account is not as its journal leaves it".to_owned()))
        }
    }

    fn book(&self, key: &AccountKey, account: Account, union: &Union<'_>) -> Result<Book, StoreError> {
        if !self.turns.rows(key).any(|row| turn::is_wanted(row, union)) {
            return load_items(self.connection, key, account, union);
        }
        let rows: Vec<&Row> = self.turns.rows(key).collect();
        let wide = turn::widened(union, rows.iter().copied());
        let mut book = load_items(self.connection, key, account, &wide)?;
        turn::follow(&mut book, rows.into_iter(), &wide);
        turn::narrow(&mut book, union);
        Ok(book)
    }
}

/// Loads what one command needs of an account that is known.
pub(in crate::sqlite) fn load_one(
    connection: &Connection,
    key: &AccountKey,
    needs: &Needs,
) -> Result<Option<Book>, StoreError> {
    let mut union = Union::default();
    union.add(needs);
    let account = accounts::find(connection, key)?.map(|(account, _)| account);
    account.map(|account| load_items(connection, key, account, &union)).transpose()
}

/// An account with the items wanted of it.
fn load_items(
    connection: &Connection,
    key: &AccountKey,
    account: Account,
    union: &Union<'_>,
) -> Result<Book, StoreError> {
    let mut book = Book { account, ..Book::default() };
    load_purchases(connection, key, union, &mut book)?;
    for reference in &union.references {
        let payment = payments::of_reference(connection, key, reference)?;
        book.payments.extend(payment.map(|payment| (payment.id, payment)));
    }
    for holder in &union.holders {
        let holder = holders::find(connection, key, *holder)?;
        book.holders.extend(holder.map(|holder| (holder.id, holder)));
    }
    for statement in &union.adjustments {
        let adjustment = adjustments::find(connection, key, statement)?;
        book.adjustments.extend(adjustment.map(|found| (found.statement.clone(), found)));
    }
    load_invoices(connection, key, union, &mut book)?;
    Ok(book)
}

/// Purchases and holds. Where nothing is held no hold can have expired, and none is looked for.
fn load_purchases(
    connection: &Connection,
    key: &AccountKey,
    union: &Union<'_>,
    book: &mut Book,
) -> Result<(), StoreError> {
    for order in &union.orders {
        let usage = usages::of_order(connection, key, order)?;
        book.usages.extend(usage.map(|usage| (usage.transaction.clone(), usage)));
    }
    for transaction in &union.transactions {
        let usage = usages::find(connection, key, transaction)?;
        book.usages.extend(usage.map(|usage| (usage.transaction.clone(), usage)));
        let hold = holds::find(connection, key, transaction)?;
        book.holds.extend(hold.map(|hold| (hold.transaction.clone(), hold)));
    }
    if let Some(by) = union.expired_by.filter(|_| !book.account.totals.held.is_zero()) {
        let expired = holds::expired(connection, key, by)?;
        book.holds.extend(expired.into_iter().map(|hold| (hold.transaction.clone(), hold)));
    }
    Ok(())
}

/// Invoices. What is asked for by name does not count as covering, since an earlier command of the
/// batch may leave nothing to pay of it.
fn load_invoices(
    connection: &Connection,
    key: &AccountKey,
    union: &Union<'_>,
    book: &mut Book,
) -> Result<(), StoreError> {
    let by_id = |invoice: Invoice| (invoice.id.clone(), invoice);
    let is_open = |invoice: &Invoice| invoice.state == InvoiceState::Open;
    for id in &union.named {
        let invoice = invoices::find(connection, key, id)?.filter(is_open);
        book.invoices.extend(invoice.map(by_id));
    }
    for id in &union.single {
        book.invoices.extend(invoices::find(connection, key, id)?.map(by_id));
    }
    for transaction in &union.open_of {
        let of_purchase = invoices::of_purchase(connection, key, transaction)?;
        book.invoices.extend(of_purchase.into_iter().filter(is_open).map(by_id));
    }
    for transaction in &union.all_of {
        let of_purchase = invoices::of_purchase(connection, key, transaction)?;
        book.invoices.extend(of_purchase.into_iter().map(by_id));
    }
    let known = |id: &InvoiceId| book.invoices.contains_key(id);
    let oldest = invoices::oldest_covering(connection, key, union.covering, known)?;
    book.invoices.extend(oldest.into_iter().map(by_id));
    Ok(())
}
