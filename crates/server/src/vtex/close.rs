use super::document::{CloseErrors, WritingAccountParameters};
use super::{Place, done_with_account};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::AccountView;
use fiado_core::account::{Close, Command};

/// Close an account
///
/// Only where nothing is owed or held. It is not opened again; its id may begin a new life. Permission: `credit:manage`.
#[utoipa::path(
    delete, path = "/api/creditcontrol/accounts/{creditAccountId}", tag = "Accounts",
    params(WritingAccountParameters),
    responses((status = 200, description = "The account, closed.", body = AccountView), CloseErrors)
)]
pub(super) async fn close(call: Call) -> Result<Bare<AccountView>, Failure> {
    let call = call.allow(Permission::CreditManage)?;
    let place = Place::of(&call)?;
    let decision = call.execute(Command::Close(Close {})).await?;
    done_with_account(place, decision).await
}
