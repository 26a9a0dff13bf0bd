use super::document::{ChangeErrors, WritingAccountParameters};
use super::{Place, done_with_account};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::{AccountView, ChangeToleranceBody};
use fiado_core::account::Command;

/// Change the tolerance
///
/// `value` is the new tolerance as a fraction: 0.3 is 30 %. Permission: `credit:manage`.
#[utoipa::path(
    put, path = "/api/creditcontrol/accounts/{creditAccountId}/tolerance", tag = "Accounts",
    params(WritingAccountParameters),
    request_body = ChangeToleranceBody,
    responses((status = 200, description = "The account.", body = AccountView), ChangeErrors)
)]
pub(super) async fn change_tolerance(call: Call) -> Result<Bare<AccountView>, Failure> {
    let call = call.allow(Permission::CreditManage)?;
    let command = call.body(ChangeToleranceBody::read)?;
    let place = Place::of(&call)?;
    let decision = call.execute(Command::ChangeTolerance(command)).await?;
    done_with_account(place, decision).await
}
