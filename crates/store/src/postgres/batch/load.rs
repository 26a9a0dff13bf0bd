use crate::cells::{Cell, Cells, ToCell, cells};
use crate::head::{self, Head};
use crate::postgres::connection::{Connection, Parameter, Reply, Request};
use crate::postgres::tables::answers;
use crate::postgres::tables::invoices::select_of_purchase;
use crate::postgres::tables::usages::of_transaction;
use crate::postgres::unnest::{Rows, each_of, statements, unnest};
use crate::stored::{Stored, columns};
use crate::tally::{self, Tally};
use crate::union::{Union, unite};
use crate::{Answer, AnswerKey, Loaded, StoreError, Wanted, numbers};
use fiado_core::account::{Adjustment, Book, Hold, Holder, Invoice, InvoiceState, Needs, Payment, Usage};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, InvoiceId, TransactionId};
use fiado_core::money::Amount;
use std::collections::BTreeMap;

/// Where the journal of an account stands, and what its invoices come to.
#[derive(Debug, Clone, Default)]
pub(super) struct Stand {
    pub(super) head: Head,
    pub(super) invoices: Tally,
}

impl Stand {
    /// Whether the account has a row.
    pub(super) fn is_there(&self) -> bool {
        self.head.version > 0
    }
}

/// Where the journals of the accounts of a batch stand.
pub(super) type Stands = BTreeMap<AccountKey, Stand>;

/// How many open invoices are looked at first for what a payment covers; then sixteen times as many.
const FIRST_INVOICES: usize = 16;

/// Accounts, in the order of their keys, which is the order they are locked in.
fn wanted_accounts(lock: &str) -> String {
    format!(
        "SELECT organization, customer, {}, open_count, open_high, open_low, paid_count, paid_high, paid_low, \
         cancelled_count, cancelled_high, cancelled_low \
         FROM {} JOIN accounts USING (organization, customer) \
         ORDER BY accounts.organization, accounts.customer {lock}",
        columns!(accounts),
        unnest("wanted", "organization text, customer text")
    )
}

/// The columns of a table for what is wanted of some accounts, by columns that are bound.
fn of_wanted(columns: &str, table: &str, by: &str) -> String {
    each_of(columns, table, &format!("organization text, customer text{by}"))
}

statements! {
    ACCOUNTS = wanted_accounts("");
    LOCKED_ACCOUNTS = wanted_accounts("FOR NO KEY UPDATE OF accounts");
    USAGES = each_of(columns!(usages), "usages", TRANSACTION);
    HOLDS = of_wanted(columns!(holds), "holds", ", transaction_id text");
    HOLDERS = of_wanted(columns!(holders), "holders", ", holder_id text");
    ADJUSTMENTS = of_wanted(columns!(adjustments), "adjustments", ", statement_id text");
    INVOICES = invoices_of(INVOICE, " AND installment = wanted.installment");
    INVOICES_OF = invoices_of(TRANSACTION, "");
    ANSWERS = of_wanted(
        concat!("operation, answer_key, ", columns!(answers)), "answers",
        ", operation text, answer_key text, number bigint"
    );
}

/// A transaction, with the friendly name that it is found by.
pub(super) const TRANSACTION: &str = "organization text, customer text, transaction_id text, friendly text";

/// A transaction, and a number in it.
pub(super) const INVOICE: &str =
    "organization text, customer text, transaction_id text, friendly text, installment smallint";

/// Invoices of purchases that are wanted, by columns that are bound.
pub(super) fn invoices_of(wanted: &str, also: &str) -> String {
    format!(
        "SELECT wanted.organization, wanted.customer, found.* FROM {} CROSS JOIN LATERAL ({}) AS bought \
         CROSS JOIN LATERAL (SELECT * FROM ({}) AS invoices WHERE true{also}) AS found",
        unnest("wanted", wanted),
        of_transaction!(
            "used_at",
            "wanted.transaction_id",
            "wanted.friendly",
            "wanted.organization",
            "wanted.customer"
        ),
        select_of_purchase!(
            columns!(invoices),
            "bought.used_at",
            "wanted.transaction_id",
            "wanted.organization",
            "wanted.customer",
            ""
        ),
    )
}

/// Where several transactions were of one order, the first.
const USAGES_OF_ORDERS: &str = concat!(
    "SELECT DISTINCT ON (wanted.organization, wanted.customer, wanted.order_id)
        wanted.organization, wanted.customer, usages.*
     FROM unnest($1::text[], $2::text[], $3::text[]) AS wanted (organization, customer, order_id)
     CROSS JOIN LATERAL (SELECT ",
    columns!(usages),
    " FROM usages WHERE usages.order_id = wanted.order_id AND usages.organization = wanted.organization
            AND usages.customer = wanted.customer OFFSET 0) AS usages
     ORDER BY wanted.organization, wanted.customer, wanted.order_id, used_at, transaction_id"
);

const EXPIRED_HOLDS: &str = concat!(
    "SELECT wanted.organization, wanted.customer, expired.*
     FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS wanted (organization, customer, by)
     CROSS JOIN LATERAL (SELECT ",
    columns!(holds),
    " FROM holds WHERE 'l' || holds.organization = 'l' || wanted.organization
            AND holds.customer = wanted.customer AND state = 'held' AND expires_at <= wanted.by OFFSET 0) AS expired"
);

const PAYMENTS: &str = concat!(
    "SELECT wanted.organization, wanted.customer, known.*
     FROM unnest($1::text[], $2::text[], $3::text[]) AS wanted (organization, customer, reference)
     CROSS JOIN LATERAL (SELECT ",
    columns!(payments),
    " FROM payments WHERE 'r' || payments.organization = 'r' || wanted.organization
            AND payments.customer = wanted.customer AND payments.reference = wanted.reference OFFSET 0) AS known"
);

/// So many open invoices of each account, those that fall due first, beyond a mark.
const OLDEST_OPEN: &str = concat!(
    "SELECT wanted.organization, wanted.customer, open.*
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::date[], $5::text[], $6::smallint[])
        AS wanted (organization, customer, account, due_day, transaction_id, installment)
     CROSS JOIN LATERAL (SELECT ",
    columns!(invoices),
    " FROM invoices
        WHERE invoices.account = wanted.account AND invoices.organization = wanted.organization
            AND invoices.customer = wanted.customer AND invoices.state = 'open'
            AND (invoices.due_day, invoices.transaction_id, invoices.installment)
                > (wanted.due_day, wanted.transaction_id, wanted.installment)
        ORDER BY invoices.due_day, invoices.transaction_id, invoices.installment LIMIT $7) AS open
     ORDER BY wanted.organization, wanted.customer, open.due_day, open.transaction_id, open.installment"
);

/// The latest instant.
const NEWEST: &str = "SELECT max(newest_at) FROM tail";

/// What a statement gives.
#[derive(Debug, Clone, Copy)]
enum What {
    Accounts,
    Usages,
    Holds,
    Payments,
    Holders,
    Adjustments,
    Invoices,
    /// Only those of them that are open.
    OpenInvoices,
    OldestInvoices,
    Answers,
    Newest,
}

/// Statements to be sent together, with what each gives.
#[derive(Default)]
struct Asking<'a> {
    what: Vec<What>,
    requests: Vec<Request<'a>>,
}

impl<'a> Asking<'a> {
    fn add(&mut self, what: What, sql: &'a str, rows: Rows<'a>) {
        if !rows.is_empty() {
            self.what.push(what);
            self.requests.push(rows.bound_to(sql));
        }
    }

    /// One row for each item that is wanted of an account.
    fn each<I, R>(
        &mut self,
        what: What,
        sql: &'a str,
        union: &'a Unions<'a>,
        items: impl Fn(&'a Union<'a>) -> I,
    ) where
        I: IntoIterator<Item = R>,
        R: IntoIterator<Item = Cell<'a>>,
    {
        let mut rows = Rows::default();
        for (key, union) in union {
            for item in items(union) {
                rows.push(cells![key.organization, key.customer].into_iter().chain(item));
            }
        }
        self.add(what, sql, rows);
    }
}

type Unions<'a> = BTreeMap<&'a AccountKey, Union<'a>>;

/// What has been found so far.
#[derive(Default)]
struct Found {
    books: BTreeMap<AccountKey, Book>,
    stands: Stands,
    answers: BTreeMap<AnswerKey, Answer>,
    newest: Option<Instant>,
}

/// What a batch finds when it begins.
pub(super) struct Start {
    pub(super) loaded: Loaded,
    pub(super) stands: Stands,
}

/// Locks the accounts that a batch wants, and loads what it wants of them.
pub(super) fn load(connection: &Connection, wanted: &[Wanted]) -> Result<Start, StoreError> {
    let unions = unite(wanted);
    let keys: Vec<&AnswerKey> = wanted.iter().filter_map(|wanted| wanted.answer.as_ref()).collect();
    let mut found = ask(connection, &LOCKED_ACCOUNTS, &unions, &keys, Some(NEWEST))?;
    for key in unions.keys() {
        found.books.entry((*key).clone()).or_default();
        found.stands.entry((*key).clone()).or_default();
    }
    let Found { books, stands, answers, newest } = found;
    Ok(Start { loaded: Loaded { books, answers, newest }, stands })
}

/// Loads what one command needs of an account that is known, and locks nothing.
pub(in crate::postgres) fn load_one(
    connection: &Connection,
    key: &AccountKey,
    needs: &Needs,
) -> Result<Option<Book>, StoreError> {
    let mut union = Union::default();
    union.add(needs);
    let mut found = ask(connection, &ACCOUNTS, &BTreeMap::from([(key, union)]), &[], None)?;
    Ok(found.books.remove(key))
}

/// Locks accounts that nobody wanted, and says where they stand.
pub(super) fn stands(connection: &Connection, keys: &[&AccountKey]) -> Result<Stands, StoreError> {
    let unions = keys.iter().map(|key| (*key, Union::default())).collect();
    let mut stands = ask(connection, &LOCKED_ACCOUNTS, &unions, &[], None)?.stands;
    for key in keys {
        stands.entry((*key).clone()).or_default();
    }
    Ok(stands)
}

fn ask(
    connection: &Connection,
    accounts: &str,
    unions: &Unions<'_>,
    keys: &[&AnswerKey],
    newest: Option<&'static str>,
) -> Result<Found, StoreError> {
    let mut asking = Asking::default();
    asking.each(What::Accounts, accounts, unions, |_| [[]]);
    ask_for_purchases(&mut asking, unions);
    ask_for_invoices(&mut asking, unions);
    let mut rows = Rows::default();
    keys.iter().for_each(|key| rows.push(answers::sought(key)));
    asking.add(What::Answers, &ANSWERS, rows);
    // Behind the locks: whoever held one before has told its newest entry by now.
    if let Some(sql) = newest {
        asking.what.push(What::Newest);
        asking.requests.push(Request { sql, parameters: Vec::new() });
    }
    let mut found = Found::default();
    if asking.requests.is_empty() {
        return Ok(found);
    }
    let replies = connection.ask(&asking.requests)?;
    let mut oldest = None;
    for (what, reply) in asking.what.iter().zip(&replies) {
        match what {
            What::OldestInvoices => oldest = Some(reply),
            What::Newest => found.take_newest(reply)?,
            What::Answers => found.take_answers(reply, keys)?,
            what => found.take(*what, reply)?,
        }
    }
    if let Some(first) = oldest {
        Covering::of(unions, &found).complete(connection, first, &mut found)?;
    }
    Ok(found)
}

fn ask_for_purchases<'a>(asking: &mut Asking<'a>, unions: &'a Unions<'a>) {
    asking.each(What::Usages, USAGES_OF_ORDERS, unions, |union| one_by_one(&union.orders));
    asking.each(What::Usages, &USAGES, unions, |union| union.transactions.iter().map(|id| transaction(id)));
    asking.each(What::Holds, &HOLDS, unions, |union| one_by_one(&union.transactions));
    asking.each(What::Holds, EXPIRED_HOLDS, unions, |union| one_by_one(&union.expired_by));
    asking.each(What::Payments, PAYMENTS, unions, |union| one_by_one(&union.references));
    asking.each(What::Holders, &HOLDERS, unions, |union| one_by_one(&union.holders));
    asking.each(What::Adjustments, &ADJUSTMENTS, unions, |union| one_by_one(&union.adjustments));
}

fn ask_for_invoices<'a>(asking: &mut Asking<'a>, unions: &'a Unions<'a>) {
    let by_id =
        |id: &'a &'a InvoiceId| transaction(&id.transaction).into_iter().chain(cells![id.installment]);
    asking.each(What::OpenInvoices, &INVOICES, unions, |union| union.named.iter().map(by_id));
    asking.each(What::Invoices, &INVOICES, unions, |union| union.single.iter().map(by_id));
    asking.each(What::OpenInvoices, &INVOICES_OF, unions, |union| {
        union.open_of.iter().map(|id| transaction(id))
    });
    asking.each(What::Invoices, &INVOICES_OF, unions, |union| union.all_of.iter().map(|id| transaction(id)));
    let mut rows = Rows::default();
    for (key, _) in unions.iter().filter(|(_, union)| !union.covering.is_zero()) {
        rows.push(numbered(key, cells![i32::MIN, "", 0_u8]));
    }
    if !rows.is_empty() {
        asking.what.push(What::OldestInvoices);
        asking.requests.push(oldest(rows, FIRST_INVOICES));
    }
}

/// What is asked of an account by its number, behind its names.
fn numbered<'a, const COUNT: usize>(
    key: &'a AccountKey,
    cells: [Cell<'a>; COUNT],
) -> impl Iterator<Item = Cell<'a>> {
    let number = numbers::of_account(key).to_cell().into_owned();
    cells![key.organization, key.customer].into_iter().chain([number]).chain(cells)
}

/// A transaction, with the friendly name that it is found by.
pub(super) fn transaction(id: &TransactionId) -> [Cell<'_>; 2] {
    [id.to_cell(), Cell::Text(id.friendly().into())]
}

fn oldest(rows: Rows<'_>, most: usize) -> Request<'_> {
    let mut request = rows.bound_to(OLDEST_OPEN);
    request.parameters.push(Parameter::One(most.to_cell().into_owned()));
    request
}

fn one_by_one<'a, T: ToCell + 'a>(
    items: impl IntoIterator<Item = &'a T>,
) -> impl Iterator<Item = [Cell<'a>; 1]> {
    items.into_iter().map(|item| [item.to_cell()])
}

fn whose(cells: &mut Cells<'_>) -> Result<AccountKey, StoreError> {
    Ok(AccountKey { organization: cells.next()?, customer: cells.next()? })
}

impl Found {
    fn take(&mut self, what: What, reply: &Reply) -> Result<(), StoreError> {
        reply.read(|cells| {
            let key = whose(cells)?;
            match what {
                What::Accounts => self.take_account(key, cells)?,
                what => self.take_row(what, &key, cells)?,
            }
            Ok(())
        })?;
        Ok(())
    }

    fn take_account(&mut self, key: AccountKey, cells: &mut Cells<'_>) -> Result<(), StoreError> {
        let (account, head) = head::read(cells)?;
        let invoices = Tally {
            open: tally::read_change(cells)?,
            paid: tally::read_change(cells)?,
            cancelled: tally::read_change(cells)?,
        };
        self.stands.insert(key.clone(), Stand { head, invoices });
        self.books.insert(key, Book { account, ..Book::default() });
        Ok(())
    }

    fn take_newest(&mut self, reply: &Reply) -> Result<(), StoreError> {
        reply.read(|cells| {
            self.newest = cells.next()?;
            Ok(())
        })?;
        Ok(())
    }

    fn take_row(&mut self, what: What, key: &AccountKey, cells: &mut Cells<'_>) -> Result<(), StoreError> {
        let Some(book) = self.books.get_mut(key) else {
            return Ok(());
        };
        match what {
            What::Usages => {
                let usage = Usage::read(cells)?;
                book.usages.insert(usage.transaction.clone(), usage);
            }
            What::Holds => {
                let hold = Hold::read(cells)?;
                book.holds.insert(hold.transaction.clone(), hold);
            }
            What::Payments => {
                let payment = Payment::read(cells)?;
                book.payments.insert(payment.id, payment);
            }
            What::Holders => {
                let holder = Holder::read(cells)?;
                book.holders.insert(holder.id, holder);
            }
            What::Adjustments => {
                let adjustment = Adjustment::read(cells)?;
                book.adjustments.insert(adjustment.statement.clone(), adjustment);
            }
            what => {
                let invoice = Invoice::read(cells)?;
                if matches!(what, What::Invoices) || invoice.state == InvoiceState::Open {
                    book.invoices.insert(invoice.id.clone(), invoice);
                }
            }
        }
        Ok(())
    }

    fn take_answers(&mut self, reply: &Reply, keys: &[&AnswerKey]) -> Result<(), StoreError> {
        let named = |key: &&AnswerKey| (key.account.clone(), key.operation.word(), key.key.clone());
        let keys: BTreeMap<_, _> = keys.iter().map(|key| (named(key), *key)).collect();
        reply.read(|cells| {
            let (account, operation, text) = (whose(cells)?, cells.next::<String>()?, cells.next()?);
            let answer = Answer::read(cells)?;
            if let Some(key) = keys.get(&(account, operation.as_str(), text)) {
                self.answers.insert((*key).clone(), answer);
            }
            Ok(())
        })?;
        Ok(())
    }
}

/// What is still to be covered by open invoices. Those that were asked for by name do not count, since
/// an earlier command of the batch may leave nothing to pay of them.
struct Covering<'a> {
    accounts: BTreeMap<&'a AccountKey, Missing>,
}

struct Missing {
    amount: Amount,
    known: Vec<InvoiceId>,
    came: usize,
    last: Option<Invoice>,
}

impl<'a> Covering<'a> {
    fn of(unions: &Unions<'a>, found: &Found) -> Covering<'a> {
        let covering = unions.iter().filter(|(_, union)| !union.covering.is_zero());
        let accounts = covering.map(|(key, union)| {
            let known = found.books.get(*key).map(|book| book.invoices.keys().cloned().collect());
            let known = known.unwrap_or_default();
            (*key, Missing { amount: union.covering, known, came: 0, last: None })
        });
        Covering { accounts: accounts.collect() }
    }

    fn complete(
        mut self,
        connection: &Connection,
        first: &Reply,
        found: &mut Found,
    ) -> Result<(), StoreError> {
        let mut most = FIRST_INVOICES;
        self.take(first, found)?;
        loop {
            self.accounts.retain(|_, missing| !missing.amount.is_zero() && missing.came >= most);
            self.accounts.values_mut().for_each(|missing| missing.came = 0);
            let mut rows = Rows::default();
            for (key, missing) in &self.accounts {
                if let Some(last) = &missing.last {
                    rows.push(numbered(key, cells![last.due, last.id.transaction, last.id.installment]));
                }
            }
            if rows.is_empty() {
                return Ok(());
            }
            most = most.saturating_mul(16);
            let replies = connection.ask(&[oldest(rows, most)])?;
            for reply in &replies {
                self.take(reply, found)?;
            }
        }
    }

    fn take(&mut self, reply: &Reply, found: &mut Found) -> Result<(), StoreError> {
        reply.read(|cells| {
            let (key, invoice) = (whose(cells)?, Invoice::read(cells)?);
            let (Some(missing), Some(book)) = (self.accounts.get_mut(&key), found.books.get_mut(&key)) else {
                return Ok(());
            };
            missing.came = missing.came.saturating_add(1);
            missing.last = Some(invoice.clone());
            if !missing.amount.is_zero() && !missing.known.contains(&invoice.id) {
                missing.amount = missing.amount.saturating_sub(invoice.left());
                book.invoices.insert(invoice.id.clone(), invoice);
            }
            Ok(())
        })?;
        Ok(())
    }
}

/// Every statement of a load.
#[cfg(test)]
pub(in crate::postgres) fn statements() -> [&'static str; 13] {
    [
        &ACCOUNTS,
        &LOCKED_ACCOUNTS,
        &USAGES,
        USAGES_OF_ORDERS,
        &HOLDS,
        EXPIRED_HOLDS,
        PAYMENTS,
        &HOLDERS,
        &ADJUSTMENTS,
        &INVOICES,
        &INVOICES_OF,
        OLDEST_OPEN,
        &ANSWERS,
    ]
}
