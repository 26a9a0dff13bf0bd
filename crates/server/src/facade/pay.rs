use crate::auth::Permission;
use crate::http::{Call, CommandParameters, Done, Failure, PayErrors};
use axum::http::StatusCode;
use fiado_contract::catalogue::Problem;
use fiado_contract::facade::{PayAnswer, PayBody, Success};
use fiado_core::account::{Command, Receipt};

/// Registrar un pago
///
/// Va a lo que vence primero, o a las facturas que se indiquen; lo que sobre queda para la próxima compra. La referencia es única en la cuenta. Permiso: `credit:payment`.
#[utoipa::path(
    post, path = "/api/v1/customers/{customer_id}/credit/payment", tag = "Uso",
    params(CommandParameters),
    request_body = PayBody,
    responses((status = 201, description = "El pago quedó registrado.", body = Success<PayAnswer>), PayErrors)
)]
pub(super) async fn pay(call: Call) -> Result<Done<PayAnswer>, Failure> {
    let call = call.allow(Permission::CreditPayment)?;
    let command = call.body(|json| PayBody::read(json, call.currency(), call.today()))?;
    let decision = call.execute(Command::Pay(command)).await?;
    let Receipt::Payment(payment) = &decision.receipt else { return Err(Problem::Internal.into()) };
    let data = PayAnswer::new(payment, decision.currency);
    Ok(Done { status: StatusCode::CREATED, data, replayed: decision.replayed })
}
