use super::done_with_account;
use crate::auth::Permission;
use crate::http::{Call, Done, Errors, Failure};
use axum::http::StatusCode;
use fiado_contract::facade::{ApproveAnswer, ApproveBody, Success};
use fiado_core::account::Command;

/// Aprobar una línea solicitada
///
/// Con el límite y el plazo de quien aprueba. Nadie aprueba su propia solicitud. Permiso: `credit:approve`.
#[utoipa::path(
    post, path = "/api/v1/customers/{customer_id}/credit/approve", tag = "Línea",
    params(
        ("customer_id" = String, Path, description = "El cliente: texto sin «/», hasta 200 caracteres", example = "cust_456"),
        ("Idempotency-Key" = Option<String>, Header, description = "Clave de repetición segura, hasta 255 caracteres", example = "7d1f3c52-6f0e-4e7c-9a51-0b8a9d2f5c11"),
        ("X-Organization-ID" = Option<String>, Header, description = "Organización, si el token no la dice")
    ),
    request_body = ApproveBody,
    responses((status = 200, description = "La línea quedó aprobada.", body = Success<ApproveAnswer>), Errors)
)]
pub(super) async fn approve(call: Call) -> Result<Done<ApproveAnswer>, Failure> {
    let call = call.allow(Permission::CreditApprove)?;
    let (command, notes) = call.body(|json| ApproveBody::read(json, call.currency()))?;
    let decision = call.execute_with(Command::Approve(command), None, notes).await?;
    done_with_account(decision, StatusCode::OK, ApproveAnswer::new)
}
