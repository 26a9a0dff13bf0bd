use super::LateChargesView;
use super::request::sample_money;
use crate::Money;
use fiado_core::account::{Invoice, InvoiceState};
use fiado_core::calendar::Day;
use fiado_core::money::Amount;
use fiado_core::policy::Policy;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Estado de una factura hoy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceStatus {
    /// Abierta, aún no vence.
    Pending,
    /// Abierta y vencida.
    Overdue,
    /// Pagada.
    Paid,
    /// Cancelada, o devuelta por completo: ya no se debe nada.
    Cancelled,
}

/// Una factura: una cuota de una compra.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(InvoiceView::sample()))]
pub struct InvoiceView {
    /// Identificador.
    pub invoice_id: String,
    /// La compra.
    pub usage_id: String,
    /// La orden.
    pub order_id: String,
    /// Estado hoy.
    pub status: InvoiceStatus,
    /// Por cuánto es.
    pub value: Money,
    /// Lo que ya se pagó.
    pub paid: Money,
    /// Lo que falta pagar.
    pub outstanding: Money,
    /// Qué cuota es, desde 1.
    pub installment: u8,
    /// De cuántas.
    pub installments: u8,
    /// Momento de emisión, UTC.
    #[schema(format = DateTime)]
    pub issued_at: String,
    /// Vencimiento: un día del calendario de la tienda.
    #[schema(format = Date)]
    pub due_date: String,
    /// Días de atraso hoy; cero si no está vencida.
    pub days_overdue: u32,
    /// Su mora hoy; ausente si no está vencida o la tienda no cobra mora. No es parte de `value` ni
    /// de `outstanding`.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late_charges: Option<LateChargesView>,
    /// Momento en que terminó de pagarse o se canceló, UTC.
    #[schema(nullable = false, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved_at: Option<String>,
}

impl InvoiceView {
    /// An invoice as it is today in its shop.
    pub fn new(invoice: &Invoice, policy: &Policy, today: Day) -> InvoiceView {
        let currency = policy.currency;
        let money = |amount: Amount| Money::new(amount, currency);
        let late = policy.late_charges.of(invoice, today);
        let days_overdue = invoice.days_overdue(today);
        InvoiceView {
            invoice_id: invoice.id.to_string(),
            usage_id: format!("usage_{}", invoice.id.transaction),
            order_id: invoice.order.to_string(),
            status: match (invoice.state, days_overdue) {
                (InvoiceState::Open, 0) => InvoiceStatus::Pending,
                (InvoiceState::Open, _) => InvoiceStatus::Overdue,
                (InvoiceState::Paid, _) => InvoiceStatus::Paid,
                (InvoiceState::Cancelled, _) => InvoiceStatus::Cancelled,
            },
            value: money(invoice.value),
            paid: money(invoice.paid),
            outstanding: money(invoice.left()),
            installment: invoice.id.installment,
            installments: invoice.installments,
            issued_at: invoice.issued_at.to_string(),
            due_date: invoice.due.to_string(),
            days_overdue,
            late_charges: late.map(|cost| LateChargesView::new(&cost, currency)),
            resolved_at: invoice.resolved_at.map(|at| at.to_string()),
        }
    }

    /// An example.
    pub fn sample() -> InvoiceView {
        InvoiceView {
            invoice_id: "00112233445566778899000000000003-01".to_owned(),
            usage_id: "usage_00112233445566778899000000000003".to_owned(),
            order_id: "order_789".to_owned(),
            status: InvoiceStatus::Overdue,
            value: sample_money(5_000),
            paid: sample_money(2_500),
            outstanding: sample_money(2_500),
            installment: 1,
            installments: 1,
            issued_at: "2025-11-24T12:00:00Z".to_owned(),
            due_date: "2025-12-24".to_owned(),
            days_overdue: 15,
            late_charges: Some(LateChargesView::sample()),
            resolved_at: None,
        }
    }
}
