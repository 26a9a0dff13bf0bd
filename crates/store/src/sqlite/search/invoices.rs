//! Invoices by what is asked of them, over a whole organization or one account.
//!
//! A list is one walk, or several that are merged: the invoices of a state that match as a whole
//! are walked in an index that has them in the list's order, and counted by their kept totals; of
//! the other states those are gathered for which the terms hold, each term by its own index.

use super::{Reach, Sql};
use crate::sqlite::cells::Cells;
use crate::sqlite::query;
use crate::sqlite::tables::invoices::of_usage;
use crate::sqlite::tables::{accounts, invoice_notes, invoice_totals, invoices};
use crate::{InvoiceFilter, InvoiceRecord, InvoiceTerm, InvoiceTotals, Range, StoreError};
use fiado_core::account::InvoiceState;
use fiado_core::identity::{AccountKey, CustomerId, InvoiceId, OrganizationId};
use rusqlite::Connection;

/// The invoices of a page in order, and the totals of all that match.
pub(crate) fn find(
    connection: &Connection,
    organization: &OrganizationId,
    filter: &InvoiceFilter,
    range: &Range,
) -> Result<(Vec<InvoiceRecord>, InvoiceTotals), StoreError> {
    let Some(search) = Search::of(organization, filter) else {
        return Ok((Vec::new(), InvoiceTotals::default()));
    };
    let totals = search.totals(connection)?;
    let reach = Reach::of(range, totals.count());
    if reach.most == 0 {
        return Ok((Vec::new(), totals));
    }
    let page = search.page(&reach);
    let records = query::all(connection, &page.text, page.parameters(), |cells| record(cells, organization))?;
    Ok((records, totals))
}

fn record(cells: &mut Cells<'_, '_>, organization: &OrganizationId) -> Result<InvoiceRecord, StoreError> {
    Ok(InvoiceRecord {
        key: AccountKey { organization: organization.clone(), customer: cells.next()? },
        invoice: invoices::read(cells)?,
        notes: invoice_notes::read(cells)?,
    })
}

/// What is looked for.
#[derive(Debug)]
struct Search<'a> {
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
}

impl<'a> Search<'a> {
    /// What a filter asks for; `None`: nothing can match.
    fn of(organization: &'a OrganizationId, filter: &'a InvoiceFilter) -> Option<Search<'a>> {
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
        is_possible.then_some(Search { organization, customer, whole, partial, terms, any })
    }

    /// The page: a walk that reads nothing but an index finds which rows it has, and only these
    /// are fetched.
    fn page(&self, reach: &Reach) -> Sql {
        let order = if reach.from_the_end {
            " ORDER BY 1 DESC, 2 DESC, 3 DESC, 4 DESC LIMIT ? OFFSET ?))"
        } else {
            " ORDER BY 1, 2, 3, 4 LIMIT ? OFFSET ?))"
        };
        Sql::text(concat!(
            "SELECT invoices.customer, ",
            invoices::columns!(),
            ", observation, payment_link FROM invoices
             LEFT JOIN invoice_notes USING (organization, customer, transaction_id, installment)
             WHERE invoices.invoice_id IN (SELECT number FROM ("
        ))
        .then(Sql::join(self.lists(), " UNION ALL "))
        .then(order)
        .bind(&reach.most)
        .bind(&reach.skipped)
        .then(" ORDER BY invoices.issued_at, invoices.customer, invoices.transaction_id, invoices.invoice_id")
    }

    /// The lists that are merged.
    fn lists(&self) -> Vec<Sql> {
        let whole: Vec<Sql> = if self.whole.len() == InvoiceState::ALL.len() {
            vec![self.all()]
        } else {
            self.whole.iter().map(|state| self.all_at(*state)).collect()
        };
        let listed = if self.customer.is_some() { LISTED_OF_ACCOUNT } else { LISTED };
        let mut lists: Vec<Sql> = whole.into_iter().map(|list| Sql::text(listed).then(list)).collect();
        if !self.partial.is_empty() {
            let listed = if self.is_walked() { listed } else { LISTED };
            lists.push(Sql::text(listed).then(self.gathered()));
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
    fn totals(&self, connection: &Connection) -> Result<InvoiceTotals, StoreError> {
        let mut totals = InvoiceTotals::default();
        if !self.partial.is_empty() {
            let sum = Sql::text(SUMMED).then(self.gathered());
            totals = query::first(connection, &sum.text, sum.parameters(), invoice_totals::read_all)?
                .unwrap_or_default();
        }
        if !self.whole.is_empty() {
            let kept = self.kept(connection)?;
            for state in &self.whole {
                *totals.of_mut(*state) = kept.of(*state);
            }
        }
        Ok(totals)
    }

    fn kept(&self, connection: &Connection) -> Result<InvoiceTotals, StoreError> {
        match self.customer {
            None => invoice_totals::of_organization(connection, self.organization),
            Some(customer) => {
                let (organization, customer) = (self.organization.clone(), customer.clone());
                accounts::invoice_totals(connection, &AccountKey { organization, customer })
            }
        }
    }

    /// All of them, in order.
    fn all(&self) -> Sql {
        match self.customer {
            Some(customer) => Sql::text(BY_ACCOUNT).bind(self.organization).bind(customer),
            None => Sql::text(BY_ISSUE).bind(self.organization),
        }
    }

    /// All of one state, in order.
    fn all_at(&self, state: InvoiceState) -> Sql {
        match self.customer {
            Some(_) => self.all().then(" AND +invoices.state = ?").bind(&state),
            None => Sql::text(BY_STATE).bind(self.organization).bind(&state),
        }
    }

    /// Those of the partial states for which the terms hold.
    fn gathered(&self) -> Sql {
        if self.any {
            return self.among(Sql::join(self.terms.iter().map(|term| self.found(term)), " UNION "));
        }
        let of_account = self.is_walked() && self.customer.is_some();
        let conditions = self.terms.iter().filter_map(|term| condition(term, of_account));
        let list = match (self.is_walked(), self.partial.as_slice()) {
            (true, [state]) => self.all_at(*state),
            (true, _) => self.all(),
            (false, _) => self.among(self.fewest()),
        };
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
        let list = Sql::text("FROM invoices WHERE +invoices.past = 0 AND invoices.invoice_id IN (")
            .then(rows)
            .then(") AND invoices.state IN (")
            .then(self.partial_states())
            .then(")");
        match self.customer {
            Some(customer) => list.then(" AND +invoices.customer = ?").bind(customer),
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
            return Sql::text(ROWS).then(self.all()).then(" AND ").then(condition);
        }
        match term {
            // States are told apart before anything is looked for.
            InvoiceTerm::State(_) => Sql::text("SELECT NULL"),
            InvoiceTerm::Customer(customer) => {
                Sql::text(ROWS).then(BY_ACCOUNT).bind(organization).bind(customer)
            }
            InvoiceTerm::Issued { .. } => {
                let within = condition(term, false).unwrap_or_default();
                Sql::text(ROWS).then(BY_ISSUE).bind(organization).then(" AND ").then(within)
            }
            InvoiceTerm::Due { .. } => Sql::text(BY_DUE)
                .bind(organization)
                .then(self.partial_states())
                .then(") AND ")
                .then(condition(term, false).unwrap_or_default()),
            InvoiceTerm::Value(value) => {
                Sql::text(BY_VALUE).bind(organization).bind(organization).bind(value)
            }
            InvoiceTerm::Friendly(name) => {
                let (transaction, installment) = friendly(name).unwrap_or(("", 0));
                Sql::text(BY_NAME).bind(organization).bind(&transaction).bind(&installment)
            }
            InvoiceTerm::Id(InvoiceId { transaction, installment }) => Sql::text(BY_NAME)
                .bind(organization)
                .bind(&transaction.friendly())
                .bind(installment)
                .then(" AND usages.transaction_id = ?")
                .bind(transaction),
            InvoiceTerm::Observation(observation) => {
                Sql::text(BY_OBSERVATION).bind(organization).bind(observation)
            }
            InvoiceTerm::Order(order) => Sql::text(BY_ORDER).bind(organization).bind(order),
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
    let (transaction, number) = name.rsplit_once('-')?;
    let installment: u8 = number.parse().ok()?;
    (installment.to_string() == number).then_some((transaction, installment))
}

/// What a list is ordered by; the last is the row's number too.
const LISTED: &str = "SELECT invoices.issued_at, invoices.customer, invoices.transaction_id,
     invoices.invoice_id AS number ";

/// The same of an account's purchases, whose invoices are all issued with them.
const LISTED_OF_ACCOUNT: &str = "SELECT usages.used_at, usages.customer, usages.transaction_id,
     invoices.invoice_id AS number ";

const ROWS: &str = "SELECT invoices.invoice_id ";

/// The totals of the rows that follow; sums stand in halves, as those that are kept.
const SUMMED: &str = "SELECT
     count(*) FILTER (WHERE invoices.state = 'open'),
     coalesce(sum(invoices.value >> 32) FILTER (WHERE invoices.state = 'open'), 0),
     coalesce(sum(invoices.value & 4294967295) FILTER (WHERE invoices.state = 'open'), 0),
     count(*) FILTER (WHERE invoices.state = 'paid'),
     coalesce(sum(invoices.value >> 32) FILTER (WHERE invoices.state = 'paid'), 0),
     coalesce(sum(invoices.value & 4294967295) FILTER (WHERE invoices.state = 'paid'), 0),
     count(*) FILTER (WHERE invoices.state = 'cancelled'),
     coalesce(sum(invoices.value >> 32) FILTER (WHERE invoices.state = 'cancelled'), 0),
     coalesce(sum(invoices.value & 4294967295) FILTER (WHERE invoices.state = 'cancelled'), 0) ";

const BY_ISSUE: &str = "FROM invoices INDEXED BY invoices_by_issue
     WHERE invoices.past = 0 AND invoices.organization = ?";

const BY_STATE: &str = "FROM invoices INDEXED BY invoices_by_state
     WHERE invoices.past = 0 AND invoices.organization = ? AND invoices.state = ?";

/// An account's purchases in order, and the invoices of each.
const BY_ACCOUNT: &str = concat!(
    "FROM usages INDEXED BY usages_by_account CROSS JOIN invoices ON ",
    of_usage!(),
    " WHERE invoices.past = 0 AND usages.organization = ? AND usages.customer = ?"
);

const BY_DUE: &str = "SELECT invoices.invoice_id FROM invoices INDEXED BY invoices_by_due
     WHERE past = 0 AND organization = ? AND state IN (";

/// The stretches of purchases there are, each found from the one before, and in each the invoices of
/// a value.
const BY_VALUE: &str = "SELECT invoice_id FROM (
     WITH RECURSIVE stretches (number) AS (
        SELECT -1
        UNION ALL
        SELECT (SELECT min(invoices.invoice_id >> 17) FROM invoices INDEXED BY invoices_by_value
            WHERE invoices.past = 0 AND invoices.organization = ?
                AND invoices.invoice_id >> 17 > stretches.number)
        FROM stretches WHERE stretches.number IS NOT NULL)
     SELECT invoices.invoice_id FROM stretches CROSS JOIN invoices INDEXED BY invoices_by_value
        ON invoices.past = 0 AND invoices.organization = ?
            AND invoices.invoice_id >> 17 = stretches.number AND invoices.value = ?)";

const BY_NAME: &str = concat!(
    "SELECT invoices.invoice_id FROM usages INDEXED BY usages_by_name CROSS JOIN invoices ON ",
    of_usage!(),
    " WHERE usages.organization = ? AND usages.friendly = ? AND invoices.installment = ?"
);

const BY_ORDER: &str = concat!(
    "SELECT invoices.invoice_id FROM usages INDEXED BY usages_by_order CROSS JOIN invoices ON ",
    of_usage!(),
    " WHERE usages.organization = ? AND usages.order_id = ?"
);

const BY_OBSERVATION: &str = concat!(
    "SELECT invoices.invoice_id FROM invoice_notes INDEXED BY invoice_notes_by_observation
     CROSS JOIN usages USING (organization, friendly, customer, transaction_id)
     CROSS JOIN invoices ON invoices.installment = invoice_notes.installment AND ",
    of_usage!(),
    " WHERE invoice_notes.organization = ? AND invoice_notes.observation = ?"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::desk::{ORGANIZATION, amount, instant, invoice, key, organization};
    use crate::sqlite::plan;
    use fiado_core::identity::OrderId;
    use fiado_core::profile::Observation;

    fn selective() -> Vec<InvoiceTerm> {
        vec![
            InvoiceTerm::Customer(key("cust_456").customer),
            InvoiceTerm::Due { from: None, to: None },
            InvoiceTerm::Value(amount(1)),
            InvoiceTerm::Friendly("u8KFsGDk-1".to_owned()),
            InvoiceTerm::Observation(Observation::new("x").unwrap()),
            InvoiceTerm::Id(invoice("t-1", 1)),
            InvoiceTerm::Order(OrderId::new("order-1").unwrap()),
        ]
    }

    fn issued() -> InvoiceTerm {
        InvoiceTerm::Issued { from: Some(instant("2025-11-24T10:00:00Z")), before: None }
    }

    /// The steps of a page and of its totals.
    fn steps(filter: &InvoiceFilter, from_the_end: bool) -> (Vec<String>, Vec<String>) {
        let organization = organization(ORGANIZATION);
        let search = Search::of(&organization, filter).unwrap();
        let page = plan::steps(&search.page(&Reach { from_the_end, skipped: 0, most: 20 }).text);
        let sum = Sql::text(SUMMED).then(search.gathered());
        (page, if search.partial.is_empty() { Vec::new() } else { plan::steps(&sum.text) })
    }

    fn filter(customer: bool, terms: &[InvoiceTerm]) -> InvoiceFilter {
        let customer = customer.then(|| key("cust_456").customer);
        InvoiceFilter { customer, terms: terms.to_vec(), any: false }
    }

    #[test]
    fn a_list_in_its_own_order_is_walked_in_an_index() {
        let open = InvoiceTerm::State(InvoiceState::Open);
        let walks = [
            (filter(false, &[]), "COVERING INDEX invoices_by_issue (organization=?)"),
            (filter(false, &[issued()]), "COVERING INDEX invoices_by_issue (organization=? AND issued_at"),
            (
                filter(false, std::slice::from_ref(&open)),
                "COVERING INDEX invoices_by_state (organization=? AND state=?)",
            ),
            (
                filter(false, &[open.clone(), issued()]),
                "COVERING INDEX invoices_by_state (organization=? AND state=? AND issued_at",
            ),
            (filter(true, &[]), "COVERING INDEX usages_by_account (organization=? AND customer=?)"),
            (
                filter(true, &[open, issued()]),
                "COVERING INDEX usages_by_account (organization=? AND customer=?",
            ),
        ];
        for (filter, walk) in walks {
            for from_the_end in [false, true] {
                let (page, totals) = steps(&filter, from_the_end);
                assert!(page.iter().any(|step| step.contains(walk)), "{filter:?}\n{page:#?}");
                let sorted = page.iter().filter(|step| step.contains("TEMP B-TREE")).count();
                assert_eq!(sorted, 1, "only the page itself is sorted\n{page:#?}");
                assert!(!totals.iter().any(|step| step.contains("TEMP B-TREE")), "{totals:#?}");
            }
        }
    }

    #[test]
    fn several_lists_are_merged_without_being_sorted() {
        let states = [InvoiceState::Open, InvoiceState::Paid].map(InvoiceTerm::State);
        let filter = InvoiceFilter { customer: None, terms: states.to_vec(), any: true };
        let (page, totals) = steps(&filter, false);
        assert_eq!(page.iter().filter(|step| step.contains("COVERING INDEX invoices_by_state")).count(), 2);
        assert_eq!(page.iter().filter(|step| step.contains("TEMP B-TREE")).count(), 1, "{page:#?}");
        assert!(totals.is_empty(), "they are kept");
    }

    #[test]
    fn whatever_is_asked_is_found_by_an_index() {
        let mut filters: Vec<InvoiceFilter> =
            selective().iter().map(|term| filter(false, std::slice::from_ref(term))).collect();
        filters.extend(selective().iter().map(|term| filter(true, std::slice::from_ref(term))));
        filters.push(filter(false, &selective()));
        filters
            .push(filter(false, &[InvoiceTerm::Due { from: None, to: None }, InvoiceTerm::Value(amount(1))]));
        let any = [selective(), vec![InvoiceTerm::State(InvoiceState::Paid), issued()]].concat();
        for customer in [None, Some(key("cust_456").customer)] {
            filters.push(InvoiceFilter { customer, terms: any.clone(), any: true });
        }
        for filter in filters {
            let (page, totals) = steps(&filter, false);
            // Only what was found before, and the stretches there are.
            let few = ["(subquery", "CONSTANT ROW", "SCAN stretches"];
            let passes =
                |step: &&String| step.starts_with("SCAN") && !few.iter().any(|few| step.contains(few));
            let passed: Vec<&String> = page.iter().chain(&totals).filter(passes).collect();
            assert!(passed.is_empty(), "{filter:?}\n{passed:#?}\n{page:#?}");
        }
    }

    #[test]
    fn what_is_named_leads_whatever_else_is_asked() {
        let broad = [InvoiceTerm::Due { from: None, to: None }, issued(), InvoiceTerm::Value(amount(1))];
        let order = InvoiceTerm::Order(OrderId::new("order-1").unwrap());
        let (named, _) = steps(&filter(false, &[&broad[..], &[order]].concat()), false);
        let (of_account, _) = steps(&filter(true, &broad), false);
        let (value, _) = steps(&filter(false, &broad), false);
        let by = |steps: &[String], index: &str| steps.iter().any(|step| step.contains(index));
        assert!(by(&named, "usages_by_order") && !by(&named, "invoices_by_"), "{named:#?}");
        assert!(by(&of_account, "usages_by_account") && !by(&of_account, "invoices_by_"), "{of_account:#?}");
        assert!(by(&value, "invoices_by_value") && !by(&value, "invoices_by_due"), "{value:#?}");
    }

    #[test]
    fn a_value_is_looked_for_in_one_stretch_after_the_other() {
        let (page, _) = steps(&filter(false, &[InvoiceTerm::Value(amount(1))]), false);
        for search in
            ["invoices_by_value (organization=? AND <expr>>?)", "(organization=? AND <expr>=? AND value=?)"]
        {
            assert!(page.iter().any(|step| step.contains(search)), "{page:#?}");
        }
    }
}
