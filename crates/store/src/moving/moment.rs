//! A store at one moment, read in stretches of keys: one statement a table, the same in every
//! database.

use super::{Belongings, Departure, Shops};
use crate::cells::{Cell, Cells, ToCell, cells};
use crate::stored::{self, Stored, columns};
use crate::{Answer, AnswerKey, ApiKey, JournalRow, Refusal, RuleRecord, StoreError, numbers};
use fiado_core::identity::{AccountKey, InvoiceId, OrganizationId};
use fiado_core::profile::{Contact, Notes, Profile};
use std::collections::BTreeMap;

const ORGANIZATIONS: &str =
    "SELECT organization, zone, country, policy, preferences FROM organizations ORDER BY organization";

const RULES: &str = "SELECT organization, rule, document FROM payment_rules ORDER BY organization, position";

const KEYS: &str = concat!("SELECT ", columns!(api_keys), " FROM api_keys ORDER BY app_key");

/// How many accounts are asked for by their numbers at once.
const NUMBERS: usize = 200;

/// A database as it is at one moment.
pub(crate) trait Moment {
    /// Whose journals have begun, by an index in which they are in order: up to its conditions.
    const LIVES: &'static str;

    /// The rows of a query, each read by `read`.
    fn all<T>(
        &self,
        sql: &str,
        bound: Vec<Cell<'_>>,
        read: impl FnMut(&mut Cells<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError>;

    /// The secret made with the store.
    fn signing_key(&self) -> Result<[u8; 32], StoreError>;

    /// Rows of some accounts, in order of their numbers, and perhaps of others.
    fn among(table: Table, accounts: &[&AccountKey]) -> String {
        among(table, accounts)
    }
}

impl<M: Moment> Departure for M {
    fn shops(&self) -> Result<Shops, StoreError> {
        let none = Vec::new;
        Ok(Shops {
            organizations: self.all(ORGANIZATIONS, none(), |cells| {
                let id: OrganizationId = cells.next()?;
                stored::organization(&id, cells)
            })?,
            rules: self.all(RULES, none(), |cells| {
                Ok((cells.next()?, RuleRecord { id: cells.next()?, document: cells.next()? }))
            })?,
            keys: self.all(KEYS, none(), ApiKey::read)?,
            signing_key: self.signing_key()?,
        })
    }

    fn belongings(&self, after: Option<&AccountKey>, rows: usize) -> Result<Vec<Belongings>, StoreError> {
        let stretch = Stretch { after, last: end_of_stretch(self, after, rows)? };
        let mut found = Found::default();
        found.accounts(self, &stretch)?;
        found.beside(self, &stretch)?;
        found.refusals(self, &stretch)?;
        found.journals(self, &stretch)?;
        found.answers(self)?;
        Ok(found.0.into_values().collect())
    }
}

/// The customers after one, up to another; to the end where none is named.
struct Stretch<'a> {
    after: Option<&'a AccountKey>,
    last: Option<AccountKey>,
}

impl Stretch<'_> {
    /// The rows that these customers have in a table.
    fn all<T>(
        &self,
        moment: &impl Moment,
        (columns, table, order): (&str, &str, &str),
        read: impl FnMut(&mut Cells<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let sql = within(columns, table, order, self.last.is_some());
        moment.all(&sql, self.bounds(), read)
    }

    /// Those of them who have a journal.
    fn lives<M: Moment>(&self, moment: &M) -> Result<Vec<AccountKey>, StoreError> {
        moment.all(&lives::<M>(self.last.is_some()), self.bounds(), key)
    }

    fn bounds(&self) -> Vec<Cell<'_>> {
        let mut bound = key_cells(self.after);
        bound.extend(self.last.iter().flat_map(|last| key_cells(Some(last))));
        bound
    }
}

fn key_cells(key: Option<&AccountKey>) -> Vec<Cell<'_>> {
    match key {
        Some(key) => cells![key.organization, key.customer].into(),
        None => vec![Cell::Text("".into()), Cell::Text("".into())],
    }
}

/// Rows of customers after the one that is bound first, up to the one that is bound second.
fn within(columns: &str, table: &str, order: &str, ends: bool) -> String {
    let end = if ends { " AND (organization, customer) <= ($3, $4)" } else { "" };
    format!(
        "SELECT organization, customer, {columns} FROM {table} \
         WHERE (organization, customer) > ($1, $2){end} ORDER BY organization, customer{order}"
    )
}

/// Of whom there is a journal, among those customers.
fn lives<M: Moment>(ends: bool) -> String {
    let end = if ends { " AND (organization, customer) <= ($3, $4)" } else { "" };
    format!("{} AND (organization, customer) > ($1, $2){end} ORDER BY organization, customer", M::LIVES)
}

/// Rows of some accounts, in order of their numbers.
pub(crate) fn among((columns, table, order): Table, accounts: &[&AccountKey]) -> String {
    let numbers: Vec<String> = accounts.iter().map(|key| numbers::of_account(key).to_string()).collect();
    format!(
        "SELECT organization, customer, {columns} FROM {table} \
         WHERE account IN ({}) ORDER BY account{order}",
        numbers.join(", ")
    )
}

/// The next accounts, each with how many entries it has.
const NEXT: &str = "SELECT organization, customer, version FROM accounts \
     WHERE (organization, customer) > ($1, $2) ORDER BY organization, customer LIMIT $3";

/// Whose the refusal is that comes so many refusals after a customer's.
const END_OF_REFUSALS: &str = "SELECT organization, customer FROM refusals \
     WHERE (organization, customer) > ($1, $2) ORDER BY organization, customer LIMIT 1 OFFSET $3";

/// The customer with whom there are about so many rows; `None`: there are not so many.
fn end_of_stretch(
    moment: &impl Moment,
    after: Option<&AccountKey>,
    rows: usize,
) -> Result<Option<AccountKey>, StoreError> {
    let from = |most: usize| key_cells(after).into_iter().chain([most.to_cell().into_owned()]).collect();
    let refusals = moment.all(END_OF_REFUSALS, from(rows.saturating_sub(1)), key)?.into_iter().next();
    // Few accounts have one entry only.
    let most = rows.div_ceil(4);
    let next = moment.all(NEXT, from(most), |cells| Ok((key(cells)?, cells.next()?)))?;
    let (mut entries, mut accounts) = (0_usize, 0_usize);
    let entries_end = next.into_iter().find_map(|(key, version): (AccountKey, usize)| {
        entries = entries.saturating_add(version);
        accounts = accounts.saturating_add(1);
        (entries >= rows || accounts >= most).then_some(key)
    });
    Ok(match (refusals, entries_end) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    })
}

fn key(cells: &mut Cells<'_>) -> Result<AccountKey, StoreError> {
    Ok(AccountKey { organization: cells.next()?, customer: cells.next()? })
}

/// What some customers have, by their keys.
#[derive(Default)]
struct Found(BTreeMap<AccountKey, Belongings>);

impl Found {
    fn of(&mut self, key: AccountKey) -> &mut Belongings {
        self.0.entry(key.clone()).or_insert_with(|| Belongings::of(key))
    }

    fn accounts(&mut self, moment: &impl Moment, stretch: &Stretch<'_>) -> Result<(), StoreError> {
        for (key, head) in
            stretch.all(moment, ACCOUNTS, |cells| Ok((key(cells)?, (cells.next()?, cells.next()?))))?
        {
            self.of(key).head = Some(head);
        }
        Ok(())
    }

    /// Of all customers that are known by now, and of those of whom there is nothing but a journal.
    fn journals<M: Moment>(&mut self, moment: &M, stretch: &Stretch<'_>) -> Result<(), StoreError> {
        for key in stretch.lives(moment)? {
            self.of(key);
        }
        let journal = self.among(moment, JOURNAL, |cells| {
            let key = key(cells)?;
            Ok((key.clone(), JournalRow::read(&key, cells)?))
        })?;
        for (key, row) in journal {
            self.of(key).journal.push(row);
        }
        Ok(())
    }

    /// Rows of all customers that are known by now. Others may have their numbers: of those that were asked
    /// for together, only theirs are taken.
    fn among<M: Moment, T>(
        &self,
        moment: &M,
        table: Table,
        mut read: impl FnMut(&mut Cells<'_>) -> Result<(AccountKey, T), StoreError>,
    ) -> Result<Vec<(AccountKey, T)>, StoreError> {
        let keys: Vec<&AccountKey> = self.0.keys().collect();
        let mut rows = Vec::new();
        for some in keys.chunks(NUMBERS) {
            let found = moment.all(&M::among(table, some), Vec::new(), &mut read)?;
            rows.extend(found.into_iter().filter(|(key, _)| some.binary_search(&key).is_ok()));
        }
        Ok(rows)
    }

    fn beside(&mut self, moment: &impl Moment, stretch: &Stretch<'_>) -> Result<(), StoreError> {
        for (key, profile) in
            stretch.all(moment, PROFILES, |cells| Ok((key(cells)?, Profile::read(cells)?)))?
        {
            self.of(key).profile = Some(profile);
        }
        for (key, contact) in
            stretch.all(moment, CONTACTS, |cells| Ok((key(cells)?, Contact::read(cells)?)))?
        {
            self.of(key).contact = Some(contact);
        }
        let pair = |cells: &mut Cells<'_>| Ok((key(cells)?, (cells.next()?, cells.next()?)));
        for (key, remark) in stretch.all(moment, REMARKS, pair)? {
            self.of(key).remarks.push(remark);
        }
        let pair = |cells: &mut Cells<'_>| Ok((key(cells)?, (cells.next()?, cells.next()?)));
        for (key, holder) in stretch.all(moment, HOLDERS, pair)? {
            self.of(key).holders.push(holder);
        }
        let notes = stretch.all(moment, NOTES, |cells| {
            let key = key(cells)?;
            let invoice = InvoiceId { transaction: cells.next()?, installment: cells.next()? };
            Ok((key, (invoice, Notes::read(cells)?)))
        })?;
        for (key, noted) in notes {
            self.of(key).notes.push(noted);
        }
        Ok(())
    }

    fn refusals(&mut self, moment: &impl Moment, stretch: &Stretch<'_>) -> Result<(), StoreError> {
        let refusals = stretch.all(moment, REFUSALS, |cells| {
            let (key, position) = (key(cells)?, cells.next()?);
            let refusal = Refusal {
                key,
                at: cells.next()?,
                by: cells.next()?,
                operation: cells.next()?,
                rejection: cells.next_json()?,
            };
            Ok((position, refusal))
        })?;
        for (position, refusal) in refusals {
            self.of(refusal.key.clone()).refusals.push((position, refusal));
        }
        Ok(())
    }

    fn answers(&mut self, moment: &impl Moment) -> Result<(), StoreError> {
        let answers = self.among(moment, ANSWERS, |cells| {
            let account = key(cells)?;
            let key = AnswerKey { account: account.clone(), operation: cells.next()?, key: cells.next()? };
            Ok((account, (key, Answer::read(cells)?)))
        })?;
        for (key, answer) in answers {
            self.of(key).answers.push(answer);
        }
        for belongings in self.0.values_mut() {
            belongings.answers.sort_by(|(one, _), (other, _)| one.in_export().cmp(&other.in_export()));
        }
        Ok(())
    }
}

/// Columns, table, and what its rows are ordered by behind their customers.
pub(crate) type Table = (&'static str, &'static str, &'static str);

const ACCOUNTS: Table = ("version, head", "accounts", "");
const JOURNAL: Table = ("position, sequence, at, kind, body, hash", "journal", ", sequence");
const PROFILES: Table = (columns!(profiles), "profiles", "");
const CONTACTS: Table = (columns!(contacts), "contacts", "");
const REMARKS: Table = ("sequence, remark", "remarks", ", sequence");
const HOLDERS: Table = ("holder_id, email", "holder_emails", ", holder_id");
const NOTES: Table = (
    "transaction_id, installment, observation, payment_link",
    "invoice_notes",
    ", transaction_id, installment",
);
const REFUSALS: Table = (r#"position, at, "by", operation, rejection"#, "refusals", ", position");
const ANSWERS: Table = (concat!("operation, answer_key, ", columns!(answers)), "answers", "");

/// All statements that depend on how much there is.
#[cfg(test)]
pub(crate) fn statements<M: Moment>() -> Vec<String> {
    let tables = [ACCOUNTS, PROFILES, CONTACTS, REMARKS, HOLDERS, NOTES, REFUSALS];
    let stretches = tables
        .into_iter()
        .flat_map(|(columns, table, order)| [true, false].map(|ends| within(columns, table, order, ends)));
    let key = crate::conformance::desk::key("cust_456");
    let numbered = [JOURNAL, ANSWERS].map(|table| M::among(table, &[&key, &key]));
    stretches
        .chain(numbered)
        .chain([true, false].map(lives::<M>))
        .chain([NEXT, END_OF_REFUSALS].map(str::to_owned))
        .collect()
}
