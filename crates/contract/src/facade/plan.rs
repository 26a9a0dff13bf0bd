use super::InstallmentView;
use crate::{Money, Percentage};
use fiado_core::calendar::Day;
use fiado_core::identity::PlanId;
use fiado_core::installments::{DueDates, InstallmentCount, PaymentTerm, Plan, PlanHash, Terms};
use fiado_core::money::{Amount, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// Una forma de pagar una compra: qué vence cuándo, y cuánto cuesta en total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!(PlanView::sample()))]
pub struct PlanView {
    /// Identificador del plan: el mismo para cualquier importe y día. Envíelo como `plan_id` al comprar.
    #[schema(example = "line:3x")]
    pub plan_id: String,
    /// Huella del plan: lo describe entero y termina en un SHA-256. Envíela como `plan_hash` al comprar; si el plan
    /// cambió, la compra responde 409 con los dos planes y no se cobra nada.
    pub plan_hash: String,
    /// En cuántas cuotas.
    #[schema(minimum = 1, maximum = 48)]
    pub installments: u8,
    /// Lo que cuesta la compra, sin interés.
    pub amount: Money,
    /// Lo que suman las cuotas.
    pub total: Money,
    /// Lo que cuesta pagarla así: `total` menos `amount`.
    pub interest: Money,
    /// Tasa en por ciento: la de cada período, o la mayor de sus plazos.
    pub interest_rate: Percentage,
    /// Las cuotas, en orden.
    pub parts: Vec<InstallmentView>,
    /// En una previsualización: si la compra pasaría con este plan. El límite cuenta también el interés.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<bool>,
}

impl PlanView {
    /// A plan on the wire.
    pub fn new(plan: &Plan, currency: Currency) -> PlanView {
        let money = |amount: Amount| Money::new(amount, currency);
        PlanView {
            plan_id: plan.id.to_string(),
            plan_hash: PlanHash::of(plan, currency).to_string(),
            installments: plan.count().unwrap_or(InstallmentCount::ONE).get(),
            amount: money(plan.principal),
            total: money(plan.total()),
            interest: money(plan.interest()),
            interest_rate: Percentage(plan.rate),
            parts: InstallmentView::all(&plan.parts, currency),
            accepted: None,
        }
    }

    /// One of the plans that are offered for a purchase.
    pub fn offered(plan: &Plan, accepted: bool, currency: Currency) -> PlanView {
        PlanView { accepted: Some(accepted), ..PlanView::new(plan, currency) }
    }

    /// An example: 5,000.00 in three parts.
    pub fn sample() -> Option<PlanView> {
        sample_plan().map(|plan| PlanView::new(&plan, Currency::Usd))
    }
}

/// The façade's own example order, in three parts.
pub(crate) fn sample_plan() -> Option<Plan> {
    let terms = Terms::interest_free(InstallmentCount::new(3)?);
    let amount = Currency::Usd.units(5_000);
    let start = Day::parse("2025-11-24")?;
    Plan::new(PlanId::new("line:3x").ok()?, &terms, amount, start, PaymentTerm::USUAL, &DueDates::default())
}
