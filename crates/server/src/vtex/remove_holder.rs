use super::document::{HolderParameters, RemoveHolderErrors};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::RemovedHolder;
use fiado_core::account::{Command, RemoveHolder};
use fiado_core::identity::ChildId;

/// Take an account from a holder
///
/// Their e-mail is erased. Permission: `credit:manage`.
#[utoipa::path(
    delete, path = "/api/creditcontrol/accounts/{creditAccountId}/holders/{holderId}", tag = "Holders",
    params(HolderParameters),
    responses((status = 200, description = "Who it was.", body = RemovedHolder), RemoveHolderErrors)
)]
pub(super) async fn remove_holder(call: Call) -> Result<Bare<RemovedHolder>, Failure> {
    let call = call.allow(Permission::CreditManage)?;
    let holder = call.given_id("holderId", ChildId::parse)?;
    let decision = call.execute(Command::RemoveHolder(RemoveHolder { holder })).await?;
    Ok(Bare { data: Some(RemovedHolder::new(holder)), replayed: decision.replayed })
}
