use super::AccountStatus;
use crate::Money;
use fiado_core::account::{Account, Snapshot, Status, Totals};
use fiado_core::calendar::Day;
use fiado_core::money::Amount;
use serde::Serialize;
use utoipa::ToSchema;

/// Lo que le queda a una línea, sea cual sea la compra: lo responde el paquete `fiado` en el navegador, de una
/// instantánea. El servidor dice más en `GET …/credit`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AvailabilityView {
    /// Estado de la cuenta.
    #[schema(value_type = AccountStatus)]
    pub status: Status,
    /// Límite.
    pub credit_limit: Money,
    /// Lo que se debe.
    pub credit_used: Money,
    /// Lo que está retenido.
    pub credit_held: Money,
    /// Lo que queda del límite.
    pub credit_available: Money,
    /// Lo pagado de más.
    pub unapplied: Money,
    /// Lo que venció antes de hoy.
    pub overdue_amount: Money,
    /// El primer vencimiento de lo que se debe, vencido o no; ausente si no se debe nada.
    #[schema(nullable = false, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due_date: Option<String>,
    /// Plazo de pago, en días.
    pub payment_term_days: u16,
    /// Lo más que se puede comprar entre límite y tolerancia.
    pub spendable: Money,
    /// El mayor importe que pasa pagado de una vez; ausente si ninguno pasa.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub largest_amount: Option<Money>,
    /// Moneda (ISO 4217).
    pub currency: &'static str,
    /// Cuántos decimales tiene la moneda.
    pub decimals: u32,
    /// La versión de la cuenta.
    pub version: u64,
    /// Hasta cuándo conviene usarlo, UTC.
    #[schema(format = DateTime)]
    pub valid_until: String,
}

impl AvailabilityView {
    /// What is left of an account as it stands on some day.
    pub(super) fn new(
        snapshot: &Snapshot,
        account: &Account,
        today: Day,
        spendable: Amount,
        largest: Option<Amount>,
    ) -> AvailabilityView {
        let money = |amount: Amount| Money::new(amount, snapshot.currency);
        let Totals { outstanding, held, unapplied } = account.totals;
        AvailabilityView {
            status: snapshot.status,
            credit_limit: money(snapshot.limit),
            credit_used: money(outstanding),
            credit_held: money(held),
            credit_available: money(account.available()),
            unapplied: money(unapplied),
            overdue_amount: money(account.ladder.due_before(today)),
            next_due_date: account.ladder.earliest().map(|due| due.to_string()),
            payment_term_days: snapshot.term.days(),
            spendable: money(spendable),
            largest_amount: largest.map(money),
            currency: snapshot.currency.code(),
            decimals: snapshot.currency.decimals(),
            version: snapshot.version,
            valid_until: snapshot.validity.valid_until.to_string(),
        }
    }
}
