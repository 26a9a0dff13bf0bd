use crate::fields::{FieldError, Fields, read};
use crate::json::Json;
use fiado_core::profile::Remark;
use serde::Serialize;
use utoipa::ToSchema;

/// El motivo de una decisión. El cuerpo entero puede omitirse.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(ReasonBody::sample()))]
#[serde(deny_unknown_fields)]
pub struct ReasonBody {
    /// Motivo, para quien lo lea después. Se guarda aparte del diario, para poder borrarlo.
    #[schema(nullable = false, max_length = 1000)]
    pub reason: Option<String>,
}

impl ReasonBody {
    /// An example.
    pub fn sample() -> ReasonBody {
        ReasonBody { reason: Some("Documentos vencidos".to_owned()) }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json) -> Result<Option<Remark>, Vec<FieldError>> {
        read(json, read_reason)
    }
}

pub(super) fn read_reason(fields: &mut Fields<'_>) -> Option<Option<Remark>> {
    fields.optional_text("reason", Remark::LONGEST, Remark::new)
}
