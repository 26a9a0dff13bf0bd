use super::document::{ChangeErrors, WritingAccountParameters};
use super::{Place, done_with_account};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::{AccountView, ChangeLimitBody};
use fiado_core::account::Command;

/// Change the limit
///
/// `value` is the new limit, not an addition. Permission: `credit:manage`.
#[utoipa::path(
    put, path = "/api/creditcontrol/accounts/{creditAccountId}/creditlimit", tag = "Accounts",
    params(WritingAccountParameters),
    request_body = ChangeLimitBody,
    responses((status = 200, description = "The account.", body = AccountView), ChangeErrors)
)]
pub(super) async fn change_limit(call: Call) -> Result<Bare<AccountView>, Failure> {
    let call = call.allow(Permission::CreditManage)?;
    let command = call.body(|json| ChangeLimitBody::read(json, call.currency()))?;
    let place = Place::of(&call)?;
    let decision = call.execute(Command::ChangeLimit(command)).await?;
    done_with_account(place, decision).await
}
