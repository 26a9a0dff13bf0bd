use super::sample_money;
use super::schema::AmountInput;
use crate::Money;
use crate::fields::{FieldError, read_lenient};
use crate::json::Json;
use fiado_core::account::ChangeLimit;
use fiado_core::money::Currency;
use serde::Serialize;
use utoipa::ToSchema;

/// The new limit of an account.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ChangeCreditLimit, example = json!(ChangeLimitBody::sample()))]
pub struct ChangeLimitBody {
    /// How much may be owed from now on, even if it is less than what is owed.
    #[schema(value_type = AmountInput)]
    pub value: Money,
}

impl ChangeLimitBody {
    /// An example.
    pub fn sample() -> ChangeLimitBody {
        ChangeLimitBody { value: sample_money(5_500) }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json, currency: Currency) -> Result<ChangeLimit, Vec<FieldError>> {
        read_lenient(json, |fields| Some(ChangeLimit { limit: fields.amount_or_zero("value", currency)? }))
    }
}
