use super::Place;
use super::document::{AccountParameters, ReadErrors};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::{HolderView, HoldersAnswer};
use fiado_store::HolderRecord;

/// List the holders of an account
///
/// Those added first first. VTEX has no such operation; it is Fiado's own. Permission: `credit:read`.
#[utoipa::path(
    get, path = "/api/creditcontrol/accounts/{creditAccountId}/holders", tag = "Holders",
    params(AccountParameters),
    responses((status = 200, description = "The holders.", body = HoldersAnswer), ReadErrors)
)]
pub(super) async fn holders(call: Call) -> Result<Bare<HoldersAnswer>, Failure> {
    let call = call.allow(Permission::CreditRead)?;
    Place::of(&call)?.account_view().await?;
    let key = call.account()?;
    let holders = call.app().ask(move |store| store.holders(&key)).await?;
    let view = |record: &HolderRecord| HolderView::new(&record.holder, record.email.as_ref());
    Ok(Bare::read(HoldersAnswer { data: holders.iter().map(view).collect() }))
}
