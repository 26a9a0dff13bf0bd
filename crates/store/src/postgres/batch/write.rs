use super::fold::{Growing, Left};
use super::load::{self, Stands};
use super::touched;
use crate::cells::{Cell, ToCell, cells};
use crate::head::Listed;
use crate::postgres::connection::{Connection, Reply, Request};
use crate::postgres::doubt::Doubt;
use crate::postgres::error::Trouble;
use crate::postgres::unnest::{Rows, delete, insert, names, statements, unnest, upsert};
use crate::stored::{Stored, owned};
use crate::tally::Change;
use crate::{AnswerKey, Changes, StoreError};
use fiado_core::account::{Account, InvoiceState};
use fiado_core::calendar::Instant;
use fiado_core::identity::AccountKey;
use fiado_core::profile::Notes;
use std::collections::BTreeSet;

const ACCOUNT: &str = "organization text, customer text, version bigint, head bytea, status text, \
     requested_at timestamptz, is_open boolean, updated_at timestamptz, state text, open_count bigint, \
     open_high bigint, open_low bigint, paid_count bigint, paid_high bigint, paid_low bigint, \
     cancelled_count bigint, cancelled_high bigint, cancelled_low bigint";
const HOLDER: &str = "organization text, customer text, holder_id text";
const NOTES: &str = "organization text, customer text, transaction_id text, installment smallint";

statements! {
    INSERT_ACCOUNTS = insert("accounts", ACCOUNT) + " RETURNING organization, customer";
    UPDATE_ACCOUNTS = update_accounts();
    JOURNAL = insert("journal", "organization text, customer text, sequence bigint, at timestamptz, \
        kind text, body bytea, hash bytea");
    REFUSALS = insert("refusals", "organization text, customer text, at timestamptz, by text, \
        operation text, rejection text");
    ANSWERS = insert("answers", "organization text, customer text, operation text, answer_key text, \
        fingerprint bytea, at timestamptz, result text")
        + " ON CONFLICT DO NOTHING RETURNING organization, customer, operation, answer_key";
    USAGES = upsert("usages", 3, "organization text, customer text, transaction_id text, order_id text, \
        amount bigint, interest bigint, plan text, authorized bigint, captured bigint, value bigint, \
        installments smallint, parts text, used_at timestamptz, due_day date, paid bigint, \
        used_after bigint, available_after bigint, friendly text");
    INVOICES = upsert("invoices", 4, "organization text, customer text, transaction_id text, \
        installment smallint, order_id text, value bigint, paid bigint, installments smallint, \
        issued_at timestamptz, due_day date, original_due_day date, postponements bigint, state text, \
        updated_at timestamptz, resolved_at timestamptz, past boolean");
    PAYMENTS = insert("payments", "organization text, customer text, sequence bigint, payment_id text, \
        reference text, amount bigint, paid_day date, received_at timestamptz, unapplied bigint, \
        applied text, used_after bigint, available_after bigint");
    STATEMENT = insert("statement", "organization text, customer text, sequence bigint, line bigint, \
        at timestamptz, value bigint, used_after bigint, balance_after bigint, kind text");
    HOLDS = upsert("holds", 3, "organization text, customer text, transaction_id text, order_id text, \
        authorized bigint, amount bigint, installments smallint, firm boolean, expires_at timestamptz, \
        expiry_was_chosen boolean, made_at timestamptz, state text");
    HOLDERS = upsert("holders", 3, "organization text, customer text, holder_id text, \
        added_at timestamptz, removed_at timestamptz");
    ADJUSTMENTS = insert("adjustments", "organization text, customer text, statement_id text, value bigint");
    RUNGS = upsert("ladder", 3, "organization text, customer text, due_day date, amount bigint");
    NO_RUNGS = delete("ladder", "organization text, customer text, due_day date");
    PROFILES = upsert("profiles", 2, "organization text, customer text, business_name text, tax_id text, \
        years_in_business integer");
    CONTACTS = upsert("contacts", 2, "organization text, customer text, email text, document text, \
        document_type text, description text");
    REMARKS = insert("remarks", "organization text, customer text, sequence bigint, remark text");
    NOTES_KEPT = upsert("invoice_notes", 4, "organization text, customer text, transaction_id text, \
        installment smallint, observation text, payment_link text");
    NOTES_GONE = delete("invoice_notes", NOTES);
    EMAILS_KEPT = upsert("holder_emails", 3, "organization text, customer text, holder_id text, email text");
    EMAILS_GONE = delete("holder_emails", HOLDER);
    NO_EMAILS = delete("holder_emails", "organization text, customer text");
    NO_ADJUSTMENTS = delete("adjustments", "organization text, customer text");
}

fn update_accounts() -> String {
    let new = format!("{ACCOUNT}, before bigint");
    let set: Vec<String> =
        names(ACCOUNT).split(", ").skip(2).map(|name| format!("{name} = new.{name}")).collect();
    format!(
        "UPDATE accounts SET {} FROM {} WHERE accounts.organization = new.organization \
         AND accounts.customer = new.customer AND accounts.version = new.before \
         RETURNING accounts.organization, accounts.customer",
        set.join(", "),
        unnest("new", &new)
    )
}

/// What belongs to an earlier life is past.
const PAST_INVOICES: &str = "UPDATE invoices SET past = true
     FROM unnest($1::text[], $2::text[]) AS began (organization, customer)
     WHERE invoices.organization = began.organization AND invoices.customer = began.customer AND past IS DISTINCT FROM true";

const PAST_HOLDERS: &str = "UPDATE holders SET removed_at = began.at
     FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS began (organization, customer, at)
     WHERE holders.organization = began.organization AND holders.customer = began.customer
        AND removed_at IS NULL";

const ACCOUNT_TOTALS: &str = "INSERT INTO account_totals AS kept (organization, is_open, slot, accounts)
     SELECT organization, is_open, pg_backend_pid() % 32, accounts
     FROM unnest($1::text[], $2::boolean[], $3::bigint[]) AS new (organization, is_open, accounts)
     ON CONFLICT (organization, is_open, slot) DO UPDATE SET accounts = kept.accounts + excluded.accounts";

const INVOICE_TOTALS: &str =
    "INSERT INTO invoice_totals AS kept (organization, state, slot, invoices, high, low)
     SELECT organization, state, pg_backend_pid() % 32, invoices, high, low
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[])
        AS new (organization, state, invoices, high, low)
     ON CONFLICT (organization, state, slot) DO UPDATE SET invoices = kept.invoices + excluded.invoices,
        high = kept.high + excluded.high, low = kept.low + excluded.low";

const TAIL: &str = "INSERT INTO tail AS kept (slot, newest_at)
     SELECT pg_backend_pid() % 32, newest_at FROM unnest($1::timestamptz[]) AS new (newest_at)
     ON CONFLICT (slot) DO UPDATE SET newest_at = greatest(kept.newest_at, excluded.newest_at)";

const TRANSACTION: &str = "SELECT pg_current_xact_id()::text";

/// Statements to be sent together, without those that have nothing to do. Their order is the same
/// everywhere, and so is the order of the rows in each.
#[derive(Default)]
struct Writes<'a>(Vec<Request<'a>>);

impl<'a> Writes<'a> {
    fn add(&mut self, sql: &'a str, rows: Rows<'a>) {
        if !rows.is_empty() {
            self.0.push(rows.bound_to(sql));
        }
    }

    /// The rows of one kind of all accounts.
    fn each<R: Stored + 'a>(
        &mut self,
        sql: &'a str,
        left: &'a Left<'a>,
        rows: impl Fn(&'a Growing<'a>) -> Vec<&'a R>,
    ) -> Result<(), StoreError> {
        let mut written = Rows::default();
        for (key, growing) in &left.accounts {
            for row in rows(growing) {
                written.push(owned(key, row.cells()?));
            }
        }
        self.add(sql, written);
        Ok(())
    }
}

/// Writes all that a batch has done, but does not commit it.
pub(super) fn write(
    connection: &Connection,
    changes: &Changes,
    mut stands: Stands,
) -> Result<Doubt, StoreError> {
    let unwanted: BTreeSet<&AccountKey> =
        changes.commits.iter().map(|commit| &commit.key).filter(|key| !stands.contains_key(*key)).collect();
    stands.extend(load::stands(connection, &unwanted.into_iter().collect::<Vec<_>>())?);
    let left = Left::of(changes, stands, touched::load(connection, changes)?)?;
    let mut writes = Writes::default();
    writes.0.push(Request { sql: TRANSACTION, parameters: Vec::new() });
    let (new, known) = accounts(&left)?;
    let accounts_new = (new.len(), known.len());
    writes.add(&INSERT_ACCOUNTS, new);
    writes.add(&UPDATE_ACCOUNTS, known);
    begin_lives(&mut writes, &left);
    journal(&mut writes, &left, changes)?;
    rows(&mut writes, &left)?;
    beside(&mut writes, &left)?;
    totals(&mut writes, &left, changes);
    let answers = answers(changes)?;
    let answered = answers.len();
    writes.add(&ANSWERS, answers);
    let replies = connection.ask(&writes.0).map_err(|error| of_write(connection, &left, error))?;
    check_accounts(&left, &replies, accounts_new)?;
    check_answers(changes, &replies, answered)?;
    let transaction = replies.first().map(|reply| reply.read(|cells| cells.next::<String>())).transpose()?;
    let transaction = transaction.and_then(|texts| texts.into_iter().next()).unwrap_or_default();
    Ok(Doubt { transaction, mark: left.mark() })
}

/// The rows of accounts: those that are new, and those that are known.
fn accounts<'a>(left: &'a Left<'a>) -> Result<(Rows<'a>, Rows<'a>), StoreError> {
    let (mut new, mut known) = (Rows::default(), Rows::default());
    for (key, growing) in &left.accounts {
        let before = growing.before.head.version;
        if before == 0 {
            new.push(account(key, growing)?);
        } else {
            known.push(account(key, growing)?.into_iter().chain([before.to_cell().into_owned()]));
        }
    }
    Ok((new, known))
}

fn account<'a>(key: &'a AccountKey, growing: &'a Growing<'a>) -> Result<Vec<Cell<'a>>, StoreError> {
    let Account { version, .. } = growing.account;
    let Listed { status, requested_at, is_open, updated_at } = Listed::of(growing.account);
    let listed = cells![status, requested_at, is_open, updated_at].map(Cell::into_owned);
    let totals = InvoiceState::ALL.map(|state| growing.invoices.of(state));
    let totals = totals
        .into_iter()
        .flat_map(|Change { count, high, low }| cells![count, high, low].map(Cell::into_owned));
    let head = cells![key.organization, key.customer, *version, growing.link];
    Ok(head.into_iter().chain(listed).chain([Cell::json(growing.account)?]).chain(totals).collect())
}

/// What is past with the beginning of a life. First, so that the rows of the batch stand as they are
/// written after it.
fn begin_lives<'a>(writes: &mut Writes<'a>, left: &'a Left<'a>) {
    let began = || left.accounts.iter().filter_map(|(key, growing)| Some((*key, growing.life_began?)));
    let mut keys = [(); 4].map(|()| Rows::default());
    for (key, at) in began() {
        let [invoices, holders, adjustments, emails] = &mut keys;
        for rows in [invoices, adjustments, emails] {
            rows.push(cells![key.organization, key.customer]);
        }
        let at = at.to_cell().into_owned();
        holders.push(cells![key.organization, key.customer].into_iter().chain([at]));
    }
    let [invoices, holders, adjustments, emails] = keys;
    writes.add(PAST_INVOICES, invoices);
    writes.add(PAST_HOLDERS, holders);
    writes.add(&NO_ADJUSTMENTS, adjustments);
    writes.add(&NO_EMAILS, emails);
}

fn journal<'a>(writes: &mut Writes<'a>, left: &'a Left<'a>, changes: &'a Changes) -> Result<(), StoreError> {
    let mut entries = Rows::default();
    for sealed in &left.journal {
        let (key, entry) = (sealed.key, sealed.entry);
        let kind = Cell::Text(entry.event.word().into());
        let entry = cells![key.organization, key.customer, entry.sequence, entry.at];
        entries.push(entry.into_iter().chain([kind]).chain(cells![sealed.body, sealed.link]));
    }
    writes.add(&JOURNAL, entries);
    let mut refusals = Rows::default();
    for refusal in &changes.refusals {
        let key = &refusal.key;
        let known = cells![key.organization, key.customer, refusal.at, refusal.by, refusal.operation];
        refusals.push(known.into_iter().chain([Cell::json(&refusal.rejection)?]));
    }
    writes.add(&REFUSALS, refusals);
    Ok(())
}

fn rows<'a>(writes: &mut Writes<'a>, left: &'a Left<'a>) -> Result<(), StoreError> {
    let (mut usages, mut payments) = (Rows::default(), Rows::default());
    for (key, growing) in &left.accounts {
        for usage in growing.rows.usages.values() {
            let friendly = Cell::Text(usage.transaction.friendly().into());
            usages.push(owned(key, usage.cells()?).into_iter().chain([friendly]));
        }
        for payment in growing.rows.payments.values() {
            let sequence = payment.id.sequence().to_cell().into_owned();
            let place = cells![key.organization, key.customer].into_iter().chain([sequence]);
            payments.push(place.chain(payment.cells()?));
        }
    }
    writes.add(&USAGES, usages);
    writes.each(&INVOICES, left, |growing| growing.rows.invoices.values().collect())?;
    writes.add(&PAYMENTS, payments);
    writes.each(&STATEMENT, left, |growing| growing.rows.statement.iter().collect())?;
    writes.each(&HOLDS, left, Growing::holds)?;
    writes.each(&HOLDERS, left, |growing| growing.rows.holders.values().collect())?;
    writes.each(&ADJUSTMENTS, left, |growing| growing.rows.adjustments.values().collect())?;
    rungs(writes, left);
    Ok(())
}

/// The rungs of the days that were touched, as they are in the end; an empty rung has no row.
fn rungs<'a>(writes: &mut Writes<'a>, left: &'a Left<'a>) {
    let (mut rungs, mut none) = (Rows::default(), Rows::default());
    for (key, growing) in &left.accounts {
        for day in &growing.due_days {
            let amount = growing.account.ladder.due_on(*day);
            let rung = cells![key.organization, key.customer, *day];
            if amount.is_zero() {
                none.push(rung);
            } else {
                rungs.push(rung.into_iter().chain([amount.to_cell().into_owned()]));
            }
        }
    }
    writes.add(&RUNGS, rungs);
    writes.add(&NO_RUNGS, none);
}

fn beside<'a>(writes: &mut Writes<'a>, left: &'a Left<'a>) -> Result<(), StoreError> {
    let besides = &left.besides;
    let (mut profiles, mut contacts, mut remarks) = (Rows::default(), Rows::default(), Rows::default());
    for (key, profile) in &besides.profiles {
        profiles.push(owned(key, profile.cells()?));
    }
    for (key, contact) in &besides.contacts {
        contacts.push(owned(key, contact.cells()?));
    }
    for ((key, sequence), remark) in &besides.remarks {
        remarks.push(cells![key.organization, key.customer, *sequence, **remark]);
    }
    writes.add(&PROFILES, profiles);
    writes.add(&CONTACTS, contacts);
    writes.add(&REMARKS, remarks);
    let (mut kept, mut gone) = (Rows::default(), Rows::default());
    for ((key, id), notes) in &besides.notes {
        let place = cells![key.organization, key.customer, id.transaction, id.installment];
        if *notes == Notes::default() {
            gone.push(place);
        } else {
            kept.push(place.into_iter().chain(notes.cells()?));
        }
    }
    writes.add(&NOTES_KEPT, kept);
    writes.add(&NOTES_GONE, gone);
    let (mut kept, mut gone) = (Rows::default(), Rows::default());
    for ((key, holder), email) in &besides.emails {
        let place = cells![key.organization, key.customer, *holder];
        match email {
            Some(email) => kept.push(place.into_iter().chain([email.to_cell()])),
            None => gone.push(place),
        }
    }
    writes.add(&EMAILS_KEPT, kept);
    writes.add(&EMAILS_GONE, gone);
    Ok(())
}

/// The figures of whole organizations, last: what others may wait for is held only for the commit.
fn totals<'a>(writes: &mut Writes<'a>, left: &Left<'a>, changes: &'a Changes) {
    let mut accounts = Rows::default();
    for ((organization, is_open), count) in left.counts() {
        let count = [is_open.to_cell(), count.to_cell()].map(Cell::into_owned);
        accounts.push([organization.to_cell()].into_iter().chain(count));
    }
    writes.add(ACCOUNT_TOTALS, accounts);
    let mut invoices = Rows::default();
    for (organization, tally) in left.tallies() {
        for state in InvoiceState::ALL {
            let change = tally.of(state);
            if change != Change::default() {
                let Change { count, high, low } = change;
                let change = cells![state, count, high, low].map(Cell::into_owned);
                invoices.push([organization.to_cell()].into_iter().chain(change));
            }
        }
    }
    writes.add(INVOICE_TOTALS, invoices);
    let entries = changes.commits.iter().flat_map(|commit| &commit.entries).map(|entry| entry.at);
    let newest: Option<Instant> = entries.chain(changes.refusals.iter().map(|refusal| refusal.at)).max();
    let mut tail = Rows::default();
    if let Some(newest) = newest {
        tail.push([newest.to_cell().into_owned()]);
    }
    writes.add(TAIL, tail);
}

fn answers(changes: &Changes) -> Result<Rows<'_>, StoreError> {
    let mut sorted: Vec<_> = changes.answers.iter().collect();
    sorted.sort_by_key(|(key, _)| key);
    let mut answers = Rows::default();
    for (key, answer) in sorted {
        let AnswerKey { account, operation, key } = key;
        let place = cells![account.organization, account.customer, *operation, *key];
        answers.push(place.into_iter().chain(answer.cells()?));
    }
    Ok(answers)
}

/// What it means that rows could not be written. Where one is there already that was to be new, an
/// account that nobody knew has been made by somebody else; of an account that is locked nobody else
/// can have made one, so that its rows do not fit its journal.
fn of_write(connection: &Connection, left: &Left<'_>, error: StoreError) -> StoreError {
    if connection.trouble() != Some(Trouble::Taken) {
        return error;
    }
    let is_new = |(_, growing): &(&&AccountKey, &Growing<'_>)| growing.before.head.version == 0;
    match left.accounts.iter().find(is_new) {
        Some((key, _)) => StoreError::Conflict((*key).clone()),
        None => StoreError::Damaged(error.to_string()),
    }
}

/// An account that is not as it was loaded was changed by somebody else.
fn check_accounts(
    left: &Left<'_>,
    replies: &[Reply],
    (new, known): (usize, usize),
) -> Result<(), StoreError> {
    let statements = usize::from(new > 0).saturating_add(usize::from(known > 0));
    let mut written: BTreeSet<AccountKey> = BTreeSet::new();
    for reply in replies.iter().skip(1).take(statements) {
        written.extend(
            reply.read(|cells| Ok(AccountKey { organization: cells.next()?, customer: cells.next()? }))?,
        );
    }
    match left.accounts.keys().find(|key| !written.contains(**key)) {
        Some(key) => Err(StoreError::Conflict((*key).clone())),
        None => Ok(()),
    }
}

/// A key that is there already is somebody else's.
fn check_answers(changes: &Changes, replies: &[Reply], answers: usize) -> Result<(), StoreError> {
    let Some(reply) = replies.last().filter(|reply| answers > 0 && reply.rows.len() < answers) else {
        return Ok(());
    };
    let written: BTreeSet<(AccountKey, String, String)> = reply
        .read(|cells| {
            let account = AccountKey { organization: cells.next()?, customer: cells.next()? };
            Ok((account, cells.next()?, cells.next()?))
        })?
        .into_iter()
        .collect();
    let is_written = |key: &AnswerKey| {
        written.contains(&(key.account.clone(), key.operation.word().to_owned(), key.key.clone()))
    };
    let keys = || changes.answers.iter().map(|(key, _)| key);
    // Where all are there, one was given twice.
    match keys().find(|key| !is_written(key)).or(keys().next()) {
        Some(key) => Err(StoreError::Conflict(key.account.clone())),
        None => Ok(()),
    }
}
