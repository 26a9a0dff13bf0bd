use super::document::{ListErrors, TenantParameters};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::StoreConfiguration;

/// Show the store's configuration
///
/// What it has decided about all of its accounts. Permission: `store:read`.
#[utoipa::path(
    get, path = "/api/creditcontrol/storeconfig", tag = "Store configuration",
    params(TenantParameters),
    responses((status = 200, description = "The configuration.", body = StoreConfiguration), ListErrors)
)]
pub(super) async fn store_configuration(call: Call) -> Result<Bare<StoreConfiguration>, Failure> {
    let call = call.allow(Permission::StoreRead)?;
    let organization = &call.shop().organization;
    Ok(Bare::read(StoreConfiguration::new(&organization.policy, &organization.preferences)))
}
