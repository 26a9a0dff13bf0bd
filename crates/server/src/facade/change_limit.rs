use super::{beside_remark, done_with_line};
use crate::auth::Permission;
use crate::http::{Call, ChangeErrors, CommandParameters, Done, Failure};
use fiado_contract::facade::{ChangeLimitBody, LineAnswer, Success};
use fiado_core::account::Command;

/// Cambiar el límite
///
/// Puede quedar por debajo de lo usado: entonces no hay disponible hasta que se pague. Permiso: `credit:manage`.
#[utoipa::path(
    put, path = "/api/v1/customers/{customer_id}/credit/limit", tag = "Línea",
    params(CommandParameters),
    request_body = ChangeLimitBody,
    responses((status = 200, description = "El límite quedó cambiado.", body = Success<LineAnswer>), ChangeErrors)
)]
pub(super) async fn change_limit(call: Call) -> Result<Done<LineAnswer>, Failure> {
    let call = call.allow(Permission::CreditManage)?;
    let (command, reason) = call.body(|json| ChangeLimitBody::read(json, call.currency()))?;
    done_with_line(call.execute_with(Command::ChangeLimit(command), beside_remark(reason)).await?)
}
