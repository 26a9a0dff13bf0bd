//! The rows of accounts that arrive: each written once, as it stands in the end.

use crate::cells::{Cell, ToCell, cells};
use crate::head::{Listed, rungs};
use crate::moving::Arrived;
use crate::postgres::connection::{Connection, Request};
use crate::postgres::tables::answers;
use crate::postgres::unnest::{Rows, insert, statements};
use crate::stored::{Stored, owned, statement_cell};
use crate::tally::Change;
use crate::{StoreError, numbers};
use fiado_core::account::InvoiceState;
use fiado_core::identity::AccountKey;
use std::collections::BTreeMap;

/// How many rows a statement has at most: their arrays stay short enough to be unnested in memory.
const MOST: usize = 2_000;

statements! {
    ACCOUNTS = insert("accounts", "organization text, customer text, version bigint, head bytea, status text, \
        requested_at timestamptz, is_open boolean, updated_at timestamptz, state text, ladder text, \
        account bigint, open_count bigint, open_high bigint, open_low bigint, paid_count bigint, paid_high bigint, paid_low bigint, \
        cancelled_count bigint, cancelled_high bigint, cancelled_low bigint");
    JOURNAL = insert("journal", "account bigint, organization text, customer text, sequence bigint, \
        position bigint, at timestamptz, kind text, body bytea, hash bytea, statement text");
    REFUSALS = insert("refusals", "organization text, customer text, position bigint, at timestamptz, \
        by text, operation text, rejection text");
    ANSWERS = insert("answers", "number bigint, organization text, customer text, operation text, answer_key text, \
        fingerprint bytea, at timestamptz, result text");
    USAGES = insert("usages", "account bigint, organization text, customer text, transaction_id text, order_id text, \
        amount bigint, interest bigint, plan text, authorized bigint, captured bigint, value bigint, \
        installments smallint, parts text, used_at timestamptz, due_day date, paid bigint, \
        used_after bigint, available_after bigint, friendly text");
    INVOICES = insert("invoices", "account bigint, organization text, customer text, transaction_id text, \
        installment smallint, order_id text, value bigint, paid bigint, installments smallint, \
        issued_at timestamptz, due_day date, original_due_day date, postponements bigint, state text, \
        updated_at timestamptz, resolved_at timestamptz, past boolean");
    PAYMENTS = insert("payments", "organization text, customer text, sequence bigint, payment_id text, \
        reference text, amount bigint, paid_day date, received_at timestamptz, unapplied bigint, \
        applied text, used_after bigint, available_after bigint");
    HOLDS = insert("holds", "organization text, customer text, transaction_id text, order_id text, \
        authorized bigint, amount bigint, installments smallint, firm boolean, expires_at timestamptz, \
        expiry_was_chosen boolean, made_at timestamptz, state text");
    HOLDERS = insert("holders", "organization text, customer text, holder_id text, \
        added_at timestamptz, removed_at timestamptz");
    ADJUSTMENTS = insert("adjustments", "organization text, customer text, statement_id text, value bigint");
    PROFILES = insert("profiles", "organization text, customer text, business_name text, tax_id text, \
        years_in_business integer");
    CONTACTS = insert("contacts", "organization text, customer text, email text, document text, \
        document_type text, description text");
    REMARKS = insert("remarks", "organization text, customer text, sequence bigint, remark text");
    EMAILS = insert("holder_emails", "organization text, customer text, holder_id text, email text");
    NOTES = insert("invoice_notes", "organization text, customer text, transaction_id text, \
        installment smallint, observation text, payment_link text, friendly text");
}

/// Rows of many tables, in pieces that are sent together.
#[derive(Default)]
struct Writes<'a> {
    full: Vec<Request<'a>>,
    begun: BTreeMap<&'static str, Rows<'a>>,
}

impl<'a> Writes<'a> {
    fn push(&mut self, sql: &'static str, row: impl IntoIterator<Item = Cell<'a>>) {
        let rows = self.begun.entry(sql).or_default();
        rows.push(row);
        if rows.len() >= MOST {
            self.full.push(std::mem::take(rows).bound_to(sql));
        }
    }

    /// The rows of one kind of a customer.
    fn each<R: Stored + 'a>(
        &mut self,
        sql: &'static str,
        key: &'a AccountKey,
        rows: impl IntoIterator<Item = &'a R>,
    ) -> Result<(), StoreError> {
        rows.into_iter().try_for_each(|row| {
            self.push(sql, owned(key, row.cells()?));
            Ok(())
        })
    }

    fn all(self) -> Vec<Request<'a>> {
        let begun = self.begun.into_iter().filter(|(_, rows)| !rows.is_empty());
        self.full.into_iter().chain(begun.map(|(sql, rows)| rows.bound_to(sql))).collect()
    }
}

/// Writes all that some customers have.
pub(super) fn write(connection: &Connection, chunk: &[Arrived]) -> Result<(), StoreError> {
    let mut writes = Writes::default();
    for arrived in chunk {
        journal(&mut writes, arrived)?;
        account(&mut writes, arrived)?;
        purchases(&mut writes, arrived)?;
        others(&mut writes, arrived)?;
        beside(&mut writes, arrived)?;
    }
    connection.ask(&writes.all()).map(drop)
}

/// Entries as they were stored, to the byte; refusals and answers.
fn journal<'a>(writes: &mut Writes<'a>, arrived: &'a Arrived) -> Result<(), StoreError> {
    let belongings = &arrived.belongings;
    let mut lines = arrived.book.statement.as_slice();
    for row in &belongings.journal {
        let key = &row.key;
        let (own, later) = lines.split_at(lines.partition_point(|line| line.sequence <= row.sequence));
        lines = later;
        let number = numbers::of_account(key).to_cell().into_owned();
        let whose = [number].into_iter().chain(cells![key.organization, key.customer]);
        let entry = cells![row.sequence, row.position, row.at, row.kind, row.body, row.hash];
        writes.push(&JOURNAL, whose.chain(entry).chain([statement_cell(own)?]));
    }
    for (position, refusal) in &belongings.refusals {
        let key = &refusal.key;
        let place = cells![key.organization, key.customer, *position, refusal.at];
        let rest = cells![refusal.by, refusal.operation].into_iter().chain([Cell::json(&refusal.rejection)?]);
        writes.push(&REFUSALS, place.into_iter().chain(rest));
    }
    for (key, answer) in &belongings.answers {
        let place = cells![answers::number(key)].map(Cell::into_owned);
        let names = cells![key.account.organization, key.account.customer, key.operation, key.key];
        writes.push(&ANSWERS, place.into_iter().chain(names).chain(answer.cells()?));
    }
    Ok(())
}

fn account<'a>(writes: &mut Writes<'a>, arrived: &'a Arrived) -> Result<(), StoreError> {
    let (key, account) = (&arrived.belongings.key, &arrived.book.account);
    let Some((_, link)) = &arrived.belongings.head else {
        return Ok(());
    };
    let Listed { status, requested_at, is_open, updated_at } = Listed::of(account);
    let listed = cells![status, requested_at, is_open, updated_at].map(Cell::into_owned);
    let tally = arrived.tally();
    let totals = InvoiceState::ALL.into_iter().flat_map(|state| {
        let Change { count, high, low } = tally.of(state);
        cells![count, high, low].map(Cell::into_owned)
    });
    let head = cells![key.organization, key.customer, account.version, *link];
    let number = numbers::of_account(key).to_cell().into_owned();
    let state = [Cell::json(account)?, Cell::json(&rungs(account))?, number];
    writes.push(&ACCOUNTS, head.into_iter().chain(listed).chain(state).chain(totals));
    Ok(())
}

fn purchases<'a>(writes: &mut Writes<'a>, arrived: &'a Arrived) -> Result<(), StoreError> {
    let key = &arrived.belongings.key;
    let number = numbers::of_account(key);
    let numbered = |cells| [number.to_cell().into_owned()].into_iter().chain(owned(key, cells));
    for usage in arrived.usages() {
        let friendly = Cell::Text(usage.transaction.friendly().into());
        writes.push(&USAGES, numbered(usage.cells()?).chain([friendly]));
    }
    for invoice in arrived.book.invoices.values() {
        writes.push(&INVOICES, numbered(invoice.cells()?));
    }
    Ok(())
}

fn others<'a>(writes: &mut Writes<'a>, arrived: &'a Arrived) -> Result<(), StoreError> {
    let (key, book) = (&arrived.belongings.key, &arrived.book);
    for payment in book.payments.values() {
        let sequence = payment.id.sequence().to_cell().into_owned();
        let place = cells![key.organization, key.customer].into_iter().chain([sequence]);
        writes.push(&PAYMENTS, place.chain(payment.cells()?));
    }
    // The database numbers them in the order they were made.
    writes.each(&HOLDS, key, arrived.holds())?;
    writes.each(&HOLDERS, key, book.holders.values())?;
    writes.each(&ADJUSTMENTS, key, book.adjustments.values())
}

/// What stands beside the journal.
fn beside<'a>(writes: &mut Writes<'a>, arrived: &'a Arrived) -> Result<(), StoreError> {
    let belongings = &arrived.belongings;
    let key = &belongings.key;
    writes.each(&PROFILES, key, &belongings.profile)?;
    writes.each(&CONTACTS, key, &belongings.contact)?;
    for (sequence, remark) in &belongings.remarks {
        writes.push(&REMARKS, cells![key.organization, key.customer, *sequence, *remark]);
    }
    for (holder, email) in &belongings.holders {
        writes.push(&EMAILS, cells![key.organization, key.customer, *holder, *email]);
    }
    for (invoice, notes) in &belongings.notes {
        let place = cells![key.organization, key.customer, invoice.transaction, invoice.installment];
        let friendly = Cell::Text(invoice.transaction.friendly().into());
        writes.push(&NOTES, place.into_iter().chain(notes.cells()?).chain([friendly]));
    }
    Ok(())
}
