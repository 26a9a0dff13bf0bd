use super::preview::read_channel;
use super::request::sample_money;
use crate::fields::{Fault, FieldError, Fields, read};
use crate::json::Json;
use crate::{Money, MoneyInput};
use fiado_core::account::{ChosenPlan, Usage, UseCredit};
use fiado_core::identity::{OrderId, PlanId};
use fiado_core::installments::{InstallmentCount, Part, Plan, PlanHash};
use fiado_core::money::Currency;
use serde::Serialize;
use utoipa::ToSchema;

/// Compra de una orden a crédito.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(UseCreditBody::sample()))]
#[serde(deny_unknown_fields)]
pub struct UseCreditBody {
    /// La orden. Es única en la cuenta: repetirla igual devuelve la misma respuesta.
    #[schema(min_length = 1, max_length = 200)]
    pub order_id: String,
    /// Lo que cuesta.
    #[schema(value_type = MoneyInput)]
    pub amount: Money,
    /// En cuántas cuotas se paga, de 1 a 48; 1 si no se indica. La cuota k vence k plazos después.
    #[schema(nullable = false, minimum = 1, maximum = 48)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installments: Option<u8>,
    /// El plan que el comprador eligió, como lo dio la previsualización; con `plan_hash`, y sin `installments`. Sin plan
    /// se paga en cuotas iguales al plazo de la cuenta, sin interés.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_id: Option<String>,
    /// La huella de ese plan. Si el plan ya no es el mismo, la respuesta es 409 con los dos planes y no se cobra nada.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_hash: Option<String>,
    /// El canal de venta en que se previsualizó, si se indicó uno.
    #[schema(nullable = false, max_length = 100)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_channel: Option<String>,
}

impl UseCreditBody {
    /// The façade's own example.
    pub fn sample() -> UseCreditBody {
        UseCreditBody {
            order_id: "order_789".to_owned(),
            amount: sample_money(5_000),
            installments: None,
            plan_id: None,
            plan_hash: None,
            sales_channel: None,
        }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json, currency: Currency) -> Result<UseCredit, Vec<FieldError>> {
        read(json, |fields| {
            let order = fields.text("order_id", OrderId::LONGEST, OrderId::new);
            let amount = fields.amount("amount", currency);
            let installments = read_installments(fields);
            let plan = read_plan(fields, currency);
            let channel = read_channel(fields);
            if fields.has("plan_id") && fields.has("installments") {
                fields.wrong("installments", Fault::Beside("plan_id"));
            }
            let (plan, channel) = (plan?, channel?);
            let installments = installments?;
            let plan = plan.map(|seen| Box::new(ChosenPlan { seen, channel }));
            Some(UseCredit { order: order?, amount: amount?, installments, plan })
        })
    }
}

/// The plan its buyer saw: its id and its hash, both or neither.
fn read_plan(fields: &mut Fields<'_>, currency: Currency) -> Option<Option<Plan>> {
    if !fields.has("plan_id") && !fields.has("plan_hash") {
        return Some(None);
    }
    let id = fields.text("plan_id", PlanId::LONGEST, PlanId::new);
    let hash = fields.parsed("plan_hash", Fault::NotAPlanHash, |text| Some(text.to_owned()));
    let (id, hash) = (id?, hash?);
    let seen = PlanHash::read(&hash, &id, currency);
    if seen.is_none() {
        fields.wrong("plan_hash", Fault::NotAPlanHash);
    }
    seen.map(Some)
}

/// The number of installments: one where it is absent.
fn read_installments(fields: &mut Fields<'_>) -> Option<InstallmentCount> {
    let most = u64::from(InstallmentCount::MOST.get());
    fields.optional_whole("installments", 1, most)?.map_or(Some(InstallmentCount::ONE), InstallmentCount::new)
}

/// La compra registrada.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(UseCreditAnswer::sample()))]
pub struct UseCreditAnswer {
    /// Identificador de la compra.
    pub usage_id: String,
    /// Lo que cuesta la orden.
    pub amount: Money,
    /// El plan con que se compró, si se eligió uno.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_id: Option<String>,
    /// Lo que suman las cuotas, interés incluido; con un plan.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<Money>,
    /// Lo que de eso es interés; con un plan.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interest: Option<Money>,
    /// Lo que se debía justo después.
    pub credit_used: Money,
    /// Lo que quedaba del límite justo después.
    pub credit_available: Money,
    /// Primer vencimiento: un día del calendario de la tienda.
    #[schema(format = Date)]
    pub due_date: String,
    /// Las cuotas, si son más de una.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installments: Option<Vec<InstallmentView>>,
}

/// Una cuota: cuánto vence cuándo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct InstallmentView {
    /// Número, desde 1.
    #[schema(example = 1)]
    pub number: u8,
    /// Vencimiento.
    #[schema(format = Date, example = "2025-12-24")]
    pub due_date: String,
    /// Importe.
    pub amount: Money,
}

impl InstallmentView {
    /// A part on the wire.
    pub fn new(part: &Part, currency: Currency) -> InstallmentView {
        InstallmentView {
            number: part.number,
            due_date: part.due.to_string(),
            amount: Money::new(part.amount, currency),
        }
    }

    /// All the parts on the wire.
    pub fn all(parts: &[Part], currency: Currency) -> Vec<InstallmentView> {
        parts.iter().map(|part| InstallmentView::new(part, currency)).collect()
    }
}

impl UseCreditAnswer {
    /// The answer to a purchase, with the figures of its first time.
    pub fn new(usage: &Usage, currency: Currency) -> UseCreditAnswer {
        UseCreditAnswer {
            usage_id: format!("usage_{}", usage.transaction),
            amount: Money::new(usage.principal(), currency),
            plan_id: usage.plan.as_ref().map(ToString::to_string),
            total: usage.plan.as_ref().map(|_| Money::new(usage.amount, currency)),
            interest: usage.plan.as_ref().map(|_| Money::new(usage.interest, currency)),
            credit_used: Money::new(usage.used_after, currency),
            credit_available: Money::new(usage.available_after, currency),
            due_date: usage.due.to_string(),
            installments: (usage.parts.len() > 1).then(|| InstallmentView::all(&usage.parts, currency)),
        }
    }

    /// The façade's own example.
    pub fn sample() -> UseCreditAnswer {
        UseCreditAnswer {
            usage_id: "usage_00112233445566778899000000000003".to_owned(),
            amount: sample_money(5_000),
            plan_id: None,
            total: None,
            interest: None,
            credit_used: sample_money(5_000),
            credit_available: sample_money(5_000),
            due_date: "2025-12-24".to_owned(),
            installments: None,
        }
    }
}
