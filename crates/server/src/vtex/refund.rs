use super::document::{RefundErrors, TransactionParameters};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::catalogue::Problem;
use fiado_contract::vtex::{RefundAnswer, RefundBody};
use fiado_core::account::{Command, Receipt};
use fiado_core::identity::TransactionId;

/// Refund a purchase
///
/// Its open invoices shrink, the last installment first; one of nothing is cancelled. Permission: `credit:use`.
#[utoipa::path(
    post, path = "/api/creditcontrol/accounts/{creditAccountId}/transactions/{transactionId}/refunds", tag = "Transactions",
    params(TransactionParameters),
    request_body = RefundBody,
    responses((status = 200, description = "What was done.", body = RefundAnswer), RefundErrors)
)]
pub(super) async fn refund(call: Call) -> Result<Bare<RefundAnswer>, Failure> {
    let call = call.allow(Permission::CreditUse)?;
    let transaction = call.chosen_id("transactionId", TransactionId::LONGEST, TransactionId::new)?;
    let command = call.body(|json| RefundBody::read(json, call.currency(), transaction))?;
    let decision = call.execute(Command::Refund(command)).await?;
    let Receipt::Captured { amount, .. } = &decision.receipt else {
        return Err(Problem::Internal.into());
    };
    let data = RefundAnswer::new(*amount, decision.currency);
    Ok(Bare { data: Some(data), replayed: decision.replayed })
}
