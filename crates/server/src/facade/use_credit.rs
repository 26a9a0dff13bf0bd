use crate::auth::Permission;
use crate::http::{Call, Done, Errors, Failure};
use axum::http::StatusCode;
use fiado_contract::catalogue::Problem;
use fiado_contract::facade::{Success, UseCreditAnswer, UseCreditBody};
use fiado_core::account::{Command, Receipt};

/// Comprar una orden a crédito
///
/// La orden es única en la cuenta: repetirla igual devuelve la misma respuesta; con otro importe es 409. Permiso: `credit:use`.
#[utoipa::path(
    post, path = "/api/v1/customers/{customer_id}/credit/use", tag = "Uso",
    params(
        ("customer_id" = String, Path, description = "El cliente: texto sin «/», hasta 200 caracteres", example = "cust_456"),
        ("Idempotency-Key" = Option<String>, Header, description = "Clave de repetición segura, hasta 255 caracteres", example = "7d1f3c52-6f0e-4e7c-9a51-0b8a9d2f5c11"),
        ("X-Organization-ID" = Option<String>, Header, description = "Organización, si el token no la dice")
    ),
    request_body = UseCreditBody,
    responses((status = 200, description = "La compra quedó registrada.", body = Success<UseCreditAnswer>), Errors)
)]
pub(super) async fn use_credit(call: Call) -> Result<Done<UseCreditAnswer>, Failure> {
    let call = call.allow(Permission::CreditUse)?;
    let command = call.body(|json| UseCreditBody::read(json, call.currency()))?;
    let decision = call.execute(Command::UseCredit(command)).await?;
    let Receipt::Usage(usage) = &decision.receipt else { return Err(Problem::Internal.into()) };
    let data = UseCreditAnswer::new(usage, decision.currency);
    Ok(Done { status: StatusCode::OK, data, replayed: decision.replayed })
}
