use super::{beside_remark, done_with_line};
use crate::auth::Permission;
use crate::http::{Call, CommandParameters, Done, Failure, StandingErrors};
use fiado_contract::facade::{LineAnswer, ReasonBody, Success};
use fiado_core::account::{Command, Suspend};

/// Suspender una línea
///
/// Detiene compras nuevas; las deudas quedan y se pueden pagar. Permiso: `credit:manage`.
#[utoipa::path(
    post, path = "/api/v1/customers/{customer_id}/credit/suspend", tag = "Línea",
    params(CommandParameters),
    request_body = ReasonBody,
    responses((status = 200, description = "La línea quedó suspendida.", body = Success<LineAnswer>), StandingErrors)
)]
pub(super) async fn suspend(call: Call) -> Result<Done<LineAnswer>, Failure> {
    let call = call.allow(Permission::CreditManage)?;
    let reason = call.body(ReasonBody::read)?;
    done_with_line(call.execute_with(Command::Suspend(Suspend {}), beside_remark(reason)).await?)
}
