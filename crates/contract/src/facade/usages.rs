use super::request::sample_money;
use crate::Money;
use fiado_core::account::Usage;
use fiado_core::calendar::Day;
use fiado_core::money::{Amount, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// Estado de una compra hoy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UsageStatus {
    /// Con cuotas por pagar, ninguna vencida.
    Pending,
    /// Con una cuota vencida.
    Overdue,
    /// Pagada.
    Paid,
    /// Devuelta o cancelada por completo: no costó nada.
    Cancelled,
}

/// Una compra a crédito.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(UsageView::sample()))]
pub struct UsageView {
    /// Identificador de la compra.
    pub usage_id: String,
    /// La orden.
    pub order_id: String,
    /// Estado hoy.
    pub status: UsageStatus,
    /// Lo que cuesta hoy: lo comprado con su interés, menos lo devuelto y lo cancelado.
    pub amount: Money,
    /// El plan con que se compró, si se eligió uno.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_id: Option<String>,
    /// Lo que de la compra fue interés; con un plan.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interest: Option<Money>,
    /// Lo que ya se pagó.
    pub paid: Money,
    /// Lo que falta pagar.
    pub outstanding: Money,
    /// En cuántas cuotas.
    pub installments: u8,
    /// Momento de la compra, UTC.
    #[schema(format = DateTime)]
    pub used_at: String,
    /// Primer vencimiento.
    #[schema(format = Date)]
    pub due_date: String,
    /// Vencimiento de la primera cuota sin pagar.
    #[schema(nullable = false, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due_date: Option<String>,
}

impl UsageView {
    /// A purchase as it is today. Overdue is a matter of the day, never a flag.
    pub fn new(usage: &Usage, next_due: Option<Day>, currency: Currency, today: Day) -> UsageView {
        let money = |amount: Amount| Money::new(amount, currency);
        UsageView {
            usage_id: format!("usage_{}", usage.transaction),
            order_id: usage.order.to_string(),
            status: match next_due {
                None if usage.value.is_zero() => UsageStatus::Cancelled,
                None => UsageStatus::Paid,
                Some(due) if due < today => UsageStatus::Overdue,
                Some(_) => UsageStatus::Pending,
            },
            amount: money(usage.value),
            plan_id: usage.plan.as_ref().map(ToString::to_string),
            interest: usage.plan.as_ref().map(|_| money(usage.interest)),
            paid: money(usage.paid),
            outstanding: money(usage.value.saturating_sub(usage.paid)),
            installments: usage.installments,
            used_at: usage.used_at.to_string(),
            due_date: usage.due.to_string(),
            next_due_date: next_due.map(|due| due.to_string()),
        }
    }

    /// An example.
    pub fn sample() -> UsageView {
        UsageView {
            usage_id: "usage_00112233445566778899000000000003".to_owned(),
            order_id: "order_789".to_owned(),
            status: UsageStatus::Pending,
            amount: sample_money(5_000),
            plan_id: None,
            interest: None,
            paid: sample_money(2_500),
            outstanding: sample_money(2_500),
            installments: 1,
            used_at: "2025-11-24T12:00:00Z".to_owned(),
            due_date: "2025-12-24".to_owned(),
            next_due_date: Some("2025-12-24".to_owned()),
        }
    }
}
