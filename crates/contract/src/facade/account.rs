use super::AccountStatus;
use super::request::{BusinessInfo, RequestBody, sample_money};
use crate::{Fraction, Money};
use fiado_core::account::{Account, Decision, Standing, Status};
use fiado_core::calendar::Day;
use fiado_core::money::{Currency, Tolerance};
use fiado_core::profile::{Profile, Remark};
use serde::Serialize;
use utoipa::ToSchema;

/// La cuenta de crédito de un cliente.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(AccountView::sample()))]
pub struct AccountView {
    /// Identificador de esta vida de la cuenta.
    pub credit_account_id: String,
    /// El cliente.
    pub customer_id: String,
    /// Estado de la cuenta.
    #[schema(value_type = AccountStatus)]
    pub status: Status,
    /// Límite; cero si nunca se aprobó.
    pub credit_limit: Money,
    /// Tolerancia: cuánto puede pasar una compra por encima del límite.
    pub tolerance: Fraction,
    /// Lo que se debe de facturas abiertas, sin retenciones.
    pub credit_used: Money,
    /// Lo que está retenido y aún no se factura.
    pub credit_held: Money,
    /// Lo que queda del límite: límite menos usado menos retenido, nunca negativo.
    pub credit_available: Money,
    /// Lo pagado de más, que consume la próxima compra.
    pub unapplied: Money,
    /// Lo que venció antes de hoy.
    pub overdue_amount: Money,
    /// El vencimiento más próximo de lo que se debe, también si ya pasó; null si no se debe nada.
    #[schema(required, format = Date)]
    pub next_due_date: Option<String>,
    /// Plazo de pago, en días.
    pub payment_term_days: u16,
    /// Moneda (ISO 4217).
    pub currency: &'static str,
    /// Versión: crece con cada cambio.
    pub version: u64,
    /// Límite que se solicitó.
    pub requested_limit: Money,
    /// Momento de la solicitud, UTC.
    #[schema(format = DateTime)]
    pub requested_at: String,
    /// Quién solicitó.
    pub requested_by: String,
    /// Datos de la empresa, si los dio y no se han borrado.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub business_info: Option<BusinessInfo>,
    /// Momento de la aprobación, UTC.
    #[schema(nullable = false, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_at: Option<String>,
    /// Quién aprobó.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
    /// Momento de la suspensión, UTC.
    #[schema(nullable = false, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspended_at: Option<String>,
    /// Motivo de la suspensión, si se dio.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspension_reason: Option<String>,
    /// Momento del rechazo, UTC.
    #[schema(nullable = false, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejected_at: Option<String>,
    /// Motivo del rechazo, si se dio.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejection_reason: Option<String>,
    /// Momento de la cancelación, UTC.
    #[schema(nullable = false, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelled_at: Option<String>,
    /// Motivo de la cancelación, si se dio.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancellation_reason: Option<String>,
}

impl AccountView {
    /// An account as it is today; `None` where nothing was ever asked for.
    pub fn new(
        customer: &str,
        account: &Account,
        profile: Option<&Profile>,
        remark: Option<&Remark>,
        currency: Currency,
        today: Day,
    ) -> Option<AccountView> {
        let life = account.life.as_ref()?;
        let line = life.line();
        let money = |amount| Money::new(fiado_core::money::Balance::from(amount), currency);
        let (suspension, rejection, cancellation) = decisions(&life.standing);
        let at = |decision: Option<&Decision>| decision.map(|decision| decision.at.to_string());
        let reason = |decision: Option<&Decision>| decision.and(remark).map(Remark::to_string);
        Some(AccountView {
            credit_account_id: format!("credit_{}", life.id),
            customer_id: customer.to_owned(),
            status: life.status(),
            credit_limit: money(account.limit()),
            tolerance: Fraction(line.map_or(Tolerance::NONE, |line| line.tolerance)),
            credit_used: money(account.totals.outstanding),
            credit_held: money(account.totals.held),
            credit_available: money(account.available()),
            unapplied: money(account.totals.unapplied),
            overdue_amount: money(account.ladder.due_before(today)),
            next_due_date: account.ladder.earliest().map(|due| due.to_string()),
            payment_term_days: line.map_or(life.requested_term, |line| line.term).days(),
            currency: currency.code(),
            version: account.version,
            requested_limit: money(life.requested_limit),
            requested_at: life.requested_at.to_string(),
            requested_by: life.requested_by.to_string(),
            business_info: profile.map(BusinessInfo::new),
            approved_at: line.map(|line| line.approval.at.to_string()),
            approved_by: line.map(|line| line.approval.by.to_string()),
            suspended_at: at(suspension),
            suspension_reason: reason(suspension),
            rejected_at: at(rejection),
            rejection_reason: reason(rejection),
            cancelled_at: at(cancellation),
            cancellation_reason: reason(cancellation),
        })
    }

    /// An example.
    pub fn sample() -> AccountView {
        AccountView {
            credit_account_id: "credit_00112233445566778899".to_owned(),
            customer_id: "cust_456".to_owned(),
            status: Status::Approved,
            credit_limit: sample_money(10_000),
            tolerance: Fraction(Tolerance::NONE),
            credit_used: sample_money(2_500),
            credit_held: sample_money(0),
            credit_available: sample_money(7_500),
            unapplied: sample_money(0),
            overdue_amount: sample_money(0),
            next_due_date: Some("2025-12-24".to_owned()),
            payment_term_days: 30,
            currency: "USD",
            version: 4,
            requested_limit: sample_money(10_000),
            requested_at: "2025-11-24T10:00:00Z".to_owned(),
            requested_by: "user_sales".to_owned(),
            business_info: Some(RequestBody::sample().business_info),
            approved_at: Some("2025-11-24T11:00:00Z".to_owned()),
            approved_by: Some("user_manager".to_owned()),
            suspended_at: None,
            suspension_reason: None,
            rejected_at: None,
            rejection_reason: None,
            cancelled_at: None,
            cancellation_reason: None,
        }
    }
}

/// The decision that suspended, rejected or cancelled the life, whichever it was.
fn decisions(standing: &Standing) -> (Option<&Decision>, Option<&Decision>, Option<&Decision>) {
    match standing {
        Standing::Suspended(_, decision) => (Some(decision), None, None),
        Standing::Rejected(decision) => (None, Some(decision), None),
        Standing::Cancelled(_, decision) => (None, None, Some(decision)),
        Standing::Pending | Standing::Approved(_) => (None, None, None),
    }
}
