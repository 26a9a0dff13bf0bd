use super::document::{ChangeHoldErrors, TransactionParameters};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::catalogue::Problem;
use fiado_contract::vtex::{ChangeHoldBody, HoldAnswer};
use fiado_core::account::{Command, Receipt};
use fiado_core::identity::TransactionId;

/// Change a hold, or make one under this id
///
/// It grows by at most `maxPreAuthorizationGrowthRate` of what was authorized first. Permission: `credit:use`.
#[utoipa::path(
    put, path = "/api/creditcontrol/accounts/{creditAccountId}/transactions/{transactionId}", tag = "Transactions",
    params(TransactionParameters),
    request_body = ChangeHoldBody,
    responses((status = 200, description = "The hold.", body = HoldAnswer), ChangeHoldErrors)
)]
pub(super) async fn change_hold(call: Call) -> Result<Bare<HoldAnswer>, Failure> {
    let call = call.allow(Permission::CreditUse)?;
    let transaction = call.chosen_id("transactionId", TransactionId::LONGEST, TransactionId::new)?;
    let command = call.body(|json| ChangeHoldBody::read(json, call.currency(), transaction))?;
    let decision = call.execute(Command::ChangeHold(command)).await?;
    let Receipt::Hold(hold) = &decision.receipt else { return Err(Problem::Internal.into()) };
    let data = HoldAnswer::new(hold, decision.currency);
    Ok(Bare { data: Some(data), replayed: decision.replayed })
}
