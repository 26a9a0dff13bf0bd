use crate::auth::Permission;
use crate::http::{Call, CommandParameters, Done, Failure, UseErrors};
use axum::http::StatusCode;
use fiado_contract::catalogue::Problem;
use fiado_contract::facade::{Success, UseCreditAnswer, UseCreditBody};
use fiado_core::account::{Command, Receipt};

/// Comprar una orden a crédito
///
/// La orden es única en la cuenta: repetirla igual devuelve la misma respuesta; con otro importe es 409. Permiso: `credit:use`.
#[utoipa::path(
    post, path = "/api/v1/customers/{customer_id}/credit/use", tag = "Uso",
    params(CommandParameters),
    request_body = UseCreditBody,
    responses((status = 200, description = "La compra quedó registrada.", body = Success<UseCreditAnswer>), UseErrors)
)]
pub(super) async fn use_credit(call: Call) -> Result<Done<UseCreditAnswer>, Failure> {
    let call = call.allow(Permission::CreditUse)?;
    let command = call.body(|json| UseCreditBody::read(json, call.currency()))?;
    let decision = call.execute(Command::UseCredit(command)).await?;
    let Receipt::Usage(usage) = &decision.receipt else { return Err(Problem::Internal.into()) };
    let data = UseCreditAnswer::new(usage, decision.currency);
    Ok(Done { status: StatusCode::OK, data, replayed: decision.replayed })
}
