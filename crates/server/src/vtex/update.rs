use super::document::{UpdateErrors, WritingAccountParameters};
use super::{Place, done_with_account};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::{AccountUpdate, AccountView, OpenByIdBody, UpdateBody};
use fiado_core::account::{Command, Open};
use fiado_core::profile::{Beside, Contact, ContactChange};

/// Change an account, or open one under this id
///
/// A `document` and `documentType` that are not sent are removed; an `email` stays. An id nobody knows is opened, which needs `credit:approve`. Permission: `credit:manage`.
#[utoipa::path(
    put, path = "/api/creditcontrol/accounts/{creditAccountId}", tag = "Accounts",
    params(WritingAccountParameters),
    request_body = UpdateBody,
    responses((status = 200, description = "The account.", body = AccountView), UpdateErrors)
)]
pub(super) async fn update(call: Call) -> Result<Bare<AccountView>, Failure> {
    let call = call.allow_any(&[Permission::CreditManage, Permission::CreditApprove])?;
    let place = Place::of(&call)?;
    let (command, contact) = match place.find_account_view().await? {
        Some(_) => changed(&call)?,
        None => opened(&call)?,
    };
    let beside = Beside { contact: Some(contact), ..Beside::default() };
    let decision = call.execute_with(command, beside).await?;
    done_with_account(place, decision).await
}

fn changed(call: &Call) -> Result<(Command, ContactChange), Failure> {
    call.demand(&[Permission::CreditManage])?;
    let customer = call.account()?.customer;
    let AccountUpdate { command, change } =
        call.body(|json| UpdateBody::read(json, call.currency(), &customer))?;
    Ok((Command::Update(command), change))
}

fn opened(call: &Call) -> Result<(Command, ContactChange), Failure> {
    call.demand(&[Permission::CreditApprove])?;
    let customer = call.account()?.customer;
    let (open, contact): (Open, Contact) =
        call.body(|json| OpenByIdBody::read(json, call.currency(), &customer))?;
    Ok((Command::Open(open), ContactChange::Replace(contact)))
}
