use super::document::{AccountInvoicesParameters, InvoicesParameters, ListErrors, ReadErrors};
use super::{Place, invoice_view};
use crate::auth::Permission;
use crate::clock::{day_in, start_of};
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::{InvoiceFigures, InvoicesAnswer, InvoicesQuery, QueryDate};
use fiado_core::identity::CustomerId;
use fiado_store::{InvoiceFilter, InvoiceTerm, InvoiceTotals, Range};
use jiff::tz::TimeZone;

/// List the invoices of all accounts
///
/// Those issued first first. Days are those of the store's time zone, both ends included; the totals are of all that match. Permission: `invoices:read`.
#[utoipa::path(
    get, path = "/api/creditcontrol/invoices", tag = "Invoices",
    params(InvoicesParameters),
    responses((status = 200, description = "A page and the totals of all that match.", body = InvoicesAnswer), ListErrors)
)]
pub(super) async fn invoices(call: Call) -> Result<Bare<InvoicesAnswer>, Failure> {
    let call = call.allow(Permission::InvoicesRead)?;
    list(&call, None).await
}

/// List the invoices of an account
///
/// As the list of all, for one account. Permission: `invoices:read`.
#[utoipa::path(
    get, path = "/api/creditcontrol/accounts/{creditAccountId}/invoices", tag = "Invoices",
    params(AccountInvoicesParameters),
    responses((status = 200, description = "A page and the totals of all that match.", body = InvoicesAnswer), ReadErrors)
)]
pub(super) async fn account_invoices(call: Call) -> Result<Bare<InvoicesAnswer>, Failure> {
    let call = call.allow(Permission::InvoicesRead)?;
    let customer = call.account()?.customer;
    list(&call, Some(customer)).await
}

async fn list(call: &Call, customer: Option<CustomerId>) -> Result<Bare<InvoicesAnswer>, Failure> {
    let query = call.query(|fields| InvoicesQuery::read(fields, call.currency()))?;
    if customer.is_some() {
        Place::of(call)?.account_view().await?;
    }
    if query.finds_nothing {
        return Ok(Bare::read(InvoicesAnswer::new(Vec::new(), InvoiceFigures::default(), call.currency())));
    }
    let shop = call.shop();
    let organization = shop.organization.id.clone();
    let range = Range { first: query.positions.first, last: query.positions.last };
    let filter = filter(query, customer, &shop.zone);
    let page = call.app().ask(move |store| store.find_invoices(&organization, &filter, &range)).await?;
    let (records, totals) = page;
    let views = records.iter().map(|record| invoice_view(record, shop)).collect();
    Ok(Bare::read(InvoicesAnswer::new(views, figures(&totals), call.currency())))
}

fn figures(totals: &InvoiceTotals) -> InvoiceFigures {
    let InvoiceTotals { open, paid, cancelled } = totals;
    let count = open.count.saturating_add(paid.count).saturating_add(cancelled.count);
    InvoiceFigures { count, open: open.minor, paid: paid.minor, cancelled: cancelled.minor }
}

fn filter(query: InvoicesQuery, customer: Option<CustomerId>, zone: &TimeZone) -> InvoiceFilter {
    let day = |date: QueryDate| date.day(|instant| day_in(zone, instant));
    let issued = (query.created_from.map(day), query.created_to.map(day));
    let due = (query.due_from.map(day), query.due_to.map(day));
    let terms = [
        query.account.map(InvoiceTerm::Customer),
        (issued != (None, None)).then(|| InvoiceTerm::Issued {
            from: issued.0.map(|day| start_of(zone, day)),
            before: issued.1.map(|day| start_of(zone, day.plus_days(1))),
        }),
        (due != (None, None)).then_some(InvoiceTerm::Due { from: due.0, to: due.1 }),
        query.value.map(InvoiceTerm::Value),
        query.state.map(InvoiceTerm::State),
        query.friendly.map(InvoiceTerm::Friendly),
        query.observation.map(InvoiceTerm::Observation),
        query.id.map(InvoiceTerm::Id),
        query.order.map(InvoiceTerm::Order),
    ];
    InvoiceFilter { customer, terms: terms.into_iter().flatten().collect(), any: query.any }
}
