use super::{beside_remark, done_with_line};
use crate::auth::Permission;
use crate::http::{Call, CommandParameters, Done, Failure, StandingErrors};
use fiado_contract::facade::{LineAnswer, ReasonBody, Success};
use fiado_core::account::{Command, Reject};

/// Rechazar una línea solicitada
///
/// El cliente puede solicitar de nuevo. Permiso: `credit:approve`.
#[utoipa::path(
    post, path = "/api/v1/customers/{customer_id}/credit/reject", tag = "Línea",
    params(CommandParameters),
    request_body = ReasonBody,
    responses((status = 200, description = "La solicitud quedó rechazada.", body = Success<LineAnswer>), StandingErrors)
)]
pub(super) async fn reject(call: Call) -> Result<Done<LineAnswer>, Failure> {
    let call = call.allow(Permission::CreditApprove)?;
    let reason = call.body(ReasonBody::read)?;
    done_with_line(call.execute_with(Command::Reject(Reject {}), beside_remark(reason)).await?)
}
