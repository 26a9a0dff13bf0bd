use super::document::{ConfigureErrors, TenantParameters};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::{StoreConfiguration, StoreConfigurationBody};

/// Change the store's configuration
///
/// What is not sent stays. Permission: `store:manage`.
#[utoipa::path(
    put, path = "/api/creditcontrol/storeconfig", tag = "Store configuration",
    params(TenantParameters),
    request_body = StoreConfigurationBody,
    responses((status = 200, description = "The whole configuration.", body = StoreConfiguration), ConfigureErrors)
)]
pub(super) async fn change_store_configuration(call: Call) -> Result<Bare<StoreConfiguration>, Failure> {
    let call = call.allow(Permission::StoreManage)?;
    let change = call.body(|json| StoreConfigurationBody::read(json, call.currency()))?;
    let id = call.shop().organization.id.clone();
    let apply = move |organization: &mut fiado_store::Organization| {
        change.apply(&mut organization.policy, &mut organization.preferences);
    };
    let shop = call.app().change_shop(&id, apply).await?;
    let organization = &shop.organization;
    Ok(Bare::read(StoreConfiguration::new(&organization.policy, &organization.preferences)))
}
