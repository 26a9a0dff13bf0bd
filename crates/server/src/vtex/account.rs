use super::Place;
use super::document::{AccountParameters, ReadErrors};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::AccountView;

/// Show an account
///
/// Requests that were never granted are not accounts. Permission: `credit:read`.
#[utoipa::path(
    get, path = "/api/creditcontrol/accounts/{creditAccountId}", tag = "Accounts",
    params(AccountParameters),
    responses((status = 200, description = "The account.", body = AccountView), ReadErrors)
)]
pub(super) async fn account(call: Call) -> Result<Bare<AccountView>, Failure> {
    let call = call.allow(Permission::CreditRead)?;
    Ok(Bare::read(Place::of(&call)?.account_view().await?))
}
