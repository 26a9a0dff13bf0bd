use super::document::{AdjustErrors, StatementParameters};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::catalogue::Problem;
use fiado_contract::vtex::{AdjustBalanceAnswer, AdjustBalanceBody};
use fiado_core::account::{Command, Receipt};
use fiado_core::identity::StatementId;

/// Move the manual balance
///
/// The id names the movement: the same again changes nothing. It decides nothing about what may be bought. Permission: `credit:manage`.
#[utoipa::path(
    put, path = "/api/creditcontrol/accounts/{creditAccountId}/statements/{statementId}", tag = "Statements",
    params(StatementParameters),
    request_body = AdjustBalanceBody,
    responses((status = 200, description = "The movement.", body = AdjustBalanceAnswer), AdjustErrors)
)]
pub(super) async fn adjust_balance(call: Call) -> Result<Bare<AdjustBalanceAnswer>, Failure> {
    let call = call.allow(Permission::CreditManage)?;
    let statement = call.chosen_id("statementId", StatementId::LONGEST, StatementId::new)?;
    let command = call.body(|json| AdjustBalanceBody::read(json, call.currency(), statement))?;
    let decision = call.execute(Command::AdjustBalance(command)).await?;
    let Receipt::Adjusted { value } = decision.receipt else { return Err(Problem::Internal.into()) };
    let data = AdjustBalanceAnswer::new(value, decision.currency);
    Ok(Bare { data: Some(data), replayed: decision.replayed })
}
