use super::done_with_account;
use crate::auth::Permission;
use crate::http::{Call, CommandParameters, Done, Failure, RequestErrors};
use axum::http::StatusCode;
use fiado_contract::facade::{RequestAnswer, RequestBody, Success};
use fiado_core::account::Command;
use fiado_core::profile::Beside;

/// Solicitar una línea de crédito
///
/// Queda pendiente hasta que otra persona la apruebe o la rechace. Permiso: `credit:request`.
#[utoipa::path(
    post, path = "/api/v1/customers/{customer_id}/credit/request", tag = "Línea",
    params(CommandParameters),
    request_body = RequestBody,
    responses((status = 201, description = "La solicitud quedó registrada.", body = Success<RequestAnswer>), RequestErrors)
)]
pub(super) async fn request(call: Call) -> Result<Done<RequestAnswer>, Failure> {
    let call = call.allow(Permission::CreditRequest)?;
    let policy = &call.shop().organization.policy;
    let (command, profile) = call.body(|json| RequestBody::read(json, policy))?;
    let decision = call
        .execute_with(Command::Request(command), Beside { profile: Some(profile), ..Beside::default() })
        .await?;
    done_with_account(decision, StatusCode::CREATED, RequestAnswer::new)
}
