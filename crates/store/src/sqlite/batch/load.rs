use crate::sqlite::tables::accounts::{self, Head};
use crate::sqlite::tables::{answers, invoices, payments, usages};
use crate::{Loaded, StoreError, Wanted};
use fiado_core::account::{Book, InvoiceNeed, Needs};
use fiado_core::identity::{AccountKey, InvoiceId, OrderId, PaymentReference};
use fiado_core::money::Amount;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Where the journals of the accounts of a batch stand.
pub(super) type Heads = BTreeMap<AccountKey, Head>;

/// Loads what a batch wants.
pub(super) fn load(connection: &Connection, wanted: &[Wanted]) -> Result<(Loaded, Heads), StoreError> {
    let mut loaded = Loaded::default();
    let mut heads = Heads::new();
    for (key, union) in unite(wanted) {
        let (book, head) = load_book(connection, key, &union)?;
        loaded.books.insert(key.clone(), book);
        heads.insert(key.clone(), head);
    }
    for key in wanted.iter().filter_map(|wanted| wanted.answer.as_ref()) {
        if let Some(answer) = answers::find(connection, key)? {
            loaded.answers.insert(key.clone(), answer);
        }
    }
    Ok((loaded, heads))
}

/// What all the commands of a batch need of one account.
#[derive(Debug, Default)]
struct Union<'a> {
    orders: BTreeSet<&'a OrderId>,
    references: BTreeSet<&'a PaymentReference>,
    named: BTreeSet<InvoiceId>,
    covering: Amount,
}

impl<'a> Union<'a> {
    fn add(&mut self, needs: &'a Needs) {
        self.orders.extend(&needs.order);
        self.references.extend(&needs.payment);
        match &needs.invoices {
            InvoiceNeed::None => {}
            InvoiceNeed::OldestCovering(amount) => {
                self.covering = self.covering.saturating_add(*amount);
            }
            InvoiceNeed::Named(ids) => self.named.extend(ids),
        }
    }
}

fn unite(wanted: &[Wanted]) -> BTreeMap<&AccountKey, Union<'_>> {
    let mut accounts: BTreeMap<&AccountKey, Union<'_>> = BTreeMap::new();
    for wanted in wanted {
        accounts.entry(&wanted.key).or_default().add(&wanted.needs);
    }
    accounts
}

/// An account with the items wanted of it. What is named does not count as covering, since it may
/// be paid by name before the rest is covered.
fn load_book(
    connection: &Connection,
    key: &AccountKey,
    union: &Union<'_>,
) -> Result<(Book, Head), StoreError> {
    let Some((account, head)) = accounts::find(connection, key)? else {
        return Ok((Book::default(), Head::default()));
    };
    let mut book = Book { account, ..Book::default() };
    for order in &union.orders {
        let usage = usages::of_order(connection, key, order)?;
        book.usages.extend(usage.map(|usage| (usage.transaction, usage)));
    }
    for reference in &union.references {
        let payment = payments::of_reference(connection, key, reference)?;
        book.payments.extend(payment.map(|payment| (payment.id, payment)));
    }
    for id in &union.named {
        let invoice = invoices::find_open(connection, key, *id)?;
        book.invoices.extend(invoice.map(|invoice| (invoice.id, invoice)));
    }
    let oldest = invoices::oldest_covering(connection, key, union.covering, &union.named)?;
    book.invoices.extend(oldest.into_iter().map(|invoice| (invoice.id, invoice)));
    Ok((book, head))
}
