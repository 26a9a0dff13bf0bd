//! A store at one moment, read in stretches of keys: one statement a table, the same in every
//! database.

use super::{Belongings, Departure, Shops};
use crate::cells::{Cell, Cells, cells};
use crate::stored::{self, Stored, columns};
use crate::{Answer, AnswerKey, ApiKey, JournalRow, Refusal, RuleRecord, StoreError};
use fiado_core::identity::{AccountKey, InvoiceId, OrganizationId};
use fiado_core::profile::{Contact, Notes, Profile};
use std::collections::BTreeMap;

const ORGANIZATIONS: &str =
    "SELECT organization, zone, country, policy, preferences FROM organizations ORDER BY organization";

const RULES: &str = "SELECT organization, rule, document FROM payment_rules ORDER BY organization, position";

const KEYS: &str = concat!("SELECT ", columns!(api_keys), " FROM api_keys ORDER BY app_key");

/// Tables of which a customer may have any number of rows.
const LONG: [&str; 3] = ["journal", "refusals", "answers"];

/// A database as it is at one moment.
pub(crate) trait Moment {
    /// The rows of a query, each read by `read`.
    fn all<T>(
        &self,
        sql: &str,
        bound: Vec<Cell<'_>>,
        read: impl FnMut(&mut Cells<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError>;

    /// The secret made with the store.
    fn signing_key(&self) -> Result<[u8; 32], StoreError>;

    /// The rows that the customers of a stretch have in a table: those after the customer that is bound
    /// first, up to the one that is bound second where it ends with one.
    fn within(table: Table, ends: bool) -> String {
        within(table, ends)
    }

    /// The customer with whom there are so many rows of a table after another's.
    fn end_of(table: &str) -> String {
        end_of(table)
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
        found.answers(self, &stretch)?;
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
    fn all<M: Moment, T>(
        &self,
        moment: &M,
        table: Table,
        read: impl FnMut(&mut Cells<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let sql = M::within(table, self.last.is_some());
        let mut bound = key_cells(self.after);
        bound.extend(self.last.iter().flat_map(|last| key_cells(Some(last))));
        moment.all(&sql, bound, read)
    }
}

fn key_cells(key: Option<&AccountKey>) -> Vec<Cell<'_>> {
    match key {
        Some(key) => cells![key.organization, key.customer].into(),
        None => vec![Cell::Text("".into()), Cell::Text("".into())],
    }
}

/// Rows of customers after the one that is bound first, up to the one that is bound second.
pub(crate) fn within((columns, table, order): Table, ends: bool) -> String {
    let end = if ends { " AND (organization, customer) <= ($3, $4)" } else { "" };
    format!(
        "SELECT organization, customer, {columns} FROM {table} \
         WHERE (organization, customer) > ($1, $2){end} ORDER BY organization, customer{order}"
    )
}

/// Whose the row is that comes so many rows after a customer's.
pub(crate) fn end_of(table: &str) -> String {
    format!(
        "SELECT organization, customer FROM {table} WHERE (organization, customer) > ($1, $2) \
         ORDER BY organization, customer LIMIT 1 OFFSET $3"
    )
}

/// The customer with whom there are so many rows of a table; `None`: nowhere are there so many.
fn end_of_stretch<M: Moment>(
    moment: &M,
    after: Option<&AccountKey>,
    rows: usize,
) -> Result<Option<AccountKey>, StoreError> {
    let (mut end, skipped): (Option<AccountKey>, usize) = (None, rows.saturating_sub(1));
    for table in LONG {
        let bound = key_cells(after).into_iter().chain(cells![skipped]).collect();
        let found = moment.all(&M::end_of(table), bound, key)?.into_iter().next();
        end = match (end, found) {
            (Some(end), Some(found)) => Some(end.min(found)),
            (end, found) => end.or(found),
        };
    }
    Ok(end)
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
        let journal = stretch.all(moment, JOURNAL, |cells| {
            let key = key(cells)?;
            JournalRow::read(&key, cells)
        })?;
        let mut journal = journal.into_iter().peekable();
        while let Some(first) = journal.peek() {
            let key = first.key.clone();
            let rows = &mut self.of(key.clone()).journal;
            while let Some(row) = journal.next_if(|row| row.key == key) {
                rows.push(row);
            }
        }
        Ok(())
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

    fn answers(&mut self, moment: &impl Moment, stretch: &Stretch<'_>) -> Result<(), StoreError> {
        let answers = stretch.all(moment, ANSWERS, |cells| {
            let key = AnswerKey { account: key(cells)?, operation: cells.next()?, key: cells.next()? };
            Ok((key, Answer::read(cells)?))
        })?;
        for (key, answer) in answers {
            self.of(key.account.clone()).answers.push((key, answer));
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
const ANSWERS: Table =
    (concat!("operation, answer_key, ", columns!(answers)), "answers", ", operation, answer_key");

/// All statements that depend on how much there is, as most databases are asked.
#[cfg(test)]
pub(crate) fn statements() -> Vec<String> {
    statements_with(within, end_of)
}

/// The same as one kind of database is asked.
#[cfg(test)]
pub(crate) fn statements_of<M: Moment>() -> Vec<String> {
    statements_with(M::within, M::end_of)
}

#[cfg(test)]
fn statements_with(within: fn(Table, bool) -> String, end_of: fn(&str) -> String) -> Vec<String> {
    let tables = [ACCOUNTS, JOURNAL, PROFILES, CONTACTS, REMARKS, HOLDERS, NOTES, REFUSALS, ANSWERS];
    let stretches = tables.into_iter().flat_map(|table| [true, false].map(|ends| within(table, ends)));
    stretches.chain(LONG.map(end_of)).collect()
}
