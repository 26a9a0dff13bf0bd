use fiado_core::account::Status;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, schema::Type};

/// How the documentation shows the core's [`Status`]: its words, and no others.
#[derive(Debug, Clone, Copy)]
pub enum AccountStatus {}

impl utoipa::ToSchema for AccountStatus {}

impl utoipa::PartialSchema for AccountStatus {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(
                "Estado de la cuenta: solicitada, rechazada, aprobada, suspendida o cancelada.",
            ))
            .enum_values(Some(Status::WORDS.iter().copied()))
            .into()
    }
}
