use super::request::sample_money;
use crate::Money;
use fiado_core::account::{LineKind, Purchase, StatementLine};
use fiado_core::money::{Balance, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// De dónde viene un movimiento.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineOrigin {
    /// Un cambio de límite o tolerancia.
    Credit,
    /// Una compra.
    Invoice,
    /// Un pago.
    Payment,
    /// Una compra se liquidó por otro importe.
    Correction,
    /// Una devolución de una compra.
    Refund,
    /// Una factura cancelada.
    Cancellation,
    /// Un movimiento del saldo manual, que no cambia lo que se debe.
    Adjustment,
}

/// Un movimiento del estado de cuenta.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(StatementLineView::sample()))]
pub struct StatementLineView {
    /// Número del hecho en el diario de la cuenta.
    pub sequence: u64,
    /// Momento, UTC.
    #[schema(format = DateTime)]
    pub date: String,
    /// De dónde viene: `credit` (cambio de límite o tolerancia), `invoice` (compra), `payment`,
    /// `correction` (liquidación por otro importe), `refund` (devolución), `cancellation` (factura
    /// cancelada) o `adjustment` (movimiento del saldo manual).
    pub origin: LineOrigin,
    /// Las compras restan; los pagos, devoluciones y cancelaciones suman; un cambio de límite o
    /// tolerancia es la diferencia de lo que puede deberse.
    pub value: Money,
    /// Lo que se debía después del hecho.
    pub credit_used: Money,
    /// La orden de la compra.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    /// La compra.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage_id: Option<String>,
    /// En cuántas cuotas; en una liquidación por otro importe o una devolución, a cuántas toca.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installments: Option<u8>,
    /// El pago.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<String>,
    /// Referencia del pago.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_reference: Option<String>,
    /// La factura pagada o cancelada; sin ella en un pago, lo que sobró de él.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_id: Option<String>,
    /// El movimiento del saldo manual, con el nombre que le dio su cliente.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement_id: Option<String>,
    /// Quién movió el saldo manual.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_by: Option<String>,
}

impl StatementLineView {
    /// A line on the wire.
    pub fn new(line: &StatementLine, currency: Currency) -> StatementLineView {
        let bare = StatementLineView::bare(line, currency);
        match &line.kind {
            LineKind::Credit => bare,
            LineKind::Invoice(purchase) => bare.of_purchase(LineOrigin::Invoice, purchase),
            LineKind::Correction(purchase) => bare.of_purchase(LineOrigin::Correction, purchase),
            LineKind::Refund(purchase) => bare.of_purchase(LineOrigin::Refund, purchase),
            LineKind::Cancellation { invoice } => StatementLineView {
                origin: LineOrigin::Cancellation,
                usage_id: Some(format!("usage_{}", invoice.transaction)),
                invoice_id: Some(invoice.to_string()),
                ..bare
            },
            LineKind::Payment { payment, reference, invoice } => StatementLineView {
                origin: LineOrigin::Payment,
                payment_id: Some(format!("payment_{payment}")),
                payment_reference: reference.as_ref().map(|reference| reference.to_string()),
                invoice_id: invoice.as_ref().map(|invoice| invoice.to_string()),
                ..bare
            },
            LineKind::Adjustment { statement, by } => StatementLineView {
                origin: LineOrigin::Adjustment,
                statement_id: Some(statement.to_string()),
                done_by: Some(by.to_string()),
                ..bare
            },
        }
    }

    /// What every line has.
    fn bare(line: &StatementLine, currency: Currency) -> StatementLineView {
        StatementLineView {
            sequence: line.sequence,
            date: line.at.to_string(),
            origin: LineOrigin::Credit,
            value: Money::new(line.value, currency),
            credit_used: Money::new(line.used_after, currency),
            order_id: None,
            usage_id: None,
            installments: None,
            payment_id: None,
            payment_reference: None,
            invoice_id: None,
            statement_id: None,
            done_by: None,
        }
    }

    fn of_purchase(self, origin: LineOrigin, purchase: &Purchase) -> StatementLineView {
        StatementLineView {
            origin,
            order_id: Some(purchase.order.to_string()),
            usage_id: Some(format!("usage_{}", purchase.transaction)),
            installments: Some(purchase.installments),
            ..self
        }
    }

    /// An example.
    pub fn sample() -> StatementLineView {
        StatementLineView {
            sequence: 3,
            date: "2025-11-24T12:00:00Z".to_owned(),
            origin: LineOrigin::Invoice,
            value: Money::new(Balance::from_minor(-500_000), Currency::Usd),
            credit_used: sample_money(5_000),
            order_id: Some("order_789".to_owned()),
            usage_id: Some("usage_00112233445566778899000000000003".to_owned()),
            installments: Some(1),
            payment_id: None,
            payment_reference: None,
            invoice_id: None,
            statement_id: None,
            done_by: None,
        }
    }
}
