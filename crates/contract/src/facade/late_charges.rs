use super::request::sample_money;
use crate::{Money, Sum};
use fiado_core::late::LateCost;
use fiado_core::money::{Amount, Balance, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// La mora de una factura vencida a un día. Es informativa: no cambia lo que se debe de la factura.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(LateChargesView::sample()))]
pub struct LateChargesView {
    /// Días de atraso.
    pub days_overdue: u32,
    /// Interés simple por esos días, sobre lo que falta pagar.
    pub interest: Money,
    /// Multa, una sola vez, sobre lo que falta pagar.
    pub fine: Money,
    /// Lo que falta pagar, con el interés y la multa.
    pub total_due: Money,
}

impl LateChargesView {
    /// What an invoice costs on a day.
    pub fn new(cost: &LateCost, currency: Currency) -> LateChargesView {
        let money = |amount: Amount| Money::new(amount, currency);
        LateChargesView {
            days_overdue: cost.days_overdue,
            interest: money(cost.interest),
            fine: money(cost.fine),
            total_due: money(cost.total),
        }
    }

    /// An example: 2,500.00 fifteen days late, at 0.002 a day with a fine of 0.02.
    pub fn sample() -> LateChargesView {
        LateChargesView {
            days_overdue: 15,
            interest: sample_money(75),
            fine: sample_money(50),
            total_due: sample_money(2_625),
        }
    }
}

/// La mora de varias facturas vencidas, sumada.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LateTotalsView {
    /// Los intereses.
    #[schema(value_type = Money)]
    pub interest: Sum,
    /// Las multas.
    #[schema(value_type = Money)]
    pub fine: Sum,
    /// Lo que falta pagar de esas facturas, con intereses y multas.
    #[schema(value_type = Money)]
    pub total_due: Sum,
}

impl LateTotalsView {
    /// What several invoices cost; `None` where it is none.
    pub fn new(costs: &[LateCost], currency: Currency) -> Option<LateTotalsView> {
        let sum = |figure: fn(&LateCost) -> Amount| {
            Sum::of(costs.iter().map(|cost| Balance::from(figure(cost))), currency)
        };
        (!costs.is_empty()).then(|| LateTotalsView {
            interest: sum(|cost| cost.interest),
            fine: sum(|cost| cost.fine),
            total_due: sum(|cost| cost.total),
        })
    }
}
