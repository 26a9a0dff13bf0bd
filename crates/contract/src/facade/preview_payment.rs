use super::request::sample_money;
use super::{LateChargesView, LateTotalsView};
use crate::Money;
use fiado_core::account::{AppliedPart, Pay, PaymentPreview};
use fiado_core::calendar::Day;
use fiado_core::late::LateCost;
use fiado_core::money::{Amount, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// Lo que haría un pago, sin registrarlo.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(PreviewPaymentAnswer::sample()))]
pub struct PreviewPaymentAnswer {
    /// Solo si ya hay un pago con esta referencia y este importe: su identificador. Repetirlo no
    /// cambia nada.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<String>,
    /// Cuánto se pagaría.
    pub amount: Money,
    /// Día del pago.
    #[schema(format = Date)]
    pub payment_date: String,
    /// A qué facturas iría, en ese orden.
    pub allocations: Vec<PreviewedPartView>,
    /// Lo que sobraría para la próxima compra.
    pub unapplied: Money,
    /// Lo que se debería justo después.
    pub credit_used: Money,
    /// Lo que quedaría del límite justo después.
    pub credit_available: Money,
    /// Lo que seguiría vencido hoy, justo después.
    pub overdue_amount: Money,
    /// La mora de las facturas a las que iría, sumada; ausente si ninguna tiene.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late_charges: Option<LateTotalsView>,
}

/// La parte de un pago que iría a una factura.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PreviewedPartView {
    /// La factura.
    pub invoice_id: String,
    /// Vencimiento.
    #[schema(format = Date)]
    pub due_date: String,
    /// Cuánto.
    pub amount: Money,
    /// Lo que quedaría por pagar de la factura.
    pub outstanding: Money,
    /// Su mora al día del pago, sobre lo que falta pagar antes de él; ausente si no tiene. El pago no
    /// la cubre.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late_charges: Option<LateChargesView>,
}

impl PreviewedPartView {
    /// A part of a payment with what its invoice costs late.
    pub(super) fn of(part: &AppliedPart, late: Option<&LateCost>, currency: Currency) -> PreviewedPartView {
        PreviewedPartView {
            invoice_id: part.invoice.to_string(),
            due_date: part.due.to_string(),
            amount: Money::new(part.amount, currency),
            outstanding: Money::new(part.left, currency),
            late_charges: late.map(|cost| LateChargesView::new(cost, currency)),
        }
    }
}

impl PreviewPaymentAnswer {
    /// What would become of a payment, on the store's present day.
    pub fn new(
        payment: &Pay,
        preview: &PaymentPreview,
        currency: Currency,
        today: Day,
    ) -> PreviewPaymentAnswer {
        let money = |amount: Amount| Money::new(amount, currency);
        let PaymentPreview { made_before, parts, unapplied, account } = preview;
        let late: Vec<LateCost> = parts.iter().filter_map(|part| part.late).collect();
        PreviewPaymentAnswer {
            payment_id: made_before.map(|id| format!("payment_{id}")),
            amount: money(payment.amount),
            payment_date: payment.date.to_string(),
            allocations: parts
                .iter()
                .map(|part| PreviewedPartView::of(&part.applied, part.late.as_ref(), currency))
                .collect(),
            unapplied: money(*unapplied),
            credit_used: money(account.totals.outstanding),
            credit_available: money(account.available()),
            overdue_amount: money(account.ladder.due_before(today)),
            late_charges: LateTotalsView::new(&late, currency),
        }
    }

    /// An example.
    pub fn sample() -> PreviewPaymentAnswer {
        let late = LateCost {
            days_overdue: 15,
            interest: Currency::Usd.units(75),
            fine: Currency::Usd.units(50),
            total: Currency::Usd.units(2_625),
        };
        PreviewPaymentAnswer {
            payment_id: None,
            amount: sample_money(2_500),
            payment_date: "2026-01-08".to_owned(),
            allocations: vec![PreviewedPartView {
                invoice_id: "00112233445566778899000000000003-01".to_owned(),
                due_date: "2025-12-24".to_owned(),
                amount: sample_money(2_500),
                outstanding: sample_money(0),
                late_charges: Some(LateChargesView::sample()),
            }],
            unapplied: sample_money(0),
            credit_used: sample_money(0),
            credit_available: sample_money(10_000),
            overdue_amount: sample_money(0),
            late_charges: LateTotalsView::new(&[late], Currency::Usd),
        }
    }
}
