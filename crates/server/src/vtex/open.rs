use super::document::{OpenErrors, WritingParameters};
use super::{Place, done_with_account};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::{AccountView, OpenBody, Opening};
use fiado_core::account::Command;
use fiado_core::profile::{Beside, ContactChange};

/// Open an account
///
/// Its id is `{document}_{documentType}`. A closed account of that id begins a new life. Permission: `credit:approve`.
#[utoipa::path(
    post, path = "/api/creditcontrol/accounts", tag = "Accounts",
    params(WritingParameters),
    request_body = OpenBody,
    responses((status = 200, description = "The account.", body = AccountView), OpenErrors)
)]
pub(super) async fn open(call: Call) -> Result<Bare<AccountView>, Failure> {
    let call = call.allow(Permission::CreditApprove)?;
    let Opening { customer, command, contact } = call.body(|json| OpenBody::read(json, call.currency()))?;
    let call = call.with_customer(customer);
    let place = Place::of(&call)?;
    let beside = Beside { contact: Some(ContactChange::Replace(contact)), ..Beside::default() };
    let decision = call.execute_with(Command::Open(command), beside).await?;
    done_with_account(place, decision).await
}
