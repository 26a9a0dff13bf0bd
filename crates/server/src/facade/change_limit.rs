use super::done_with_line;
use crate::auth::Permission;
use crate::http::{Call, Done, Errors, Failure};
use fiado_contract::facade::{ChangeLimitBody, LineAnswer, Success};
use fiado_core::account::Command;

/// Cambiar el límite
///
/// Puede quedar por debajo de lo usado: entonces no hay disponible hasta que se pague. Permiso: `credit:manage`.
#[utoipa::path(
    put, path = "/api/v1/customers/{customer_id}/credit/limit", tag = "Línea",
    params(
        ("customer_id" = String, Path, description = "El cliente: texto sin «/», hasta 200 caracteres", example = "cust_456"),
        ("Idempotency-Key" = Option<String>, Header, description = "Clave de repetición segura, hasta 255 caracteres", example = "7d1f3c52-6f0e-4e7c-9a51-0b8a9d2f5c11"),
        ("X-Organization-ID" = Option<String>, Header, description = "Organización, si el token no la dice")
    ),
    request_body = ChangeLimitBody,
    responses((status = 200, description = "El límite quedó cambiado.", body = Success<LineAnswer>), Errors)
)]
pub(super) async fn change_limit(call: Call) -> Result<Done<LineAnswer>, Failure> {
    let call = call.allow(Permission::CreditManage)?;
    let (command, reason) = call.body(|json| ChangeLimitBody::read(json, call.currency()))?;
    done_with_line(call.execute_with(Command::ChangeLimit(command), None, reason).await?)
}
