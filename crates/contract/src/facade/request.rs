use super::AccountStatus;
use crate::fields::{Fault, FieldError, read};
use crate::json::Json;
use crate::{Money, MoneyInput};
use fiado_core::account::{Account, Request, Status};
use fiado_core::installments::PaymentTerm;
use fiado_core::money::{Amount, Currency};
use fiado_core::policy::Policy;
use fiado_core::profile::{BusinessName, Profile, TaxId, YearsInBusiness};
use serde::Serialize;
use utoipa::ToSchema;

/// Solicitud de una línea de crédito.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(RequestBody::sample()))]
#[serde(deny_unknown_fields)]
pub struct RequestBody {
    /// Límite que se solicita, entre el mínimo y el máximo de la organización (1000.00 a 100000.00).
    #[schema(value_type = MoneyInput)]
    pub requested_limit: Money,
    /// Plazo de pago en días, de 1 a 365; 30 si no se indica.
    #[schema(nullable = false, minimum = 1, maximum = 365)]
    pub payment_term_days: Option<u16>,
    /// Datos de la empresa. Se guardan aparte del diario, para poder borrarlos.
    pub business_info: BusinessInfo,
}

/// Datos de la empresa.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BusinessInfo {
    /// Nombre registrado.
    #[schema(min_length = 1, max_length = 200)]
    pub business_name: String,
    /// Identificación tributaria (RUC, RFC, NIT, RUT…), tal como se escribe.
    #[schema(min_length = 1, max_length = 50)]
    pub tax_id: String,
    /// Años completos de actividad.
    #[schema(nullable = false, minimum = 0, maximum = 500)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub years_in_business: Option<u16>,
}

impl BusinessInfo {
    /// What is known of a company, on the wire.
    pub fn new(profile: &Profile) -> BusinessInfo {
        BusinessInfo {
            business_name: profile.business_name.to_string(),
            tax_id: profile.tax_id.to_string(),
            years_in_business: profile.years_in_business.map(YearsInBusiness::get),
        }
    }
}

impl RequestBody {
    /// The façade's own example.
    pub fn sample() -> RequestBody {
        RequestBody {
            requested_limit: sample_money(10_000),
            payment_term_days: Some(30),
            business_info: BusinessInfo {
                business_name: "Constructora ABC".to_owned(),
                tax_id: "RUC-123-456".to_owned(),
                years_in_business: Some(5),
            },
        }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json, policy: &Policy) -> Result<(Request, Profile), Vec<FieldError>> {
        read(json, |fields| {
            let limit = fields.amount("requested_limit", policy.currency);
            let limit = limit.and_then(|limit| match out_of_bounds(limit, policy) {
                Some(fault) => {
                    fields.wrong("requested_limit", fault);
                    None
                }
                None => Some(limit),
            });
            let term = read_term(fields);
            let profile = fields.object("business_info", |info| {
                let name = info.text("business_name", BusinessName::LONGEST, BusinessName::new);
                let tax_id = info.text("tax_id", TaxId::LONGEST, TaxId::new);
                let years = info.optional_whole("years_in_business", 0, u64::from(YearsInBusiness::LARGEST));
                Some(Profile {
                    business_name: name?,
                    tax_id: tax_id?,
                    years_in_business: years?.and_then(YearsInBusiness::new),
                })
            });
            Some((Request { requested_limit: limit?, term: term? }, profile?))
        })
    }
}

/// The bounds of what may be asked for are the policy's (DECISIONS 3).
fn out_of_bounds(limit: Amount, policy: &Policy) -> Option<Fault> {
    let shown = |amount: Amount| amount.printed(policy.currency).to_string();
    if limit < policy.least_request {
        Some(Fault::Below(shown(policy.least_request)))
    } else if limit > policy.largest_request {
        Some(Fault::Above(shown(policy.largest_request)))
    } else {
        None
    }
}

/// The term: 30 days where it is absent, null is an error (DECISIONS 4).
pub(super) fn read_term(fields: &mut crate::fields::Fields<'_>) -> Option<PaymentTerm> {
    let days = fields.optional_whole("payment_term_days", 1, u64::from(PaymentTerm::LONGEST))?;
    days.map_or(Some(PaymentTerm::USUAL), PaymentTerm::new)
}

/// So many units of the façade's currency, US dollars.
pub(super) fn sample_money(units: u64) -> Money {
    Money::new(Amount::from_minor(units.saturating_mul(100)).unwrap_or_default(), Currency::Usd)
}

/// La solicitud registrada.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(RequestAnswer::sample()))]
pub struct RequestAnswer {
    /// Identificador de esta vida de la cuenta.
    pub credit_account_id: String,
    /// Siempre `pending`.
    #[schema(value_type = AccountStatus)]
    pub status: Status,
    /// Límite solicitado.
    pub requested_limit: Money,
    /// Plazo solicitado, en días.
    pub payment_term_days: u16,
    /// Momento de la solicitud, UTC.
    #[schema(format = DateTime)]
    pub created_at: String,
}

impl RequestAnswer {
    /// The answer to a request; `None` where the account has no life, which no request leaves.
    pub fn new(account: &Account, currency: Currency) -> Option<RequestAnswer> {
        let life = account.life.as_ref()?;
        Some(RequestAnswer {
            credit_account_id: format!("credit_{}", life.id),
            status: life.status(),
            requested_limit: Money::new(life.requested_limit, currency),
            payment_term_days: life.requested_term.days(),
            created_at: life.requested_at.to_string(),
        })
    }

    /// The façade's own example.
    pub fn sample() -> RequestAnswer {
        RequestAnswer {
            credit_account_id: "credit_00112233445566778899".to_owned(),
            status: Status::Pending,
            requested_limit: sample_money(10_000),
            payment_term_days: 30,
            created_at: "2025-11-24T10:00:00Z".to_owned(),
        }
    }
}
