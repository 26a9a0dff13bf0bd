use super::AccountStatus;
use super::request::{BusinessInfo, RequestBody, sample_money};
use crate::Money;
use fiado_core::account::{Account, Status};
use fiado_core::money::Currency;
use fiado_core::profile::Profile;
use serde::Serialize;
use utoipa::ToSchema;

/// Una solicitud de crédito en la lista de quien aprueba.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(RequestView::sample()))]
pub struct RequestView {
    /// El cliente.
    pub customer_id: String,
    /// Identificador de esta vida de la cuenta.
    pub credit_account_id: String,
    /// Estado de la cuenta.
    #[schema(value_type = AccountStatus)]
    pub status: Status,
    /// Límite solicitado.
    pub requested_limit: Money,
    /// Límite concedido; cero si no se ha aprobado.
    pub credit_limit: Money,
    /// Plazo solicitado, en días.
    pub payment_term_days: u16,
    /// Momento de la solicitud, UTC.
    #[schema(format = DateTime)]
    pub requested_at: String,
    /// Quién solicitó: no puede aprobarla.
    pub requested_by: String,
    /// Datos de la empresa, si no se han borrado.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub business_info: Option<BusinessInfo>,
}

impl RequestView {
    /// A request on the wire; `None` where nothing was ever asked for.
    pub fn new(
        customer: &str,
        account: &Account,
        profile: Option<&Profile>,
        currency: Currency,
    ) -> Option<RequestView> {
        let life = account.life.as_ref()?;
        Some(RequestView {
            customer_id: customer.to_owned(),
            credit_account_id: format!("credit_{}", life.id),
            status: life.status(),
            requested_limit: Money::new(life.requested_limit, currency),
            credit_limit: Money::new(account.limit(), currency),
            payment_term_days: life.requested_term.days(),
            requested_at: life.requested_at.to_string(),
            requested_by: life.requested_by.to_string(),
            business_info: profile.map(BusinessInfo::new),
        })
    }

    /// An example.
    pub fn sample() -> RequestView {
        RequestView {
            customer_id: "cust_456".to_owned(),
            credit_account_id: "credit_00112233445566778899".to_owned(),
            status: Status::Pending,
            requested_limit: sample_money(10_000),
            credit_limit: sample_money(0),
            payment_term_days: 30,
            requested_at: "2025-11-24T10:00:00Z".to_owned(),
            requested_by: "user_sales".to_owned(),
            business_info: Some(RequestBody::sample().business_info),
        }
    }
}
