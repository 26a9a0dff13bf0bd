use super::{beside_remark, done_with_line};
use crate::auth::Permission;
use crate::http::{Call, CancelErrors, CommandParameters, Done, Failure};
use fiado_contract::facade::{LineAnswer, ReasonBody, Success};
use fiado_core::account::{Cancel, Command};

/// Cancelar una línea o retirar una solicitud
///
/// Solo cuando no se debe ni se retiene nada. El cliente puede solicitar de nuevo. Permiso: `credit:manage`.
#[utoipa::path(
    post, path = "/api/v1/customers/{customer_id}/credit/cancel", tag = "Línea",
    params(CommandParameters),
    request_body = ReasonBody,
    responses((status = 200, description = "La línea quedó cancelada.", body = Success<LineAnswer>), CancelErrors)
)]
pub(super) async fn cancel(call: Call) -> Result<Done<LineAnswer>, Failure> {
    let call = call.allow(Permission::CreditManage)?;
    let reason = call.body(ReasonBody::read)?;
    done_with_line(call.execute_with(Command::Cancel(Cancel {}), beside_remark(reason)).await?)
}
