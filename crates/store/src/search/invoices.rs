//! Invoices by what is asked of them, over a whole organization or one account.
//!
//! A list is one walk, or several that are merged: the invoices of a state that match as a whole
//! are walked in an index that has them in the list's order, and counted by their kept totals; of
//! the other states those are gathered for which the terms hold, each term by its own index.

use super::{Database, Reach, Sql};
use crate::cells::Cells;
use crate::stored::Stored;
use crate::tally;
use crate::{InvoiceFilter, InvoiceRecord, InvoiceTerm, InvoiceTotals, Range, StoreError};
use fiado_core::account::{Invoice, InvoiceState};
use fiado_core::identity::{AccountKey, CustomerId, InvoiceId, OrganizationId};
use fiado_core::profile::Notes;
use std::marker::PhantomData;

/// The invoices of a page in order, and the totals of all that match.
pub(crate) fn find<D: Database>(
    database: &D,
    organization: &OrganizationId,
    filter: &InvoiceFilter,
    range: &Range,
) -> Result<(Vec<InvoiceRecord>, InvoiceTotals), StoreError> {
    let Some(search) = Search::<D>::of(organization, filter) else {
        return Ok((Vec::new(), InvoiceTotals::default()));
    };
    let totals = search.totals(database)?;
    let reach = Reach::of(range, totals.count());
    if reach.most == 0 {
        return Ok((Vec::new(), totals));
    }
    let page = search.page(&reach);
    let records = database.all(&page, |cells| record(cells, organization))?;
    Ok((records, totals))
}

fn record(cells: &mut Cells<'_>, organization: &OrganizationId) -> Result<InvoiceRecord, StoreError> {
    Ok(InvoiceRecord {
        key: AccountKey { organization: organization.clone(), customer: cells.next()? },
        invoice: Invoice::read(cells)?,
        notes: Notes::read(cells)?,
    })
}

/// What is looked for.
struct Search<'a, D> {
    organization: &'a OrganizationId,
    /// Only those of this account.
    customer: Option<&'a CustomerId>,
    /// The states all of whose invoices match.
    whole: Vec<InvoiceState>,
    /// The states of whose invoices those match for which the terms hold.
    partial: Vec<InvoiceState>,
    /// What is asked of these, but for their state.
    terms: Vec<&'a InvoiceTerm>,
    /// Whether one of these terms is enough.
    any: bool,
    database: PhantomData<D>,
}

impl<'a, D: Database> Search<'a, D> {
    /// What a filter asks for; `None`: nothing can match.
    fn of(organization: &'a OrganizationId, filter: &'a InvoiceFilter) -> Option<Search<'a, D>> {
        // One term alone is the same either way.
        let any = filter.any && filter.terms.len() > 1;
        let mut customer = filter.customer.as_ref();
        let mut states = InvoiceState::ALL.to_vec();
        let (mut named, mut terms) = (Vec::new(), Vec::new());
        for term in &filter.terms {
            match term {
                InvoiceTerm::State(state) if any => named.push(*state),
                InvoiceTerm::State(state) => states.retain(|other| other == state),
                InvoiceTerm::Customer(other) if !any => {
                    if customer.is_some_and(|customer| customer != other) {
                        return None;
                    }
                    customer = Some(other);
                }
                term => terms.push(term),
            }
        }
        let (whole, mut partial): (Vec<_>, Vec<_>) = states.into_iter().partition(|state| {
            let is_named = any && named.contains(state);
            is_named || (!any && terms.is_empty())
        });
        if terms.is_empty() {
            partial.clear();
        }
        let is_possible = !whole.is_empty() || !partial.is_empty();
        is_possible.then_some(Search {
            organization,
            customer,
            whole,
            partial,
            terms,
            any,
            database: PhantomData,
        })
    }

    /// The page: a walk that reads nothing but an index finds which rows it has, and only these
    /// are fetched.
    fn page(&self, reach: &Reach) -> Sql {
        D::page_of_invoices(self.organization, Sql::join(self.lists(), " UNION ALL "), reach)
    }

    /// The lists that are merged.
    fn lists(&self) -> Vec<Sql> {
        let in_order = self.customer.is_some() || D::IS_WALKED_AS_A_WHOLE;
        let whole: Vec<Sql> = if in_order && self.whole.len() == InvoiceState::ALL.len() {
            vec![self.all()]
        } else {
            self.whole.iter().map(|state| self.all_at(*state)).collect()
        };
        let listed = if self.customer.is_some() { D::LISTED_OF_ACCOUNT } else { D::LISTED };
        let mut lists: Vec<Sql> = whole.into_iter().map(|list| Sql::text(listed).then(list)).collect();
        if !self.partial.is_empty() {
            let listed = if self.is_walked() { listed } else { D::LISTED };
            if self.is_walked() && !in_order {
                let of_state = |state: &InvoiceState| self.walked(self.all_at(*state));
                lists.extend(self.partial.iter().map(|state| Sql::text(listed).then(of_state(state))));
            } else {
                lists.push(Sql::text(listed).then(self.gathered()));
            }
        }
        lists
    }

    /// Whether those of the partial states are walked too: where nothing leads to a few of them.
    fn is_walked(&self) -> bool {
        let asks_for_time = |term: &&InvoiceTerm| matches!(term, InvoiceTerm::Issued { .. });
        !self.any
            && !self.terms.iter().any(|term| is_key(term))
            && (self.customer.is_some() || self.terms.iter().all(asks_for_time))
    }

    /// The totals: kept for what matches as a whole, and added up for the rest.
    fn totals(&self, database: &D) -> Result<InvoiceTotals, StoreError> {
        let mut totals = InvoiceTotals::default();
        if !self.partial.is_empty() {
            let sum = Sql::text(SUMMED).then(self.gathered());
            totals = database.all(&sum, tally::read_all)?.into_iter().next().unwrap_or_default();
        }
        if !self.whole.is_empty() {
            let kept = database.totals_kept(self.organization, self.customer)?;
            for state in &self.whole {
                *totals.of_mut(*state) = kept.of(*state);
            }
        }
        Ok(totals)
    }

    /// All of them, in order.
    fn all(&self) -> Sql {
        match self.customer {
            Some(customer) => D::of_account(self.organization, customer),
            None => Sql::text(D::BY_ISSUE).bind(self.organization),
        }
    }

    /// All of one state, in order.
    fn all_at(&self, state: InvoiceState) -> Sql {
        match self.customer {
            Some(_) => self.all().then(D::AT_STATE).bind(&state),
            None => Sql::text(D::BY_STATE).bind(self.organization).bind(&state),
        }
    }

    /// Those of the partial states for which the terms hold.
    fn gathered(&self) -> Sql {
        if self.any {
            return self.among(Sql::join(self.terms.iter().map(|term| self.found(term)), " UNION "));
        }
        self.walked(match (self.is_walked(), self.partial.as_slice()) {
            (true, [state]) => self.all_at(*state),
            (true, _) => self.all(),
            (false, _) => self.among(self.fewest()),
        })
    }

    /// Those of a list for which the terms hold.
    fn walked(&self, list: Sql) -> Sql {
        let of_account = self.is_walked() && self.customer.is_some();
        let conditions = self.terms.iter().filter_map(|term| condition(term, of_account));
        Sql::join([list].into_iter().chain(conditions), " AND ")
    }

    /// The rows for which those terms hold that leave the fewest: what is looked for by name, else a
    /// value, else a due day.
    fn fewest(&self) -> Sql {
        let keys: Vec<_> = self.terms.iter().filter(|term| is_key(term)).collect();
        let value = self.terms.iter().find(|term| matches!(term, InvoiceTerm::Value(_)));
        let due = self.terms.iter().find(|term| matches!(term, InvoiceTerm::Due { .. }));
        match value.or(due) {
            Some(other) if keys.is_empty() => self.found(other),
            _ => Sql::join(keys.into_iter().map(|term| self.found(term)), " INTERSECT "),
        }
    }

    /// Those of the partial states whose rows these are.
    fn among(&self, rows: Sql) -> Sql {
        let list = D::invoices_among(self.organization, rows)
            .then(" AND invoices.state IN (")
            .then(self.partial_states())
            .then(")");
        match self.customer {
            Some(customer) => list.then(D::OF_CUSTOMER).bind(customer),
            None => list,
        }
    }

    fn partial_states(&self) -> Sql {
        Sql::join(self.partial.iter().map(|state| Sql::text("?").bind(state)), ", ")
    }

    /// The rows for which a term holds, by its own index; where an account is given and no name, by
    /// that.
    fn found(&self, term: &InvoiceTerm) -> Sql {
        let organization = self.organization;
        if let Some(condition) = condition(term, true).filter(|_| self.customer.is_some()) {
            return Sql::text(D::ROWS).then(self.all()).then(" AND ").then(condition);
        }
        match term {
            // States are told apart before anything is looked for.
            InvoiceTerm::State(_) => Sql::text(D::NO_ROW),
            InvoiceTerm::Customer(customer) => Sql::text(D::ROWS).then(D::of_account(organization, customer)),
            InvoiceTerm::Issued { .. } => {
                let within = condition(term, false).unwrap_or_default();
                Sql::text(D::ROWS).then(D::BY_ISSUE).bind(organization).then(" AND ").then(within)
            }
            InvoiceTerm::Due { .. } => Sql::text(D::BY_DUE)
                .bind(organization)
                .then(self.partial_states())
                .then(") AND ")
                .then(condition(term, false).unwrap_or_default()),
            InvoiceTerm::Value(value) => {
                Sql::text(D::BY_VALUE).bind(organization).bind(organization).bind(value)
            }
            InvoiceTerm::Friendly(name) => {
                let (transaction, installment) = friendly(name).unwrap_or(("", 0));
                Sql::text(D::BY_NAME).bind(organization).bind(&transaction).bind(&installment)
            }
            InvoiceTerm::Id(InvoiceId { transaction, installment }) => Sql::text(D::BY_NAME)
                .bind(organization)
                .bind(&transaction.friendly())
                .bind(installment)
                .then(" AND usages.transaction_id = ?")
                .bind(transaction),
            InvoiceTerm::Observation(observation) => {
                Sql::text(D::BY_OBSERVATION).bind(organization).bind(observation)
            }
            InvoiceTerm::Order(order) => Sql::text(D::BY_ORDER).bind(organization).bind(order),
        }
    }
}

/// Whether a term names what it asks for, so that few can match.
fn is_key(term: &InvoiceTerm) -> bool {
    match term {
        InvoiceTerm::Friendly(_)
        | InvoiceTerm::Observation(_)
        | InvoiceTerm::Id(_)
        | InvoiceTerm::Order(_) => true,
        InvoiceTerm::Customer(_)
        | InvoiceTerm::Issued { .. }
        | InvoiceTerm::Due { .. }
        | InvoiceTerm::Value(_)
        | InvoiceTerm::State(_) => false,
    }
}

/// What a term asks of a row itself, if it asks that; of an account's purchases, too, whose invoices
/// are all issued with them.
fn condition(term: &InvoiceTerm, of_account: bool) -> Option<Sql> {
    match term {
        InvoiceTerm::Issued { from, before } => {
            let from = from.map_or(i64::MIN, |from| from.microseconds());
            let before = before.map_or(i64::MAX, |before| before.microseconds());
            let issued = if of_account {
                "usages.used_at >= ? AND usages.used_at < ?"
            } else {
                "invoices.issued_at >= ? AND invoices.issued_at < ?"
            };
            Some(Sql::text(issued).bind(&from).bind(&before))
        }
        InvoiceTerm::Due { from, to } => {
            let from = from.map_or(i32::MIN, |day| day.days_since_epoch());
            let to = to.map_or(i32::MAX, |day| day.days_since_epoch());
            Some(Sql::text("invoices.due_day >= ? AND invoices.due_day <= ?").bind(&from).bind(&to))
        }
        InvoiceTerm::Value(value) => Some(Sql::text("invoices.value = ?").bind(value)),
        _ => None,
    }
}

/// The two halves of a friendly name, if it is one: `u8KFsGDk-1`.
fn friendly(name: &str) -> Option<(&str, u8)> {
    // No name has this character, and not every database can be asked for it.
    let (transaction, number) = name.rsplit_once('-').filter(|_| !name.contains('\0'))?;
    let installment: u8 = number.parse().ok()?;
    (installment.to_string() == number).then_some((transaction, installment))
}

/// The totals of the rows that follow; sums stand in halves, as those that are kept.
const SUMMED: &str = "SELECT
     count(*) FILTER (WHERE invoices.state = 'open'),
     CAST(coalesce(sum(invoices.value >> 32) FILTER (WHERE invoices.state = 'open'), 0) AS BIGINT),
     CAST(coalesce(sum(invoices.value & 4294967295) FILTER (WHERE invoices.state = 'open'), 0) AS BIGINT),
     count(*) FILTER (WHERE invoices.state = 'paid'),
     CAST(coalesce(sum(invoices.value >> 32) FILTER (WHERE invoices.state = 'paid'), 0) AS BIGINT),
     CAST(coalesce(sum(invoices.value & 4294967295) FILTER (WHERE invoices.state = 'paid'), 0) AS BIGINT),
     count(*) FILTER (WHERE invoices.state = 'cancelled'),
     CAST(coalesce(sum(invoices.value >> 32) FILTER (WHERE invoices.state = 'cancelled'), 0) AS BIGINT),
     CAST(coalesce(sum(invoices.value & 4294967295) FILTER (WHERE invoices.state = 'cancelled'), 0) AS BIGINT) ";

/// The statements for a filter, as they would be asked for: a page from one end or the other, and its
/// totals where they are added up.
#[cfg(test)]
pub(crate) fn statements<D: Database>(
    organization: &OrganizationId,
    filter: &InvoiceFilter,
    from_the_end: bool,
) -> (String, Option<String>) {
    let search = Search::<D>::of(organization, filter).unwrap();
    let page = search.page(&Reach { from_the_end, skipped: 0, most: 20 });
    let sum = (!search.partial.is_empty()).then(|| Sql::text(SUMMED).then(search.gathered()));
    (page.text, sum.map(|sum| sum.text))
}
