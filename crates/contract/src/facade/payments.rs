use super::request::sample_money;
use crate::Money;
use fiado_core::account::{AppliedPart, Payment};
use fiado_core::money::Currency;
use serde::Serialize;
use utoipa::ToSchema;

/// Un pago recibido y adónde fue.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(PaymentView::sample()))]
pub struct PaymentView {
    /// Identificador.
    pub payment_id: String,
    /// Referencia de quien pagó; no la hay donde una factura se pagó por su identificador.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_reference: Option<String>,
    /// Cuánto.
    pub amount: Money,
    /// Día en que se pagó.
    #[schema(format = Date)]
    pub payment_date: String,
    /// Momento en que se registró, UTC.
    #[schema(format = DateTime)]
    pub received_at: String,
    /// A qué facturas fue.
    pub allocations: Vec<AppliedView>,
    /// Lo que sobró al registrarse, para compras siguientes.
    pub unapplied: Money,
}

/// La parte de un pago que fue a una factura.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AppliedView {
    /// La factura.
    pub invoice_id: String,
    /// Cuánto.
    pub amount: Money,
    /// Lo que quedó por pagar de la factura.
    pub outstanding: Money,
}

impl AppliedView {
    /// A part on the wire.
    pub(super) fn new(part: &AppliedPart, currency: Currency) -> AppliedView {
        AppliedView {
            invoice_id: part.invoice.to_string(),
            amount: Money::new(part.amount, currency),
            outstanding: Money::new(part.left, currency),
        }
    }
}

impl PaymentView {
    /// A payment on the wire.
    pub fn new(payment: &Payment, currency: Currency) -> PaymentView {
        PaymentView {
            payment_id: format!("payment_{}", payment.id),
            payment_reference: payment.reference.as_ref().map(|reference| reference.to_string()),
            amount: Money::new(payment.amount, currency),
            payment_date: payment.date.to_string(),
            received_at: payment.received_at.to_string(),
            allocations: payment.applied.iter().map(|part| AppliedView::new(part, currency)).collect(),
            unapplied: Money::new(payment.unapplied, currency),
        }
    }

    /// An example.
    pub fn sample() -> PaymentView {
        PaymentView {
            payment_id: "payment_00112233445566778899000000000004".to_owned(),
            payment_reference: Some("PAY-123456".to_owned()),
            amount: sample_money(2_500),
            payment_date: "2025-11-24".to_owned(),
            received_at: "2025-11-24T13:00:00Z".to_owned(),
            allocations: vec![AppliedView {
                invoice_id: "00112233445566778899000000000003-01".to_owned(),
                amount: sample_money(2_500),
                outstanding: sample_money(2_500),
            }],
            unapplied: sample_money(0),
        }
    }
}
