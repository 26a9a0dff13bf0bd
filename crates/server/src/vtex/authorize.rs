use super::document::{HoldErrors, WritingAccountParameters};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::catalogue::Problem;
use fiado_contract::vtex::{AuthorizeBody, HoldAnswer};
use fiado_core::account::{Command, Receipt};

/// Hold credit for a purchase
///
/// It ends by itself at `expirationDate`; else after a day, with `settle` after 30. Permission: `credit:use`.
#[utoipa::path(
    post, path = "/api/creditcontrol/accounts/{creditAccountId}/transactions", tag = "Transactions",
    params(WritingAccountParameters),
    request_body = AuthorizeBody,
    responses((status = 200, description = "The hold.", body = HoldAnswer), HoldErrors)
)]
pub(super) async fn authorize(call: Call) -> Result<Bare<HoldAnswer>, Failure> {
    let call = call.allow(Permission::CreditUse)?;
    let command = call.body(|json| AuthorizeBody::read(json, call.currency()))?;
    let decision = call.execute(Command::Authorize(command)).await?;
    let Receipt::Hold(hold) = &decision.receipt else { return Err(Problem::Internal.into()) };
    let data = HoldAnswer::new(hold, decision.currency);
    Ok(Bare { data: Some(data), replayed: decision.replayed })
}
