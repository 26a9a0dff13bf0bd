use super::document::{SettleErrors, TransactionParameters};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::catalogue::Problem;
use fiado_contract::vtex::{SettleAnswer, SettleBody};
use fiado_core::account::{Command, Receipt};
use fiado_core::identity::TransactionId;

/// Settle a hold
///
/// It becomes invoices, due every 30 days. Settled again at another value, its open invoices change. Permission: `credit:use`.
#[utoipa::path(
    put, path = "/api/creditcontrol/accounts/{creditAccountId}/transactions/{transactionId}/settlement", tag = "Transactions",
    params(TransactionParameters),
    request_body = SettleBody,
    responses((status = 200, description = "What was done.", body = SettleAnswer), SettleErrors)
)]
pub(super) async fn settle(call: Call) -> Result<Bare<SettleAnswer>, Failure> {
    let call = call.allow(Permission::CreditUse)?;
    let transaction = call.chosen_id("transactionId", TransactionId::LONGEST, TransactionId::new)?;
    let command = call.body(|json| SettleBody::read(json, call.currency(), transaction))?;
    let decision = call.execute(Command::Settle(command)).await?;
    let Receipt::Captured { transaction, amount } = &decision.receipt else {
        return Err(Problem::Internal.into());
    };
    let data = SettleAnswer::new(transaction, *amount, decision.currency);
    Ok(Bare { data: Some(data), replayed: decision.replayed })
}
