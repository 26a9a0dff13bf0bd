use super::schema::RateInput;
use crate::Fraction;
use crate::fields::{FieldError, read_lenient};
use crate::json::Json;
use fiado_core::account::ChangeTolerance;
use fiado_core::money::Tolerance;
use serde::Serialize;
use utoipa::ToSchema;

/// The new tolerance of an account.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ChangeTolerance, example = json!(ChangeToleranceBody::sample()))]
pub struct ChangeToleranceBody {
    /// How far above the limit a purchase may go from now on: 0.3 is 30 %.
    #[schema(value_type = RateInput)]
    pub value: Fraction,
}

impl ChangeToleranceBody {
    /// An example.
    pub fn sample() -> ChangeToleranceBody {
        ChangeToleranceBody { value: Fraction(Tolerance::from_millionths(300_000).unwrap_or_default()) }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json) -> Result<ChangeTolerance, Vec<FieldError>> {
        read_lenient(json, |fields| Some(ChangeTolerance { tolerance: fields.tolerance("value")? }))
    }
}
