use super::document::{ReleaseErrors, TransactionParameters};
use super::{Nothing, done};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_core::account::{Command, Release};
use fiado_core::identity::TransactionId;

/// Release a hold
///
/// Only a live one that was made without `settle`. Permission: `credit:use`.
#[utoipa::path(
    delete, path = "/api/creditcontrol/accounts/{creditAccountId}/transactions/{transactionId}", tag = "Transactions",
    params(TransactionParameters),
    responses((status = 200, description = "Nothing: it is released."), ReleaseErrors)
)]
pub(super) async fn release(call: Call) -> Result<Bare<Nothing>, Failure> {
    let call = call.allow(Permission::CreditUse)?;
    let transaction = call.chosen_id("transactionId", TransactionId::LONGEST, TransactionId::new)?;
    done(call.execute(Command::Release(Release { transaction })).await?)
}
