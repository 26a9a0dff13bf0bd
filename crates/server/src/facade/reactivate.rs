use super::{beside_remark, done_with_line};
use crate::auth::Permission;
use crate::http::{Call, CommandParameters, Done, Failure, StandingErrors};
use fiado_contract::facade::{LineAnswer, ReasonBody, Success};
use fiado_core::account::{Command, Reactivate};

/// Reactivar una línea suspendida
///
/// Vuelve a admitir compras. Permiso: `credit:manage`.
#[utoipa::path(
    post, path = "/api/v1/customers/{customer_id}/credit/reactivate", tag = "Línea",
    params(CommandParameters),
    request_body = ReasonBody,
    responses((status = 200, description = "La línea quedó reactivada.", body = Success<LineAnswer>), StandingErrors)
)]
pub(super) async fn reactivate(call: Call) -> Result<Done<LineAnswer>, Failure> {
    let call = call.allow(Permission::CreditManage)?;
    let reason = call.body(ReasonBody::read)?;
    done_with_line(call.execute_with(Command::Reactivate(Reactivate {}), beside_remark(reason)).await?)
}
