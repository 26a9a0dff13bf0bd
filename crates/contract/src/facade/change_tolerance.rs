use super::remark::read_reason;
use crate::fields::{FieldError, read};
use crate::json::Json;
use crate::{Fraction, FractionInput};
use fiado_core::account::ChangeTolerance;
use fiado_core::money::Tolerance;
use fiado_core::profile::Remark;
use serde::Serialize;
use utoipa::ToSchema;

/// Nueva tolerancia de la línea.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(ChangeToleranceBody::sample()))]
#[serde(deny_unknown_fields)]
pub struct ChangeToleranceBody {
    /// Cuánto puede pasar una compra por encima del límite, de 0 a 100 (0.1 es 10 %).
    #[schema(value_type = FractionInput)]
    pub tolerance: Fraction,
    /// Motivo.
    #[schema(nullable = false, max_length = 1000)]
    pub reason: Option<String>,
}

impl ChangeToleranceBody {
    /// An example.
    pub fn sample() -> ChangeToleranceBody {
        let tolerance = Fraction(Tolerance::from_millionths(100_000).unwrap_or_default());
        ChangeToleranceBody { tolerance, reason: Some("Temporada alta".to_owned()) }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json) -> Result<(ChangeTolerance, Option<Remark>), Vec<FieldError>> {
        read(json, |fields| {
            let tolerance = fields.tolerance("tolerance");
            let reason = read_reason(fields);
            Some((ChangeTolerance { tolerance: tolerance? }, reason?))
        })
    }
}
