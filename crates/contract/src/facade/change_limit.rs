use super::remark::read_reason;
use super::request::sample_money;
use crate::fields::{FieldError, read};
use crate::json::Json;
use crate::{Money, MoneyInput};
use fiado_core::account::ChangeLimit;
use fiado_core::money::Currency;
use fiado_core::profile::Remark;
use serde::Serialize;
use utoipa::ToSchema;

/// Nuevo límite de la línea.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(ChangeLimitBody::sample()))]
#[serde(deny_unknown_fields)]
pub struct ChangeLimitBody {
    /// El límite nuevo. Puede ser menor que lo usado: entonces no queda nada disponible.
    #[schema(value_type = MoneyInput)]
    pub credit_limit: Money,
    /// Motivo.
    #[schema(nullable = false, max_length = 1000)]
    pub reason: Option<String>,
}

impl ChangeLimitBody {
    /// An example.
    pub fn sample() -> ChangeLimitBody {
        ChangeLimitBody {
            credit_limit: sample_money(12_000),
            reason: Some("Buen historial de pago".to_owned()),
        }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json, currency: Currency) -> Result<(ChangeLimit, Option<Remark>), Vec<FieldError>> {
        read(json, |fields| {
            let limit = fields.amount_or_zero("credit_limit", currency);
            let reason = read_reason(fields);
            Some((ChangeLimit { limit: limit? }, reason?))
        })
    }
}
