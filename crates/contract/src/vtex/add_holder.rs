use crate::fields::{FieldError, read_lenient};
use crate::json::Json;
use fiado_core::profile::Email;
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody who shall be let buy on an account.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AddHolder, example = json!(HolderBody::sample()))]
pub struct HolderBody {
    /// Who that is.
    pub claims: HolderClaims,
}

/// Who a holder is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HolderClaims {
    /// Their e-mail; empty where it was erased.
    #[schema(max_length = 254)]
    pub email: String,
}

impl HolderBody {
    /// An example.
    pub fn sample() -> HolderBody {
        HolderBody { claims: HolderClaims { email: "email@domain.com".to_owned() } }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json) -> Result<Email, Vec<FieldError>> {
        read_lenient(json, |fields| fields.object("claims", |claims| claims.email("email")))
    }
}
