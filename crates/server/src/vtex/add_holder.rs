use super::document::{HolderErrors, WritingAccountParameters};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::catalogue::Problem;
use fiado_contract::vtex::{HolderBody, HolderView};
use fiado_core::account::{AddHolder, Command, Receipt};
use fiado_core::profile::Beside;

/// Let somebody buy on an account
///
/// They are known by their e-mail. Permission: `credit:manage`.
#[utoipa::path(
    post, path = "/api/creditcontrol/accounts/{creditAccountId}/holders", tag = "Holders",
    params(WritingAccountParameters),
    request_body = HolderBody,
    responses((status = 200, description = "The holder.", body = HolderView), HolderErrors)
)]
pub(super) async fn add_holder(call: Call) -> Result<Bare<HolderView>, Failure> {
    let call = call.allow(Permission::CreditManage)?;
    let email = call.body(HolderBody::read)?;
    let beside = Beside { holder: Some(email.clone()), ..Beside::default() };
    let decision = call.execute_with(Command::AddHolder(AddHolder {}), beside).await?;
    let Receipt::Holder(holder) = &decision.receipt else { return Err(Problem::Internal.into()) };
    Ok(Bare { data: Some(HolderView::new(holder, Some(&email))), replayed: decision.replayed })
}
