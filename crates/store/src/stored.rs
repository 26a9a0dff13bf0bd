//! The rows that every store keeps: which columns they have, how they are written to them and read
//! back. A store adds its own keys to them, and nothing else.

use crate::cells::{Cell, Cells, ToCell, cells};
use crate::head;
use crate::{AccountRecord, Answer, ApiKey, Commit, JournalRow, Organization, StoreError, Stretch};
use fiado_core::account::{
    Adjustment, Event, Hold, HoldTerms, Holder, Invoice, LineKind, Payment, StatementLine, Usage,
};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, ChildId, InvoiceId, OrganizationId};
use fiado_core::money::{Amount, Balance};
use fiado_core::profile::{Contact, Notes, Profile};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A value that has a row of its own.
pub(crate) trait Stored: Sized {
    /// Reads the columns of [`columns!`], in their order.
    fn read(cells: &mut Cells<'_>) -> Result<Self, StoreError>;

    /// What stands in these columns.
    fn cells(&self) -> Result<Vec<Cell<'_>>, StoreError>;
}

/// The columns of a table's rows, in the order they are written and read, behind those that say whose
/// they are.
macro_rules! columns {
    (accounts) => {
        "version, head, status, requested_at, is_open, updated_at, state, ladder"
    };
    (holds) => {
        "transaction_id, order_id, authorized, amount, installments, firm, expires_at, expiry_was_chosen, \
         made_at, state"
    };
    (usages) => {
        "transaction_id, order_id, amount, interest, plan, authorized, captured, value, installments, parts, \
         used_at, due_day, paid, used_after, available_after"
    };
    (invoices) => {
        "transaction_id, installment, order_id, value, paid, installments, issued_at, due_day, \
         original_due_day, postponements, state, updated_at, resolved_at, past"
    };
    // The same, where other tables are looked at beside them.
    (of invoices) => {
        "invoices.transaction_id, invoices.installment, invoices.order_id, invoices.value, invoices.paid, \
         invoices.installments, invoices.issued_at, invoices.due_day, invoices.original_due_day, \
         invoices.postponements, invoices.state, invoices.updated_at, invoices.resolved_at, invoices.past"
    };
    (payments) => {
        "payment_id, reference, amount, paid_day, received_at, unapplied, applied, used_after, \
         available_after"
    };
    (holders) => {
        "holder_id, added_at, removed_at"
    };
    (adjustments) => {
        "statement_id, value"
    };
    (answers) => {
        "fingerprint, at, result"
    };
    (profiles) => {
        "business_name, tax_id, years_in_business"
    };
    (contacts) => {
        "email, document, document_type, description"
    };
    (invoice_notes) => {
        "observation, payment_link"
    };
    (api_keys) => {
        "app_key, name, token_hash, organization, permissions, customer, created_at"
    };
}
pub(crate) use columns;

/// What stands beside an account, and the account: the columns of [`record`]. Whether there is a profile or
/// a contact is said before it.
macro_rules! record_columns {
    () => {
        concat!(
            "profiles.customer IS NOT NULL, ",
            columns!(profiles),
            ", contacts.customer IS NOT NULL, ",
            columns!(contacts),
            ", ",
            columns!(accounts)
        )
    };
}
pub(crate) use record_columns;

/// The tables that these are columns of.
macro_rules! record_tables {
    () => {
        "accounts LEFT JOIN profiles USING (organization, customer)
            LEFT JOIN contacts USING (organization, customer)"
    };
}
pub(crate) use record_tables;

/// Reads an account with what is kept beside its journal, but for what was written beside a decision. It has
/// the holds whose time has come.
pub(crate) fn record(cells: &mut Cells<'_>) -> Result<AccountRecord, StoreError> {
    let (profile, contact) = beside(cells)?;
    let (account, _) = head::read(cells)?;
    Ok(AccountRecord { account: Arc::new(account), profile, contact, remark: None })
}

/// The first columns of it: who a company is, and how it is reached.
pub(crate) fn beside(cells: &mut Cells<'_>) -> Result<(Option<Profile>, Option<Contact>), StoreError> {
    let profile = perhaps(cells, const { count(columns!(profiles)) })?;
    let contact = perhaps(cells, const { count(columns!(contacts)) })?;
    Ok((profile, contact))
}

/// A row of so many columns, behind whether there is one.
fn perhaps<T: Stored>(cells: &mut Cells<'_>, columns: usize) -> Result<Option<T>, StoreError> {
    if cells.next()? {
        return T::read(cells).map(Some);
    }
    cells.skip(columns);
    Ok(None)
}

/// How many columns are named.
const fn count(columns: &str) -> usize {
    let (mut rest, mut count) = (columns.as_bytes(), 1);
    while let [first, others @ ..] = rest {
        if *first == b',' {
            count += 1;
        }
        rest = others;
    }
    count
}

/// An account's rows by what names them. No index keeps a second row of a name out of every table: where there
/// is one, the account is damaged.
pub(crate) fn named<Name: Ord, Row>(
    rows: Vec<Row>,
    name: impl Fn(&Row) -> Name,
) -> Result<BTreeMap<Name, Row>, StoreError> {
    let count = rows.len();
    let named: BTreeMap<Name, Row> = rows.into_iter().map(|row| (name(&row), row)).collect();
    if named.len() == count { Ok(named) } else { Err(StoreError::Damaged(TWICE.to_owned())) }
}

/// What is said of them.
pub(crate) const TWICE: &str = "two rows have the same name";

/// The columns of an account's row: whose it is, then these.
pub(crate) fn owned<'a>(key: &'a AccountKey, cells: Vec<Cell<'a>>) -> Vec<Cell<'a>> {
    cells![key.organization, key.customer].into_iter().chain(cells).collect()
}

impl Stored for Hold {
    fn read(cells: &mut Cells<'_>) -> Result<Hold, StoreError> {
        Ok(Hold {
            transaction: cells.next()?,
            order: cells.next()?,
            authorized: cells.next()?,
            terms: HoldTerms {
                amount: cells.next()?,
                installments: cells.next()?,
                firm: cells.next()?,
                expires_at: cells.next()?,
                expiry_was_chosen: cells.next()?,
            },
            made_at: cells.next()?,
            state: cells.next()?,
        })
    }

    fn cells(&self) -> Result<Vec<Cell<'_>>, StoreError> {
        Ok(cells![
            self.transaction,
            self.order,
            self.authorized,
            self.terms.amount,
            self.terms.installments,
            self.terms.firm,
            self.terms.expires_at,
            self.terms.expiry_was_chosen,
            self.made_at,
            self.state,
        ]
        .into())
    }
}

impl Stored for Usage {
    fn read(cells: &mut Cells<'_>) -> Result<Usage, StoreError> {
        Ok(Usage {
            transaction: cells.next()?,
            order: cells.next()?,
            amount: cells.next()?,
            interest: cells.next()?,
            plan: cells.next()?,
            authorized: cells.next()?,
            captured: cells.next()?,
            value: cells.next()?,
            installments: cells.next()?,
            parts: cells.next_json()?,
            used_at: cells.next()?,
            due: cells.next()?,
            paid: cells.next()?,
            used_after: cells.next()?,
            available_after: cells.next()?,
        })
    }

    fn cells(&self) -> Result<Vec<Cell<'_>>, StoreError> {
        Ok(vec![
            self.transaction.to_cell(),
            self.order.to_cell(),
            self.amount.to_cell(),
            self.interest.to_cell(),
            self.plan.to_cell(),
            self.authorized.to_cell(),
            self.captured.to_cell(),
            self.value.to_cell(),
            self.installments.to_cell(),
            Cell::json(&self.parts)?,
            self.used_at.to_cell(),
            self.due.to_cell(),
            self.paid.to_cell(),
            self.used_after.to_cell(),
            self.available_after.to_cell(),
        ])
    }
}

impl Stored for Invoice {
    fn read(cells: &mut Cells<'_>) -> Result<Invoice, StoreError> {
        Ok(Invoice {
            id: InvoiceId { transaction: cells.next()?, installment: cells.next()? },
            order: cells.next()?,
            value: cells.next()?,
            paid: cells.next()?,
            installments: cells.next()?,
            issued_at: cells.next()?,
            due: cells.next()?,
            original_due: cells.next()?,
            postponements: cells.next()?,
            state: cells.next()?,
            updated_at: cells.next()?,
            resolved_at: cells.next()?,
            past: cells.next()?,
        })
    }

    fn cells(&self) -> Result<Vec<Cell<'_>>, StoreError> {
        Ok(cells![
            self.id.transaction,
            self.id.installment,
            self.order,
            self.value,
            self.paid,
            self.installments,
            self.issued_at,
            self.due,
            self.original_due,
            self.postponements,
            self.state,
            self.updated_at,
            self.resolved_at,
            self.past,
        ]
        .into())
    }
}

impl Stored for Payment {
    fn read(cells: &mut Cells<'_>) -> Result<Payment, StoreError> {
        Ok(Payment {
            id: cells.next()?,
            reference: cells.next()?,
            amount: cells.next()?,
            date: cells.next()?,
            received_at: cells.next()?,
            unapplied: cells.next()?,
            applied: cells.next_json()?,
            used_after: cells.next()?,
            available_after: cells.next()?,
        })
    }

    fn cells(&self) -> Result<Vec<Cell<'_>>, StoreError> {
        Ok(vec![
            self.id.to_cell(),
            self.reference.to_cell(),
            self.amount.to_cell(),
            self.date.to_cell(),
            self.received_at.to_cell(),
            self.unapplied.to_cell(),
            Cell::json(&self.applied)?,
            self.used_after.to_cell(),
            self.available_after.to_cell(),
        ])
    }
}

/// A line of the statement as it is kept beside its entry, which says its sequence and its moment.
#[derive(Serialize, Deserialize)]
struct KeptLine<'a> {
    line: u32,
    value: Balance,
    used_after: Amount,
    balance_after: Balance,
    kind: Cow<'a, LineKind>,
}

/// The lines of an entry in the statement, in order, as they are kept beside it; an entry without any has
/// nothing there.
pub(crate) fn statement_cell<'a>(
    lines: impl IntoIterator<Item = &'a StatementLine>,
) -> Result<Cell<'static>, StoreError> {
    let keep = |line: &'a StatementLine| KeptLine {
        line: line.line,
        value: line.value,
        used_after: line.used_after,
        balance_after: line.balance_after,
        kind: Cow::Borrowed(&line.kind),
    };
    let kept: Vec<KeptLine<'_>> = lines.into_iter().map(keep).collect();
    if kept.is_empty() { Ok(Cell::Null) } else { Cell::json(&kept) }
}

/// Reads the lines of an entry that has some: sequence, at, statement.
pub(crate) fn statement_lines(cells: &mut Cells<'_>) -> Result<Vec<StatementLine>, StoreError> {
    let (sequence, at) = (cells.next()?, cells.next()?);
    let kept: Vec<KeptLine<'static>> = cells.next_json()?;
    let read = |line: KeptLine<'static>| StatementLine {
        sequence,
        line: line.line,
        at,
        value: line.value,
        used_after: line.used_after,
        balance_after: line.balance_after,
        kind: line.kind.into_owned(),
    };
    Ok(kept.into_iter().map(read).collect())
}

impl Stored for Holder {
    fn read(cells: &mut Cells<'_>) -> Result<Holder, StoreError> {
        Ok(Holder { id: cells.next()?, added_at: cells.next()?, removed_at: cells.next()? })
    }

    fn cells(&self) -> Result<Vec<Cell<'_>>, StoreError> {
        Ok(cells![self.id, self.added_at, self.removed_at].into())
    }
}

impl Stored for Adjustment {
    fn read(cells: &mut Cells<'_>) -> Result<Adjustment, StoreError> {
        Ok(Adjustment { statement: cells.next()?, value: cells.next()? })
    }

    fn cells(&self) -> Result<Vec<Cell<'_>>, StoreError> {
        Ok(cells![self.statement, self.value].into())
    }
}

impl Stored for Answer {
    fn read(cells: &mut Cells<'_>) -> Result<Answer, StoreError> {
        Ok(Answer { fingerprint: cells.next()?, at: cells.next()?, result: cells.next_json()? })
    }

    fn cells(&self) -> Result<Vec<Cell<'_>>, StoreError> {
        Ok(vec![self.fingerprint.to_cell(), self.at.to_cell(), Cell::json(&self.result)?])
    }
}

impl Stored for Profile {
    fn read(cells: &mut Cells<'_>) -> Result<Profile, StoreError> {
        Ok(Profile { business_name: cells.next()?, tax_id: cells.next()?, years_in_business: cells.next()? })
    }

    fn cells(&self) -> Result<Vec<Cell<'_>>, StoreError> {
        Ok(cells![self.business_name, self.tax_id, self.years_in_business].into())
    }
}

impl Stored for Contact {
    fn read(cells: &mut Cells<'_>) -> Result<Contact, StoreError> {
        Ok(Contact {
            email: cells.next()?,
            document: cells.next()?,
            document_type: cells.next()?,
            description: cells.next()?,
        })
    }

    fn cells(&self) -> Result<Vec<Cell<'_>>, StoreError> {
        Ok(cells![self.email, self.document, self.document_type, self.description].into())
    }
}

impl Stored for Notes {
    fn read(cells: &mut Cells<'_>) -> Result<Notes, StoreError> {
        Ok(Notes { observation: cells.next()?, payment_link: cells.next()? })
    }

    fn cells(&self) -> Result<Vec<Cell<'_>>, StoreError> {
        Ok(cells![self.observation, self.payment_link].into())
    }
}

impl Stored for ApiKey {
    fn read(cells: &mut Cells<'_>) -> Result<ApiKey, StoreError> {
        Ok(ApiKey {
            app_key: cells.next()?,
            name: cells.next()?,
            token_hash: cells.next()?,
            organization: cells.next()?,
            permissions: cells.next_json()?,
            customer: cells.next()?,
            created_at: cells.next()?,
        })
    }

    fn cells(&self) -> Result<Vec<Cell<'_>>, StoreError> {
        Ok(vec![
            self.app_key.to_cell(),
            self.name.to_cell(),
            self.token_hash.to_cell(),
            self.organization.to_cell(),
            Cell::json(&self.permissions)?,
            self.customer.to_cell(),
            self.created_at.to_cell(),
        ])
    }
}

impl JournalRow {
    /// Reads a row of an account's journal.
    pub(crate) fn read(key: &AccountKey, cells: &mut Cells<'_>) -> Result<JournalRow, StoreError> {
        Ok(JournalRow {
            position: cells.next()?,
            key: key.clone(),
            sequence: cells.next()?,
            at: cells.next()?,
            kind: cells.next()?,
            body: cells.next()?,
            hash: cells.next()?,
        })
    }
}

impl Commit {
    /// Whom the last entry let buy on the account, if that is what it did.
    pub(crate) fn added_holder(&self) -> Option<ChildId> {
        match self.entries.last()?.event {
            Event::HolderAdded { holder } => Some(holder),
            _ => None,
        }
    }
}

impl Stretch {
    /// The newest `most` of these lines, which come newest first, from a moment on. What the line
    /// before those listed left is the balance before them; a life begins with none.
    pub(crate) fn of_newest(
        lines: impl IntoIterator<Item = StatementLine>,
        from: Option<Instant>,
        most: usize,
    ) -> Stretch {
        let mut stretch = Stretch::default();
        for line in lines {
            if stretch.lines.len() >= most || from.is_some_and(|from| line.at < from) {
                stretch.balance_before = line.balance_after;
                break;
            }
            stretch.lines.push(line);
        }
        stretch.lines.reverse();
        stretch
    }
}

/// Reads an organization: zone, country, policy, preferences.
pub(crate) fn organization(id: &OrganizationId, cells: &mut Cells<'_>) -> Result<Organization, StoreError> {
    Ok(Organization {
        id: id.clone(),
        zone: cells.next()?,
        country: cells.next()?,
        policy: cells.next_json()?,
        preferences: cells.next_json()?,
    })
}

/// The row of an organization, its id first.
pub(crate) fn organization_cells(organization: &Organization) -> Result<Vec<Cell<'_>>, StoreError> {
    Ok(vec![
        organization.id.to_cell(),
        organization.zone.to_cell(),
        organization.country.to_cell(),
        Cell::json(&organization.policy)?,
        Cell::json(&organization.preferences)?,
    ])
}
