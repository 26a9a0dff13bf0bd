//! The preview: what would become of a purchase, and by which plans it can be paid.
//!
//! The server answers it from a snapshot it has just taken, the browser from one it was given
//! (`previewer.rs`): the same function makes both answers.

use super::{ErrorBody, InstallmentView, PlanView};
use crate::catalogue::Language;
use crate::fields::{Fault, FieldError, Fields, read};
use crate::gateway::{LONGEST_CHANNEL, plain};
use crate::json::Json;
use crate::{Money, MoneyInput};
use fiado_core::account::{Assessment, Objection, PlanChoice, Remedies, Wish};
use fiado_core::calendar::Day;
use fiado_core::identity::PlanId;
use fiado_core::installments::{Deadline, InstallmentCount};
use fiado_core::money::{Amount, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// How far ahead a purchase may be previewed: a year.
const MOST_DAYS_AHEAD: u32 = 366;

/// Previsualización de una compra: no registra nada y no promete nada.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(PreviewBody::sample()))]
#[serde(deny_unknown_fields)]
pub struct PreviewBody {
    /// Lo que cuesta la orden.
    #[schema(value_type = MoneyInput)]
    pub amount: Money,
    /// En cuántas cuotas, de 1 a 48: el plan más barato de los que tienen tantas. Ni con `terms` ni con `plan_id`.
    #[schema(nullable = false, minimum = 1, maximum = 48)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installments: Option<u8>,
    /// A cuántos días de la compra vence cada cuota: el plan que vence así. Ni con `installments` ni con `plan_id`.
    #[schema(nullable = false, min_items = 1, max_items = 48, example = json!([30, 60]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<Vec<u16>>,
    /// El plan de este identificador. Ni con `installments` ni con `terms`.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_id: Option<String>,
    /// El día de la compra, hoy o hasta un año después; hoy si no se indica.
    #[schema(nullable = false, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// El canal de venta, para las reglas de pago que son solo de algunos.
    #[schema(nullable = false, max_length = 100)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_channel: Option<String>,
}

/// Lo que pasaría con una compra.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PreviewAnswer {
    /// Si pasaría: `accepted`, o `refused` con al menos una razón.
    pub verdict: Verdict,
    /// Todo lo que se le opone, lo más importante primero: la compra respondería eso.
    pub reasons: Vec<ErrorBody>,
    /// Lo que queda del límite.
    pub credit_available: Money,
    /// Lo más que se puede comprar entre límite y tolerancia, interés incluido.
    pub spendable: Money,
    /// Cuánto falta para que pase; cero si alcanza.
    pub shortfall: Money,
    /// Lo que se debería después, si pasa.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_used_after: Option<Money>,
    /// Lo que quedaría del límite después, si pasa.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_available_after: Option<Money>,
    /// El plan que se eligió, si se eligió uno y se ofrece.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanView>,
    /// Las cuotas en que se pagaría; ausente si no puede dividirse así.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installments: Option<Vec<InstallmentView>>,
    /// Todos los planes que se ofrecen para este importe.
    pub plans: Vec<PlanView>,
    /// Con qué pasaría.
    pub would_pass: RemediesView,
    /// La moneda (ISO 4217).
    pub currency: &'static str,
    /// El día que se previsualizó.
    #[schema(format = Date)]
    pub date: String,
    /// La versión de la cuenta que se previsualizó.
    pub version: u64,
}

/// Si una compra pasaría.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Sí.
    Accepted,
    /// No.
    Refused,
}

/// Con qué pasaría una compra.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RemediesView {
    /// El mayor importe que pasa pagado como se indicó; ausente si ninguno pasa.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub largest_amount: Option<Money>,
    /// El menor pago previo con que pasaría; ausente si pasa, o si ningún pago ayuda.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smallest_prepayment: Option<Money>,
    /// El plan más barato con que pasa; de varios iguales, el de menos cuotas. Ausente si con ninguno.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cheapest_plan_id: Option<String>,
    /// Sus cuotas.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cheapest_installments: Option<u8>,
    /// El primer día en que pasaría si nadie compra ni paga, porque vencen retenciones; ausente si pasa, o si esperar
    /// no ayuda.
    #[schema(nullable = false, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest_date: Option<String>,
    /// El momento de ese día, UTC.
    #[schema(nullable = false, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest_at: Option<String>,
}

impl PreviewBody {
    /// An example.
    pub fn sample() -> PreviewBody {
        PreviewBody {
            amount: super::request::sample_money(5_000),
            installments: Some(3),
            terms: None,
            plan_id: None,
            date: None,
            sales_channel: None,
        }
    }

    /// Reads a body. `today`: the earliest day that can be previewed.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json, currency: Currency, today: Day) -> Result<(Wish, Option<Day>), Vec<FieldError>> {
        read(json, |fields| read_wish(fields, currency, today))
    }
}

pub(super) fn read_wish(
    fields: &mut Fields<'_>,
    currency: Currency,
    today: Day,
) -> Option<(Wish, Option<Day>)> {
    let amount = fields.amount("amount", currency);
    let choice = read_choice(fields);
    let date = unless_null(fields, "date", |fields| read_date(fields, today));
    let channel = read_channel(fields);
    Some((Wish { amount: amount?, choice: choice?, channel: channel? }, date?))
}

/// JavaScript writes absence as `undefined`, which arrives as null.
pub(super) fn unless_null<T>(
    fields: &mut Fields<'_>,
    name: &'static str,
    reader: impl FnOnce(&mut Fields<'_>) -> Option<T>,
) -> Option<Option<T>> {
    match fields.unless_null(name, reader) {
        None => Some(None),
        Some(None) => None,
        Some(value) => Some(value),
    }
}

/// Which plan is meant, if one is: told in one way only.
fn read_choice(fields: &mut Fields<'_>) -> Option<Option<PlanChoice>> {
    let count = unless_null(fields, "installments", |fields| {
        let count = fields.whole("installments", 1, u64::from(InstallmentCount::MOST.get()))?;
        InstallmentCount::new(count).map(PlanChoice::Installments)
    });
    let days = unless_null(fields, "terms", |fields| {
        let most = usize::from(InstallmentCount::MOST.get());
        let told = fields.wholes("terms", most, u64::from(Deadline::MOST_DAYS))?;
        let mut days: Vec<u16> = Vec::with_capacity(told.len());
        for day in told.into_iter().filter_map(|day| u16::try_from(day).ok()) {
            days.insert(days.partition_point(|earlier| *earlier <= day), day);
        }
        Some(PlanChoice::Days(days))
    });
    let plan = unless_null(fields, "plan_id", |fields| {
        fields.text("plan_id", PlanId::LONGEST, PlanId::new).map(PlanChoice::Plan)
    });
    let told: Vec<(&'static str, PlanChoice)> =
        [("installments", count?), ("terms", days?), ("plan_id", plan?)]
            .into_iter()
            .filter_map(|(name, choice)| choice.map(|choice| (name, choice)))
            .collect();
    let mut told = told.into_iter();
    let first = told.next();
    if let (Some((meant, _)), Some((other, _))) = (&first, told.next()) {
        fields.wrong(other, Fault::Beside(meant));
        return None;
    }
    Some(first.map(|(_, choice)| choice))
}

fn read_date(fields: &mut Fields<'_>, today: Day) -> Option<Day> {
    let date = fields.day("date")?;
    let latest = today.plus_days(MOST_DAYS_AHEAD);
    if date < today {
        fields.wrong("date", Fault::Below(today.to_string()));
    } else if date > latest {
        fields.wrong("date", Fault::Above(latest.to_string()));
    }
    Some(date)
}

/// The sales channel, if one is told.
pub(super) fn read_channel(fields: &mut Fields<'_>) -> Option<Option<String>> {
    unless_null(fields, "sales_channel", |fields| {
        fields.text("sales_channel", LONGEST_CHANNEL, plain(LONGEST_CHANNEL))
    })
}

impl PreviewAnswer {
    /// What is found of the purchase itself; plans, remedies and which snapshot it is of come beside it.
    pub(super) fn of(assessment: &Assessment, currency: Currency, language: Language) -> PreviewAnswer {
        let money = |amount: Amount| Money::new(amount, currency);
        let reason = |reason: &Objection| ErrorBody::of_objection(reason, currency, language);
        PreviewAnswer {
            verdict: if assessment.passes() { Verdict::Accepted } else { Verdict::Refused },
            reasons: assessment.reasons.iter().map(reason).collect(),
            credit_available: money(assessment.available),
            spendable: money(assessment.spendable),
            shortfall: money(assessment.shortfall),
            credit_used_after: assessment.used_after.map(money),
            credit_available_after: assessment.available_after.map(money),
            plan: assessment.plan.as_ref().map(|plan| PlanView::new(plan, currency)),
            installments: assessment.parts.as_ref().map(|parts| InstallmentView::all(parts, currency)),
            plans: Vec::new(),
            would_pass: RemediesView::new(&Remedies::default(), currency),
            currency: currency.code(),
            date: String::new(),
            version: 0,
        }
    }
}

impl RemediesView {
    /// Remedies on the wire.
    pub(super) fn new(remedies: &Remedies, currency: Currency) -> RemediesView {
        let money = |amount: Amount| Money::new(amount, currency);
        let cheapest = remedies.cheapest_plan.as_ref();
        RemediesView {
            largest_amount: remedies.largest_amount.map(money),
            smallest_prepayment: remedies.smallest_prepayment.map(money),
            cheapest_plan_id: cheapest.map(|plan| plan.id.to_string()),
            cheapest_installments: cheapest.and_then(|plan| plan.count()).map(InstallmentCount::get),
            earliest_date: remedies.earliest.map(|(_, day)| day.to_string()),
            earliest_at: remedies.earliest.map(|(at, _)| at.to_string()),
        }
    }
}
