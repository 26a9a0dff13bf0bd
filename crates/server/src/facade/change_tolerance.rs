use super::{beside_remark, done_with_line};
use crate::auth::Permission;
use crate::http::{Call, ChangeErrors, CommandParameters, Done, Failure};
use fiado_contract::facade::{ChangeToleranceBody, LineAnswer, Success};
use fiado_core::account::Command;

/// Cambiar la tolerancia
///
/// Cuánto puede pasar una compra por encima del límite: 0.1 es 10 %. Permiso: `credit:manage`.
#[utoipa::path(
    put, path = "/api/v1/customers/{customer_id}/credit/tolerance", tag = "Línea",
    params(CommandParameters),
    request_body = ChangeToleranceBody,
    responses((status = 200, description = "La tolerancia quedó cambiada.", body = Success<LineAnswer>), ChangeErrors)
)]
pub(super) async fn change_tolerance(call: Call) -> Result<Done<LineAnswer>, Failure> {
    let call = call.allow(Permission::CreditManage)?;
    let (command, reason) = call.body(ChangeToleranceBody::read)?;
    done_with_line(call.execute_with(Command::ChangeTolerance(command), beside_remark(reason)).await?)
}
