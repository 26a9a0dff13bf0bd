use super::{beside_remark, done_with_account};
use crate::auth::Permission;
use crate::http::{ApproveErrors, Call, CommandParameters, Done, Failure};
use axum::http::StatusCode;
use fiado_contract::facade::{ApproveAnswer, ApproveBody, Success};
use fiado_core::account::Command;

/// Aprobar una línea solicitada
///
/// Con el límite y el plazo de quien aprueba. Nadie aprueba su propia solicitud. Permiso: `credit:approve`.
#[utoipa::path(
    post, path = "/api/v1/customers/{customer_id}/credit/approve", tag = "Línea",
    params(CommandParameters),
    request_body = ApproveBody,
    responses((status = 200, description = "La línea quedó aprobada.", body = Success<ApproveAnswer>), ApproveErrors)
)]
pub(super) async fn approve(call: Call) -> Result<Done<ApproveAnswer>, Failure> {
    let call = call.allow(Permission::CreditApprove)?;
    let (command, notes) = call.body(|json| ApproveBody::read(json, call.currency()))?;
    let decision = call.execute_with(Command::Approve(command), beside_remark(notes)).await?;
    done_with_account(decision, StatusCode::OK, ApproveAnswer::new)
}
