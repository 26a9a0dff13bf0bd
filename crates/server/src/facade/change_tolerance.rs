use super::done_with_line;
use crate::auth::Permission;
use crate::http::{Call, Done, Errors, Failure};
use fiado_contract::facade::{ChangeToleranceBody, LineAnswer, Success};
use fiado_core::account::Command;

/// Cambiar la tolerancia
///
/// Cuánto puede pasar una compra por encima del límite: 0.1 es 10 %. Permiso: `credit:manage`.
#[utoipa::path(
    put, path = "/api/v1/customers/{customer_id}/credit/tolerance", tag = "Línea",
    params(
        ("customer_id" = String, Path, description = "El cliente: texto sin «/», hasta 200 caracteres", example = "cust_456"),
        ("Idempotency-Key" = Option<String>, Header, description = "Clave de repetición segura, hasta 255 caracteres", example = "7d1f3c52-6f0e-4e7c-9a51-0b8a9d2f5c11"),
        ("X-Organization-ID" = Option<String>, Header, description = "Organización, si el token no la dice")
    ),
    request_body = ChangeToleranceBody,
    responses((status = 200, description = "La tolerancia quedó cambiada.", body = Success<LineAnswer>), Errors)
)]
pub(super) async fn change_tolerance(call: Call) -> Result<Done<LineAnswer>, Failure> {
    let call = call.allow(Permission::CreditManage)?;
    let (command, reason) = call.body(ChangeToleranceBody::read)?;
    done_with_line(call.execute_with(Command::ChangeTolerance(command), None, reason).await?)
}
