use super::request::sample_money;
use crate::Money;
use fiado_core::account::{LineKind, StatementLine};
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
    /// De dónde viene: `credit` (cambio de límite o tolerancia), `invoice` (compra) o `payment`.
    pub origin: LineOrigin,
    /// Las compras restan, los pagos suman; un cambio de límite o tolerancia es la diferencia de
    /// lo que puede deberse.
    pub value: Money,
    /// Lo que se debía después del hecho.
    pub credit_used: Money,
    /// La orden comprada.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    /// La compra.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage_id: Option<String>,
    /// En cuántas cuotas.
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
    /// La factura pagada; sin ella, lo que sobró del pago.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_id: Option<String>,
}

impl StatementLineView {
    /// A line on the wire.
    pub fn new(line: &StatementLine, currency: Currency) -> StatementLineView {
        let bare = StatementLineView {
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
        };
        match &line.kind {
            LineKind::Credit => bare,
            LineKind::Invoice { transaction, order, installments } => StatementLineView {
                origin: LineOrigin::Invoice,
                order_id: Some(order.to_string()),
                usage_id: Some(format!("usage_{transaction}")),
                installments: Some(*installments),
                ..bare
            },
            LineKind::Payment { payment, reference, invoice } => StatementLineView {
                origin: LineOrigin::Payment,
                payment_id: Some(format!("payment_{payment}")),
                payment_reference: Some(reference.to_string()),
                invoice_id: invoice.map(|invoice| invoice.to_string()),
                ..bare
            },
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
        }
    }
}
