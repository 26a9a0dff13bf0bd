use super::fold::{Growing, Left};
use super::given::{AnswerRow, Given};
use super::load::Stand;
use crate::cells::{Cell, ToCell, cells};
use crate::head::{Listed, rungs};
use crate::postgres::connection::{RECORD, Request};
use crate::postgres::error::Trouble;
use crate::postgres::tables::answers;
use crate::postgres::unnest::{
    Rows, Together, all_or_none, delete, insert, names, none_of, overwrite, renumbered, split, statements,
    unnest, upsert, width,
};
use crate::stored::{Stored, owned, statement_cell};
use crate::tally::{Change, Tally};
use crate::{AnswerKey, Changes, StoreError, Wanted, numbers};
use fiado_core::account::InvoiceState;
use fiado_core::calendar::Instant;
use fiado_core::identity::AccountKey;
use fiado_core::profile::Notes;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What every command changes of an account, and a purchase nothing else.
macro_rules! figures {
    () => {
        "version bigint, head bytea, state text, ladder text, open_count bigint, open_high bigint, open_low bigint"
    };
}
/// What else some commands change.
macro_rules! listed {
    () => {
        "paid_count bigint, paid_high bigint, paid_low bigint, cancelled_count bigint, cancelled_high bigint, \
         cancelled_low bigint, status text, requested_at timestamptz, is_open boolean, updated_at timestamptz"
    };
}
const FIGURES: &str = figures!();
const ACCOUNT: &str = concat!(figures!(), ", ", listed!());
const NEW_ACCOUNT: &str =
    concat!(figures!(), ", ", listed!(), ", account bigint, organization text, customer text");
const USAGE: &str = "account bigint, organization text, customer text, transaction_id text, order_id text, \
     amount bigint, interest bigint, plan text, authorized bigint, captured bigint, value bigint, \
     installments smallint, parts text, used_at timestamptz, due_day date, paid bigint, \
     used_after bigint, available_after bigint, friendly text";
const INVOICE: &str = "account bigint, organization text, customer text, transaction_id text, \
     installment smallint, order_id text, value bigint, paid bigint, installments smallint, \
     issued_at timestamptz, due_day date, original_due_day date, postponements bigint, state text, \
     updated_at timestamptz, resolved_at timestamptz, past boolean";
const ANSWER: &str = "number bigint, organization text, customer text, operation text, answer_key text, \
     fingerprint bytea, at timestamptz, result text";
const GIVEN: &str = "organization text, customer text, operation text, answer_key text, number bigint";
const ORDERED: &str = "organization text, customer text, order_id text";
const HOLDER: &str = "organization text, customer text, holder_id text";
const NOTES: &str = "organization text, customer text, transaction_id text, installment smallint";

statements! {
    NEW_ACCOUNTS = insert("accounts", NEW_ACCOUNT);
    KNOWN_ACCOUNTS = all_or_none(&update_accounts(ACCOUNT));
    FIGURES_OF_ACCOUNTS = all_or_none(&update_accounts(FIGURES));
    LOCKED_ACCOUNTS = all_or_none(&format!(
        "SELECT 1 FROM {}, accounts WHERE {AS_IT_WAS} FOR NO KEY UPDATE OF accounts",
        unnest("new", BEFORE)
    ));
    JOURNAL = insert("journal", "account bigint, organization text, customer text, sequence bigint, \
        at timestamptz, kind text, body bytea, hash bytea, statement text");
    REFUSALS = insert("refusals", "organization text, customer text, at timestamptz, by text, \
        operation text, rejection text");
    ANSWERS = insert("answers", ANSWER);
    NO_ANSWERS = none_may_be_there(&[("answers", GIVEN)]);
    NO_ACCOUNTS = none_may_be_there(&[("accounts", "organization text, customer text")]);
    NOTHING_ASSUMED = none_may_be_there(&[("answers", GIVEN), ("usages", ORDERED)]);
    NEW_USAGES = insert("usages", USAGE);
    KNOWN_USAGES = overwrite("usages", 4, USAGE, "usages.friendly = sought.friendly \
        AND usages.transaction_id = sought.transaction_id AND usages.organization = sought.organization \
        AND usages.customer = sought.customer");
    NEW_INVOICES = insert("invoices", INVOICE);
    KNOWN_INVOICES = overwrite("invoices", 5, INVOICE, "'s' || invoices.organization = 's' || sought.organization \
        AND invoices.state IN ('open', 'paid', 'cancelled') AND invoices.issued_at = sought.issued_at \
        AND invoices.customer = sought.customer AND invoices.transaction_id = sought.transaction_id \
        AND invoices.installment = sought.installment");
    PAYMENTS = insert("payments", "organization text, customer text, sequence bigint, payment_id text, \
        reference text, amount bigint, paid_day date, received_at timestamptz, unapplied bigint, \
        applied text, used_after bigint, available_after bigint");
    HOLDS = upsert("holds", 3, "organization text, customer text, transaction_id text, order_id text, \
        authorized bigint, amount bigint, installments smallint, firm boolean, expires_at timestamptz, \
        expiry_was_chosen boolean, made_at timestamptz, state text");
    HOLDERS = upsert("holders", 3, "organization text, customer text, holder_id text, \
        added_at timestamptz, removed_at timestamptz");
    ADJUSTMENTS = insert("adjustments", "organization text, customer text, statement_id text, value bigint");
    PROFILES = upsert("profiles", 2, "organization text, customer text, business_name text, tax_id text, \
        years_in_business integer");
    CONTACTS = upsert("contacts", 2, "organization text, customer text, email text, document text, \
        document_type text, description text");
    REMARKS = insert("remarks", "organization text, customer text, sequence bigint, remark text");
    NOTES_KEPT = upsert("invoice_notes", 4, "organization text, customer text, transaction_id text, \
        installment smallint, observation text, payment_link text, friendly text");
    NOTES_GONE = delete("invoice_notes", NOTES);
    EMAILS_KEPT = upsert("holder_emails", 3, "organization text, customer text, holder_id text, email text");
    EMAILS_GONE = delete("holder_emails", HOLDER);
    NO_EMAILS = delete("holder_emails", "organization text, customer text");
    NO_ADJUSTMENTS = delete("adjustments", "organization text, customer text");
}

/// An account, and the last link of its journal, which no other journal has.
const BEFORE: &str = "organization text, customer text, before bytea";

/// Where somebody else has changed an account since, it has another link. It is found by its key and not by
/// the place of its row: only so PostgreSQL makes room for the next one meanwhile.
const AS_IT_WAS: &str = "accounts.organization = new.organization AND accounts.customer = new.customer \
    AND accounts.head = new.before";

/// Writes columns of accounts that are as they were.
fn update_accounts(columns: &str) -> String {
    let set: Vec<String> = names(columns).split(", ").map(|name| format!("{name} = new.{name}")).collect();
    format!(
        "UPDATE accounts SET {} FROM {} WHERE {AS_IT_WAS} RETURNING 1",
        set.join(", "),
        unnest("new", &format!("{columns}, {BEFORE}"))
    )
}

/// What a command writes beside an account that is known, in one statement, which fails where what was
/// assumed is not so.
static USUAL: LazyLock<Together> = LazyLock::new(|| {
    // The last one is written first. What others may wait for is written last, and held only for the commit.
    let statements = [
        ("tail_left", TAIL),
        ("totals_left", INVOICE_TOTALS),
        ("answers_left", &ANSWERS),
        ("invoices_left", &NEW_INVOICES),
        ("usages_left", &NEW_USAGES),
        ("journal_left", &JOURNAL),
    ];
    Together::new(statements, &NOTHING_ASSUMED)
});

/// Locks numbers of accounts, in their order, until the transaction ends.
const LOCKS: &str = "SELECT pg_advisory_xact_lock(number)::text
     FROM (SELECT number FROM unnest($1::bigint[]) AS numbers (number) ORDER BY number OFFSET 0) AS numbers";

/// Fails where a row with one of these keys is there, in any of these tables.
fn none_may_be_there(tables: &[(&str, &str)]) -> String {
    let (mut none, mut bound) = (Vec::new(), 0);
    for (table, key) in tables {
        let one = none_of(table, key);
        none.push(renumbered(&one, bound));
        bound = bound.saturating_add(width(&one));
    }
    format!("SELECT 1 / ({})::int", none.join(" AND "))
}

/// What belongs to an earlier life is past.
const PAST_INVOICES: &str = "UPDATE invoices SET past = true
     FROM (SELECT present.place
        FROM unnest($1::text[], $2::text[], $3::bigint[]) AS began (organization, customer, account)
        CROSS JOIN LATERAL (
            SELECT ctid AS place FROM invoices WHERE account = began.account
                AND organization = began.organization AND customer = began.customer AND state = 'open'
                AND NOT past
            UNION ALL
            SELECT ctid AS place FROM invoices WHERE account = began.account
                AND organization = began.organization AND customer = began.customer AND state <> 'open'
                AND NOT past
            OFFSET 0) AS present) AS began
     WHERE invoices.ctid = began.place";

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

/// Statements to be sent together, without those that have nothing to do. Their order is the same
/// everywhere, and so is the order of the rows in each.
#[derive(Default)]
pub(super) struct Writes<'a> {
    requests: Vec<Request<'a>>,
    newest: Option<Instant>,
}

impl<'a> Writes<'a> {
    /// The statements that write all that a batch has done, if what was assumed of what is wanted is so.
    pub(super) fn of(
        left: &'a Left<'a>,
        changes: &'a Changes,
        given: &'a Given<'a>,
        assumed: &'a [Wanted],
    ) -> Result<Writes<'a>, StoreError> {
        let mut writes = Writes { newest: newest(changes), ..Writes::default() };
        let Accounts { new, known, figures } = accounts(left)?;
        let writes_them_at_once = known.is_empty() && left.untouched.is_empty() && given.locks.is_empty();
        if !assumed.is_empty() && !writes_them_at_once {
            writes.add_counted(&LOCKED_ACCOUNTS, as_they_were(left));
        }
        seek(&mut writes, given);
        writes.add(&NEW_ACCOUNTS, new);
        writes.add_counted(&KNOWN_ACCOUNTS, known);
        writes.add_counted(&FIGURES_OF_ACCOUNTS, figures);
        begin_lives(&mut writes, left);
        refusals(&mut writes, changes)?;
        rows(&mut writes, left)?;
        beside(&mut writes, left)?;
        account_totals(&mut writes, left);
        let usual_rows = [
            tail(writes.newest),
            invoice_totals(left),
            answers(given)?,
            invoices(left, false)?,
            usages(left, false)?,
            journal(left)?,
            assumptions(assumed),
        ];
        writes.requests.push(USUAL.bound(usual_rows));
        if changes.is_empty() {
            writes.requests.push(Request { sql: RECORD, parameters: Vec::new() });
        }
        Ok(writes)
    }

    /// In the order in which they are sent.
    pub(super) fn requests(&self) -> &[Request<'a>] {
        &self.requests
    }

    /// The latest instant of what is written.
    pub(super) fn newest(&self) -> Option<Instant> {
        self.newest
    }

    fn add(&mut self, sql: &'a str, rows: Rows<'a>) {
        if !rows.is_empty() {
            self.requests.push(rows.bound_to(sql));
        }
    }

    /// Rows whose statement is told how many they are.
    fn add_counted(&mut self, sql: &'a str, rows: Rows<'a>) {
        if !rows.is_empty() {
            self.requests.push(rows.counted_for(sql));
        }
    }

    /// The rows of one kind of all accounts.
    fn each<R: Stored + 'a>(
        &mut self,
        sql: &'a str,
        left: &'a Left<'a>,
        rows: impl Fn(&'a Growing<'a>) -> Vec<&'a R>,
    ) -> Result<(), StoreError> {
        self.add(sql, each(left, rows)?);
        Ok(())
    }
}

fn each<'a, R: Stored + 'a, I: IntoIterator<Item = &'a R>>(
    left: &'a Left<'a>,
    rows: impl Fn(&'a Growing<'a>) -> I,
) -> Result<Rows<'a>, StoreError> {
    let mut written = Rows::default();
    for (key, growing) in &left.accounts {
        for row in rows(growing) {
            written.push(owned(key, row.cells()?));
        }
    }
    Ok(written)
}

/// Looks for what somebody else may have done meanwhile where there was nothing to lock, behind locks on
/// the numbers of the accounts.
fn seek<'a>(writes: &mut Writes<'a>, given: &'a Given<'a>) {
    let (mut locks, mut answers, mut accounts) = (Rows::default(), Rows::default(), Rows::default());
    given.locks.iter().for_each(|number| locks.push([number.to_cell()]));
    given.to_be_sought.iter().for_each(|key| answers.push(answers::sought(key)));
    given.of_nobody.iter().for_each(|key| accounts.push(cells![key.organization, key.customer]));
    writes.add(LOCKS, locks);
    writes.add(&NO_ANSWERS, answers);
    writes.add(&NO_ACCOUNTS, accounts);
}

/// The answers and the purchases that are assumed not to be there. Behind the locks on their accounts nobody
/// else writes any.
fn assumptions(assumed: &[Wanted]) -> Rows<'_> {
    let (mut answers, mut orders) = (Rows::default(), Rows::default());
    for Wanted { key, needs, answer } in assumed {
        answer.iter().for_each(|answer| answers.push(answers::sought(answer)));
        if let Some(order) = &needs.order {
            orders.push(cells![key.organization, key.customer, *order]);
        }
    }
    answers.beside(orders, split(GIVEN).count())
}

/// All accounts, in the order of their keys, which is the order they are locked in.
fn as_they_were<'a>(left: &'a Left<'a>) -> Rows<'a> {
    let changed = left.accounts.iter().map(|(key, growing)| (*key, &growing.before));
    let stands: BTreeMap<&AccountKey, &Stand> = left.untouched.iter().chain(changed).collect();
    let mut rows = Rows::default();
    for (key, stand) in stands {
        rows.push(cells![key.organization, key.customer, stand.head.link]);
    }
    rows
}

/// The rows of accounts.
#[derive(Default)]
struct Accounts<'a> {
    new: Rows<'a>,
    known: Rows<'a>,
    /// Of those that are known and change in nothing else.
    figures: Rows<'a>,
}

fn accounts<'a>(left: &'a Left<'a>) -> Result<Accounts<'a>, StoreError> {
    let mut accounts = Accounts::default();
    for (key, growing) in &left.accounts {
        let Stand { head, invoices } = &growing.before;
        let listed = Listed::of(growing.account);
        let row = figures(growing)?;
        if !growing.before.is_there() {
            let whose = cells![growing.number, key.organization, key.customer];
            accounts.new.push(row.into_iter().chain(others(growing, listed)).chain(whose));
            continue;
        }
        let before = cells![key.organization, key.customer, head.link];
        let Tally { paid, cancelled, .. } = growing.tally;
        if listed == head.listed && (paid, cancelled) == (invoices.paid, invoices.cancelled) {
            accounts.figures.push(row.into_iter().chain(before));
        } else {
            accounts.known.push(row.into_iter().chain(others(growing, listed)).chain(before));
        }
    }
    Ok(accounts)
}

fn figures<'a>(growing: &'a Growing<'a>) -> Result<Vec<Cell<'a>>, StoreError> {
    let Change { count, high, low } = &growing.tally.open;
    let head = cells![growing.account.version, growing.link];
    let state = [Cell::json(&**growing.account)?, Cell::json(&rungs(growing.account))?];
    Ok(head.into_iter().chain(state).chain(cells![*count, *high, *low]).collect())
}

fn others(growing: &Growing<'_>, listed: Listed) -> Vec<Cell<'static>> {
    let totals = [growing.tally.paid, growing.tally.cancelled].into_iter();
    let totals =
        totals.flat_map(|Change { count, high, low }| cells![count, high, low].map(Cell::into_owned));
    let Listed { status, requested_at, is_open, updated_at } = listed;
    totals.chain(cells![status, requested_at, is_open, updated_at].map(Cell::into_owned)).collect()
}

/// What is past with the beginning of a life. First, so that the rows of the batch stand as they are
/// written after it.
fn begin_lives<'a>(writes: &mut Writes<'a>, left: &'a Left<'a>) {
    let began = || left.accounts.iter().filter_map(|(key, growing)| Some((*key, growing.life_began?)));
    let mut keys = [(); 4].map(|()| Rows::default());
    for (key, at) in began() {
        let [invoices, holders, adjustments, emails] = &mut keys;
        for rows in [adjustments, emails] {
            rows.push(cells![key.organization, key.customer]);
        }
        let number = numbers::of_account(key).to_cell().into_owned();
        invoices.push(cells![key.organization, key.customer].into_iter().chain([number]));
        let at = at.to_cell().into_owned();
        holders.push(cells![key.organization, key.customer].into_iter().chain([at]));
    }
    let [invoices, holders, adjustments, emails] = keys;
    writes.add(PAST_INVOICES, invoices);
    writes.add(PAST_HOLDERS, holders);
    writes.add(&NO_ADJUSTMENTS, adjustments);
    writes.add(&NO_EMAILS, emails);
}

fn journal<'a>(left: &'a Left<'a>) -> Result<Rows<'a>, StoreError> {
    let mut entries = Rows::default();
    for sealed in &left.journal {
        let (key, entry) = (sealed.key, sealed.entry);
        let Some(growing) = left.accounts.get(key) else { continue };
        let kind = Cell::Text(entry.event.word().into());
        let statement = statement_cell(growing.lines_of(entry))?;
        let place = cells![growing.number, key.organization, key.customer, entry.sequence, entry.at];
        let sealed = [kind].into_iter().chain(cells![sealed.body, sealed.link]);
        entries.push(place.into_iter().chain(sealed).chain([statement]));
    }
    Ok(entries)
}

fn refusals<'a>(writes: &mut Writes<'a>, changes: &'a Changes) -> Result<(), StoreError> {
    let mut refusals = Rows::default();
    for refusal in &changes.refusals {
        let key = &refusal.key;
        let known = cells![key.organization, key.customer, refusal.at, refusal.by, refusal.operation];
        refusals.push(known.into_iter().chain([Cell::json(&refusal.rejection)?]));
    }
    writes.add(&REFUSALS, refusals);
    Ok(())
}

fn usages<'a>(left: &'a Left<'a>, are_known: bool) -> Result<Rows<'a>, StoreError> {
    let mut usages = Rows::default();
    for (key, growing) in &left.accounts {
        for usage in growing.usages(are_known) {
            let friendly = Cell::Text(usage.transaction.friendly().into());
            usages.push(numbered(key, growing, usage.cells()?).chain([friendly]));
        }
    }
    Ok(usages)
}

fn invoices<'a>(left: &'a Left<'a>, are_known: bool) -> Result<Rows<'a>, StoreError> {
    let mut invoices = Rows::default();
    for (key, growing) in &left.accounts {
        for invoice in growing.invoices(are_known) {
            invoices.push(numbered(key, growing, invoice.cells()?));
        }
    }
    Ok(invoices)
}

/// The columns of a row that is found by its account's number: that, whose it is, then these.
fn numbered<'a>(
    key: &'a AccountKey,
    growing: &'a Growing<'a>,
    cells: Vec<Cell<'a>>,
) -> impl Iterator<Item = Cell<'a>> {
    cells![growing.number, key.organization, key.customer].into_iter().chain(cells)
}

/// The rows that few commands write.
fn rows<'a>(writes: &mut Writes<'a>, left: &'a Left<'a>) -> Result<(), StoreError> {
    let mut payments = Rows::default();
    for (key, growing) in &left.accounts {
        for payment in growing.rows.payments.values() {
            let sequence = payment.id.sequence().to_cell().into_owned();
            let place = cells![key.organization, key.customer].into_iter().chain([sequence]);
            payments.push(place.chain(payment.cells()?));
        }
    }
    writes.add_counted(&KNOWN_USAGES, usages(left, true)?);
    writes.add_counted(&KNOWN_INVOICES, invoices(left, true)?);
    writes.add(&PAYMENTS, payments);
    writes.each(&HOLDS, left, Growing::holds)?;
    writes.each(&HOLDERS, left, |growing| growing.rows.holders.values().collect())?;
    writes.each(&ADJUSTMENTS, left, |growing| growing.rows.adjustments.values().collect())
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
            let friendly = Cell::Text(id.transaction.friendly().into());
            kept.push(place.into_iter().chain(notes.cells()?).chain([friendly]));
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

/// The figures of whole organizations.
fn account_totals<'a>(writes: &mut Writes<'a>, left: &Left<'a>) {
    let mut accounts = Rows::default();
    for ((organization, is_open), count) in left.counts() {
        let count = [is_open.to_cell(), count.to_cell()].map(Cell::into_owned);
        accounts.push([organization.to_cell()].into_iter().chain(count));
    }
    writes.add(ACCOUNT_TOTALS, accounts);
}

fn invoice_totals<'a>(left: &Left<'a>) -> Rows<'a> {
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
    invoices
}

/// The latest instant of what was done.
fn newest(changes: &Changes) -> Option<Instant> {
    let entries = changes.commits.iter().flat_map(|commit| &commit.entries).map(|entry| entry.at);
    entries.chain(changes.refusals.iter().map(|refusal| refusal.at)).max()
}

fn tail(newest: Option<Instant>) -> Rows<'static> {
    let mut tail = Rows::default();
    if let Some(newest) = newest {
        tail.push([newest.to_cell().into_owned()]);
    }
    tail
}

fn answers<'a>(given: &'a Given<'a>) -> Result<Rows<'a>, StoreError> {
    let mut answers = Rows::default();
    for AnswerRow { number, key, answer } in &given.all {
        let AnswerKey { account, operation, key } = key;
        let place = cells![*number, account.organization, account.customer, *operation, *key];
        answers.push(place.into_iter().chain(answer.cells()?));
    }
    Ok(answers)
}

/// What it means that rows could not be written. Where one is there already that was to be new, an
/// account that nobody knew has been made by somebody else; of an account that is locked nobody else
/// can have made one, so that its rows do not fit its journal. What is not as it was found has been
/// changed, made or answered by somebody else.
pub(super) fn meaning(
    left: &Left<'_>,
    given: &Given<'_>,
    trouble: Option<Trouble>,
    error: StoreError,
) -> StoreError {
    let accounts = |are_new: bool| {
        let which = move |growing: &Growing<'_>| growing.before.is_there() != are_new;
        left.accounts.iter().find(|(_, growing)| which(growing)).map(|(key, _)| *key)
    };
    let (whose, is_damage) = match trouble {
        Some(Trouble::Taken) => (accounts(true), true),
        Some(Trouble::Changed) => {
            let sought = given.to_be_sought.first().map(|key| &key.account);
            (sought.or_else(|| accounts(false)).or_else(|| left.untouched.keys().next()), false)
        }
        _ => (None, false),
    };
    match whose {
        Some(key) => StoreError::Conflict(key.clone()),
        None if is_damage => StoreError::Damaged(error.to_string()),
        None => error,
    }
}

/// The statements that look for what they write.
#[cfg(test)]
pub(in crate::postgres) fn written() -> [&'static str; 9] {
    [
        USUAL.sql(),
        &KNOWN_ACCOUNTS,
        &FIGURES_OF_ACCOUNTS,
        &LOCKED_ACCOUNTS,
        &KNOWN_USAGES,
        &KNOWN_INVOICES,
        &NO_ANSWERS,
        &NO_ACCOUNTS,
        PAST_INVOICES,
    ]
}
