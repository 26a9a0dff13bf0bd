use super::done_with_line;
use crate::auth::Permission;
use crate::http::{Call, Done, Errors, Failure};
use fiado_contract::facade::{LineAnswer, ReasonBody, Success};
use fiado_core::account::{Command, Reject};

/// Rechazar una línea solicitada
///
/// El cliente puede solicitar de nuevo. Permiso: `credit:approve`.
#[utoipa::path(
    post, path = "/api/v1/customers/{customer_id}/credit/reject", tag = "Línea",
    params(
        ("customer_id" = String, Path, description = "El cliente: texto sin «/», hasta 200 caracteres", example = "cust_456"),
        ("Idempotency-Key" = Option<String>, Header, description = "Clave de repetición segura, hasta 255 caracteres", example = "7d1f3c52-6f0e-4e7c-9a51-0b8a9d2f5c11"),
        ("X-Organization-ID" = Option<String>, Header, description = "Organización, si el token no la dice")
    ),
    request_body = Option<ReasonBody>,
    responses((status = 200, description = "La solicitud quedó rechazada.", body = Success<LineAnswer>), Errors)
)]
pub(super) async fn reject(call: Call) -> Result<Done<LineAnswer>, Failure> {
    let call = call.allow(Permission::CreditApprove)?;
    let reason = call.body(ReasonBody::read)?;
    done_with_line(call.execute_with(Command::Reject(Reject {}), None, reason).await?)
}
