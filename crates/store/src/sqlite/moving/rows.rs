//! The rows of an account that arrives: each written once, as it stands in the end.

use crate::StoreError;
use crate::cells::{ToCell, cells, json};
use crate::head::{Listed, rungs};
use crate::moving::Arrived;
use crate::sqlite::tables::tail::Tail;
use crate::sqlite::tables::{
    adjustments, answers, contacts, holder_emails, holders, holds, invoice_notes, journal, payments,
    profiles, refusals, remarks,
};
use crate::sqlite::{error, query};
use crate::stored::{Stored, columns};
use crate::tally::Tally;
use fiado_core::account::Account;
use fiado_core::identity::{AccountKey, TransactionId};
use fiado_core::profile::{ContactChange, NoteChange, NotesChange};
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeMap;

const ACCOUNT: &str = "INSERT INTO accounts (organization, customer, version, head, status, requested_at,
        is_open, updated_at, state, ladder, open_count, open_high, open_low, paid_count, paid_high, paid_low,
        cancelled_count, cancelled_high, cancelled_low)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";

const USAGE: &str = concat!(
    "INSERT INTO usages (usage_id, account, organization, customer, friendly, ",
    columns!(usages),
    ") VALUES (?1, number(?2, ?3), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)"
);

const INVOICE: &str = concat!(
    "INSERT INTO invoices (invoice_id, account, organization, customer, ",
    columns!(invoices),
    ") VALUES (?1 * 128 + ?5, number(?2, ?3), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
);

/// Writes all that a customer has. `usage_id` is the number of the last purchase, `end` where
/// journal and refusals end; both go on. Says what the customer's invoices come to.
pub(super) fn write(
    connection: &Connection,
    arrived: &Arrived,
    usage_id: &mut i64,
    end: &mut Tail,
) -> Result<Tally, StoreError> {
    let tally = arrived.tally();
    entries(connection, arrived, end)?;
    if let Some((_, link)) = &arrived.belongings.head {
        account(connection, &arrived.belongings.key, &arrived.book.account, link, &tally)?;
    }
    purchases(connection, arrived, usage_id)?;
    others(connection, arrived)?;
    beside(connection, arrived)?;
    Ok(tally)
}

/// Entries as they were stored, to the byte; refusals and answers.
fn entries(connection: &Connection, arrived: &Arrived, end: &mut Tail) -> Result<(), StoreError> {
    let belongings = &arrived.belongings;
    // Both are in order of their entries.
    let mut lines = arrived.book.statement.iter().peekable();
    for row in &belongings.journal {
        let of_entry = std::iter::from_fn(|| lines.next_if(|line| line.sequence <= row.sequence));
        journal::insert(connection, row, of_entry)?;
        end.pass(row.position, row.at);
    }
    for (position, refusal) in &belongings.refusals {
        refusals::insert(connection, refusal, *position)?;
        end.pass(*position, refusal.at);
    }
    belongings.answers.iter().try_for_each(|(key, answer)| answers::insert(connection, key, answer))
}

fn account(
    connection: &Connection,
    key: &AccountKey,
    account: &Account,
    link: &crate::chain::Link,
    tally: &Tally,
) -> Result<(), StoreError> {
    let Listed { status, requested_at, is_open, updated_at } = Listed::of(account);
    query::run(
        connection,
        ACCOUNT,
        cells![
            key.organization,
            key.customer,
            account.version,
            link,
            status,
            requested_at,
            is_open,
            updated_at,
            json(account)?,
            json(&rungs(account))?,
            tally.open.count,
            tally.open.high,
            tally.open.low,
            tally.paid.count,
            tally.paid.high,
            tally.paid.low,
            tally.cancelled.count,
            tally.cancelled.high,
            tally.cancelled.low,
        ],
    )
    .map_err(|error| error::of_insert(error, key))?;
    Ok(())
}

/// Purchases in the order they were made, numbered as they come, and their invoices.
fn purchases(connection: &Connection, arrived: &Arrived, usage_id: &mut i64) -> Result<(), StoreError> {
    let key = &arrived.belongings.key;
    let mut numbers: BTreeMap<&TransactionId, i64> = BTreeMap::new();
    for usage in arrived.usages() {
        *usage_id = usage_id.saturating_add(1);
        numbers.insert(&usage.transaction, *usage_id);
        let friendly = usage.transaction.friendly();
        let place = cells![*usage_id, key.organization, key.customer, friendly];
        query::run(connection, USAGE, params_from_iter(place.into_iter().chain(usage.cells()?)))
            .map_err(|error| error::of_insert(error, key))?;
    }
    for invoice in arrived.book.invoices.values() {
        let number = numbers.get(&invoice.id.transaction).copied();
        let place = [number.to_cell()].into_iter().chain(cells![key.organization, key.customer]);
        query::run(connection, INVOICE, params_from_iter(place.chain(invoice.cells()?)))
            .map_err(|error| error::of_insert(error, key))?;
    }
    Ok(())
}

fn others(connection: &Connection, arrived: &Arrived) -> Result<(), StoreError> {
    let (key, book) = (&arrived.belongings.key, &arrived.book);
    book.payments.values().try_for_each(|payment| payments::insert(connection, key, payment))?;
    arrived.holds().try_for_each(|hold| holds::insert(connection, key, hold))?;
    book.holders.values().try_for_each(|holder| holders::insert(connection, key, holder))?;
    book.adjustments.values().try_for_each(|movement| adjustments::insert(connection, key, movement))
}

/// What stands beside the journal.
fn beside(connection: &Connection, arrived: &Arrived) -> Result<(), StoreError> {
    let belongings = &arrived.belongings;
    let key = &belongings.key;
    if let Some(profile) = &belongings.profile {
        profiles::save(connection, key, profile)?;
    }
    if let Some(contact) = &belongings.contact {
        contacts::change(connection, key, &ContactChange::Replace(contact.clone()))?;
    }
    for (sequence, remark) in &belongings.remarks {
        remarks::insert(connection, key, *sequence, remark)?;
    }
    for (holder, email) in &belongings.holders {
        holder_emails::insert(connection, key, *holder, email)?;
    }
    for (invoice, notes) in &belongings.notes {
        let change = NotesChange {
            invoice: invoice.clone(),
            observation: notes.observation.clone().map_or(NoteChange::Keep, NoteChange::Set),
            payment_link: notes.payment_link.clone().map_or(NoteChange::Keep, NoteChange::Set),
        };
        invoice_notes::change(connection, key, &change)?;
    }
    Ok(())
}
