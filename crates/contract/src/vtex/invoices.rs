use super::moment::days_after;
use super::query::{Filters, Positions, QueryDate, read_any};
use super::schema;
use super::{one_of, sample_money};
use crate::fields::Fields;
use crate::{Money, Sum};
use fiado_core::account::{Invoice, InvoiceState};
use fiado_core::calendar::Day;
use fiado_core::identity::{CustomerId, InvoiceId, OrderId};
use fiado_core::money::{Amount, Currency};
use fiado_core::profile::{Notes, Observation};
use serde::Serialize;
use utoipa::ToSchema;

/// How an invoice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub enum InvoiceStatus {
    /// Something is owed of it.
    Opened,
    /// It was paid.
    Paid,
    /// It was cancelled, or refunded to nothing.
    Cancelled,
}

impl From<InvoiceState> for InvoiceStatus {
    fn from(state: InvoiceState) -> InvoiceStatus {
        match state {
            InvoiceState::Open => InvoiceStatus::Opened,
            InvoiceState::Paid => InvoiceStatus::Paid,
            InvoiceState::Cancelled => InvoiceStatus::Cancelled,
        }
    }
}

/// An invoice: one installment of a purchase.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Invoice, example = json!(InvoiceView::sample()))]
#[serde(rename_all = "camelCase")]
pub struct InvoiceView {
    /// Its id: the transaction's, and which installment it is.
    pub id: String,
    /// A short name for people.
    pub friendly_id: String,
    /// How it stands.
    pub status: InvoiceStatus,
    /// What it is for.
    #[schema(value_type = schema::Amount)]
    pub value: Money,
    /// The account.
    pub account_id: String,
    /// What has been paid of it.
    #[schema(value_type = schema::Amount)]
    pub credit_value: Money,
    /// When it was issued, UTC.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When it was paid in full or cancelled, UTC.
    #[schema(nullable = false, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved_at: Option<String>,
    /// When it changed last, UTC.
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// Where it can be paid.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_link: Option<String>,
    /// When it fell due at first, UTC.
    #[schema(format = DateTime)]
    pub original_due_date: String,
    /// When it falls due, UTC: the time of its issue, days later.
    #[schema(format = DateTime)]
    pub due_date: String,
    /// Which installment it is, from 1.
    pub installment: u8,
    /// The order.
    pub order_id: String,
    /// What the store notes.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observation: Option<String>,
    /// The transaction.
    pub transaction_id: String,
    /// Of how many installments it is one.
    pub number_of_installments: u8,
    /// The account, once more.
    pub credit_account_id: String,
}

impl InvoiceView {
    /// An invoice with its notes; `issue_day` is the day of its issue in the store's zone, by which
    /// its due days become moments (DECISIONS 13).
    pub fn new(
        customer: &str,
        invoice: &Invoice,
        notes: &Notes,
        currency: Currency,
        issue_day: Day,
    ) -> InvoiceView {
        let due = |day| days_after(invoice.issued_at, issue_day.days_until(day)).to_string();
        InvoiceView {
            id: invoice.id.to_string(),
            friendly_id: invoice.id.friendly(),
            status: invoice.state.into(),
            value: Money::new(invoice.value, currency),
            account_id: customer.to_owned(),
            credit_value: Money::new(invoice.paid, currency),
            created_at: invoice.issued_at.to_string(),
            resolved_at: invoice.resolved_at.map(|at| at.to_string()),
            updated_at: invoice.updated_at.to_string(),
            payment_link: notes.payment_link.as_ref().map(ToString::to_string),
            original_due_date: due(invoice.original_due),
            due_date: due(invoice.due),
            installment: invoice.id.installment,
            order_id: invoice.order.to_string(),
            observation: notes.observation.as_ref().map(ToString::to_string),
            transaction_id: invoice.id.transaction.to_string(),
            number_of_installments: invoice.installments,
            credit_account_id: customer.to_owned(),
        }
    }

    /// An example.
    pub fn sample() -> InvoiceView {
        InvoiceView {
            id: "A424887D0F2D45028FE5C96E9B0E1A2D-01".to_owned(),
            friendly_id: "u8KFsGDk-1".to_owned(),
            status: InvoiceStatus::Paid,
            value: sample_money(5),
            account_id: "11111111111_CPF".to_owned(),
            credit_value: sample_money(5),
            created_at: "2023-11-09T18:26:43.211223Z".to_owned(),
            resolved_at: Some("2023-11-13T19:12:17.277823Z".to_owned()),
            updated_at: "2023-11-13T19:12:17.277823Z".to_owned(),
            payment_link: Some("https://www.teste.com.br".to_owned()),
            original_due_date: "2023-12-09T18:26:43.211223Z".to_owned(),
            due_date: "2023-12-09T18:26:43.211223Z".to_owned(),
            installment: 1,
            order_id: "1375060513100-01".to_owned(),
            observation: Some("Open test".to_owned()),
            transaction_id: "A424887D0F2D45028FE5C96E9B0E1A2D".to_owned(),
            number_of_installments: 1,
            credit_account_id: "11111111111_CPF".to_owned(),
        }
    }
}

/// A page of invoices.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Invoices, example = json!(InvoicesAnswer::sample()))]
pub struct InvoicesAnswer {
    /// The invoices, in the order they were issued.
    pub data: Vec<InvoiceView>,
    /// Figures of all that match, on this page and beyond it.
    pub summary: InvoicesSummary,
}

/// Figures of all invoices that match.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvoicesSummary {
    /// What the open ones are for.
    #[schema(value_type = schema::Amount)]
    pub total: Sum,
    /// How many there are.
    pub count: u64,
    /// What the paid ones are for.
    #[schema(value_type = schema::Amount)]
    pub total_paid: Sum,
    /// What the cancelled ones are for.
    #[schema(value_type = schema::Amount)]
    pub total_cancelled: Sum,
}

/// How many invoices match, and what they are for, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InvoiceFigures {
    /// How many there are.
    pub count: u64,
    /// The open ones.
    pub open: u128,
    /// The paid ones.
    pub paid: u128,
    /// The cancelled ones.
    pub cancelled: u128,
}

impl InvoicesAnswer {
    /// A page of all that match.
    pub fn new(data: Vec<InvoiceView>, figures: InvoiceFigures, currency: Currency) -> InvoicesAnswer {
        let summary = InvoicesSummary {
            total: Sum::new(figures.open, currency),
            count: figures.count,
            total_paid: Sum::new(figures.paid, currency),
            total_cancelled: Sum::new(figures.cancelled, currency),
        };
        InvoicesAnswer { data, summary }
    }

    /// An example.
    pub fn sample() -> InvoicesAnswer {
        let figures = InvoiceFigures { count: 3, open: 91, paid: 500, cancelled: 121 };
        InvoicesAnswer::new(vec![InvoiceView::sample()], figures, Currency::Usd)
    }
}

const STATUSES: &[(&str, InvoiceState)] = &[
    ("Opened", InvoiceState::Open),
    ("Open", InvoiceState::Open),
    ("Paid", InvoiceState::Paid),
    ("Cancelled", InvoiceState::Cancelled),
];

/// Which invoices are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoicesQuery {
    /// Which of them.
    pub positions: Positions,
    /// Whether one of the filters is enough; else all must hold.
    pub any: bool,
    /// Those of this account.
    pub account: Option<CustomerId>,
    /// Those issued from this day on.
    pub created_from: Option<QueryDate>,
    /// Those issued until this day.
    pub created_to: Option<QueryDate>,
    /// Those that fall due from this day on.
    pub due_from: Option<QueryDate>,
    /// Those that fall due until this day.
    pub due_to: Option<QueryDate>,
    /// Those of this value.
    pub value: Option<Amount>,
    /// Those that stand so.
    pub state: Option<InvoiceState>,
    /// The one with this short name.
    pub friendly: Option<String>,
    /// Those on which this was noted.
    pub observation: Option<Observation>,
    /// The one with this id.
    pub id: Option<InvoiceId>,
    /// Those of this order.
    pub order: Option<OrderId>,
    /// Whether nothing can be what the filters ask for, by texts that no invoice has.
    pub finds_nothing: bool,
}

impl InvoicesQuery {
    /// Reads a query; names it does not know are let be.
    pub fn read(fields: &mut Fields<'_>, currency: Currency) -> Option<InvoicesQuery> {
        fields.leniently();
        let mut filters = Filters::default();
        let positions = Positions::read(fields);
        let any = read_any(fields);
        let dates = Dates::read(fields);
        let value = fields.optional("value", |fields, name| fields.amount_or_zero(name, currency));
        let words = &["Opened", "Paid", "Cancelled"];
        let state = fields.optional_word("status", words, |word| one_of(STATUSES, word));
        let account = filters.text(fields, "creditAccountId", |text| CustomerId::new(text).ok());
        let friendly = filters.text(fields, "friendlyId", |text| Some(text.to_owned()));
        let observation = filters.text(fields, "observation", |text| Observation::new(text).ok());
        // The id has been written both ways.
        let id = filters.text(fields, "id", InvoiceId::parse);
        let other_id = filters.text(fields, "Id", InvoiceId::parse);
        let order = filters.text(fields, "orderId", |text| OrderId::new(text).ok());
        let (any, dates) = (any?, dates?);
        let Dates { created_from, created_to, due_from, due_to } = dates;
        for date in [created_from, created_to, due_from, due_to] {
            filters.count(date);
        }
        let (value, state) = (filters.count(value?), filters.count(state?));
        Some(InvoicesQuery {
            positions: positions?,
            any,
            account: account?,
            created_from,
            created_to,
            due_from,
            due_to,
            value,
            state,
            friendly: friendly?,
            observation: observation?,
            id: id?.or(other_id?),
            order: order?,
            finds_nothing: filters.find_nothing(any),
        })
    }
}

struct Dates {
    created_from: Option<QueryDate>,
    created_to: Option<QueryDate>,
    due_from: Option<QueryDate>,
    due_to: Option<QueryDate>,
}

impl Dates {
    fn read(fields: &mut Fields<'_>) -> Option<Dates> {
        let created_from = QueryDate::read(fields, "createdDateFrom");
        let created_to = QueryDate::read(fields, "createdDateTo");
        // Published under this name as well.
        let other_created_to = QueryDate::read(fields, "createDateTo");
        let due_from = QueryDate::read(fields, "dueDateFrom");
        let due_to = QueryDate::read(fields, "dueDateTo");
        let (created_from, created_to, other_created_to) = (created_from?, created_to?, other_created_to?);
        let (due_from, due_to) = (due_from?, due_to?);
        let created_to = match created_to {
            Some(date) => ("createdDateTo", Some(date)),
            None => ("createDateTo", other_created_to),
        };
        let created = QueryDate::check_order(fields, created_from, created_to);
        let due = QueryDate::check_order(fields, due_from, ("dueDateTo", due_to));
        created.and(due)?;
        let (_, created_to) = created_to;
        Some(Dates { created_from, created_to, due_from, due_to })
    }
}
