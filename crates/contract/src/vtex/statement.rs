use super::query::QueryDate;
use super::schema;
use crate::fields::Fields;
use crate::{Money, Sum};
use fiado_core::account::{LineKind, Purchase, StatementLine};
use fiado_core::identity::InvoiceId;
use fiado_core::money::{Balance, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// Which stretch of a statement is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementQuery {
    /// From this day on.
    pub from: Option<QueryDate>,
    /// Until this day.
    pub to: Option<QueryDate>,
}

impl StatementQuery {
    /// Reads a query; names it does not know are let be.
    pub fn read(fields: &mut Fields<'_>) -> Option<StatementQuery> {
        fields.leniently();
        let (from, to) = (QueryDate::read(fields, "from"), QueryDate::read(fields, "to"));
        let (from, to) = (from?, to?);
        QueryDate::check_order(fields, from, ("to", to))?;
        Some(StatementQuery { from, to })
    }
}

/// An account's statement.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Statement, example = json!(StatementAnswer::sample()))]
#[serde(rename_all = "camelCase")]
pub struct StatementAnswer {
    /// What has moved credit or balance, by date.
    pub statements: Vec<StatementEntry>,
    /// The manual balance now.
    #[schema(value_type = schema::Amount)]
    pub current_balance: Money,
    /// The sum of what is listed.
    #[schema(value_type = schema::Amount)]
    pub interval_balance: Sum,
    /// The manual balance before what is listed.
    #[schema(value_type = schema::Amount)]
    pub previous_balance: Money,
}

/// Something that has moved credit or balance.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatementEntry {
    /// By how much. Purchases are negative; payments, refunds and cancellations positive; a new limit
    /// or tolerance is the difference of what may be owed.
    #[schema(value_type = schema::Amount)]
    pub value: Money,
    /// When, UTC.
    #[schema(format = DateTime)]
    pub date: String,
    /// Who did it, if it is a movement of the balance.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_by: Option<String>,
    /// Where it comes from.
    pub origin: StatementOrigin,
    /// What it is about.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<StatementMetadata>,
}

/// Where a movement comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub enum StatementOrigin {
    /// The limit or the tolerance was changed.
    Credit,
    /// A purchase was settled, settled at another amount, or refunded, or an invoice was cancelled.
    Invoice,
    /// Something was paid.
    Payment,
    /// The manual balance was moved.
    Statement,
}

/// What a movement is about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatementMetadata {
    /// The transaction.
    pub transaction_id: String,
    /// The order.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    /// How many installments it is about.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number_of_installments: Option<u8>,
    /// Which installment it is about.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installment: Option<u8>,
}

impl StatementMetadata {
    fn of_purchase(purchase: &Purchase) -> StatementMetadata {
        StatementMetadata {
            transaction_id: purchase.transaction.to_string(),
            order_id: Some(purchase.order.to_string()),
            number_of_installments: Some(purchase.installments),
            installment: None,
        }
    }

    fn of_invoice(invoice: &InvoiceId) -> StatementMetadata {
        StatementMetadata {
            transaction_id: invoice.transaction.to_string(),
            installment: Some(invoice.installment),
            ..StatementMetadata::default()
        }
    }
}

impl StatementEntry {
    fn new(line: &StatementLine, currency: Currency) -> StatementEntry {
        let (origin, metadata) = match &line.kind {
            LineKind::Credit => (StatementOrigin::Credit, None),
            LineKind::Invoice(purchase) | LineKind::Correction(purchase) | LineKind::Refund(purchase) => {
                (StatementOrigin::Invoice, Some(StatementMetadata::of_purchase(purchase)))
            }
            LineKind::Cancellation { invoice } => {
                (StatementOrigin::Invoice, Some(StatementMetadata::of_invoice(invoice)))
            }
            LineKind::Payment { invoice, .. } => {
                (StatementOrigin::Payment, invoice.as_ref().map(StatementMetadata::of_invoice))
            }
            LineKind::Adjustment { .. } => (StatementOrigin::Statement, None),
        };
        let done_by = match &line.kind {
            LineKind::Adjustment { by, .. } => Some(by.to_string()),
            _ => None,
        };
        let value = Money::new(line.value, currency);
        StatementEntry { value, date: line.at.to_string(), done_by, origin, metadata }
    }
}

impl StatementAnswer {
    /// These lines, oldest first, with the manual balance before the first of them and now.
    pub fn new(
        lines: &[StatementLine],
        balance_before: Balance,
        balance_now: Balance,
        currency: Currency,
    ) -> StatementAnswer {
        StatementAnswer {
            statements: lines.iter().map(|line| StatementEntry::new(line, currency)).collect(),
            current_balance: Money::new(balance_now, currency),
            interval_balance: Sum::of(lines.iter().map(|line| line.value), currency),
            previous_balance: Money::new(balance_before, currency),
        }
    }

    /// An example.
    pub fn sample() -> StatementAnswer {
        let money = |minor| Money::new(Balance::from_minor(minor), Currency::Usd);
        let transaction_id = "A424887D0F2D45028FE5C96E9B0E1A2D".to_owned();
        let entry = |minor, date: &str, origin, metadata| StatementEntry {
            value: money(minor),
            date: date.to_owned(),
            done_by: (origin == StatementOrigin::Statement).then(|| "user_manager".to_owned()),
            origin,
            metadata,
        };
        let purchase = StatementMetadata {
            transaction_id: transaction_id.clone(),
            order_id: Some("1375060513100-01".to_owned()),
            number_of_installments: Some(1),
            installment: None,
        };
        let payment =
            StatementMetadata { transaction_id, installment: Some(1), ..StatementMetadata::default() };
        StatementAnswer {
            statements: vec![
                entry(-501, "2023-11-09T18:26:43.33619Z", StatementOrigin::Invoice, Some(purchase)),
                entry(-1_500, "2023-11-09T18:48:32.143606Z", StatementOrigin::Statement, None),
                entry(-50_000, "2023-11-09T19:38:04.379816Z", StatementOrigin::Credit, None),
                entry(501, "2023-11-17T19:33:32.66539Z", StatementOrigin::Payment, Some(payment)),
            ],
            current_balance: money(-1_500),
            interval_balance: Sum::of([Balance::from_minor(-51_500)], Currency::Usd),
            previous_balance: money(0),
        }
    }
}
